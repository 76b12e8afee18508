"""Every table that may ever be published, its rows in their order, and what in it is sensitive.

What is not here cannot be released; a new table is a change of this file with a new ``VERSION``, never a setting. The order of
tables and rows is the order in which the gate hides and a page shows them, and follows from no number.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary
from reports.suppression import PUBLIC_RULES, STEERING_RULES, Kind, Tier

VERSION = 1
RULES = {Tier.STEERING: STEERING_RULES, Tier.PUBLIC: PUBLIC_RULES}
# How long after its end a period may first be released; where a situation stands then is where it is counted.
LAG = {Tier.STEERING: timedelta(days=30), Tier.PUBLIC: timedelta(days=90)}

EVERY_SITUATION: frozenset[str] = frozenset()  # every accepted situation of the period
REJECTED = "counted:rejected"  # not situations of the universe: those the table did not accept, counted as a total only
# Sensitive besides what the vocabularies mark: children under twelve, gender identity, self-harm (disclosure control, 4).
SENSITIVE = frozenset({"age_group:0-5", "age_group:6-11", "sex_gender:X", "risk_category:Self Harm"})
# Rows that count what is left: a figure's finding never speaks of them.
REST = frozenset(
    {
        REJECTED,
        "age_group:none",
        "sex_gender:U",
        "sex_gender:none",
        "resolution:open",
        "resolution:other",
        "contact:none",
        "risk_category:other",
    }
)
COMMUNITY = "sector:community"
# Agencies are published by sector, never by name. Both lists of sectors, the table's own and the province's, are read together.
# A sector that serves one population is no row of its own, nor is one that somebody adds (disclosure control, E6).
SECTORS: tuple[tuple[str, str, str, set[str]], ...] = (
    ("sector:education", "Education", "Éducation", {"SEC-01", "SEC-16"}),
    ("sector:health", "Health", "Santé", {"SEC-02", "SEC-17"}),
    ("sector:emergency", "Emergency services", "Services d’urgence", {"SEC-03"}),
    ("sector:policing", "Policing", "Services policiers", {"SEC-04"}),
    ("sector:mental_health", "Mental health and addictions", "Santé mentale et dépendances", {"SEC-05", "SEC-21"}),
    ("sector:children", "Child welfare and youth services", "Bien-être de l’enfance et services à la jeunesse", {"SEC-06", "SEC-13"}),
    ("sector:municipal", "Municipal social services", "Services sociaux municipaux", {"SEC-10"}),
    ("sector:housing", "Housing", "Logement", {"SEC-11", "SEC-18"}),
    ("sector:justice", "Justice", "Justice", {"SEC-12", "SEC-20", "SEC-22"}),
    (COMMUNITY, "Community and cultural services", "Services communautaires et culturels", set()),
)
SERVES_ONE_POPULATION = "population_specific"  # a mark of a kind of agency


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year at a table, by its own wall clock, with the moment at which it is looked at."""

    year: int
    zone: ZoneInfo
    tier: Tier = Tier.STEERING

    def __str__(self):
        return str(self.year)

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    @property
    def cut_off_day(self) -> date:
        """The first day on which it may be released: the same situations are open then, whenever it is built."""
        return self.last_day + timedelta(days=1) + LAG[self.tier]

    @property
    def begins_at(self) -> datetime:
        return self._midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The moment with which the period is over; it is not in it."""
        return self._midnight(self.last_day + timedelta(days=1))

    @property
    def cut_off_at(self) -> datetime:
        return self._midnight(self.cut_off_day)

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: the set of situations that it counts, and its name in both languages."""

    codes: frozenset[str]
    label_en: str
    label_fr: str
    is_sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class CatalogueTable:
    """One table: its rows in their order, and the codes of what its rows are a share of; none for a table of totals."""

    id: str
    kind: Kind
    rows: tuple[Row, ...]
    denominator: frozenset[str] | None = EVERY_SITUATION


