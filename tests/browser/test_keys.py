"""Letters on the chair's screen: each does what a button does, once, never in a field, and only for who has them on."""

import re

import pytest

from tests.browser.conftest import OpenHouse, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def under_way(tmp_path_factory):
    """A meeting at Filter 2, and one more situation on its agenda."""
    opened = OpenHouse(tmp_path_factory.mktemp("letters"), is_furnished=True)
    yield opened
    opened.close()


@pytest.fixture
def console(chromium, under_way):
    page = sign_in(chromium, under_way, "chair")
    page.goto("/")
    page.get_by_role("link", name="Chair this meeting").click()
    page.wait_for_load_state()
    yield page
    page.context.close()


def led_on(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state()


def said(page):
    return page.locator("#said").inner_text().strip()


def value_here(page):
    return page.evaluate("document.activeElement.value")


def asks(page):
    return page.title().split(" – ")[0]


def test_a_letter_does_nothing_in_a_field_with_another_key_or_held(console):
    address = console.url
    console.locator("details.keys > summary").focus()
    console.keyboard.press("Control+a")
    console.keyboard.press("Alt+a")
    console.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))")
    console.evaluate("document.querySelector('.console').insertAdjacentElement('afterbegin', document.createElement('input')).focus()")
    console.keyboard.type("anx?")

    assert (console.url, value_here(console), asks(console)) == (address, "anx?", "Chair: is the risk acute?")


def test_the_question_mark_opens_the_list_of_keys_and_closes_it(console):
    states = []
    for _press in range(2):
        console.keyboard.press("?")
        states.append((console.locator("#keys").get_attribute("open") is not None, console.evaluate("document.activeElement.tagName")))

    assert states == [(True, "SUMMARY"), (False, "SUMMARY")]


def test_j_and_k_go_from_line_to_line_of_the_agenda(console):
    lines = []
    for key in ("j", "j", "k"):
        console.keyboard.press(key)
        lines.append(
            console.evaluate("[...document.querySelectorAll('nav.agenda li')].findIndex((e) => e.contains(document.activeElement))")
        )

    current = console.evaluate("[...document.querySelectorAll('nav.agenda li')].findIndex((e) => e.hasAttribute('aria-current'))")
    last = console.locator("nav.agenda li").count() - 1
    assert lines == [min(current + 1, last), min(current + 2, last), max(min(current + 2, last) - 1, 0)]


def test_what_is_accepted_is_undone_with_one_key_and_a_repeated_stroke_says_where_it_stands(console):
    led_on(console, "a")
    accepted = (said(console), asks(console))
    console.keyboard.press("a")
    nothing = console.locator(".keyed").inner_text()
    led_on(console, "u")

    assert accepted == ("Accepted. Filter 3 is open: who must act?", "Chair: who must act?")
    assert re.fullmatch(r"This key does nothing here now: \d{4}-\d{3} – who must act\?", nothing)
    assert (bool(re.fullmatch(r"Undone: \d{4}-\d{3} accepted\.", said(console))), asks(console)) == (True, "Chair: is the risk acute?")


def test_x_asks_before_anything_is_forgotten(console):
    led_on(console, "x")

    assert "Error" not in console.title()
    assert console.get_by_role("group", name="Which criteria are not met").count() == 1


def choose(page, words):
    page.goto("/table/profile/keys/")
    page.get_by_label(words).check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/profile/")


def test_together_with_alt_and_shift_a_letter_alone_does_nothing(console):
    choose(console, "The letter together with Alt and Shift")
    console.goto("/")
    console.get_by_role("link", name="Chair this meeting").click()
    console.wait_for_load_state()
    console.keyboard.press("i")
    alone = console.evaluate("document.activeElement.dataset.key")
    console.keyboard.press("Alt+Shift+I")
    together = console.evaluate("document.activeElement.dataset.key")
    choose(console, "A letter alone")

    assert (alone, together) == (None, "i")


def test_present_accept_lead_and_next_are_six_strokes(console):
    led_on(console, "a")
    for key in ("l", "l"):
        console.keyboard.press(key)
    led_on(console, "Enter")
    console.keyboard.press("j")  # to the new situation that comes next

    led_on(console, "p")
    presented = asks(console)
    led_on(console, "a")
    console.keyboard.press("l")
    gone_to = (value_here(console), console.evaluate("document.activeElement.checked"))
    console.keyboard.press("l")
    chosen = (value_here(console), console.evaluate("document.activeElement.checked"))
    led_on(console, "Enter")
    recorded = said(console)
    led_on(console, "n")

    assert (presented, gone_to, chosen) == ("Chair: is the risk acute?", ("lead", False), ("lead", True))
    assert (recorded, asks(console)) == ("The response is recorded. From now on only those who act know.", "Chair: how does it stand?")
