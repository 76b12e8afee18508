"""What is typed into a draft stays: in an error, on the way back, in the other language, in two tabs, without a line or a session."""

import pytest

pytestmark = pytest.mark.browser
SAID, MORE = "Has not slept at home for two weeks.", "Has stopped eating, and says so."


@pytest.fixture
def draft(seat_of):
    """The page of "why now" of a fresh draft."""
    page = seat_of("in_the_room")
    page.set_default_timeout(8_000)
    page.goto("/situations/open/")
    page.get_by_role("button", name="Start a draft").click()
    page.wait_for_url("**/step/1/**")
    page.goto(page.url.split("/step/")[0] + "/step/7/")
    return page


def words(page):
    return page.locator("textarea[name=why_now]")


def saved(page):
    return page.locator(".saved span")


def says(page, start):
    saved(page).filter(has_text=start).wait_for()


def test_an_error_the_way_back_and_the_other_language_keep_every_word(draft):
    page = draft
    words(page).fill("x" * 290)
    page.get_by_role("button", name="Save and continue").click()
    page.locator(".error-summary:focus").wait_for()
    assert (page.title()[:6], words(page).input_value()) == ("Error:", "x" * 290)
    page.locator(".error-summary a").first.press("Enter")
    assert words(page).evaluate("field => field === document.activeElement")

    words(page).fill(SAID)
    page.go_back()
    page.wait_for_function("words => document.querySelector('textarea[name=why_now]')?.value === words", arg=SAID)

    words(page).fill(MORE)
    page.get_by_role("button", name="Français").click()
    page.locator("html[lang=fr-ca]").wait_for(state="attached")
    assert words(page).input_value() == MORE
    page.goto(page.url)
    assert words(page).input_value() == MORE
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en-ca]").wait_for(state="attached")


def test_a_closed_tab_takes_its_words_along(draft):
    context, address = draft.context, draft.url
    words(draft).press_sequentially(SAID)
    draft.close(run_before_unload=True)
    page = context.new_page()

    for _try in range(10):  # what went along arrives a moment later
        page.goto(address)
        if words(page).input_value() == SAID:
            break

    assert words(page).input_value() == SAID


def test_without_a_line_the_page_says_since_when_and_catches_up(draft):
    draft.context.set_offline(True)
    words(draft).fill(SAID)
    says(draft, "Not saved since")
    told = saved(draft).inner_text()
    words(draft).fill(MORE)

    draft.context.set_offline(False)

    says(draft, "Saved at")
    assert told[-60:] == "What you typed stays on this page, and is sent again by itself."[-60:]
    draft.goto(draft.url)
    assert words(draft).input_value() == MORE


def test_two_tabs_show_both_versions_beside_the_fields_and_lose_neither(draft):
    other = draft.context.new_page()
    other.goto(draft.url)
    words(other).fill(MORE)
    says(other, "Saved at")

    words(draft).fill(SAID)
    box = draft.locator("[data-conflict]")
    box.wait_for()
    assert (box.locator("td").all_inner_texts(), words(draft).input_value()) == ([SAID, MORE], SAID)
    assert (draft.title()[:6], words(draft).evaluate("field => field === document.activeElement")) == ("Error:", True)
    box.get_by_role("button", name="Keep what I entered").click()
    draft.locator("[data-conflict]:not([hidden])").wait_for(state="detached")

    other.goto(draft.url)
    assert (words(draft).input_value(), words(other).input_value()) == (SAID, SAID)


def test_when_the_session_is_gone_the_page_says_so_and_saves_once_one_is_back(draft):
    kept = draft.context.cookies()
    draft.context.clear_cookies(name="table_session")
    words(draft).fill(SAID)
    says(draft, "Not saved since")
    assert "you are signed out" in saved(draft).inner_text()
    assert draft.get_by_role("link", name="Sign in, in a new tab").is_visible()

    draft.context.add_cookies(kept)
    draft.evaluate("dispatchEvent(new Event('focus'))")

    says(draft, "Saved at")
    assert words(draft).input_value() == SAID


def test_the_picker_goes_by_keyboard_from_the_empty_field_and_on(draft):
    draft.goto(draft.url.replace("/step/7/", "/step/2/"))
    field = draft.get_by_role("combobox", name="Find a risk factor")
    assert field.evaluate("field => field === document.activeElement")

    draft.keyboard.press("ArrowDown")
    first = draft.get_by_role("option").first.inner_text()
    draft.keyboard.press("Enter")
    draft.keyboard.type("evicted")
    draft.keyboard.press("Enter")
    chosen = draft.locator("[data-chosen] li").count()
    draft.keyboard.press("Enter")
    draft.wait_for_url("**/step/3/**")

    assert (first.startswith("Mental Health"), chosen) == (True, 2)
