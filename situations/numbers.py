"""Situations are found by their number, however it is typed: 2026-031, 2026 31, RMT-2026-031, or 31."""

import re
from dataclasses import dataclass

LONGEST = 6  # digits of what counts up within a year
CENTURY = 2000


@dataclass(frozen=True, kw_only=True)
class Number:
    """A situation's number as it was typed; without a year it may be of any."""

    sequence: int
    year: int | None = None


def number_in(typed: str) -> Number | None:
    """The number that stands in what was typed, or None: at most a year and what counts up in it, with any signs beside them."""
    parts = re.findall(r"[0-9]+", typed)
    if len(parts) == 1 and len(parts[0]) >= 7 and parts[0].startswith("20"):
        parts = [parts[0][:4], parts[0][4:]]  # 2026031
    if not parts or len(parts) > 2 or len(parts[-1]) > LONGEST:
        return None
    if len(parts) == 1:
        return Number(sequence=int(parts[0]))
    year, sequence = parts
    if len(year) == 2:
        year = str(CENTURY + int(year))
    return Number(year=int(year), sequence=int(sequence)) if len(year) == 4 else None
