"""What the wall shows: the table's names, the agenda by number, the open item's filter, how many have answered, the time.

The wall stands as an observer does: it hears Filter 2, and later shows number and stage (four-filters, Roles). It cannot hold an
identifier: ``wall_of`` fetches numbers, stages, counts and times, and never a row of a situation; what it returns has no place for
a word but the table's own names and prefix (docs/decisions/0031; ``tests/meetings/test_wall.py`` walks its types).
"""

from dataclasses import dataclass, replace
from datetime import datetime, time

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localtime

from agencies import clock
from agencies.actor import for_the_table
from meetings.agenda import filter_of, sitting
from meetings.disclosure import READS, unnumbered
from meetings.enums import UNDECIDED, ItemKind, Kind, Outcome, State
from meetings.models import Involvement, Position
from meetings.querysets import rights_of
from situations.disclosure import letter
from situations.enums import Relation, Stage
from situations.models import Recusal, number_of

LONGEST = 12  # lines in two columns; more would have to be smaller than can be read from the back of the room
SAID_AT = {Stage.PRESENTED: Position, Stage.IDENTIFYING: Involvement}


@dataclass(frozen=True, kw_only=True)
class Name:
    """One of the table's names, and its language."""

    text: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class Number:
    """Under which a situation is spoken of; ``prefix`` is the table's."""

    prefix: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return number_of(self.year, self.sequence, prefix=self.prefix)


@dataclass(frozen=True, kw_only=True)
class WallLine:
    """One line of the agenda: its number once an observer may know it, until then which of its kind it is."""

    kind: ItemKind
    place: int  # among those of its kind, from 1
    number: Number | None
    is_current: bool
    is_heard: bool

    @property
    def title(self) -> str:
        return str(self.number) if self.number else unnumbered(self.kind, self.place)

    @property
    def shape(self) -> str:
        if self.is_current:
            return "here"
        return "done" if self.is_heard else "wait"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many of the agencies that can answer have answered; never which, and never what."""

    answered: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What the table decided at Filter 2, as agencies counted."""

    met: int
    not_met: int
    question: int


@dataclass(frozen=True, kw_only=True)
class WallItem:
    """The item that is open: number, filter, what it came to, and since how many whole minutes it is before the table."""

    number: Number
    kind: ItemKind
    filter: int
    outcome: Outcome | None
    counted: Counted | None
    tally: Tally | None
    minutes: int

    @property
    def is_report_back(self) -> bool:
        return self.kind == ItemKind.REPORT_BACK

    @property
    def is_settled(self) -> bool:
        return self.outcome is not None and self.outcome not in UNDECIDED

    @property
    def has_ended(self) -> bool:
        return self.outcome in (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.ENDED_EARLY, Outcome.CONCLUDED)


@dataclass(frozen=True, kw_only=True)
class Wall:
    """All that the wall's page is given. Between items, and where the open one is not for it, it holds: names, meeting, agenda, time."""

    names: tuple[Name, ...]
    kind: Kind
    state: State
    starts: time
    ends: time
    now: time
    seconds_left: int  # of this minute; then the page looks again
    is_over_time: bool
    is_blank: bool
    item: WallItem | None
    place: int  # which of ``count`` is open, from 1; 0 when none is
    heard: int
    count: int
    lines: tuple[WallLine, ...]
    more: int  # lines for which there is no room


def wall_of(meeting) -> Wall:
    """What hangs on the wall of a meeting now. Its only source; two queries."""
    zone, now, when = meeting.table.zone, clock.now(), sitting(meeting)
    rows = _rows(meeting) if when.is_open and not when.is_over_time else []
    lines, row = _lines(rows, prefix=meeting.table.number_prefix), next((each for each in rows if _is_open(each)), None)
    first = max(0, min(sum(line.is_heard for line in lines), len(lines) - LONGEST))  # the first to give way were heard
    place = rows.index(row) + 1 if row else 0
    number = lines[place - 1].number if row else None
    return Wall(
        names=tuple(Name(**name) for name in meeting.table.names),
        kind=Kind(meeting.kind),
        state=State(meeting.state),
        starts=when.starts,
        ends=when.ends,
        now=localtime(now, zone).time(),
        seconds_left=60 - now.second,
        is_over_time=when.is_over_time,
        is_blank=meeting.wall_is_blank,
        item=_item(meeting, row, number=number, now=now) if row and number else None,
        place=place,
        heard=sum(line.is_heard for line in lines),
        count=len(lines),
        lines=lines[first : first + LONGEST],
        more=max(0, len(lines) - first - LONGEST),
    )


