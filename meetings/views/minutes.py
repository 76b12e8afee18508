"""The minutes, which write themselves from what happened; and the sheet of paper with which a meeting finishes without the system."""

from collections import Counter
from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import ledger
from agencies.access import require
from agencies.actor import for_the_table
from agencies.enums import LedgerAct, Role
from agencies.folding import Folded
from agencies.models import Agency, Appointment
from agencies.models.vocabulary import Vocabulary, choices
from agencies.names import own_name
from meetings import lifecycle, policies
from meetings.agenda import meeting_for, sitting, tally, wall
from meetings.disclosure import item_known, letter_at
from meetings.enums import Act, ItemKind, Mode, Outcome
from meetings.models import AgendaItem, Position
from responses.models import ReportBack, SystemicIssue


@require_safe
def minutes(request, pk):
    """Numbers, decisions, tallies, who was there: a projection of the record, in the reader's language."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.READ_MINUTES in may)
    ledger.record(LedgerAct.MINUTES_READ, by=request.user, table=meeting.table, subject=meeting)
    context = {
        "meeting": sitting(meeting),
        "items": items_of(meeting, reader=request.user),
        "agencies": attendance_of(meeting),
        "issues": issues_of(meeting) if letter_at("systemic_issues", request.user, meeting.table_id) in "RLW" else None,
        "names": {
            "approved_by": meeting.minutes_approved_by.full_name if meeting.minutes_approved_by else "",
            "chaired_by": meeting.opened_by.full_name if meeting.opened_by else "",
        },
        "may": may,
        "head": ledger.head(),
    }
    return render(request, "meetings/minutes.html", context)


@for_the_table("minutes")
def items_of(meeting, *, reader) -> list:
    """Each item that was heard: its number, what the table decided and how it stood; of one that was not accepted no more than that.

    The coded reports are shown to those only who may read them on the situation; an item is left out for who stepped out of it.
    """
    positions = Position.objects.filter(item=OuterRef("pk")).order_by()
    earlier = AgendaItem.objects.filter(situation=OuterRef("situation"), kind=ItemKind.REPORT_BACK, closed_at__lt=meeting.opened_at)
    rows = list(
        meeting.items.with_rights_of(reader)
        .filter(opened_at__isnull=False, is_stepped_out=False)
        .annotate(said=ArraySubquery(positions.values("position_id")))
        .annotate(heard_before=Subquery(earlier.order_by("-closed_at").values("closed_at")[:1]))
        .select_related("situation__table", "situation__originating_agency")
        .order_by("opened_at", "position")
    )
    reports = _reports(meeting, rows)
    return [_item(item, reports.get(item.situation_id, []), reader=reader, meeting=meeting) for item in rows]


def _item(item, reports, *, reader, meeting):
    zone, situation = meeting.table.zone, item.situation
    known = item_known(item, to=reader, only=())
    return SimpleNamespace(
        is_report_back=item.kind == ItemKind.REPORT_BACK,
        reference=situation.reference,
        outcome=Outcome(item.outcome).label if item.outcome else "",
        is_rejected=item.outcome == Outcome.REJECTED,
        opened=wall(item.opened_at, zone),
        closed=wall(item.closed_at, zone),
        tally=_tally(item),
        reports=reports if known is not None and known.reads("report_backs") else [],
    )


def _tally(item) -> SimpleNamespace | None:
    """How many agencies said what, of each item at which the table decided at Filter 2 whether the risk is acute; also when nobody said."""
    if item.outcome == Outcome.REJECTED:  # who said what is forgotten; the decision kept how many
        return tally(item.situation)
    said = Counter(item.said)
    was_accepted_before = item.situation.decided_at is not None and item.situation.decided_at < item.opened_at
    if item.kind != ItemKind.NEW or item.outcome in ("", Outcome.WITHDRAWN) or (was_accepted_before and not said):
        return None
    return SimpleNamespace(met=said["position:MET"], not_met=said["position:NOT"], question=said["position:ASK"])


def _reports(meeting, items) -> dict:
    """By situation, the coded reports that were heard at this meeting: those given since it was heard the time before."""
    heard_before = {item.situation_id: item.heard_before for item in items if item.kind == ItemKind.REPORT_BACK}
    given = ReportBack.objects.filter(response__situation__in=heard_before, at__lte=meeting.closed_at)
    reports: dict = {}
    for each in given.select_related("report", "agency", "response"):
        situation = each.response.situation_id
        if heard_before[situation] is None or each.at > heard_before[situation]:
            said = SimpleNamespace(words=each.report.label, agency=each.agency.name, lang=each.agency.name_language)
            reports.setdefault(situation, []).append(said)
    return reports


def attendance_of(meeting) -> list:
    """Each agency with its people and when they were there; those who stepped out of an item are not named for it."""
    zone, groups, of_the_table = meeting.table.zone, {}, roles_of_the_table(meeting)
    for each in meeting.attendances.select_related("member", "agency").order_by(
        Folded("agency__name"), Folded("member__full_name"), "arrived_at"
    ):
        group = groups.setdefault(each.agency_id, SimpleNamespace(name=own_name(each.agency), people={}))
        person = group.people.setdefault(
            each.member_id,
            SimpleNamespace(name=each.member.full_name, is_alternate=each.is_alternate, is_observer=each.is_observer, intervals=[]),
        )
        person.marked = of_the_table.get(each.member_id, [])
        person.intervals.append(
            SimpleNamespace(arrived=wall(each.arrived_at, zone), left=wall(each.left_at, zone), is_video=each.mode == Mode.VIDEO)
        )
    return [SimpleNamespace(name=group.name, people=list(group.people.values())) for group in groups.values()]


def roles_of_the_table(meeting) -> dict:
    """By member, in words, which of the table's own roles those who were there held when the meeting opened. One query."""
    until_then = Q(ends_at=None) | Q(ends_at__gt=meeting.opened_at)
    held = Appointment.objects.filter(until_then, table=meeting.table_id, starts_at__lte=meeting.opened_at)
    held = held.filter(role__in=[Role.CHAIR, Role.RECORDER, Role.COORDINATOR], member__in=meeting.attendances.values("member"))
    roles: dict = {}
    for member, role in held.order_by("role").values_list("member", "role"):
        roles.setdefault(member, []).append(Role(role).label)
    return roles


