"""Names of people: capitals where none is needed, and the names of the lists."""

import re
from collections.abc import Iterator
from itertools import pairwise

from situations.deidentification.judging import DAYS_AND_MONTHS
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import either, starts_sentence
from situations.deidentification.reading import Reading
from situations.deidentification.spans import TITLE, Span
from situations.deidentification.words import (
    ACRONYMS,
    COMMON_ENDING,
    FAMILY_NAMES,
    FAMILY_NAMES_THAT_ARE_WORDS,
    FIRST_NAMES,
    KIN,
    NAMES_AFTER_KIN,
    ORDINARY,
    THINGS,
    VERBS_AFTER_A_NAME,
    WORDS_THAT_ARE_NAMES,
    is_known_word,
    is_ordinary,
    words_of,
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
        follows = previous is not None and plain[previous.end : start] == " "
        if not (
            _is_a_name(reading, match, plain[start:end])
            or (previous is not None and follows and _goes_with_a_name(plain, previous, start, end))
        ):
            continue
        if previous and _BETWEEN_NAMES.fullmatch(plain, previous.end, start) and not any(covered[previous.end : start]):
            previous = Span(previous.start, end, Kind.NAME)
            continue
        if previous:
            yield _with_what_belongs_to_it(reading, previous, covered)
        previous = Span(_first_name_before(plain, start, covered), end, Kind.NAME)
    if previous:
        yield _with_what_belongs_to_it(reading, previous, covered)


_INITIALS_BEFORE = re.compile(r"(?<![\w.])(?:[A-Z]\.[ -]?){1,2}$")
_NICKNAME_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:(?:Big|Little|Lil|Old|Young|Crazy|Fat|Skinny|Ti|P'tit|P'tite|Gros|Grosse|Grand|Petit|Petite)[ -])$"
)
_INITIAL_IN_CAPITALS = re.compile(r"[ ][b-hj-z]\b")
_AFTER_A_NAME = re.compile(
    r"[ ][A-Za-z]\.(?!\w)|[ ][A-Z](?=[ ]?(?:[,;:!?)]|$))|(?:[ ](?:d'|de la[ ]|de l'|du[ ]|des[ ]|aux?[ ])[A-Z][a-z]+)+"
    r"|[ ](?:City|Boys|Boyz|Crew|Creek|Hills?|Heights|Point|Valley|Falls|Ridge|Woods|Square|Village|Gardens|Acres|Estates)\b"
    r"|[ ](?:et|and|&)[ ](?:Fils|Filles|Freres|Sons|Daughters|Brothers|Bros|Co)\b"
)


def _with_what_belongs_to_it(reading: Reading, name: Span, covered: bytearray) -> Span:
    """A name with the initials and by-names around it: "R. Kakegabon", "Justin B.", "Big Mike", «Coq d'Or»."""
    plain, start, end = reading.plain, name.start, name.end
    before = _INITIALS_BEFORE.search(plain[:start]) or _NICKNAME_BEFORE.search(plain[:start])
    if before and not any(covered[before.start() : start]):
        start = before.start()
    after = _AFTER_A_NAME.match(plain, end) or (_INITIAL_IN_CAPITALS.match(plain, end) if reading.is_shouted else None)
    if after and not any(covered[end : after.end()]):
        end = after.end()
    return Span(start, end, Kind.NAME)


_KIN_BEFORE = re.compile(rf"\b(?:(?:{either(KIN)}|chum|blonde|gars|oncle|tante)(?:[ ]de)?|avec|chez|with|named)[ ]$", re.I)

_SURNAMES_THAT_ARE_ORDINARY = words_of(
    "young west green case little gay major loan noel long summer north winter church hall wood street ward"
)


