"""One situation, whole: what the table decided this member may know, what is withheld and why, and what they may do."""

from types import SimpleNamespace

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies import clock, ledger
from agencies.days import date_format
from agencies.folding import folded
from agencies.seating import sit_at
from meetings.enums import Kind
from meetings.models import AgendaItem, Involvement, Meeting, Position
from responses import policies as of_responses
from responses.clock import due_at
from responses.disclosure import disclose_response, named
from responses.enums import Part
from situations import lifecycle as situations
from situations import policies as of_situations
from situations.disclosure import disclose
from situations.enums import FORGOTTEN_STAGES, WORDLESS_STAGES, Act, Relation, Stage
from situations.models import Situation
from situations.querysets import strongest

# The relation that the page names: the one that says most about why the member is here, now.
NAMED_FIRST = [
    Relation.IN_THE_ROOM,
    Relation.ENGAGED,
    Relation.ORIGINATOR,
    Relation.CHAIR,
    Relation.COORDINATOR,
    Relation.PRIVACY_OFFICER,
]
OVER = {
    Relation.IN_THE_ROOM: gettext_lazy("You are in the room. What you see here closes with the item."),
    Relation.ENGAGED: gettext_lazy("Your agency acts in this response. What you see here is for those who act."),
    Relation.ORIGINATOR: gettext_lazy("Your agency brought it."),
    Relation.CHAIR: gettext_lazy("You chair the table. This page never holds a name."),
    Relation.COORDINATOR: gettext_lazy("You coordinate or record for the table. This page never holds a name."),
    Relation.PRIVACY_OFFICER: gettext_lazy(
        "You look as privacy officer. Your reason is on the record, and the page closes after 15 minutes."
    ),
}
# Which filter is open, or was the last one that was.
FILTER = {
    Stage.DRAFT: 1,
    Stage.SUBMITTED: 1,
    Stage.WITHDRAWN: 1,
    Stage.PRESENTED: 2,
    Stage.REJECTED: 2,
    Stage.IDENTIFYING: 3,
    Stage.ENDED_EARLY: 3,
    Stage.RESPONDING: 4,
    Stage.CONCLUDED: 4,
    Stage.PURGED: 4,
}


@require_safe
def detail(request, pk):
    """The situation as this member may know it now; opening it is a look, and on the record."""
    row = get_object_or_404(Situation.objects.visible_to(request.user).select_related("table", "originating_agency", "response"), pk=pk)
    sit_at(request, row.table)
    known = disclose(row, to=request.user)
    if not known.reads("number_stage_dates"):
        raise Http404
    relation = next(each for each in NAMED_FIRST if each in known.relations)
    ledger.look(row, by=request.user, relation=strongest(known.relations))
    response = disclose_response(row.response, known, to=request.user) if hasattr(row, "response") else None
    part = response.part if response else ""
    may = of_situations.permitted(request.user, row, known.relations) | of_responses.permitted(known, part)
    context = {
        "known": known,
        "is_named": Act.REVEAL in may and situations.is_named(row),
        "response": response,
        "page": _page(known, response, relation, table=row.table),
        "said": [said for said in (_said(row.pk, known, datum, member=request.user) for datum in SAID) if said],
        "meeting": _open_meeting(row.pk) if relation == Relation.IN_THE_ROOM else None,
        "may": may,
    }
    return render(request, "meetings/situation.html", context)


def _page(known, response, relation, *, table):
    """What stands around the facts: the sentence above the title, the filter, the clock, and what is withheld."""
    over = OVER[relation]
    if known.stage == Stage.SUBMITTED:
        over = _heard_at(table) or over
    if known.stage == Stage.DRAFT:
        over = _("A draft. Nobody outside your agency can know of it.")
    elif relation == Relation.ENGAGED and response and response.part:
        over = _part_taken(is_lead=response.part == Part.LEAD, is_open=known.is_open)
    return SimpleNamespace(
        over=over,
        heading=_heading(known),
        filter=FILTER[known.stage],
        has_ended=not known.is_open,
        clock=_clock(known, response, zone=table.zone),
        is_forgotten=known.stage in FORGOTTEN_STAGES,
        is_wordless=known.stage in WORDLESS_STAGES,
        withheld=_withheld(known),
    )


