"""One agenda item: opened, heard, closed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.actor import for_the_table
from agencies.as_it_stood import as_it_stands
from agencies.enums import LedgerAct
from meetings.enums import COMES_AGAIN, UNDECIDED, Deed, ItemKind, State
from meetings.lifecycle.agenda import refresh_agenda
from meetings.lifecycle.done import keep
from meetings.lifecycle.room import goes_on, let_in, locked, open_item_of
from meetings.models import AgendaItem
from situations import disclosure
from situations import lifecycle as situations
from situations.enums import Relation, Stage
from situations.models import Recusal


def at_the_table(item, *stages: Stage) -> AgendaItem:
    """The item, locked, if its meeting is under way, it is open, and its situation stands where the act needs it."""
    meeting = locked(item.meeting, State.OPEN)
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("situation__table", "situation__originating_agency")
        .get(pk=item.pk)
    )
    item.meeting = meeting
    if not item.is_open:
        raise OutOfOrder(_("This item is not open."))
    if stages and item.situation.stage not in stages:
        raise OutOfOrder(
            _("%(situation)s stands at “%(stage)s”; that act does not follow.")
            % {"situation": item.situation, "stage": item.situation.get_stage_display()}
        )
    return item


@transaction.atomic
@for_the_table("sitting")  # a chair who stepped out of what is open closes it all the same, without reading it
def open_item(item, *, by, leaving=None) -> AgendaItem:
    """The chair presents an item: a new situation gets its number, and those present are in the room.

    ``leaving`` is the key of the undecided item that the chair agreed to leave; another one is never left unasked.
    """
    meeting = locked(item.meeting, State.OPEN)
    current = open_item_of(meeting)
    if current is not None and current.pk == item.pk:
        return current
    goes_on(meeting)
    _may_leave(current, leaving=leaving)
    return _open(item, meeting, left=current, by=by)


def _open(item, meeting, *, left, by) -> AgendaItem:
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("situation__table").get(pk=item.pk)
    item.meeting = meeting
    if item.outcome not in UNDECIDED:  # what was accepted waits for who acts
        raise OutOfOrder(_("The table has already decided on this item."))
    if Recusal.objects.filter(situation=item.situation_id, member=getattr(by, "pk", None), ended_at=None).exists():
        raise Refused(_("Another chair opens this item."))
    before = {"item": as_it_stands(item, "opened_at", "closed_at"), "situation": situations.decided_so_far(item.situation)}
    keep(meeting, Deed.OPENED, item=item, left=left, before=before)
    if left is not None:
        _close(left, by=by)
    if item.situation.stage == Stage.SUBMITTED:
        item.situation = situations.present(item.situation, by=by)
    elif item.situation.stage not in COMES_AGAIN[ItemKind(item.kind)]:
        raise OutOfOrder(_("%(situation)s is no longer before the table.") % {"situation": item.situation})
    item.opened_at, item.closed_at = item.opened_at or clock.now(), None
    item.save()
    let_in(item, meeting.attendances.present().select_related("member"), by=by)
    ledger.record(LedgerAct.ITEM_OPENED, by=by, situation=item.situation, subject=item)
    return item


@transaction.atomic
def close_item(item, *, by) -> AgendaItem:
    """The item closes, and with it the room. What is not decided comes again at the next meeting."""
    item = at_the_table(item)
    keep(item.meeting, Deed.CLOSED, item=item)
    return _close(item, by=by)


def _close(item, *, by) -> AgendaItem:
    item.closed_at = clock.now()
    item.save()
    disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, by=by)
    ledger.record(LedgerAct.ITEM_CLOSED, by=by, situation=item.situation, subject=item)
    return item


@transaction.atomic
@for_the_table("sitting")
def next_item(meeting, *, by, leaving=None) -> AgendaItem | None:
    """Close what is open and present the next item on the agenda; None when the agenda is through. ``leaving`` as for ``open_item``.

    What was withdrawn or decided elsewhere meanwhile is passed over; it is no longer before the table.
    """
    meeting = locked(meeting, State.OPEN)
    goes_on(meeting)
    refresh_agenda(meeting)
    current = open_item_of(meeting)
    upcoming = meeting.items.before_the_table().filter(opened_at=None).order_by("position").first()
    _may_leave(current, leaving=leaving)
    if upcoming is not None:
        return _open(upcoming, meeting, left=current, by=by)
    if current is not None:
        close_item(current, by=by)
    return None


def _may_leave(current, *, leaving) -> None:
    """What another chair has opened meanwhile, and nobody has decided, stays."""
    if current is not None and leaving is not None and current.pk != leaving and current.outcome in UNDECIDED:
        raise OutOfOrder(_("Another item was opened meanwhile, and has no decision yet."))


@transaction.atomic
@for_the_table("sitting")  # the originator may ask for it as well
def step_out(item, *, member, by) -> None:
    """A member who knows the person steps out, or is asked to by chair or originator."""
    if by != member:
        keep(locked(item.meeting), Deed.STEPPED_OUT, item=item)
    situations.recuse(item.situation, member=member, by=by)
