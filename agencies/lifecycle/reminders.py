"""Somebody reminds by mail: at most once a day of the same thing, to be taken back for half a minute, on the record."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder
from agencies.enums import LedgerAct, Role
from agencies.models import Member, Outbox, SituationTable


@dataclass(frozen=True)
class Reminder:
    """That somebody reminded of a thing today: when, by the table's clock, and whether it can still be taken back."""

    at: datetime
    may_take_back: bool


def reminded_today(notices, subjects, *, table) -> dict[tuple[str, UUID], Reminder]:
    """Of which of these subjects somebody reminded today, by notice and subject; what was taken back does not count. One query."""
    now = clock.now()
    midnight = datetime.combine(localtime(now, table.zone).date(), time.min, tzinfo=table.zone)
    told = Outbox.objects.filter(notice__in=notices, subject_id__in=list(subjects), created_at__gte=midnight, dropped_at=None)
    rows = told.exclude(reminded_by=None).order_by("created_at").values_list("notice", "subject_id", "created_at", "sent_at")
    return {
        (notice, subject): Reminder(localtime(at, table.zone), may_take_back=sent_at is None and now - at < outbox.SENT_AFTER)
        for notice, subject, at, sent_at in rows
    }


def one_at_a_time(table) -> None:
    """Within a transaction: who reminds at the same table meanwhile waits, so that nobody is reminded twice."""
    SituationTable.objects.select_for_update(no_key=True).get(pk=table.pk)


def whom_to_remind(agency, table):
    """The agency's people at the table now: its representatives and those who stand in; where there is none, its lead."""
    acting = Member.objects.holding(table, Role.REPRESENTATIVE, Role.ALTERNATE).filter(agency=agency)
    return acting if acting.exists() else Member.objects.holding(table, Role.AGENCY_LEAD).filter(agency=agency)


@transaction.atomic
def take_back(notice, *, subject, table, by, situation=None) -> None:
    """What was just reminded of is not sent after all. Raises ``OutOfOrder`` once a mail has left."""
    waiting = Outbox.objects.filter(notice=notice, subject_id=subject, table=table, dropped_at=None, reminded_by__isnull=False)
    just_laid_in = waiting.filter(created_at__gt=clock.now() - outbox.SENT_AFTER)
    has_left = just_laid_in.exclude(sent_at=None).exists()
    if has_left or not just_laid_in.filter(sent_at=None).update(dropped_at=clock.now()):
        raise OutOfOrder(_("The reminder has already left. It can be taken back for half a minute."))
    ledger.record(LedgerAct.REMINDER_TAKEN_BACK, by=by, table=table, situation=situation, codes=[notice])
