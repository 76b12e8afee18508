"""A meeting under way: opening, arriving, leaving, closing."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.actor import for_the_table
from agencies.as_it_stood import as_it_stands
from agencies.enums import LedgerAct, Role
from meetings.enums import Deed, Kind, Mode, State
from meetings.lifecycle.agenda import refresh_agenda
from meetings.lifecycle.done import keep
from meetings.lifecycle.items import close_item
from meetings.lifecycle.room import let_in, locked, open_item_of
from meetings.lifecycle.wall import end_wall_sign_ins
from meetings.models import Attendance, Meeting
from meetings.querysets import CHECK_IN_FROM, ENDS_BY_ITSELF_AFTER
from situations import disclosure
from situations.enums import Relation

WITHOUT_A_SEAT = (Role.CHAIR, Role.RECORDER, Role.COORDINATOR, Role.OBSERVER)  # who may be at the table without acting for an agency


@transaction.atomic
@for_the_table("sitting")
def open_meeting(meeting, *, by) -> Meeting:
    """The chair opens the meeting: the agenda stands, in the order in which the table hears it."""
    meeting = locked(meeting, State.PLANNED)
    now = clock.now()
    if now < meeting.starts_at - CHECK_IN_FROM:
        raise OutOfOrder(_("A meeting can be opened from one hour before it begins."))
    _can_still_begin(meeting)
    if Meeting.objects.under_way().filter(table=meeting.table).exists():
        raise OutOfOrder(_("Another meeting of this table is under way. Close it first."))
    keep(meeting, Deed.MEETING_OPENED, before={"meeting": as_it_stands(meeting, "state", "opened_at", "opened_by", "ends_at")})
    meeting.state, meeting.opened_at, meeting.opened_by = State.OPEN, now, by
    if meeting.ends_at <= now:  # opened late, such as a session called for an hour that has passed
        meeting.ends_at = now + (meeting.ends_at - meeting.starts_at)
    meeting.version += 1
    meeting.save()
    if meeting.kind == Kind.REGULAR:
        refresh_agenda(meeting)
    ledger.record(LedgerAct.MEETING_OPENED, by=by, table=meeting.table, subject=meeting)
    return meeting


def _can_still_begin(meeting) -> None:
    if meeting.state == State.PLANNED and clock.now() >= meeting.ends_at + ENDS_BY_ITSELF_AFTER:
        raise OutOfOrder(_("This meeting did not take place. What was submitted waits for the next one."))


@transaction.atomic
@for_the_table("sitting")
def check_in(meeting, *, member, by, mode: Mode = Mode.ROOM) -> Attendance:
    """A member is at the table from now on; while an item is open, that puts them in the room for it."""
    meeting = locked(meeting, State.PLANNED, State.OPEN)
    attendance, was_in = _arrive(meeting, member=member, by=by, mode=mode)
    if by != member and was_in != mode:  # one's own check-in is nobody else's to undo
        keep(meeting, Deed.MOVED if was_in else Deed.ARRIVED, before={"attendances": [str(attendance.pk)], "mode": was_in})
    return attendance


def _arrive(meeting, *, member, by, mode: Mode) -> tuple[Attendance, str]:
    """The member's attendance, and where it said they were before; '' for one that is new."""
    if clock.now() < meeting.starts_at - CHECK_IN_FROM and meeting.state == State.PLANNED:
        raise OutOfOrder(_("You can check in from one hour before the meeting begins."))
    _can_still_begin(meeting)
    standing = member.standing
    acts = standing.acts_for_agency_at(meeting.table_id)
    if meeting.kind == Kind.EMERGENCY:  # only those who were called hear it
        acts = acts and meeting.called_seats.filter(agency=member.agency_id).exists()
    observes = not acts and standing.holds(meeting.table_id, Role.OBSERVER)
    if not acts and not standing.holds(meeting.table_id, *WITHOUT_A_SEAT):
        raise Refused(_("This member has no place at the table."))
    attendance, is_new = Attendance.objects.get_or_create(
        meeting=meeting,
        member=member,
        left_at=None,
        defaults={
            "table_id": meeting.table_id,
            "agency_id": member.agency_id if acts else None,
            "mode": mode,
            "is_observer": observes,
            "is_alternate": standing.holds(meeting.table_id, Role.ALTERNATE) and not standing.holds(meeting.table_id, Role.REPRESENTATIVE),
            "arrived_at": clock.now(),
        },
    )
    if is_new:
        ledger.record(LedgerAct.ARRIVED, by=by, table=meeting.table, subject=meeting, audience=member, codes=[mode])
        item = open_item_of(meeting) if meeting.is_open else None
        if item is not None:
            let_in(item, [attendance], by=by)
        return attendance, ""
    was_in = attendance.mode
    if was_in != mode:
        attendance.mode = mode
        attendance.save()
    return attendance, was_in


