"""What one agency did at a table in a year, by quarter: counts for its own lead, and nobody else's; never a list, never a situation."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.timezone import localtime

from agencies import clock
from agencies.actor import for_the_table
from agencies.models import Seat
from meetings.enums import Kind
from meetings.models import Attendance, Meeting
from responses.clock import LIMIT, in_utc
from responses.enums import Part, Standing, StepState
from responses.models import Engagement, ReportBack, Step
from situations.enums import ACCEPTED_STAGES
from situations.models import NotBroughtForward, Recusal, Situation

QUARTERS = (1, 2, 3, 4)
EVER = (Standing.ENGAGED, Standing.LEFT)  # takes part, or took part


@dataclass
class Activity:
    """The counts of one year: of each kind by quarter, and of the whole year under 0."""

    year: int
    counts: dict[str, Counter] = field(default_factory=dict)
    not_brought: list[tuple[int, str, int]] = field(default_factory=list)  # month, reason, how many

    def of(self, kind: str, quarter: int = 0) -> int:
        return self.counts.get(kind, Counter())[quarter]

    def add(self, kind: str, quarter: int, how_many: int = 1) -> None:
        counted = self.counts.setdefault(kind, Counter())
        counted[quarter] += how_many
        counted[0] += how_many

    @property
    def months(self) -> dict[int, int]:
        """How many were not brought forward, by month."""
        counted: Counter = Counter()
        for month, _reason, how_many in self.not_brought:
            counted[month] += how_many
        return counted

    @property
    def reasons(self) -> dict[str, int]:
        """How many were not brought forward, by reason."""
        counted: Counter = Counter()
        for _month, reason, how_many in self.not_brought:
            counted[reason] += how_many
        return counted


def years_of(agency, table) -> list[int]:
    """The years in which the agency has sat at the table, the latest first; none before its first seat. One query."""
    first = Seat.objects.filter(table=table, agency=agency).order_by("starts_at").values_list("starts_at", flat=True).first()
    this = localtime(clock.now(), table.zone).year
    return list(range(this, localtime(first, table.zone).year - 1, -1)) if first else []


def activity_of(agency, table, *, year: int, member) -> Activity:
    """What the agency did at the table in a year, as ``member``, its lead, may count it. Two queries.

    What concerns a situation from which the member stepped out is left out, as everywhere. A situation counts in the quarter
    in which it was submitted; a response in that of the table's decision; meetings are the regular ones at which the agency
    had its seat, and it was there when anyone of it was.
    """
    begins, ends = (datetime(each, 1, 1, tzinfo=table.zone).astimezone(UTC) for each in (year, year + 1))
    found = Activity(year=year)
    with for_the_table("activity"):  # an agency's own counts go on when its right to read a situation has ended
        moments = list(_moments(agency, table, member=member, begins=begins, ends=ends))
    for kind, at, other in moments:
        quarter = (localtime(at, table.zone).month + 2) // 3
        found.add(kind, quarter)
        if kind == "accepted":
            found.add("brought", quarter)
        elif kind == "attended":
            found.add("met", quarter)
        elif kind == "led":
            _count_the_clock(found, quarter, accepted_at=at, reached_at=other)
    counted = NotBroughtForward.objects.of(agency, table).filter(month__year=year, how_many__gt=0)
    for month, reason, how_many in counted.values_list("month", "reason", "how_many"):
        found.not_brought.append((month.month, reason, how_many))
        found.add("not_brought", (month.month + 2) // 3, how_many)
    return found


def _count_the_clock(found: Activity, quarter: int, *, accepted_at, reached_at) -> None:
    """A response counts once its first contact was made, or its 48 hours have passed."""
    taken = in_utc(reached_at or clock.now()) - in_utc(accepted_at)
    if reached_at is None and taken <= LIMIT:
        return
    found.add("clocks", quarter)
    if reached_at is not None and taken <= LIMIT:
        found.add("in_time", quarter)


def _moments(agency, table, *, member, begins, ends):
    """Triples of what happened, when, and, of a response that the agency led, when the first contact was made; in one query."""
    out = Recusal.objects.filter(member=member, ended_at=None).values("situation")

    def rows(queryset, kind, at, other: Any = None):
        within = queryset.order_by().filter(**{f"{at}__gte": begins, f"{at}__lt": ends})
        kind = Cast(kind if hasattr(kind, "resolve_expression") else Value(kind), CharField())
        return within.annotate(kind_=kind, at_=F(at), other_=Cast(other or Value(None), DateTimeField())).values_list(
            "kind_", "at_", "other_"
        )

    brought = Situation.objects.brought_by(agency).filter(table=table).not_stepped_out_by(member)
    took_part = Engagement.objects.filter(agency=agency, table=table, standing__in=EVER).exclude(response__situation__in=out)
    steps = Step.objects.filter(owner=agency, table=table, state=StepState.DONE).exclude(response__situation__in=out)
    reports = ReportBack.objects.filter(agency=agency, table=table).exclude(response__situation__in=out)
    seats = Seat.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=OuterRef("starts_at")), table=table, agency=agency, starts_at__lte=OuterRef("ends_at")
    )
    met = Meeting.objects.past().filter(Exists(seats), table=table, kind=Kind.REGULAR)
    was_there = Exists(Attendance.objects.filter(meeting=OuterRef("pk"), agency=agency, is_observer=False))
    was_accepted = Case(When(stage__in=ACCEPTED_STAGES, then=Value("accepted")), default=Value("brought"))
    return rows(brought, was_accepted, "submitted_at").union(
        rows(took_part.filter(part=Part.LEAD), "led", "response__accepted_at", F("response__first_contact_at")),
        rows(took_part.filter(part=Part.ASSISTING), "assisted", "response__accepted_at"),
        rows(steps, "steps", "settled_at"),
        rows(reports, "reports", "at"),
        rows(met, Case(When(was_there, then=Value("attended")), default=Value("met")), "starts_at"),
        all=True,
    )
