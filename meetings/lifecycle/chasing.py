"""The coordinator reminds those who owe something: by mail, without a fact about anyone, at most once a day of the same thing."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from agencies import ledger, outbox
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
def remind(owed: list[Owed], *, table, by) -> list[Owed]:
    """Remind of each of these lines that nobody reminded of today; returns those for which a mail is laid in.

    Whom a step belongs to, the coordinator does not read: the record names no agency there, and no page does.
    """
    reminders.one_at_a_time(table)
    fresh = [each for each in with_reminders(owed, table=table) if each.reminder is None]
    situations = Situation.objects.visible_to(by).in_bulk([each.situation for each in fresh])
    return [each for each in fresh if _remind(each, situations[each.situation], table=table, by=by)]


def _remind(owed: Owed, situation, *, table, by) -> bool:
    stepped_out = Recusal.objects.filter(situation=situation, ended_at=None).values("member")
    agencies = _who_owe(owed)
    accepted_at = Response.objects.values_list("accepted_at", flat=True).get(pk=owed.pk) if owed.kind == "contact" else None
    told = {agency: list(reminders.whom_to_remind(agency, table).exclude(pk__in=stepped_out)) for agency in agencies}
    told = {agency: people for agency, people in told.items() if people}
    for people in told.values():
        outbox.post(
            NOTICES[owed.kind],
            to=people,
            table=table,
            address=reverse("situation", args=[situation.pk]),
            subject=owed.pk,
            moment=due_at(accepted_at) if accepted_at else None,
            reminded_by=by,
        )
    for agency in told if owed.kind != "step" else [None] if told else []:
        ledger.record(LedgerAct.REMINDED, by=by, situation=situation, audience=agency, codes=[NOTICES[owed.kind]])
    return bool(told)


def _who_owe(owed: Owed) -> list:
    """The agencies, by key, that owe this: who leads the response, who took the step on, who is asked the question."""
    if owed.kind == "step":
        steps = Step.objects.overdue().filter(Q(pk=owed.pk) | Q(response=owed.pk))
        return list(steps.order_by().values_list("owner", flat=True).distinct())
    if owed.kind == "follow_up":
        return list(FollowUp.objects.due().filter(pk=owed.pk).values_list("agency", flat=True))
    leading = Engagement.objects.taking_part().filter(response=owed.pk, part=Part.LEAD)
    return list(leading.values_list("agency", flat=True))


def take_back(owed: Owed, *, table, by) -> None:
    """The reminder of one line is not sent after all. Raises ``OutOfOrder`` once a mail has left."""
    situation = Situation.objects.visible_to(by).get(pk=owed.situation)
    reminders.take_back(NOTICES[owed.kind], subject=owed.pk, table=table, by=by, situation=situation)
