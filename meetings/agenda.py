"""A meeting as a page shows it: when and where it sits, its agenda for one reader, the item that is open."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import pgettext_lazy

from agencies import clock, ledger
from agencies.actor import for_the_table
from agencies.enums import Role
from agencies.seating import sit_at
from meetings.disclosure import HEARD, Line, item_known, line
from meetings.enums import ItemKind, Kind, Outcome, State
from meetings.lifecycle import CHECK_IN_FROM, awaiting
from meetings.models import AgendaItem, Meeting
from meetings.querysets import ENDS_BY_ITSELF_AFTER, rights_of
from situations.enums import Stage
from situations.querysets import strongest

DRAWN = {State.PLANNED: "wait", State.OPEN: "here", State.CLOSED: "done", State.CANCELLED: "still"}
FILTER = {Stage.SUBMITTED: 1, Stage.PRESENTED: 2, Stage.REJECTED: 2, Stage.WITHDRAWN: 2, Stage.IDENTIFYING: 3, Stage.ENDED_EARLY: 3}
MISSED = pgettext_lazy("meeting", "Did not take place")


def meeting_for(request, pk) -> Meeting:
    """The meeting with its table, its ``beat``, whether it is next and whether the reader is ``here``; 404 where there is none for them."""
    rows = Meeting.objects.visible_to(request.user).with_whether_next().with_presence_of(request.user).with_beat()
    meeting = get_object_or_404(rows.select_related("table", "minutes_approved_by", "opened_by"), pk=pk)
    sit_at(request, meeting.table)
    return meeting


def item_for(request, pk):
    """An item, and what the reader may know of its situation, coded, without a word; 404 where either does not exist for them.

    The look is recorded.
    """
    rows = AgendaItem.objects.known_to(request.user)
    item = get_object_or_404(rows.select_related("meeting__table", "situation__table", "situation__originating_agency"), pk=pk)
    sit_at(request, item.meeting.table)
    known = item_known(item, to=request.user)
    if known is not None:
        ledger.look(item.situation, by=request.user, relation=strongest(known.relations))
    return item, known


# --- when and where ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A meeting's own facts, by the wall clock of its table."""

    pk: object
    kind: str
    is_emergency: bool
    state: str
    state_words: str
    state_drawn: str
    on: date
    starts: time
    ends: time
    place: str
    version: int
    is_over_time: bool  # under way, though the planned end with its extensions has passed
    is_missed: bool  # never opened, and past its planned end
    ends_itself: time  # when it is over although nobody closed it
    check_in_opens: time
    can_check_in: bool
    wall_is_blank: bool
    closed: time | None
    approved_on: date | None
    just_done: Any = None  # what was done last, for whoever can undo it (just_done.py)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


def sitting(meeting, *, just_done=None) -> Sitting:
    """The plain facts of a meeting; ``starts`` and ``ends`` are times on the wall of its table."""
    zone, now = meeting.table.zone, clock.now()
    starts_at, ends_at = localtime(meeting.starts_at, zone), localtime(meeting.ends_at, zone)
    opens_at, ends_itself_at = meeting.starts_at - CHECK_IN_FROM, meeting.ends_at + ENDS_BY_ITSELF_AFTER
    is_missed = meeting.state == State.PLANNED and meeting.ends_at <= now
    return Sitting(
        pk=meeting.pk,
        kind=meeting.get_kind_display(),
        is_emergency=meeting.kind == Kind.EMERGENCY,
        state=meeting.state,
        state_words=MISSED if is_missed else meeting.get_state_display(),
        state_drawn="still" if is_missed else DRAWN[State(meeting.state)],
        on=starts_at.date(),
        starts=starts_at.time(),
        ends=ends_at.time(),
        place=meeting.place,
        version=meeting.version,
        is_over_time=meeting.state == State.OPEN and meeting.ends_at <= now,
        is_missed=is_missed,
        ends_itself=wall(ends_itself_at, zone),
        check_in_opens=localtime(opens_at, zone).time(),
        can_check_in=meeting.state == State.OPEN or (meeting.state == State.PLANNED and opens_at <= now < ends_itself_at),
        wall_is_blank=meeting.wall_is_blank,
        closed=wall(meeting.closed_at, zone),
        approved_on=localtime(meeting.minutes_approved_at, zone).date() if meeting.minutes_approved_at else None,
        just_done=just_done,
    )


def wall(moment: datetime | None, zone) -> time | None:
    """The time on the wall of a moment, or None."""
    return localtime(moment, zone).time() if moment else None


# --- the agenda for one reader -------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Agenda:
    """The lines of a meeting's agenda for one reader."""

    report_backs: list[Line] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)
    is_out: bool = False  # the reader stepped out of the item that is open, and is out of the room until it closes

    @property
    def has_open_item(self) -> bool:
        """Whether an item is before the table, also one that the reader may know nothing of."""
        return self.is_out or any(each.is_current for each in [*self.report_backs, *self.new])

    @property
    def upcoming(self) -> Line | None:
        """The next line that was not heard."""
        return next((each for each in [*self.report_backs, *self.new] if not each.is_heard and not each.is_current), None)

    @property
    def unfinished(self) -> Line | None:
        """The first line that was opened and left without a decision."""
        return next((each for each in [*self.report_backs, *self.new] if each.is_undecided), None)

    @property
    def is_empty(self) -> bool:
        return not self.report_backs and not self.new

    @property
    def current_place(self) -> int:
        """Which of ``count`` the open item is, from 1."""
        lines = [*self.report_backs, *self.new]
        return next((place for place, each in enumerate(lines, start=1) if each.is_current), 0)

    @property
    def count(self) -> int:
        return len(self.report_backs) + len(self.new)


