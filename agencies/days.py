"""Days and hours in words, as the reader's language writes them; the one place where the table writes a day."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language, pgettext_lazy

# Django's own French shortens some months as France does (« juil. »). Said here, all of them stand in our catalogue, which comes first.
SHORT_MONTHS = (
    pgettext_lazy("abbrev. month", "Jan."),
    pgettext_lazy("abbrev. month", "Feb."),
    pgettext_lazy("abbrev. month", "March"),
    pgettext_lazy("abbrev. month", "April"),
    pgettext_lazy("abbrev. month", "May"),
    pgettext_lazy("abbrev. month", "June"),
    pgettext_lazy("abbrev. month", "July"),
    pgettext_lazy("abbrev. month", "Aug."),
    pgettext_lazy("abbrev. month", "Sept."),
    pgettext_lazy("abbrev. month", "Oct."),
    pgettext_lazy("abbrev. month", "Nov."),
    pgettext_lazy("abbrev. month", "Dec."),
)


def date_format(day: date, written: str = "DATE_FORMAT") -> str:
    """A day, or a moment in its own zone, in words: "December 1, 2026", « 1er décembre 2026 ».

    ``written`` is the name of a format in ``cms_table/formats``, or a format in Django's letters. It takes the place of
    Django's function of this name, which knows no ordinal: in French the first of a month is the 1er.
    """
    form = _form(written)
    if day.day == 1 and (get_language() or "").startswith("fr"):
        form = form.replace("j", r"j\e\r")
    return formats.date_format(day, form)


def _form(written: str) -> str:
    # Django reads only the names that it knows; the weekday's is ours.
    ours = (getattr(module, written, None) for module in formats.get_format_modules())
    return next(filter(None, ours), None) or formats.get_format(written)
