"""A door through which a real browser is shown the states that the walk has kept, and asked what is wrong with each."""

import re
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import TimeoutError

HERE = Path(__file__).parent
SCRIPTS = {"axe.js": HERE.parent.parent / "vendor" / "axe" / "axe.min.js", "checks.js": HERE / "checks.js"}
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
ASKED = '<script src="/asked/axe.js" defer></script><script src="/asked/checks.js" defer></script></head>'
# A page that goes on by itself, or moves with its table, stands still here: it is looked at, and nobody answers what it asks.
BY_ITSELF = re.compile(r' data-goes-on| data-live="[^"]*"')
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
AT_THE_TABLE = (
    "meetings/chair.html",
    "meetings/member.html",
    "meetings/recorder.html",
    "meetings/attendance.html",
    "responses/contact.html",
)
# 1280 × 800 at 200 %, a phone upright, a small phone, 1280 × 1024 at 400 %: what is asked in each of these windows.
NARROWER = {
    (640, 400): ("reflow", "texts"),
    (360, 640): ("reflow",),
    (320, 640): ("reflow", "focus", "spaced"),
    (320, 256): ("focus",),
}
ON_PAPER = {"meetings/paper.html"}  # a sheet to print has the width of paper
# What is carried into a room or handed over; in short these alone are looked at as print, with everyone every page is.
PRINTED = ON_PAPER | {
    "meetings/detail.html",
    "meetings/minutes.html",
    "reports/release.html",
    "pages/guide.html",
    "situations/print_answers.html",
}
ON_A_SHEET = TAGS[:4]  # on paper nothing is pressed, and nobody goes from heading to heading: a situation prints its number alone


class Door(BaseHTTPRequestHandler):
    """Answers with a kept page, with a file of the house, or with nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = urlsplit(self.path).path
        if path in self.server.pages:
            page = BY_ITSELF.sub("", self.server.pages[path].replace("</head>", ASKED, 1))
            return self._send(page.encode(), "text/html; charset=utf-8")
        found = SCRIPTS.get(path.removeprefix("/asked/")) or (path.startswith("/static/") and finders.find(path.removeprefix("/static/")))
        if not found:
            return self.send_error(404)
        return self._send(Path(found).read_bytes(), KINDS.get(Path(found).suffix, "text/plain"), "max-age=3600")

    def _send(self, content, kind, kept="no-store"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", kept)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words):
        """A page that was shown is no news."""


class Studio:
    """A browser’s window before a door of its own; ``show`` a page, then ``ask``."""

    def __init__(self, page, door):
        self.page, self.door = page, door

    def show(self, html: str, *, at: str = "/shown/") -> None:
        self.door.pages = {at: html}
        self.page.goto(f"http://localhost:{self.door.server_port}{at}")

    def window(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def until_focused(self) -> None:
        """A browser sets the focus with its first picture, a moment after the page is there."""
        with suppress(TimeoutError):
            self.page.wait_for_function("document.activeElement !== document.body", timeout=2_000)

    def ask(self, check: str, *given) -> list[str]:
        return self.page.evaluate(f"given => everyone.{check}(...given)", list(given))

    @contextmanager
    def medium(self, **medium):
        self.page.emulate_media(**medium)
        yield
        self.page.emulate_media(**dict.fromkeys(medium, "null" if "media" not in medium else "screen"))


@contextmanager
def opened(chromium, *, language: str):
    """A studio, whose browser reads ``language``; closed at the end."""
    door = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    door.pages, door.daemon_threads = {}, True
    Thread(target=door.serve_forever, daemon=True).start()
    context = chromium.new_context(locale=language)
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        yield Studio(page, door)
    finally:
        context.close()
        door.shutdown()
        door.server_close()


def look_at(studio: Studio, state, *, wide: bool, narrow: bool) -> dict[str, list[str]]:
    """What is wrong with one state, by check: in a window as wide as a desk’s, with what does not depend on it, and in narrow ones."""
    found: dict[str, list[str]] = {}

    def note(check, *given, where=""):
        wrong = studio.ask(check, *given)
        if wrong:
            found[f"{check}{where}"] = wrong

    studio.window(1280, 800) if wide else studio.window(320, 640)
    studio.show(state.html)
    if state.is_after_an_act:
        studio.until_focused()
        note("goesOn")
    note("errors")
    note("order")
    if wide:
        _at_a_desk(studio, state, note)
    if wide and (narrow or state.page in PRINTED):
        with studio.medium(media="print"):
            note("axeSays", ON_A_SHEET, where=" in print")
    if narrow:
        _on_a_phone(studio, state, note)
    if wide and narrow:  # in short, test_palette.py answers for the dark
        with studio.medium(color_scheme="dark"):
            note("axeSays", None, BY_COLOUR, where=" in the dark")
    return found


def _at_a_desk(studio, state, note) -> None:
    note("axeSays", TAGS, where=" at 1280")
    note("targets", 24, where=" at 1280")
    if state.page not in ON_PAPER:
        for check in ("focus", "reflow", "spaced"):
            note(check, where=" at 1280")
    with studio.medium(reduced_motion="reduce"):
        note("still")
    with studio.medium(forced_colors="active"):
        note("lined")


def _on_a_phone(studio, state, note) -> None:
    if state.page not in ON_PAPER:
        for (across, down), checks in NARROWER.items():
            studio.window(across, down)
            for check in checks:
                note(check, where=f" at {across} × {down}")
        studio.window(320, 640)
        note("targets", *((44, "main") if state.page in AT_THE_TABLE else (24,)), where=" at 320")
    studio.window(320, 640)
    note("axeSays", TAGS, where=" at 320")
