"""Gone means gone: what was typed is nowhere on the server's disk, and an older backup does not bring it back."""

import json
import subprocess
import sys

import pytest

from tests.browser.conftest import HOUSE, OpenHouse, sign_in
from tests.browser.lived import PLACE
from tests.browser.test_profile import READ, TYPED, a_days_work, found_in
from tests.canaries import UNDER_SEAL, WORDS

pytestmark = pytest.mark.browser
UNDER_A_KEY = [READ, TYPED[0], WORDS["why_now"], *UNDER_SEAL.values()]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory, chromium):
    """A house in which somebody worked in the browser, and a sealed table wrote, concluded and forgot; and the folder of all of it."""
    folder = tmp_path_factory.mktemp("disk")
    house = OpenHouse(folder, is_furnished=True)
    page = sign_in(chromium, house, "originator")
    a_days_work(page)
    page.context.close()
    said = by_itself(house, "live", folder)
    yield house, folder, said
    house.close()


def by_itself(house, does, folder) -> dict:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.browser.lived", does, str(folder)],
        cwd=HOUSE,
        env=house.environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout.splitlines()[-1])


def test_no_word_is_in_the_data_folder_the_write_ahead_log_a_dump_a_log_or_a_mail(lived_in):
    _house, folder, said = lived_in

    assert (said["written"], said["left"]) == (3, 0)
    assert {word: found_in(folder, word) for word in UNDER_A_KEY} == {word: [] for word in UNDER_A_KEY}


def test_the_search_would_find_what_is_written_in_the_open(lived_in):
    _house, folder, _said = lived_in

    found = found_in(folder, PLACE)
    assert {place.split("/")[0] for place in found} == {"after.sql", "before.sql", "var"}
    assert [place for place in found if "pg_wal" in place] != []


def test_an_older_dump_that_is_restored_forgets_again_before_a_page_opens(lived_in):
    house, folder, said = lived_in

    found = by_itself(house, "restore", folder)

    assert found["found"] - found["left"] == said["written"]
