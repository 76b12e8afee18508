"""Somebody who brings a situation with a keyboard alone, in real Chromium: every key, every page and every choice is counted."""

import time
from dataclasses import dataclass, field
from typing import Any

# What is brought: a typical situation, known before one sits down. Question: its answers.
RADIOS = {
    "discussion_type": "discussion_type:PER",
    "sex_gender": "sex_gender:M",
    "check_911": "not_needed",
    "check_DTR": "not_needed",
    "check_MHA": "done",
    "discussed_before": "no",
    "consent": "consent:YES",
}
SELECTS = {"age_group": ("age_group:30-39", "30"), "language_of_service": ("language_of_service:FR", "fr")}  # the answer, and what is typed
PICKS = {
    "risk_factors": {
        "risk_factor:HOU-01": "homeless",
        "risk_factor:DRG-01": "fentanyl",
        "risk_factor:SUI-02": "suicidal",
        "risk_factor:POV-01": "poverty",
    },
    "protective_factors": {"protective_factor:PF-SOC-02": "trust", "protective_factor:PF-FAM-10": "bond"},
}
BOXES = {
    "attempts": ["attempt:TRY-01", "attempt:TRY-05"],
    "criteria": ["criterion:AER-A", "criterion:AER-B", "criterion:AER-C", "criterion:AER-D"],
}
WHY_NOW = "Has slept outside for two weeks and the nights are below zero. Told a worker that there is no point in going on."
REACH = 80  # tabs after which something is out of reach

HERE = """() => {
  const here = document.activeElement;
  const list = here.getAttribute("aria-controls") && document.getElementById(here.getAttribute("aria-controls"));
  const option = list && list.querySelector("[aria-selected=true]");
  return {tag: here.tagName, type: here.type || "", name: here.name || "", value: here.value || "", checked: Boolean(here.checked),
          words: (here.innerText || "").trim(), inside: Boolean(here.closest("main")) && here.tagName !== "MAIN",
          skips: here.classList.contains("skip"), leads: here.getAttribute("href") || "", option: (option && option.dataset.key) || "",
          goesOn: Boolean((here.closest("[data-hint]") || {dataset: {}}).dataset.hint)};
}"""
ASKED = """(names) => [...document.querySelectorAll("main form [name]")].map((one) => one.name)
  .filter((name, at, all) => names.includes(name) && all.indexOf(name) === at)"""


class OutOfReachError(RuntimeError):
    """The keyboard did not get there."""


@dataclass
class Hands:
    """Keys pressed, pages waited for, choices made. ``page`` is a page of Playwright at which the member is signed in."""

    page: Any
    keys: int = 0
    pages: int = 0
    choices: int = 0
    waited: float = 0.0  # seconds until the pages were there
    answered: set[str] = field(default_factory=set)

    @property
    def here(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(HERE)
        return found

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def follow(self) -> None:
        """Enter, and the next page is there."""
        began = time.monotonic()
        with self.page.expect_navigation():
            self.press("Enter")
        self.page.wait_for_load_state()
        self.waited += time.monotonic() - began
        self.pages += 1

    def tab_to(self, *, past_the_menu: bool = True, **wanted: Any) -> None:
        if past_the_menu and not self.here["inside"]:
            self.press("Tab")  # the first is the link that leads past the menu
            if self.here["skips"]:
                self.press("Enter")
        for _tab in range(REACH):
            here = self.here
            if all(here[what] == value for what, value in wanted.items()):
                return
            self.press("Tab")
        raise OutOfReachError(f"{wanted} cannot be reached; the focus is at {self.here}.")

    def choose_radio(self, name: str, value: str) -> None:
        self.tab_to(name=name)
        for _arrow in range(REACH):
            here = self.here
            if here["value"] == value:
                if not here["checked"]:
                    self.press("Space")
                break
            self.press("ArrowDown")
        self.choices += 1

    def choose_of_list(self, name: str, value: str, typed: str) -> None:
        self.tab_to(name=name)
        for letter in typed:
            if self.here["value"] == value:
                break
            self.press(letter)
        if self.here["value"] != value:
            raise OutOfReachError(f"{typed} does not choose {value}, but {self.here['value']}.")
        self.choices += 1

    def find(self, name: str, key: str, typed: str) -> None:
        """Type until the wanted entry is the one that Enter adds; at the end of the word, go down to it."""
        self.tab_to(name=f"find_{name}")
        for letter in typed:
            self.press(letter)
            if self.here["option"] == key:
                break
        for _arrow in range(REACH):
            if self.here["option"] == key:
                break
            self.press("ArrowDown")
        self.press("Enter")
        self.choices += 1

    def tick(self, name: str, values: list[str]) -> None:
        for value in values:
            self.tab_to(name=name, value=value)
            self.press("Space")
            self.choices += 1

    def write(self, name: str, words: str) -> None:
        self.tab_to(name=name)
        for letter in words:
            self.keys += letter.isupper()  # the shift key counts too
            self.press("Space" if letter == " " else letter)
        self.choices += 1

    def go_on(self) -> None:
        """Enter where it goes on from the field, otherwise by the button; a wanted answer that was not taken shows by the same page."""
        here = self.here
        goes_by_itself = here["type"] in ("radio", "checkbox") or here["goesOn"]
        if not goes_by_itself:
            self.tab_to(name="go", value="continue")
        self.choices += 1
        self.follow()

    def answer(self) -> None:
        """Every question of this page, in the page's order."""
        asked = {**dict.fromkeys(RADIOS), **dict.fromkeys(SELECTS), **dict.fromkeys(BOXES), "why_now": None}
        names = [*asked, *(f"find_{name}" for name in PICKS)]
        for name in self.page.evaluate(ASKED, names):
            self.answered.add(name)
            picked = name.removeprefix("find_")
            if name in RADIOS:
                self.choose_radio(name, RADIOS[name])
            elif name in SELECTS:
                self.choose_of_list(name, *SELECTS[name])
            elif name in BOXES:
                self.tick(name, BOXES[name])
            elif name == "why_now":
                self.write(name, WHY_NOW)
            else:
                for key, typed in PICKS[picked].items():
                    self.find(picked, key, typed)

    def bring(self) -> None:
        """From the first page to the situation before the table."""
        self.tab_to(words="Bring a situation", tag="A")
        self.choices += 1
        self.follow()
        self.tab_to(words="Start a draft")
        self.choices += 1
        self.follow()
        while "/step/" in self.page.url:
            step = self.page.url
            self.answer()
            self.go_on()
            if self.page.url == step:
                raise OutOfReachError(f"The answers were not taken: {self.page.locator('.error-summary').inner_text()}")
        self.to_submitting()
        self.choices += 1
        self.follow()

    def to_submitting(self) -> None:
        """By the link that leads to the end of the answers, where there is one; otherwise through all of them."""
        for _tab in range(REACH):
            here = self.here
            if here["words"] == "Submit to the table":
                return
            self.press("Enter" if here["leads"] == "#submit" else "Tab")
        raise OutOfReachError("The button that submits cannot be reached.")
