"""Lists of situations, and of the looks at one: coded lines, each disclosed before it reaches the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import django_filters
import django_tables2 as tables
from django.db.models import Case, CharField, F, When
from django.template import Context, Template
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_tables2.data import TableQuerysetData

from agencies import clock, ledger
from agencies.days import date_format
from agencies.enums import LedgerAct
from agencies.folding import Folded
from agencies.forms.named import AgencySelect
from agencies.models import Agency, Member
from agencies.names import own_name
from situations.disclosure import disclose_each, where_readable
from situations.enums import LookReason, Relation, Stage
from situations.models import NumberCounter, Situation

NEWEST_FIRST = ["-year", "-sequence", "-opened_at"]  # in Postgres what has no number yet comes first

# How a stage is drawn: the state of a page, and the shape where the state's own does not fit.
DRAWN = {
    Stage.DRAFT: ("wait", ""),
    Stage.SUBMITTED: ("here", ""),
    Stage.PRESENTED: ("here", "half"),
    Stage.REJECTED: ("still", ""),
    Stage.WITHDRAWN: ("still", ""),
    Stage.IDENTIFYING: ("here", "half"),
    Stage.ENDED_EARLY: ("still", ""),
    Stage.RESPONDING: ("here", "half"),
    Stage.CONCLUDED: ("done", ""),
    Stage.PURGED: ("done", ""),
}
NEXT = {
    Stage.DRAFT: gettext_lazy("Finish it and submit it."),
    Stage.SUBMITTED: gettext_lazy("The next meeting hears it."),
    Stage.PRESENTED: gettext_lazy("The table decides."),
    Stage.IDENTIFYING: gettext_lazy("The table says who acts."),
    Stage.RESPONDING: gettext_lazy("Those who act report back."),
}
# In which relation a look was taken, said of somebody else.
LOOKED_AS = {
    Relation.ORIGINATOR: gettext_lazy("For the agency that brought it"),
    Relation.IN_THE_ROOM: gettext_lazy("In the room"),
    Relation.ENGAGED: gettext_lazy("For an agency that responds"),
    Relation.CHAIR: gettext_lazy("As chair"),
    Relation.COORDINATOR: gettext_lazy("As coordinator or recorder"),
    Relation.STEERING: gettext_lazy("As steering committee"),
    Relation.ADMINISTRATOR: gettext_lazy("As administrator"),
    Relation.PRIVACY_OFFICER: gettext_lazy("As privacy officer"),
}


def moment_words(moment: datetime, zone) -> str:
    """When something was, by the table's clock: "at 14:05" today, otherwise with its day."""
    local = localtime(moment, zone)
    if local.date() == localtime(clock.now(), zone).date():
        return _("at %(time)s") % {"time": time_format(local)}
    return _("on %(day)s") % {"day": date_format(local, "SHORT_DATETIME_FORMAT")}


# 1. Situations -----------------------------------------------------------------------------------------------------
@dataclass
class Line:
    """One situation in a list: what this reader may know of it, in words."""

    name: str
    address: str
    stage: Stage
    stage_words: str
    brought_by: str
    presented_on: str
    what_next: str


class DisclosedLines(TableQuerysetData):
    """The rows of a list: the database sorts and cuts, each row is disclosed to the reader, and nothing else comes out."""

    def __init__(self, situations, *, to):
        super().__init__(situations)
        self._reader = to

    def __getitem__(self, key):
        rows = list(self.data[key])
        return [_line(row, known) for row, known in zip(rows, self._disclosed(rows), strict=True)]

    def __iter__(self):
        return iter(self[:])

    def _disclosed(self, rows):
        return disclose_each(rows, to=self._reader, only=["originating_agency"])


def _line(row, known) -> Line:
    dates, zone = known.number_stage_dates, row.table.zone
    is_draft = known.stage == Stage.DRAFT
    return Line(
        name=known.reference or _unnumbered(row, dates, is_draft=is_draft, zone=zone),
        address=reverse("situations:check" if is_draft else "situation", args=[known.pk]),
        stage=known.stage,
        stage_words=dates.stage_label if dates else str(dates),
        brought_by=known.originating_agency or str(known.originating_agency),
        presented_on=date_format(localtime(dates.presented_at, zone), "SHORT_DATE_FORMAT") if dates and dates.presented_at else "–",
        what_next=_next(known, keeps_words=timedelta(days=row.table.retention_days), zone=zone),
    )


