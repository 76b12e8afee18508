"""The canaries of the proof (``practice/proof/canaries.py``), let fly at one of the tests' two tables."""

from practice.proof import canaries
from practice.proof.canaries import EARLIER, PREFIX, STAGES, UNDER_SEAL, WORDS
from tests import cast

__all__ = ["EARLIER", "PREFIX", "STAGES", "UNDER_SEAL", "WORDS", "town_at"]


def town_at(stage, *, is_room_open, at=cast.TABLE) -> canaries.Town:
    """The situation at ``stage``; with ``is_room_open`` its agenda item is open and the cast in the room. ``at`` which table."""
    return canaries.town_at(stage, is_room_open=is_room_open, table=cast.the_table(at))
