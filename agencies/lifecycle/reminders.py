"""Somebody reminds by mail: at most once a day of the same thing, to be taken back until it leaves, on the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder
from agencies.days import date_format
from agencies.enums import LedgerAct, Role
from agencies.models import Member, Outbox, SituationTable


@dataclass(frozen=True)
class Reminder:
    """That somebody reminded of a thing today: when, and when the first mail of it leaves, by the table's clock; and whether none has."""

    at: datetime
    leaves_at: datetime
    may_take_back: bool

    @property
    def leaving(self) -> str:
        """When it leaves, in a sentence: whoever wants mail once a day gets it at their hour."""
        if self.leaves_at - self.at <= outbox.SENT_AFTER:
            return gettext("The mail leaves in half a minute; until then it can be taken back.")
        sentence = gettext("The mail leaves at the hour that its reader chose, %(moment)s; until then it can be taken back.")
        return sentence % {"moment": date_format(self.leaves_at, "DATETIME_FORMAT")}


def reminded_today(notices, subjects, *, table) -> dict[tuple[str, UUID], Reminder]:
    """Of which of these subjects somebody reminded today, by notice and subject; what was taken back does not count. One query."""
    told = _of_today(table).filter(notice__in=notices, subject_id__in=list(subjects))
    rows = told.values("notice", "subject_id").annotate(at=Max("created_at"), leaves_at=Min("send_at"), sent=Count("sent_at")).order_by()
    return {
        (row["notice"], row["subject_id"]): Reminder(
            localtime(row["at"], table.zone), localtime(row["leaves_at"], table.zone), may_take_back=not row["sent"]
        )
        for row in rows
    }


def _of_today(table):
    """The mails of what somebody reminded of at the table today, but for what was taken back."""
    return Outbox.objects.filter(table=table, created_at__gte=clock.today_began(table), dropped_at=None, reminded_by__isnull=False)


def one_at_a_time(table) -> None:
    """Within a transaction: who reminds at the same table meanwhile waits, so that nobody is reminded twice."""
    SituationTable.objects.select_for_update(no_key=True).get(pk=table.pk)


def whom_to_remind(agencies, table) -> dict[UUID, list[Member]]:
    """Each agency's people at the table now: its representatives and those who stand in; where there is none, its lead. Two queries."""
    people: dict[UUID, list[Member]] = {}
    for roles in ((Role.REPRESENTATIVE, Role.ALTERNATE), (Role.AGENCY_LEAD,)):
        missing = set(agencies) - set(people)
        for member in Member.objects.holding(table, *roles).filter(agency__in=missing):
            people.setdefault(member.agency_id, []).append(member)
    return people


@transaction.atomic
def take_back(notice, *, subject, table, by, situation=None) -> None:
    """What was just reminded of is not sent after all. Raises ``OutOfOrder`` once a mail has left."""
    told = _of_today(table).filter(notice=notice, subject_id=subject)
    waiting = list(told.select_for_update(of=("self",)).values_list("sent_at", flat=True))
    if not waiting or any(waiting):
        raise OutOfOrder(_("The reminder has already left. It can be taken back until its first mail leaves."))
    told.update(dropped_at=clock.now())
    ledger.record(LedgerAct.REMINDER_TAKEN_BACK, by=by, table=table, situation=situation, codes=[notice])
