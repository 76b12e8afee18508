"""Somebody lost phone and codes: two people together let them in anew; at the console, the last administrator."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox, policies
from agencies.access import Refused
from agencies.enums import KEEPING_ROLES, LedgerAct, Notice, Role
from agencies.lifecycle.factors import forget_factors
from agencies.lifecycle.people import invitation_address, post_invitation
from agencies.lifecycle.sign_ins import sign_out
from agencies.models import Appointment, Member, Recovery


@transaction.atomic
def ask_recovery(member, *, table, by) -> Recovery:
    """The first of two asks that a member be let in anew; those who may confirm it are told by mail."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if not member.is_active or member.joined_at is None:
        raise Refused(_("This person has not joined yet: send the invitation again."))
    if Recovery.objects.waiting().filter(member=member).exists():
        raise Refused(_("Somebody has asked for this already. It waits for a second person."))
    is_keeper = policies.keeps(by, table)
    others = _who_may_confirm(member, table=table, asked_by=by, is_asked_by_keeper=is_keeper)
    if not others:
        raise Refused(_("Nobody else at this table may confirm it. Whoever looks after the server can help, from the console."))
    recovery = Recovery.objects.create(table=table, member=member, asked_by=by, asked_at=clock.now(), is_asked_by_keeper=is_keeper)
    ledger.record(LedgerAct.RECOVERY_ASKED, by=by, table=table, subject=recovery, audience=member)
    address = reverse("agencies:member", args=[member.pk])
    outbox.post(Notice.RECOVERY_ASKED, to=others, address=address, table=table, subject=recovery)
    return recovery


def _who_may_confirm(member, *, table, asked_by, is_asked_by_keeper: bool) -> list[Member]:
    """Everybody who may be the second of the two: those who keep the table; where one of them asked, the agency's lead as well."""
    there = Member.objects.active().filter(appointments__in=Appointment.objects.current().filter(table=table, role__in=KEEPING_ROLES))
    if is_asked_by_keeper and member.agency_id is not None:
        leading = Appointment.objects.current().filter(table=table, role=Role.AGENCY_LEAD, member__agency=member.agency_id)
        there = there | Member.objects.active().filter(appointments__in=leading)
    return list(there.exclude(pk__in=[member.pk, asked_by.pk]).exclude(joined_at=None).distinct())


@transaction.atomic
def confirm_recovery(recovery, *, by) -> None:
    """The second of two agrees: what opened the table to the member opens it no more, and a mailed link lets them begin anew."""
    recovery = _still_waiting(recovery)
    if by.pk in (recovery.asked_by_id, recovery.member_id):
        raise Refused(_("Two people let somebody in anew, and neither of them is that person."))
    recovery.confirmed_by, recovery.confirmed_at = by, clock.now()
    recovery.save()
    ledger.record(LedgerAct.RECOVERY_CONFIRMED, by=by, table=recovery.table_id, subject=recovery, audience=recovery.member_id)
    begin_anew(recovery.member, by=by)
    post_invitation(Member.objects.get(pk=recovery.member_id), table=recovery.table)


@transaction.atomic
def decline_recovery(recovery, *, by) -> None:
    """It was not them who asked, or it is not needed any more: everything stays as it is."""
    recovery = _still_waiting(recovery)
    recovery.declined_at = clock.now()
    recovery.save()
    ledger.record(LedgerAct.RECOVERY_DECLINED, by=by, table=recovery.table_id, subject=recovery, audience=recovery.member_id)


def _still_waiting(recovery) -> Recovery:
    found = Recovery.objects.waiting().select_for_update(of=("self",)).select_related("member", "table").filter(pk=recovery.pk).first()
    if found is None:
        raise Refused(_("This does not wait any more: it was answered, or it is older than three days."))
    return found


@transaction.atomic
def begin_anew(member, *, by) -> None:
    """Password, factors and every open page of the member end; what they are at the table stays. They come in as one who was invited."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    forget_factors(member, by=by)
    sign_out(member, by=by, code="recovered")
    member.set_unusable_password()
    member.joined_at, member.invited_at = None, clock.now()
    member.version += 1
    member.save()


@transaction.atomic
def rescue_administrator(member, *, by: str) -> str:
    """For whom no second person is left: at the console, an administrator begins anew. Returns the path that lets them in, once."""
    if not Appointment.objects.current().filter(member=member, role=Role.ADMINISTRATOR).exists() or not member.is_active:
        raise Refused(_("Only an administrator is let in from the console. Two people of the table let in anybody else."))
    begin_anew(member, by=by)
    ledger.record(LedgerAct.RECOVERY_CONFIRMED, by=by, subject=member, audience=member, codes=["console"])
    return invitation_address(Member.objects.get(pk=member.pk))
