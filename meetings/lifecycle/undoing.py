"""The last thing that was done at the table is undone within half a minute, as a new entry in the record: nothing there is erased.

What forgets cannot be undone: not accepting, withdrawing, ending early. Nor can the closing of the meeting: the room has gone.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.actor import for_the_table
from agencies.as_it_stood import put_back
from agencies.enums import LedgerAct
from meetings.enums import FINAL, Deed, Kind, State
from meetings.lifecycle.done import UNDONE_WITHIN
from meetings.lifecycle.room import let_in, locked, open_item_of
from meetings.models import AgendaItem, JustDone
from responses import lifecycle as responses
from situations import disclosure
from situations import lifecycle as situations
from situations.enums import Relation

TOO_LATE = _("It can no longer be undone: 30 seconds have passed.")


@transaction.atomic
@for_the_table("sitting")
def undo(meeting, *, done, by) -> JustDone:
    """Undo what was done last; ``done`` is the key of what the chair was shown, so that nothing else is undone in its place."""
    meeting = locked(meeting, State.PLANNED, State.OPEN)
    asked = meeting.just_done.with_whether_out(by).filter(pk=done).first()
    if asked is None or asked.at <= clock.now() - UNDONE_WITHIN:
        raise Refused(TOO_LATE)
    if asked.undone_at is not None:
        raise OutOfOrder(_("This was already undone."))
    if asked.pk != meeting.just_done.standing().values_list("pk", flat=True).first():
        raise OutOfOrder(_("Something else was done at the table meanwhile. Only what was done last can be undone."))
    if asked.is_out:
        raise Refused(_("Another chair undoes this."))
    if asked.deed in FINAL:
        raise Refused(_("This cannot be undone."))
    item = _of(meeting, asked.item_id)
    WAYS_BACK[Deed(asked.deed)](meeting, asked, item, by=by)
    asked.undone_at = clock.now()
    asked.save(update_fields=["undone_at"])
    about = item.situation if item is not None else None
    ledger.record(LedgerAct.UNDONE, by=by, situation=about, table=meeting.table, subject=item or meeting, codes=[asked.deed])
    return asked


def _of(meeting, pk) -> AgendaItem | None:
    """One of the meeting's items, locked."""
    rows = meeting.items.select_for_update(of=("self",)).select_related("situation__table")
    item = rows.filter(pk=pk).first()
    if item is not None:
        item.meeting = meeting
    return item


def _stands_again(row, stood: dict) -> None:
    put_back(row, stood)
    row.save()


# --- the meeting ---------------------------------------------------------------------------------------------------------------


def _opening_the_meeting(meeting, done, _item, *, by) -> None:
    if meeting.kind == Kind.REGULAR:
        meeting.items.all().delete()  # its agenda is a query again
    meeting.version += 1
    _stands_again(meeting, done.before["meeting"])


def _extending(meeting, done, _item, *, by) -> None:
    meeting.version += 1
    _stands_again(meeting, done.before["meeting"])
    current = open_item_of(meeting)
    if current is None:
        return
    if meeting.ends_at > clock.now():
        disclosure.move_ends(current.situation, relation=Relation.IN_THE_ROOM, ends_at=meeting.ends_at)
    else:
        disclosure.end(current.situation, relation=Relation.IN_THE_ROOM, by=by)


# --- who is at the table -------------------------------------------------------------------------------------------------------


def _arriving(meeting, done, _item, *, by) -> None:
    """They never were at the table: the minutes do not say so; what the room gave them ends."""
    current = open_item_of(meeting)
    for attendance in meeting.attendances.filter(pk__in=done.before["attendances"]).select_related("member"):
        if current is not None:
            disclosure.end(current.situation, relation=Relation.IN_THE_ROOM, of=attendance.member, by=by)
        attendance.delete()


def _moving(meeting, done, _item, *, by) -> None:
    meeting.attendances.filter(pk__in=done.before["attendances"]).update(mode=done.before["mode"])


def _departing(meeting, done, _item, *, by) -> None:
    attendance = meeting.attendances.select_related("member").get(pk=done.before["attendances"][0])
    if meeting.attendances.present().filter(member=attendance.member).exists():
        raise OutOfOrder(_("They have come again meanwhile."))
    attendance.left_at = None
    attendance.save()
    current = open_item_of(meeting)
    if current is not None:
        let_in(current, [attendance], by=by)


# --- the item --------------------------------------------------------------------------------------------------------------------


def _opening(meeting, done, item, *, by) -> None:
    """The item goes back, and the one that was left for it is open again. What agencies have said of it stands when it is opened anew."""
    stood = done.before["situation"]
    _stands_again(item, done.before["item"])
    disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, by=by)
    if stood["stage"] != item.situation.stage:
        situations.undo(item.situation, stood=stood, by=by)
    if done.left_id is not None:
        _closing(meeting, done, _of(meeting, done.left_id), by=by)


def _closing(meeting, _done, item, *, by) -> None:
    item.closed_at = None
    item.save()
    let_in(item, meeting.attendances.present().select_related("member"), by=by)


def _accepting(meeting, done, item, *, by) -> None:
    """Filter 2 again, also for observers; how agencies said they are involved stands when it is accepted anew."""
    _keeping_open(meeting, done, item, by=by)
    item.situation = situations.undo(item.situation, stood=done.before["situation"], by=by)
    let_in(item, meeting.attendances.present().select_related("member"), by=by)


def _deferring(meeting, done, item, *, by) -> None:
    _keeping_open(meeting, done, item, by=by)
    situations.undo(item.situation, stood=done.before["situation"], by=by)


def _responding(meeting, done, item, *, by) -> None:
    _keeping_open(meeting, done, item, by=by)
    responses.undo_response(item.situation, stood=done.before["situation"], by=by)


def _keeping_open(_meeting, done, item, *, by) -> None:
    _stands_again(item, done.before["item"])


def _concluding(meeting, done, item, *, by) -> None:
    _keeping_open(meeting, done, item, by=by)
    responses.undo_conclusion(item.situation, stood=done.before["situation"], by=by)


WAYS_BACK: dict[Deed, Callable] = {
    Deed.MEETING_OPENED: _opening_the_meeting,
    Deed.EXTENDED: _extending,
    Deed.ARRIVED: _arriving,
    Deed.MOVED: _moving,
    Deed.DEPARTED: _departing,
    Deed.OPENED: _opening,
    Deed.CLOSED: _closing,
    Deed.ACCEPTED: _accepting,
    Deed.DEFERRED: _deferring,
    Deed.RESPONDED: _responding,
    Deed.KEPT_OPEN: _keeping_open,
    Deed.CONCLUDED: _concluding,
}
