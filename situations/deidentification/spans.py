"""Stretches of a text: those that patterns and known phrases propose, and the longest of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from situations.deidentification.ages import AGES
from situations.deidentification.communities import COMMUNITIES_SCHOOLS_WORKPLACES
from situations.deidentification.dates import DATES
from situations.deidentification.kinds import Kind
from situations.deidentification.numbers import NUMBERS_AND_NETWORKS
from situations.deidentification.people import PEOPLE
from situations.deidentification.pieces import starts_sentence
from situations.deidentification.places import ADDRESSES_AND_PLACES
from situations.deidentification.reading import in_lower_case
from situations.deidentification.words import FINE_WORD, PHRASES, is_ordinary

RULES = [*NUMBERS_AND_NETWORKS, *DATES, *AGES, *COMMUNITIES_SCHOOLS_WORKPLACES, *ADDRESSES_AND_PLACES, *PEOPLE]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the plain text; ``kind`` None is a stretch that is known to be harmless."""

    start: int
    end: int
    kind: Kind | None
    match: re.Match[str] | None = None


def spans_of_patterns(plain: str) -> Iterator[Span]:
    lowered = in_lower_case(plain)
    words = frozenset(FINE_WORD.findall(lowered))
    for rule in RULES:
        if not rule.is_worth_trying(lowered, words):
            continue
        for match in rule.pattern.finditer(plain):
            if rule.accepts(match):
                start, end = match.span("mark") if "mark" in rule.pattern.groupindex else match.span()
                yield Span(*_without_ordinary_edges(plain, start, end, rule.kind), rule.kind, match)


def _without_ordinary_edges(plain: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """Leave out a sentence's first word ("Attends Lo-Ellen …") and a capital that follows a name ("Dr. Lee Monday")."""
    if kind in _NAMED_KINDS and starts_sentence(plain, start):
        first = re.match(r"([A-Z][a-z]+)[ ](?=[A-Z])", plain[start:end])
        if first and is_ordinary(first[1]) and not TITLE.match(first[1]):
            start += first.end()
    if kind is Kind.NAME:
        last = re.search(r"(?<=[a-z.])[ ]([A-Z][a-z]+)$", plain[start:end])
        if last and is_ordinary(last[1]) and not TITLE.match(plain[start : start + last.start()]):
            end = start + last.start()
        if plain[start:end].endswith("'s"):
            end -= 2
    return start, end


_NAMED_KINDS = {Kind.SCHOOL, Kind.STREET, Kind.PLACE, Kind.FIRST_NATION, Kind.WORKPLACE}
TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Dre|Mme|Mlle|Me|M|College|Ecole|Universite|Garderie|Parc|Lac|Hotel|Motel|Rue|Chemin|Premieres?)\b\.?$"
)


# What may follow a known name and belongs to it: "kelly lake road", "st. charles college".
_TAIL = re.compile(
    r"(?:[ ](?:first nation|reserve|public|catholic|secondary|elementary|high|school"
    r"|college|arena|park|beach|mall|road|rd|street|st|avenue|ave"
    r"|drive|hospital|church|motel|hotel|inn|apartments?|mine|store|station)){1,3}\b",
    re.I,
)


_NUMBER_BEFORE = re.compile(r"(?<![\w$.,-])\d{1,5}[A-Za-z]?,?[ ](?:(?:rue|boul\.?|av\.?|ch\.?)[ ])?$")


def spans_of_known_phrases(plain: str) -> Iterator[Span]:
    words = [(match[0], *match.span()) for match in FINE_WORD.finditer(in_lower_case(plain))]
    at = 0
    while at < len(words):
        step = 1
        for phrase, kind, needs_capital in PHRASES.get(words[at][0], ()):
            here = words[at : at + len(phrase)]
            is_close = all(after[1] - before[2] <= 2 for before, after in pairwise(here))
            is_written = not needs_capital or plain[here[0][1]].isupper()
            if tuple(word[0] for word in here) == phrase and is_close and is_written:
                tail = _TAIL.match(plain, here[-1][2]) if kind else None
                number = _NUMBER_BEFORE.search(plain, max(0, here[0][1] - 20), here[0][1]) if kind is Kind.STREET else None
                yield Span(number.start() if number else here[0][1], tail.end() if tail else here[-1][2], Kind.ADDRESS if number else kind)
                step = len(phrase)
                break
        at += step


_UNCOVERED = re.compile(rb"\x00+")


def longest(spans: Iterable[Span], plain: str) -> tuple[list[Span], bytearray]:
    """The longest spans, none over another, and which places they cover.

    A shorter one keeps what a longer one leaves of it, where that still says something.
    """
    kept: list[Span] = []
    covered = bytearray(len(plain))
    for span in sorted(spans, key=lambda span: span.start - span.end):
        for left in list(_UNCOVERED.finditer(covered, span.start, span.end)):
            start, end = left.span()
            if (start, end) == (span.start, span.end):
                kept.append(span)
            elif any(word.isdecimal() or not is_ordinary(word) for word in re.findall(r"[A-Za-z'-]{2,}|\d+", plain[start:end])):
                kept.append(Span(start, end, span.kind))
            else:
                continue
            covered[start:end] = b"\x01" * (end - start)
    return kept, covered
