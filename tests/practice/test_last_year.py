"""The steering committee of a practice table has a finished year to read."""

from datetime import date

import pytest

from agencies import clock
from agencies.models import Outbox
from meetings.models import Meeting
from practice.players.last_year import release_last_year
from practice.town import MAIN_TABLE, SIGN_INS
from reports.enums import Status
from reports.models import Release, ReleaseCell
from situations.models import Situation
from tests.practice.conftest import NOW
from tests.practice.test_players import main

WEEKS = 4
FIRST_DAY = date(2026, 2, 18)


@pytest.fixture(scope="module")
def released(played):
    """The release of the year before, made of copies of four weeks."""
    return release_last_year(MAIN_TABLE, table=main(), first_day=FIRST_DAY, weeks=WEEKS, now=NOW)


def test_the_last_finished_year_is_released_by_two_people(released, db):
    release = Release.objects.get()

    assert (release.period, release.status) == ("2025", Status.APPROVED)
    assert [release.prepared_by.email, release.approved_by.email] == [SIGN_INS["coordinator"], SIGN_INS["privacy_officer"]]
    assert release.approved_at < NOW


def test_the_year_is_whole(released, db):
    months = Situation.objects.filter(table=main(), presented_at__year=2025).values_list("presented_at__month", flat=True)

    assert set(months) == set(range(1, 13))


def test_there_is_something_to_read_in_it(released, db):
    shown = ReleaseCell.objects.filter(release=released, value__isnull=False).values_list("catalogue_table", flat=True)

    assert len(set(shown)) > 3


def test_nothing_of_that_year_waits_for_anybody(released, db):
    with clock.moved_to(NOW):
        waiting = Meeting.objects.past().filter(table=main(), starts_at__year=2025, minutes_approved_at=None)

        assert (waiting.count(), Outbox.objects.filter(sent_at=None, dropped_at=None).count()) == (0, 0)
