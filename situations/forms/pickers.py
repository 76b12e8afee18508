"""Finding a coded word among a hundred: by two letters, in English or French, or by browsing its group."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.db.models import Q

from agencies.models import Entry

SHORTEST = 2  # letters that must be typed before anything is found
STANDS_FOR = "under_18:"  # the mark of an entry that has one coarse code for people under 18


@dataclass
class Option:
    """One entry of a list, as a page shows it: its group, what it says, and what else it is found by."""

    key: str
    id: str
    group: str
    words: str
    also: list[str]
    is_chosen: bool = False
    matched: str = ""  # the other name by which it was found


@dataclass
class Picker:
    """One question with many possible answers: what was found, what is chosen, and all there is, by group."""

    name: str
    id: str
    heading: str
    find_label: str
    find_help: str
    field: object
    options: list[Option]
    typed: str = ""
    is_titled: bool = False  # a page with several pickers names each
    groups: list = field(default_factory=list)

    def __post_init__(self):
        by_group: dict[str, list[Option]] = {}
        for option in self.options:
            by_group.setdefault(option.group, []).append(option)
        self.groups = [
            {"name": name, "options": options, "chosen": sum(option.is_chosen for option in options)} for name, options in by_group.items()
        ]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    @property
    def found(self) -> list[Option]:
        return [option for option in find(self.options, self.typed) if not option.is_chosen]

    @property
    def has_typed(self) -> bool:
        return len(self.typed.strip()) >= SHORTEST

    @property
    def is_grouped(self) -> bool:
        return len(self.groups) > 1


def entries(*vocabularies: str, kept=()) -> dict[str, list[Entry]]:
    """The entries that may be chosen of each list, in its order, with those ``kept`` that were retired since; one query."""
    offered = Entry.objects.filter(vocabulary__in=vocabularies).filter(Q(retired_at=None) | Q(pk__in=[key for key in kept if key]))
    lists: dict[str, list[Entry]] = {vocabulary: [] for vocabulary in vocabularies}
    for entry in offered.order_by("vocabulary", "position", "code"):
        lists[entry.vocabulary].append(entry)
    return lists


def pairs(offered: list[Entry]) -> list[tuple[str, str]]:
    """What a form field offers."""
    return [(entry.pk, entry.label) for entry in offered]


def fitting_age(offered: list[Entry], *, is_minor: bool, kept=()) -> list[Entry]:
    """The risk factors for the person's age: under 18 one coarse code stands for every offence, later each for itself."""
    coarse = {mark.removeprefix(STANDS_FOR) for entry in offered for mark in entry.marks if mark.startswith(STANDS_FOR)}

    def is_offered(entry) -> bool:
        has_coarse = any(mark.startswith(STANDS_FOR) for mark in entry.marks)
        return entry.pk in kept or (not has_coarse if is_minor else entry.pk not in coarse)

    return [entry for entry in offered if is_offered(entry)]


def options(offered: list[Entry], *, chosen, every: list[Entry] = (), id: str) -> list[Option]:
    """The options of a picker; a coarse code is also found by the names of what it stands for, among ``every`` entry."""
    stood_for: dict[str, list[str]] = {}
    present = {entry.pk for entry in offered}
    for entry in every:
        if entry.pk not in present:
            for mark in (mark for mark in entry.marks if mark.startswith(STANDS_FOR)):
                stood_for.setdefault(mark.removeprefix(STANDS_FOR), []).extend(_other_names(entry))
    made = []
    for place, entry in enumerate(offered, start=1):
        group, words = _apart(entry)
        names = dict.fromkeys([*_other_names(entry), *stood_for.get(entry.pk, [])])
        made.append(Option(entry.pk, f"{id}_{place}", group, words, list(names), is_chosen=entry.pk in chosen))
    return made


def _apart(entry) -> tuple[str, str]:
    """A label such as "Housing - person transient" says its group first; the page sets the two apart."""
    group, __, words = re.sub(r" [-–] ", "\n", entry.label, count=1).partition("\n")
    return (entry.group, words) if words and entry.group else (entry.group, entry.label if not words else f"{group} – {words}")


def _other_names(entry) -> list[str]:
    names = [*entry.synonyms_en.split(";"), *entry.synonyms_fr.split(";"), entry.label_en, entry.label_fr]
    return [name.strip() for name in names if name.strip() and name != entry.label]


def folded(text: str) -> list[str]:
    """The words of a text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def find(offered: list[Option], typed: str) -> list[Option]:
    """The options in which each typed word begins a word: first by group, then by what they say, then by another name."""
    wanted = folded(typed)
    if len("".join(wanted)) < SHORTEST:
        return []
    ranked = []
    for option in offered:
        option.matched = ""
        if _begin(wanted, option.group):
            ranked.append((0, option))
        elif _begin(wanted, f"{option.group} {option.words}"):
            ranked.append((1, option))
        elif other := next((name for name in option.also if _begin(wanted, name)), ""):
            option.matched = other
            ranked.append((2, option))
    return [option for __, option in sorted(ranked, key=lambda one: one[0])]


def _begin(wanted: list[str], text: str) -> bool:
    words = folded(text)
    return all(any(word.startswith(start) for word in words) for start in wanted)


# --- the buttons of a picker, for a browser without scripts: what they are called, and what they do to the answers posted ------


def is_pressed(posted) -> bool:
    """Whether a button of a picker sent the form: to find, to add or to remove."""
    return bool(posted.keys() & {"stay", "add", "remove"})


def typed(posted) -> dict[str, str]:
    """What is searched for in each picker."""
    return {name.removeprefix("find_"): words for name, words in posted.items() if name.startswith("find_")}


def pressed(posted):
    """The answers posted, with the one that an Add or Remove button names put in or taken out."""
    posted = posted.copy()
    for act in ("add", "remove"):
        name, __, key = posted.get(act, "").partition("=")
        if key:
            others = [one for one in posted.getlist(name) if one != key]
            posted.setlist(name, [*others, key] if act == "add" else others)
    return posted
