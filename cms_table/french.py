"""How French is written here: the rules that a text of the catalogue is held to, each found by what breaks it.

Spaces and signs as in Canada (Office québécois de la langue française): a space that does not break before the colon and
inside guillemets, none before ? ! ;. People are named so that everybody is meant.
"""

import re
from collections.abc import Iterable

SPACE = "\xa0"
TAG = re.compile(r"<[^>]+>")
# What a text breaks, and what is said of it. The texts are read without their tags.
WRITTEN = [
    (re.compile(rf"(?<![{SPACE}])(?<!^):(?=\s|$)"), "has no space that does not break before a colon"),
    (re.compile(rf"«(?!{SPACE})|(?<!{SPACE})»"), "has guillemets without a space that does not break"),
    (re.compile(r"\s[?!;]"), "has a space before ? ! or ;"),
    (re.compile(r"\w'|'\w"), "has a typewriter’s apostrophe"),
    (re.compile(r"[\"“”]"), "has English quotation marks"),
    (re.compile(r"\.\.\."), "has three dots for …"),
    (re.compile(r"  |^ | $"), "has a space too many"),
    (re.compile(rf"\d ?[hH] ?\d\d|\d[hH]\d\d|\d{SPACE}h(?! |{SPACE}|$|\W)|\b\d{{1,2}}:\d\d\b"), "writes an hour otherwise than 14 h 05"),
    (re.compile(r"\$ ?\d|\d ?\$"), "has a dollar sign otherwise than after the sum"),
    (re.compile(r"\d,\d{3}\b|\b\d+\.\d"), "has a number with an English comma or point"),
    (re.compile(r"(?:\d|%\(\w+\)[sd]) ?(?:%%|%(?!\()|(?:h|min|Mo|ko|km)\b)"), "has a unit that can be torn from its number"),
]
# A text that says to people how they type, or names a standard, keeps what would be wrong elsewhere.
AS_TYPED = re.compile(r"\b\d\d\d\d-\d\d-\d\d \d\d:\d\d|(?<=comme )\d\d:\d\d|WCAG \d\.\d|https?://\S+")
DOUBLED = re.compile(r"\w\((?:e|es|ne|nes|ère|ères|trice|trices|se|ses|le|les)\)|\w[·•]|\w/e\b|\w\.e\.s\b|\w-e-s\b", re.IGNORECASE)
# Nouns that mean men only where the feminine does not stand beside them.
OF_MEN = {
    "représentant": "représentante",
    "intervenant": "intervenante",
    "participant": "participante",
    "remplaçant": "remplaçante",
    "observateur": "observatrice",
    "coordonnateur": "coordonnatrice",
    "coordinateur": "coordinatrice",
    "administrateur": "administratrice",
    "animateur": "animatrice",
    "utilisateur": "utilisatrice",
    "travailleur": "travailleuse",
    "président": "présidente",
    "employé": "employée",
    "citoyen": "citoyenne",
    "délégué": "déléguée",
}
# Said the same in both languages.
SAME = {
    "Menu",
    "Code",
    "code",
    "version",
    "service",
    "Service",
    "Services",
    "Signature",
    "Signatures",
    "Situation",
    "Situations",
    "Exceptions",
    "Question",
    "Consensus",
    "Vote",
    "Plan",
    "Page %(number)s",
    "Pages",
    "Contacts",
    "Conclusion",
    "conclusion",
    "Figure",
    "131 situations",
    'Situation <span class="num">%(number)s</span>',
}
# A month that is shortened, or not, in one language only; a question that English puts as a heading.
ENDS_OTHERWISE = {"July", "Aug.", "How it stands", "How it stands now", "by Friday, Nov 27"}


def written_wrongly(text: str) -> str:
    """What is wrong with the signs and spaces of a French text, in a few words; empty when nothing is."""
    plain = AS_TYPED.sub("…", TAG.sub("", text))
    return next((wrong for pattern, wrong in WRITTEN if pattern.search(plain)), "")


def without_its_accent(text: str, words: Iterable[str]) -> str:
    """A capital that has lost its accent, told by the words that begin with one; empty when none has."""
    accented = {_bare(word): word for word in words}
    for word in re.findall(r"\b[AEIOUC]\w+", TAG.sub("", text)):
        if (ours := accented.get(word.lower())) and ours != word.lower():
            return f"writes {word} for {ours.capitalize()}"
    return ""


def _bare(word: str) -> str:
    return word[0].translate(str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")) + word[1:]


def begin_with_an_accent(texts: Iterable[str]) -> set[str]:
    """The words of these texts that begin with an accented letter, and never stand without it."""
    words = {word for text in texts for word in re.findall(r"\b[a-zàâäéèêëîïôöùûüç]\w+", text)}
    return {word for word in words if word[0] in "àâäéèêëîïôöùûüç" and _bare(word) not in words}


def means_some_only(text: str) -> str:
    """Where a text doubles a word with a sign, or names men only; empty where everybody is meant."""
    if doubled := DOUBLED.search(text):
        return f"doubles a word: “{doubled[0]}”"
    for men, women in OF_MEN.items():
        if re.search(rf"(?<!\w){men}s?(?!\w)", text, re.IGNORECASE) and not re.search(rf"(?<!\w){women}s?(?!\w)", text, re.IGNORECASE):
            return f"says “{men}” without “{women}”"
    return ""


def stands_otherwise(text: str, english: str) -> str:
    """Where a text ends with another sign than the English one, or says nothing else; empty where it does neither."""
    ends = [each.rstrip()[-1:] for each in (english, text)]
    if ends[0] != ends[1] and set(ends) & set(".?:") and english not in ENDS_OTHERWISE:
        return "ends with another sign than in English"
    return "says it in English" if text == english and english not in SAME else ""


def wrong_with_french(text: str, english: str, accented: Iterable[str] = ()) -> str:
    """What is wrong with one French text beside its English one, in a few words; empty when nothing is."""
    if english == ", ":  # what stands between two words of a list
        return ""
    return written_wrongly(text) or without_its_accent(text, accented) or means_some_only(text) or stands_otherwise(text, english)
