"""The table's road in a real browser, from four chairs, with real mail and the clock moved forward."""

import re

import pytest

from tests import cast
from tests.browser.words import ENGLISH, FRENCH

pytestmark = pytest.mark.browser


def press(page, words):
    """A form may go a moment after the press: what is being saved arrives first."""
    with page.expect_event("load"):
        page.get_by_role("button", name=words, exact=True).first.click()


def follow(page, words):
    with page.expect_event("load"):
        page.get_by_role("link", name=words, exact=True).first.click()


def choose(page, words, *, among=None):
    scope = page.get_by_role("group", name=among) if among else page
    scope.get_by_label(words, exact=True).first.check()


def bring(page, say):
    """Filter 1, in seven short steps, up to the table's next meeting."""
    page.goto("/situations/open/")
    press(page, say["start"])
    choose(page, say["person"])
    page.get_by_label(say["age_group"]).first.select_option(label=say["age"])
    choose(page, say["female"])
    page.get_by_label(say["language"]).first.select_option(label=say["french"])
    press(page, say["continue"])
    field = page.get_by_label(say["find"]).first
    field.press_sequentially(say["looked_for"])
    page.get_by_role("option").first.wait_for()
    field.press("Enter")
    press(page, say["continue"])
    press(page, say["continue"])
    choose(page, say["first_attempt"])
    choose(page, say["no"], among=say["before"])
    press(page, say["continue"])
    for answer in page.get_by_label(say["not_needed"], exact=True).all():
        answer.check()
    for criterion in page.locator("input[name=criteria]").all():
        criterion.check()
    press(page, say["continue"])
    choose(page, say["consent"])
    press(page, say["continue"])
    page.get_by_label(say["why_now"]).first.fill(say["said"])
    press(page, say["continue"])
    press(page, say["submit"])


def to_the_next_meeting(page, say):
    """The clock stands five minutes before the next meeting."""
    for _moment in range(60):  # the timers plan the meetings of the coming weeks, a moment after the house is open
        page.goto("/practice-clock/")
        if page.get_by_role("button", name=say["to_next_meeting"], exact=True).count():
            break
        page.wait_for_timeout(500)
    press(page, say["to_next_meeting"])


def sit_down(page, say):
    """One checks in from the first page."""
    page.goto("/")
    press(page, say["check_in"])


def at_the_table(page):
    """The page on which a member follows the meeting under way."""
    page.goto("/")
    page.locator("a[href$='/member/']").first.click()
    page.wait_for_load_state()


def take_the_chair(page, say):
    page.goto("/")
    follow(page, say["chair"])
    press(page, say["open_meeting"])


def until_the_new_one(page, say):
    """Report-backs come first; the chair goes on until a new situation is before the table."""
    for _item in range(8):
        press(page, say["next_item"])
        if page.get_by_role("button", name=say["leave"], exact=True).count():  # of a report-back nothing was decided
            press(page, say["leave"])
        if page.get_by_role("button", name=say["accept"], exact=True).count():
            return
    pytest.fail("No new situation came before the table.")


def close(page, say):
    for _round in range(8):
        if page.get_by_role("link", name=say["close_meeting"], exact=True).count():
            break
        page.locator("form[action$='/next/'] button").first.click()
        page.wait_for_load_state()
    follow(page, say["close_meeting"])
    press(page, say["close_meeting"])


def test_from_a_draft_to_the_follow_up(seat_of, house):
    say = ENGLISH
    originator, other, chair, lead = (seat_of(part) for part in ("originator", "in_the_room", "chair", "lead"))
    bring(originator, say)
    to_the_next_meeting(chair, say)
    for page in (originator, other, lead):
        sit_down(page, say)
    take_the_chair(chair, say)
    until_the_new_one(chair, say)

    at_the_table(other)
    other.get_by_role("button", name=re.compile(f"^{say['acute']}")).click()
    chair.reload()
    press(chair, say["accept"])
    at_the_table(lead)
    lead.get_by_role("button", name=re.compile(f"^{say['could_help']}")).click()
    chair.reload()
    chair.get_by_role("group", name="Otter Mental Health").get_by_label(say["lead"], exact=True).check()
    press(chair, say["record"])
    number = re.search(r"\d{4}-\d{3}", chair.locator("main").inner_text()).group()
    close(chair, say)

    # the agencies that respond are told by mail, without the number
    assert number not in house.letters(until="recorded your agency in a response")

    # in the room no longer: the number is in the minutes, the situation is not
    other.goto("/situations/")
    assert number not in other.locator("main").inner_text()

    # at the door
    lead.goto("/")
    assert number in lead.locator("main").inner_text()
    lead.get_by_role("link", name="Contact made").first.click()
    press(lead, "Contact made, help accepted")
    lead.goto("/")
    lead.get_by_role("link", name=number).first.click()
    follow(lead, "Propose a conclusion")
    choose(lead, "Connected to services")
    press(lead, "Propose the conclusion")

    # the table concludes at its next meeting
    to_the_next_meeting(chair, say)
    sit_down(lead, say)
    take_the_chair(chair, say)
    press(chair, say["next_item"])
    follow(chair, "Conclude")
    press(chair, "Conclude")
    close(chair, say)

    # a month later the agency that led is asked, by number
    lead.goto("/practice-clock/")
    press(lead, "30 days on")
    lead.goto("/")
    lead.get_by_role("link", name="Answer the follow-up").first.click()
    lead.wait_for_load_state()
    lead.get_by_label("Still connected, risk lower").check()
    lead.locator("main form button[type=submit], main form button:not([type])").first.click()
    lead.wait_for_load_state()

    assert "The follow-up is answered." in lead.locator("main").inner_text()
    assert number not in house.letters(until="recorded your agency in a response")


