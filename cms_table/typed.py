"""What was typed and not sent goes on in its own page: sealed by the server, and opened for nobody but who typed it.

A form says who was shown it, and on which page; nobody can make that up. When the post of a form ends without its act (the
sign-in had ended, somebody was quicker, something broke), its answer carries the typed words as an envelope. The page
opens with them again, unchecked and not sent, for the same member and for half a day.
"""

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from agencies.access import Refused
from agencies.models import FormToken
from agencies.models.vocabulary import Vocabulary
from situations import sealing

# A form's own fields, which nobody types; and the pressed button that only asks for the other language.
OWN = {"csrfmiddlewaretoken", "form_token", "at_table", "typed_on", "typed", "read_in", "next"}
SECRET = re.compile("password|^again$")  # never leaves the form into which it was typed
LONGEST = 1_000_000  # characters; a page with more than that would not come back through the door
# The key of an entry, by its list's name, or of a row: chosen, not typed.
KEY = re.compile(rf"({'|'.join(Vocabulary.values)}):[A-Za-z0-9_-]+|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")
NO_ADDRESS = re.compile(r"[\\\x00-\x20]")  # a browser would read it as another address than it looks


@dataclass(frozen=True)
class Typed:
    """What an envelope held: the fields, the page that shows their form, and whether they waited too long."""

    fields: QueryDict
    page: str
    table: str  # at which the form was opened
    is_late: bool
    is_sent: bool  # its form has been posted meanwhile, and counted


def shown(member, *, token, page: str) -> str:
    """What a form says of itself: that the server showed it to this member on this page. Nobody can make it up.

    '' for nobody: whoever sits down next is nobody as well, and would read it.
    """
    return f"{_mark(member, token, page)} {page}" if _is_somebody(member) else ""


def _is_somebody(member) -> bool:
    return member is not None and member.is_authenticated


def _mark(member, token, page: str) -> str:
    return salted_hmac("cms_table.typed", f"{member.pk} {token} {page}", algorithm="sha256").hexdigest()[:32]


def page_of(posted: QueryDict) -> str:
    """The page that showed the posted form; '' for a post without one."""
    page = posted.get("typed_on", "").partition(" ")[2]
    return page if page.startswith("/") and not page.startswith("//") and not NO_ADDRESS.search(page) else ""


def enveloped(posted: QueryDict, *, version: int | None = None) -> str:
    """The typed fields of a posted form, sealed; '' where none were typed, and of a form with a password.

    ``version`` is that of the row which the reader has now seen.
    """
    fields = [(name, values) for name, values in posted.lists() if name not in OWN]
    if (
        not page_of(posted)
        or any(SECRET.search(name) for name in posted)
        or not any(value for name, values in fields if name != "version" for value in values)
    ):
        return ""
    if version is not None:
        fields = [(name, [str(version)] if name == "version" else values) for name, values in fields]
    mark, _space, page = posted["typed_on"].partition(" ")
    text = json.dumps(
        {
            "at": time.time(),
            "mark": mark,
            "page": page,
            "token": posted.get("form_token", ""),
            "table": posted.get("at_table", ""),
            "fields": fields,
        }
    )
    if len(text) > LONGEST:
        return ""
    with suppress(Refused):  # where the keys are not in their place nothing can be sealed
        return sealing.envelope(text)
    return ""


def opened(envelope: str, *, member) -> Typed | None:
    """What the envelope holds, if this member typed it; None for anybody else, and for what was not sealed here."""
    if not _is_somebody(member):
        return None
    try:
        held = json.loads(sealing.opened(envelope))
    except sealing.Unreadable:
        return None
    if not constant_time_compare(held["mark"], _mark(member, held["token"], held["page"])):
        return None
    fields = QueryDict(mutable=True)
    for name, values in held["fields"]:
        fields.setlist(name, values)
    is_late = time.time() - held["at"] > settings.TYPED_WORDS_LAST
    return Typed(fields=fields, page=held["page"], table=held["table"], is_late=is_late, is_sent=_is_sent(member, held["token"]))


def _is_sent(member, token: str) -> bool:
    """Whether the form has counted meanwhile: its words are where they belong, and are not offered a second time."""
    with suppress(ValueError):
        return FormToken.objects.filter(member=member, token=UUID(token)).exclude(result="").exists()
    return False


def missing(fields: QueryDict, page: str) -> list[str]:
    """What was typed or chosen and does not stand in its own field of the page, each once; without the keys of what was chosen."""
    there = FieldsOfAPage(page)
    typed = (
        (name, _plain(value))
        for name, values in fields.lists()
        if name not in OWN | {"version"} and not SECRET.search(name)
        for value in values
    )
    left = (text for name, text in typed if text and not KEY.fullmatch(text) and not there.holds(name, text))
    return list(dict.fromkeys(left))


def _plain(text: str) -> str:
    """Line ends may be written in either way, and a form drops the space around."""
    return text.replace("\r\n", "\n").strip()


class FieldsOfAPage(HTMLParser):
    """What each field of a page holds or offers, by its name; a button holds whatever it was pressed with."""

    def __init__(self, page: str):
        super().__init__()
        self.values: dict[str, set[str]] = {}
        self.buttons: set[str] = set()
        self._chooses = self._writes = ""
        self.feed(page)
        self.close()

    def holds(self, name: str, text: str) -> bool:
        return name in self.buttons or text in self.values.get(name, ())

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "button" or (tag == "input" and said.get("type") in ("submit", "button", "image")):
            self.buttons.add(name)
        elif tag == "input":
            self._add(name, said.get("value", "on" if said.get("type") in ("checkbox", "radio") else ""))
        elif tag == "option":
            self._add(self._chooses, said.get("value", ""))
        elif tag == "select":
            self._chooses = name
        elif tag == "textarea":
            self._writes, self._text = name, ""

    def handle_data(self, data):
        if self._writes:
            self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._writes:
            self._add(self._writes, self._text)
            self._writes = ""

    def _add(self, name: str, value: str) -> None:
        self.values.setdefault(name, set()).add(_plain(value))


def is_typed_form(request: HttpRequest) -> bool:
    """Whether the request posts a form that one of the house's pages had shown."""
    return request.method == "POST" and bool(page_of(request.POST))


def carried(request: HttpRequest) -> str:
    """The envelope that the request brings, or that its answer was given to carry on."""
    for brought in (request.POST, getattr(request, "typed", None) or {}):
        if "typed" in brought:
            return brought["typed"]
    return getattr(request, "envelope", "")
