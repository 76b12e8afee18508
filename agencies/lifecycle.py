"""How tables, agencies, seats, people and agreements change, with what record."""

import calendar
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder, Refused
from agencies.enums import AgreementKind, LedgerAct, Notice, Role
from agencies.models import Agency, Agreement, AgreementSignature, Appointment, Entry, Member, Seat, SituationTable


@transaction.atomic
def create_table(*, by, **settings) -> SituationTable:
    """A new table; whether names are spoken or sealed there is chosen now, for good."""
    table = SituationTable(**settings)
    table.full_clean()
    table.save(force_insert=True)
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=table)
    return table


@transaction.atomic
def change_table(table, *, by, **settings) -> SituationTable:
    """The table's settings change; ``naming`` cannot."""
    table = SituationTable.objects.select_for_update().get(pk=table.pk)
    settings.pop("naming", None)
    for field, value in settings.items():
        setattr(table, field, value)
    table.version += 1
    table.full_clean()
    table.save()
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=table, codes=sorted(settings))
    return table


@transaction.atomic
def add_agency(*, name: str, sector: str, agency_type: str, by, name_language: str = "en-CA", table=None) -> Agency:
    """A partner organisation; with ``table`` it gets its seat there at once."""
    agency = Agency.objects.create(name=name, name_language=name_language, sector_id=sector, agency_type_id=agency_type)
    ledger.record(LedgerAct.AGENCY_CHANGED, by=by, subject=agency, table=table)
    if table is not None:
        give_seat(table, agency=agency, by=by)
    return agency


@transaction.atomic
def change_agency(agency, *, by, **changes) -> Agency:
    """The agency's name, sector or kind change, or it is no longer active."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    for field, value in changes.items():
        setattr(agency, field, value)
    agency.version += 1
    agency.save()
    ledger.record(LedgerAct.AGENCY_CHANGED, by=by, subject=agency, codes=sorted(changes))
    return agency


@transaction.atomic
def give_seat(table, *, agency, by) -> Seat:
    """The agency has its place at the table from now on."""
    seat, is_new = Seat.objects.get_or_create(table=table, agency=agency, ends_at=None, defaults={"starts_at": clock.now()})
    if is_new:
        ledger.record(LedgerAct.SEAT_CHANGED, by=by, table=table, subject=seat, audience=agency)
    return seat


@transaction.atomic
def end_seat(seat, *, by) -> None:
    """The agency leaves the table; its people come to no page of it any more."""
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.ends_at is None:
        seat.ends_at = clock.now()
        seat.save()
        ledger.record(LedgerAct.SEAT_CHANGED, by=by, table=seat.table_id, subject=seat, audience=seat.agency_id)


@transaction.atomic
def invite(*, email: str, full_name: str, by, table, agency=None, roles=(), language: str = "en-ca", telephone: str = "") -> Member:
    """A person is invited to the table: they open the link, choose a password, sign the agreement, and are there.

    Someone who is known already gets the roles and, until they have joined, the invitation again.
    """
    member = Member.objects.filter(email=email.lower()).first()
    if member is None:
        member = Member.objects.create_user(
            email, full_name=full_name, agency=agency, language=language, telephone=telephone, invited_at=clock.now()
        )
    elif agency is not None and member.agency_id != agency.pk:
        raise Refused(_("This person already acts for %(agency)s.") % {"agency": member.agency})
    for role in roles:
        appoint(member, table=table, role=role, by=by)
    ledger.record(LedgerAct.MEMBER_INVITED, by=by, table=table, subject=member)
    if member.joined_at is None:
        outbox.post(Notice.INVITATION, to=[member], table=table, address=reverse("start"), subject=member)
    return member


def invitation_address(member) -> str:
    """The path that opens an invitation: it works once, until a password is chosen, and for as long as settings say."""
    return reverse("agencies:join", args=[urlsafe_base64_encode(force_bytes(member.pk)), default_token_generator.make_token(member)])


@transaction.atomic
def accept_invitation(member, *, password: str) -> Member:
    """The person chose a password; the link has done its work."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    member.set_password(password)
    member.joined_at = member.joined_at or clock.now()
    member.save()
    return member


