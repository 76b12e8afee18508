"""The words that the rules know, in plain letters without accents; each list is a file of its own beside the code.

Each list says where its words come from (``lists/LICENCES`` has the notices); a person named in one is nobody in particular.
"""

import csv
import re
from pathlib import Path

from situations.deidentification.kinds import Kind

LISTS = Path(__file__).parent / "lists"
FINE_WORD = re.compile(r"[a-z0-9]+")

# Endings that common nouns and verbs have and names seldom do; asked only of a sentence's first word.
COMMON_ENDING = re.compile(
    r"(?:ing|tion|tions|sion|sions|ment|ments|ness|ity|ite|ence|ences|ance|ances|ship|hood|ism|isme|ly|ed|able|ible|age|ages|eur|euse|ies)$"
)


def words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _listed(name: str) -> frozenset[str]:
    """The words of one list, one a line; a line that begins with # says what the list is."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Kind | None, bool]]]:
    """Every known phrase under its first word, longest first: its words, what it names, whether it needs a capital.

    Without a kind it is known to be harmless, and read as a whole: "Sudbury" in an agency's name is no town.
    """
    known: dict[str, list[tuple[tuple[str, ...], Kind | None, bool]]] = {}
    with (LISTS / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = tuple(FINE_WORD.findall(row["phrase"]))
            kind = Kind(row["kind"]) if row["kind"] else None
            known.setdefault(words[0], []).append((words, kind, row["is_written"] == "with a capital"))
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return known


ACRONYMS = _listed("acronyms")
ORDINARY = _listed("ordinary")
VERBS_AFTER_A_NAME = _listed("verbs_after_a_name")
FIRST_NAMES = _listed("first_names")
FAMILY_NAMES = _listed("family_names")
FAMILY_NAMES_THAT_ARE_WORDS = _listed("family_names_that_are_words")
KIN = _listed("kin")
NOT_STREETS = _listed("not_streets")
THINGS = _listed("things")
DICTIONARY = _listed("dictionary")
WORDS_THAT_ARE_NAMES = _listed("words_that_are_names")
NAMES_AFTER_KIN = _listed("names_after_kin")
PHRASES = _phrases()


def is_known_word(word: str) -> bool:
    """Whether English or French has this word (plain letters), so that it need not be a name where a capital says nothing."""
    word = word.lower().strip(".").removesuffix("'s")
    if "-" in word or "'" in word:
        return is_ordinary(word) or word in DICTIONARY or all(map(is_known_word, re.findall(r"[a-z]{2,}", word)))
    return is_ordinary(word) or word in DICTIONARY or (word.endswith("s") and is_ordinary(word[:-1]))


def is_ordinary(word: str) -> bool:
    """Whether a word (plain letters) may be capitalised without being a name."""
    word = word.lower().strip(".").removesuffix("'s")
    if word in ORDINARY or word in ACRONYMS or word in THINGS:
        return True
    return "-" in word and all(part in ORDINARY for part in word.split("-") if part)