def agenda_of(meeting, *, member, only=None):
    """The agenda as ``member`` may read it, the open item's row (for acts, never for a page), and what they may know of it.

    Before a regular meeting opens its agenda is a query, and only the next one's is known. What the reader stepped out of
    is not on it, and what follows it moves up; see ``_is_left_out`` for what a chair hands over. ``only`` are the data that the
    page needs of the open item, as in ``disclose``; when left out, what the table hears of it. That the agenda was read is recorded.
    """
    agenda, open_item, known = Agenda(), None, None
    is_a_query = meeting.state == State.PLANNED and meeting.kind == Kind.REGULAR
    if is_a_query and not getattr(meeting, "is_next", False):
        return agenda, None, None
    with for_the_table("agenda"):  # a line stands for each, with what `line` gives this reader of it
        rows = _waiting(meeting, member) if is_a_query else _standing(meeting, member)
    for kind, situation, item in rows:
        agenda.is_out = agenda.is_out or bool(item and item.is_open and situation.is_stepped_out)
        if _is_left_out(meeting, situation, item, member=member):
            continue
        lines = agenda.report_backs if kind == ItemKind.REPORT_BACK else agenda.new
        lines.append(line(situation, kind=kind, place=len(lines) + 1, member=member, item=item))
        if item is not None and item.is_open:
            open_item, known = item, item_known(item, to=member, only=HEARD[kind] if only is None else only)
    if not agenda.is_empty:
        ledger.look_at_a_list(meeting.table, by=member, of="agenda")
    return agenda, open_item, known


def _is_left_out(meeting, situation, item, *, member) -> bool:
    """Whether the line tells a reader who stepped out that the situation lives on.

    A chair reads at a meeting under way that an item waits for another chair, and nothing else of it: it is handed over
    for that one item (four-filters, Stages), and without the line nobody would know to.
    """
    is_handed_over = meeting.is_open and item is not None and not item.closed_at and member.standing.holds(meeting.table_id, Role.CHAIR)
    return situation.is_stepped_out and not is_handed_over


def _waiting(meeting, member) -> list:
    report_backs, unfinished, new = awaiting(meeting.table)
    rows: QuerySet = (report_backs | unfinished | new).annotate(**rights_of(member, situation="pk"))
    by_number = sorted((row for row in rows if row.sequence is not None), key=lambda row: (row.year, row.sequence))
    by_day = sorted((row for row in rows if row.stage == Stage.SUBMITTED), key=lambda row: row.submitted_at)
    back = [(ItemKind.REPORT_BACK, row, None) for row in by_number if row.stage == Stage.RESPONDING]
    again = [(ItemKind.NEW, row, None) for row in by_number if row.stage in (Stage.PRESENTED, Stage.IDENTIFYING)]
    return back + again + [(ItemKind.NEW, row, None) for row in by_day]


def _standing(meeting, member) -> list:
    items = meeting.items.with_rights_of(member).select_related("situation__table", "situation__originating_agency")
    rows = []
    for item in items:
        item.meeting = meeting
        item.situation.granted, item.situation.is_stepped_out = item.granted, item.is_stepped_out
        rows.append((item.kind, item.situation, item))
    return rows


def filter_of(stage, outcome) -> int:
    """At which filter an item stands, from 1: what was deferred was at the second."""
    return 2 if outcome == Outcome.DEFERRED else FILTER.get(stage, 4)


# --- the item that is open -----------------------------------------------------------------------------------------------------


def before_the_table(item, known, *, zone) -> SimpleNamespace:
    """The open item's plain facts for a screen at the table: its number, filter, and what it came to."""
    decision = known.decision if known.reads("decision") else None
    return SimpleNamespace(
        pk=item.pk,
        situation=known.pk,
        is_report_back=item.kind == ItemKind.REPORT_BACK,
        stage=str(known.stage),
        reference=known.reference,
        filter=filter_of(known.stage, item.outcome),
        has_ended=item.outcome == Outcome.DEFERRED
        or known.stage in (Stage.REJECTED, Stage.WITHDRAWN, Stage.ENDED_EARLY, Stage.CONCLUDED, Stage.PURGED),
        is_settled=item.outcome not in ("", Outcome.ACCEPTED),  # accepted, it still asks who must act
        outcome_words=Outcome(item.outcome).label if item.outcome else "",
        decided=wall(item.decided_at, zone),
        accepted=wall(decision.decided_at, zone) if decision and decision.decision == "accepted" else None,
        tally=tally(decision) if decision and decision.decision else None,
        names_are_sealed=known.names_are_sealed,
    )


def tally(decision) -> SimpleNamespace:
    return SimpleNamespace(met=decision.tally_met, not_met=decision.tally_not_met, question=decision.tally_question)
