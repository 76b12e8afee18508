"""Every state in which a page can stand, gathered without a browser: by address, by link, by form, by what goes wrong.

A page is kept when it shows something that no page before it showed: a template, or an element that this page had not yet
drawn. So each template is looked at in each of its states, and none of them twice.
"""

import copy
import re
import uuid
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from django.db import transaction
from django.urls import Resolver404, resolve, reverse

from agencies.models import Agency, Member
from practice.proof.crawl import BELOW_THE_SITUATIONS, LEFT_OUT, addresses, arguments
from tests import canaries, cast
from tests.forms_of_a_page import forms_of

NO_PAGE = LEFT_OUT | {"up", "typed", "live", "the_wall_live"}
NOT_POSTED = LEFT_OUT | {"language", "agencies:sit_at", "typed", "typed_again"}
EACH_KIND = 5  # so many links to one kind of list are followed: by its columns, its questions, its pages
LONG = "Centre-de-ressources-communautaires-francophones-du-Nord-et-des-environs"
NOT_ALLOWED = 405
PART = re.compile(r"(^|/)_|help_text|^bootstrap5/")  # drawn into a page, sometimes before it


@dataclass(frozen=True)
class State:
    """A page as somebody finds it: what it is called, where it stands, what the server sent, and whether an act led to it."""

    name: str
    path: str
    status: int
    html: str
    page: str
    is_after_an_act: bool = False


class Shape(HTMLParser):
    """What a page is made of: its elements, each with its classes, its role and its states; neither words nor numbers."""

    TOLD = (
        "type", "role", "aria-current", "aria-pressed", "aria-sort", "aria-invalid", "aria-expanded",
        "hidden", "open", "disabled", "multiple",
    )  # fmt: skip

    def __init__(self):
        super().__init__()
        self.elements: set[str] = set()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.elements.add(" ".join([tag, given.get("class", "")] + [f"{name}={given[name]}" for name in self.TOLD if name in given]))


def shape_of(html: str) -> set[str]:
    """The elements of the page’s own part; header and foot are those of every page."""
    reader = Shape()
    reader.feed(html[max(0, html.find("<main")) :].split("</main>", maxsplit=1)[0])
    return reader.elements


class Album:
    """The states found so far in one language; ``templates`` are all that were drawn, ``posted`` the forms that were tried."""

    def __init__(self):
        self.states: list[State] = []
        self.templates: set[str] = set()
        self.posted: set[tuple[str, str]] = set()
        self.opened: set[str] = set()
        self.only_posted: set[str] = set()
        self.shown: dict[str, set[str]] = {}

    def add(self, name, path, answer, *, is_after_an_act=False, is_kept=False) -> bool:
        """Whether the page was kept; what another album kept is kept here too, ``is_kept``."""
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or answer.status_code == NOT_ALLOWED or answer.status_code in (301, 302, 303):
            return False
        drawn = [template.name for template in answer.templates if template.name]
        self.templates |= set(drawn)
        html, page = answer.content.decode(), next((each for each in drawn if not PART.search(each)), name)
        fresh = {page, *drawn, *shape_of(html)} - self.shown.setdefault(page, set())
        if fresh or is_kept:
            self.shown[page] |= fresh
            self.states.append(State(name, path, answer.status_code, html, page, is_after_an_act))
        return bool(fresh)


class Walker:
    """One of the cast, who opens every address, follows what leads on, and fills every form; nothing of that stays.

    What is new in the first language is looked at in the others too.
    """

    def __init__(self, albums, clients, *, part, ways=("with nothing", "willingly")):
        self.albums, self.clients, self.part, self.ways = albums, clients, part, ways
        (self.album, *self.others), (self.client, *self.also) = albums.values(), clients.values()
        self.seen: set[str] = set()
        for client in clients.values():
            client.raise_request_exception = False  # a page that breaks is a state, and the worst

    def walk(self, town, *, is_whole, only=()) -> None:
        for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
            if only and name not in only:
                continue
            if name in NO_PAGE | self.album.only_posted or (not is_whole and name.startswith(BELOW_THE_SITUATIONS)):
                continue
            for args in arguments(name, list(wanted), town) or []:
                self.open(name, reverse(name, args=args))

    def open(self, name, path, *, leads_on=True) -> None:
        if path in self.seen:
            return
        self.seen.add(path)
        answer = self.client.get(path)
        self.album.opened.add(name)
        if answer.status_code == NOT_ALLOWED:
            self.album.only_posted.add(name)
        if self.album.add(f"{name} ({self.part})", path, answer):
            for album, client in zip(self.others, self.also, strict=True):
                album.add(f"{name} ({self.part})", path, client.get(path), is_kept=True)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            return
        html = answer.content.decode()
        self.fill(html, path)
        for place in self.links_of(html, path) if leads_on else []:
            self.open(name_of(place), place, leads_on=False)

    def links_of(self, html, path) -> list[str]:
        """Where a page leads that no address of the crawl leads: another order, the next page, a place nobody has opened yet."""
        found: dict[str, list[str]] = {}
        for link in dict.fromkeys(map(unescape, re.findall(r'<a[^>]* href="([^"#]+)', html))):
            place = link if link.startswith("/") else path.split("?")[0] + link if link.startswith("?") else ""
            name = name_of(place)
            if name and name not in NO_PAGE and ("?" in place or name == "guide" or name not in self.album.opened):
                found.setdefault(name, []).append(place)
        return [place for name, places in found.items() for place in (places if name == "guide" else places[:EACH_KIND])]

    def fill(self, html, path) -> None:
        for form in forms_of(html, path):
            if form.name in NOT_POSTED:
                continue
            ways = {way: typed for way, typed in form.ways() if way in self.ways}
            if "version" in ways.get("willingly", {}):
                ways["after somebody else"] = ways["willingly"] | {"version": ["0"]}
            for way, typed in ways.items():
                if (form.name, way) not in self.album.posted:
                    self.album.posted.add((form.name, way))
                    self.post(form, way, typed)

    def post(self, form, way, typed) -> None:
        name = f"{form.name}, {way} ({self.part})"
        for language, client in self.clients.items():
            signed_in = copy.deepcopy(client.cookies)  # as its session in the database: whatever is pressed, one stays signed in
            with transaction.atomic():
                answer = client.post(form.action, typed | {"form_token": str(uuid.uuid4())}, follow=True)
                is_kept = self.albums[language].add(name, form.action, answer, is_after_an_act=True, is_kept=client is not self.client)
                transaction.set_rollback(True)
            client.cookies = signed_in
            if not is_kept:
                return


