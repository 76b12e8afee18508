"""What a member may know of a meeting: the same matrix as the situation's, asked of this floor's rows.

An agenda line, who is here, who said what, what was heard: pages get these plain values, never a row.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.actor import for_the_table
from agencies.folding import Folded
from meetings.enums import UNDECIDED, ItemKind, Mode, Outcome
from responses.disclosure import chip, clock_of
from responses.enums import Part, Standing
from responses.models import Engagement, ReportBack, Step
from responses.policies import relations_at
from situations.disclosure import disclose, letter
from situations.enums import Stage

# Every model field of this floor: in which datum it is shown. A field that stands nowhere does not pass the build.
# The calendar itself is read by whoever reads the directory: every member of the table.
FIELDS = {
    "Meeting.directory": ["table", "kind", "state", "starts_at", "ends_at", "place", "wall_is_blank"],
    "Meeting.minutes": ["opened_at", "opened_by", "closed_at", "minutes_approved_at", "minutes_approved_by"],
    "CalledSeat.attendance": ["agency"],
    "WallSignIn.attendance": ["opened_at"],
    "RhythmException.directory": ["on", "is_extra"],
    "Attendance.attendance": ["member", "agency", "mode", "is_observer", "is_alternate", "arrived_at", "left_at"],
    "AgendaItem.agenda_line": ["kind", "position"],
    "AgendaItem.number_stage_dates": ["outcome", "decided_at"],
    "AgendaItem.minutes": ["opened_at", "closed_at"],
    "JustDone.number_stage_dates": ["deed"],
    "Position.positions": ["agency", "position"],
    "Involvement.involvement": ["agency", "involvement"],
}
# What no page shows: keys of rows, versions, and who typed or pressed it; that is in the ledger.
NEVER_SHOWN = {
    "Meeting": ["id", "rhythm_at", "called_by", "version"],
    "Beat": ["table", "count"],
    "CalledSeat": ["id", "table", "meeting"],
    "WallSignIn": ["id", "table", "meeting", "code_hash", "code_until", "key_hash", "made_by", "ended_at"],
    "RhythmException": ["id", "table"],
    "Attendance": ["id", "table", "meeting"],
    "AgendaItem": ["id", "table", "meeting", "situation", "decided_by"],
    "JustDone": ["id", "table", "meeting", "item", "left", "before", "at", "undone_at"],
    "Position": ["id", "table", "item", "taken_by", "taken_at"],
    "Involvement": ["id", "table", "item", "said_by", "said_at"],
}
READS = frozenset("RLW")
# How an answer is drawn: its state, and the shape where the state's own does not fit.
DRAWN = {
    "position:MET": ("here", ""),
    "position:NOT": ("still", ""),
    "position:ASK": ("done", "half"),
    "involvement:NOW": ("here", ""),
    "involvement:RECENT": ("here", "wait"),
    "involvement:HELP": ("done", "half"),
    "involvement:NONE": ("still", ""),
}


def letter_at(datum: str, member, table_id) -> str:
    """What a member gets of what is the table's own: agenda, attendance, minutes; the matrix's "always", or before it is presented."""
    return letter(datum, Stage.SUBMITTED, relations_at(member.standing, table_id))


# --- the agenda --------------------------------------------------------------------------------------------------------------


def is_undecided(item) -> bool:
    """Whether an item still asks something of the table: nothing is decided, or it is accepted and nobody acts yet."""
    return item.outcome in UNDECIDED


def unnumbered(kind, place: int) -> str:
    """A line of an agenda for those who may not know its number."""
    words = _("Report-back %(place)s") if kind == ItemKind.REPORT_BACK else _("New situation %(place)s")
    return words % {"place": place}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an agenda, as one member may read it."""

    kind: ItemKind
    place: int  # among those of its kind, from 1
    reference: str = ""  # its number, for those who may know it
    brought_by: str = ""
    brought_by_lang: str = ""
    item: object = None  # the item's key, once the agenda stands
    is_known: bool = False  # whether the situation exists for the reader
    is_stepped_out: bool = False
    is_current: bool = False
    is_heard: bool = False
    is_undecided: bool = False  # it was opened and left without a decision, for those who may know its number
    outcome: str = ""
    can_open: bool = False

    @property
    def title(self) -> str:
        """Its number; for those who may not know it, what it is and which: “New situation 2”."""
        return self.reference or unnumbered(self.kind, self.place)

    @property
    def shape(self) -> str:
        if self.is_current:
            return "here"
        if self.is_undecided:
            return "half"
        return "done" if self.is_heard else "wait"

    @property
    def is_number(self) -> bool:
        return bool(self.reference)


