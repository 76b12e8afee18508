"""The forms of a page and three ways to fill each in: with nothing, with nonsense, and as somebody would who wants it done."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from django.urls import Resolver404, resolve
from django.utils import timezone

from agencies import clock

KEPT = {"version", "at_table", "csrfmiddlewaretoken"}
NONSENSE = "zz"


@dataclass
class Form:
    """Where a form is posted, and its fields in their order: each one’s attributes, ``tag`` and, of a list, ``options``."""

    action: str
    fields: list[dict] = field(default_factory=list)

    @property
    def name(self) -> str:
        try:
            return resolve(self.action.split("?")[0]).view_name
        except Resolver404:
            return self.action

    def ways(self):
        yield "with nothing", self._filled(lambda asked: "")
        yield "with nonsense", self._filled(lambda asked: None if asked.get("type") in ("checkbox", "radio") else NONSENSE)
        yield "willingly", self._filled(willing)

    def _filled(self, answer) -> dict:
        typed: dict[str, list[str]] = {}
        for asked in self.fields:
            name, kind = asked.get("name"), asked.get("type", "text")
            if not name or name in ("form_token", "read_in"):
                continue
            if kind == "hidden" or name in KEPT:
                typed.setdefault(name, []).append(asked.get("value", ""))
            elif kind in ("submit", "button"):
                continue
            elif (said := answer(asked)) is not None and not (kind == "radio" and name in typed):
                typed.setdefault(name, []).append(said)
        return typed


def willing(asked: dict) -> str | None:
    """What somebody would answer who wants the form to be taken: the first choice, or a word of the right kind."""
    kind, now = asked.get("type", "text"), timezone.localtime(clock.now())
    if asked.get("value") == "en-ca":
        return None  # the page would come back in another language
    if kind in ("radio", "checkbox"):
        return asked.get("value", "on")
    if kind == "select":
        return next((each for each in asked["options"] if each and each != "en-ca"), None)
    if asked.get("value"):
        return asked["value"]
    tomorrow = now + timedelta(days=1)
    by_kind = {
        "email": f"{NONSENSE}@table.example",
        "date": f"{tomorrow:%Y-%m-%d}",
        "time": f"{now:%H:%M}",
        "datetime-local": f"{tomorrow:%Y-%m-%dT%H:%M}",
        "number": asked.get("min") or "1",
        "file": None,
    }
    return by_kind.get(kind, NONSENSE)


class _Forms(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.forms, self.now = path, [], None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Form(given.get("action") or self.path) if given.get("method") == "post" else None
            self.forms += [self.now] if self.now else []
        elif self.now is not None and tag in ("input", "button"):
            self.now.fields.append(given | {"tag": tag})
        elif self.now is not None and tag in ("select", "textarea"):
            self.now.fields.append(given | {"tag": tag, "type": tag, "options": []})
        elif tag == "option" and self.now is not None and self.now.fields and self.now.fields[-1].get("type") == "select":
            self.now.fields[-1]["options"].append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.now = None


def forms_of(page: str, path: str) -> list[Form]:
    """The forms of a page that post."""
    reader = _Forms(re.sub(r"\?.*", "", path))
    reader.feed(page)
    return reader.forms
