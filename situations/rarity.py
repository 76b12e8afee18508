"""Whether so few situations share a draft's coded answers that the room could guess who it is about; by published shares only.

Live counts are never asked: they would tell of situations that the writer may not know of. What is asked is how many of
a year's situations would share these answers if published shares held here (``published_shares.csv``, each with its
source), and if the answers did not depend on each other. That is rough, and enough to advise; it decides nothing.

Where no share is published nothing is said: study flags have none, nor have dwellings, neighbourhoods and sign language.
An answer without a share cannot make the others less rare, so these are still told. See decision 19.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import prod
from pathlib import Path

SITUATIONS_A_YEAR = 200
FEW = 6  # a year; the same as in releases, which do not show a smaller count


@dataclass(frozen=True, slots=True)
class Rare:
    """The fewest answers that few share, as entry keys in the order given, and how many situations a year would: 0 is under a half."""

    keys: tuple[str, ...]
    a_year: int


def rare(keys: Iterable[str | None]) -> Rare | None:
    """What is rare about a draft's answers (entry keys), or None where nothing is, or nothing is published.

    The fewest answers are told, since these are what could be changed; of equally many, the rarest.
    """
    shares = published_shares()
    known = [key for key in keys if key in shares]
    for size in range(1, len(known) + 1):
        found = [(SITUATIONS_A_YEAR * prod(shares[key] for key in some), some) for some in combinations(known, size)]
        a_year, some = min(found)
        if a_year < FEW:
            return Rare(some, round(a_year))
    return None


@lru_cache(maxsize=1)
def published_shares() -> dict[str, float]:
    """Of 1, the share of each coded answer for which one is published, or what it is at most."""
    with (Path(__file__).parent / "published_shares.csv").open(encoding="utf-8", newline="") as file:
        return {row["entry"]: float(row["share"]) for row in csv.DictReader(file)}
