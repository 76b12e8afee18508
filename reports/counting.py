"""True counts: how many situations, different subjects and agencies stand behind each cell of the catalogue.

They are read under a database role that sees codes and no word (``cms_counter``), live as long as the counting of one release, and
go nowhere but to ``suppression``. Four queries count a whole release, whatever the number of its tables; the rest is done here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from reports.catalogue import EVERY_SITUATION, REJECTED, Catalogue, Period
from reports.suppression import TrueCell, TrueTable
from responses.clock import Clock, ClockState
from responses.enums import Standing
from responses.models import Engagement
from situations.enums import Stage
from situations.models import Situation

NUMBER = re.compile(r"(?:(?P<prefix>[^\W\d_]+)-)?(?P<year>\d{4})-(?P<sequence>\d+)")
CONTACT = {
    ClockState.STOPPED_WITHIN_24: "contact:within_24",
    ClockState.STOPPED_WITHIN_48: "contact:within_48",
    ClockState.STOPPED_LATE: "contact:later",
}


@contextmanager
def as_counter() -> Iterator[None]:
    """Within the block the database answers as ``cms_counter``: coded facts are readable, sealed texts and people are not."""
    # A failure inside rolls back to here, and the role with it; that is why there is no ``finally``.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE cms_counter")
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@dataclass(frozen=True, slots=True)
class Fact:
    """One situation as counting knows it: its codes, who it is about (as a mark without meaning), which agencies had a part in it."""

    codes: frozenset[str]
    subject: Hashable
    agencies: frozenset


def count(table, period: Period, catalogue: Catalogue) -> list[TrueTable]:
    """The true counts of every table of the catalogue for one period of a situation table, in the catalogue's order."""
    with as_counter():
        facts = [*_accepted(table, period, catalogue), *_rejected(table, period)]
    counted = _Index(facts)
    return [
        TrueTable(
            id=each.id,
            situation_table=str(table.pk),
            period=str(period),
            kind=each.kind,
            cells=tuple(counted.cell(row.codes, is_sensitive=row.is_sensitive) for row in each.rows),
            universe=len(counted.having(EVERY_SITUATION)),
        )
        for each in catalogue.tables
    ]


class _Index:
    """The facts by their codes, so that each set of codes is looked up and not searched for."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        self.by_code: dict[str, set[int]] = defaultdict(set)
        for place, fact in enumerate(facts):
            for code in fact.codes:
                self.by_code[code].add(place)
        # Without a code the accepted ones are meant; what else is counted says so by a code.
        self.universe = set(range(len(facts))) - self.by_code[REJECTED]

    def having(self, codes: Collection[str]) -> set[int]:
        """The facts that a cell counts: codes of one dimension read "or", different dimensions "and" (reports.suppression)."""
        dimensions: dict[str, set[int]] = defaultdict(set)
        for code in codes:
            dimensions[code.partition(":")[0]] |= self.by_code.get(code, set())
        return set.intersection(*dimensions.values()) if dimensions else self.universe

    def cell(self, codes: frozenset[str], *, is_sensitive: bool) -> TrueCell:
        facts = [self.facts[place] for place in self.having(codes)]
        return TrueCell(
            codes=codes,
            count=len(facts),
            subjects=len({fact.subject for fact in facts}),
            agencies=Counter(agency for fact in facts for agency in fact.agencies),
            is_sensitive=is_sensitive,
        )


def _accepted(table, period: Period, catalogue: Catalogue) -> Iterator[Fact]:
    """The universe: what the table accepted of what was first presented in the period, as it stood at the cut-off."""
    situations = Situation.objects.accepted().filter(table=table, presented_at__gte=period.begins_at, presented_at__lt=period.ends_at)
    engaged: dict = defaultdict(set)
    for situation, agency in (
        Engagement.objects.filter(
            response__situation__in=situations.order_by().values("pk"), standing__in=[Standing.ENGAGED, Standing.LEFT]
        )
        .order_by()
        .values_list("response__situation_id", "agency_id")
    ):
        engaged[situation].add(agency)
    subjects = _Subjects(table)
    for row in situations.order_by().values(
        "pk",
        "year",
        "sequence",
        "ended_at",
        "age_group_id",
        "sex_gender_id",
        "risk_factors",
        "conclusion_reason_id",
        "originating_agency_id",
        "originating_agency__sector_id",
        "originating_agency__agency_type_id",
        "response__accepted_at",
        "response__first_contact_at",
    ):
        yield Fact(
            codes=frozenset(_codes(row, period, catalogue)),
            subject=subjects.of(row["year"], row["sequence"]),
            agencies=frozenset({row["originating_agency_id"], *engaged[row["pk"]]}),
        )


def _rejected(table, period: Period) -> Iterator[Fact]:
    """What was not accepted: nothing of the person is left to tell one subject from another, so each is one."""
    situations = Situation.objects.filter(
        table=table, stage=Stage.REJECTED, presented_at__gte=period.begins_at, presented_at__lt=period.ends_at
    )
    for situation, agency in situations.order_by().values_list("pk", "originating_agency_id"):
        yield Fact(codes=frozenset({REJECTED}), subject=situation, agencies=frozenset({agency}))


def _codes(row: dict, period: Period, catalogue: Catalogue) -> set[str]:
    is_open = row["ended_at"] is None or row["ended_at"] >= period.cut_off_at
    resolution = catalogue.resolution(row["conclusion_reason_id"])
    has_ended_early = resolution == "resolution:ended_early"
    return {
        row["age_group_id"] or "age_group:none",
        row["sex_gender_id"] or "sex_gender:none",
        catalogue.sector(row["originating_agency__sector_id"], row["originating_agency__agency_type_id"]),
        "resolution:open" if is_open else resolution,
        *catalogue.risk_categories(row["risk_factors"]),
        # What ended early has no response to wait for; it stands in the table of contacts by its own code.
        *([] if has_ended_early and not is_open else [_contact(row, period)]),
    }


def _contact(row: dict, period: Period) -> str:
    accepted_at, contacted_at = row["response__accepted_at"], row["response__first_contact_at"]
    if accepted_at is None or contacted_at is None or contacted_at >= period.cut_off_at:
        return "contact:none"
    return CONTACT[Clock(accepted_at=accepted_at, now=period.cut_off_at, contacted_at=contacted_at).state]


class _Subjects:
    """Who is who, as far as people remembered an earlier number: what such numbers link is one subject, over all years of a table."""

    def __init__(self, table):
        self.prefix = table.number_prefix
        self.parent: dict = {}
        linked = Situation.objects.filter(table=table).exclude(earlier_number="").exclude(sequence=None).order_by()
        for year, sequence, earlier in linked.values_list("year", "sequence", "earlier_number"):
            number = NUMBER.fullmatch(earlier)
            if number:
                self.parent[self.of(year, sequence)] = self._root(self._named(number))

    def of(self, year: int, sequence: int) -> tuple:
        """The subject of the situation with this number: the same for two of them if a chain of earlier numbers joins them."""
        return self._root(("", year, sequence))

    def _named(self, number) -> tuple:
        prefix = (number["prefix"] or "").upper()
        # A sister table's number is somebody too, only not one of this table's.
        return ("" if prefix == self.prefix.upper() else prefix, int(number["year"]), int(number["sequence"]))

    def _root(self, number: tuple) -> tuple:
        while number in self.parent and self.parent[number] != number:
            self.parent[number] = self.parent.get(self.parent[number], self.parent[number])
            number = self.parent[number]
        return number