def name_of(path: str) -> str:
    try:
        return resolve(path.split("?", maxsplit=1)[0]).view_name
    except Resolver404:
        return ""


# Who opens every address at which stage of a situation; ``+`` the ground floor as well;
# ``=`` these addresses only.
SHORT = {
    ("draft", False): ["originator+", "stranger", "administrator=start,agencies:add_table,agencies:settings", "steering=start"],
    ("submitted", False): ["coordinator", "originator=situation,meetings:emergency"],
    ("presented", True): ["chair", "in_the_room", "recorder", "recused=meetings:member"],
    ("identifying", True): ["chair"],
    ("responding", True): ["lead", "chair", "recorder=meetings:recorder,meetings:report", "stranger=start,responses:answer_asked"],
    ("concluded", True): [
        "coordinator+",
        "privacy_officer=situation,situations:look,situations:looks,situations:happened,agencies:ledger,start",
        "privacy_officer=situations:all_looks,situations:incident",
    ],
    ("rejected", False): ["agency_lead=start,meetings:activity,situations:not_brought"],
}
WHOLE = {
    ("draft", False): ["originator+", "stranger", "observer"],
    ("submitted", False): ["coordinator", "originator", "chair", "observer"],
    ("presented", True): ["chair", "in_the_room", "recused", "recorder", "observer"],
    ("identifying", True): ["in_the_room", "chair", "recorder"],
    ("responding", True): ["lead", "assisting", "stranger", "chair", "recorder", "coordinator+"],
    ("concluded", True): ["coordinator+", "lead", "agency_lead+", "privacy_officer+", "administrator+", "steering"],
    ("rejected", False): ["originator", "chair"],
    ("withdrawn", False): ["originator"],
    ("ended_early", False): ["originator", "chair"],
    ("purged", False): ["originator", "lead"],
}


def lived_in(town) -> None:
    """A house with names that are long, and with more situations than one page lists."""
    Agency.objects.filter(name="Granite Police Service").update(name=LONG)
    Member.objects.filter(email="in_the_room@table.example").update(full_name=f"Marie-Antoinette {LONG}")
    for _draft in range(27):
        cast.a_draft(town.table, by=cast.the("originator"))


def gather(client_of, *, languages, is_whole) -> dict[str, Album]:
    """All states, by language: what the cast finds at each stage, and the rarer ones."""
    from tests.browser.everyone.occasions import OCCASIONS

    albums = {language: Album() for language in languages}
    ways = ("with nothing", "with nonsense", "willingly") if is_whole else ("with nothing", "willingly")
    for (stage, is_room_open), seats in (WHOLE if is_whole else SHORT).items():
        with transaction.atomic():
            town = canaries.town_at(stage, is_room_open=is_room_open)
            if stage == "draft":
                lived_in(town)
            for seat in seats:
                part, _of, names = seat.rstrip("+").partition("=")
                clients = {language: client_of(cast.the(part), language=language) for language in languages}
                walker = Walker(albums, clients, part=part, ways=ways)
                walker.walk(town, is_whole=seat.endswith("+") or bool(names), only=names.split(",") if names else ())
            transaction.set_rollback(True)
    for language, album in albums.items():
        for occasion in OCCASIONS:
            with transaction.atomic():
                for name, answer, is_after_an_act in occasion(client_of, language):
                    album.add(name, "", answer, is_after_an_act=is_after_an_act)
                transaction.set_rollback(True)
    return albums
