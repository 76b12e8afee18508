"""What was just done at the table, as the page says it that offers to undo it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies import clock
from meetings.disclosure import item_known
from meetings.enums import FINAL, Act, Deed
from meetings.lifecycle import UNDONE_WITHIN
from meetings.models import AgendaItem

WORDS = {
    Deed.MEETING_OPENED: _("the meeting opened"),
    Deed.EXTENDED: _("the meeting extended by %(minutes)s minutes"),
    Deed.ARRIVED: _("%(who)s checked in"),
    Deed.MOVED: _("%(who)s changed between room and video"),
    Deed.DEPARTED: _("%(who)s checked out"),
    Deed.OPENED: _("%(number)s opened"),
    Deed.CLOSED: _("%(number)s closed"),
    Deed.ACCEPTED: _("%(number)s accepted"),
    Deed.DEFERRED: _("%(number)s deferred"),
    Deed.RESPONDED: _("response to %(number)s recorded"),
    Deed.KEPT_OPEN: _("%(number)s kept open"),
    Deed.CONCLUDED: _("%(number)s concluded"),
}


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """What can still be undone: its key, what it was, and for how many more seconds."""

    pk: object
    words: str
    seconds: int


def undoable(meeting, *, member, may) -> Undoable | None:
    """What was done last at the meeting, while it can be undone by the member; None of a situation from which they stepped out."""
    if Act.UNDO not in may:
        return None
    last = meeting.just_done.with_whether_out(member).standing().first()
    ends_at = None if last is None else last.at + UNDONE_WITHIN
    if ends_at is None or last.is_out or last.deed in FINAL or ends_at <= clock.now():
        return None
    return Undoable(pk=last.pk, words=in_words(last, member=member), seconds=-(-(ends_at - clock.now()) // timedelta(seconds=1)))


def in_words(done, *, member) -> str:
    """What it was, for a member who may know it."""
    said = WORDS[Deed(done.deed)]
    return said % {"number": _number(done, member), "who": _who(done), "minutes": done.before.get("minutes", "")}


def _number(done, member) -> str:
    item = None
    if done.item_id is not None:
        item = AgendaItem.objects.known_to(member).select_related("situation__table", "situation__originating_agency").get(pk=done.item_id)
    return item_known(item, to=member, only=()).reference if item is not None else ""


def _who(done) -> str:
    came = done.before.get("attendances", [])
    if len(came) == 1:
        return str(done.meeting.attendances.select_related("member").filter(pk=came[0]).first() or "")
    return ngettext("%(count)s person", "%(count)s people", len(came)) % {"count": len(came)}
