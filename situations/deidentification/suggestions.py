"""Other words in the place of marked ones, in the language of the text, which need not be the page’s."""

import re

from situations.deidentification.judging import number_in
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import AGE_NUMBER, starts_sentence
from situations.deidentification.reading import Reading
from situations.deidentification.spans import Span
from situations.deidentification.words import KIN

SUGGESTIONS: dict[str, dict[Kind | None, str]] = {
    "en": {
        Kind.NAME: "the person",
        Kind.ADDRESS: "an address in the area",
        Kind.STREET: "a street in the area",
        Kind.PLACE: "a place in the area",
        Kind.TOWN: "the area",
        Kind.FIRST_NATION: "{their} community",
        Kind.SCHOOL: "{their} school",
        Kind.WORKPLACE: "{their} workplace",
        Kind.HANDLE: "an account",
    },
    "fr": {
        Kind.NAME: "la personne",
        Kind.ADDRESS: "une adresse du secteur",
        Kind.STREET: "une rue du secteur",
        Kind.PLACE: "un lieu du secteur",
        Kind.TOWN: "la région",
        Kind.FIRST_NATION: "sa communauté",
        Kind.SCHOOL: "son école",
        Kind.WORKPLACE: "son lieu de travail",
        Kind.HANDLE: "un compte",
    },
}

LOOKED_BACK = 40  # characters before a mark: a text of marks only is read in a time that grows with its length, not with its square
LONGEST_SENTENCE = 300  # as far as a day's sentence is read for what has been or is to come

# The vocabulary's age groups: last year of age, English, French.
_AGE_GROUPS = (
    (5, "0–5", "0 à 5 ans"),
    (11, "6–11", "6 à 11 ans"),
    (17, "12–17", "12 à 17 ans"),
    (24, "18–24", "18 à 24 ans"),
    (29, "25–29", "25 à 29 ans"),
    (39, "30–39", "30 à 39 ans"),
    (59, "40–59", "40 à 59 ans"),
    (125, "60+", "60 ans et plus"),
)


def suggestion_for(span: Span, plain: str, language: str, *, their: str) -> str:
    """Other words for one span; ``their`` is what ``possessive`` says of the whole text."""
    if span.kind is Kind.AGE:
        return _age_group(span, plain, language)
    if span.kind is Kind.DATE:
        return _roughly_when(span, plain, language)
    if span.kind is Kind.NAME:
        return _who(span, plain, language)
    return SUGGESTIONS[language].get(span.kind, "").format(their=their)


def possessive(plain: str) -> str:
    """His, her or their: what the text itself says, when it says one only."""
    words = set(re.findall(r"[a-z]+", plain.lower()))
    his, her = bool(words & {"he", "his", "him"}), bool(words & {"she", "her", "hers"})
    return "his" if his and not her else "her" if her and not his else "their"


def _who(span: Span, plain: str, language: str) -> str:
    """Who a named person is: nothing where the word before has said it ("his brother Tyler")."""
    if re.match(r"D(?:r|re|octeure?)\b", plain[span.start : span.end]):
        return "a doctor" if language == "en" else "un médecin"
    word_before = re.search(r"([A-Za-z-]+),?[ ]$", plain[max(0, span.start - LOOKED_BACK) : span.start])
    if word_before and word_before[1].lower() in KIN:
        return ""
    return SUGGESTIONS[language][Kind.NAME]


def _roughly_when(span: Span, plain: str, language: str) -> str:
    """Recently or soon, where that fits the sentence ("on March 3", «le 3 mars»)."""
    words, before = plain[span.start : span.end].lower(), plain[max(0, span.start - 12) : span.start].lower()
    if not words.startswith(("on ", "le ")) or re.search(r"(?:depuis|avant|jusqu'|apres|nee?|born|des) ?$", before):
        return ""
    # What stands before the day says whether it has been ("was evicted on March 3 and will…"); what follows tells of something else.
    until_then = re.split(r"[.!?;]", plain[max(0, span.start - LONGEST_SENTENCE) : span.start])[-1]
    told = until_then + words if re.search(r"\w", until_then) else re.split(r"[.!?;]", plain[span.start : span.start + LONGEST_SENTENCE])[0]
    is_to_come = re.search(
        r"\b(?:will|court|hearing|trial|until|before|sera|va \w+(?:er|ir|re)|proces|audience|avant|est le|\w+era)\b", told, re.IGNORECASE
    )
    if language == "en":
        return "soon" if is_to_come else "recently"
    return "bientôt" if is_to_come else "récemment"


