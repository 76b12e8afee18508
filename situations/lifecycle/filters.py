"""What the table decided at Filters 2 to 4, carried out here; each in one transaction with what is forgotten."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.enums import LedgerAct
from situations import disclosure, sealing
from situations.enums import (
    ACCEPTED_STAGES,
    CorrectionReason,
    Decision,
    Relation,
    Stage,
    WordKind,
)
from situations.lifecycle.answers import answered
from situations.lifecycle.stages import advance, forget, forget_words, forgotten, locked
from situations.models import NumberCounter, Situation


@transaction.atomic
def withdraw(situation, *, reason: str, by) -> Situation:
    """The originator takes it back before the meeting, or at the table before the decision: it is forgotten."""
    situation = advance(situation, Stage.WITHDRAWN, decision_reason_id=reason, decided_at=clock.now(), **forgotten())
    ledger.record(LedgerAct.WITHDRAWN, by=by, situation=situation, codes=[reason])
    forget(situation, by=by)
    return situation


@transaction.atomic
def present(situation, *, by) -> Situation:
    """It gets its number: the next of its table in the local year, from a locked counter, never reused."""
    changes: dict = {}
    situation = locked(situation)
    if situation.sequence is None:
        now = clock.now()
        year = now.astimezone(situation.table.zone).year
        NumberCounter.objects.get_or_create(table=situation.table, year=year)
        counter = NumberCounter.objects.select_for_update().get(table=situation.table, year=year)
        counter.last += 1
        counter.save()
        changes = {"year": year, "sequence": counter.last, "presented_at": now}
    situation = advance(situation, Stage.PRESENTED, **changes)
    ledger.record(LedgerAct.PRESENTED, by=by, situation=situation, codes=[situation.reference])
    return situation


@transaction.atomic
def identify(situation, *, tally: dict[str, int], by) -> Situation:
    """The table finds the risk acute: Filter 3 opens for those in the room."""
    situation = advance(
        situation, Stage.IDENTIFYING, decision=Decision.ACCEPTED, decided_at=clock.now(), criteria_not_met=[], **_tally(tally)
    )
    ledger.record(LedgerAct.ACCEPTED, by=by, situation=situation)
    return situation


@transaction.atomic
def reject(situation, *, criteria_not_met: list[str], reason: str, tally: dict[str, int], by) -> Situation:
    """The table does not find the risk acute: it is forgotten in the same transaction."""
    situation = advance(
        situation,
        Stage.REJECTED,
        decision=Decision.REJECTED,
        decided_at=clock.now(),
        criteria_not_met=criteria_not_met,
        decision_reason_id=reason,
        **_tally(tally),
        **forgotten(),
    )
    ledger.record(LedgerAct.REJECTED, by=by, situation=situation, codes=[reason, *criteria_not_met])
    forget(situation, by=by)
    return situation


@transaction.atomic
def defer(situation, *, reason: str, tally: dict[str, int], by) -> Situation:
    """Back to submitted: it keeps its number and first date, and comes again."""
    situation = advance(
        situation, Stage.SUBMITTED, decision=Decision.DEFERRED, decided_at=clock.now(), decision_reason_id=reason, **_tally(tally)
    )
    ledger.record(LedgerAct.DEFERRED, by=by, situation=situation, codes=[reason])
    return situation


def _tally(tally: dict[str, int]) -> dict[str, int]:
    return {f"tally_{name}": tally.get(name, 0) for name in ("met", "not_met", "question")}


@transaction.atomic
def end_early(situation, *, reason: str, by) -> Situation:
    """Nobody else need act: words and identifiers are forgotten at once, the coded row stays."""
    situation = advance(situation, Stage.ENDED_EARLY, conclusion_reason_id=reason)
    ledger.record(LedgerAct.ENDED_EARLY, by=by, situation=situation, codes=[reason])
    forget_words(situation, how=Stage.ENDED_EARLY)
    return situation


@transaction.atomic
def begin_response(situation, *, agencies: list, by) -> Situation:
    """Filter 4: from now on those who act know, and only they; the room closes with the item."""
    situation = advance(situation, Stage.RESPONDING, responding_at=clock.now())
    disclosure.grant(situation, relation=Relation.ENGAGED, to=agencies, by=by)
    return situation


@transaction.atomic
def conclude(situation, *, reason: str, factors_lowered: list[str], by) -> Situation:
    """The table ends it, on the lead's proposal."""
    situation = locked(situation)
    lowered = [key for key in situation.risk_factors if key in set(factors_lowered)]
    situation = advance(situation, Stage.CONCLUDED, conclusion_reason_id=reason, factors_lowered=lowered)
    ledger.record(LedgerAct.CONCLUDED, by=by, situation=situation, codes=[reason, *lowered])
    disclosure.end(situation, relation=Relation.ENGAGED, by=by, at=situation.ended_at + timedelta(days=90))
    return situation


@transaction.atomic
def correct(situation, *, by, reason: CorrectionReason, words: str = "", version: int, **answers) -> Situation:
    """A dated correction of coded facts of what the table had accepted: its reason a code in the ledger.

    ``words`` say more; they are sealed, and only while the situation still has a key.
    """
    situation = locked(situation)
    if situation.stage not in ACCEPTED_STAGES:
        raise OutOfOrder(_("Only what the table has accepted can be corrected."))
    if words and not sealing.has_words(situation):
        raise Refused(_("Its words are forgotten, so no words can be added. Give the reason alone."))
    situation, changed = answered(situation, version=version, answers=answers)
    if not changed:
        raise Refused(_("Nothing was changed, so there is nothing to correct."))
    if words:
        sealing.seal(situation, kind=WordKind.CORRECTION_REASON, text=words, by=by)
    ledger.record(LedgerAct.CORRECTED, by=by, situation=situation, codes=[reason, *changed])
    return situation
