"""The bench's plain page is the bench's own, and its report says what was held and what was missed."""

import os
import subprocess
import sys

import pytest
from django.urls import Resolver404, resolve

from cms_table.bench import report
from cms_table.bench.bringing import Brought
from cms_table.bench.bringing import report as report_of
from cms_table.bench.readers import Measured, Served
from cms_table.bench.servers import FLOOR


def measured(name, *, cpu, most=2.0):
    page = Measured(name, "chair", most, kilobytes=20)
    for milliseconds in cpu:
        page.add(Served(cpu=milliseconds, database=1.0, times=[5.0, 6.0, 7.0]), floor=4.0)
    return page


def test_the_plain_page_of_the_bench_has_no_address_at_the_table():
    with pytest.raises(Resolver404):
        resolve("/floor/11111111-1111-4111-8111-111111111111/")


def test_a_page_costs_as_many_floors_as_in_the_middle_of_its_rounds():
    page = measured("First page", cpu=[4.0, 8.0, 20.0])

    assert page.ratio == 2.0


def test_the_report_says_what_was_held_and_what_was_missed():
    pages = [measured("First page", cpu=[4.0, 8.0, 8.0]), measured("Directory", cpu=[12.0, 13.0, 12.0])]

    lines = report.table(pages, measured("The floor", cpu=[4.0])).splitlines()

    assert lines[2] == "| First page | chair | 8.0 | 2.00 (1.00–2.00) | ≤ 2 ×: held | 6.0 | 7.0 | 1.0 | 20 |"
    assert lines[3] == "| Directory | chair | 12.0 | 3.00 (3.00–3.25) | ≤ 2 ×: **missed** | 6.0 | 7.0 | 1.0 | 20 |"


def test_the_report_compares_a_page_over_more_rows_with_itself():
    fewer, more = [measured("Directory", cpu=[8.0])], [measured("Directory", cpu=[10.0])]

    assert report.growth(fewer, more).splitlines()[2] == "| Directory | 1.25 | ≤ 1.2 : **missed** |"


def test_the_second_wall_is_held_by_what_it_adds_to_a_page_and_to_its_questions():
    page = Measured("Directory", "chair", 3.0)
    for behind, without in [(10.0, 9.0), (12.0, 9.0), (11.0, 9.0)]:
        page.compare(*(Served(cpu=milliseconds, database=1.0, times=[5.0]) for milliseconds in (behind, without)))

    assert report.wall([page]).splitlines()[2] == "| Directory | 1.20 (1.10–1.30) | ≤ 1.15 : **missed** |"


@pytest.mark.parametrize(("waited", "said"), [(4.2, "| 4.2 | 101 | ≤ 180 : held |"), (90.2, "| 90.2 | 187 | ≤ 180 : **missed** |")])
def test_bringing_takes_a_known_time_for_each_key_and_each_thought(waited, said):
    line = report_of(Brought(keys=200, pages=10, choices=30, waited=waited)).splitlines()[2]

    assert line == f"| 200 | 112 | 10 | 30 {said}"


def test_the_floor_opens_with_the_tables_models_and_without_its_doors():
    floor = {**os.environ, "DJANGO_SETTINGS_MODULE": FLOOR}

    opened = subprocess.run([sys.executable, "-c", "import django; django.setup()"], env=floor, capture_output=True, text=True, check=False)

    assert (opened.returncode, opened.stderr) == (0, "")