@transaction.atomic
def change_member(member, *, by, **changes) -> Member:
    """A person's name, telephone, language or agency change."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    for field, value in changes.items():
        setattr(member, field, value)
    member.version += 1
    member.save()
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=sorted(changes))
    return member


@transaction.atomic
def end_membership(member, *, by) -> None:
    """The person no longer acts for anyone here: every role ends, and they cannot sign in."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    for appointment in Appointment.objects.current().filter(member=member):
        end_appointment(appointment, by=by)
    member.is_active = False
    member.save()
    ledger.record(LedgerAct.MEMBERSHIP_ENDED, by=by, subject=member)


@transaction.atomic
def appoint(
    member, *, table, role: Role, by, starts_at: datetime | None = None, ends_at: datetime | None = None, stands_in_for=None
) -> Appointment:
    """A role at a table; for an alternate from when to when, and for whom."""
    appointment, is_new = Appointment.objects.get_or_create(
        member=member,
        table=table,
        role=role,
        ends_at=ends_at,
        defaults={"starts_at": starts_at or clock.now(), "given_by": None if isinstance(by, str) else by, "stands_in_for": stands_in_for},
    )
    if is_new:
        ledger.record(LedgerAct.ROLE_GIVEN, by=by, table=table, subject=appointment, audience=member, codes=[role])
    return appointment


@transaction.atomic
def end_appointment(appointment, *, by) -> None:
    """The role ends now."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    now = clock.now()
    appointment.ends_at = max(now, appointment.starts_at)
    appointment.save()
    ledger.record(
        LedgerAct.ROLE_ENDED,
        by=by,
        table=appointment.table_id,
        subject=appointment,
        audience=appointment.member_id,
        codes=[appointment.role],
    )


@transaction.atomic
def delegate(*, to, stands_in_for, table, starts_at: datetime, ends_at: datetime, by) -> Appointment:
    """Someone of the same agency stands in, from a day to a day."""
    if to.agency_id is None or to.agency_id != stands_in_for.agency_id:
        raise Refused(_("An alternate comes from the same agency."))
    if ends_at <= starts_at:
        raise Refused(_("The last day lies before the first."))
    return appoint(to, table=table, role=Role.ALTERNATE, by=by, starts_at=starts_at, ends_at=ends_at, stands_in_for=stands_in_for)


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
def change_entry(entry, *, by, **changes) -> Entry:
    """A vocabulary entry's labels, help or synonyms change; its code never does."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    for field, value in changes.items():
        setattr(entry, field, value)
    entry.version += 1
    entry.save()
    ledger.record(LedgerAct.ENTRY_CHANGED, by=by, subject=entry, codes=sorted(changes))
    return entry


@transaction.atomic
def add_entry(*, vocabulary: str, code: str, label_en: str, label_fr: str, by, **more) -> Entry:
    """A list gets an entry of the table's own."""
    last = Entry.objects.filter(vocabulary=vocabulary).order_by("-position").values_list("position", flat=True).first() or 0
    entry = Entry(
        pk=f"{vocabulary}:{code}", vocabulary=vocabulary, code=code, label_en=label_en, label_fr=label_fr, position=last + 1, **more
    )
    if Entry.objects.filter(pk=entry.pk).exists():
        raise Refused(_("This list already has the code %(code)s.") % {"code": code})
    entry.save(force_insert=True)
    ledger.record(LedgerAct.ENTRY_CHANGED, by=by, subject=entry)
    return entry


@transaction.atomic
def retire_entry(entry, *, by, is_retired: bool = True) -> Entry:
    """The entry is no longer offered; what was said with it keeps its label. Or it is offered again."""
    return change_entry(entry, by=by, retired_at=clock.now() if is_retired else None)
