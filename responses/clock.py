"""The 24–48 h clock: from the table's acceptance to the first contact at the door, in hours as they truly pass.

Every difference is taken in UTC. Two moments of one zone subtract by the wall, so that over the weekend when the clocks change
48 hours would be 47 or 49. There is no database here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.days import date_format

DAY = timedelta(hours=24)
LIMIT = timedelta(hours=48)
SOON = timedelta(hours=8)  # from here on the clock chip says that something is owed


class ClockState(TextChoices):
    """How the clock of a situation stands."""

    RUNNING = "running", gettext_lazy("Time left")
    SOON = "soon", gettext_lazy("Less than 8 hours left")
    LATE = "late", gettext_lazy("More than 48 hours without contact")
    STOPPED_WITHIN_24 = "stopped_within_24", gettext_lazy("Contact within 24 hours")
    STOPPED_WITHIN_48 = "stopped_within_48", gettext_lazy("Contact within 48 hours")
    STOPPED_LATE = "stopped_late", gettext_lazy("Contact after more than 48 hours")


STOPPED = frozenset({ClockState.STOPPED_WITHIN_24, ClockState.STOPPED_WITHIN_48, ClockState.STOPPED_LATE})


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; ValueError for one without a zone, which could be any hour."""
    if moment.utcoffset() is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(UTC)


def due_at(accepted_at: datetime, within: timedelta = LIMIT) -> datetime:
    """The moment, in UTC, at which the first contact is due: 48 true hours after acceptance unless told otherwise."""
    return in_utc(accepted_at) + within


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The clock of one situation at the moment ``now``; ``contacted_at`` is the first contact, which stops it."""

    accepted_at: datetime
    now: datetime
    contacted_at: datetime | None = None

    @property
    def due_in_24_at(self) -> datetime:
        return due_at(self.accepted_at, DAY)

    @property
    def due_in_48_at(self) -> datetime:
        return due_at(self.accepted_at, LIMIT)

    @property
    def elapsed(self) -> timedelta:
        """True time from acceptance to the first contact, or to now; never less than none, should a contact be dated earlier."""
        until = self.now if self.contacted_at is None else self.contacted_at
        return max(in_utc(until) - in_utc(self.accepted_at), timedelta(0))

    @property
    def left(self) -> timedelta:
        """What was left of the 48 hours when the clock stopped, or is left now; negative when they are over."""
        return LIMIT - self.elapsed

    @property
    def hours_elapsed(self) -> float:
        return self.elapsed / timedelta(hours=1)

    @property
    def hours_left(self) -> float:
        return self.left / timedelta(hours=1)

    @property
    def fraction_left(self) -> float:
        """What the pie still shows: 1 at acceptance, 0 from the 48th hour on."""
        return max(self.left / LIMIT, 0.0)

    @property
    def state(self) -> ClockState:
        """A contact at exactly 24 or 48 hours is within them."""
        if self.contacted_at is not None:
            if self.elapsed <= DAY:
                return ClockState.STOPPED_WITHIN_24
            return ClockState.STOPPED_WITHIN_48 if self.elapsed <= LIMIT else ClockState.STOPPED_LATE
        if self.left < timedelta(0):
            return ClockState.LATE
        return ClockState.SOON if self.left < SOON else ClockState.RUNNING

    @property
    def is_running(self) -> bool:
        return self.state not in STOPPED

    @property
    def words(self) -> str:
        """The clock in words: "first contact: 47 h 58 min left", "first contact late by 20 min", "contact made after 21 h"."""
        if not self.is_running:
            return self._words_of_contact()
        # Started minutes: what is left is never overstated, and what is late is never "0 min".
        minutes = self.left // timedelta(minutes=1)
        if minutes >= 0:
            return _("first contact: %(length)s left") % {"length": _length(minutes)}
        if minutes > -LIMIT // timedelta(minutes=1):
            return _("first contact late by %(length)s") % {"length": _length(-minutes)}
        return _("first contact late by %(days)d days") % {"days": -minutes // (24 * 60)}

    def due_words(self, zone: tzinfo) -> str:
        """The day by which contact is due, in the reader's language and the table's zone: "by Friday, November 27"."""
        return by_day(self.due_in_48_at, zone)

    def _words_of_contact(self) -> str:
        if self.elapsed < timedelta(hours=1):
            return _("contact made within the hour")
        # Started hours, so that "after 24 h" never stands beside a contact that missed the 24 hours by minutes.
        return _("contact made after %(hours)d h") % {"hours": -(-self.elapsed // timedelta(hours=1))}


def _length(minutes: int) -> str:
    """So many minutes in words: "20 min", "6 h", "6 h 35 min"."""
    hours, more = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": more}
    if not more:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": more}


def by_day(moment: datetime, zone: tzinfo) -> str:
    """The day before whose end something is due, in the reader's language and the table's zone: "by Friday, November 27"."""
    day = in_utc(moment).astimezone(zone)
    # Translators: in French, “d’ici le vendredi 27 novembre”.
    return _("by %(weekday)s, %(day)s") % {"weekday": date_format(day, "l"), "day": date_format(day, "MONTH_DAY_FORMAT")}