def line(situation, *, kind, place: int, member, item=None) -> Line:
    """The line of a row annotated by ``rights_of``; ``item`` once the meeting is open."""
    known = known_of(situation, to=member)
    known_line = not situation.is_stepped_out and letter_at_stage("agenda_line", situation, member) in READS
    names_agency = known_line or (known is not None and known.reads("originating_agency"))
    has_number = known is not None and known.reads("number_stage_dates")
    return Line(
        kind=ItemKind(kind),
        place=place,
        reference=known.reference if has_number else "",
        brought_by=situation.originating_agency.name if names_agency else "",
        brought_by_lang=situation.originating_agency.name_language if names_agency else "",
        item=item.pk if item else None,
        is_known=known is not None,
        is_stepped_out=situation.is_stepped_out,
        is_current=bool(item and item.is_open),
        is_heard=bool(item and item.closed_at),
        is_undecided=bool(item and item.closed_at and has_number and is_undecided(item)),
        outcome=Outcome(item.outcome).label if item and item.outcome and has_number else "",
        can_open=bool(item and known and not item.is_open and is_undecided(item)),
    )


def letter_at_stage(datum: str, situation, member) -> str:
    """What a member of a seated agency, or one of the table's own people, gets of a datum at the situation's stage."""
    return letter(datum, situation.stage, relations_at(member.standing, situation.table_id))


def known_of(situation, *, to, only=("originating_agency",)):
    """What ``to`` may know of a row annotated by ``rights_of``, without a word; None where it does not exist for them."""
    return None if situation.granted is None else disclose(situation, to=to, words=False, only=only)


def item_known(item, *, to, only=None):
    """The same of an agenda item's situation, for the item that is open: coded data, without a word."""
    item.situation.granted, item.situation.is_stepped_out = item.granted, item.is_stepped_out
    return known_of(item.situation, to=to, only=only)


# --- who is here -------------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class AgencyHere:
    """An agency at the table; out of the room when each of its people stepped out of the open item."""

    pk: object
    name: str
    lang: str
    is_out: bool = True


@dataclass(kw_only=True)
class Room:
    """Who is at the table now: counts, and the agencies in alphabetical order."""

    agencies: list[AgencyHere] = field(default_factory=list)
    people: int = 0
    in_room: int = 0
    by_video: int = 0
    out: int = 0

    @property
    def words(self) -> str:
        """How many people are here, and from how many agencies, as a sentence."""
        if not self.people:
            return _("Nobody is here yet.")
        people = ngettext("One person is here", "%(count)s people are here", self.people) % {"count": self.people}
        if not self.agencies:
            return _("%(people)s, for the table.") % {"people": people}
        count = len(self.agencies)
        return ngettext("%(people)s, from one agency.", "%(people)s, from %(count)s agencies.", count) % {"people": people, "count": count}

    @property
    def answering(self) -> list[AgencyHere]:
        """The agencies that can answer for the open item."""
        return [agency for agency in self.agencies if not agency.is_out]


@for_the_table("room")
def room_of(meeting, *, item=None) -> Room:
    """Who is at the table now; one query. Of those who stepped out it says how many, never who for which item."""
    room, here = Room(), {}
    present = meeting.attendances.present().with_whether_out(item).select_related("agency")
    for attendance in present:
        room.people += 1
        if attendance.is_out:
            room.out += 1
        elif attendance.mode == Mode.VIDEO:
            room.by_video += 1
        else:
            room.in_room += 1
        if attendance.agency is not None:
            agency = here.setdefault(
                attendance.agency_id,
                AgencyHere(pk=attendance.agency_id, name=attendance.agency.name, lang=attendance.agency.name_language),
            )
            agency.is_out = agency.is_out and attendance.is_out
    room.agencies = list(here.values())
    return room


# --- who said what -----------------------------------------------------------------------------------------------------------

# What is asked at a stage: the datum of the matrix, the list of answers, and where they are kept.
ASKED = {
    Stage.PRESENTED: ("positions", "position", "positions"),
    Stage.IDENTIFYING: ("involvement", "involvement", "involvements"),
}


