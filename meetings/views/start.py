"""Each role's first page: what your agency owes, the next meeting, the coordinator's desk; one after another for who is several."""

from types import SimpleNamespace

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from agencies import clock, ledger
from agencies.actor import for_the_table
from agencies.names import OwnName
from agencies.obstacles import lapsing_of, obstacles_of
from agencies.policies import may_sign_for_agency
from meetings import lifecycle, policies
from meetings.agenda import sitting
from meetings.desk import desk_of
from meetings.enums import Act, Kind, State
from meetings.models import Attendance, Meeting
from meetings.owed import NAMED, looks_at, owed_by
from responses.clock import by_day
from responses.enums import Part
from responses.models import Engagement
from situations.disclosure import disclose_each
from situations.enums import Stage
from situations.models import Situation
from situations.policies import may_bring, permitted_at
from situations.querysets import strongest

BROUGHT = 8  # situations on the first page; the list has all
HEADINGS = {
    "sitting": gettext_lazy("Your meetings"),
    "agency": gettext_lazy("What your agency owes"),
    "desk": gettext_lazy("The coordinator’s desk"),
    "oversight": gettext_lazy("The record and its looks"),
    "steering": gettext_lazy("What the table has learned"),
    "administration": gettext_lazy("Accounts and settings"),
    "observing": gettext_lazy("Your meetings"),
}
FINDING = ("sitting", "agency", "desk")  # the field in which a number is typed stands in the first of these
NEEDS_A_MEETING = {"sitting", "agency", "desk", "observing"}


@require_safe
def start(request):
    """The sections of everything that the member is at this table."""
    member, table = request.user, request.table
    named = policies.sections_of(member, table)
    finds = next((name for name in named if name in FINDING), "") if permitted_at(member, table) else ""
    sections = [SimpleNamespace(name=name, heading=HEADINGS[name], has_find=name == finds) for name in named]
    names = {section.name for section in sections}
    coming = _coming(member, table) if names & NEEDS_A_MEETING else []
    context = {
        "today": localtime(clock.now(), table.zone),
        "sections": sections,
        "partial": _partial(member, names),
        "meeting": _panel(member, coming[0]) if coming else None,
        "minutes": _minutes(member, table) if "sitting" in names else [],
        "agency": _agency(member, table, coming) if "agency" in names else None,
        "desk": desk_of(table, member=member) if "desk" in names else None,
    }
    return render(request, "meetings/start.html", context)


def _partial(member, names) -> list:
    """What keeps a part of one's roles from counting, or will within 30 days; what stands below as owed is not said twice."""
    stands_below = "agency" in names
    obstacles = [each for each in obstacles_of(member) if not (stands_below and each.agreement_id)]
    return [SimpleNamespace(table=each.table, sentence=each.sentence) for each in [*obstacles, *lapsing_of(member)]]


# --- the next meeting --------------------------------------------------------------------------------------------------------


def _coming(member, table) -> list:
    """The meetings under way or to come, soonest first, with whether the member is there."""
    here = Attendance.objects.present().filter(meeting=OuterRef("pk"), member=member)
    to_come = Meeting.objects.visible_to(member).filter(table=table).to_come()
    return list(to_come.select_related("table").annotate(is_here=Exists(here))[:5])


def _panel(member, meeting) -> SimpleNamespace:
    """The next meeting as a page shows it, with what stands on its agenda by count, for those who may read the agenda."""
    may = policies.permitted(member, meeting)
    has_counts = meeting.state == State.PLANNED and meeting.kind == Kind.REGULAR and Act.READ_AGENDA in may
    return SimpleNamespace(
        facts=sitting(meeting),
        is_today=localtime(meeting.starts_at, meeting.table.zone).date() == localtime(clock.now(), meeting.table.zone).date(),
        is_here=meeting.is_here,
        may=may,
        counts=_counts(member, meeting.table) if has_counts else None,
    )


def _minutes(member, table) -> list:
    """The meetings whose minutes wait for the chair."""
    waiting = Meeting.objects.visible_to(member).filter(table=table, minutes_approved_at=None).past().select_related("table")
    return [sitting(meeting) for meeting in waiting[:5]]


@for_the_table("next_meeting")
def _counts(member, table) -> dict[str, int]:
    report_backs, unfinished, new = lifecycle.awaiting(table)
    engaged = Engagement.objects.taking_part().filter(agency=member.agency_id)
    is_report_back, is_new = Q(stage=Stage.RESPONDING), ~Q(stage=Stage.RESPONDING)
    return (
        (report_backs | unfinished | new)
        .not_stepped_out_by(member)
        .order_by()
        .aggregate(
            report_backs=Count("pk", filter=is_report_back),
            our_report_backs=Count("pk", filter=is_report_back & Q(pk__in=engaged.values("response__situation"))),
            new=Count("pk", filter=is_new),
            brought_by_us=Count("pk", filter=is_new & Q(originating_agency=member.agency_id)),
        )
    )


# --- what your agency owes, and what it brought ------------------------------------------------------------------------------


