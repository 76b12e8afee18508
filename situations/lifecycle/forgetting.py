"""What keeps words from being forgotten, and how they are forgotten again after an old backup was brought back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.actor import for_the_table
from agencies.enums import LedgerAct
from situations.enums import DISCARDED, HELD_STAGES, HoldReason, Stage
from situations.lifecycle.stages import forget_words, locked, stand_forgotten
from situations.models import LegalHold, Situation


@transaction.atomic
@for_the_table("hold")
def ask_for_hold(situation, *, reason: HoldReason, review_at: datetime, by) -> LegalHold:
    """The words stay until a date, at most 180 days ahead; another person confirms it within a week, or it holds no longer."""
    situation = locked(situation)
    now = clock.now()
    if situation.stage not in HELD_STAGES:
        raise OutOfOrder(_("Only what the table responds to, or has concluded and not forgotten, can be held."))
    if not now < review_at <= now + LegalHold.LONGEST:
        raise Refused(LegalHold.TOO_FAR)
    LegalHold.objects.filter(situation=situation, ended_at=None).exclude(pk__in=LegalHold.objects.holding()).update(ended_at=now)
    if LegalHold.objects.filter(situation=situation, ended_at=None).exists():
        raise Refused(_("This situation is held already."))
    hold = LegalHold.objects.create(
        table_id=situation.table_id, situation=situation, reason=reason, review_at=review_at, asked_at=now, asked_by=by
    )
    ledger.record(LedgerAct.HOLD_ASKED, by=by, situation=situation, codes=[reason])
    return hold


@transaction.atomic
@for_the_table("hold")
def confirm_hold(hold, *, by) -> None:
    """A second person agrees that the law asks for it."""
    hold = _standing(hold)
    if hold.asked_by_id == by.pk:
        raise Refused(_("Whoever asked for the hold cannot confirm it."))
    if hold.confirmed_at is None:
        hold.confirmed_at, hold.confirmed_by = clock.now(), by
        hold.save(update_fields=["confirmed_at", "confirmed_by"])
        ledger.record(LedgerAct.HOLD_CONFIRMED, by=by, situation=hold.situation, codes=[hold.reason])


@transaction.atomic
@for_the_table("hold")
def end_hold(hold, *, by) -> None:
    """It is no longer needed: what is due is forgotten within the day."""
    hold = _standing(hold)
    hold.ended_at, hold.ended_by = clock.now(), by
    hold.save(update_fields=["ended_at", "ended_by"])
    ledger.record(LedgerAct.HOLD_ENDED, by=by, situation=hold.situation, codes=[hold.reason])


def _standing(hold) -> LegalHold:
    found = LegalHold.objects.holding().select_for_update(of=("self",)).select_related("situation").filter(pk=hold.pk).first()
    if found is None:
        raise OutOfOrder(_("This hold has ended."))
    return found


@transaction.atomic
def forget_again(pk, *, table_id, how: str, at: datetime, by) -> None:
    """A situation that a backup brought back is as it was when it was forgotten: nothing of the person is left. Safe to run again.

    What the table decided after the backup was made is not known any more: of what was not accepted, or not accepted yet, the
    row keeps its number, dates and agency, and nothing else.
    """
    situation = Situation.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    forget_words(situation or Situation(pk=pk, table_id=table_id), how=how)
    if situation is None or situation.stage == how:
        return
    ledger.record(LedgerAct.PURGED if how == Stage.PURGED else LedgerAct.FORGOTTEN, by=by, situation=situation)
    if how == DISCARDED:
        situation.delete()
        return
    stand_forgotten(situation, how=how, at=at)


@transaction.atomic
def forget_codes(situation, *, by) -> None:
    """After the table's years the coded facts go too; published figures are frozen, and stay. The ledger keeps that it was."""
    ledger.record(LedgerAct.CODES_FORGOTTEN, by=by, situation=situation)
    locked(situation).delete()
