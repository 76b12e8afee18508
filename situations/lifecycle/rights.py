"""Stepping out of a situation, and looking with a reason."""

from datetime import timedelta

from django.db import transaction

from agencies import clock, ledger
from agencies.enums import LedgerAct
from situations import disclosure
from situations.enums import (
    Relation,
)
from situations.models import Recusal

LOOK_LASTS = timedelta(minutes=15)  # what a privacy officer's reason opens


@transaction.atomic
def recuse(situation, *, member, by) -> None:
    """A member who knows the person steps out, or is asked to: the situation vanishes for them, whatever else they are."""
    __, is_new = Recusal.objects.get_or_create(
        situation=situation,
        member=member,
        ended_at=None,
        defaults={"table_id": situation.table_id, "recused_at": clock.now(), "recused_by": by},
    )
    if is_new:
        disclosure.end(situation, relation=Relation.IN_THE_ROOM, of=member, by=by)
        ledger.record(LedgerAct.RECUSED, by=by, situation=situation, audience=member)


@transaction.atomic
def look_with_reason(situation, *, reason: str, by) -> None:
    """The privacy officer looks: the reason goes to the ledger, and opens the situation for a quarter of an hour."""
    disclosure.grant(situation, relation=Relation.PRIVACY_OFFICER, to=by, by=by, ends_at=clock.now() + LOOK_LASTS)
    ledger.record(LedgerAct.LOOKED_WITH_REASON, by=by, situation=situation, relation=Relation.PRIVACY_OFFICER, codes=[reason])
