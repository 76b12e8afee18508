"""What a found pattern must also satisfy before it is marked."""

import re

from situations.deidentification.pieces import (
    AGE_NUMBER,
    CAPITALISED,
    NUMBER_WORDS,
    YEAR,
)
from situations.deidentification.words import NOT_STREETS, ORDINARY, is_ordinary


def names_something(match: re.Match[str]) -> bool:
    """The captured words hold at least one that is not an ordinary word."""
    return any(not is_ordinary(word) for word in re.findall(CAPITALISED, match["name"]))


def names_a_school(match: re.Match[str]) -> bool:
    # "Kevin's school" names Kevin, not a school.
    is_somebodys = match["name"].endswith("'s") and " " not in match["name"] and match["type"][0].islower()
    return names_something(match) and not is_somebodys


def is_no_phrase_of_the_street(match: re.Match[str]) -> bool:
    """Lower-case words before "street" that are none of the language's own ("the street", "3 weeks on the street")."""
    return not any(word in ORDINARY or word in NOT_STREETS for word in match["words"].lower().split())


def is_no_agency(match: re.Match[str]) -> bool:
    """Not "ODSP 100": four capitals that the table knows."""
    return not is_ordinary(match["letters"])


def is_a_plate(match: re.Match[str]) -> bool:
    plate = match["mark"]
    return any(map(str.isdecimal, plate)) and (" " not in plate or plate.upper() == plate)


def is_a_record_number(match: re.Match[str]) -> bool:
    """Not a year, nor the number of a situation."""
    return not re.fullmatch(rf"{YEAR}(?:-\d{{3}})?", match["mark"])


def is_no_type(match: re.Match[str]) -> bool:
    """A single letter that is someone's initial, not "hepatitis C."."""
    return not re.search(
        r"\b(?:hepatitis|hepatite|vitamine?|plan|type|schedule|annexe|form)[ ]$",
        match.string[max(0, match.start() - 12) : match.start()],
        re.I,
    )


def is_no_agency_in_points(match: re.Match[str]) -> bool:
    return not is_ordinary(match[0].replace(".", "").replace(" ", ""))


def is_no_ordinary_word(match: re.Match[str]) -> bool:
    return not is_ordinary(match["mark"])


def is_someones(match: re.Match[str]) -> bool:
    """A number after a word for a person or after a name, not "Police (3)"."""
    return match["who"] is None or not is_ordinary(match["who"])


def is_not_ascii(match: re.Match[str]) -> bool:
    return not match[0].isascii()


def is_a_month_and_day(match: re.Match[str]) -> bool:
    """Not the verbs "may" and "march" before a number."""
    return match["month"].rstrip(".") not in ("may", "march", "mar") or bool(
        match["ordinal"] or match["cue"] or match["on"] or match["year"]
    )


def number_in(words: str) -> int | None:
    """The value of an age in digits or words; None when it is no age."""
    words = words.lower()
    if words.isdecimal():
        return int(words)
    words = words.replace("quatre-vingts", "quatre-vingt")
    rest, total = (words.removeprefix("quatre-vingt"), 80) if words.startswith("quatre-vingt") else (words, 0)
    if rest in NUMBER_WORDS:
        return total + NUMBER_WORDS[rest]
    parts = re.split(r"[ -]", rest.strip(" -"))
    return total + sum(NUMBER_WORDS.get(part, 0) for part in parts)


_RANGE = re.compile(rf"^({AGE_NUMBER})[ ]?(?:-|to|a|and|et)[ ]?({AGE_NUMBER})$", re.I)
_OPEN_BEFORE = re.compile(
    r"\b(?:over|under|above|below|than|least|plus de|moins de|au moins|au-dessous de|au-dessus de|up to|jusqu'a)[ ]$", re.I
)
_OPEN_AFTER = re.compile(r"^(?:[ ]?\+|[ ](?:years[ ]|ans[ ])?(?:and|or|et|ou)[ ](?:over|older|under|younger|up|more|plus|moins)\b)", re.I)
_BETWEEN = re.compile(r"\b(?:between|entre)(?:[ ]the[ ]ages[ ]of)?[ ]$", re.I)


def is_exact_age(match: re.Match[str]) -> bool:
    """An age of one number or a narrow choice of numbers; the vocabulary's age groups are not.

    The narrowest group of the vocabulary spans five years (25–29), so a range of five or more is no exact age.
    """
    before, after = match.string[max(0, match.start("numbers") - 40) : match.start("numbers")], match.string[match.end("numbers") :]
    if _OPEN_BEFORE.search(before) or _OPEN_AFTER.match(after[:20]) or _OPEN_AFTER.match(match.string[match.end() :][:20]):
        return False
    ages = _RANGE.match(match["numbers"])
    if not ages:
        return True
    low, high = number_in(ages[1]) or 0, number_in(ages[2]) or 0
    is_a_choice = re.search(r"[ ](?:and|et)[ ]", match["numbers"]) and not _BETWEEN.search(before)
    return bool(is_a_choice) or high - low < 4


_DURATION_BEFORE = re.compile(
    r"\b(?:depuis|il y a|y a|pendant|durant|dans|apres|pour|en|sur|aux|tous les|toutes les|chaque|voila|fait|d'ici|ces|les|des|dernieres"
    r"|(?:peine|sentence|relation|mariage|bail|contrat|attente|abstinence|sobriete|absence|liste|ordonnance|interdiction|probation|union"
    r"|service|prison|experience|delai|condamnation|terme|periode|sursis) de)[ ]"
    r"(?:(?:plus|moins|pres|environ|au moins|presque|a peine)[ ](?:de[ ])?)?$",
    re.I,
)


_PERSON_OF = re.compile(
    r"\b(?:ado\w{0,8}|jeune|filles?|fils|garcons?|enfants?|homme|femme|personne|soeurs?|freres?|mere|pere|eleve|agee?s?) de[ ]$", re.I
)


def is_french_age(match: re.Match[str]) -> bool:
    """«14 ans» of a person, not a span of time («depuis 3 ans», «5 ans de sobriété»)."""
    before, after = match.string[max(0, match.start() - 40) : match.start()], match.string[match.end() : match.end() + 12]
    if _PERSON_OF.search(before):
        return is_exact_age(match)
    if _DURATION_BEFORE.search(before) or re.match(r"[ ](?:de[ ]|d')[a-z]|[ ](?:plus tard|apres|avant|ensemble)", after):
        return False
    return is_exact_age(match)
