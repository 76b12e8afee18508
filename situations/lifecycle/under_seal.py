"""What is written at a table where names cannot safely be spoken: who it is, at Filter 3; the plan in words, at Filter 4.

At a table where names are spoken there is no place for either (four-filters, Codes in the open).
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Difference, OutOfOrder, Refused, Stale
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from situations import sealing
from situations.disclosure import letter
from situations.enums import Relation, Stage, WordKind
from situations.lifecycle.stages import locked
from situations.models import Disclosure, Situation
from situations.querysets import relations_of, strongest

REVEAL_LASTS = timedelta(minutes=5)  # for those who act; in the room it lasts as long as the item is open
MOST_REVEALS = 5  # by one person within a minute: a table hears one situation at a time
LONGEST_PLAN = 2000  # characters


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """Who it is: as much as is known and needed so that an agency finds the person in its own records."""

    name: str = ""
    born: str = ""
    address: str = ""


def _at_a_sealed_table(situation, *stages: Stage) -> Situation:
    situation = locked(situation)
    if not situation.table.names_are_sealed:
        raise Refused(_("At this table names are spoken, never written."))
    if situation.stage not in stages:
        raise OutOfOrder(_("%(situation)s stands at “%(stage)s”; that act does not follow.") % _stands(situation))
    return situation


def _stands(situation) -> dict:
    return {"situation": situation, "stage": situation.get_stage_display()}


# --- who it is: Filter 3 -----------------------------------------------------------------------------------------------------


def version_of(situation, kind: WordKind) -> int:
    """Which writing of a text stands now, for a form that was opened on it; 0 where nothing is written. No word is read."""
    moment = sealing.written_at(situation, kind)
    return 0 if moment is None else int(moment.timestamp() * 1_000_000)


def is_named(situation) -> bool:
    """Whether who it is has been written; True at a table where it is spoken. No word is read."""
    return not situation.table.names_are_sealed or version_of(situation, WordKind.IDENTIFIERS) > 0


@transaction.atomic
def write_identifiers(situation, *, by, name: str = "", born: str = "", address: str = "", version: int = 0) -> None:
    """Seal who it is, as one text; it replaces what was written before. ``version``: of what stood there, as the writer knows it.

    Raises ``OutOfOrder`` outside of Filter 3, and where somebody else wrote it since: it is not shown beside, that would be a reveal.
    """
    situation = _at_a_sealed_table(situation, Stage.IDENTIFYING)
    if version_of(situation, WordKind.IDENTIFIERS) != version:
        raise OutOfOrder(_("Somebody of your agency wrote it meanwhile. Reveal it first, then write it anew if it is wrong."))
    text = json.dumps({"name": name, "born": born, "address": address}, ensure_ascii=False)
    sealing.seal(situation, kind=WordKind.IDENTIFIERS, text=text, by=by)
    ledger.record(LedgerAct.WRITTEN_UNDER_SEAL, by=by, situation=situation, codes=[WordKind.IDENTIFIERS])


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How long a member reads who it is: ``began_at`` with the reveal, None where it has not been revealed; until ``ends_at``."""

    began_at: datetime | None
    ends_at: datetime
    relation: Relation  # as what the look is recorded
    is_in_the_room: bool


def opening_of(situation, *, member) -> Opening | None:
    """The opening in which a member stands, or would with a reveal now: the room's, or five minutes. None where it is not open to them."""
    row = Situation.objects.visible_to(member).select_related("table").filter(pk=situation.pk).first()
    readers = set() if row is None else {each for each in relations_of(row, member) if letter("identifiers", row.stage, {each}) in "RW"}
    if not readers or not row.table.names_are_sealed:
        return None
    rights = Disclosure.objects.given_to(member).filter(situation=row, relation=Relation.IN_THE_ROOM).order_by("-granted_at")
    room = rights.first() if Relation.IN_THE_ROOM in readers else None
    since = room.granted_at if room else clock.now() - REVEAL_LASTS
    reveals = LedgerEntry.objects.filter(act=LedgerAct.REVEALED, by_id=member.pk, situation_id=row.pk, codes__contains=[row.stage])
    began_at = reveals.filter(at__gte=since, at__lte=clock.now()).aggregate(began=Min("at"))["began"]
    ends_at = room.ends_at if room else (began_at or clock.now()) + REVEAL_LASTS
    return Opening(began_at=began_at, ends_at=ends_at, relation=strongest(readers), is_in_the_room=room is not None)


@transaction.atomic
def reveal(situation, *, by) -> tuple[Identifiers, Opening]:
    """Who it is, read on one's own device; once for each person and opening it is on the ledger, or nothing is shown.

    A second look while the opening lasts is no second entry, and makes it no longer.
    """
    row = _at_a_sealed_table(situation, Stage.IDENTIFYING, Stage.RESPONDING)
    opening = opening_of(row, member=by)
    if opening is None:
        raise Refused(_("It is not open to you now."))
    if opening.began_at is None:
        _hold_back_who_hurries(by)
        entry = ledger.record(LedgerAct.REVEALED, by=by, situation=row, relation=opening.relation, codes=[row.stage])
        opening = replace(opening, began_at=entry.at)
    text = sealing.unseal(row, WordKind.IDENTIFIERS)
    if not text:
        raise OutOfOrder(_("Nothing is written yet. The agency that brought it writes who it is."))
    return Identifiers(**json.loads(text)), opening


def _hold_back_who_hurries(by) -> None:
    a_minute_ago = clock.now() - timedelta(minutes=1)
    if LedgerEntry.objects.filter(act=LedgerAct.REVEALED, by_id=by.pk, at__gt=a_minute_ago).count() >= MOST_REVEALS:
        raise Refused(_("You revealed several names within a minute. Wait a minute, then reveal the next."))


# --- the plan in words: Filter 4 ---------------------------------------------------------------------------------------------


@transaction.atomic
def write_plan(situation, *, text: str, by, version: int = 0) -> None:
    """Seal the plan in words; those who act write it together, and read it. ``version``: of what the writer read.

    Raises ``Stale`` with both texts when somebody wrote it since.
    """
    situation = _at_a_sealed_table(situation, Stage.RESPONDING)
    if len(text) > LONGEST_PLAN:
        raise Refused(_("Keep it to 2,000 characters."))
    stored = sealing.unseal(situation, WordKind.PLAN)
    if text == stored:
        return
    stands = version_of(situation, WordKind.PLAN)
    if stands != version:
        raise Stale(differences=[Difference(label=str(WordKind.PLAN.label), yours=text or "–", theirs=stored or "–")], version=stands)
    sealing.seal(situation, kind=WordKind.PLAN, text=text, by=by)
    ledger.record(LedgerAct.WRITTEN_UNDER_SEAL, by=by, situation=situation, codes=[WordKind.PLAN])