def issues_of(meeting) -> list:
    """The systemic issues that were raised at the table that day; they stand beside situations, never on one."""
    day = localtime(meeting.opened_at, meeting.table.zone).date()
    begins = datetime.combine(day, time.min, tzinfo=meeting.table.zone)
    raised = SystemicIssue.objects.filter(table=meeting.table_id, raised_at__gte=begins, raised_at__lt=begins + timedelta(days=1))
    return [SimpleNamespace(kind=issue.issue_type.label, line=issue.line) for issue in raised.select_related("issue_type")]


@require_POST
def approve(request, pk):
    """The chair finds that the minutes say what happened."""
    meeting = meeting_for(request, pk)
    require(Act.APPROVE_MINUTES in policies.permitted(request.user, meeting))
    lifecycle.approve_minutes(meeting, by=request.user)
    messages.success(request, _("The minutes are approved."))
    return redirect("meetings:minutes", meeting.pk)


@require_safe
def paper(request):
    """The sheet for a meeting on paper, blank, with a line for each agency that has a seat: a meeting finishes without the system."""
    answers = [Vocabulary.POSITION, Vocabulary.INVOLVEMENT, Vocabulary.CRITERION, Vocabulary.REPORT_BACK_CODE]
    context = {str(vocabulary): [label for _key, label in choices(vocabulary)] for vocabulary in answers}
    agencies = Agency.objects.filter(is_active=True, pk__in=request.table.seats.current().values("agency"))
    context["agencies"] = [SimpleNamespace(name=agency.name, lang=agency.name_language) for agency in agencies]
    return render(request, "meetings/paper.html", context)
