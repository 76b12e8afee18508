"""Days in words, as the reader's language writes them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from agencies.days import date_format
from tests.test_house import FLOORS

FIRST = datetime(2026, 12, 1, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "written"),
    [
        (1, "20\xa0janv. 2027"),
        (2, "20\xa0févr. 2027"),
        (3, "20\xa0mars 2027"),
        (6, "20\xa0juin 2027"),
        (7, "20\xa0juill. 2027"),
        (8, "20\xa0août 2027"),
        (9, "20\xa0sept. 2027"),
        (12, "20\xa0déc. 2027"),
    ],
)
def test_a_short_month_is_canadas_in_french(month, written):
    with translation.override("fr-ca"):
        assert date_format(date(2027, month, 20), "SHORT_DATE_FORMAT") == written


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("DATE_FORMAT", "1er\xa0décembre 2026"),
        ("DATETIME_FORMAT", "1er\xa0décembre 2026 à 3\xa0h\xa010"),
        ("WEEKDAY_DATE_FORMAT", "mardi 1er\xa0décembre 2026"),
        ("MONTH_DAY_FORMAT", "1er\xa0décembre"),
        ("SHORT_DATETIME_FORMAT", "1er\xa0déc. 2026, 3\xa0h\xa010"),
    ],
)
def test_the_first_of_a_month_is_the_1er_in_french(form, written):
    with translation.override("fr-ca"):
        assert date_format(FIRST, form) == written


@pytest.mark.parametrize(("language", "written"), [("en-ca", "December 1, 2026"), ("fr-ca", "1er\xa0décembre 2026")])
def test_a_page_says_a_day_as_the_house_does(language, written):
    page = engines["django"].from_string('{{ day|date:"DATE_FORMAT" }}')

    with translation.override(language):
        assert page.render({"day": FIRST.date()}) == written


def test_an_hour_and_nothing_are_left_to_the_filter_that_knows_them():
    page = engines["django"].from_string('{{ hour|date:"TIME_FORMAT" }}{{ none|date:"DATE_FORMAT" }}')

    with translation.override("fr-ca"):
        assert page.render({"hour": FIRST.time(), "none": None}) == "3\xa0h\xa010"


def test_every_day_is_written_in_the_one_place():
    house = Path(__file__).parent.parent
    rooms = [path for floor in FLOORS for path in (house / floor).rglob("*.py")]
    django_s = re.compile(r"formats import .*\bdate_format|formats\.date_format")

    assert [path.relative_to(house).as_posix() for path in rooms if django_s.search(path.read_text())] == ["agencies/days.py"]
