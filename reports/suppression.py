"""May this number be printed? True counts come in, cells that may be shown come out.

At two hundred situations a year a careless table names a family. So a cell is shown only when enough different people and enough
agencies stand behind it, and then rounded at random to a multiple of five, the same way for ever. There is no database here, and
nothing that goes out says why a cell is not shown, or how far it was from being shown.

The cell of a figure is named by the *set of situations* it counts, not by the table it stands in: ``CellKey``. A code is
``dimension:value``. Codes of one dimension are read "or", different dimensions "and", no code at all means every situation of the
period. "Ages 18 to 29, women" is ``{"age:18-24", "age:25-29", "sex:F"}``. What is counted, if not situations, is a code too
(``counted:persons``). So the same set has the same key, and the same number, in whichever tables it stands.
"""

import hmac
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

SECRET_BYTES = 32


class Tier(StrEnum):
    """Who reads a release: the steering committee behind its sign-in, or everyone."""

    STEERING = "T1"
    PUBLIC = "T2"


class Kind(StrEnum):
    """Whether each situation is in one cell of a table (age), or in several (risk factors)."""

    PARTITION = "partition"
    MULTI = "multi"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What must be true of a cell before it is shown.

    Counts are of situations, ``threshold`` and ``sensitive_threshold`` of different subjects. ``max_share`` and the percentages
    are whole percent. Lowering a number below the floor of its tier is a change of this file and a recorded decision:
    until then it raises ValueError.
    """

    tier: Tier
    threshold: int = 11
    sensitive_threshold: int = 20
    base: int = 5
    min_universe: int
    min_agencies: int = 3
    max_share: int = 80
    min_residual: int
    min_denominator: int = 50
    top_percentage: int = 95
    bottom_percentage: int = 5

    def __post_init__(self):
        floor = FLOORS[self.tier]
        too_low = [name for name, least in floor.items() if getattr(self, name) < least]
        too_high = [name for name, most in CEILING.items() if getattr(self, name) > most]
        if too_low or too_high or self.base > self.threshold:
            raise ValueError(f"These rules protect less than tier {self.tier} must: {', '.join([*too_low, *too_high]) or 'base'}.")

    @property
    def config_hash(self) -> str:
        """The fingerprint of these rules that a release carries: SHA-256, in hexadecimal."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


# The steering committee's tier may be relaxed to 6 and 11 by a recorded decision of two people; the public's may not.
FLOORS = {
    Tier.STEERING: {
        "threshold": 6,
        "sensitive_threshold": 11,
        "base": 5,
        "min_universe": 20,
        "min_agencies": 3,
        "min_residual": 3,
        "min_denominator": 50,
        "bottom_percentage": 5,
    },
    Tier.PUBLIC: {
        "threshold": 11,
        "sensitive_threshold": 20,
        "base": 5,
        "min_universe": 30,
        "min_agencies": 3,
        "min_residual": 5,
        "min_denominator": 50,
        "bottom_percentage": 5,
    },
}
CEILING = {"max_share": 80, "top_percentage": 95}
STEERING_RULES = Rules(tier=Tier.STEERING, min_universe=20, min_residual=3)
PUBLIC_RULES = Rules(tier=Tier.PUBLIC, min_universe=30, min_residual=5)


class Incoherent(ValueError):
    """The true counts contradict each other, so nothing may be published from them."""


class CellKey(NamedTuple):
    """The set of situations that a cell counts: whose table, which period, which codes."""

    situation_table: str
    period: str
    codes: frozenset[str]

    def serialised(self) -> bytes:
        """The key as bytes, the same for ever: a change here would draw every published number anew."""
        return json.dumps([self.situation_table, self.period, sorted(self.codes)], separators=(",", ":")).encode()


