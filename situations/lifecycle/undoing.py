"""What the table did a moment ago never was: the situation stands as before. Rights that were given end; none is erased."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.access import Refused
from agencies.as_it_stood import as_it_stands
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from situations import disclosure, sealing
from situations.enums import Relation, Stage, WordKind
from situations.lifecycle.stages import go_back, locked
from situations.models import Situation

# What the acts of the table change on the row. Number and first date stay, whatever is undone.
DECIDED = (
    *("stage", "decision", "criteria_not_met", "decision_reason", "decided_at", "tally_met", "tally_not_met", "tally_question"),
    *("responding_at", "ended_at", "conclusion_reason", "factors_lowered"),
)
UNLEARNED = _("Who it is was written or revealed meanwhile. That cannot be unlearned, so it can no longer be undone.")


def decided_so_far(situation) -> dict[str, Any]:
    """What the table has decided on it so far, as ``undo`` takes it."""
    return as_it_stands(situation, *DECIDED)


@transaction.atomic
def undo(situation, *, stood: dict[str, Any], by) -> Situation:
    """It stands again as ``stood`` (``decided_so_far``) says. Refused once somebody has read or written what cannot be unlearned."""
    was = Stage(locked(situation).stage)
    situation = go_back(situation, stood)
    if was == Stage.IDENTIFYING and (_was_revealed_at(was, situation) or sealing.written_at(situation, WordKind.IDENTIFIERS)):
        raise Refused(UNLEARNED)
    if was == Stage.RESPONDING:
        if _was_revealed_at(was, situation) or sealing.written_at(situation, WordKind.PLAN):
            raise Refused(UNLEARNED)
        disclosure.end(situation, relation=Relation.ENGAGED, by=by)
    if was == Stage.CONCLUDED:
        disclosure.move_ends(situation, relation=Relation.ENGAGED, ends_at=None)  # those who act know on
    return situation


def _was_revealed_at(stage: Stage, situation) -> bool:
    return LedgerEntry.objects.filter(act=LedgerAct.REVEALED, situation_id=situation.pk, codes__contains=[stage]).exists()
