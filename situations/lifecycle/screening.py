"""Filter 1 inside an agency: what was considered and not brought forward is counted, and nothing else of it is kept."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.enums import LedgerAct
from situations.enums import NotBroughtReason
from situations.models import NotBroughtForward


def months_open(table) -> list[date]:
    """The months whose count can still be changed: this one and the last, by the table's clock."""
    this = localtime(clock.now(), table.zone).date().replace(day=1)
    last = this.replace(month=this.month - 1) if this.month > 1 else date(this.year - 1, 12, 1)
    return [this, last]


def count_not_brought(table, *, agency, by, reason: str = "", month: date | None = None) -> NotBroughtForward:
    """One more that the agency considered and did not bring forward, this month unless another is named."""
    return _changed(table, agency=agency, by=by, reason=reason, month=month, by_how_many=1)


def take_back_not_brought(table, *, agency, by, reason: str = "", month: date | None = None) -> NotBroughtForward:
    """One less: it was counted by mistake. Raises ``OutOfOrder`` where nothing is counted."""
    return _changed(table, agency=agency, by=by, reason=reason, month=month, by_how_many=-1)


@transaction.atomic
def _changed(table, *, agency, by, reason, month, by_how_many) -> NotBroughtForward:
    month = month or months_open(table)[0]
    if month not in months_open(table):
        raise Refused(_("The count of this month is closed. This month’s and last month’s can be changed."))
    reason = NotBroughtReason(reason) if reason else ""
    NotBroughtForward.objects.get_or_create(table=table, agency=agency, month=month, reason=reason)
    counted = NotBroughtForward.objects.select_for_update(of=("self",)).get(table=table, agency=agency, month=month, reason=reason)
    if counted.how_many + by_how_many < 0:
        raise OutOfOrder(_("Nothing is counted there that could be taken back."))
    counted.how_many += by_how_many
    counted.save()
    ledger.record(LedgerAct.NOT_BROUGHT, by=by, table=table, agency=agency, codes=[f"{by_how_many:+d}"])
    return counted
