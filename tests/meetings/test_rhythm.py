from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetings.rhythm import HOLIDAYS, Holiday, HolidayOption, Rest, Rhythm, Sitting, ontario_holidays

TORONTO = ZoneInfo("America/Toronto")


def rhythm(**changes):
    """Tuesdays and Thursdays at nine for two hours, in Sudbury."""
    return Rhythm(**{"weekdays": [1, 3], "starts_at": time(9, 0), "length_minutes": 120, "zone": TORONTO} | changes)


def utc(*moment):
    return datetime(*moment, tzinfo=UTC)


def days(sittings, zone=TORONTO):
    return [sitting.starts_at.astimezone(zone).date() for sitting in sittings]


def test_the_table_sits_on_its_weekdays():
    sittings = rhythm().sittings(date(2026, 11, 9), date(2026, 11, 20))

    assert sittings == [
        Sitting(utc(2026, 11, 10, 14), utc(2026, 11, 10, 16)),
        Sitting(utc(2026, 11, 12, 14), utc(2026, 11, 12, 16)),
        Sitting(utc(2026, 11, 17, 14), utc(2026, 11, 17, 16)),
        Sitting(utc(2026, 11, 19, 14), utc(2026, 11, 19, 16)),
    ]


def test_the_first_and_the_last_day_asked_for_are_included():
    assert days(rhythm().sittings(date(2026, 11, 10), date(2026, 11, 12))) == [date(2026, 11, 10), date(2026, 11, 12)]


def test_moments_are_in_utc():
    [sitting] = rhythm().sittings(date(2026, 11, 10), date(2026, 11, 10))

    assert (sitting.starts_at.tzinfo, sitting.ends_at.tzinfo) == (UTC, UTC)


def test_between_days_in_the_wrong_order_the_table_does_not_sit():
    assert rhythm().sittings(date(2026, 11, 12), date(2026, 11, 10)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(utc(2026, 10, 29, 13), utc(2026, 11, 3, 14), id="clocks go back on November 1, 2026"),
        pytest.param(utc(2027, 3, 11, 14), utc(2027, 3, 16, 13), id="clocks go forward on March 14, 2027"),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(before, after):
    sittings = rhythm().sittings(before.date(), after.date())

    assert [sitting.starts_at for sitting in sittings] == [before, after]


def test_a_start_that_the_clocks_skip_is_as_long_after_midnight_as_ever():
    [sitting] = rhythm(weekdays=[6], starts_at=time(2, 30)).sittings(date(2027, 3, 14), date(2027, 3, 14))

    assert sitting.starts_at.astimezone(TORONTO).time() == time(3, 30)
    assert sitting == (utc(2027, 3, 14, 7, 30), utc(2027, 3, 14, 9, 30))


@pytest.mark.parametrize("fold", [0, 1])
def test_a_start_that_occurs_twice_is_the_first_of_the_two(fold):
    [sitting] = rhythm(weekdays=[6], starts_at=time(1, 30, fold=fold)).sittings(date(2026, 11, 1), date(2026, 11, 1))

    assert sitting.starts_at == utc(2026, 11, 1, 5, 30)


def test_a_meeting_over_the_change_of_the_clocks_is_no_longer_than_others():
    [sitting] = rhythm(weekdays=[6], starts_at=time(0, 30), length_minutes=90).sittings(date(2026, 11, 1), date(2026, 11, 1))

    assert sitting.ends_at - sitting.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/Toronto", 14, 13),
        ("America/Winnipeg", 15, 14),
        pytest.param("America/Atikokan", 14, 14, id="Atikokan keeps one time all year"),
    ],
)
def test_each_table_has_its_own_wall_clock(zone, winter, summer):
    its_own = rhythm(weekdays=[1], zone=ZoneInfo(zone))

    sittings = its_own.sittings(date(2027, 1, 5), date(2027, 1, 5)) + its_own.sittings(date(2027, 7, 6), date(2027, 7, 6))

    assert [sitting.starts_at for sitting in sittings] == [utc(2027, 1, 5, winter), utc(2027, 7, 6, summer)]


