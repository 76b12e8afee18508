"""Back never shows a page to whom it is no longer open, in a browser that keeps its pages in memory, as everybody's does.

Browser test tools switch that memory off; with it off these tests could not fail. Which pages a browser keeps although they say
``no-store`` depends on its version, the line and the cookies; here the header is taken off on the way, so that every page is kept.
"""

import re
import subprocess
import sys

import pytest

from tests.browser.conftest import HOUSE, QUIET, OpenHouse, chromium_path, sign_in

pytestmark = pytest.mark.browser
END_ALL = "from agencies.models import SignIn; SignIn.objects.all().delete()"
SHOWN = "Sleeps in different places"
# What a reader would see of a page that comes out of the browser's memory, at its first picture and for a while after.
WATCH = """
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  let looked = 0;
  const look = () => {
    const seen = document.documentElement.hidden ? "" : document.body.innerText;
    console.log(`OUT OF MEMORY: ${seen.includes("%s")}`);
    if ((looked += 1) < 20) requestAnimationFrame(look);
  };
  look();
  requestAnimationFrame(look);
});
"""
WITHOUT_THE_GUARD = """
const listen = window.addEventListener;
window.addEventListener = function (name, ...rest) { if (!name.startsWith("page")) listen.call(window, name, ...rest); };
"""


@pytest.fixture(scope="module")
def busy_house(tmp_path_factory):
    """A table in the middle of its work, with a situation at Filter 2."""
    opened = OpenHouse(tmp_path_factory.mktemp("busy"), is_furnished=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def remembering(playwright):
    """Chromium as people have it: it keeps pages in memory."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


def without_no_store(route):
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: said for name, said in answer.headers.items() if name.lower() != "cache-control"})


@pytest.fixture
def opened(remembering, busy_house):
    """What ``part`` has open: the page of the situation before the table; and what the browser said of pages out of its memory."""
    pages = []

    def situation_of(part, *, guarded=True):
        page = sign_in(remembering, busy_house, part)
        pages.append(page)
        said = []
        page.on("console", lambda message: said.append(message.text) if message.text.startswith("OUT OF MEMORY") else None)
        page.add_init_script(WATCH % SHOWN + ("" if guarded else WITHOUT_THE_GUARD))
        page.route("**/situations/*/", without_no_store)
        page.locator("a[href$='/member/']").first.click()
        page.get_by_role("link", name="What you may know of it").click()
        page.get_by_text(SHOWN).first.wait_for()
        page.unroute_all()
        return page, said

    yield situation_of
    for page in pages:
        page.context.close()


def back(page, *, until=None):
    page.go_back(wait_until="commit")
    if until:
        page.wait_for_url(until)
    page.wait_for_timeout(2000)  # a page out of memory has no event of its own to wait for


def test_without_the_guard_the_browsers_memory_would_show_it(opened, busy_house):
    assert any(is_shown_without_the_guard(opened, busy_house) for _try in range(3))  # a browser that is busy lets a page go by itself


def is_shown_without_the_guard(opened, house) -> bool:
    page, said = opened("in_the_room", guarded=False)
    page.goto("/help/")
    end_every_session(house)
    back(page)
    return "OUT OF MEMORY: true" in said


def end_every_session(house):
    """As when fifteen minutes have passed: the server lets nobody in any more, and the browser does not know."""
    told = [sys.executable, "manage.py", "shell", "-c", END_ALL]
    subprocess.run(told, cwd=HOUSE, env=house.environment, check=True, timeout=60, capture_output=True)


def test_after_the_end_on_the_server_back_leads_to_the_door(opened, busy_house):
    page, said = opened("in_the_room")
    page.goto("/help/")
    end_every_session(busy_house)
    back(page, until="**/accounts/login/**")

    assert ("OUT OF MEMORY: true" in said, "/accounts/login/" in page.url, SHOWN in page.content()) == (False, True, False)


def test_after_signing_out_back_leads_to_the_door(opened):
    page, said = opened("lead")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")
    back(page, until="**/accounts/login/?**")

    assert ("OUT OF MEMORY: true" in said, "/accounts/login/" in page.url, SHOWN in page.content()) == (False, True, False)


def test_after_stepping_out_of_a_situation_back_does_not_show_it(opened):
    page, said = opened("assisting")
    page.get_by_role("link", name=re.compile("step out", re.IGNORECASE)).first.click()
    page.wait_for_load_state()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    back(page)
    back(page)

    assert ("OUT OF MEMORY: true" in said, SHOWN in page.content()) == (False, False)
