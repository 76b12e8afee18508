"""What a found pattern must also satisfy before it is marked."""

import re

from situations.deidentification.pieces import (
    AGE_NUMBER,
    CAPITALISED,
    ENGLISH_UNITS,
    FRENCH_UNITS,
    MONTHS,
    NUMBER_WORDS,
    PEOPLE_OF_AN_AGE,
    RUES,
    STREETS,
    WEEKDAYS,
    YEAR,
    either,
)
from situations.deidentification.words import (
    ACRONYMS,
    FAMILY_NAMES_THAT_ARE_WORDS,
    FIRST_NAMES,
    KIN,
    NOT_STREETS,
    ORDINARY,
    THINGS,
    WORDS_THAT_ARE_NAMES,
    is_known_word,
    is_ordinary,
    words_of,
)


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


def is_no_street_before(match: re.Match[str]) -> bool:
    """A saint's name, not the end of "Elm St. and then"."""
    is_street = re.search(r"[A-Z][a-z]+[ ]$|\d[ ]$", match.string[max(0, match.start() - 20) : match.start()])
    return not is_street and not is_ordinary(match["mark_word"])


def is_no_way_of_a_street(match: re.Match[str]) -> bool:
    """A street's name in lower case («rue regent»), not what a street is like or what one does there."""
    word = match["mark_word"]
    return not is_ordinary(word) and not re.search(r"(?:e|ee|ant|ante|eux|euse|ir|er)$", word)


def is_no_agency(match: re.Match[str]) -> bool:
    """Not "ODSP 100": four capitals that the table knows."""
    return not is_ordinary(match["letters"])


def is_no_word_with_a_number(match: re.Match[str]) -> bool:
    """Not "room12" or "covid19": letters that are no word, and digits."""
    return not is_known_word(match["letters"])


def is_a_plate(match: re.Match[str]) -> bool:
    plate = match["mark"]
    return any(map(str.isdecimal, plate)) and (" " not in plate or plate.upper() == plate) and not re.fullmatch(r"\d+[a-z]+", plate)


def is_a_plate_of_a_vehicle(match: re.Match[str]) -> bool:
    return match["letters"] is None or not is_ordinary(match["letters"])


def is_a_record_number(match: re.Match[str]) -> bool:
    """Not a year, years, the number of a situation, nor an agency's or a thing's name that ends in a number."""
    mark = match["mark"].strip()
    letters = re.match(r"[A-Za-z]*", mark)
    is_something = letters is not None and letters[0] != "" and is_known_word(letters[0]) and not re.search(r"\d{4}", mark)
    return not is_something and not re.fullmatch(rf"{YEAR}(?:-\d{{3}}|-{YEAR}|s)?", mark)


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
    ages = _RANGE.match(match["numbers"].split(",")[0])
    if not ages:
        return True
    low, high = number_in(ages[1]) or 0, number_in(ages[2]) or 0
    is_a_choice = re.search(r"[ ](?:and|et)[ ]", match["numbers"]) and not _BETWEEN.search(before)
    return bool(is_a_choice) or high - low < 4


def is_more_than_a_few(match: re.Match[str]) -> bool:
    """A number between commas that is high enough to be someone's age, not a count of things."""
    return (number_in(match["numbers"]) or 0) > 9 and is_exact_age(match)


_DURATION_BEFORE = re.compile(
    r"\b(?:depuis|encore|il y a|y a|pendant|durant|dans|apres|pour|en|sur|aux|tous les|toutes les|chaque|voila|fait|d'ici|ces|les|des"
    r"|dernieres"
    r"|(?:peine|sentence|relation|mariage|bail|contrat|attente|abstinence|sobriete|absence|liste|ordonnance|interdiction|probation|union"
    r"|service|prison|experience|delai|condamnation|terme|periode|sursis) de)[ ]"
    r"(?:(?:plus|moins|pres|environ|au moins|presque|a peine)[ ](?:de[ ])?)?$",
    re.I,
)


_DURATION_AFTER = re.compile(
    r"[ ](?:de[ ]|d')[a-z]|[ ](?:plus tard|apres|avant|ensemble|a (?:attendre|vivre|purger|faire)|sans (?:nouvelles|boire|consommer))"
    r"|[ ]qu(?:'|e[ ])"
)


_PERSON_OF = re.compile(
    r"\b(?:ado\w{0,8}|jeune|filles?|fils|garcons?|enfants?|homme|femme|personne|soeurs?|freres?|mere|pere|eleve|agee?s?) de[ ]$", re.I
)


def is_french_age(match: re.Match[str]) -> bool:
    """«14 ans» of a person, not a span of time («depuis 3 ans», «5 ans de sobriété»)."""
    before, after = match.string[max(0, match.start() - 40) : match.start()], match.string[match.end() : match.end() + 20]
    if _PERSON_OF.search(before):
        return is_exact_age(match)
    if _DURATION_BEFORE.search(before) or _DURATION_AFTER.match(after):
        return False
    return is_exact_age(match)


_A_PERSON_BEFORE = re.compile(rf"\b(?:ils?|elles?|qui|{PEOPLE_OF_AN_AGE}|{either(KIN)})[ ](?:n')?$", re.I)