def _unnumbered(row, dates, *, is_draft, zone) -> str:
    """What a situation is called before it has its number: by its hour, so that two of them are told apart."""
    if is_draft and row.saved_at:
        return _("Draft, saved %(moment)s") % {"moment": moment_words(row.saved_at, zone)}
    if dates and dates.submitted_at:
        return _("New situation, submitted %(moment)s") % {"moment": moment_words(dates.submitted_at, zone)}
    return _("New situation")


def _next(known, *, keeps_words: timedelta, zone) -> str:
    dates = known.number_stage_dates
    if known.stage == Stage.CONCLUDED and dates:
        forgotten_on = date_format(localtime(dates.ended_at + keeps_words, zone), "SHORT_DATE_FORMAT")
        return _("Its words are forgotten on %(day)s.") % {"day": forgotten_on}
    return str(NEXT.get(known.stage, "–"))


@cache
def _badge() -> Template:
    return Template("{% badge words state shape %}")  # the part of a page, which this floor may only name


class SituationList(tables.Table):
    """Situations, each by its number or by what it is so far."""

    name = tables.Column(verbose_name=gettext_lazy("Situation"), linkify=lambda record: record.address, attrs={"td": {"class": "num"}})
    stage = tables.Column(verbose_name=gettext_lazy("Where it stands"))
    brought_by = tables.Column(verbose_name=gettext_lazy("Brought by"))
    presented_on = tables.Column(verbose_name=gettext_lazy("Presented on"), attrs={"td": {"class": "num"}})
    what_next = tables.Column(verbose_name=gettext_lazy("What is next"), orderable=False)

    def __init__(self, situations, *, to, caption, **options):
        self._reader = to
        self.caption = caption
        super().__init__(data=DisclosedLines(situations.order_by(*NEWEST_FIRST), to=to), **options)

    def render_stage(self, record):
        state, shape = DRAWN[record.stage]
        return _badge().render(Context({"words": record.stage_words, "state": state, "shape": shape}))

    def order_name(self, situations, is_descending):
        return situations.order_by(*[f"{'-' if is_descending else ''}{field}" for field in ("year", "sequence", "opened_at")]), True

    def order_stage(self, situations, is_descending):
        way = Case(*[When(stage=stage, then=place) for place, stage in enumerate(Stage)])
        return situations.order_by(way.desc() if is_descending else way.asc(), *NEWEST_FIRST), True

    def order_brought_by(self, situations, is_descending):
        # An order tells what stands in it: where the agency is withheld, its name does not count.
        name = Case(
            When(where_readable("originating_agency", to=self._reader), then=Folded("originating_agency__name")), output_field=CharField()
        )
        return situations.order_by(name.desc(nulls_last=True) if is_descending else name.asc(nulls_last=True), *NEWEST_FIRST), True

    def order_presented_on(self, situations, is_descending):
        moment = F("presented_at")
        return situations.order_by(moment.desc(nulls_last=True) if is_descending else moment.asc(nulls_last=True), *NEWEST_FIRST), True


class SituationFilter(django_filters.FilterSet):
    """What narrows a list of situations; it asks only what the reader may know of each."""

    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("Where it stands"), choices=Stage.choices, empty_label=pgettext_lazy("stage", "Any")
    )
    agency = django_filters.ChoiceFilter(label=gettext_lazy("Brought by"), method="by_agency", empty_label=pgettext_lazy("agency", "Any"))
    year = django_filters.ChoiceFilter(label=gettext_lazy("Year"), empty_label=pgettext_lazy("year", "Any"))

    class Meta:
        model = Situation
        fields: list = []

    def __init__(self, data, *, queryset, table, reader, asks_agency: bool, **options):
        super().__init__(data, queryset=queryset, **options)
        self._reader = reader
        years = NumberCounter.objects.filter(table=table).order_by("-year").values_list("year", flat=True)
        self.filters["year"].extra["choices"] = [(year, year) for year in years]
        if not asks_agency:
            del self.filters["agency"]
            return
        agencies = list(Agency.objects.filter(seats__table=table).distinct())
        self.filters["agency"].extra["choices"] = [(str(agency.pk), agency.name) for agency in agencies]
        self.filters["agency"].extra["widget"] = AgencySelect()
        self.filters["agency"].extra["widget"].languages = {str(agency.pk): agency.name_language for agency in agencies}

    def by_agency(self, situations, _name, agency):
        return situations.filter(where_readable("originating_agency", to=self._reader), originating_agency=agency)