def test_for_five_years_the_table_sits_at_nine_on_tuesdays_and_thursdays():
    sittings = rhythm(options=[]).sittings(date(2026, 1, 1), date(2030, 12, 31))

    local = [sitting.starts_at.astimezone(TORONTO) for sitting in sittings]
    assert {start.time() for start in local} == {time(9, 0)}
    assert {start.weekday() for start in local} == {1, 3}
    assert {sitting.ends_at - sitting.starts_at for sitting in sittings} == {timedelta(hours=2)}
    # 522 Tuesdays and Thursdays, less New Year's Day 2026 and 2030, Canada Day 2027 and Christmas 2029.
    assert len(sittings) == 522 - 4


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(date(2026, 1, 1), id="New Year's Day"),
        pytest.param(date(2026, 2, 16), id="Family Day"),
        pytest.param(date(2026, 4, 3), id="Good Friday"),
        pytest.param(date(2026, 5, 18), id="Victoria Day"),
        pytest.param(date(2026, 7, 1), id="Canada Day"),
        pytest.param(date(2026, 9, 7), id="Labour Day"),
        pytest.param(date(2026, 10, 12), id="Thanksgiving"),
        pytest.param(date(2026, 12, 25), id="Christmas"),
        pytest.param(date(2028, 7, 3), id="Canada Day in lieu of a Saturday"),
    ],
)
def test_the_table_rests_on_statutory_holidays(on):
    assert rhythm(weekdays=range(7), options=[]).sittings(on, on) == []


@pytest.mark.parametrize(
    ("option", "on"),
    [
        (HolidayOption.TRUTH_AND_RECONCILIATION, date(2026, 9, 30)),
        (HolidayOption.EASTER_MONDAY, date(2026, 4, 6)),
        (HolidayOption.BOXING_DAY, date(2026, 12, 28)),
        (HolidayOption.CIVIC_HOLIDAY, date(2026, 8, 3)),
        (HolidayOption.REMEMBRANCE_DAY, date(2026, 11, 11)),
    ],
)
def test_the_table_chooses_on_which_other_days_it_rests(option, on):
    assert days(rhythm(weekdays=range(7), options=[]).sittings(on, on)) == [on]
    assert rhythm(weekdays=range(7), options=[option]).sittings(on, on) == []


def test_unless_told_otherwise_the_table_rests_for_truth_and_reconciliation_and_boxing_day():
    rests = rhythm(weekdays=range(5)).rests(date(2026, 9, 30), date(2026, 12, 31))

    assert [rest.holiday.name_en for rest in rests] == [
        "National Day for Truth and Reconciliation",
        "Thanksgiving Day",
        "Christmas Day",
        "Boxing Day (observed)",
    ]


def test_the_table_does_not_sit_on_a_day_it_took_out():
    assert days(rhythm(skipped=[date(2026, 11, 12)]).sittings(date(2026, 11, 9), date(2026, 11, 13))) == [date(2026, 11, 10)]


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(date(2026, 11, 13), id="a Friday"),
        pytest.param(date(2026, 7, 1), id="a holiday"),
        pytest.param(date(2026, 11, 12), id="a Thursday, where it sits once"),
    ],
)
def test_the_table_sits_on_a_day_it_added(on):
    assert days(rhythm(extra=[on]).sittings(on, on)) == [on]


def test_a_day_both_added_and_taken_out_is_out():
    on = date(2026, 11, 12)

    assert rhythm(extra=[on], skipped=[on]).sittings(on, on) == []


def test_the_calendar_says_why_the_table_rests():
    canada_day = Holiday(date(2027, 7, 1), "Canada Day", "Fête du Canada", None)

    rests = rhythm(skipped=[date(2027, 7, 6), date(2027, 7, 7)]).rests(date(2027, 6, 28), date(2027, 7, 9))

    assert rests == [Rest(date(2027, 7, 1), canada_day), Rest(date(2027, 7, 6), None)]


def test_a_holiday_on_which_the_table_sits_after_all_is_no_rest():
    assert rhythm(extra=[date(2027, 7, 1)]).rests(date(2027, 7, 1), date(2027, 7, 1)) == []


def test_the_calendar_names_a_holiday_in_both_languages():
    [holiday] = rhythm().holidays(date(2026, 9, 30), date(2026, 10, 1))

    assert holiday.name_in("en-ca") == "National Day for Truth and Reconciliation"
    assert holiday.name_in("fr-ca") == "Journée nationale de la vérité et de la réconciliation"
    assert holiday.name_in(None) == holiday.name_en


