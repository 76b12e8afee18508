"""Looks at many situations: at what an agency brought, by an agency's people, of the whole table; and which of them are unusual.

Who reads which: the matrix, ``looks_in_the_ledger``. An agency reads the looks at what it brought, its lead those that its own
people took for it, the privacy officer every look at what is before the table, by a reference that says nothing.
"""

from datetime import time, timedelta

from django.db.models import BooleanField, Case, CharField, Count, Exists, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, ExtractIsoWeekDay, TruncTime

from agencies.actor import for_the_table
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from agencies.record import LOOKS, READING, SIGN_INS
from situations.disclosure import where_readable
from situations.enums import Relation, Unusual
from situations.models import Recusal, Situation

FOR_AN_AGENCY = (Relation.ORIGINATOR, Relation.IN_THE_ROOM, Relation.ENGAGED)
OPENS, CLOSES = time(7), time(19)  # by the table's wall clock, from Monday to Friday
LAST_WORKING_DAY = 5
MANY = 3  # names revealed within a day; a table accepts one or two situations a week
A_DAY = timedelta(hours=24)
AROUND = timedelta(hours=12)
NO_ACT = (*LOOKS, *READING, *SIGN_INS)


def at_what_was_brought(member, table):
    """The looks at every situation that the member's agency brought to this table."""
    brought = Situation.objects.visible_to(member).filter(table=table).brought_by(member.agency)
    return _looks().filter(situation_id__in=brought.values("pk"))


def by_ones_people(member, table):
    """The looks that people of the member's agency took for it; without situations from which the member stepped out."""
    out = Recusal.objects.filter(member=member, ended_at=None)
    own = _looks().filter(table_id=table.pk, agency_id=member.agency_id, relation__in=FOR_AN_AGENCY)
    return own.exclude(situation_id__in=out.values("situation"))


@for_the_table("looks")
def of_the_table(member, table):
    """Every look at what is before the table, for its privacy officer: not at drafts, nor where the officer stepped out."""
    before_the_table = list(Situation.objects.lookable_by(member).filter(table=table).values_list("pk", flat=True))
    return _looks().filter(table_id=table.pk, situation_id__in=before_the_table)


def _looks():
    return LedgerEntry.objects.filter(act__in=LOOKS, by_id__isnull=False, situation_id__isnull=False)


def at_one(looks, reference: str):
    """Those at the situation whose key begins so: as the record shows it to the privacy officer."""
    return looks.annotate(key=Cast("situation_id", CharField())).filter(key__startswith=reference)


def with_lists(looks, table):
    """The same, and what was opened that is of no one situation: lists and minutes."""
    return looks | LedgerEntry.objects.filter(
        table_id=table.pk, situation_id=None, act__in=[LedgerAct.LOOKED, LedgerAct.MINUTES_READ], by_id__isnull=False
    )


def named_to(member) -> Q:
    """Those looks whose taker this reader may be told: not who responds, where the reader may not know who does."""
    knows = Situation.objects.visible_to(member).filter(where_readable("lead_and_assisting", to=member))
    return ~Q(relation=Relation.ENGAGED) | Q(situation_id__in=knows.values("pk"))


def marked(looks, *, zone):
    """Each look with ``unusual``: which of the rules of ``Unusual`` it meets. Few, each named on the page; none is an accusation."""
    rules = {
        Unusual.AFTER_HOURS: ~Q(iso_day__lte=LAST_WORKING_DAY, wall_time__gte=OPENS, wall_time__lt=CLOSES),
        Unusual.MANY_REVEALS: Q(act=LedgerAct.REVEALED, reveals__gt=MANY),
        Unusual.ONLY_LOOKED: ~Q(relation=Relation.PRIVACY_OFFICER) & ~Q(Exists(_acts_around())),
        Unusual.NOT_ENGAGED: Q(agency_id__isnull=False)
        & ~Q(relation__in=[*FOR_AN_AGENCY, Relation.PRIVACY_OFFICER])
        & ~Q(Exists(_let_in())),
    }
    looks = looks.annotate(iso_day=ExtractIsoWeekDay("at", tzinfo=zone), wall_time=TruncTime("at", tzinfo=zone), reveals=_reveals())
    return looks.annotate(
        **{str(rule): Case(When(met, then=True), default=False, output_field=BooleanField()) for rule, met in rules.items()}
    )


def _acts_around():
    """What the same member did besides looking, up to twelve hours before or after."""
    acts = LedgerEntry.objects.filter(by_id=OuterRef("by_id"), at__gt=OuterRef("at") - AROUND, at__lt=OuterRef("at") + AROUND)
    return acts.exclude(act__in=NO_ACT)


def _let_in():
    """That the agency for which the look was taken had brought the situation before, or was to act in it."""
    return LedgerEntry.objects.filter(
        situation_id=OuterRef("situation_id"),
        act=LedgerAct.GRANTED,
        audience_id=OuterRef("agency_id"),
        relation__in=[Relation.ORIGINATOR, Relation.ENGAGED],
        at__lte=OuterRef("at"),
    )


def _reveals():
    """How many names the same member revealed in the 24 hours up to a reveal."""
    own = LedgerEntry.objects.filter(by_id=OuterRef("by_id"), act=LedgerAct.REVEALED, at__gt=OuterRef("at") - A_DAY, at__lte=OuterRef("at"))
    how_many = Subquery(own.order_by().values("by_id").annotate(how_many=Count("pk")).values("how_many"))
    return Case(When(act=LedgerAct.REVEALED, then=how_many), default=0, output_field=IntegerField())
