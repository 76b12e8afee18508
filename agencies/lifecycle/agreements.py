"""How agreements are published, signed, and asked for."""

import calendar
from datetime import datetime, timedelta
from types import SimpleNamespace

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder, Refused
from agencies.enums import AgreementKind, LedgerAct, Notice, Role
from agencies.lifecycle.reminders import Reminder, one_at_a_time, reminded_today
from agencies.models import Agreement, AgreementSignature, Appointment, Outbox

SOON = timedelta(days=30)  # from here on a signature that will expire is asked for again


@transaction.atomic
def publish_agreement(table, *, kind: AgreementKind, text_en: str, text_fr: str, by, valid_months: int = 12) -> Agreement:
    """A new version: who signed an earlier one signs again."""
    last = Agreement.objects.filter(table=table, kind=kind).order_by("-number").values_list("number", flat=True).first() or 0
    agreement = Agreement.objects.create(
        table=table, kind=kind, number=last + 1, text_en=text_en, text_fr=text_fr, valid_months=valid_months, published_at=clock.now()
    )
    ledger.record(LedgerAct.AGREEMENT_PUBLISHED, by=by, table=table, subject=agreement)
    return agreement


@transaction.atomic
def sign_agreement(agreement, *, by) -> AgreementSignature:
    """A person signs for themself; an agency's lead signs for the agency. Valid for as many months as the version says."""
    if not agreement.is_for_members:
        leads = Appointment.objects.current().filter(member=by, table=agreement.table_id, role=Role.AGENCY_LEAD)
        if by.agency_id is None or not leads.exists():
            raise Refused(_("The information-sharing agreement is signed by the agency’s lead."))
    if Agreement.objects.filter(table=agreement.table_id, kind=agreement.kind, number__gt=agreement.number).exists():
        raise OutOfOrder(_("There is a newer version of this agreement. Read and sign that one."))
    now = clock.now()
    signature = AgreementSignature.objects.create(
        table_id=agreement.table_id,
        agreement=agreement,
        agency_id=None if agreement.is_for_members else by.agency_id,
        signed_by=by,
        signed_at=now,
        expires_at=_months_later(now, agreement.valid_months),
    )
    ledger.record(LedgerAct.AGREEMENT_SIGNED, by=by, table=agreement.table_id, subject=agreement)
    return signature


def _months_later(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def remind_of(agreement, *, to, by=None) -> Reminder | None:
    """Lay a mail for each of ``to`` into the outbox; it leaves if the signature is still awaited then.

    ``by`` is who reminds, at most once a day; left out where a version is published. Returns how the reminder stands, where it is one.
    """
    address = reverse("agencies:sign", args=[agreement.pk])
    if by is not None:
        one_at_a_time(agreement.table)
        if reminder_of(agreement):
            raise OutOfOrder(_("Everyone whose signature is awaited was reminded today already."))
        ledger.record(LedgerAct.REMINDED, by=by, table=agreement.table, subject=agreement, codes=[Notice.AGREEMENT_DUE])
    outbox.post(Notice.AGREEMENT_DUE, to=to, table=agreement.table, address=address, subject=agreement, reminded_by=by)
    return reminder_of(agreement) if by is not None else None


def told_of(agreement) -> SimpleNamespace:
    """When those who have to sign were last told, ``at``, None if never; and the reminder of ``today``, if there is one. Two queries."""
    told = Outbox.objects.filter(subject_id=agreement.pk, dropped_at=None).order_by("-created_at")
    return SimpleNamespace(at=told.values_list("created_at", flat=True).first(), today=reminder_of(agreement))


def reminder_of(agreement) -> Reminder | None:
    """That somebody reminded today of whose signature is awaited."""
    return reminded_today([Notice.AGREEMENT_DUE], [agreement.pk], table=agreement.table).get((Notice.AGREEMENT_DUE, agreement.pk))