class Catalogue:
    """The tables of this version with the vocabularies as they stand, and how a situation's answers become codes of a table.

    ``entries`` are vocabulary entries, retired ones among them: a row does not come or go with the situations in it.
    """

    def __init__(self, entries: Iterable[Entry]):
        self._of: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: (entry.position, entry.code)):
            self._of.setdefault(entry.vocabulary, []).append(entry)
        self._category = {entry.pk: _category(entry) for entry in self._of.get(Vocabulary.RISK_FACTOR, [])}
        self._ending = {entry.pk: _ending(entry) for entry in self._of.get(Vocabulary.CONCLUSION_REASON, [])}
        self._sector = {f"sector:{code}": row for row, _en, _fr, codes in SECTORS for code in codes}
        self._one_population = {entry.pk for entry in self._of.get(Vocabulary.AGENCY_TYPE, []) if SERVES_ONE_POPULATION in entry.marks}
        self.tables = self._tables()

    # What a situation counts as ----------------------------------------------------------------------------------------------

    def risk_categories(self, factors: Collection[str]) -> set[str]:
        return {self._category[factor] for factor in factors}

    def sector(self, sector: str, agency_type: str) -> str:
        """The published sector of an agency; one that serves one population counts with community and cultural services."""
        return COMMUNITY if agency_type in self._one_population else self._sector.get(sector, COMMUNITY)

    def resolution(self, reason: str | None) -> str:
        """How an ended situation ended, by the entry key of its conclusion."""
        if reason is not None and reason.startswith(f"{Vocabulary.EARLY_END_REASON}:"):
            return "resolution:ended_early"
        return self._ending.get(reason or "", "resolution:other")

    # The tables --------------------------------------------------------------------------------------------------------------

    def _tables(self) -> tuple[CatalogueTable, ...]:
        return (
            CatalogueTable(id="K1", kind=Kind.MULTI, rows=TOTALS, denominator=None),
            CatalogueTable(id="K5", kind=Kind.MULTI, rows=self._risk_categories()),
            CatalogueTable(id="K2", kind=Kind.PARTITION, rows=self._answers(Vocabulary.AGE_GROUP, NO_AGE)),
            CatalogueTable(id="K3", kind=Kind.PARTITION, rows=self._answers(Vocabulary.SEX_GENDER, NO_SEX)),
            CatalogueTable(id="K8", kind=Kind.PARTITION, rows=tuple(_row(code, en, fr) for code, en, fr, _codes in SECTORS)),
            CatalogueTable(id="K4", kind=Kind.PARTITION, rows=self._resolutions()),
            CatalogueTable(id="K10", kind=Kind.PARTITION, rows=TIMES_TO_CONTACT),
        )

    def _answers(self, vocabulary: str, none: Row) -> tuple[Row, ...]:
        entries = self._of.get(vocabulary, [])
        rows = (_row(entry.pk, entry.label_en, entry.label_fr, is_sensitive=entry.is_sensitive) for entry in entries)
        return (*rows, none)

    def _risk_categories(self) -> tuple[Row, ...]:
        """A category is sensitive if one of its factors is."""
        categories: dict[str, list[Entry]] = {}
        for entry in self._of.get(Vocabulary.RISK_FACTOR, []):
            categories.setdefault(self._category[entry.pk], []).append(entry)
        return tuple(
            _row(
                code,
                factors[0].group_en or "Other risk factors",
                factors[0].group_fr or "Autres facteurs de risque",
                is_sensitive=any(factor.is_sensitive for factor in factors),
            )
            for code, factors in categories.items()
        )

    def _resolutions(self) -> tuple[Row, ...]:
        groups: dict[str, Entry] = {}
        for entry in self._of.get(Vocabulary.CONCLUSION_REASON, []):
            groups.setdefault(self._ending[entry.pk], entry)
        named = (_row(code, entry.group_en, entry.group_fr) for code, entry in groups.items() if code != "resolution:other")
        return (*named, OTHER_ENDING, ENDED_EARLY, STILL_OPEN)


def read() -> Catalogue:
    """The catalogue with the vocabularies as they stand now; one query."""
    return Catalogue(Entry.objects.filter(vocabulary__in=VOCABULARIES))


def _row(code: str, label_en: str, label_fr: str, *, is_sensitive: bool = False) -> Row:
    return Row(codes=frozenset({code}), label_en=label_en, label_fr=label_fr, is_sensitive=is_sensitive or code in SENSITIVE)


def _category(entry: Entry) -> str:
    # The code of a category is its English name, so that a factor of the table's own joins the category it was put under.
    return f"risk_category:{entry.group_code or entry.group_en or 'other'}"


def _ending(entry: Entry) -> str:
    # The reasons for which a situation is not accepted stand in the same list; no accepted one ends with them.
    return "resolution:other" if "rejected" in entry.marks else f"resolution:{entry.group_code or 'other'}"


VOCABULARIES = [
    Vocabulary.AGE_GROUP,
    Vocabulary.AGENCY_TYPE,
    Vocabulary.CONCLUSION_REASON,
    Vocabulary.RISK_FACTOR,
    Vocabulary.SEX_GENDER,
]
# What was brought before the table is not shown: beside what was accepted it would show how few were not.
TOTALS = (
    Row(codes=EVERY_SITUATION, label_en="Accepted", label_fr="Acceptées"),
    _row(REJECTED, "Not accepted", "Non retenues"),
)
NO_AGE = _row("age_group:none", "No age group recorded", "Aucun groupe d’âge inscrit")
NO_SEX = _row("sex_gender:none", "Not recorded", "Non inscrit")
OTHER_ENDING = _row("resolution:other", "Other", "Autre")
ENDED_EARLY = _row("resolution:ended_early", "Ended early", "Terminée plus tôt")
STILL_OPEN = _row("resolution:open", "Still open", "Encore ouverte")
TIMES_TO_CONTACT = (
    _row("contact:within_24", "Within 24 hours", "En moins de 24 heures"),
    _row("contact:within_48", "From 24 to 48 hours", "De 24 à 48 heures"),
    _row("contact:later", "After more than 48 hours", "Après plus de 48 heures"),
    _row("contact:none", "No contact recorded", "Aucun contact inscrit"),
    ENDED_EARLY,  # the same set as in the table of resolutions, so it has the same number
)
