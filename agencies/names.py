"""An agency's name as a page shows it: the words, and the language that they are in."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class OwnName(str):
    """An agency's name as the agency writes it; a page that shows it says in which language it is, so that it is spoken rightly."""

    lang: str

    def __new__(cls, name: str, lang: str):
        written = super().__new__(cls, name)
        written.lang = lang
        return written

    def __html__(self) -> str:
        return format_html('<span lang="{}">{}</span>', self.lang, "".join(self)) if self.lang else format_html("{}", "".join(self))


def own_name(agency) -> OwnName:
    """The name of an agency's row; '' for none."""
    return OwnName(agency.name, agency.name_language) if agency is not None else OwnName("", "")


def sentence_with(sentence: str, **words) -> SafeString:
    """A sentence with words put in by name, such as ``%(agency)s``: escaped, and an agency's own name in its own language."""
    pieces = re.split(r"%\((\w+)\)s", sentence)  # what stands between the names, and the names, in turn
    return format_html_join("", "{}", ((words[piece] if place % 2 else piece,) for place, piece in enumerate(pieces)))
