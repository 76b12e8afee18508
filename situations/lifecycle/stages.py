"""The order of the stages: how a situation goes from one to the next, and what is forgotten on the way."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder
from agencies.as_it_stood import put_back
from agencies.enums import LedgerAct
from situations import sealing
from situations.enums import (
    ACCEPTED_STAGES,
    ENDED_STAGES,
    FOLLOWS,
    UNDONE_TO,
    Stage,
)
from situations.models import LegalHold, Situation


def forgotten() -> dict:
    """What a rejected or withdrawn situation loses; its type, consent and ground stay (four-filters, Stages)."""
    single = dict.fromkeys(("age_group", "sex_gender", "language_of_service"))
    many: dict = {field: [] for field in ("affected_persons", "risk_factors", "protective_factors", "study_flags", "attempts", "criteria")}
    return single | many | {"emergency_checks": {}, "discussed_before": "", "earlier_number": ""}


def locked(situation) -> Situation:
    return Situation.objects.select_for_update(of=("self",)).select_related("table", "originating_agency").get(pk=situation.pk)


def advance(situation, stage: Stage, **changes) -> Situation:
    """Lock, check that ``stage`` may follow, change; the caller grants and records in the same transaction."""
    situation = locked(situation)
    if stage not in FOLLOWS[Stage(situation.stage)]:
        raise OutOfOrder(
            _("%(situation)s stands at “%(stage)s”; that cannot become “%(wanted)s”.")
            % {"situation": situation, "stage": situation.get_stage_display(), "wanted": stage.label}
        )
    situation.stage = stage
    if stage in ENDED_STAGES and situation.ended_at is None:
        situation.ended_at = clock.now()
    for field, value in changes.items():
        setattr(situation, field, value)
    situation.version += 1
    situation.save()
    return situation


def go_back(situation, stood: dict) -> Situation:
    """Lock, check that what was done since ``stood`` can still be undone, put it back; the caller ends rights and records."""
    situation = locked(situation)
    if stood["stage"] not in UNDONE_TO.get(Stage(situation.stage), set()):
        raise OutOfOrder(
            _("%(situation)s now stands at “%(stage)s”. What was done before can no longer be undone.")
            % {"situation": situation, "stage": situation.get_stage_display()}
        )
    put_back(situation, stood)
    situation.version += 1
    situation.save()
    return situation


def forget(situation, *, by) -> None:
    """The words of a situation that was not accepted go too; called in the decision's own transaction."""
    forget_words(situation, how=situation.stage)
    ledger.record(LedgerAct.FORGOTTEN, by=by, situation=situation)


@transaction.atomic
def purge(situation, *, by) -> Situation:
    """Every word and the key are gone; the coded facts stay. What is held is not forgotten."""
    situation = locked(situation)
    if LegalHold.objects.holding().filter(situation=situation).exists():
        raise OutOfOrder(_("The law asks to keep these words longer."))
    situation = advance(situation, Stage.PURGED, purged_at=clock.now())
    forget_words(situation, how=Stage.PURGED)
    ledger.record(LedgerAct.PURGED, by=by, situation=situation)
    return situation


def stand_forgotten(situation, *, how: str, at: datetime) -> None:
    """A row that a backup brought back, as it stands when it is forgotten; what follows what is not asked, since time went backwards."""
    was_accepted = situation.stage in ACCEPTED_STAGES and how in (Stage.ENDED_EARLY, Stage.PURGED)
    situation.stage = how if was_accepted else Stage.REJECTED if situation.sequence else Stage.WITHDRAWN
    situation.ended_at = situation.ended_at or at
    situation.purged_at = at if situation.stage == Stage.PURGED else None
    if not was_accepted:
        for field, nothing in (forgotten() | {"conclusion_reason": None, "factors_lowered": []}).items():
            setattr(situation, field, nothing)
    situation.version += 1
    situation.save()


def forget_words(situation, *, how: str) -> None:
    """Every word and the key go, and a tombstone says so: ``how`` it came to it, a stage or ``DISCARDED``."""
    # The web may not delete words itself, nor write a tombstone; the keeper's function does, and only for a whole situation.
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_words(%s, %s, %s)", [situation.pk, situation.table_id, how])
    if sealing.has_words(situation):
        raise AssertionError("words were left of a situation that was forgotten")
