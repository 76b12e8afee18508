"""The chair leads an item from present to next with few keys; after each act the reading begins at what was done."""

import pytest

from tests.browser.conftest import OpenHouse, sign_in

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  const here = document.activeElement;
  const words = [...here.childNodes].map((each) => (each.ariaHidden === "true" ? "" : (each.innerText ?? each.textContent)));
  return {tag: here.tagName, words: words.join("").trim(), value: here.value || "", id: here.id};
}"""


@pytest.fixture(scope="module")
def under_way(tmp_path_factory):
    """A meeting at Filter 2."""
    opened = OpenHouse(tmp_path_factory.mktemp("keys"), is_furnished=True)
    yield opened
    opened.close()


class Keys:
    """Somebody who has a keyboard only; ``tabs`` and ``presses`` count."""

    def __init__(self, page):
        self.page, self.tabs, self.presses = page, 0, 0

    @property
    def here(self):
        return self.page.evaluate(FOCUSED)

    def tab_to(self, words="", *, value=""):
        for _tab in range(40):
            if (self.here["words"] == words) if words else (self.here["value"] == value):
                return
            self.page.keyboard.press("Tab")
            self.tabs += 1
        pytest.fail(f"{words or value} is out of reach; the focus is at {self.here}")

    def press(self, key="Enter"):
        self.presses += 1
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()


def test_from_present_to_next_in_six_presses_and_few_tabs(chromium, under_way):
    page = sign_in(chromium, under_way, "chair")
    page.goto("/")
    page.get_by_role("link", name="Chair this meeting").click()
    page.wait_for_load_state()
    keys = Keys(page)
    assert (keys.here["tag"], page.title().startswith("Chair: is the risk acute?")) == ("H1", True)

    keys.tab_to("Accept")
    keys.press()
    assert (keys.here["id"], page.title().startswith("Chair: who must act?")) == ("said", True)
    keys.tab_to(value="none")
    page.keyboard.press("ArrowRight")
    keys.presses += 1
    assert keys.here["value"] == "lead"
    keys.press()
    assert keys.here["words"] == "The response is recorded. From now on only those who act know."
    keys.tab_to("Next item")
    keys.press()

    assert (keys.here["tag"], page.title().startswith("Chair: ")) == ("H1", True)
    assert (keys.presses <= 6, keys.tabs <= 12) == (True, True)
    page.context.close()


def test_a_press_in_the_attendance_leads_back_to_the_row_which_says_what_was_done_without_a_script_too(chromium, under_way):
    page = sign_in(chromium, under_way, "chair", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Chair this meeting").click()
    page.get_by_role("link", name="Attendance").click()
    page.get_by_role("button", name="In the room – Stranger Person").focus()
    keys = Keys(page)
    keys.press()

    assert (keys.here["tag"], keys.here["id"][:7]) == ("TR", "person-")
    assert page.locator("tr:focus").get_by_role("status").inner_text().strip() == "Kept: in the room."
    page.context.close()


def test_for_a_screen_reader_the_console_is_a_heading_the_acts_the_agenda_and_the_room(chromium, under_way):
    page = sign_in(chromium, under_way, "chair")
    page.goto("/")
    page.get_by_role("link", name="Chair this meeting").click()
    page.wait_for_load_state()
    told = page.locator("main").aria_snapshot()

    places = [told.index(words) for words in ("heading", 'region "Next step"', 'navigation "Agenda"', 'heading "Here"')]
    assert places == sorted(places)
    assert told.index('heading "') == told.index("heading")
    page.context.close()
