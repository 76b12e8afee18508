"""The coordinator reminds those who owe something: by mail, without a fact about anyone, at most once a day of the same thing."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import ledger, outbox
from agencies.access import Refused
from agencies.enums import LedgerAct, Notice
from agencies.lifecycle import reminders
from meetings.owed import Owed
from responses.clock import due_at
from responses.enums import Part
from responses.models import Engagement, FollowUp, Response, Step
from situations.models import Recusal, Situation

NOTICES = {
    "contact": Notice.CONTACT_DUE,
    "step": Notice.STEP_DUE,
    "report_back": Notice.REPORT_BACK_DUE,
    "follow_up": Notice.FOLLOW_UP_DUE,
}


def with_reminders(owed: list[Owed], *, table) -> list[Owed]:
    """The same lines, each with what was reminded of it today. One query."""
    told = reminders.reminded_today(NOTICES.values(), {each.pk for each in owed}, table=table)
    return [replace(each, reminder=told.get((NOTICES[each.kind], each.pk))) for each in owed]


@transaction.atomic
def remind_of(line: Owed, *, table, by) -> Owed:
    """Remind of one line; returns it with its reminder. Refused where somebody did today, or where nobody is left to be told."""
    reminders.one_at_a_time(table)
    (listed,) = with_reminders([line], table=table)
    if listed.reminder is not None:
        raise Refused(_("This was reminded of today already. It can be reminded of again tomorrow."))
    told = remind([line], table=table, by=by)
    if not told:
        raise Refused(_("Nobody at the table acts for the agency that owes this. Invite somebody, or tell the agency otherwise."))
    return told[0]


@transaction.atomic
def remind(owed: list[Owed], *, table, by) -> list[Owed]:
    """Remind of each of these lines that nobody reminded of today; returns those for which a mail is laid in, each with its reminder.

    Whom a step belongs to, the coordinator does not read: the record names no agency there, and no page does. What is
    asked is asked once for all lines; a line costs what is written for it.
    """
    reminders.one_at_a_time(table)
    fresh = [each for each in with_reminders(owed, table=table) if each.reminder is None]
    situations = Situation.objects.visible_to(by).in_bulk([each.situation for each in fresh])
    stepped_out = set(Recusal.objects.filter(situation__in=situations, ended_at=None).values_list("situation", "member"))
    contacts = [each.pk for each in fresh if each.kind == "contact"]
    accepted_at = dict(Response.objects.filter(pk__in=contacts).values_list("pk", "accepted_at"))
    owing = _who_owe(fresh)
    people = reminders.whom_to_remind({agency for agencies in owing.values() for agency in agencies}, table)
    reminded = []
    for line in fresh:
        told = {
            agency: [member for member in people.get(agency, []) if (line.situation, member.pk) not in stepped_out]
            for agency in sorted(owing.get(_place_of(line), ()))
        }
        told = {agency: members for agency, members in told.items() if members}
        if told:
            due = due_at(accepted_at[line.pk]) if line.kind == "contact" else None
            _remind(line, situations[line.situation], told, due=due, table=table, by=by)
            reminded.append(line)
    return with_reminders(reminded, table=table) if reminded else []


def _remind(line: Owed, situation, told: dict, *, due, table, by) -> None:
    """A mail for each of the members, who stand by the agency for which they act, and an entry of the record for each agency."""
    notice = NOTICES[line.kind]
    address = reverse("situation", args=[situation.pk])
    members = [member for members in told.values() for member in members]
    outbox.post(notice, to=members, table=table, address=address, subject=line.pk, moment=due, reminded_by=by)
    named = [None] if line.kind == "step" else told
    for agency in named:
        ledger.record(LedgerAct.REMINDED, by=by, situation=situation, audience=agency, codes=[notice])


def _place_of(line: Owed) -> tuple[str, UUID]:
    """What a line is about: both a first contact and a report-back are of a response."""
    return ("response" if line.kind in ("contact", "report_back") else line.kind, line.pk)


def _who_owe(lines: list[Owed]) -> dict[tuple[str, UUID], set[UUID]]:
    """The agencies, by key, whose people are told of each line: who leads the response, who is asked the question. Three queries.

    Whose a step is, the coordinator does not read, not even from a refusal where that agency has nobody left: a mail is laid in for all
    who take part, and leaves only to whoever has the step (what is still true is asked before it leaves).
    """
    pks = [line.pk for line in lines]
    owing: dict[tuple[str, UUID], set[UUID]] = defaultdict(set)
    steps = Step.objects.overdue().filter(Q(pk__in=pks) | Q(response__in=pks))
    late = {key: response for pk, response in steps.order_by().values_list("pk", "response") for key in (pk, response) if key in pks}
    for pk, agency in FollowUp.objects.due().filter(pk__in=pks).values_list("pk", "agency"):
        owing["follow_up", pk].add(agency)
    acting = Engagement.objects.taking_part().filter(response__in=[*pks, *late.values()])
    for response, agency, part in acting.values_list("response", "agency", "part"):
        if part == Part.LEAD:
            owing["response", response].add(agency)
        for key in (key for key, of in late.items() if of == response):
            owing["step", key].add(agency)
    return owing


def take_back(owed: Owed, *, table, by) -> None:
    """The reminder of one line is not sent after all. Raises ``OutOfOrder`` once a mail has left."""
    situation = Situation.objects.visible_to(by).get(pk=owed.situation)
    reminders.take_back(NOTICES[owed.kind], subject=owed.pk, table=table, by=by, situation=situation)
