"""Finding a coded word among a hundred: by two letters, in English or French, or by browsing its group."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from agencies.models import Entry

SHORTEST = 2  # letters that must be typed before anything is found
MOST_LATELY = 6  # choices of the reader's own that are offered again
STANDS_FOR = "under_18:"  # the mark of an entry that has one coarse code for people under 18


class Offered(NamedTuple):
    """One entry as a form offers it: plain values, so that what is made of them can be remembered by them."""

    pk: str
    vocabulary: str
    code: str
    label_en: str
    label_fr: str
    synonyms_en: str
    synonyms_fr: str
    group_en: str
    group_fr: str
    marks: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.label_fr if (get_language() or "").startswith("fr") else self.label_en


def entries(*vocabularies: str, kept=()) -> dict[str, list[Offered]]:
    """The entries that may be chosen of each list, in its order, with those ``kept`` that were retired since; one query."""
    offered = Entry.objects.filter(vocabulary__in=vocabularies).filter(Q(retired_at=None) | Q(pk__in=[key for key in kept if key]))
    lists: dict[str, list[Offered]] = {vocabulary: [] for vocabulary in vocabularies}
    for *said, marks in offered.order_by("vocabulary", "position", "code").values_list(*Offered._fields):
        lists[said[1]].append(Offered(*said, marks=tuple(marks)))
    return lists


def pairs(offered: list[Offered]) -> list[tuple[str, str]]:
    """What a form field offers."""
    column = 4 if (get_language() or "").startswith("fr") else 3
    return [(entry[0], entry[column]) for entry in offered]


def fitting_age(offered: list[Offered], *, is_minor: bool, kept=()) -> list[Offered]:
    """The risk factors for the person's age: under 18 one coarse code stands for every offence, later each for itself."""
    stands = {entry.pk: coarse for entry in offered if (coarse := _coarse(entry))}
    left_out = stands.keys() if is_minor else set(stands.values())
    return [entry for entry in offered if entry.pk in kept or entry.pk not in left_out]


def _coarse(entry: Offered) -> str:
    return next((mark.removeprefix(STANDS_FOR) for mark in entry.marks if mark.startswith(STANDS_FOR)), "")


# --- the options, made once for each wording of a list ----------------------------------------------------------------------------


class Option(NamedTuple):
    """One entry of a list, as a page shows it: its group, what it says, and what else it is found by."""

    key: str
    group: str
    words: str
    also: tuple[str, ...]  # in the reader's language
    elsewhere: tuple[str, ...]  # in the other one
    box: tuple[SafeString, SafeString]  # its check box, before and after the place where it says that it is checked

    def is_found_by(self, wanted: list[str]) -> tuple[int, str] | None:
        """How well: 0 where a name of it or of its group is just that, 1 by its group, 2 by how what it says begins, 3 by how another
        name begins, 4 and 5 by a later word of these. The other name by which it was found comes with it.
        """
        ways = [
            (0, "" if wanted in (folded(self.group), folded(self.words)) else self._named(lambda name: folded(name) == wanted)),
            (1, "" if _begin(wanted, self.group) else None),
            (2, "" if _lead(wanted, self.words) else None),
            (3, self._named(lambda name: _lead(wanted, name))),
            (4, "" if _begin(wanted, f"{self.group} {self.words}") else None),
            (5, self._named(lambda name: _begin(wanted, name))),
        ]
        return next(((rank, other) for rank, other in ways if other is not None), None)

    def _named(self, fits) -> str | None:
        """The first other name that fits."""
        return next((name for name in (*self.also, *self.elsewhere) if fits(name)), None)


@lru_cache(maxsize=32)
def options(name: str, offered: tuple[Offered, ...], every: tuple[Offered, ...], language: str) -> tuple[Option, ...]:
    """The options of the picker ``name``; a coarse code is also found by the names of what it stands for, among ``every`` entry."""
    is_french = language.startswith("fr")
    present = {entry.pk for entry in offered}
    stood_for: dict[str, list[Offered]] = {}
    for entry in every:
        if entry.pk not in present and _coarse(entry):
            stood_for.setdefault(_coarse(entry), []).append(entry)
    made = []
    for place, entry in enumerate(offered, start=1):
        group, words = _apart(entry.group_fr, entry.label_fr) if is_french else _apart(entry.group_en, entry.label_en)
        also, elsewhere = _other_names(entry, stood_for.get(entry.pk, []), is_french)
        box = _box(id=f"id_{name}_{place}", name=name, key=entry.pk, group=group, words=words, also=also, elsewhere=elsewhere)
        made.append(Option(entry.pk, group, words, also, elsewhere, box))
    return tuple(made)


def _apart(group: str, label: str) -> tuple[str, str]:
    """A label such as "Housing - person transient" says its group first; the page sets the two apart."""
    first, __, words = re.sub(r" [-–] ", "\n", label, count=1).partition("\n")
    return (group, label) if not words else (group, words) if group else ("", f"{first} – {words}")


