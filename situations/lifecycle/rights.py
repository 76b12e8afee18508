"""Stepping out of a situation, and looking with a reason."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder
from agencies.actor import for_the_table
from agencies.enums import LedgerAct
from situations import disclosure
from situations.enums import Relation, StepInReason
from situations.models import Recusal

LOOK_LASTS = timedelta(minutes=15)  # what a privacy officer's reason opens


@transaction.atomic
@for_the_table("recusal")
def recuse(situation, *, member, by) -> None:
    """A member who knows the person steps out, or is asked to: the situation vanishes for them, whatever else they are."""
    _recusal, is_new = Recusal.objects.get_or_create(
        situation=situation,
        member=member,
        ended_at=None,
        defaults={"table_id": situation.table_id, "recused_at": clock.now(), "recused_by": by},
    )
    if is_new:
        disclosure.end(situation, relation=Relation.IN_THE_ROOM, of=member, by=by)
        ledger.record(LedgerAct.RECUSED, by=by, situation=situation, audience=member)


@transaction.atomic
def let_in_again(situation, *, member, reason: StepInReason, by) -> None:
    """A member who had stepped out may know of it again, as everyone else who is what they are; the reason is a code in the ledger.

    Neither the member nor the chair can do this: whoever knows the person does not judge it, and only the privacy officer
    may read who stepped out (the matrix: recusals).
    """
    recusal = Recusal.objects.select_for_update(of=("self",)).filter(situation=situation, member=member, ended_at=None).first()
    if recusal is None:
        raise OutOfOrder(_("They have not stepped out of this situation."))
    recusal.ended_at = clock.now()
    recusal.save(update_fields=["ended_at"])
    ledger.record(LedgerAct.STEPPED_IN, by=by, situation=situation, audience=member, codes=[reason])


@transaction.atomic
def look_with_reason(situation, *, reason: str, by) -> None:
    """The privacy officer looks: the reason goes to the ledger, and opens the situation for a quarter of an hour."""
    disclosure.grant(situation, relation=Relation.PRIVACY_OFFICER, to=by, by=by, ends_at=clock.now() + LOOK_LASTS)
    ledger.record(LedgerAct.LOOKED_WITH_REASON, by=by, situation=situation, relation=Relation.PRIVACY_OFFICER, codes=[reason])
