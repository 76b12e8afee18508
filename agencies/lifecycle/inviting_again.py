"""Whoever was invited and has not come is invited once more, all together, at most once a day; to be taken back until it leaves."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder
from agencies.enums import LedgerAct, Notice
from agencies.lifecycle.people import invite_again
from agencies.lifecycle.reminders import one_at_a_time
from agencies.models import Appointment, Member, Outbox


@transaction.atomic
def invite_all_again(*, table, by) -> list[Member]:
    """The invitation once more to everyone at the table who has not joined and was not invited today; returns them."""
    one_at_a_time(table)
    people, _told_today = not_joined(table)
    for person in people:
        invite_again(person, table=table, by=by, reminded_by=by)
    return people


def not_joined(table) -> tuple[list[Member], int]:
    """Who holds a role at the table and has not opened the invitation; how many of them were invited to it today are counted apart."""
    waiting = Member.objects.active().filter(joined_at=None, appointments__in=Appointment.objects.current().filter(table=table)).distinct()
    told = Outbox.objects.filter(notice=Notice.INVITATION, table=table, created_at__gte=clock.today_began(table), dropped_at=None)
    fresh = list(waiting.exclude(pk__in=told.values("recipient")))
    return fresh, waiting.count() - len(fresh)


def invited_all_again(table):
    """The invitations that were sent again to all at once and have not left yet."""
    return Outbox.objects.filter(notice=Notice.INVITATION, table=table, reminded_by__isnull=False, sent_at=None, dropped_at=None)


@transaction.atomic
def take_back_invitations(*, table, by) -> int:
    """What was just sent again to all does not leave after all; returns how many. Raises ``OutOfOrder`` where none waits any more."""
    told = invited_all_again(table)
    waiting = list(told.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not waiting:
        raise OutOfOrder(_("The invitations have already left. They can be taken back until they leave."))
    told.filter(pk__in=waiting).update(dropped_at=clock.now())
    ledger.record(LedgerAct.REMINDER_TAKEN_BACK, by=by, table=table, codes=[Notice.INVITATION])
    return len(waiting)