@transaction.atomic
@for_the_table("sitting")
def check_in_as_last_time(meeting, *, by) -> int:
    """Those who were at the table's last meeting are here again, in the room or by video as they were; returns how many arrived."""
    meeting = locked(meeting, State.PLANNED, State.OPEN)
    last = Meeting.objects.filter(table=meeting.table_id, kind=meeting.kind).past().first()
    if last is None:
        raise Refused(_("There was no meeting before this one."))
    here = set(meeting.attendances.present().values_list("member_id", flat=True))
    arrived = []
    for attendance in last.attendances.select_related("member").order_by("member_id", "-arrived_at").distinct("member_id"):
        member, table_id = attendance.member, meeting.table_id
        standing = member.standing
        if member.pk in here or not (standing.acts_for_agency_at(table_id) or standing.holds(table_id, *WITHOUT_A_SEAT)):
            continue
        arrived.append(_arrive(meeting, member=member, by=by, mode=Mode(attendance.mode))[0])
    if arrived:
        keep(meeting, Deed.ARRIVED, before={"attendances": [str(each.pk) for each in arrived]})
    return len(arrived)


@transaction.atomic
@for_the_table("sitting")
def check_out(meeting, *, member, by) -> None:
    """A member leaves the table; what the room gave them ends."""
    meeting = locked(meeting)
    attendance = meeting.attendances.present().filter(member=member).first()
    if attendance is None:
        return
    if by != member:
        keep(meeting, Deed.DEPARTED, before={"attendances": [str(attendance.pk)]})
    attendance.left_at = clock.now()
    attendance.save()
    item = open_item_of(meeting)
    if item is not None:
        disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, of=member, by=by)
    ledger.record(LedgerAct.DEPARTED, by=by, table=meeting.table, subject=meeting, audience=member)


@transaction.atomic
@for_the_table("sitting")
def extend(meeting, *, minutes: int, by) -> Meeting:
    """The meeting runs over: it ends later, and with it the rights of the room."""
    meeting = locked(meeting, State.OPEN)
    keep(meeting, Deed.EXTENDED, before={"meeting": as_it_stands(meeting, "ends_at"), "minutes": minutes})
    meeting.ends_at = max(meeting.ends_at, clock.now()) + timedelta(minutes=minutes)
    meeting.version += 1
    meeting.save()
    item = open_item_of(meeting)
    if item is not None:
        disclosure.move_ends(item.situation, relation=Relation.IN_THE_ROOM, ends_at=meeting.ends_at)
        let_in(item, meeting.attendances.present(), by=by)  # those whose right had run out in the meantime
    ledger.record(LedgerAct.MEETING_EXTENDED, by=by, table=meeting.table, subject=meeting, codes=[str(minutes)])
    return meeting


@transaction.atomic
def close_meeting(meeting, *, by) -> Meeting:
    """The meeting is over: the room is empty, and what was not heard waits for the next."""
    return _close(locked(meeting, State.OPEN), by=by)


@transaction.atomic
def close_forgotten(meeting, *, by) -> bool:
    """A meeting that nobody closed is over four hours after its planned end; what was not decided comes again, as when the chair closes it.

    Nobody is said to have stayed longer than the planned end. Returns whether it was closed: meanwhile the chair may have extended it.
    """
    meeting = locked(meeting)
    if not meeting.is_open or clock.now() < meeting.ends_at + ENDS_BY_ITSELF_AFTER:
        return False
    meeting.attendances.present().update(left_at=Greatest(F("arrived_at"), meeting.ends_at))
    _close(meeting, by=by)
    return True


def _close(meeting, *, by) -> Meeting:
    item = open_item_of(meeting)
    if item is not None:
        close_item(item, by=by)
    meeting.items.filter(opened_at=None).delete()
    meeting.just_done.all().delete()
    meeting.attendances.present().update(left_at=clock.now())
    meeting.state, meeting.closed_at = State.CLOSED, clock.now()
    meeting.version += 1
    meeting.save()
    end_wall_sign_ins(meeting, by=by)
    ledger.record(LedgerAct.MEETING_CLOSED, by=by, table=meeting.table, subject=meeting)
    return meeting


@transaction.atomic
def approve_minutes(meeting, *, by) -> Meeting:
    """The chair finds that the minutes say what happened."""
    meeting = locked(meeting, State.CLOSED)
    meeting.minutes_approved_at, meeting.minutes_approved_by = clock.now(), by
    meeting.save()
    ledger.record(LedgerAct.MINUTES_APPROVED, by=by, table=meeting.table, subject=meeting)
    return meeting
