"""A house of its own under the shipped server, and real Chromium at its door."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.seat import PASSWORD

HOUSE = Path(__file__).parent.parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]


def chromium_path() -> str:
    """Where the system keeps Chromium; without one the stories fail, they are never skipped."""
    found = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])), None)
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if found is None and mac.exists():
        found = str(mac)
    if found is None:
        pytest.fail("The stories need Chromium: install the package chromium (Debian, Ubuntu) or Google Chrome, then try again.")
    return found


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class OpenHouse:
    """The table under its own server, with the cast seated; ``mail`` is the folder into which its mail is written."""

    def __init__(self, folder: Path, *, is_furnished: bool = False):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.mail = folder / "mail"
        self.mail.mkdir()
        self.environment = os.environ | {
            "TABLE_VAR": str(folder / "var"),
            "PORT": str(self.port),
            "PRACTICE": "1",
            "EMAIL_URL": f"filemail:///{self.mail}",
            "DJANGO_SETTINGS_MODULE": "cms_table.settings",
        }
        for given in ("DATABASE_URL", "DATABASE_OWNER_URL", "SITE_ADDRESS"):
            self.environment.pop(given, None)
        seat = [sys.executable, "-m", "tests.browser.seat", *(["--furnished"] if is_furnished else [])]
        subprocess.run(seat, cwd=HOUSE, env=self.environment, check=True, timeout=120)
        self.log = (folder / "server.log").open("w+")
        self.server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=HOUSE, env=self.environment, stdout=self.log, stderr=self.log
        )
        self._wait()

    def _wait(self):
        for _try in range(120):
            if self.server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.address}/up/", timeout=2)
                return
            except OSError:
                time.sleep(0.5)
        self.log.seek(0)
        pytest.fail(f"The house did not open: {self.log.read()[-2000:]}")

    def letters(self, *, until: str) -> str:
        """All mail that has left, once one of them says ``until``. A mail waits for half a minute, in which an act can be undone."""
        for _try in range(180):
            said = "\n".join(path.read_text() for path in sorted(self.mail.iterdir()))
            if until in said:
                return said
            time.sleep(0.5)
        return pytest.fail(f"No mail said “{until}”.")

    def close(self):
        subprocess.run([sys.executable, "manage.py", "stop"], cwd=HOUSE, env=self.environment, check=False, timeout=60, capture_output=True)
        self.server.wait(timeout=30)
        self.log.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    opened = OpenHouse(tmp_path_factory.mktemp("house"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playing:
        yield playing


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
    yield browser
    browser.close()


def sign_in(chromium, house, part, *, language="en-CA", width=1280, **options):
    """A page in a browser of its own, in which one of the cast has signed in, in the language asked for."""
    context = chromium.new_context(locale=language, viewport={"width": width, "height": 900}, base_url=house.address, **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/accounts/login/")
    page.get_by_label(re.compile("e-?mail|courriel", re.IGNORECASE)).fill(f"{part}@table.example")
    page.get_by_label(re.compile("password|mot de passe", re.IGNORECASE)).first.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    page.locator("main form button[type=submit]").first.click()  # a practice table fills the code in
    page.wait_for_url(lambda url: "/accounts/" not in url)  # the steering committee is led on to its releases
    wanted = language.lower()
    if page.locator("html").get_attribute("lang") != wanted:  # the profile remembers the language of the last visit
        page.get_by_role("button", name="Français" if wanted == "fr-ca" else "English").click()
        page.locator(f"html[lang={wanted}]").wait_for(state="attached")
    return page


@pytest.fixture
def seat_of(house, chromium):
    """A browser of one's own in which one of the cast has signed in: ``seat_of("chair")``; in French with ``language="fr-CA"``."""
    pages = []

    def signed_in(part, **options):
        pages.append(sign_in(chromium, house, part, **options))
        return pages[-1]

    yield signed_in
    for page in pages:
        page.context.close()