@dataclass(frozen=True, kw_only=True)
class TrueCell:
    """A true count, which never leaves this room.

    ``subjects`` counts each person, family or place once, however often discussed. ``agencies`` maps an agency to how many of
    the cell's situations it brought or acted in. ``is_sensitive`` is true when any of the codes is.
    """

    codes: frozenset[str]
    count: int
    subjects: int
    agencies: Mapping[str, int]
    is_sensitive: bool = False

    def __post_init__(self):
        if not 0 <= self.subjects <= self.count:
            raise Incoherent(f"{sorted(self.codes)}: there are no more subjects than situations, and neither is below zero.")
        if any(not 0 <= count <= self.count for count in self.agencies.values()):
            raise Incoherent(f"{sorted(self.codes)}: no agency is in more situations than there are.")
        if unnamed := [code for code in self.codes if ":" not in code]:
            raise Incoherent(f"A code is written dimension:value, which {unnamed[0]!r} is not.")


@dataclass(frozen=True, kw_only=True)
class TrueTable:
    """A table of the catalogue with its true counts; the cells stand in the catalogue's order, whatever they count.

    ``situation_table`` says whose figures these are, ``universe`` how many situations of the period the table is drawn from.
    """

    id: str
    situation_table: str
    period: str
    kind: Kind
    cells: tuple[TrueCell, ...]
    universe: int

    def key(self, cell: TrueCell) -> CellKey:
        return CellKey(self.situation_table, self.period, frozenset(cell.codes))


class ShownCell(NamedTuple):
    """A cell as published: a rounded number, or None, which is printed "not shown" whatever the reason."""

    codes: frozenset[str]
    value: int | None


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """A table as published, its cells in the order in which they came."""

    id: str
    situation_table: str
    period: str
    kind: Kind
    cells: tuple[ShownCell, ...]

    def value(self, codes: Iterable[str]) -> int | None:
        """The number shown for these codes, or None; KeyError for codes that the table does not hold."""
        return {cell.codes: cell.value for cell in self.cells}[frozenset(codes)]


def suppress(tables: Collection[TrueTable], *, rules: Rules, secret: bytes, hide: Collection[CellKey] = frozenset()) -> list[ShownTable]:
    """The tables as they may be published, in the order given.

    ``hide`` names cells that are not shown besides those that the rules hide: what the gate asks for. ``secret`` has at least
    32 bytes and never changes while a table publishes, since a new one would draw every number anew and so let it be averaged.
    Raises Incoherent when one set of situations has two different counts.
    """
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"The secret of the rounding has at least {SECRET_BYTES} bytes.")
    # E5: a table drawn from too few situations is not published at all, though its sets may stand in another table.
    published = [table for table in tables if table.universe >= rules.min_universe]
    hidden = _hidden(published, rules) | set(hide)

    def shown(table: TrueTable, cell: TrueCell) -> ShownCell:
        key = table.key(cell)
        if table.universe < rules.min_universe or key in hidden:
            return ShownCell(key.codes, None)
        return ShownCell(key.codes, rounded(cell.count, key, secret=secret, base=rules.base))

    return [
        ShownTable(
            id=table.id,
            situation_table=table.situation_table,
            period=table.period,
            kind=table.kind,
            cells=tuple(shown(table, cell) for cell in table.cells),
        )
        for table in tables
    ]


def is_eligible(cell: TrueCell, rules: Rules) -> bool:
    """Whether a cell may be shown, looked at by itself: enough subjects (E1), enough agencies (E3), no agency behind most of it (E4).

    Nobody at all is too few as well: a shown zero says "nobody", and where zeros are shown, what is not shown is somebody.
    """
    agencies = [count for count in cell.agencies.values() if count > 0]
    largest = max(agencies, default=0)
    return (
        cell.subjects >= _threshold(rules, is_sensitive=cell.is_sensitive)
        and len(agencies) >= rules.min_agencies
        and largest * 100 <= rules.max_share * cell.count
        and cell.count - largest >= rules.min_residual
    )


