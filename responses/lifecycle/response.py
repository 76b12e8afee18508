"""What the engaged agencies do, in what order, with what record."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import OutOfOrder, Refused
from agencies.actor import for_the_table
from agencies.enums import LedgerAct, Notice
from agencies.models import Entry, Member
from responses.clock import due_at
from responses.enums import Part, Standing, StepState
from responses.models import Contact, Engagement, FollowUp, ReportBack, Response, ServiceMobilised, Step
from responses.querysets import ASKED_BEFORE
from situations import disclosure
from situations import lifecycle as situations
from situations.enums import Relation, Stage

FOLLOW_UP_DAYS = (30, 90)
NEED_HELP = "contact_result:CON-07"
NOTICE_TO_THE_PERSON = "step_type:STP-11"


def _locked(response) -> Response:
    rows = Response.objects.select_for_update(of=("self", "situation")).select_related("situation", "table")
    found = rows.filter(pk=response.pk).first()
    if found is None:
        raise OutOfOrder(_("The table has taken this response back."))
    return found


def _under_way(response) -> Response:
    response = _locked(response)
    if response.situation.stage != Stage.RESPONDING:
        raise OutOfOrder(_("The response to %(number)s has ended.") % {"number": response.situation.reference})
    return response


def _engagement(response, agency) -> Engagement:
    engagement = response.engagements.taking_part().filter(agency=agency).first()
    if engagement is None:
        raise OutOfOrder(_("That agency does not take part in this response."))
    return engagement


def _mail_asked(engagement) -> None:
    # An asked agency may not open the situation; its question has an address of its own.
    outbox.post(
        Notice.ASKED,
        to=Member.objects.acting_for(engagement.agency_id, engagement.table_id),
        table=engagement.table_id,
        address=reverse("responses:answer_asked", args=[engagement.pk]),
        subject=engagement.response_id,
    )


def _mail(notice, response, agencies, *, moment=None) -> None:
    for agency in agencies:
        outbox.post(
            notice,
            to=Member.objects.acting_for(agency, response.table_id),
            table=response.table,
            address=reverse("situation", args=[response.situation_id]),
            subject=response,
            moment=moment,
        )


@transaction.atomic
def open_response(situation, *, lead, assisting: list, by, huddle_at: datetime | None = None, asked: list = ()) -> Response:
    """The table records who acts: one lead, the assisting agencies, absent ones asked, the huddle's time.

    Where the legal ground owes the person a written notice, that step is planned for the lead within five days.
    """
    if lead in assisting:
        raise Refused(_("The lead agency cannot also assist."))
    now = clock.now()
    situation = situations.begin_response(situation, agencies=[lead, *assisting], by=by)
    response = Response.objects.create(
        table_id=situation.table_id, situation=situation, accepted_at=situation.decided_at, huddle_at=huddle_at
    )
    parts = [(lead, Part.LEAD, Standing.ENGAGED)]
    parts += [(agency, Part.ASSISTING, Standing.ENGAGED) for agency in assisting]
    parts += [(agency, Part.ASSISTING, Standing.ASKED) for agency in asked if agency != lead and agency not in assisting]
    Engagement.objects.bulk_create(
        Engagement(table_id=situation.table_id, response=response, agency=agency, part=part, standing=standing, since=now)
        for agency, part, standing in parts
    )
    ledger.record(LedgerAct.RESPONSE_OPENED, by=by, situation=situation, codes=[str(agency.pk) for agency, _part, _standing in parts])
    if situations.owes_notice(situation):
        plan_step(response, step_type=NOTICE_TO_THE_PERSON, owner=lead, due_at=now + timedelta(days=5), by=by)
    _mail(Notice.ENGAGED, response, [lead, *assisting], moment=due_at(situation.decided_at))
    for engagement in response.engagements.asked():
        ledger.record(LedgerAct.ASKED, by=by, situation=situation, audience=engagement.agency_id)
        _mail_asked(engagement)
    return response


@transaction.atomic
def ask(response, *, agency, by) -> Engagement:
    """An agency that was not there is asked to assist; it learns that it is asked, and by whom."""
    response = _under_way(response)
    engagement, is_new = response.engagements.get_or_create(
        agency=agency,
        standing__in=[Standing.ASKED, Standing.ENGAGED],
        defaults={"table_id": response.table_id, "part": Part.ASSISTING, "standing": Standing.ASKED, "since": clock.now()},
    )
    if is_new:
        ledger.record(LedgerAct.ASKED, by=by, situation=response.situation, audience=agency)
        _mail_asked(engagement)
    return engagement


@transaction.atomic
@for_the_table("asked")
def join(engagement, *, by) -> Engagement:
    """The asked agency takes part: from now on it knows what those who act know."""
    response = _under_way(engagement.response)
    engagement = Engagement.objects.select_for_update().select_related("agency").get(pk=engagement.pk)
    if engagement.standing != Standing.ASKED:
        raise OutOfOrder(_("The agency has already answered."))
    engagement.standing, engagement.since = Standing.ENGAGED, clock.now()
    engagement.save()
    disclosure.grant(response.situation, relation=Relation.ENGAGED, to=engagement.agency, by=by)
    ledger.record(LedgerAct.JOINED, by=by, situation=response.situation, audience=engagement.agency)
    return engagement


@transaction.atomic
@for_the_table("asked")
def decline(engagement, *, by) -> Engagement:
    """The asked agency has no part in this; it learns nothing more."""
    response = _locked(engagement.response)
    engagement = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    if engagement.standing != Standing.ASKED:
        raise OutOfOrder(_("The agency has already answered."))
    engagement.standing, engagement.until = Standing.DECLINED, clock.now()
    engagement.save()
    ledger.record(LedgerAct.DECLINED, by=by, situation=response.situation, audience=engagement.agency_id)
    return engagement


@transaction.atomic
def leave(response, *, agency, by) -> None:
    """An assisting agency leaves; what it knew closes. The lead hands over first."""
    response = _under_way(response)
    engagement = _engagement(response, agency)
    if engagement.part == Part.LEAD:
        raise OutOfOrder(_("The lead hands over before it leaves."))
    if response.steps.planned().filter(owner=agency).exists():
        raise OutOfOrder(_("Steps of this agency are still planned. Settle them first."))
    engagement.standing, engagement.until = Standing.LEFT, clock.now()
    engagement.save()
    disclosure.end(response.situation, relation=Relation.ENGAGED, of=agency, by=by)
    ledger.record(LedgerAct.LEFT, by=by, situation=response.situation, audience=agency)


@transaction.atomic
def hand_over(response, *, to, by) -> None:
    """Another engaged agency leads from now on; the former lead assists."""
    response = _under_way(response)
    successor = _engagement(response, to)
    former = response.engagements.taking_part().get(part=Part.LEAD)
    if successor == former:
        raise OutOfOrder(_("That agency already leads."))
    former.part = Part.ASSISTING
    former.save()
    successor.part = Part.LEAD
    successor.save()
    ledger.record(LedgerAct.HANDED_OVER, by=by, situation=response.situation, audience=to)
    _mail(Notice.ENGAGED, response, [to])


@transaction.atomic
def plan_step(response, *, step_type: str, owner, due_at: datetime, by) -> Step:
    """One coded step, with the agency that does it and when it is due."""
    response = _under_way(response)
    _engagement(response, owner)
    step = Step.objects.create(
        table_id=response.table_id, response=response, step_type_id=step_type, owner=owner, due_at=due_at, planned_by=by
    )
    ledger.record(LedgerAct.STEP_PLANNED, by=by, situation=response.situation, codes=[step_type])
    return step


@transaction.atomic
def settle_step(step, *, state: StepState, by) -> Step:
    """The step is done, or no longer needed."""
    response = _under_way(step.response)
    step = Step.objects.select_for_update().get(pk=step.pk)
    if step.state != StepState.PLANNED:
        raise OutOfOrder(_("This step is already settled."))
    step.state, step.settled_at, step.settled_by = state, clock.now(), by
    step.version += 1
    step.save()
    ledger.record(LedgerAct.STEP_DONE, by=by, situation=response.situation, codes=[step.step_type_id, state])
    return step


@transaction.atomic
def record_contact(response, *, agency, result: str, by, at: datetime | None = None) -> Contact:
    """A try at the door. The first that reaches the person stops the clock; “need help” mails the other agencies."""
    response = _under_way(response)
    _engagement(response, agency)
    now = clock.now()
    at = at or now
    if not response.accepted_at <= at <= now:
        raise Refused(_("A contact lies between the table’s decision and now."))
    contact = Contact.objects.create(
        table_id=response.table_id, response=response, agency=agency, result_id=result, at=at, recorded_by=by, recorded_at=now
    )
    stops = Entry.objects.filter(pk=result, marks__contains=["stops_clock"]).exists()
    if stops and (response.first_contact_at is None or at < response.first_contact_at):
        response.first_contact_at = at
        response.save()
    ledger.record(LedgerAct.CONTACT_RECORDED, by=by, situation=response.situation, codes=[result])
    if result == NEED_HELP:
        others = [engagement.agency for engagement in response.engagements.taking_part().exclude(agency=agency).select_related("agency")]
        _mail(Notice.HELP_ASKED, response, others)
    return contact


@transaction.atomic
def record_service(response, *, service: str, mobilization: str, by, agency=None) -> ServiceMobilised:
    """A service that was mobilized, refused, or does not exist here."""
    response = _under_way(response)
    recorded = ServiceMobilised.objects.create(
        table_id=response.table_id,
        response=response,
        service_id=service,
        mobilization_id=mobilization,
        agency=agency,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    ledger.record(LedgerAct.SERVICE_RECORDED, by=by, situation=response.situation, codes=[service, mobilization])
    return recorded


@transaction.atomic
def report_back(response, *, agency, report: str, by) -> ReportBack:
    """The coded update for the table."""
    response = _under_way(response)
    reported = ReportBack.objects.create(
        table_id=response.table_id, response=response, agency=agency, report_id=report, at=clock.now(), recorded_by=by
    )
    ledger.record(LedgerAct.REPORTED_BACK, by=by, situation=response.situation, codes=[report])
    return reported


@transaction.atomic
def propose_conclusion(response, *, reason: str, factors_lowered: list[str], by) -> Response:
    """The lead proposes how it ended; the table concludes."""
    response = _under_way(response)
    response.proposed_reason_id, response.proposed_factors_lowered = reason, list(factors_lowered)
    response.proposed_at, response.proposed_by = clock.now(), by
    response.version += 1
    response.save()
    ledger.record(LedgerAct.CONCLUSION_PROPOSED, by=by, situation=response.situation, codes=[reason])
    return response


@transaction.atomic
def conclude(response, *, reason: str, factors_lowered: list[str], by) -> Response:
    """The table ends the response; the agency that led is asked again after 30 and 90 days, by number."""
    response = _under_way(response)
    situation = situations.conclude(response.situation, reason=reason, factors_lowered=factors_lowered, by=by)
    lead = response.engagements.taking_part().get(part=Part.LEAD)
    FollowUp.objects.bulk_create(
        FollowUp(
            table_id=response.table_id,
            response=response,
            agency_id=lead.agency_id,
            day=day,
            due_at=situation.ended_at + timedelta(days=day),
        )
        for day in FOLLOW_UP_DAYS
    )
    Engagement.objects.filter(response=response, standing=Standing.ASKED).update(standing=Standing.DECLINED, until=situation.ended_at)
    return response


@transaction.atomic
def answer_follow_up(follow_up, *, answer: str, by) -> FollowUp:
    """How it stands 30 or 90 days later, by number and code."""
    follow_up = FollowUp.objects.select_for_update().select_related("response__situation").get(pk=follow_up.pk)
    if follow_up.answered_at is not None:
        raise OutOfOrder(_("This follow-up is already answered."))
    if clock.now() < follow_up.due_at - ASKED_BEFORE:
        raise OutOfOrder(_("This follow-up is not due yet."))
    follow_up.answer_id, follow_up.answered_at, follow_up.answered_by = answer, clock.now(), by
    follow_up.save()
    ledger.record(LedgerAct.FOLLOWED_UP, by=by, situation=follow_up.response.situation, codes=[answer, str(follow_up.day)])
    return follow_up
