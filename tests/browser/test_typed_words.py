"""Words that are typed and not sent outlast an ended sign-in, a page that closes itself, a broken line and the way back."""

import re

import pytest

from tests.browser.seat import PASSWORD

pytestmark = pytest.mark.browser
SAID = "Norah at the door, twice & again"
INVITE = "/table/people/invite/"


def typed_into(page):
    page.set_default_timeout(10_000)
    page.goto(INVITE)
    page.get_by_label("Name", exact=True).fill(SAID)
    return page


def in_the_form(page):
    page.locator("input[name=full_name]").wait_for()
    return page.locator("input[name=full_name]").input_value()


def sign_in_again(page, part):
    page.get_by_label("E-mail address").fill(f"{part}@table.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    page.locator("main form button[type=submit]").first.click()  # a practice table fills the code in


@pytest.mark.parametrize("has_script", [True, False])
def test_who_was_signed_out_while_typing_finds_the_words_after_signing_in(seat_of, has_script):
    page = typed_into(seat_of("coordinator", java_script_enabled=has_script))
    page.context.clear_cookies(name="table_session")

    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("What you typed is kept for twelve hours").wait_for()
    sign_in_again(page, "coordinator")
    if not has_script:
        page.get_by_role("button", name="Show what I typed").click()

    assert in_the_form(page) == SAID


def test_a_page_that_closes_because_nobody_is_there_holds_no_word_and_gives_them_back(seat_of):
    page = seat_of("coordinator")
    page.clock.install()
    typed_into(page)

    page.clock.fast_forward("13:10")
    warned = page.locator(".closing").inner_text()
    page.clock.fast_forward("02:00")
    page.clock.run_for(6_000)
    page.get_by_role("heading", name="This page is closed").wait_for()
    page.locator("input[name=typed]:not([value=''])").wait_for(state="attached")
    is_held = SAID in page.content()
    page.context.clear_cookies(name="table_session")
    page.get_by_role("button", name="Sign in again").click()
    sign_in_again(page, "coordinator")

    assert ("closes in two minutes" in warned, is_held, in_the_form(page)) == (True, False, SAID)


def test_a_form_that_nobody_answers_stays_with_its_words_until_the_line_is_back(seat_of):
    page = typed_into(seat_of("coordinator"))
    page.context.set_offline(True)

    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text(re.compile("Nobody has answered since")).wait_for()
    kept = in_the_form(page)
    page.context.set_offline(False)
    page.get_by_text("The line is back.").wait_for()
    page.get_by_role("button", name="Send it now").click()
    page.locator(".error-summary").wait_for()

    assert (kept, in_the_form(page)) == (SAID, SAID)


def test_the_way_back_from_an_error_leads_to_the_words(seat_of):
    page = typed_into(seat_of("coordinator"))

    page.get_by_role("button", name="Send the invitation").click()
    page.locator(".error-summary").wait_for()
    page.go_back()

    assert in_the_form(page) == SAID


def test_whoever_leaves_a_half_typed_page_is_asked_first(seat_of):
    page = typed_into(seat_of("coordinator"))
    with page.expect_event("dialog") as asked:
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="Help").first.click()

    assert (asked.value.type, in_the_form(page)) == ("beforeunload", SAID)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "content_type": "text/html", "body": "<p>Another page</p>"},
        {"status": 302, "headers": {"Location": "/up/"}},
        {"status": 429},
        {"status": 200, "content_type": "text/plain", "body": ""},
    ],
    ids=lambda answer: f"{answer['status']}-{answer.get('content_type', '')}",
)
def test_letters_that_are_kept_give_way_to_letters_only(seat_of, answer):
    page = typed_into(seat_of("coordinator"))
    page.wait_for_function("() => history.state?.typed")
    kept = page.evaluate("history.state.typed")

    page.route("**/typed/", lambda route: route.fulfill(**answer))
    with page.expect_request("**/typed/"):
        page.get_by_label("E-mail address").fill("new@table.example")
    page.wait_for_timeout(500)

    assert page.evaluate("history.state.typed") == kept


def test_a_form_with_a_password_sends_no_letters(seat_of):
    page = seat_of("coordinator")
    page.set_default_timeout(10_000)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/typed/") else None)
    page.goto("/accounts/password/change/")

    page.locator("input[type=password]").first.fill("birch lake")
    page.wait_for_timeout(6_000)

    assert asked == []