def _heading(known) -> str:
    if known.stage == Stage.DRAFT:
        return _("What your agency has written so far")
    # Before the table has heard it, it has decided nothing: what its rules open.
    return _("What you may know of it now") if known.stage == Stage.SUBMITTED else _("What the table decided you may know")


def _heard_at(table) -> str:
    """When the table hears what was submitted: at its next meeting, or the one under way; '' while none is planned."""
    meeting = Meeting.objects.to_come().filter(table=table, kind=Kind.REGULAR).first()
    if meeting is None:
        return ""
    if meeting.is_open:
        return _("The table can hear it at its meeting under way.")
    if meeting.starts_at <= clock.now():  # its hour has come, and nobody has opened it yet
        return _("The table hears it at its next meeting.")
    said = {"moment": date_format(localtime(meeting.starts_at, table.zone), "DATETIME_FORMAT")}
    return _("The table hears it at its meeting of %(moment)s.") % said


def _part_taken(*, is_lead, is_open) -> str:
    if is_open:
        return _("Your agency leads the response.") if is_lead else _("Your agency assists in the response.")
    return _("Your agency led the response.") if is_lead else _("Your agency assisted in the response.")


def _clock(known, response, *, zone):
    """The 48 hours, where the member may know of them; before the response is recorded, when they end."""
    if response is not None:
        return response.contacts_and_clock.clock if response.contacts_and_clock else None
    if known.stage != Stage.IDENTIFYING or not known.decision:
        return None
    moment = localtime(due_at(known.decision.decided_at), zone)
    words = _("First contact by %(weekday)s, %(time)s") % {"weekday": date_format(moment, "l"), "time": date_format(moment, "TIME_FORMAT")}
    return SimpleNamespace(words=words, state="wait", left=1)


def _withheld(known):
    """What is withheld; not what is forgotten, and not what may be known to exist."""
    if known.stage in FORGOTTEN_STAGES:
        return []
    # The steps of a response go with the words.
    gone = {"why_now", "identifiers", "plan_text", "filter1_worksheet", "steps"} if known.stage in WORDLESS_STAGES else set()
    if known.stage == Stage.DRAFT:
        gone = {"steps", "plan_text", "services_mobilised"}  # there is nothing of them yet
    return [each for each in known.withheld if each.datum not in gone and not known.knows_of(each.datum)]


# Who said what, by the datum of the matrix: the rows, the field that holds the answer, and the stage at which it is asked.
SAID = {"positions": (Position, "position", Stage.PRESENTED), "involvement": (Involvement, "involvement", Stage.IDENTIFYING)}


def _said(pk, known, datum, *, member):
    """What the agencies said at Filter 2 or 3, the last time it was asked: all of it, or one's own; None where neither may be known."""
    if not known.reads(datum) and not known.answers_for_itself(datum):
        return None
    rows, field, stage = SAID[datum]
    last = {
        each.agency_id: each for each in rows.objects.filter(item__situation=pk).order_by("item__opened_at").select_related("agency", field)
    }
    own = last.get(member.agency_id)
    is_asked = known.stage == stage and known.answers_for_itself(datum) and member.agency_id is not None
    only_own = [own] if own and not is_asked else []
    every = sorted(last.values(), key=lambda each: folded(each.agency.name)) if known.reads(datum) else only_own
    return SimpleNamespace(
        datum=datum,
        own=getattr(own, field).label if own else "",
        is_asked=is_asked,
        rows=[SimpleNamespace(agency=named(each.agency), words=getattr(each, field).label) for each in every],
    )


def _open_meeting(pk):
    """The meeting at which the situation is before the table now."""
    return AgendaItem.objects.open().filter(situation=pk).values_list("meeting", flat=True).first()
