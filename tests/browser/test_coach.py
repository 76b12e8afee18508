"""What could tell who it is goes from the words by one key, comes back by another, and a check that fails is seen."""

import pytest

from tests.browser.words import ENGLISH as say

pytestmark = pytest.mark.browser
TYPED = "He left Lo-Ellen Park Secondary School on foot."
CURSOR = "() => document.activeElement.selectionStart"


@pytest.fixture
def why_now(seat_of):
    """The field of the last step of a new draft."""
    page = seat_of("originator")
    page.goto("/situations/open/")
    page.get_by_role("button", name=say["start"]).click()
    page.wait_for_url("**/step/1/")
    page.goto(page.url.replace("/step/1/", "/step/7/"))
    field = page.get_by_role("textbox", name=say["why_now"], exact=True)
    field.focus()
    return field


def test_one_key_replaces_the_first_mark_and_the_browsers_own_undo_takes_it_back(why_now):
    page = why_now.page
    why_now.press_sequentially(TYPED)
    page.get_by_role("button", name="Replace with “his school”").wait_for()

    page.keyboard.press("Alt+r")
    replaced, cursor = why_now.input_value(), page.evaluate(CURSOR)
    said = page.locator(".coach [role=status]").inner_text().strip()
    page.keyboard.press("Control+z")

    assert (replaced, cursor) == ("He left his school on foot.", len("He left his school on foot."))
    assert said == "“Lo-Ellen Park Secondary School” is replaced."
    assert why_now.input_value() == TYPED


def test_a_press_replaces_its_own_mark_which_has_moved_along_with_what_was_typed_since(why_now):
    page = why_now.page
    why_now.press_sequentially(TYPED)
    button = page.get_by_role("button", name="Replace with “his school”")
    button.wait_for()
    page.keyboard.press("Home")
    page.keyboard.type("Now: ")

    button.click()

    assert why_now.input_value() == "Now: He left his school on foot."
    assert page.evaluate(CURSOR) == len("Now: He left his school")


def test_a_check_that_fails_is_seen_and_what_is_typed_stays(why_now):
    page = why_now.page
    page.route("**/situations/coach/", lambda route: route.abort())
    why_now.press_sequentially("Gone.")

    page.get_by_text("The words could not be checked.").wait_for()

    assert why_now.input_value() == "Gone."


@pytest.mark.parametrize(
    ("answer", "asked"), [({"status": 403}, 1), ({"status": 302, "headers": {"Location": "/"}}, 1), ({"status": 500}, 2)]
)
def test_who_is_no_longer_signed_in_is_told_once_and_only_a_fault_is_asked_about_again(answer, asked, why_now):
    page, times = why_now.page, []
    page.clock.install()
    page.route("**/situations/coach/", lambda route: (times.append(1), route.fulfill(**answer)))
    why_now.press_sequentially("Gone.")
    page.clock.fast_forward(600)
    page.get_by_text("The words could not be checked.").wait_for()

    page.clock.fast_forward(9000)
    page.wait_for_timeout(300)

    assert (len(times), page.get_by_text("The words could not be checked.").is_visible()) == (asked, True)


def test_a_field_that_has_left_the_page_asks_nothing(why_now):
    page, times = why_now.page, []
    page.clock.install()
    page.route("**/situations/coach/", lambda route: (times.append(1), route.abort()))
    why_now.press_sequentially("Gone.")
    page.evaluate("() => document.activeElement.remove()")

    page.clock.fast_forward(9000)
    page.wait_for_timeout(300)

    assert times == []