def is_of_a_person(match: re.Match[str]) -> bool:
    """«Elle a 13»: the number of years of someone just named."""
    return bool(_A_PERSON_BEFORE.search(match.string[max(0, match.start() - 30) : match.start()])) and is_exact_age(match)


def is_after_a_title(match: re.Match[str]) -> bool:
    return not is_ordinary(match["mark_word"])


def is_an_account(match: re.Match[str]) -> bool:
    """What follows «snap :»; after «compte :» only what is no word («compte : photos»)."""
    return not match[0].lower().startswith("compte") or is_unknown(match)


def is_of_a_known_name(match: re.Match[str]) -> bool:
    """A bare number after a first name: "Hannah P. 16 missing"."""
    return match["who"].lower() in FIRST_NAMES


_STREET_WORDS = words_of(f"{STREETS} {RUES} court crt ct way circle trail line")


def is_after_an_address(match: re.Match[str]) -> bool:
    """A bare number after a house's number and its street, or a name for it: "12 Elm Street, 34, …", not "3 kids, 12, …"."""
    words = match["where"].split()
    return any(word.lower().strip(".") in _STREET_WORDS or (word[0].isupper() and not is_ordinary(word)) for word in words)


def is_a_family_name(match: re.Match[str]) -> bool:
    """«madame caron», not «madame pleure»: an unknown word, or a family name that is a word, too."""
    word = match["mark_word"].lower()
    return word in FAMILY_NAMES_THAT_ARE_WORDS or not is_known_word(word)


def is_no_known_word(match: re.Match[str]) -> bool:
    return not is_known_word(match["mark_word"])


def is_unknown(match: re.Match[str]) -> bool:
    """A word that neither language has, nor the list of first names, which are found by themselves."""
    return not is_known_word(match["mark"]) and match["mark"].lower() not in FIRST_NAMES


_SERVICE_WORDS = words_of("""
    health services service police court unit program programme team support care shelter crown aid society association ministry mental
    crisis housing ontario canada indigenous justice works office list act order form alert principle law attorney clinic treatment
    friendship home hospital emergency department addiction addictions recovery outreach community children youth family women
    men native legal probation parole hub table committee sante refuge tribunal cour loi aide centre-sante ministere urgence toxicomanie
    principe ordonnance services-correctionnels maison probation logement soins equipe
    """)


def is_a_run_of_capitals(match: re.Match[str]) -> bool:
    """Capitals one after another that are no agency's or programme's name: "Silver City", "the West End", "Christ the King"."""
    words = re.findall(r"[A-Za-z'.-]+", match["mark"])
    capitals = [word for word in words if word[0].isupper()]
    told = {word.lower().strip(".") for word in capitals}
    if capitals and (capitals[0].lower() in FIRST_NAMES or capitals[0].lower() in WORDS_THAT_ARE_NAMES):
        return False  # a person's name, found as such
    return (
        len(capitals) > 1
        and not told & _SERVICE_WORDS
        and not any(word.isupper() and len(word) > 1 for word in capitals)
        and (not all(word in DAYS_AND_MONTHS or word in THINGS or word in ACRONYMS for word in told))
    )


DAYS_AND_MONTHS = words_of(f"{MONTHS} {WEEKDAYS} {ENGLISH_UNITS} {FRENCH_UNITS} grade")


def is_unknown_or_written(match: re.Match[str]) -> bool:
    """A name after "named": one that no list finds by itself, and no ordinary word in lower case."""
    return match["mark"].lower() not in FIRST_NAMES and not is_ordinary(match["mark"])


def names_a_place(match: re.Match[str]) -> bool:
    """«pont des Nations», «foyer Chez Nous»: a capital after the word for a place, be it an ordinary word, but no service."""
    told = {word.lower().strip(".") for word in re.findall(CAPITALISED, match["name"]) if len(word) > 2 and not word.isupper()}
    harmless = _SERVICE_WORDS | DAYS_AND_MONTHS | THINGS | ACRONYMS
    is_written = match[0][0].islower() and bool(told - harmless) and not told & _SERVICE_WORDS
    return names_something(match) or is_written


def names_a_person(match: re.Match[str]) -> bool:
    """A title and a name: "Nurse Paula", not "Chief Justice" nor the "Justice" of a ministry."""
    words = {word.lower().strip(".") for word in match["name"].split()}
    return names_something(match) and not words & _SERVICE_WORDS


def names_a_person_alone(match: re.Match[str]) -> bool:
    """A capital before "her sister" that is no word, or a first name."""
    word = match["mark"].lower()
    return word in WORDS_THAT_ARE_NAMES or word in FIRST_NAMES or word in ("faith", "summer", "april", "june") or not is_known_word(word)


def names_after_a_title(match: re.Match[str]) -> bool:
    """After "Mr." or "Mme" any capital is a name, be it an ordinary word; "Me" and "M." may also be words of their own."""
    is_plain = re.match(r"(?:Mr|Mrs|Ms|Mx|Drs?|Dre|Mme|Mlle|M)\b\.?[ ]", match[0])
    return names_something(match) or (is_plain is not None and not match["name"].isupper() and match["name"].lower() not in DAYS_AND_MONTHS)
