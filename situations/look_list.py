"""The list of looks at many situations, and what narrows it: each line as much as its reader may be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import django_tables2 as tables
from django import forms
from django.db.models import Case, CharField, OuterRef, Subquery, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2.data import TableQuerysetData

from agencies.enums import LedgerAct
from agencies.folding import Folded
from agencies.forms.days import within_reach
from agencies.models import Agency, Member
from agencies.names import own_name
from agencies.record import LOOKS
from situations.disclosure import disclose_each
from situations.enums import Relation, Unusual
from situations.looks import named_to
from situations.models import Situation
from situations.tables import in_openings, looked_as, when_words


class Part(StrEnum):
    """The lists of looks: at what one's agency brought, by one's own people, of the whole table."""

    BROUGHT = "brought"
    PEOPLE = "people"
    TABLE = "table"


WITH_A_REASON = "with_a_reason"
ANY_MARK = "any"
# What each rule says, where it stands explained.
RULES = {
    Unusual.AFTER_HOURS: _("It was taken before 7:00, from 19:00 on, or on a weekend, by the table’s clock."),
    Unusual.MANY_REVEALS: _("The same person revealed more than three names within 24 hours."),
    Unusual.ONLY_LOOKED: _("The same person did nothing else at the table in the twelve hours before and after."),
    Unusual.NOT_ENGAGED: _("It was taken for the table, by someone whose agency had not brought the situation and did not act in it."),
}


class LookFilterForm(forms.Form):
    """Which looks are shown: whose, of which kind, from which day until which."""

    mark = forms.ChoiceField(
        label=_("What is unusual"),
        required=False,
        choices=[
            ("", pgettext_lazy("mark", "Everything")),
            (ANY_MARK, _("Anything unusual")),
            *Unusual.choices,
            (WITH_A_REASON, _("Looks with a reason")),
        ],
    )
    act = forms.ChoiceField(
        label=_("Act"), required=False, choices=[("", pgettext_lazy("act", "Any")), *((act.value, act.label) for act in LOOKS)]
    )
    person = forms.ChoiceField(label=_("By whom"), required=False)
    since = forms.DateField(label=_("From"), required=False, validators=[within_reach], widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, validators=[within_reach], widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, people, part: Part, **options):
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", _("Anyone")), *people]  # type: ignore[attr-defined]
        if part != Part.TABLE:
            del self.fields["mark"]


@dataclass
class LookLine:
    """One look in a list of many, or several of one person in a few minutes."""

    at: datetime  # by the table's clock, as the list is put in order
    who: str
    agency: str
    what: str
    relation: str
    situation: str
    address: str
    unusual: list[str]
    when: str


class LinesOfLooks(TableQuerysetData):
    """Entries of the ledger; the database sorts and cuts, and each becomes a line for this reader."""

    def __init__(self, looks, **told):
        super().__init__(looks)
        self._told = told

    def __getitem__(self, key):
        return lines(list(self.data[key]), **self._told)

    def __iter__(self):
        return iter(self[:])


@dataclass(frozen=True)
class Told:
    """What a reader may be told of the situations that looks were taken at."""

    references: dict
    addresses: dict
    says_who_acts: set

    def is_named(self, entry, part: Part) -> bool:
        """Whether the reader may be told who took the look: not who responds, where that may not be known."""
        return part != Part.BROUGHT or entry.relation != Relation.ENGAGED or entry.situation_id in self.says_who_acts

    def reference(self, entry, part: Part) -> str:
        """For who oversees, the beginning of a key, which leads to a look with a reason; otherwise the number, where it may be known."""
        return str(entry.situation_id)[:8] if part == Part.TABLE else self.references.get(entry.situation_id, "–")

    def address(self, entry, part: Part) -> str:
        if part == Part.TABLE:
            return reverse("situations:look", args=[entry.situation_id])
        return self.addresses.get(entry.situation_id, "")


def told_of(keys, *, to) -> Told:
    """Of those situations that the reader may know of now: their numbers, and whether the reader may know who acts. A few queries."""
    rows = Situation.objects.visible_to(to).filter(pk__in=keys).select_related("table", "originating_agency")
    known = disclose_each(rows, to=to, only=[])
    return Told(
        references={each.pk: each.reference or str(_("Without a number yet")) for each in known},
        addresses={each.pk: reverse("situation", args=[each.pk]) for each in known if each.reads("number_stage_dates")},
        says_who_acts={each.pk for each in known if each.reads("lead_and_assisting")},
    )


def lines(entries, *, to, zone, part: Part) -> list[LookLine]:
    """The looks in words, as ``to`` may be told of them in this part of the list."""
    told = told_of({each.situation_id for each in entries}, to=to)
    members = dict(Member.objects.filter(pk__in={each.by_id for each in entries}).values_list("pk", "full_name"))
    agencies = {agency.pk: own_name(agency) for agency in Agency.objects.filter(pk__in={each.agency_id for each in entries})}
    return [
        LookLine(
            at=localtime(each.at, zone),
            who=members.get(each.by_id, "–") if told.is_named(each, part) else "–",
            agency=agencies.get(each.agency_id, "") if told.is_named(each, part) else "–",
            what=LedgerAct(each.act).label,
            relation=looked_as(each),
            situation=told.reference(each, part),
            address=told.address(each, part),
            unusual=[str(rule.label) for rule in Unusual if any(getattr(look, rule, False) for look in looks)],
            when=when_words(looks, zone),
        )
        for each, looks in in_openings(entries, is_named=lambda each: told.is_named(each, part))
    ]


class LooksList(tables.Table):
    """Looks at many situations, newest first."""

    at = tables.Column(verbose_name=_("When"), attrs={"td": {"class": "num"}})
    who = tables.Column(verbose_name=_("Who"))
    agency = tables.Column(verbose_name=_("Agency"), orderable=False, default="")
    what = tables.Column(verbose_name=_("Act"), order_by="act")
    relation = tables.Column(verbose_name=_("In which relation"), orderable=False)
    situation = tables.Column(verbose_name=_("Situation"), orderable=False, attrs={"td": {"class": "num"}})
    unusual = tables.Column(verbose_name=_("Unusual"), orderable=False)

    class Meta:
        empty_text = _("Nobody has looked in this time.")

    def __init__(self, looks, *, to, zone, caption, part: Part, **options):
        self.caption = caption
        self._named = named_to(to) if part == Part.BROUGHT else None
        data = LinesOfLooks(looks.order_by("-at", "-written_at"), to=to, zone=zone, part=part)
        super().__init__(data=data, exclude=[] if part == Part.TABLE else ["unusual"], **options)

    def render_at(self, record):
        return record.when

    def render_situation(self, record):
        return format_html('<a href="{}">{}</a>', record.address, record.situation) if record.address else record.situation

    def render_unusual(self, value):
        return ", ".join(value)

    def order_who(self, looks, is_descending):
        # An order tells what stands in it: where the taker is withheld, the name does not count.
        name = Subquery(Member.objects.filter(pk=OuterRef("by_id")).values(folded=Folded("full_name"))[:1], output_field=CharField())
        told = Case(When(self._named, then=name), output_field=CharField()) if self._named is not None else name
        order = told.desc(nulls_last=True) if is_descending else told.asc(nulls_last=True)
        return looks.order_by(order, "-at", "-written_at"), True
