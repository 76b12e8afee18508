"""An agency's name as a page shows it: the words, and the language that they are in."""

from django.utils.html import format_html


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