def _goes_with_a_name(plain: str, name: Span, start: int, end: int) -> bool:
    """What is a family name where it follows a first name: "Lisa Green", "steve lafond"."""
    word, first = plain[start:end], plain[name.start : name.end].lower()
    if plain[start].islower() and end - start > 2 and not is_known_word(word):
        return True
    if word in FAMILY_NAMES_THAT_ARE_WORDS and first in FIRST_NAMES and plain[name.start].islower():
        return True
    is_written = plain[start].isupper() and plain[start + 1 : end].islower()
    if is_written and _may_be_part_of_a_name(word.lower()) and (first in FIRST_NAMES or not starts_sentence(plain, name.start)):
        return True
    return plain[start:end].lower() in _SURNAMES_THAT_ARE_ORDINARY and plain[start].isupper() and not plain[start:end].isupper()


def _may_be_part_of_a_name(word: str) -> bool:
    """Whether an ordinary word with a capital, beside a name inside a sentence, may belong to it."""
    return (
        len(word) > 2 and word not in DAYS_AND_MONTHS and word not in ACRONYMS and word not in THINGS and not TITLE.match(word.capitalize())
    )


def _word_alone(match: re.Match[str]) -> tuple[int, int]:
    """The word without «l'» before it or "'s" after it."""
    start, end = match.span()
    elided = _ELIDED.match(match[0])
    # "N'Swakamok" and "M'Chigeeng" are names as a whole; so is "D'Amours" where no sentence begins.
    belongs = elided and match[0][0].isupper() and match[0][elided.end()].isupper()
    if elided and not (belongs and (match[0][0] in "NM" or not starts_sentence(match.string, match.start()))):
        start += elided.end()
    if match[0].lower().endswith("'s"):
        end -= 2
    return start, max(end, start + 1)


def _is_a_name(reading: Reading, match: re.Match[str], word: str) -> bool:
    if _is_listed(reading, match, word.lower()):
        return True
    if reading.is_shouted:
        return len(word) > 3 and not is_known_word(word) and not _is_common(word.lower())
    return word[0].isupper() and len(word) > 1 and not is_ordinary(word) and _is_a_name_by_its_capital(reading, match, word)


def _is_listed(reading: Reading, match: re.Match[str], lowered: str) -> bool:
    """A name of the lists; one that is a word as well where kin or "with" stands before it, or its accent tells («Réal»)."""
    if lowered in FIRST_NAMES or lowered in FAMILY_NAMES or ("-" in lowered and lowered.split("-", maxsplit=1)[0] in FIRST_NAMES):
        return True
    if lowered in NAMES_AFTER_KIN and _KIN_BEFORE.search(reading.plain, max(0, match.start() - 30), match.start()):
        return True
    has_capital = reading.plain[match.start()].isupper()
    accent = None if _IS_A_PARTICIPLE.match(reading.plain, match.end()) else _NAMES_BY_THEIR_ACCENT.get(lowered)
    return has_capital and accent is not None and reading.has_an_accent((match.end() if accent < 0 else match.start()) + accent)


def _is_a_name_by_its_capital(reading: Reading, match: re.Match[str], word: str) -> bool:
    lowered = word.lower()
    if not starts_sentence(reading.plain, match.start()) or _has_a_capital_inside(match[0]):
        return not (word[:-1].isupper() and lowered.removesuffix("s") in ACRONYMS)
    if _is_common(lowered) or _is_a_form_of_a_verb(lowered):
        return False
    is_new = not is_known_word(word) and lowered not in WORDS_THAT_ARE_NAMES
    may_be = lowered in WORDS_THAT_ARE_NAMES or is_new
    return (is_new and len(word) > 3) or (may_be and (_does_something(reading, match) or _stands_with_a_name(reading.plain, match)))


_IS_A_PARTICIPLE = re.compile(r"[ ](?:de|des|du|par|ou|comme|pour)[ ]")
_NAMES_BY_THEIR_ACCENT = {"real": 1, "aime": -1, "desire": -1, "honore": -1}  # which letter carries the accent


def _has_a_capital_inside(word: str) -> bool:
    """As in O'Brien, MacKenzie, Jean-Luc or D'Amours: no sentence makes that capital."""
    return any(before.islower() or before in "'-" for before, after in pairwise(word) if after.isupper())


