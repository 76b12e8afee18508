"""How many keys, pages and seconds it takes to bring a typical situation, from the first page until it is before the table."""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cms_table.bench.hands import WHY_NOW, Hands
from cms_table.bench.servers import House
from practice.town import SIGN_INS

# The keystroke-level model: Card, Moran, Newell, "The keystroke-level model for user performance time with interactive systems",
# Communications of the ACM 23 (1980), 396-410. One key by an average typist who is no secretary, and one mental preparation.
A_KEY, A_THOUGHT = 0.28, 1.35  # seconds
MOST = 180  # seconds
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-background-networking"]


@dataclass(frozen=True)
class Brought:
    """What one run took."""

    keys: int
    pages: int
    choices: int
    waited: float

    @property
    def seconds(self) -> float:
        """By the keystroke-level model, with a thought before each answer and each page, and the time the pages took."""
        return self.keys * A_KEY + self.choices * A_THOUGHT + self.waited


def bring_one(code: Path | None = None) -> Brought:
    """Open a house, by the code of this folder or of another one, and bring a situation by keyboard alone.

    Raises ``RuntimeError`` where there is no Chromium, where the house does not open, or where the keyboard does not get there.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 a tool of development, which no other run of this command needs

    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if chromium is None:
        raise RuntimeError("The keyboard is measured in Chromium: install the package chromium, then try again.")
    var = settings.VAR / "bench-intake"
    house = House(var, code=code)
    house.surroundings["PRACTICE_PASSWORD"] = password = secrets.token_urlsafe(12)
    house.close()
    shutil.rmtree(var, ignore_errors=True)
    try:
        house.order("practice", "--weeks", "1")
        with house.open(with_floor=False), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
            page = browser.new_context(locale="en-CA", viewport={"width": 1280, "height": 900}).new_page()
            address = f"http://localhost:{house.port}"
            page.goto(f"{address}/accounts/login/")
            page.locator("main input[name=login]").fill(SIGN_INS["representative"])
            page.locator("main input[name=password]").fill(password)
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_url("**/2fa/authenticate/")
            page.locator("main form button[type=submit]").first.click()  # a practice table fills the code in
            page.wait_for_url(lambda url: "/accounts/" not in url)
            page.goto(f"{address}/")
            hands = Hands(page)
            hands.bring()
            browser.close()
            return Brought(hands.keys, hands.pages, hands.choices, hands.waited)
    finally:
        house.close()
        shutil.rmtree(var, ignore_errors=True)


def report(brought: Brought) -> str:
    """As Markdown; the time is an estimate, and says of whom."""
    held = "held" if brought.seconds <= MOST else "**missed**"
    return "\n".join(
        [
            "| Keys | of these the two sentences | Pages | Answers and decisions | Waited for pages, s | Estimate, s | Target |",
            "|---|---|---|---|---|---|---|",
            f"| {brought.keys} | {len(WHY_NOW)} | {brought.pages} | {brought.choices} | {brought.waited:.1f} |"
            f" {brought.seconds:.0f} | ≤ {MOST} : {held} |",
        ]
    )
