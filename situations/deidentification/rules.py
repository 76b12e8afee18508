"""What a rule is: a pattern, the kind that it marks, and when it is worth trying."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from situations.deidentification.kinds import Kind
from situations.deidentification.words import words_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it must also satisfy, and words or parts of words of which one must be there for it to be tried.

    Most sentences hold few of these words, so most patterns are never tried: that is what keeps the check fast.
    """

    kind: Kind
    pattern: re.Pattern[str]
    accepts: Callable[[re.Match[str]], bool]
    parts: tuple[str, ...]
    words: frozenset[str]

    def is_worth_trying(self, lowered: str, words: frozenset[str]) -> bool:
        if not self.parts and not self.words:
            return True
        return not self.words.isdisjoint(words) or any(part in lowered for part in self.parts)


def _always(_match: re.Match[str]) -> bool:
    return True


def rule(
    kind: Kind,
    *pattern: str,
    parts: str = "",
    words: str = "",
    accepts: Callable[[re.Match[str]], bool] = _always,
    any_case: bool = False,
) -> Rule:
    """The mark is the pattern's group ``mark``, else all of it. Repeats are bounded: no text can make a pattern slow."""
    return Rule(kind, re.compile("".join(pattern), re.I if any_case else 0), accepts, tuple(parts.split()), words_of(words))


DIGIT = "0 1 2 3 4 5 6 7 8 9"