def is_within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    """Whether every situation counted under the codes ``inner`` is counted under ``outer`` too."""
    narrow, wide = _dimensions(inner), _dimensions(outer)
    return all(dimension in narrow and narrow[dimension] <= codes for dimension, codes in wide.items())


def rounded(count: int, key: CellKey, *, secret: bytes, base: int = 5) -> int:
    """The count rounded up or down to a multiple of ``base``, the nearer being the likelier, so that it is right on average.

    One draw per set of situations, for ever, by a keyed fingerprint of its name: asking again, in another language or another
    format, gives the same number and nothing to average. The fingerprint is of the name and not of the situations in it, or
    whoever can add a situation could have the number drawn again.
    """
    draw = int.from_bytes(hmac.digest(secret, key.serialised(), "sha256")[:6], "big")
    whole, rest = divmod(count, base)
    return base * (whole + (draw * base < rest << 48))


def percentage(part: int | None, whole: int | None, *, rules: Rules) -> int | None:
    """The whole percentage that one shown number is of another; None when either is not shown or the whole is under 50.

    It is never nearer to 0 or 100 than the rules allow: 5 is read "5% or less", 95 is read "95% or more".
    """
    if part is None or whole is None or whole < rules.min_denominator:
        return None
    nearest = (200 * part + whole) // (2 * whole)
    return min(max(nearest, rules.bottom_percentage), rules.top_percentage)


def _hidden(tables: list[TrueTable], rules: Rules) -> set[CellKey]:
    """The sets that may not be shown in any table, by the rules of single cells (E1, E3, E4) and of classes (E2)."""
    cells = _distinct_cells(tables)
    hidden = {key for key, cell in cells.items() if not is_eligible(cell, rules)}
    rows: dict[CellKey, list[TrueTable]] = {}
    for table in tables:
        if table.kind == Kind.PARTITION:
            for cell in table.cells:
                rows.setdefault(table.key(cell), []).append(table)
    containers = {key: [outer for outer in cells if _contains(outer, key)] for key in rows}
    # From the widest set inwards, so that only a total that is shown in the end bars its parts.
    for key in sorted(rows, key=lambda key: len(containers[key])):
        if any(outer not in hidden and _nearly_all(key, outer, cells, rows[key], rules) for outer in containers[key]):
            hidden.add(key)
    return hidden


def _nearly_all(key: CellKey, outer: CellKey, cells: Mapping[CellKey, TrueCell], tables: list[TrueTable], rules: Rules) -> bool:
    """Whether so few of ``outer`` are left beside ``key`` that showing both would show those few (E2).

    None left is too few as well, as for single cells. The rest of a row is hidden then by itself, each part being smaller still.
    """
    is_sensitive = any(cell.is_sensitive for table in tables for cell in table.cells if is_within(cell.codes, outer.codes))
    return 0 <= cells[outer].subjects - cells[key].subjects < _threshold(rules, is_sensitive=is_sensitive)


def _distinct_cells(tables: Iterable[TrueTable]) -> dict[CellKey, TrueCell]:
    cells: dict[CellKey, TrueCell] = {}
    for table in tables:
        for cell in table.cells:
            known = cells.setdefault(table.key(cell), cell)
            if known != cell:
                raise Incoherent(f"{table.id}, {table.period}: {sorted(cell.codes)} is counted in two ways.")
    return cells


def _contains(outer: CellKey, inner: CellKey) -> bool:
    return outer != inner and outer[:2] == inner[:2] and is_within(inner.codes, outer.codes)


def _threshold(rules: Rules, *, is_sensitive: bool) -> int:
    return rules.sensitive_threshold if is_sensitive else rules.threshold


@lru_cache(maxsize=4096)
def _dimensions(codes: frozenset[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in codes:
        found.setdefault(code.partition(":")[0], set()).add(code)
    return {dimension: frozenset(values) for dimension, values in found.items()}
