from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from responses.clock import Clock, ClockState, by_day, due_at

TORONTO = ZoneInfo("America/Toronto")
ACCEPTED_AT = datetime(2026, 11, 24, 14, 10, tzinfo=TORONTO)  # a Tuesday

SPRING_FORWARD = pytest.param(datetime(2027, 3, 13, 9, 30, tzinfo=TORONTO), datetime(2027, 3, 15, 10, 30, tzinfo=TORONTO), id="March 2027")
FALL_BACK = pytest.param(datetime(2026, 10, 31, 9, 30, tzinfo=TORONTO), datetime(2026, 11, 2, 8, 30, tzinfo=TORONTO), id="November 2026")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en-ca"):
        yield


def after(**time):
    """The clock so long after acceptance, nobody having reached the door."""
    return Clock(accepted_at=ACCEPTED_AT, now=ACCEPTED_AT + timedelta(**time))


def contact_after(**time):
    """The clock a week later, contact having been made so long after acceptance."""
    return Clock(accepted_at=ACCEPTED_AT, now=ACCEPTED_AT + timedelta(days=7), contacted_at=ACCEPTED_AT + timedelta(**time))


def test_contact_is_due_24_and_48_hours_after_acceptance():
    clock = after(hours=1)

    assert clock.due_in_24_at == datetime(2026, 11, 25, 19, 10, tzinfo=UTC)
    assert clock.due_in_48_at == datetime(2026, 11, 26, 19, 10, tzinfo=UTC)


def test_due_moments_are_in_utc():
    assert due_at(ACCEPTED_AT).tzinfo is UTC


@pytest.mark.parametrize(("accepted_at", "due"), [SPRING_FORWARD, FALL_BACK])
def test_over_a_weekend_when_the_clocks_change_contact_is_due_after_48_true_hours(accepted_at, due):
    assert due_at(accepted_at).astimezone(TORONTO).isoformat() == due.isoformat()


@pytest.mark.parametrize(
    ("accepted_at", "now", "hours"),
    [
        (datetime(2027, 3, 13, 9, 30, tzinfo=TORONTO), datetime(2027, 3, 15, 9, 30, tzinfo=TORONTO), 47.0),
        (datetime(2026, 10, 31, 9, 30, tzinfo=TORONTO), datetime(2026, 11, 2, 9, 30, tzinfo=TORONTO), 49.0),
    ],
    ids=["March 2027", "November 2026"],
)
def test_two_days_on_the_wall_are_47_or_49_hours_when_the_clocks_change(accepted_at, now, hours):
    clock = Clock(accepted_at=accepted_at, now=now)

    assert (clock.hours_elapsed, clock.hours_left) == (hours, 48 - hours)


@pytest.mark.parametrize(("accepted_at", "due"), [SPRING_FORWARD, FALL_BACK])
def test_contact_at_the_48th_true_hour_of_such_a_weekend_is_in_time(accepted_at, due):
    in_time = Clock(accepted_at=accepted_at, now=due, contacted_at=due)
    too_late = Clock(accepted_at=accepted_at, now=due, contacted_at=due.astimezone(UTC) + timedelta(seconds=1))

    assert (in_time.state, too_late.state) == (ClockState.STOPPED_WITHIN_48, ClockState.STOPPED_LATE)


def test_the_hour_that_occurs_twice_is_told_apart():
    first = datetime(2026, 11, 1, 1, 30, tzinfo=TORONTO)

    assert Clock(accepted_at=first, now=first.replace(fold=1)).hours_elapsed == 1.0


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (after(hours=0), ClockState.RUNNING),
        (after(hours=40), ClockState.RUNNING),
        (after(hours=40, seconds=1), ClockState.SOON),
        (after(hours=48), ClockState.SOON),
        (after(hours=48, seconds=1), ClockState.LATE),
        (contact_after(hours=0), ClockState.STOPPED_WITHIN_24),
        (contact_after(hours=24), ClockState.STOPPED_WITHIN_24),
        (contact_after(hours=24, seconds=1), ClockState.STOPPED_WITHIN_48),
        (contact_after(hours=48), ClockState.STOPPED_WITHIN_48),
        (contact_after(hours=48, seconds=1), ClockState.STOPPED_LATE),
    ],
)
def test_how_the_clock_stands(clock, state):
    assert clock.state == state


@pytest.mark.parametrize(
    ("clock", "is_running"),
    [(after(hours=1), True), (after(hours=50), True), (contact_after(hours=1), False), (contact_after(hours=50), False)],
)
def test_only_a_contact_stops_the_clock(clock, is_running):
    assert clock.is_running is is_running


@pytest.mark.parametrize(
    ("clock", "fraction"),
    [(after(hours=0), 1.0), (after(hours=12), 0.75), (after(hours=48), 0.0), (after(hours=60), 0.0), (contact_after(hours=36), 0.25)],
)
def test_the_pie_empties_with_the_hours(clock, fraction):
    assert clock.fraction_left == fraction


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (after(hours=0), "first contact: 48 h left"),
        (after(minutes=2), "first contact: 47 h 58 min left"),
        (after(minutes=1, seconds=30), "first contact: 47 h 58 min left"),
        (after(hours=47), "first contact: 1 h left"),
        (after(hours=47, minutes=1), "first contact: 59 min left"),
        (after(hours=48), "first contact: 0 min left"),
        (after(hours=48, seconds=1), "first contact late by 1 min"),
        (after(hours=48, minutes=59), "first contact late by 59 min"),
        (after(hours=49), "first contact late by 1 h"),
        (after(hours=74, minutes=5), "first contact late by 26 h 5 min"),
        (after(hours=95, minutes=59), "first contact late by 47 h 59 min"),
        (after(hours=96), "first contact late by 2 days"),
        (after(hours=48 + 772, minutes=54), "first contact late by 32 days"),
        (contact_after(minutes=59), "contact made within the hour"),
        (contact_after(hours=1), "contact made after 1 h"),
        (contact_after(hours=21), "contact made after 21 h"),
        (contact_after(hours=24, minutes=1), "contact made after 25 h"),
        (contact_after(hours=60), "contact made after 60 h"),
    ],
)
def test_the_clock_in_words(clock, words):
    assert clock.words == words


def test_the_day_by_which_contact_is_due_is_the_tables_own():
    accepted_at = datetime(2026, 11, 25, 21, 0, tzinfo=TORONTO)  # in UTC it is already the 26th

    assert Clock(accepted_at=accepted_at, now=accepted_at).due_words(TORONTO) == "by Friday, November 27"


def test_a_day_is_written_in_the_readers_language():
    with translation.override("fr-ca"):
        french = by_day(datetime(2026, 11, 27, 15, 0, tzinfo=UTC), TORONTO)

    assert ("vendredi" in french, "27\xa0novembre" in french) == (True, True)


def test_a_contact_dated_before_acceptance_took_no_time():
    clock = contact_after(hours=-3)

    assert (clock.elapsed, clock.state) == (timedelta(0), ClockState.STOPPED_WITHIN_24)


@pytest.mark.parametrize("field", ["accepted_at", "now", "contacted_at"])
def test_a_moment_without_a_zone_is_refused(field):
    moments = {"accepted_at": ACCEPTED_AT, "now": ACCEPTED_AT, "contacted_at": None} | {field: ACCEPTED_AT.replace(tzinfo=None)}

    with pytest.raises(ValueError) as refusal:
        _ = Clock(**moments).state

    assert str(refusal.value) == "A moment needs its time zone."
