"""The whole road twice more, each thing found by its role and its name only and pressed by a key: with scripts, and without any."""

import re

import pytest

from tests.browser.conftest import OpenHouse
from tests.browser.words import ENGLISH as SAY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house of their own: the stories leave their last meeting, and their clock, behind."""
    opened = OpenHouse(tmp_path_factory.mktemp("two-ways"))
    yield opened
    opened.close()


class Keyboard:
    """Somebody who hears what stands on a page and has a keyboard: no place, no colour, no mouse."""

    def __init__(self, page):
        self.page = page

    def find(self, role, name, *, among=None):
        group = self.page.get_by_role("group", name=among, exact=True).first if among else self.page
        return group.get_by_role(role, name=name, exact=isinstance(name, str)).first

    def press(self, name, role="button"):
        with self.page.expect_event("load"):  # what a script notes in the history is no new page
            self.find(role, name).press("Enter")
        self.page.wait_for_load_state()

    def follow(self, name):
        self.press(name, "link")

    def choose(self, name, *, role="radio", among=None):
        one = self.find(role, name, among=among)
        if not one.is_checked():
            one.press("Space")
        assert one.is_checked()

    def pick(self, name, answer):
        """In a list: the first letters of the answer."""
        field = self.find("combobox", name)
        field.focus()
        self.page.keyboard.type(answer, delay=5)
        assert field.locator("option:checked").inner_text() == answer

    def type(self, name, words):
        field = self.find("textbox", name)
        field.focus()
        self.page.keyboard.type(words)

    def go(self, path="/"):
        self.page.goto(path)

    def hears(self, words):
        return words in self.page.get_by_role("main").aria_snapshot()


def find_a_factor(hand, *, has_scripts):
    """Two letters and Enter; without a script, the button that finds and the one that adds."""
    if has_scripts:
        field = hand.find("combobox", SAY["find"])
        field.press_sequentially(SAY["looked_for"])
        hand.page.get_by_role("option").first.wait_for()
        field.press("Enter")
        return
    hand.type(SAY["find"], SAY["looked_for"])
    hand.press("Find")
    hand.press(re.compile("^Add "))


def bring(hand, *, has_scripts):
    hand.go("/situations/open/")
    hand.press(SAY["start"])
    hand.choose(SAY["person"])
    hand.pick(SAY["age_group"], SAY["age"])
    hand.choose(SAY["female"])
    hand.pick(SAY["language"], SAY["french"])
    hand.press(SAY["continue"])
    find_a_factor(hand, has_scripts=has_scripts)
    hand.press(SAY["continue"])
    hand.press(SAY["continue"])
    hand.choose(SAY["first_attempt"], role="checkbox")
    hand.choose(SAY["no"], among=SAY["before"])
    hand.press(SAY["continue"])
    for answer in hand.page.get_by_role("radio", name=SAY["not_needed"], exact=True).all():
        answer.press("Space")
    for criterion in hand.page.get_by_role("main").get_by_role("checkbox").all():
        if not criterion.is_checked():
            criterion.press("Space")
    hand.press(SAY["continue"])
    hand.choose(SAY["consent"])
    hand.press(SAY["continue"])
    hand.type(SAY["why_now"], SAY["said"])
    hand.press(SAY["continue"])
    hand.press(SAY["submit"])


def to_the_next_meeting(hand):
    for _moment in range(60):  # the timers plan the meetings of the coming weeks, a moment after the house is open
        hand.go("/practice-clock/")
        if hand.page.get_by_role("button", name=SAY["to_next_meeting"], exact=True).count():
            break
        hand.page.wait_for_timeout(500)
    hand.press(SAY["to_next_meeting"])


def take_the_chair(hand):
    hand.go()
    hand.follow(SAY["chair"])
    hand.press(SAY["open_meeting"])


def sit_down(hand):
    hand.go()
    hand.press(SAY["check_in"])


def to_the_table(hand):
    hand.go()
    hand.follow("Follow the meeting")


def until_the_new_one(hand):
    for _item in range(8):
        hand.press(SAY["next_item"])
        if hand.page.get_by_role("button", name=SAY["leave"], exact=True).count():
            hand.press(SAY["leave"])
        if hand.page.get_by_role("button", name=SAY["accept"], exact=True).count():
            return
    pytest.fail("No new situation came before the table.")


def close(hand):
    for _round in range(8):
        if hand.page.get_by_role("link", name=SAY["close_meeting"], exact=True).count():
            break
        hand.press(re.compile(f"^({SAY['next_item']}|{SAY['close_item']}|{SAY['leave']})$"))
    hand.follow(SAY["close_meeting"])
    hand.press(SAY["close_meeting"])


@pytest.mark.parametrize("has_scripts", [True, False], ids=["by the accessibility tree alone", "without a script"])
def test_from_a_draft_to_the_minutes(seat_of, has_scripts):
    originator, other, chair, lead = (
        Keyboard(seat_of(part, java_script_enabled=has_scripts)) for part in ("originator", "in_the_room", "chair", "lead")
    )
    bring(originator, has_scripts=has_scripts)
    assert originator.hears("Submitted")
    to_the_next_meeting(chair)
    for hand in (originator, other, lead):
        sit_down(hand)
    take_the_chair(chair)
    until_the_new_one(chair)

    to_the_table(other)
    other.press(re.compile(f"^{SAY['acute']}"))
    assert other.hears("Your agency’s answer is kept.")
    chair.page.reload()
    chair.press(SAY["accept"])
    to_the_table(lead)
    lead.press(re.compile(f"^{SAY['could_help']}"))
    chair.page.reload()
    chair.choose(SAY["lead"], among="Otter Mental Health")
    chair.press(SAY["record"])
    assert chair.hears("The response is recorded.")
    close(chair)

    # at the door, then back to the table
    lead.go()
    lead.follow(re.compile("^Contact made"))
    lead.press("Contact made, help accepted")
    lead.go()
    number = re.search(r"\b20\d\d-\d{3}\b", lead.page.get_by_role("main").aria_snapshot()).group()
    lead.follow(re.compile(number))
    lead.follow("Propose a conclusion")
    lead.choose("Connected to services")
    lead.press("Propose the conclusion")
    to_the_next_meeting(chair)
    sit_down(lead)
    take_the_chair(chair)
    chair.press(SAY["next_item"])
    to_the_table(lead)
    lead.follow("Report back for your agency")
    lead.find("radio", re.compile(".")).press("Space")
    lead.press("Report back")
    chair.page.reload()
    chair.follow("Conclude")
    chair.press("Conclude")
    close(chair)

    assert chair.hears(number)
