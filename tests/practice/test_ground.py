"""Where a season may be played: in a practice database, by one player, and never over a real table."""

import json
import os
import subprocess
import sys

import psutil
import pytest
from django.core.management import call_command
from django.db import connections

from agencies.models import SituationTable
from agencies.turns import Turn, alone
from practice import ground, load, progress


@pytest.fixture
def note(db, settings, tmp_path):
    """The progress of a season, in a folder of the test's own."""
    settings.VAR = tmp_path


def test_a_season_is_not_played_over_a_table_that_is_there(note):
    before = SituationTable.objects.count()

    call_command("practice", "--if-empty")

    assert SituationTable.objects.count() == before


def test_outside_practice_no_clock_is_set_up_and_nothing_is_wiped(db, settings):
    settings.PRACTICE = False

    with pytest.raises(ground.NotHere, match="not a practice installation"):
        ground.set_up_the_clock()
    with pytest.raises(ground.NotHere, match="real table"):
        ground.wipe()


def test_where_no_clock_stands_a_table_is_real_and_is_left_alone(db, monkeypatch):
    monkeypatch.setattr(ground.PracticeClock, "objects", ground.PracticeClock.objects.none())

    with pytest.raises(ground.NotHere, match="real table"):
        ground.set_up_the_clock()
    with pytest.raises(ground.NotHere, match="real table"):
        ground.wipe()


@pytest.mark.django_db(databases=["default", "owner"])
def test_whatever_hangs_on_what_a_fresh_season_empties_is_emptied_with_it():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'")
        hanging = {table for table, on in cursor.fetchall() if on in ground.tables_of_the_house()}

    assert hanging - ground.tables_of_the_house() == set()


@pytest.mark.parametrize("laid", ["agencies_practiceclock", "situations_wordcell", "situations_tombstone"])
def test_what_was_laid_for_more_than_one_season_stays_in_a_fresh_one(laid):
    assert laid not in ground.tables_of_the_house()


@pytest.mark.django_db(databases=["default", "owner"])
def test_of_two_players_the_second_goes_away():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [Turn.SEASON])
        with alone(Turn.SEASON) as is_alone:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [Turn.SEASON])
    with alone(Turn.SEASON) as is_alone_afterwards:
        assert (is_alone, is_alone_afterwards) == (False, True)


def test_where_nothing_is_played_nothing_is_copied(db):
    with pytest.raises(ground.NotHere, match="Nothing has been played here"):
        load.fill(150, using="default")


def test_outside_practice_nothing_is_copied(db, settings):
    settings.PRACTICE = False

    with pytest.raises(ground.NotHere, match="real table"):
        load.fill(150, using="default")


# How far it is played


def test_nothing_is_said_of_progress_where_nothing_is_played(note):
    assert progress.current() is None


def test_while_the_season_is_played_every_page_says_how_far(note, client_of, originator):
    progress.tell(34.6)

    page = client_of(originator).get("/help/").content.decode()

    assert progress.current()["percent"] == 34
    assert '<progress max="100" value="34"' in page


def test_when_the_season_is_played_pages_are_silent_again(note, client_of, originator):
    progress.tell(99)
    progress.is_done()

    assert (progress.current(), progress.was_interrupted()) == (None, False)
    assert "<progress" not in client_of(originator).get("/help/").content.decode()


@pytest.fixture
def broken_off(note):
    """A season whose player was ended after a third: another process wrote the note, and is no more."""
    progress.tell(34)
    (written,) = progress.settings.VAR.iterdir()
    player = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    of_the_player = {"pid": player.pid, "began": psutil.Process(player.pid).create_time()}
    written.write_text(json.dumps(json.loads(written.read_text()) | of_the_player))
    yield player
    player.communicate()


def test_a_season_whose_player_was_ended_is_said_to_have_broken_off_and_the_next_one_knows(broken_off, client_of, originator):
    before = progress.is_going_on()
    broken_off.kill()
    broken_off.wait()

    page = client_of(originator).get("/help/").content.decode()

    assert (before, progress.is_going_on(), progress.was_interrupted()) == (True, False, True)
    assert ("<progress" in page, "broke off before its end" in page, "`make practice`" in page) == (False, True, True)


def test_a_player_that_nobody_buried_does_not_play(broken_off):
    broken_off.kill()
    os.waitid(os.P_PID, broken_off.pid, os.WEXITED | os.WNOWAIT)

    assert progress.is_going_on() is False
