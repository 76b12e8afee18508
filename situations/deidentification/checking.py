"""Reads a text through and says what in it could identify someone."""

from situations.deidentification.kinds import EXPLANATIONS, LONGEST_TEXT, CannotCheck, Kind, Mark
from situations.deidentification.names import spans_of_names
from situations.deidentification.reading import read_plainly
from situations.deidentification.spans import longest, spans_of_known_phrases, spans_of_patterns
from situations.deidentification.suggestions import SUGGESTIONS, joined, possessive, suggestion_for


def marks(text: str, *, language: str) -> list[Mark]:
    """What in this text could identify someone, in reading order, without overlaps.

    ``language`` (``en``, ``fr``, or either with a region) only chooses the words of the suggestions. Raises
    ``CannotCheck``, and nothing else, when the text could not be read through: too long, no text, no such language, or
    a fault of ours.
    """
    spoken = str(language)[:2].lower()
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or spoken not in SUGGESTIONS:
        raise CannotCheck(f"Cannot check {type(text).__name__} in {language!r}")
    try:
        return _read(text, spoken)
    except Exception as fault:
        # Whatever went wrong, an unchecked text must never be taken for a clean one.
        raise CannotCheck("The checker failed on this text") from fault


def _read(text: str, language: str) -> list[Mark]:
    reading = read_plainly(text)
    known, covered = longest([*spans_of_known_phrases(reading.plain), *spans_of_patterns(reading.plain)], reading.plain)
    spans = sorted([*known, *spans_of_names(reading, covered)], key=lambda span: span.start)
    their = possessive(reading.plain)
    found: list[Mark] = []
    for span in spans:
        if span.kind is None:
            continue
        start, suggestion = span.start, suggestion_for(span, reading.plain, language, their=their)
        if suggestion and span.kind not in (Kind.AGE, Kind.DATE):
            start, suggestion = joined(span, reading, suggestion, language)
        first, last = reading.starts[start], reading.ends[span.end - 1]
        if found and first < found[-1].end:
            first = max(reading.starts[span.start], found[-1].end)
        if first < last:
            found.append(Mark(first, last, text[first:last], span.kind, EXPLANATIONS[span.kind], suggestion))
    return found
