"""What was typed and not sent goes on in its own page: sealed by the server, and opened for nobody but who typed it.

A form says who was shown it, and on which page; nobody can make that up. When the post of a form ends without its act (the
sign-in had ended, somebody was quicker, something broke), its answer carries the typed words as an envelope. The page
opens with them again, unchecked and not sent, for the same member and for half a day.
"""

import json
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import escape

from agencies.access import Refused
from agencies.models import FormToken
from situations import sealing

# A form's own fields, which nobody types; and the pressed button that only asks for the other language.
OWN = {"csrfmiddlewaretoken", "form_token", "at_table", "typed_on", "typed", "read_in", "next"}
SECRET = re.compile("password|^again$")  # never leaves the form into which it was typed
LONGEST = 1_000_000  # characters; a page with more than that would not come back through the door
KEY = re.compile(r"[a-z_]+:[A-Za-z0-9_-]+|[0-9a-f-]{36}|on")  # the key of an entry or a row, a ticked box: chosen, not typed


@dataclass(frozen=True)
class Typed:
    """What an envelope held: the fields, the page that shows their form, and whether they waited too long."""

    fields: QueryDict
    page: str
    table: str  # at which the form was opened
    is_late: bool
    is_sent: bool  # its form has been posted meanwhile, and counted

    @property
    def texts(self) -> list[str]:
        return texts(self.fields)


def shown(member, *, token, page: str) -> str:
    """What a form says of itself: that the server showed it to this member on this page. Nobody can make it up."""
    return f"{_mark(member, token, page)} {page}"


def _mark(member, token, page: str) -> str:
    key = member.pk if member is not None and member.is_authenticated else "nobody"
    return salted_hmac("cms_table.typed", f"{key} {token} {page}", algorithm="sha256").hexdigest()[:32]


def page_of(posted: QueryDict) -> str:
    """The page that showed the posted form; '' for a post without one."""
    page = posted.get("typed_on", "").partition(" ")[2]
    return page if page.startswith("/") and not page.startswith("//") else ""


def enveloped(posted: QueryDict, *, version: int | None = None) -> str:
    """The typed fields of a posted form, sealed; '' where none were typed. ``version`` is that of the row which the reader has now seen."""
    fields = [(name, values) for name, values in posted.lists() if name not in OWN and not SECRET.search(name)]
    if not page_of(posted) or not any(value for name, values in fields if name != "version" for value in values):
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
        return member.is_authenticated and FormToken.objects.filter(member=member, token=UUID(token)).exclude(result="").exists()
    return False


def texts(fields: QueryDict) -> list[str]:
    """What was typed or pressed, without the keys of what was chosen, each once."""
    typed = (values for name, values in fields.lists() if name not in OWN | {"version"} and not SECRET.search(name))
    return list(dict.fromkeys(text for values in typed for value in values if (text := value.strip()) and not KEY.fullmatch(text)))


def missing(wanted: Iterable[str], page: str) -> list[str]:
    """Those texts that stand nowhere on a page; line ends may be written in either way."""
    page = page.replace("\r\n", "\n")
    return [text for text in wanted if escape(text.replace("\r\n", "\n")) not in page]


def is_typed_form(request: HttpRequest) -> bool:
    """Whether the request posts a form that one of the house's pages had shown."""
    return request.method == "POST" and bool(page_of(request.POST))


def carried(request: HttpRequest) -> str:
    """The envelope that the request brings, or that its answer was given to carry on."""
    for brought in (request.POST, getattr(request, "typed", None) or {}):
        if "typed" in brought:
            return brought["typed"]
    return getattr(request, "envelope", "")
