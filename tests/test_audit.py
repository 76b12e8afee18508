"""What is known of the packages is said in sentences, also that nothing could be asked."""

import json

import pytest

from cms_table.management.commands.audit import UNREACHED, told

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {"name": "oldlib", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}, {"id": "X-2", "fix_versions": []}]}


def answer(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


def test_that_nothing_is_known_is_said_with_how_many_were_asked_about():
    assert told(answer(SOUND, SOUND)) == (["No weakness is known of the 2 packages."], 0)


def test_each_weakness_is_named_with_the_version_that_mends_it():
    assert told(answer(SOUND, WEAK)) == (["oldlib 1.0: PYSEC-2026-1, mended in 1.1.", "oldlib 1.0: X-2, mended in no version yet."], 1)


@pytest.mark.parametrize("said", ["", "ConnectionError", "{}"])
def test_where_nobody_can_be_asked_that_is_said_and_is_no_success(said):
    assert told(said) == ([UNREACHED], 2)
