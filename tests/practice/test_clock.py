"""The practice clock: anyone who is signed in moves it, for all, and it is on the record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, PracticeClock
from meetings.enums import State
from tests import cast

HOUR = 3600
CLOCK = "/practice-clock/"


def seconds():
    return PracticeClock.objects.get().seconds


@pytest.mark.parametrize(("leap", "moved"), [("hour", HOUR), ("day", 24 * HOUR), ("two_days", 48 * HOUR), ("month", 30 * 24 * HOUR)])
def test_a_member_moves_the_clock_on(client_of, originator, leap, moved):
    response = client_of(originator).post(CLOCK, {"leap": leap})

    assert (response.status_code, response.url, seconds()) == (302, reverse("practice_clock"), moved)
    assert LedgerEntry.objects.filter(act=LedgerAct.CLOCK_MOVED, by_id=originator.pk, codes=[leap]).count() == 1


def test_the_clock_leaps_to_five_minutes_before_the_next_meeting(client_of, originator, table):
    cast.a_planned_meeting(table, starts_in=timedelta(days=3))

    client_of(originator).post(CLOCK, {"leap": "next_meeting"})

    assert seconds() == pytest.approx(timedelta(days=3, minutes=-5).total_seconds(), abs=5)


def test_a_meeting_that_is_about_to_begin_is_not_passed_over(client_of, originator, table):
    cast.a_planned_meeting(table, starts_in=timedelta(days=3))
    cast.a_planned_meeting(table, starts_in=timedelta(days=5))
    browser = client_of(originator)

    reached = []
    for _each in range(3):
        browser.post(CLOCK, {"leap": "next_meeting"})
        reached.append(timedelta(seconds=round(seconds() / 60) * 60))

    assert reached == [timedelta(days=3, minutes=-5), timedelta(days=3), timedelta(days=5, minutes=-5)]


@pytest.mark.parametrize(("minutes", "said"), [(4, "the clock stops when it begins"), (60, "the clock stops five minutes earlier")])
def test_the_page_says_where_the_clock_stops(client_of, originator, table, minutes, said):
    cast.a_planned_meeting(table, starts_in=timedelta(minutes=minutes))

    page = client_of(originator).get(CLOCK).content.decode()

    assert [words in page for words in ("the clock stops when it begins", "the clock stops five minutes earlier")].count(True) == 1
    assert said in page


def test_without_a_later_meeting_the_leap_is_refused_in_a_sentence(client_of, originator):
    response = client_of(originator).post(CLOCK, {"leap": "next_meeting"})

    assert (response.status_code, seconds()) == (409, 0)
    assert "No later meeting is planned." in response.content.decode()


def test_the_clock_goes_back_to_the_real_time(client_of, originator):
    PracticeClock.objects.update(seconds=48 * HOUR)

    client_of(originator).post(CLOCK, {"leap": "real_time"})

    assert seconds() == 0


def test_the_moved_clock_counts_on_the_next_page(client_of, chair, table):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(hours=2))
    client_of(chair).post(CLOCK, {"leap": "hour"})

    client_of(chair).post(reverse("meetings:open", args=[meeting.pk]))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_at > clock.now() + timedelta(minutes=59)) == (State.OPEN, True)


def test_what_is_no_leap_moves_nothing(client_of, originator):
    response = client_of(originator).post(CLOCK, {"leap": "a_century"})

    assert (response.status_code, seconds()) == (200, 0)


def test_who_is_not_signed_in_cannot_move_it(client, db):
    response = client.post(CLOCK, {"leap": "hour"})

    assert (response.status_code, response.url.split("?")[0], seconds()) == (302, reverse("account_login"), 0)


@pytest.mark.parametrize("part", ["originator", "chair", "steering", "privacy_officer", "administrator", "observer"])
def test_whoever_is_signed_in_finds_the_way_to_it_in_the_banner(client_of, part, request):
    page = client_of(request.getfixturevalue(part)).get(CLOCK)

    assert page.status_code == 200
    assert f'<a href="{CLOCK}">Move the clock</a>' in page.content.decode()


def test_the_page_renders_in_french(client_of, originator):
    assert client_of(originator, language="fr-ca").get(CLOCK).status_code == 200


@pytest.mark.parametrize("planned", [1, 3])
def test_the_page_asks_the_database_as_much_for_three_meetings_as_for_one(client_of, originator, table, planned, django_assert_num_queries):
    for days in range(planned):
        cast.a_planned_meeting(table, starts_in=timedelta(days=days + 1))
    browser = client_of(originator)

    with django_assert_num_queries(11):
        browser.get(CLOCK)
