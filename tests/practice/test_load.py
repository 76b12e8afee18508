"""Copies of a played season: as true as the season, only more of them and longer ago."""

import pytest
from django.db.models import Count, F, Q

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from meetings.enums import ItemKind
from meetings.models import AgendaItem, Position
from practice import load
from responses.enums import Part, Standing
from responses.models import FollowUp, Response
from situations.enums import FORGOTTEN_STAGES, Stage
from situations.lifecycle import forgotten
from situations.models import Disclosure, NumberCounter, SealedText, Situation
from tests.practice.test_players import main, of_town, sister

WEEKS = 2
WANTED = 150


@pytest.fixture(scope="module")
def filled(played):
    """The season and its copies, made as the web's role makes them; how many were made, and which were played."""
    originals = set(Situation.objects.values_list("pk", flat=True))
    return {"made": load.fill(WANTED, using="default"), "originals": originals}


@pytest.fixture
def copies(filled, db):
    """The copied situations."""
    return Situation.objects.exclude(pk__in=filled["originals"])


def test_the_database_holds_exactly_as_many_as_were_wanted(copies, filled):
    assert (Situation.objects.count(), copies.count()) == (WANTED, filled["made"])


def test_copies_have_ended_and_say_what_the_originals_said(copies, filled):
    facts = ["discussion_type", "age_group", "risk_factors", "decision", "conclusion_reason", "factors_lowered", "originating_agency"]
    played = {str(row) for row in Situation.objects.filter(pk__in=filled["originals"]).values_list(*facts)}

    assert {row.is_open for row in copies} == {False}
    assert {str(row) for row in copies.values_list(*facts)} - played == set()


def test_numbers_still_count_up_in_each_year_without_a_gap(copies):
    for table in (main(), sister()):
        for year in set(of_town().filter(table=table).exclude(year=None).values_list("year", flat=True)):
            numbers = list(of_town().filter(table=table, year=year).values_list("sequence", flat=True).order_by("sequence"))

            assert numbers == list(range(1, len(numbers) + 1))
            assert NumberCounter.objects.get(table=table, year=year).last == len(numbers)


def test_every_copied_response_has_its_one_lead_and_its_contacts(copies):
    responses = Response.objects.filter(situation__in=copies)
    leading = Count("engagements", filter=Q(engagements__part=Part.LEAD, engagements__standing=Standing.ENGAGED), distinct=True)

    assert set(responses.annotate(leading=leading).values_list("leading", flat=True)) == {1}
    assert responses.filter(contacts__at__lt=F("accepted_at")).count() == 0


def test_copies_were_heard_at_copies_of_meetings_in_the_same_hour(copies):
    items = AgendaItem.objects.filter(situation__in=copies)

    assert items.filter(Q(opened_at__lt=F("meeting__opened_at")) | Q(closed_at__gt=F("meeting__closed_at"))).count() == 0
    assert items.filter(meeting__rhythm_at__isnull=False).count() == 0
    assert items.exists()


def test_copied_positions_add_up_to_the_copied_tally(copies):
    for accepted in copies.filter(decision="accepted"):
        item = AgendaItem.objects.filter(situation=accepted, kind=ItemKind.NEW).latest("opened_at")

        assert Position.objects.filter(item=item, position="position:MET").count() == accepted.tally_met


def test_copied_rights_have_ended_but_for_those_of_who_brought_it(copies):
    endless = Disclosure.objects.filter(situation__in=copies, ends_at=None)

    assert set(endless.values_list("relation", flat=True)) == {"OR"}


def test_copies_hold_no_word_and_no_question_that_nobody_answered(copies):
    assert SealedText.objects.filter(situation__in=copies).count() == 0
    assert FollowUp.objects.filter(response__situation__in=copies, answered_at=None).count() == 0


def test_a_copy_that_was_not_accepted_holds_nothing_of_the_person(copies):
    lost = forgotten()
    rows = copies.filter(stage__in=FORGOTTEN_STAGES)

    assert [{field: getattr(row, field) for field in lost} for row in rows] == [lost] * len(rows)
    assert rows.exists()


def test_the_record_of_a_copy_tells_its_way(copies):
    concluded = copies.filter(stage=Stage.PURGED).first()
    acts = list(LedgerEntry.objects.filter(situation_id=concluded.pk).order_by("at").values_list("act", flat=True))

    assert (acts[0], acts.count(LedgerAct.CONCLUDED), acts.count(LedgerAct.PURGED)) == (LedgerAct.GRANTED, 1, 0)
