"""A language that nobody speaks, made of whatever the table says: what stays in plain letters never went through a catalogue.

Every letter of a message becomes one that neither English nor French has, and the message grows by a third, as a long
translation does. Placeholders and tags stay.
"""

import csv
import io
import json
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

import openpyxl
from django.utils.translation import trans_real

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPOKEN_BY_NOBODY = "ăƀčďĕƒğħĭĵķľɱňŏþɋřšťŭṽŵẋýžĂɃČĎĔƑĞĦĬĴĶĽⱮŇŎÞɊŘŠŤŬṼŴẊÝŽ"
LETTERS = str.maketrans(PLAIN, SPOKEN_BY_NOBODY)
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|<[^>]+>|&\w+;|\n)")  # what a translation leaves as it is
SPOKEN = re.compile("[A-Za-zÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒÆàâäçèéêëîïôöùûüÿœæ]{2,}")
CONTEXT = trans_real.CONTEXT_SEPARATOR


def pseudo(message: str) -> str:
    """The message as nobody says it, a third longer: "[!! Šĭťŭăťĭŏňš ~~~ !!]"."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", message) if not unicodedata.combining(sign))
    said = "".join(part if place % 2 else part.translate(LETTERS) for place, part in enumerate(KEPT.split(plain)))
    longer = max(0, round(len(KEPT.sub("", plain)) * 0.35) - 8)
    filling = " ".join(["~" * 5] * (longer // 6) + ["~" * (longer % 6)]).strip()
    return f"[!! {said} {filling} !!]" if filling else f"[!! {said} !!]"


class Catalogue(trans_real.DjangoTranslation):
    """It has a translation for everything that it is asked, the libraries' messages included."""

    def __init__(self, language):
        real = trans_real.translation(language)
        self.__dict__.update(real.__dict__)

    def gettext(self, message):
        return pseudo(message.split(CONTEXT)[-1]) if message else ""

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)


# What a page says ------------------------------------------------------------------------------------------------
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "label", "summary", "aria-label", "aria-description", "aria-valuetext"}

SEARCHED = {
    "data-also",
    "data-elsewhere",
}  # the words under which a factor is found, in both languages; shown only where a reader typed one
IN_A_CALENDAR = re.compile(r"(?:SUMMARY|DESCRIPTION|LOCATION|NAME|X-WR-CALNAME|X-WR-CALDESC|CATEGORIES)[;:]")  # what a reader sees
BUTTONS = {"submit", "button", "reset"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
VOID |= {"path", "circle", "rect", "line", "use"}


@dataclass(frozen=True)
class Said:
    """A text of a page, and where it stands: the element, or the attribute."""

    text: str
    where: str


class Reader(HTMLParser):
    """Every text that a page says or can say; what is marked as of another language speaks for itself."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        own = tag != "html" and "lang" in given
        if not (own or self._is_named()):
            self.said += [Said(value, f"{tag} {name}") for name, value in given.items() if self._speaks(tag, name, given)]
        if tag not in VOID:
            self.open.append((tag, own or self._is_named()))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if text.strip() and not self._is_named() and not any(tag in ("script", "style") for tag, _own in self.open):
            self.said.append(Said(" ".join(text.split()), self.open[-1][0] if self.open else ""))

    def _is_named(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    @staticmethod
    def _speaks(tag, name, given) -> bool:
        if tag == "meta":
            return name == "content" and given.get("name") == "description"
        if name == "value":
            return tag == "input" and given.get("type") in BUTTONS
        if name.startswith("data-"):  # a sentence that a script says; codes and addresses have no space
            return name not in SEARCHED and " " in given[name]
        return name in SPOKEN_ATTRIBUTES


def said_in(response) -> list[Said]:
    """Every text of an answer: a page, a file, an answer to a script."""
    kind = response.headers.get("Content-Type", "").split(";")[0]
    content = response.getvalue()
    if kind == "text/html":
        reader = Reader()
        reader.feed(content.decode())
        return reader.said
    if kind == "text/csv":
        return [Said(cell, "csv") for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    if kind == "application/json":
        return [Said(text, "json") for text in _texts(json.loads(content))]
    if kind.endswith("spreadsheetml.sheet"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [Said(str(cell), "sheet") for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    if kind == "text/calendar":
        lines = content.decode().replace("\r\n ", "").splitlines()
        return [Said(line.split(":", 1)[1].replace("\\", ""), kind) for line in lines if IN_A_CALENDAR.match(line)]
    return [Said(line, kind) for line in content.decode(errors="replace").splitlines()]


def _texts(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


class Known:
    """What may stand in plain letters: what people and vocabularies said, and moments as they are written."""

    WRITTEN = re.compile(
        r"\{\w+\}|https?://\S+|\S+@\S+|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\d+\sh\s\d\d|\b[A-Z]{2,8}-\d{4}-\d{3}\b|\d+\sh\b|(?<=\d)er\b|(?<=\d{4})\sà(?=\s\d)|\bzz+\b|/[\w/.-]+"
    )

    def __init__(self, words):
        longest_first = sorted({" ".join(word.split()) for word in words if word and word.strip()}, key=len, reverse=True)
        self.words = set(longest_first)
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first))
        self.judged: dict[str, bool] = {}

    def says(self, text: str) -> bool:
        """Whether people, vocabularies and catalogues account for every word of a text."""
        if text not in self.judged:
            # An answer that is browsed begins with a capital, and without what stands above it for all of its kind.
            begun_large = text[:1].lower() + text[1:]
            is_known = text in self.words or any(word.endswith(begun_large) for word in self.words if len(begun_large) > 2)
            self.judged[text] = is_known or not SPOKEN.search(text) or not SPOKEN.search(self._left(text))
        return self.judged[text]

    def _left(self, text):
        left = self.WRITTEN.sub(" ", text)
        return self.pattern.sub(" ", left) if SPOKEN.search(left) else left
