"""What the checker marks in words that are being typed, for any page: shown, explained, and replaced on request only."""

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from situations import deidentification


def read(text: str, *, most: int = deidentification.LONGEST_TEXT) -> dict:
    """What the checker marks in a text: each place, why, and what to write instead; or that it could not check.

    ``marks`` are rows for a page: ``start`` and ``end`` are what the row's button takes out, counted as a browser counts
    (UTF-16), and ``instead`` takes its place. ``pieces`` are the whole text in order, marked or not. A text of more than
    ``most`` characters is not checked.
    """
    text = text.replace("\r\n", "\n")
    try:
        if len(text) > most:
            raise deidentification.CannotCheck(f"More than {most} characters")
        found = deidentification.marks(text, language=get_language() or "en")
    except deidentification.CannotCheck:
        return {"marks": [], "is_checked": False, "pieces": []}
    pieces, at = [], 0
    for mark in found:
        pieces += [{"text": text[at : mark.start], "is_marked": False}, {"text": text[mark.start : mark.end], "is_marked": True}]
        at = mark.end
    pieces.append({"text": text[at:], "is_marked": False})
    return {"marks": [_row(text, mark) for mark in found], "is_checked": True, "pieces": pieces}


def is_pressed(posted: QueryDict) -> bool:
    """Whether a row's button sent the form: then nothing is finished by it."""
    return "replace" in posted


def pressed(posted: QueryDict, name: str) -> QueryDict:
    """What was posted, with the words that a row's button names replaced in one field; unchanged where they no longer stand there."""
    words, text = posted.get("replace"), posted.get(name, "").replace("\r\n", "\n")
    if words is None:
        return posted
    posted = posted.copy()
    try:
        found = deidentification.marks(text, language=get_language() or "en")
    except deidentification.CannotCheck:
        found = []  # the page that follows says so
    for mark in found:
        if mark.text == words:
            start, end = _stretch(text, mark)
            posted[name] = text[:start] + mark.suggestion + text[end:]
            break
    return posted


def _row(text: str, mark: deidentification.Mark) -> dict:
    start, end = _stretch(text, mark)
    button = _("Replace with “%(words)s”") % {"words": mark.suggestion} if mark.suggestion else _("Take it out")
    said = _("“%(words)s” is replaced.") if mark.suggestion else _("“%(words)s” is taken out.")
    return {
        "start": _as_a_browser_counts(text[:start]),
        "end": _as_a_browser_counts(text[:end]),
        "text": mark.text,
        "explanation": str(mark.explanation),
        "instead": mark.suggestion,
        "button": button,
        "said": said % {"words": mark.text},
    }


def _stretch(text: str, mark: deidentification.Mark) -> tuple[int, int]:
    """What is taken out: the marked words, with the space before them where nothing comes in their place."""
    takes_space = not mark.suggestion and text[: mark.start].endswith(" ") and not text[mark.end : mark.end + 1].isalnum()
    return mark.start - takes_space, mark.end


def _as_a_browser_counts(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
