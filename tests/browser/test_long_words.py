"""A language a third longer than English fits a phone, and a name in syllabics is drawn by the font that the table brings."""

import mimetypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import trans_real
from playwright.sync_api import sync_playwright

from agencies.models import SituationTable
from tests import canaries, cast
from tests.browser.conftest import QUIET, chromium_path
from tests.pseudo_locale import Catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SYLLABICS = "ᐗᐌᓂ"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def in_a_browser(answers: dict, look, *, width: int):
    """What ``look(page)`` returns; the pages are those that the test has fetched, the files lie where they lie.

    The browser has a thread of its own: its loop would keep Django's database from this one.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_looked, answers, look, width).result(timeout=120)


def _looked(answers, look, width):
    def answer(route):
        path = urlsplit(route.request.url).path
        if path in answers:
            return route.fulfill(status=200, headers=dict(answers[path].headers), body=answers[path].content)
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if file is None:
            return route.fulfill(status=404)
        return route.fulfill(body=Path(file).read_bytes(), content_type=mimetypes.guess_type(file)[0] or "font/woff2")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url="http://localhost")
        context.route("**/*", answer)
        said = look(context.new_page())
        browser.close()
    return said


def busiest(town):
    """The busiest pages, each with one who opens it."""
    return [
        ("lead", reverse("start")),
        ("lead", reverse("situations:list")),
        ("lead", reverse("situation", args=[town.situation.pk])),
        ("lead", reverse("meetings:list")),
        ("lead", reverse("meetings:member", args=[town.meeting.pk])),
        ("lead", reverse("responses:contact", args=[town.response.pk])),
        ("originator", reverse("situations:open")),
        ("chair", reverse("meetings:chair", args=[town.meeting.pk])),
        ("coordinator", reverse("start")),
        ("coordinator", reverse("agencies:directory")),
        ("coordinator", reverse("agencies:invite")),
        ("coordinator", reverse("help")),
    ]


def test_the_busiest_pages_fit_a_phone_in_a_language_a_third_longer(client_of, monkeypatch):
    monkeypatch.setitem(trans_real._translations, "fr-ca", Catalogue("fr-ca"))
    town = canaries.town_at("responding", is_room_open=True)
    answers = {f"/{part}{path}": client_of(cast.the(part), language="fr-ca").get(path) for part, path in busiest(town)}

    def look(page):
        wider = {}
        for path in answers:
            page.goto(path)
            if by := page.evaluate(WIDER):
                wider[path] = by
        return wider

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [path for path, answer in answers.items() if "[!!" not in answer.content.decode()] == []
    assert in_a_browser(answers, look, width=320) == {}


def fonts_of(page, selector) -> list[str]:
    """The fonts by which an element is drawn, as the browser names them."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return sorted(font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"])


@pytest.mark.parametrize(("name", "fetched"), [(SYLLABICS, True), ("Weweni Enji-nagadawendaagoziing, êkwa ā ē ī ō", False)])
def test_the_font_of_syllabics_is_fetched_only_where_one_stands(client_of, lead, name, fetched):
    SituationTable.objects.filter(name_en=cast.TABLE).update(name_oj=name)
    answers = {"/": client_of(lead).get("/")}

    def look(page):
        asked = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto("/")
        page.evaluate("document.fonts.ready.then(() => null)")
        return fonts_of(page, "[lang=oj]"), any(path.endswith(".woff2") for path in asked)

    drawn, is_asked = in_a_browser(answers, look, width=1280)

    assert ("Noto Sans Canadian Aboriginal" in drawn, is_asked) == (fetched, fetched)


def test_the_fonts_come_from_the_house_and_say_their_licence():
    folder = settings.BASE_DIR / "static" / "vendor" / "noto-sans-canadian-aboriginal"

    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE", "VERSION", "regular.woff2", "semibold.woff2"]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "LICENSE").read_text()