def test_une_situation_non_retenue_est_oubliee(seat_of):
    say = FRENCH
    originator, other, chair = (seat_of(part, language="fr-CA") for part in ("originator", "in_the_room", "chair"))
    for page in (originator, other, chair):
        assert page.locator("html").get_attribute("lang") == "fr-ca"
    bring(originator, say)
    to_the_next_meeting(chair, say)
    for page in (originator, other):
        sit_down(page, say)
    take_the_chair(chair, say)
    until_the_new_one(chair, say)
    at_the_table(other)
    heard = other.locator("main a[href^='/situations/']").first.get_attribute("href")
    other.goto(heard)
    assert say["said"] in other.locator("main").inner_text()

    follow(chair, say["not_accepted"])
    choose(chair, "Probabilité de préjudice")
    chair.get_by_role("group", name="Motif").get_by_role("radio").first.check()
    press(chair, say["record_rejection"])
    close(chair, say)

    other.goto(heard)
    assert say["said"] not in other.content()
    originator.goto("/situations/")
    assert "Non retenue" in originator.locator("main").inner_text()
    originator.goto(heard)
    assert say["said"] not in originator.locator("main").inner_text()


def test_an_emergency_session_with_someone_who_steps_out(seat_of, house):
    say = ENGLISH
    originator, lead, chair = (seat_of(part) for part in ("originator", "lead", "chair"))
    bring(originator, say)
    originator.goto("/situations/")
    originator.get_by_role("link", name=re.compile("New situation")).first.click()
    originator.wait_for_load_state()
    follow(originator, "Call an emergency session")
    originator.get_by_label("All agencies at the table").check()
    press(originator, "Call the session")
    assert say["said"] not in house.letters(until="An emergency session is called")
    originator.goto("/practice-clock/")
    to_the_next_meeting(originator, say)
    for page in (originator, lead):
        sit_down(page, say)
    take_the_chair(chair, say)
    press(chair, say["next_item"])
    at_the_table(lead)
    follow(lead, "I know this person: step out")
    press(lead, "Step out")

    at_the_table(lead)
    assert say["said"] not in lead.locator("main").inner_text()
    assert "You are out of the room" in lead.locator("main").inner_text()
    press(chair, say["accept"])


WREN = {"Name": "Wilhelmina Wren", "Birth date": "spring of 1979", "Address": "7 Juniper Lane"}


def sit_at_the_sister_table(page):
    page.goto("/")
    page.locator("summary", has_text="Your tables").first.click()
    press(page, f"Sit at this table: {cast.SEALED_TABLE}")


def reveal(page, say):
    """From the page where one is: who it is, as it stands on the screen after a deliberate press."""
    follow(page, "Reveal who it is")
    press(page, "Reveal it to me")
    return page.locator("main").inner_text()


def test_under_seal_who_it_is_is_shown_to_whom_the_table_decided_and_goes_by_itself(seat_of, house):
    say = ENGLISH
    originator, other, chair, recorder, lead = (seat_of(part) for part in ("originator", "in_the_room", "chair", "recorder", "lead"))
    everyone = (originator, other, chair, recorder, lead)
    for page in everyone:
        sit_at_the_sister_table(page)
    bring(originator, say)
    to_the_next_meeting(chair, say)
    for page in (originator, other, lead):
        sit_down(page, say)
    take_the_chair(chair, say)
    until_the_new_one(chair, say)
    at_the_table(other)
    other.get_by_role("button", name=re.compile(f"^{say['acute']}")).click()
    chair.reload()
    press(chair, say["accept"])

    # nobody says a name: the agency that brought it writes it, another looks on its own screen
    at_the_table(originator)
    follow(originator, "Write who it is")
    for field, words in WREN.items():
        originator.get_by_label(field).fill(words)
    press(originator, "Seal it")
    at_the_table(other)
    shown = reveal(other, say)
    assert [words for words in WREN.values() if words not in shown] == []

    # the screens that others can see do not hold it
    recorder.goto("/")
    recorder.get_by_role("link", name=re.compile("Record")).first.click()
    recorder.wait_for_load_state()
    for page in (chair, recorder):
        page.reload()
        assert [words for words in WREN.values() if words in page.content()] == []

    at_the_table(lead)
    lead.get_by_role("button", name=re.compile(f"^{say['could_help']}")).click()
    chair.reload()
    chair.get_by_role("group", name="Otter Mental Health").get_by_label(say["lead"], exact=True).check()
    press(chair, say["record"])
    number = re.search(r"[A-Z]+-\d{4}-\d{3}", chair.locator("main").inner_text()).group()
    close(chair, say)

    # the item is closed: it goes from the open page, and the way back to it is closed
    other.get_by_text("It has closed.").wait_for()
    gone, read_next = other.content(), other.evaluate("document.activeElement.textContent")
    assert (other.title().split(" – ")[0], read_next.split(".")[0]) == ("It has closed", "It has closed")
    other.reload()
    assert [words for words in WREN.values() if words in gone + other.content()] == []

    # who acts reveals it once more, for five minutes, and writes the plan in words
    lead.goto("/")
    lead.get_by_role("link", name=number).first.click()
    lead.wait_for_load_state()
    acting = lead.url
    follow(lead, "Write the plan in words")
    lead.locator("main textarea").fill("Meet at the back door, after four.")
    press(lead, "Seal the plan")
    assert "Meet at the back door, after four." in lead.content()
    shown = reveal(lead, say)
    assert [words for words in WREN.values() if words not in shown] == []
    other.goto(acting)
    assert [words for words in (*WREN.values(), "back door") if words in other.content()] == []
    assert [words for words in (*WREN.values(), "back door") if words in house.letters(until="recorded your agency")] == []