def test_a_day_in_lieu_is_named_so_in_both_languages():
    [holiday] = rhythm().holidays(date(2026, 12, 28), date(2026, 12, 28))

    assert (holiday.name_en, holiday.name_fr) == ("Boxing Day (observed)", "Lendemain de Noël (reporté)")


def test_holidays_over_new_year_come_in_order():
    names = [holiday.name_en for holiday in rhythm().holidays(date(2026, 12, 24), date(2027, 1, 2))]

    assert names == ["Christmas Day", "Boxing Day", "Boxing Day (observed)", "New Year’s Day"]


def test_every_holiday_that_the_library_knows_has_a_french_name():
    from holidays import country_holidays

    calendar = country_holidays(
        "CA", subdiv="ON", years=range(2026, 2037), language="en_CA", categories=("public", "government", "optional")
    )

    names = {name.removesuffix(" (observed)") for on in calendar for name in calendar.get_list(on)}
    assert names == set(HOLIDAYS)


def test_ontario_has_these_holidays_in_2026():
    assert [(holiday.on, holiday.name_fr) for holiday in ontario_holidays(2026)] == [
        (date(2026, 1, 1), "Jour de l’An"),
        (date(2026, 2, 16), "Jour de la Famille"),
        (date(2026, 4, 3), "Vendredi saint"),
        (date(2026, 4, 6), "Lundi de Pâques"),
        (date(2026, 5, 18), "Fête de la Reine"),
        (date(2026, 7, 1), "Fête du Canada"),
        (date(2026, 8, 3), "Congé civique"),
        (date(2026, 9, 7), "Fête du Travail"),
        (date(2026, 9, 30), "Journée nationale de la vérité et de la réconciliation"),
        (date(2026, 10, 12), "Action de grâces"),
        (date(2026, 11, 11), "Jour du Souvenir"),
        (date(2026, 12, 25), "Noël"),
        (date(2026, 12, 26), "Lendemain de Noël"),
        (date(2026, 12, 28), "Lendemain de Noël (reporté)"),
    ]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(utc(2026, 11, 10, 13, 59), utc(2026, 11, 10, 14), id="a minute before"),
        pytest.param(utc(2026, 11, 10, 14), utc(2026, 11, 12, 14), id="as it starts"),
        pytest.param(utc(2026, 11, 12, 15), utc(2026, 11, 17, 14), id="while it sits"),
        pytest.param(utc(2026, 12, 24, 15), utc(2026, 12, 29, 14), id="over the holidays"),
        pytest.param(utc(2026, 11, 13, 4, 30), utc(2026, 11, 17, 14), id="Thursday night, Friday in UTC"),
        pytest.param(datetime(2026, 10, 31, 9, tzinfo=TORONTO), utc(2026, 11, 3, 14), id="over the change of the clocks"),
    ],
)
def test_the_next_sitting_is_the_first_that_starts_later(moment, expected):
    assert rhythm().next_after(moment).starts_at == expected


def test_a_late_start_that_the_clocks_push_over_midnight_is_still_found():
    # Greenland's clocks skip the last hour of a Saturday.
    late = rhythm(weekdays=[5], starts_at=time(23, 30), zone=ZoneInfo("America/Nuuk"))

    assert late.next_after(utc(2024, 3, 31, 1, 10)).starts_at == utc(2024, 3, 31, 1, 30)


@pytest.mark.parametrize("weekdays", [[], [5]], ids=["no weekday", "each of its days taken out"])
def test_a_table_that_never_sits_has_no_next_sitting(weekdays):
    saturdays = [date(2026, 1, 3) + timedelta(weeks=n) for n in range(600)]

    assert rhythm(weekdays=weekdays, skipped=saturdays).next_after(utc(2026, 11, 10, 14)) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"weekdays": [7]}, "A weekday is a number from 0, Monday, to 6, Sunday."),
        ({"starts_at": time(9, tzinfo=TORONTO)}, "The start is a time on the wall, without a zone; the zone is its own field."),
        ({"length_minutes": 0}, "A meeting lasts at least a minute."),
        ({"options": ["pi_day"]}, "'pi_day' is not a valid HolidayOption"),
    ],
)
def test_a_rhythm_that_no_table_could_follow_is_refused(changes, sentence):
    with pytest.raises(ValueError) as refusal:
        rhythm(**changes)

    assert str(refusal.value) == sentence