def _agency(member, table, coming) -> SimpleNamespace:
    # What was not reported when the planned end passed is due at the meeting after it.
    regular = next((meeting for meeting in coming if meeting.kind == Kind.REGULAR and meeting.ends_at > clock.now()), None)
    is_under_way = any(meeting.kind == Kind.REGULAR and meeting.is_open for meeting in coming)
    owed, brought = owed_by(member, table, meeting=regular), _brought(member, table, is_under_way=is_under_way)
    says_who_leads = [(each.known, strongest(each.known.relations)) for each in brought if each.leads]
    ledger.look_at_a_list(table, by=member, of="owed", shown=looks_at(owed) + says_who_leads)
    return SimpleNamespace(
        owed=owed,
        lead=_how_much(owed, zone=table.zone),
        is_late=any(_is_late(each) for each in owed),
        asked=_asked(member, table),
        unsigned=_unsigned(member),
        brought=brought,
        may_bring=may_bring(member, table),
        reads_activity=Act.READ_ACTIVITY in policies.permitted_at(member, table),
    )


def _is_late(owed) -> bool:
    """Whether its time has passed; what the table is hearing now is not late."""
    return owed.due_at < clock.now() and owed.due.state == "owed"


def _how_much(owed, *, zone) -> str:
    """How much is owed, and how much of it is late; or, where nothing is, by when the first is due."""
    if not owed:
        return ""
    late = sum(_is_late(each) for each in owed)
    how_many = ngettext("One thing is owed.", "%(count)d things are owed.", len(owed))
    if len(owed) == 1:
        more = _("Its time has passed.") if late else _("It is due %(when)s.")
    elif late:
        more = ngettext("The time of one has passed.", "The time of %(late)d has passed.", late)
    else:
        more = _("The first is due %(when)s.")
    return f"{how_many} {more}" % {"count": len(owed), "late": late, "when": by_day(owed[0].due_at, zone)}


def _leads(situation):
    """The agency that leads the response to a situation, by its name and the language of it, as a part of a larger query."""
    leading = Engagement.objects.taking_part().filter(part=Part.LEAD, response__situation=OuterRef(situation))
    return Subquery(leading.values(named=NAMED)[:1])


@for_the_table("asked")
def _asked(member, table) -> list:
    """The responses that the agency is asked to join: by whom, and nothing else."""
    waiting = Engagement.objects.awaiting(member).filter(table=table).annotate(lead=_leads("response__situation"))
    return [SimpleNamespace(pk=engagement.pk, lead=OwnName(**engagement.lead)) for engagement in waiting]


def _unsigned(member) -> list:
    """The agreements, at whichever table, that wait for this member's signature."""
    standing = member.standing
    held = {(each.table_id, each.role) for each in standing.held}
    own = [each for each in standing.unsigned if each.is_for_members or may_sign_for_agency(member, each.table_id, held)]
    return [SimpleNamespace(pk=each.pk, words=str(each), table=str(each.table)) for each in own]


def _brought(member, table, *, is_under_way: bool) -> list:
    """The drafts first, then the newest situations that the agency brought, with where each stands and what is next."""
    rows = (
        Situation.objects.visible_to(member)
        .brought_by(member.agency_id)
        .filter(table=table)
        .select_related("table")
        .annotate(lead=_leads("pk"))
        .order_by(Case(When(stage=Stage.DRAFT, then=Value(0)), default=Value(1)), "-opened_at")[:BROUGHT]
    )
    shown = disclose_each(rows, to=member, only=())
    leads = {row.pk: row.lead for row in rows}
    return [
        SimpleNamespace(known=known, leads=_names_lead(known, lead), next=_next(known, lead, is_under_way), badge=BADGES[known.stage])
        for known, lead in ((known, leads[known.pk]) for known in shown)
    ]


def _names_lead(known, lead) -> bool:
    """Whether the line says who leads, which is more than a list of situations does."""
    return bool(known.stage == Stage.RESPONDING and lead and known.reads("lead_and_assisting"))


BADGES = {
    Stage.DRAFT: ("wait", "wait"),
    Stage.SUBMITTED: ("here", "here"),
    Stage.PRESENTED: ("here", "here"),
    Stage.REJECTED: ("still", "still"),
    Stage.WITHDRAWN: ("still", "still"),
    Stage.IDENTIFYING: ("here", "half"),
    Stage.ENDED_EARLY: ("still", "still"),
    Stage.RESPONDING: ("here", "half"),
    Stage.CONCLUDED: ("done", "done"),
    Stage.PURGED: ("done", "done"),
}


def _next(known, lead, is_under_way: bool) -> str:
    if _names_lead(known, lead):
        return format_html(_("%(agency)s leads") % {"agency": "{}"}, OwnName(**lead))
    return {
        Stage.DRAFT: _("Finish it and submit it"),
        Stage.SUBMITTED: _("The table can hear it at its meeting under way")
        if is_under_way
        else _("The table hears it at its next meeting"),
        Stage.PRESENTED: _("The table decides"),
        Stage.IDENTIFYING: _("The table finds out who must act"),
        Stage.RESPONDING: _("The agencies that act respond"),
        Stage.CONCLUDED: _("Nothing for your agency"),
    }.get(known.stage, _("Nothing: its words are forgotten"))
