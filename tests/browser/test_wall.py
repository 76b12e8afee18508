"""The wall in real browsers: on the projector's computer nobody signs in; it moves with the chair, one key blanks it, and it ends."""

import re

import pytest

from tests.browser.conftest import OpenHouse, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def under_way(tmp_path_factory):
    """A meeting at Filter 2."""
    opened = OpenHouse(tmp_path_factory.mktemp("wall"), is_furnished=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def chair(chromium, under_way):
    """The chair's console."""
    page = sign_in(chromium, under_way, "chair")
    page.goto("/")
    page.locator("a[href$='/chair/']").first.click()
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def wall(chromium, under_way, chair):
    """The projector's own computer, on which the chair's code was typed."""
    chair.get_by_role("link", name="Show the wall").click()
    chair.get_by_role("button", name="Make a code").click()
    code = chair.locator(".wall-code").inner_text()
    chair.get_by_role("link", name="The chair’s screen").click()
    context = chromium.new_context(locale="en-CA", viewport={"width": 1280, "height": 720}, base_url=under_way.address)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/wall/")
    page.get_by_label("The wall’s code").fill(code.lower())
    with page.expect_response("**/wall/live/**"):
        page.get_by_role("button", name="Open the wall").click()
    yield page
    context.close()


def is_hidden(wall, number):
    return not wall.locator("main").get_by_text(number, exact=True).is_visible()


def test_what_the_chair_does_hangs_on_the_wall_at_once(chair, wall):
    number = re.search(r"\d{4}-\d{3}", chair.locator("h1").inner_text()).group()
    before = wall.locator("[aria-current=step]").inner_text()

    chair.get_by_role("button", name="Accept", exact=True).click()
    wall.locator("main").get_by_text("Who must act?").wait_for(timeout=3000)

    assert (wall.locator("h1").inner_text(), before.startswith("Filter 2"), wall.get_by_text("0 of 5").count()) == (number, True, 1)


def test_one_key_at_the_wall_blanks_it_and_the_chair_reads_that_it_is(chair, wall):
    number = wall.locator("h1").inner_text()

    wall.keyboard.press("b")
    gone_at_once = is_hidden(wall, number)
    chair.get_by_text("The wall is blank.").wait_for(timeout=3000)
    wall.keyboard.press("b")
    wall.get_by_role("heading", name=number).wait_for(timeout=3000)

    assert gone_at_once
    chair.get_by_text(f"The wall shows: {number}, Filter 3.").wait_for(timeout=3000)


def test_the_wall_is_blank_also_while_the_line_is_broken(wall):
    number = wall.locator("h1").inner_text()
    wall.context.set_offline(True)

    wall.keyboard.press("b")
    gone = is_hidden(wall, number)
    wall.keyboard.press("b")
    is_back = not is_hidden(wall, number)
    wall.context.set_offline(False)

    wall.get_by_role("heading", name=number).wait_for()
    assert (gone, is_back) == (True, True)


def test_each_minute_the_wall_looks_at_the_time(wall):
    wall.evaluate("document.querySelector('main').dataset.seconds = '0'; document.dispatchEvent(new Event('table:changed'))")

    with wall.expect_request(lambda asked: asked.url.endswith("/wall/") and "x-live" in asked.headers):
        pass

    assert wall.locator("h1").count() == 1


def test_when_the_chair_ends_it_the_wall_goes_out(chair, wall):
    number = wall.locator("h1").inner_text()
    chair.get_by_role("link", name="Show the wall").click()

    chair.get_by_role("button", name="End the wall’s sign-in").click()
    wall.get_by_text("The wall has ended here.").wait_for(timeout=3000)

    assert (wall.get_by_text(number).count(), wall.context.cookies("http://localhost/wall/")) == (
        0,
        [each for each in wall.context.cookies() if each["name"] != "table_wall"],
    )
