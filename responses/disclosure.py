"""What a member may know of a response: the same matrix as the situation's, asked of this floor's rows."""

from types import SimpleNamespace

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agencies import clock
from agencies.days import date_format
from agencies.models.vocabulary import labels
from agencies.names import own_name
from responses.clock import STOPPED, Clock, ClockState, by_day, in_utc
from responses.enums import Part, Standing, StepState
from responses.querysets import ASKED_BEFORE
from situations.enums import Relation
from situations.withheld import Exists, Withheld

# Every model field of this floor: in which datum it is shown. A field that stands nowhere does not pass the build.
FIELDS = {
    "Response.contacts_and_clock": ["accepted_at", "first_contact_at"],
    "Response.lead_and_assisting": ["huddle_at"],
    "Response.conclusion": ["proposed_reason", "proposed_factors_lowered", "proposed_at"],
    "Engagement.lead_and_assisting": ["agency", "part", "standing"],
    "Step.steps": ["step_type", "owner", "due_at", "state"],
    "Contact.contacts_and_clock": ["agency", "result", "at"],
    "ServiceMobilised.services_mobilised": ["service", "mobilization", "agency"],
    "ReportBack.report_backs": ["report", "agency", "at"],
    "FollowUp.follow_up": ["agency", "day", "due_at", "answer", "answered_at"],
    "SystemicIssue.systemic_issues": ["issue_type", "line", "owner", "state", "raised_at", "changed_at"],
}
# What no page shows: keys of rows, versions, and who of an agency typed it; that is in the ledger.
NEVER_SHOWN = {
    "Response": ["id", "table", "situation", "proposed_by", "version"],
    "Engagement": ["id", "table", "response", "since", "until"],
    "Step": ["id", "table", "response", "planned_by", "settled_at", "settled_by", "version"],
    "Contact": ["id", "table", "response", "recorded_by", "recorded_at"],
    "ServiceMobilised": ["id", "table", "response", "recorded_by", "recorded_at"],
    "ReportBack": ["id", "table", "response", "recorded_by"],
    "FollowUp": ["id", "table", "response", "answered_by"],
    "SystemicIssue": ["id", "table", "raised_by", "raised_for", "version"],
}


class DisclosedResponse:
    """What one member may know of one response now: each datum a plain value, ``Exists`` or ``Withheld``.

    ``part`` is what the member's own agency is in it, '' when it has no part. The datum ``conclusion`` is here what the
    lead proposes; how a situation ended stands on the situation.
    """

    def __init__(self, response, known, *, to):
        self.pk = response.pk
        engagements = list(response.engagements.select_related("agency"))
        self.part = part_of(engagements, known, to=to)
        for datum, (make, is_there) in MAKERS.items():
            if known.reads(datum):
                value = make(response, engagements, to)
            elif known.knows_of(datum):
                value = Exists(datum, is_there=is_there(response))
            else:
                value = Withheld(datum)
            setattr(self, datum, value)

    @property
    def exists(self) -> list[Exists]:
        """The data of which only that they exist may be known."""
        return [value for value in vars(self).values() if isinstance(value, Exists)]


def disclose_response(response, known, *, to) -> DisclosedResponse:
    """What ``to`` may know of a response, given what they may know of its situation (``known``, a ``Disclosed``).

    ``response`` comes with its situation and table. One query for each datum that may be read, whatever it holds.
    """
    return DisclosedResponse(response, known, to=to)


def part_of(engagements, known, *, to) -> str:
    """What the member's agency is in the response now: lead, assisting, or ''."""
    if Relation.ENGAGED not in known.relations:
        return ""
    return next((each.part for each in engagements if each.agency_id == to.agency_id and each.standing == Standing.ENGAGED), "")


def chip(running: Clock) -> SimpleNamespace:
    """A situation's clock as a page draws it: words, state and the share of time that is left."""
    if running.state in STOPPED:
        return SimpleNamespace(words=running.words, state="done", left=None)
    is_late = running.state == ClockState.LATE
    return SimpleNamespace(
        words=running.words,
        state="wait" if running.state == ClockState.RUNNING else "owed",
        left=None if is_late else running.fraction_left,
    )


def due_chip(moment, *, zone, now) -> SimpleNamespace:
    """A due time as a page draws it: "by Friday, November 27", on its day "due today", later "late: was due Friday, November 27"."""
    day, has_passed = localtime(moment, zone), in_utc(moment) < in_utc(now)
    if day.date() == localtime(now, zone).date():
        words = _("late: was due today") if has_passed else _("due today")
        return SimpleNamespace(words=words, state="owed" if has_passed else "wait", left=None)
    if not has_passed:
        return SimpleNamespace(words=by_day(moment, zone), state="wait", left=None)
    # Translators: in French, “en retard : était attendu le vendredi 27 novembre”.
    words = _("late: was due %(weekday)s, %(day)s") % {"weekday": date_format(day, "l"), "day": date_format(day, "MONTH_DAY_FORMAT")}
    return SimpleNamespace(words=words, state="owed", left=None)