def _age_group(span: Span, plain: str, language: str) -> str:
    """The vocabulary's age group, in the form of words that it replaces, or "" where none fits."""
    words, before = plain[span.start : span.end].lower(), plain[max(0, span.start - 20) : span.start].lower()
    if words.endswith(("birthday", "anniversaire")):
        return "birthday" if language == "en" else "anniversaire"
    groups = {_group_of(years) for years in _years(span, words)}
    does_not_fit = re.search(r"\bturn\w*(?: only| just)? $", before) or (words.startswith("grade") and before.endswith("in "))
    if len(groups) != 1 or does_not_fit:
        return ""
    english, french = groups.pop()
    return french if language == "fr" or not english else _in_english(words, before, english)


def _in_english(words: str, before: str, group: str) -> str:
    if re.search(r"\b(?:ans|mois|semaines|jours|annee)$", words):
        return f"{group} years"
    if re.search(r"year|yr|month|mth|week|day|y/?o|y\.o|grade|\d[ -]?[mf]$", words):
        return "senior" if group == "60+" else f"{group}-year-old"
    return group if re.search(r"\b(?:aged?|ages|age of|age:) ?$", before) else f"aged {group}"


def _years(span: Span, words: str) -> list[int]:
    captured = span.match.groupdict() if span.match else {}
    if captured.get("grade"):
        return [(number_in(captured["grade"]) or 0) + 5]
    if re.search(r"month|week|day|mths?|mois|semaine|jour", words):
        return [0]
    numbers = re.findall(AGE_NUMBER, captured.get("numbers") or words, re.I)
    return [number_in(number) or 0 for number in numbers]


def _group_of(years: int) -> tuple[str, str]:
    return next(((english, french) for last, english, french in _AGE_GROUPS if years <= last), ("", ""))


# What French makes of the words before a suggestion: (how they end, what they become). "{de}" is «de» or «d'».
_FRENCH_JOINTS = [
    (re.compile(r"\b(?:du|de la|de l'|de|d')[ ]?$", re.I), "{de}"),
    (re.compile(r"\b(?:au|a la|a l')[ ]?$", re.I), "à "),
    (re.compile(r"\bqu'$", re.I), "que "),
    (re.compile(r"\b(?:la|le|les|l')[ ]?$", re.I), ""),
]
_PLACES_ONE_IS_IN = {Kind.TOWN, Kind.FIRST_NATION, Kind.PLACE}


def joined(span: Span, reading: Reading, suggestion: str, language: str) -> tuple[int, str]:
    """Where the suggestion must begin so that the sentence still reads well («au Collège X» → «à son école»)."""
    plain, start = reading.plain, span.start
    before = plain[max(0, start - 8) : start]
    joint, becomes = None, ""
    if language == "en":
        # "a" may be the «à» of a French sentence, which no English article replaces.
        joint = None if start > 1 and reading.has_an_accent(start - 2) else re.search(r"\b(?:the|an?)[ ]$", before, re.I)
    elif span.kind in _PLACES_ONE_IS_IN and re.search(r"\ba[ ]$", before, re.I):
        joint, becomes = re.search(r"a[ ]$", before, re.I), "dans "
    elif span.kind is Kind.WORKPLACE and re.search(r"\bchez[ ]$", before, re.I):
        joint, becomes = re.search(r"chez[ ]$", before, re.I), "à "
    else:
        joint, becomes = next(((found, to) for ending, to in _FRENCH_JOINTS if (found := ending.search(before))), (None, ""))
    if joint:
        start -= len(joint[0])
        suggestion = becomes.format(de="d’" if suggestion[0] in "aeiou" else "de ") + suggestion
    if starts_sentence(plain, start):
        suggestion = suggestion[0].upper() + suggestion[1:]
    return start, suggestion