def _other_names(entry: Offered, stood_for: list[Offered], is_french: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By what else an entry is found, with all names of what it stands for: in the reader's language, and in the other one."""
    english, french = entry.synonyms_en.split(";"), entry.synonyms_fr.split(";")
    (english if is_french else french).append(entry.label_en if is_french else entry.label_fr)
    for each in stood_for:
        english += [each.label_en, *each.synonyms_en.split(";")]
        french += [each.label_fr, *each.synonyms_fr.split(";")]
    own, other = ([name.strip() for name in names if name.strip()] for names in ((french, english) if is_french else (english, french)))
    return tuple(dict.fromkeys(own)), tuple(name for name in dict.fromkeys(other) if name not in own)


def _box(
    *, id: str, name: str, key: str, group: str, words: str, also: tuple[str, ...], elsewhere: tuple[str, ...]
) -> tuple[SafeString, SafeString]:
    before = format_html(
        '<div class="form-check"><input class="form-check-input" type="checkbox" id="{}" name="{}" value="{}"'
        ' data-group="{}" data-words="{}" data-also="{}" data-elsewhere="{}"',
        id,
        name,
        key,
        group,
        words,
        ";".join(also),
        ";".join(elsewhere),
    )
    return before, format_html('><label class="form-check-label" for="{}">{}</label></div>', id, capfirst(words))


@dataclass
class Group:
    """The options of one group, to be browsed."""

    name: str
    options: list[Option]
    chosen: int
    chosen_keys: frozenset[str]

    @property
    def boxes(self) -> SafeString:
        """The check boxes: written here, for a template took three times as long over a hundred of them."""
        return format_html_join(
            "",
            "{}{}{}",
            ((option.box[0], " checked" if option.key in self.chosen_keys else "", option.box[1]) for option in self.options),
        )


class Picker:
    """One question with many possible answers: what was found, what is chosen, and all there is, by group."""

    def __init__(self, field, *, heading, find_label, find_help, offered, every=(), typed="", lately=(), frequent=()):
        """``field`` is the bound field that it asks for; ``offered`` and ``every`` are entries, ``typed`` what is searched for.

        ``lately`` are keys that the reader chose elsewhere, newest first; ``frequent`` how the codes of frequent groups begin.
        """
        self.field, self.name, self.id = field, field.name, field.auto_id
        self.heading, self.find_label, self.find_help, self.typed = heading, find_label, find_help, typed
        language = get_language() or "en"
        self._options = options(field.html_name, tuple(offered), tuple(every), language)
        self.other_language = "en-CA" if language.startswith("fr") else "fr-CA"
        self._chosen = frozenset(field.value() or [])
        self._lately, self._frequent = lately, frequent

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self._options if option.key in self._chosen]

    @property
    def groups(self) -> list[Group]:
        by_name: dict[str, list[Option]] = {}
        for option in self._options:
            by_name.setdefault(option.group, []).append(option)
        return [Group(name, of_it, sum(option.key in self._chosen for option in of_it), self._chosen) for name, of_it in by_name.items()]

    @property
    def lately(self) -> list[Option]:
        """What the reader chose lately elsewhere, and not here yet."""
        by_key = {option.key: option for option in self._options if option.key not in self._chosen}
        return [by_key[key] for key in self._lately if key in by_key][:MOST_LATELY]

    @property
    def shelves(self) -> list[dict]:
        """The groups to browse: those that are frequent first, where it is known which are, then all others."""
        groups = self.groups
        ranks = {start: rank for rank, start in enumerate(self._frequent)}
        known = [(ranks[start], group) for group in groups if (start := _start(group.options[0].key)) in ranks]
        often = [group for __, group in sorted(known, key=lambda each: each[0])]
        return [{"is_frequent": True, "groups": often}] * bool(often) + [
            {"is_frequent": False, "groups": [group for group in groups if group not in often]}
        ]

    @property
    def is_stocked(self) -> bool:
        """Whether something is offered before a letter is typed."""
        return bool(self._frequent or self.lately)

    @property
    def has_typed(self) -> bool:
        return len(self.typed.strip()) >= SHORTEST

    @property
    def found(self) -> list[dict]:
        """What is searched for and not chosen yet, each with the other name by which it was found."""
        found = [each for each in find(self._options, self.typed) if each[0].key not in self._chosen]
        return [{"option": option, "other": self._spoken(other) if other in option.elsewhere else other} for option, other in found]

    def _spoken(self, name: str) -> SafeString:
        """A name in the other language, which says so: a voice that reads French reads "couch surfing" as nothing."""
        return format_html('<span lang="{}">{}</span>', self.other_language, name)

    @property
    def is_all_chosen(self) -> bool:
        """Whether what is searched for is among the chosen already."""
        return bool(find(self._options, self.typed)) and not self.found


def _start(key: str) -> str:
    """How the codes of an entry's group begin: "HOU" of "risk_factor:HOU-01"."""
    return key.partition(":")[2].partition("-")[0]


def folded(text: str) -> list[str]:
    """The words of a text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def find(offered, typed: str) -> list[tuple[Option, str]]:
    """The options in which each typed word begins a word: first by a whole name, then by group, how a name begins, its later words."""
    wanted = folded(typed)
    if len("".join(wanted)) < SHORTEST:
        return []
    ranked = [(rank, option) for option in offered if (rank := option.is_found_by(wanted))]
    return [(option, other) for (__, other), option in sorted(ranked, key=lambda one: one[0][0])]


def _begin(wanted: list[str], text: str) -> bool:
    words = folded(text)
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _lead(wanted: list[str], text: str) -> bool:
    """Whether the first typed word begins the text, and the others a word of it."""
    return "".join(folded(text)[:1]).startswith(wanted[0]) and _begin(wanted, text)


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
