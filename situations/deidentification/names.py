"""Names of people: capitals where none is needed, and the names of the lists."""

import re
from collections.abc import Iterator
from itertools import pairwise

from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import starts_sentence
from situations.deidentification.reading import Reading
from situations.deidentification.spans import Span
from situations.deidentification.words import (
    ACRONYMS,
    COMMON_ENDING,
    FAMILY_NAMES,
    FIRST_NAMES,
    ORDINARY,
    VERBS_AFTER_A_NAME,
    is_ordinary,
)

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_ELIDED = re.compile(r"(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu)'(?=[A-Za-z]{2})", re.I)

_BETWEEN_NAMES = re.compile(r"[ ](?:[A-Z]\.?[ ])?(?:(?:de la|de|du|la|le|van|von|der|al|bin|St\.|Ste\.)[ ])?|,[ ](?=[A-Z])")


def spans_of_names(reading: Reading, covered: bytearray) -> Iterator[Span]:
    """Capitals where no sentence begins, and known names, outside what is already covered."""
    plain, previous = reading.plain, None
    for match in _WORD.finditer(plain):
        if covered[match.start()] or covered[match.end() - 1]:
            continue
        start, end = _word_alone(match)
        if not _is_a_name(reading, match, plain[start:end]):
            continue
        if previous and _BETWEEN_NAMES.fullmatch(plain, previous.end, start) and not any(covered[previous.end : start]):
            previous = Span(previous.start, end, Kind.NAME)
            continue
        if previous:
            yield previous
        previous = Span(_first_name_before(plain, start, covered), end, Kind.NAME)
    if previous:
        yield previous


def _word_alone(match: re.Match[str]) -> tuple[int, int]:
    """The word without «l'» before it or "'s" after it."""
    start, end = match.span()
    elided = _ELIDED.match(match[0])
    if elided:
        start += elided.end()
    if match[0].lower().endswith("'s"):
        end -= 2
    return start, max(end, start + 1)


def _is_a_name(reading: Reading, match: re.Match[str], word: str) -> bool:
    lowered = word.lower()
    if lowered in FIRST_NAMES or lowered in FAMILY_NAMES:
        return True
    if "-" in lowered and lowered.split("-")[0] in FIRST_NAMES:
        return True
    if not word[0].isupper() or len(word) == 1 or is_ordinary(word):
        return False
    if starts_sentence(reading.plain, match.start()) and not _has_a_capital_inside(match[0]):
        return not _is_common(lowered) and _does_something(reading, match)
    return not (word[:-1].isupper() and lowered.removesuffix("s") in ACRONYMS)


def _has_a_capital_inside(word: str) -> bool:
    """As in O'Brien, MacKenzie, Jean-Luc or D'Amours: no sentence makes that capital."""
    return any(before.islower() or before in "'-" for before, after in pairwise(word) if after.isupper())


def _is_common(word: str) -> bool:
    return bool(COMMON_ENDING.search(word)) or word.removesuffix("s") in ORDINARY


_NEXT_WORD = re.compile(r",?[ ]([a-z]+(?:'[a-z]+)?)")


def _does_something(reading: Reading, match: re.Match[str]) -> bool:
    """At the head of a sentence a capital says nothing, so a name is known by the verb or the "'s" after it."""
    if match[0].lower().endswith("'s"):
        return True
    following = _NEXT_WORD.match(reading.plain, match.end())
    if not following or following[1] not in VERBS_AFTER_A_NAME:
        return False
    # «Retour à la maison»: the accent that the plain letters lost tells «à» from «a».
    return following[1] != "a" or not reading.has_an_accent(following.start(1))


def _first_name_before(plain: str, start: int, covered: bytearray) -> int:
    """A sentence's first word belongs to the family name after it, unless it is an ordinary word."""
    before = re.search(r"([A-Z][a-z]+(?:-[A-Z]?[a-z]+)?)[ ](?:[A-Z]\.[ ])?$", plain[max(0, start - 40) : start])
    if not before or is_ordinary(before[1]) or _is_common(before[1].lower()):
        return start
    first = max(0, start - 40) + before.start()
    return start if covered[first] else first
