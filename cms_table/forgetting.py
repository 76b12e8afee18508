"""What is due to be forgotten, and when; and that an old backup does not bring back what was forgotten after it was made.

By stage (docs/administrators.md, "What is forgotten"): what is not accepted goes with the decision; a draft on which nobody
writes, words after the end, coded facts after years go by the table's own settings. Nothing under a legal hold goes.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from agencies import clock
from agencies.models import SituationTable
from cms_table import obstacles
from cms_table.faults import contained
from cms_table.obstacles import Obstacle
from meetings import lifecycle as meetings
from responses import lifecycle as responses
from situations import lifecycle as situations
from situations.enums import DISCARDED, ENDED_STAGES, FORGOTTEN_STAGES, Stage
from situations.models import LegalHold, Situation, Tombstone

LIST = "forgotten.txt"  # beside the wrapping keys; a line each: situation, table, how, when (UTC), fingerprint of the key
WORDS, DRAFT, CODES = "words", "draft", "codes"


@dataclass(frozen=True)
class Due:
    """One thing that is forgotten at a moment: a draft, the words of what has ended, or the coded facts."""

    at: datetime
    what: str
    situation: Situation


def due(*, until: datetime, of: Situation | None = None) -> Iterator[Due]:
    """What is due by a moment at every table, or ``of`` one situation, the earliest of each kind first; nothing that is held."""
    held = LegalHold.objects.holding().values("situation")
    for table in SituationTable.objects.filter(**({"pk": of.table_id} if of else {})):
        rows = Situation.objects.filter(table=table, **({"pk": of.pk} if of else {})).exclude(pk__in=held).select_related("table")
        kept = timedelta(days=table.draft_days)
        drafts = rows.drafts().with_saved_at().filter(opened_at__lte=until - kept).order_by("opened_at")
        for row in drafts:
            last = max(row.opened_at, row.saved_at or row.opened_at)
            if last <= until - kept:
                yield Due(last + kept, DRAFT, row)
        kept = timedelta(days=table.retention_days)
        ended = rows.filter(stage__in=[Stage.CONCLUDED, Stage.ENDED_EARLY], ended_at__lte=until - kept).order_by("ended_at")
        yield from (Due(row.ended_at + kept, WORDS, row) for row in ended)
        long_ago = rows.filter(stage__in={Stage.PURGED, *FORGOTTEN_STAGES} & ENDED_STAGES).order_by("ended_at")
        for row in long_ago.filter(ended_at__lte=_years(until, -table.codes_years)):
            yield Due(_years(row.ended_at, table.codes_years), CODES, row)


def _years(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # the 29th of February
        return moment.replace(year=moment.year + years, day=28)


def forget_what_is_due(*, by: str) -> int:
    """Each in a transaction of its own: one that fails holds up no other, and a run that was broken off goes on. Returns how many."""
    forgotten = 0
    for each in list(due(until=clock.now())):
        with contained(forget_what_is_due), transaction.atomic():
            if still := _still_due(each):
                VERBS[still.what](still.situation, by=by)
                forgotten += 1
    return forgotten


def _still_due(each: Due) -> Due | None:
    """Asked again of the locked row: since the list was made it may be held, written on or gone. A hold and a save lock it too."""
    found = Situation.objects.select_for_update(of=("self",)).filter(pk=each.situation.pk).first()
    return next(due(until=clock.now(), of=found), None) if found else None


def _forget_codes(situation, *, by) -> None:
    meetings.forget_items(situation)
    responses.forget_codes(situation, by=by)


VERBS = {DRAFT: situations.discard, WORDS: responses.purge, CODES: _forget_codes}


# --- beside the keys ---------------------------------------------------------------------------------------------------------------


def keep_outside() -> int:
    """Each new tombstone is written into the list beside the wrapping keys, which a backup of the database does not hold."""
    fresh = list(Tombstone.objects.filter(kept_outside_at=None).order_by("written_at", "pk"))
    if fresh:
        lines = [f"{each.pk} {each.table_id} {each.how} {each.forgotten_at.isoformat()} {each.key_fingerprint or '-'}\n" for each in fresh]
        settings.SEALING_KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (settings.SEALING_KEYS / LIST).open("a+b") as kept:
            kept.seek(0)
            kept.truncate(kept.read().rfind(b"\n") + 1)  # a line that was broken off was never marked as kept: it comes again
            kept.write("".join(lines).encode("ascii"))  # a line that is there twice says the same
            kept.flush()
            os.fsync(kept.fileno())  # a list that is lost whole is noticed (is_list_missing), so its folder need not be
        Tombstone.objects.filter(pk__in=[each.pk for each in fresh]).update(kept_outside_at=clock.now())
    return len(fresh)


def forget_again(*, by: str) -> int:
    """What stands in the list and not in this database, which is an older state of it, is forgotten again. Returns how many."""
    forgotten = 0
    known = set(Tombstone.objects.values_list("pk", flat=True))
    for pk, table_id, how, at in _list():
        if pk in known:
            continue
        with transaction.atomic():
            responses.forget_again(pk, table_id=table_id, how=how, at=at, by=by)
        known.add(pk)
        forgotten += 1
    return forgotten


def is_list_missing() -> bool:
    """Whether the database says that tombstones were kept outside, and the list is not there: then nobody can say what to forget again."""
    return not (settings.SEALING_KEYS / LIST).exists() and Tombstone.objects.exclude(kept_outside_at=None).exists()


def _list() -> list[tuple[UUID, UUID, str, datetime]]:
    """Every line of the list, read before anything is done; only the last may have been broken off, as when the power fails."""
    path = settings.SEALING_KEYS / LIST
    lines = path.read_bytes().splitlines() if path.exists() else []
    found = []
    for place, line in enumerate(lines, start=1):
        try:
            pk, table_id, how, at, _fingerprint = line.decode("ascii").split(" ")
            read = UUID(pk), UUID(table_id), how, datetime.fromisoformat(at)
        except ValueError:
            if place < len(lines):
                raise Obstacle(obstacles.LIST_OF_THE_FORGOTTEN_BROKEN.format(path=path, line=place)) from None
            break
        if how in {*Stage.values, DISCARDED}:
            found.append(read)
    return found
