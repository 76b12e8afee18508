"""A page that says anything of one situation prints its number, and nothing else of it."""

import pytest

from practice.proof.crawl import CANARY
from tests import canaries, cast
from tests.test_every_look import pages_of_one

pytestmark = pytest.mark.django_db

# Whoever brought it may print its own answers before the table decides (the four filters), on a page of their own that says so.
MAY_BE_PRINTED = {"situations:print_answers"}
VARIANTS = [("draft", False), ("presented", True), ("responding", True), ("concluded", False)]
READERS = ["originator", "in_the_room", "lead", "chair", "recorder", "coordinator", "privacy_officer"]


def of_the_situation(page):
    """The data of the situation on a page, its number aside."""
    return {found for found in CANARY.findall(page) if found != f"{canaries.PREFIX}-"}


@pytest.mark.parametrize(("stage", "is_room_open"), VARIANTS, ids=[stage for stage, _room in VARIANTS])
def test_a_page_of_one_situation_prints_its_number_only(client_of, stage, is_room_open):
    town = canaries.town_at(stage, is_room_open=is_room_open)

    printed, shown = {}, set()
    for part in READERS:
        client = client_of(cast.the(part))
        for name, path in pages_of_one(town):
            page = client.get(path)
            said = page.content.decode()
            if page.status_code == 200 and of_the_situation(said) and name not in MAY_BE_PRINTED:
                shown.add(name)
                main = said[said.index("<main") :]
                if " reference-only" not in main[: main.index(">")] or of_the_situation(said[: said.index("<main")]):
                    printed.setdefault(name, set()).update({part, *of_the_situation(said)})

    assert (printed, "situation" in shown or stage == "draft") == ({}, True)
