"""What is still to happen, in the order of time; and whose hand does it at which moment."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from agencies import clock
from agencies.actor import acting_as

DAY_BEGINS, DAY_ENDS = 8, 20  # hours in which someone is at a desk or at a door
OFFICE_ENDS = 17


_last_act: ContextVar[tuple[datetime, datetime] | None] = ContextVar("last_act", default=None)  # when it was to begin, when it ended


@contextmanager
def hand_of(member, at: datetime) -> Iterator[None]:
    """Within the block it is ``at``, and ``member`` (None: a job of the table's own) is the one who acts.

    An act takes a moment, in which the moved clock goes on. Where the next is to begin before the last has ended, it waits for that:
    otherwise a right could end before it was given.
    """
    last = _last_act.get()
    begins = last[1] if last is not None and last[0] <= at <= last[1] else at
    with clock.moved_to(begins), acting_as(member):
        yield
        _last_act.set((at, clock.now()))


def by_daylight(moment: datetime, zone: ZoneInfo, *, until: int = DAY_ENDS) -> datetime:
    """The same moment, or the first morning after it when it lies in the night; minutes are kept."""
    local = moment.astimezone(zone)
    if local.hour < DAY_BEGINS:
        return local.replace(hour=DAY_BEGINS).astimezone(UTC)
    if local.hour >= until:
        return (local + timedelta(days=1)).replace(hour=DAY_BEGINS).astimezone(UTC)
    return moment


def in_the_office_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment, or the last working hour before it."""
    local = moment.astimezone(zone)
    if local.hour < DAY_BEGINS:
        return (local - timedelta(days=1)).replace(hour=OFFICE_ENDS - 1).astimezone(UTC)
    return min(local, local.replace(hour=OFFICE_ENDS - 1)).astimezone(UTC)


class Diary:
    """Acts in order of time, up to the moment ``until``: what would come later is not written down, and so stays open."""

    def __init__(self, *, until: datetime):
        self.until = until
        self._pages: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()

    def note(self, at: datetime, act: Callable[[datetime], None]) -> bool:
        """Write down that ``act(at)`` is to happen; False when that lies after the diary's end."""
        if at > self.until:
            return False
        heapq.heappush(self._pages, (at, next(self._order), act))
        return True

    def live_through(self) -> Iterator[datetime]:
        """Let everything happen, also what is written down meanwhile; each moment as it has passed."""
        while self._pages:
            at, _order, act = heapq.heappop(self._pages)
            act(at)
            yield at
