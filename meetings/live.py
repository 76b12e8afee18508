"""What changed at a table, so that every screen of its meeting moves: a count that the database keeps, and tells.

Each act that can change a screen counts one more in its own transaction (migration 0004), so no act can forget to say so, and
none is told that was taken back. The count says that something changed, never what: every reader fetches what *they* may see.
"""

from types import SimpleNamespace

from meetings.models import Beat

TOLD = "table_changed"  # the channel on which the database tells "table beat" (migration 0004)


REFRESH = "X-Live"  # the header of a page that asks for itself anew


def follow(meeting) -> SimpleNamespace:
    """What a page of the meeting has to know to move with it. Asked first of all: what changes afterwards is news to the page."""
    return SimpleNamespace(meeting=meeting.pk, beat=beat_of(meeting.table_id))


def beat_of(table_id) -> int:
    """How often anything at the table changed that a screen of its meetings shows; 0 before the first time."""
    return Beat.objects.filter(table=table_id).values_list("count", flat=True).first() or 0
