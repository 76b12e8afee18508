"""What was just done at the table, kept for the half minute in which it can be undone; the record of it is the ledger."""

from typing import Any

from agencies import clock, outbox
from agencies.as_it_stood import as_it_stands
from meetings.enums import Deed
from meetings.models import JustDone

UNDONE_WITHIN = outbox.SENT_AFTER  # the mail of an act leaves when the act can no longer be undone


def keep(meeting, deed: Deed, *, item=None, left=None, before: dict[str, Any] | None = None) -> None:
    """The meeting (locked) has something new that was done last; ``left`` is the item that was closed by opening ``item``.

    ``before`` is what it takes to undo it, in codes, keys and moments. What can no longer be undone goes.
    """
    now = clock.now()
    JustDone.objects.filter(meeting=meeting, at__lte=now - UNDONE_WITHIN).delete()
    JustDone.objects.create(table_id=meeting.table_id, meeting=meeting, deed=deed, item=item, left=left, before=before or {}, at=now)


def outcome_of(item) -> dict[str, Any]:
    """What the table has decided on the item so far, as ``keep`` takes it."""
    return {"item": as_it_stands(item, "outcome", "decided_by", "decided_at")}
