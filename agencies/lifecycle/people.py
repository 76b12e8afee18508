"""How people come to the table, what they are there, and how they leave."""

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import Refused
from agencies.enums import LedgerAct, Notice, Role
from agencies.lifecycle.factors import forget_factors
from agencies.lifecycle.sign_ins import sign_out
from agencies.models import Appointment, Member
from agencies.versions import refuse_stale

# One person has one address and acts for one agency, at whichever table. Where an address is taken elsewhere, to pretend that
# the invitation was sent would leave the inviter waiting for somebody who never comes; this is all that is said instead.
NOT_HERE = _("This address cannot be used here. Ask the person which other address reaches them at work.")


@transaction.atomic
def invite(*, email: str, full_name: str, by, table, agency=None, roles=(), language: str = "en-ca", telephone: str = "") -> Member:
    """A person is invited to the table: they open the link, choose a password, sign the agreement, and are there.

    Someone who is known already gets the roles and, until they have joined, the invitation again; someone whose
    membership had ended comes back, for whichever agency, and chooses a new password. Of someone who sits only at
    another table the refusal says nothing, neither who they are nor for whom they act: see ``NOT_HERE``.
    """
    member = Member.objects.select_for_update(of=("self",)).filter(email=email.lower()).first()
    if member is None:
        member = Member.objects.create_user(
            email, full_name=full_name, agency=agency, language=language, telephone=telephone, invited_at=clock.now()
        )
    elif not member.is_active:
        _welcome_back(member, agency=agency)
    elif agency is not None and member.agency_id != agency.pk and not Member.objects.at_table(table).filter(pk=member.pk).exists():
        raise Refused(NOT_HERE)
    elif agency is not None and member.agency_id != agency.pk:
        if member.agency is None:
            raise Refused(_("This person is known already and acts for no agency."))
        raise Refused(_("This person already acts for %(agency)s.") % {"agency": member.agency})
    for role in roles:
        appoint(member, table=table, role=role, by=by)
    ledger.record(LedgerAct.MEMBER_INVITED, by=by, table=table, subject=member)
    post_invitation(member, table=table)
    return member


def _welcome_back(member, *, agency) -> None:
    member.is_active, member.agency = True, agency
    member.joined_at, member.invited_at = None, clock.now()
    member.calendar_key = None  # also where it was kept when the membership ended
    member.set_unusable_password()
    member.version += 1
    member.save()


@transaction.atomic
def invite_again(member, *, table, by, reminded_by=None) -> None:
    """The invitation once more, with a fresh link, to someone who has not joined; to others nothing is sent.

    ``reminded_by`` is who invites all again at once.
    """
    if member.is_active and member.joined_at is None:
        ledger.record(LedgerAct.MEMBER_INVITED, by=by, table=table, subject=member)
        post_invitation(member, table=table, reminded_by=reminded_by)


def post_invitation(member, *, table, reminded_by=None) -> None:
    """The mail with the link, to somebody who has not joined."""
    if member.joined_at is None:
        outbox.post(Notice.INVITATION, to=[member], table=table, address=reverse("start"), subject=member, reminded_by=reminded_by)


def invitation_address(member) -> str:
    """The path that opens an invitation: it works once, until a password is chosen, and for as long as settings say."""
    return reverse("agencies:join", args=[urlsafe_base64_encode(force_bytes(member.pk)), default_token_generator.make_token(member)])


@transaction.atomic
def accept_invitation(member, *, password: str, full_name: str = "", language: str = "", email: str = "") -> Member:
    """The person chose a password, and how they are called and addressed; the link has done its work.

    ``email`` is given by the first person of a table, who was invited without a mail.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    member.set_password(password)
    member.email = email or member.email
    member.full_name = full_name or member.full_name
    member.language = language or member.language
    member.joined_at = member.joined_at or clock.now()
    member.save()
    ledger.record(LedgerAct.MEMBER_CHANGED, by=member, subject=member, codes=["joined_at"])
    return member


@transaction.atomic
def change_member(member, *, by, version: int | None = None, **changes) -> Member:
    """A person's name, telephone or language change. Raises ``Stale`` when somebody else changed them since ``version``."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    refuse_stale(member, version=version, changes=changes)
    for field, value in changes.items():
        setattr(member, field, value)
    member.version += 1
    member.save()
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=sorted(changes))
    return member


@transaction.atomic
def choose_language(member, *, language: str, by) -> None:
    """A person reads in the other language from now on; a form about them that is open elsewhere stays good."""
    Member.objects.filter(pk=member.pk).update(language=language)
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=["language"])


@transaction.atomic
def end_membership(member, *, by) -> None:
    """The person no longer acts for anyone here: every role ends, one that was still to begin too, and they cannot sign in.

    Every sign-in ends in the same transaction; links that were sent before, to join or to a new password, open nothing any more.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    for appointment in Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), member=member):
        end_appointment(appointment, by=by)
    member.is_active, member.calendar_key = False, None
    member.set_unusable_password()  # the links are made of it
    forget_factors(member, by=by)
    member.version += 1
    member.save()
    member.agency_sign_ins.all().delete()
    sign_out(member, by=by, code="membership_ended")
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
    """The role ends now; one that had ended already stays as it was."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    now = clock.now()
    if appointment.ends_at is not None and appointment.ends_at <= now:
        return
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
    standing_in = Appointment.objects.filter(table=table, role=Role.ALTERNATE, member=to, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if standing_in.exists():
        raise Refused(_("%(name)s already stands in on one of these days.") % {"name": to})
    return appoint(to, table=table, role=Role.ALTERNATE, by=by, starts_at=starts_at, ends_at=ends_at, stands_in_for=stands_in_for)
