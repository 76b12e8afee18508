"""A page of a meeting moves when its table does: nobody asks for it, nothing typed is lost, and an ended sign-in is out at once."""

import re

import pytest

from tests.browser.conftest import OpenHouse, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def under_way(tmp_path_factory):
    """A meeting at Filter 2."""
    opened = OpenHouse(tmp_path_factory.mktemp("live"), is_furnished=True)
    yield opened
    opened.close()


@pytest.fixture
def seated(chromium, under_way):
    pages = []

    def at(part, screen):
        page = sign_in(chromium, under_way, part)
        pages.append(page)
        page.goto("/")
        page.locator(f"a[href$='/{screen}/']").first.click()
        page.wait_for_load_state()
        page.locator("body[data-line=open]").wait_for()
        return page

    yield at
    for page in pages:
        page.context.close()


def test_what_an_agency_says_stands_on_the_chairs_screen_and_what_the_chair_does_on_the_members(seated):
    chair, member = seated("chair", "chair"), seated("in_the_room", "member")
    chair.evaluate("document.body.dataset.same = 'yes'")
    before = chair.locator("#positions").inner_text()

    member.get_by_role("button", name=re.compile("^All criteria are met|^Acute|met", re.IGNORECASE)).first.click()
    chair.wait_for_function("(before) => document.querySelector('#positions').innerText !== before", arg=before)
    said = chair.locator("#positions").inner_text()
    focus = chair.evaluate("document.activeElement.tagName")
    chair.get_by_role("button", name="Accept", exact=True).click()
    member.get_by_role("heading", name="Is your agency involved?").wait_for()

    assert ("1 of" in said, focus, member.evaluate("document.body.dataset.live")) == (True, "H1", "/live/")


def test_what_the_chair_has_chosen_and_not_sent_stays_when_an_agency_speaks(seated):
    chair, member = seated("chair", "chair"), seated("lead", "member")
    part = chair.get_by_role("group", name="Otter Mental Health").get_by_label("Lead", exact=True)
    part.check()
    before = chair.locator("#who-acts").inner_text()

    member.get_by_role("button", name=re.compile("^Could help")).click()
    chair.wait_for_function("(before) => document.querySelector('#who-acts').innerText !== before", arg=before)

    assert (part.is_checked(), part.evaluate("(field) => field === document.activeElement")) == (True, True)


def test_whoever_signs_out_everywhere_has_no_page_left_within_a_second(seated, chromium, under_way):
    here = seated("coordinator", "recorder")
    elsewhere = sign_in(chromium, under_way, "coordinator")
    elsewhere.goto("/table/profile/sign-ins/")

    elsewhere.get_by_role("button", name=re.compile("Sign out everywhere")).first.click()
    here.get_by_role("heading", name="This page is closed").wait_for(timeout=5000)

    assert here.locator("main").get_by_text("Filter").count() == 0
    elsewhere.context.close()
