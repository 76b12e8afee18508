"""What changed at a table, so that every screen of its meeting moves: a count that the database keeps, and tells.

Each act that can change a screen counts one more in its own transaction (migration 0004), so no act can forget to say so, and
none is told that was taken back. The count says that something changed, never what: every reader fetches what *they* may see.
"""

from types import SimpleNamespace

TOLD = "table_changed"  # the channel on which the database tells "table beat" (migration 0004)


REFRESH = "X-Live"  # the header of a page that asks for itself anew


def follow(meeting) -> SimpleNamespace:
    """What a page has to know to move with a meeting that was asked for ``with_beat``, first of all: what comes later is news to it."""
    return SimpleNamespace(meeting=meeting.pk, beat=meeting.beat)