# 2. Looks ------------------------------------------------------------------------------------------------------------
A_FEW_MINUTES = timedelta(minutes=5)


@dataclass
class Look:
    """One look at a situation, or several in a few minutes: when, who, for whom, as what."""

    at: datetime  # by the table's clock, as the list is put in order
    who: str
    agency: str
    relation: str
    when: str


class NamedLooks(TableQuerysetData):
    """Entries of the ledger, with the names of those who looked."""

    def __init__(self, entries, **told):
        super().__init__(entries)
        self._told = told

    def __getitem__(self, key):
        return named_looks(list(self.data[key]), **self._told)

    def __iter__(self):
        return iter(self[:])


def named_looks(entries, *, zone, may_know_who_acts: bool) -> list[Look]:
    """The looks in words; two queries, for the names.

    For a reader who may not know who leads and assists, those who look as that have no name: the relation would tell it.
    """

    def is_named(entry) -> bool:
        return may_know_who_acts or entry.relation != Relation.ENGAGED

    members = Member.objects.in_bulk({entry.by_id for entry in entries if entry.by_id and is_named(entry)})
    agencies = Agency.objects.in_bulk({entry.agency_id for entry in entries if entry.agency_id and is_named(entry)})
    return [
        Look(
            at=localtime(entry.at, zone),
            who=str(members.get(entry.by_id) or entry.by_job or "–") if is_named(entry) else "–",
            agency=(own_name(agencies[entry.agency_id]) if entry.agency_id in agencies else "") if is_named(entry) else "–",
            relation=looked_as(entry),
            when=when_words(looks, zone),
        )
        for entry, looks in in_openings(entries, is_named=is_named)
    ]


def in_openings(entries, *, is_named: Callable) -> list[tuple]:
    """The entries in their order, each with those that stand in its line: one person, one situation, one way, within five minutes.

    The ledger keeps every one, and so does a sheet. Whoever may not be named is not told to be the same person again.
    """
    openings: list[tuple] = []
    last: dict[tuple, tuple] = {}
    for each in entries:
        key = (each.by_id, each.situation_id, each.act, str(looked_as(each)))
        begun = last.get(key)
        if begun and is_named(each) and each.by_id and abs(begun[0].at - each.at) <= A_FEW_MINUTES:
            begun[1].append(each)
        else:
            last[key] = (each, [each])
            openings.append(last[key])
    return openings


def when_words(looks, zone) -> str:
    """When a look was taken; of several, from when to when, and how many they are."""
    first, last = (localtime(moment, zone) for moment in (min(each.at for each in looks), max(each.at for each in looks)))
    said = {"moment": date_format(first, "SHORT_DATETIME_FORMAT"), "until": time_format(last), "count": len(looks)}
    if len(looks) == 1:
        return said["moment"]
    if time_format(first) == said["until"]:
        return _("%(moment)s, %(count)d times") % said
    return _("%(moment)s to %(until)s, %(count)d times") % said


def looked_as(entry) -> str:
    """In which relation, and with which reason or in which list, a look was taken."""
    relation = str(LOOKED_AS.get(entry.relation, "–"))
    if entry.act == LedgerAct.LOOKED_WITH_REASON and entry.codes and entry.codes[0] in LookReason.values:
        return _("%(relation)s: %(reason)s") % {"relation": relation, "reason": LookReason(entry.codes[0]).label}
    return _("%(relation)s, in a list") % {"relation": relation} if ledger.IN_A_LIST in entry.codes else relation


class LookList(tables.Table):
    """Who looked at a situation, newest first."""

    caption = gettext_lazy("Looks, newest first")
    at = tables.Column(verbose_name=gettext_lazy("When"), attrs={"td": {"class": "num"}})
    who = tables.Column(verbose_name=gettext_lazy("Who"), orderable=False)
    agency = tables.Column(verbose_name=gettext_lazy("Agency"), orderable=False, default="")
    relation = tables.Column(verbose_name=gettext_lazy("In which relation"), orderable=False)

    class Meta:
        empty_text = gettext_lazy("Nobody has looked yet.")

    def __init__(self, entries, *, zone, may_know_who_acts: bool, **options):
        super().__init__(data=NamedLooks(entries, zone=zone, may_know_who_acts=may_know_who_acts), **options)

    def render_at(self, record):
        return record.when
