"""After a whole working day the browser's own folder, on a shared desk, holds no word of what was read or typed."""

import re

import pytest

from tests.browser.conftest import QUIET, OpenHouse, chromium_path, sign_in

pytestmark = pytest.mark.browser
READ = "Sleeps in different places"  # stands on the page of the situation
TYPED = ["zqheronsaid", "zqotterline"]  # a sentence of why now, a line of a systemic issue
PLANTED = "zqplantedword"


@pytest.fixture(scope="module")
def busy_house(tmp_path_factory):
    """A table in the middle of its work, with a situation at Filter 2."""
    opened = OpenHouse(tmp_path_factory.mktemp("desk"), is_furnished=True)
    yield opened
    opened.close()


def found_in(folder, word):
    """The files of the folder in which the word stands, as the disk holds it or in the wide letters of some of Chromium's own files."""
    forms = [word.encode(), word.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(folder)) for path in files if any(form in path.read_bytes() for form in forms))


class Kept:
    """A Chromium that keeps a folder of its own, as on a desk; ``new_context`` gives it to ``sign_in``."""

    def __init__(self, playwright, folder):
        self.playwright, self.folder = playwright, folder

    def new_context(self, **options):
        return self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=chromium_path(), args=QUIET, ignore_default_args=["--disable-back-forward-cache"], **options
        )


def a_days_work(page):
    """Situation read, draft typed and left, issue typed and sent, a page printed for the screen, signed out."""
    page.locator("a[href$='/member/']").first.click()
    page.get_by_role("link", name="What you may know of it").click()
    page.get_by_text(READ).first.wait_for()
    page.goto("/situations/open/")
    page.get_by_role("button", name="Start a draft").click()
    page.wait_for_url("**/step/1/**")
    page.goto(page.url.split("/step/")[0] + "/step/7/")
    page.locator("textarea[name=why_now]").fill(f"{TYPED[0]} and has not slept at home.")
    page.locator(".saved span").filter(has_text=re.compile("Saved", re.IGNORECASE)).first.wait_for()
    page.goto("/responses/issues/raise/")
    page.locator("main textarea, main input[type=text]").first.fill(f"{TYPED[1]} has no bed.")
    page.wait_for_timeout(6000)  # the letters that are not sent are sealed meanwhile
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")


def test_the_browsers_folder_holds_no_word_and_the_search_would_notice_one(playwright, busy_house, tmp_path):
    page = sign_in(Kept(playwright, tmp_path), busy_house, "originator")
    page.on("dialog", lambda dialog: dialog.accept())
    a_days_work(page)
    page.goto(f"/help/?{PLANTED}")  # an address stays in the history
    kept = {cookie["name"] for cookie in page.context.cookies()}
    page.context.close()

    assert (found_in(tmp_path, PLANTED) != [], kept - {"django_language", "table_guard", "table_device", "table_session"}) == (True, set())
    assert {word: found_in(tmp_path, word) for word in [READ, *TYPED]} == {word: [] for word in [READ, *TYPED]}