def wall_for(meeting, *, member) -> Wall:
    """The same on a member's own screen: from whatever of this agenda they stepped out, it is gone there, too."""
    shown = wall_of(meeting)
    out = [bool(row["opened_at"]) and not row["closed_at"] for row in _stepped_out(meeting, member)]
    return replace(shown, lines=(), more=0, item=None if any(out) else shown.item) if out else shown


def shown_on_the_wall(stage) -> bool:
    """Whether the wall may show the number of a situation at this stage: whatever an observer in the room may read of it."""
    return letter("number_stage_dates", stage, {Relation.IN_THE_ROOM}) in READS


def _stepped_out(meeting, member):
    return meeting.items.annotate(**rights_of(member, situation="situation")).filter(is_stepped_out=True).values("opened_at", "closed_at")


def _rows(meeting) -> list[dict]:
    with for_the_table("wall"):  # of each item number, stage and tally, by name; no row of a situation
        return list(
            meeting.items.order_by("position").values(
                "pk",
                "kind",
                "opened_at",
                "closed_at",
                "outcome",
                "situation__stage",
                "situation__year",
                "situation__sequence",
                "situation__tally_met",
                "situation__tally_not_met",
                "situation__tally_question",
            )
        )


def _is_open(row) -> bool:
    return row["opened_at"] is not None and row["closed_at"] is None


def _lines(rows, *, prefix: str) -> tuple[WallLine, ...]:
    lines: list[WallLine] = []
    for row in rows:
        has_number = row["situation__sequence"] is not None and shown_on_the_wall(Stage(row["situation__stage"]))
        number = Number(prefix=prefix, year=row["situation__year"], sequence=row["situation__sequence"]) if has_number else None
        place = sum(line.kind == row["kind"] for line in lines) + 1
        current, heard = _is_open(row), row["closed_at"] is not None
        lines.append(WallLine(kind=ItemKind(row["kind"]), place=place, number=number, is_current=current, is_heard=heard))
    return tuple(lines)


def _item(meeting, row, *, number: Number, now: datetime) -> WallItem:
    stage, outcome = Stage(row["situation__stage"]), Outcome(row["outcome"]) if row["outcome"] else None
    is_asked = row["kind"] == ItemKind.NEW and row["outcome"] in UNDECIDED and stage in SAID_AT
    is_refused = stage == Stage.REJECTED  # what was accepted goes on without its tally: from then on it is number and stage
    return WallItem(
        number=number,
        kind=ItemKind(row["kind"]),
        filter=filter_of(stage, row["outcome"]),
        outcome=outcome,
        counted=_counted(meeting, row["pk"], said=SAID_AT[stage]) if is_asked else None,
        tally=Tally(**{name: row[f"situation__tally_{name}"] for name in ("met", "not_met", "question")}) if is_refused else None,
        minutes=int((now - row["opened_at"]).total_seconds() // 60),
    )


def _counted(meeting, item_key, *, said) -> Counted:
    """Of the agencies that are here and not all out of the room: how many there are, how many have answered."""
    out = Recusal.objects.filter(situation__agenda_items=item_key, member=OuterRef("member"), ended_at=None)
    answered = said.objects.filter(item=item_key, agency=OuterRef("agency"))
    here = meeting.attendances.present().filter(~Exists(out), agency__isnull=False).annotate(has_answered=Exists(answered)).order_by()
    with for_the_table("wall"):
        return Counted(
            **here.aggregate(of=Count("agency", distinct=True), answered=Count("agency", distinct=True, filter=Q(has_answered=True)))
        )