def clock_of(response) -> Clock:
    """The clock from the table's acceptance to the first contact, as it stands now."""
    return Clock(accepted_at=response.accepted_at, now=clock.now(), contacted_at=response.first_contact_at)


def named(agency) -> SimpleNamespace:
    """An agency's name as it writes it, and the language of the name."""
    return SimpleNamespace(name=agency.name, lang=agency.name_language)


def disclose_issue(issue, *, may_change: bool) -> SimpleNamespace:
    """A systemic issue as the list shows it to those who read them: its kind and line, where it stands, who takes it up."""
    return SimpleNamespace(
        pk=issue.pk,
        issue_type=issue.issue_type.label,
        place=issue.issue_type.position,  # of its kind, among the kinds
        line=issue.line,
        state=issue.state,
        state_words=issue.get_state_display(),
        owner=own_name(issue.owner) if issue.owner else None,
        raised_at=issue.raised_at,
        changed_at=issue.changed_at if issue.changed_at > issue.raised_at else None,
        may_change=may_change,
    )


def _lead_and_assisting(response, engagements, to):
    def those(standing, part):
        return [named(each.agency) for each in engagements if each.standing == standing and each.part == part]

    return SimpleNamespace(
        lead=next(iter(those(Standing.ENGAGED, Part.LEAD)), None),
        assisting=those(Standing.ENGAGED, Part.ASSISTING),
        asked=those(Standing.ASKED, Part.ASSISTING),
        huddle_at=response.huddle_at,
    )


def _steps(response, engagements, to):
    now, zone = clock.now(), response.situation.table.zone
    return SimpleNamespace(
        rows=[
            SimpleNamespace(
                pk=step.pk,
                what=step.step_type.label,
                owner=named(step.owner),
                is_ours=step.owner_id == to.agency_id,
                due=due_chip(step.due_at, zone=zone, now=now),
                is_planned=step.state == StepState.PLANNED,
                state=step.get_state_display(),
                shape="done" if step.state == StepState.DONE else "still",
            )
            for step in response.steps.select_related("step_type", "owner")
        ]
    )


def _contacts_and_clock(response, engagements, to):
    return SimpleNamespace(
        clock=chip(clock_of(response)),
        rows=[
            SimpleNamespace(at=contact.at, agency=named(contact.agency), result=contact.result.label)
            for contact in response.contacts.select_related("agency", "result")
        ],
    )


def _services_mobilised(response, engagements, to):
    return SimpleNamespace(
        rows=[
            SimpleNamespace(
                service=each.service.label, mobilization=each.mobilization.label, agency=named(each.agency) if each.agency else None
            )
            for each in response.services.select_related("service", "mobilization", "agency")
        ]
    )


def _report_backs(response, engagements, to):
    return SimpleNamespace(
        rows=[
            SimpleNamespace(at=each.at, agency=named(each.agency), report=each.report.label)
            for each in response.report_backs.select_related("agency", "report")
        ]
    )


def _follow_up(response, engagements, to):
    now, zone = clock.now(), response.situation.table.zone
    return SimpleNamespace(
        rows=[
            SimpleNamespace(
                pk=each.pk,
                day=each.day,
                agency=named(each.agency),
                answer=each.answer.label if each.answer else "",
                answered_at=each.answered_at,
                due=due_chip(each.due_at, zone=zone, now=now),
                is_open=each.answered_at is None and now >= each.due_at - ASKED_BEFORE,
            )
            for each in response.follow_ups.select_related("agency", "answer")
        ]
    )


def _proposal(response, engagements, to):
    if response.proposed_at is None:
        return None
    named = labels([response.proposed_reason_id, *response.proposed_factors_lowered])
    return SimpleNamespace(
        reason=named.get(response.proposed_reason_id, ""),
        factors_lowered=[named.get(key, "") for key in response.proposed_factors_lowered],
        proposed_at=response.proposed_at,
    )


# datum: how its value is made, and, where only its existence may be known, whether there is anything.
MAKERS = {
    "lead_and_assisting": (_lead_and_assisting, lambda response: True),
    "contacts_and_clock": (_contacts_and_clock, lambda response: response.first_contact_at is not None),
    "steps": (_steps, lambda response: response.steps.exists()),
    "services_mobilised": (_services_mobilised, lambda response: response.services.exists()),
    "report_backs": (_report_backs, lambda response: response.report_backs.exists()),
    "conclusion": (_proposal, lambda response: response.proposed_at is not None),
    "follow_up": (_follow_up, lambda response: response.follow_ups.exists()),
}
