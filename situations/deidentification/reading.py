"""The text as the rules read it: in plain letters, with the way back to where each stood."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN_FORMS = {
    **dict.fromkeys("’‘‛ʼʻ′`´＇", "'"),
    **dict.fromkeys("“”„«»‹›″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **{"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"},
    **{"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"},
}


@lru_cache(maxsize=4096)
def _plain_form(character: str) -> str | None:
    """The character as the rules read it; None for what only decorates the one before (accents, invisible joiners)."""
    if character in _PLAIN_FORMS:
        return _PLAIN_FORMS[character]
    if character in "\n\r\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return None
    if category[0] in "ZC":
        return " "
    plain = ""
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) in ("Mn", "Me", "Cf"):
            continue
        if part.isdecimal():
            plain += str(unicodedata.decimal(part))
        elif part.isalpha() and not part.isascii() and "LATIN" in unicodedata.name(part, ""):
            plain += "X" if part.isupper() else "x"
        else:
            plain += _PLAIN_FORMS.get(part, part)
    return plain or " "


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in plain letters, and where each of them stands in the text as typed."""

    typed: str
    plain: str
    starts: list[int] | range
    ends: list[int] | range
    is_shouted: bool = False

    def has_an_accent(self, at: int) -> bool:
        """Whether the plain letter here was typed with an accent: «à» and "a" are read alike."""
        return not self.typed[self.starts[at] : self.ends[at]].isascii()


def read_plainly(text: str) -> Reading:
    if text.isascii() and text.isprintable():
        return _as_read(text, text, range(len(text)), range(1, len(text) + 1))
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        form = character if character.isascii() and character >= " " else _plain_form(character)
        if form is None:
            if ends:
                ends[-1] = at + 1
            continue
        plain.extend(form)
        starts.extend([at] * len(form))
        ends.extend([at + 1] * len(form))
    return _as_read(text, "".join(plain), starts, ends)


def _as_read(typed: str, read: str, starts: list[int] | range, ends: list[int] | range) -> Reading:
    capitals = sum(map(str.isupper, read))
    # In a text typed in capitals a capital says nothing: only the lists and the patterns that need none are left.
    is_shouted = capitals > 12 and capitals > 0.6 * sum(map(str.isalpha, read))
    return Reading(typed, in_lower_case(read) if is_shouted else read, starts, ends, is_shouted)


def in_lower_case(plain: str) -> str:
    """Lower case without ever changing the length (some capitals become two characters)."""
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