def answers_of(item, known) -> dict:
    """By agency, what it said at the open filter, drawn; empty where the matrix does not let the reader know."""
    datum, vocabulary, rows = ASKED.get(known.stage, ("", "", ""))
    if not datum or not known.reads(datum):
        return {}
    said = getattr(item, rows).select_related(vocabulary, "agency")
    return {each.agency_id: drawn(getattr(each, vocabulary), agency=each.agency) for each in said}


def answered_first(agencies, said: dict) -> list:
    """The agencies in the order of a sheet: those that have answered, then the others, each in their own order."""
    return sorted(agencies, key=lambda agency: agency.pk not in said)


def drawn(entry, *, agency=None) -> SimpleNamespace:
    state, shape = DRAWN.get(entry.pk, ("wait", ""))
    named = {"agency": agency.name, "lang": agency.name_language} if agency else {}
    return SimpleNamespace(key=entry.pk, words=entry.label, state=state, shape=shape or state, **named)


def own_answer(item, known, *, agency_id) -> str:
    """The key of what the member's own agency said at the open filter; '' when nothing yet."""
    datum, vocabulary, rows = ASKED.get(known.stage, ("", "", ""))
    if not datum or agency_id is None or not (known.answers_for_itself(datum) or known.reads(datum)):
        return ""
    return getattr(item, rows).filter(agency=agency_id).values_list(f"{vocabulary}_id", flat=True).first() or ""


# --- what was heard ----------------------------------------------------------------------------------------------------------

# The data of a situation that the table hears: the story of a new one; of a report-back its number, state and report, not the story.
HEARD = {ItemKind.NEW: ["decision", "profile_and_factors", "consent_and_ground"], ItemKind.REPORT_BACK: ["decision"]}


def heard(known) -> SimpleNamespace:
    """What the table hears of the open item, as far as the matrix gives it: about whom, consent, how many factors."""
    profile = known.profile_and_factors
    consent = known.consent_and_ground
    return SimpleNamespace(
        about=", ".join(filter(None, [profile.discussion_type, profile.age_group, profile.sex_gender])) if profile else "",
        language=profile.language_of_service if profile else "",
        consent=consent.consent if consent else "",
        factors=list(profile.risk_factors) if profile else [],
        protective=len(profile.protective_factors) if profile else 0,
    )


def response_at_the_table(situation_pk, known, *, zone) -> SimpleNamespace | None:
    """The response as it is heard at the table: who acts, the clock, the coded reports, what the lead proposes. Two queries."""
    if not known.reads("lead_and_assisting"):
        return None
    engaged = list(
        Engagement.objects.filter(response__situation=situation_pk)
        .exclude(standing__in=[Standing.LEFT, Standing.DECLINED])
        .select_related("agency", "response__proposed_reason", "response__situation__conclusion_reason")
        .order_by(Folded("agency__name"))
    )
    if not engaged:
        return None
    response = engaged[0].response
    huddle_at = localtime(response.huddle_at, zone) if response.huddle_at else None
    reports = []
    if known.reads("report_backs"):
        rows = ReportBack.objects.filter(response=response).select_related("agency", "report").order_by("-at")
        reports = [
            SimpleNamespace(
                on=localtime(row.at, zone).date(), agency=row.agency.name, lang=row.agency.name_language, words=row.report.label
            )
            for row in rows
        ]
    reads_conclusion = known.reads("conclusion")
    proposed = response.proposed_reason if reads_conclusion else None
    ended = response.situation.conclusion_reason if reads_conclusion else None
    return SimpleNamespace(
        pk=response.pk,
        lead=next((named(each.agency) for each in engaged if each.part == Part.LEAD and each.standing == Standing.ENGAGED), None),
        assisting=[named(each.agency) for each in engaged if each.part == Part.ASSISTING and each.standing == Standing.ENGAGED],
        asked=[named(each.agency) for each in engaged if each.standing == Standing.ASKED],
        huddle_on=huddle_at.date() if huddle_at else None,
        huddle_at=huddle_at.time() if huddle_at else None,
        clock=chip(clock_of(response)) if known.reads("contacts_and_clock") else None,
        reports=reports,
        proposed=proposed.label if proposed and not ended else "",
        ended=ended.label if ended else "",
    )


def has_open_steps(known) -> bool:
    """Whether steps of the plan are still open, for those who may know that there are some; which and how many, only those who act read."""
    if not (known.knows_of("steps") or known.reads("steps")):
        return False
    return Step.objects.planned().filter(response__situation=known.pk).exists()


def named(agency) -> SimpleNamespace:
    return SimpleNamespace(pk=agency.pk, name=agency.name, lang=agency.name_language)