_FORM_OF_A_VERB = re.compile(r"(?:ees?|es?|ant|ait|aient|ent)$")
_PREFIX = re.compile(r"^(?:des|de|sur|sous|re|auto|mal|non-?)(?=[a-z]{5})")


def _is_a_form_of_a_verb(word: str) -> bool:
    """«Évincée», «Congédiés»: a form of a French verb whose own word is known."""
    ending = _FORM_OF_A_VERB.search(word)
    if ending is None or word in WORDS_THAT_ARE_NAMES or len(word) < 5:
        return False
    verb = word[: ending.start()] + "er"
    return is_known_word(verb) or is_known_word(_PREFIX.sub("", verb))


def _is_common(word: str) -> bool:
    return (bool(COMMON_ENDING.search(word)) and word not in WORDS_THAT_ARE_NAMES) or word.removesuffix("s") in ORDINARY


_PARTICIPLE = re.compile(
    r"[ ](?:[a-z]+ment[ ]|ete[ ]|plus[ ]|pas[ ]|deja[ ]|encore[ ]|tout[ ]|rien[ ])?([a-z]*(?:e|i|u|is|it|ert))\b(?![ ]of\b)"
)
_HAS_IN_FRENCH = re.compile(r"[ ](?:peur|faim|soif|froid|mal|besoin|honte|un|une|des|le|la|les|son|sa|ses|trop|\d+)\b")
_WITH_A_NAME = re.compile(r",?[ ](?:and|et|pis|ou|or|&)[ ]([A-Z][a-z]+)")


def _stands_with_a_name(plain: str, match: re.Match[str]) -> bool:
    """A name that is also a word, beside another name: «Lise et Gaétan»."""
    other = _WITH_A_NAME.match(plain, match.end())
    return other is not None and match[0].lower() in WORDS_THAT_ARE_NAMES and not is_ordinary(other[1])


_NEXT_WORD = re.compile(r",?[ ]([a-z]+(?:'[a-z]+)?)")


def _does_something(reading: Reading, match: re.Match[str]) -> bool:
    """At the head of a sentence a capital says nothing, so a name is known by the verb or the "'s" after it."""
    if match[0].lower().endswith("'s"):
        # "Grace's mother", not "Baker's yeast".
        owned = _NEXT_WORD.match(reading.plain, match.end())
        word = match[0][:-2].lower()
        return not is_known_word(word) or word in WORDS_THAT_ARE_NAMES or (owned is not None and owned[1] in KIN)
    following = _NEXT_WORD.match(reading.plain, match.end())
    if not following or following[1] not in VERBS_AFTER_A_NAME:
        return False
    if following[1] != "a":
        return True
    # «Retour à la maison»: the accent that the plain letters lost tells «à» from «a»; "Drew a picture": what follows, "a" from «a».
    if _HAS_IN_FRENCH.match(reading.plain, following.end()):
        return not reading.has_an_accent(following.start(1))
    after = _PARTICIPLE.match(reading.plain, following.end())
    if after is None or reading.has_an_accent(following.start(1)):
        return False
    return after[1][-1] != "e" or reading.has_an_accent(after.end(1) - 1)


def _first_name_before(plain: str, start: int, covered: bytearray) -> int:
    """A sentence's first word belongs to the family name after it, unless it is an ordinary word."""
    before = re.search(r"([A-Z][a-z]+(?:-[A-Z]?[a-z]+)?)[ ](?:[A-Z]\.[ ])?$", plain[max(0, start - 40) : start])
    if not before:
        return start
    first, word = max(0, start - 40) + before.start(), before[1].lower()
    is_alone = not starts_sentence(plain, first) and _may_be_part_of_a_name(word)  # «les Black Dragons»
    if not is_alone and (is_ordinary(word) or _is_common(word)):
        return start
    return start if covered[first] else first
