"""The town has its places before the season is played, so that whoever signs in meanwhile is at the table."""

from datetime import date, timedelta

import pytest

from agencies import clock
from agencies.models import Agency, Member, Seat, SituationTable
from practice.players import founding
from practice.signins import BARRED
from practice.town import AGENCIES, SIGN_INS, TABLES
from tests.practice.conftest import NOW

A_YEAR_AGO = date(2025, 3, 19)


@pytest.fixture
def founded(db):
    """The town, two weeks before a season of a year; nothing is played."""
    tables = founding.found(TABLES, first_day=A_YEAR_AGO, until=NOW, password="practice-canoe-kettle-12")
    founding.sign(first_day=A_YEAR_AGO, until=NOW, one_lapses_at=NOW - timedelta(minutes=20))
    return tables


def barred_at(moment, emails):
    with clock.moved_to(moment):
        return {email for email in emails if Member.objects.get(email=email).standing.is_barred}


def test_32_agencies_sit_at_the_main_table_and_nine_at_its_sister(founded):
    seated = [Seat.objects.filter(table=founded[place.slug]).count() for place in TABLES]

    assert (Agency.objects.filter(name__in=[agency.name for agency in AGENCIES]).count(), seated) == (32, [32, 9])


def test_every_sign_in_counts_today_although_nothing_is_played(founded):
    assert barred_at(NOW, SIGN_INS.values()) == set()


def test_every_sign_in_counted_through_the_whole_season(founded):
    months = [NOW - timedelta(days=days) for days in range(0, 364, 30)]

    assert [barred_at(moment, SIGN_INS.values()) for moment in months] == [set()] * len(months)


def test_of_one_agency_the_agreement_runs_out_just_now(founded):
    lapsing, unseated = BARRED["not_renewed"].email, BARRED["without_a_seat"].email

    assert barred_at(NOW - timedelta(hours=1), [lapsing, unseated]) == {unseated}
    assert barred_at(NOW, [lapsing, unseated]) == {lapsing, unseated}


def test_a_newcomer_comes_to_the_main_table_first(founded):
    with clock.moved_to(NOW):
        chair = Member.objects.get(email=SIGN_INS["chair"])

        assert chair.standing.tables == list(
            SituationTable.objects.filter(pk__in=[table.pk for table in founded.values()]).order_by("name_en")
        )
        assert chair.standing.tables[0] == founded["main"]
