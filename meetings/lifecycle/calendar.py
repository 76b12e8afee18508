"""When the table sits: its rhythm, what is moved or cancelled, and sessions that cannot wait."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import Difference, OutOfOrder, Refused, Stale
from agencies.days import date_format
from agencies.enums import AGENCY_ROLES, LedgerAct, Notice, Role
from agencies.models import Member
from meetings.enums import ItemKind, Kind, State
from meetings.lifecycle.room import locked
from meetings.lifecycle.wall import end_wall_sign_ins
from meetings.models import AgendaItem, CalledSeat, Meeting, RhythmException
from meetings.rhythm import Rhythm
from situations.enums import Stage
from situations.models import Situation

EMERGENCY_MINUTES = 60


def rhythm_of(table) -> Rhythm:
    """The table's rhythm with its own exceptions."""
    exceptions = list(RhythmException.objects.filter(table=table))
    return Rhythm(
        weekdays=table.weekdays,
        starts_at=table.starts_at,
        length_minutes=table.length_minutes,
        zone=table.zone,
        skipped=[day.on for day in exceptions if not day.is_extra],
        extra=[day.on for day in exceptions if day.is_extra],
    )


@transaction.atomic
def plan_meetings(table, *, until: date, by, since: date | None = None) -> int:
    """Lay the rhythm's sittings into the calendar, from today (or ``since``) to ``until``; those already there stay as they are."""
    first = since or clock.now().astimezone(table.zone).date()
    sittings = [sitting for sitting in rhythm_of(table).sittings(first, until) if since or sitting.ends_at > clock.now()]
    known = set(
        Meeting.objects.filter(table=table, rhythm_at__in=[sitting.starts_at for sitting in sittings]).values_list("rhythm_at", flat=True)
    )
    planned = Meeting.objects.bulk_create(
        [
            Meeting(table=table, rhythm_at=sitting.starts_at, starts_at=sitting.starts_at, ends_at=sitting.ends_at, place=table.place)
            for sitting in sittings
            if sitting.starts_at not in known
        ],
        ignore_conflicts=True,
    )
    if planned:
        ledger.record(LedgerAct.MEETING_PLANNED, by=by, table=table, codes=[str(len(planned))])
    return len(planned)


def _mail_everyone(notice, meeting) -> None:
    everyone = Member.objects.holding(meeting.table, *AGENCY_ROLES, Role.CHAIR, Role.RECORDER, Role.COORDINATOR)
    if meeting.kind == Kind.EMERGENCY:
        called = meeting.called_seats.values("agency")
        everyone = everyone.filter(
            Q(agency__in=called) | Q(pk__in=Member.objects.holding(meeting.table, Role.CHAIR, Role.RECORDER, Role.COORDINATOR))
        )
    outbox.take_back(notice, subject=meeting)  # a second move within the half minute replaces the first one's mail
    outbox.post(
        notice,
        to=everyone,
        table=meeting.table,
        address=reverse("meetings:detail", args=[meeting.pk]),
        subject=meeting,
        moment=meeting.starts_at,
    )


@transaction.atomic
def add_exception(table, *, on: date, is_extra: bool, by) -> RhythmException:
    """The table does not sit on a day on which its rhythm would have it sit, or sits on one more: the calendar follows, with mail."""
    if on < clock.now().astimezone(table.zone).date():
        raise Refused(_("Choose a day that is still to come."))
    exception, is_new = RhythmException.objects.get_or_create(table=table, on=on, defaults={"is_extra": is_extra})
    if not is_new:
        raise OutOfOrder(_("This day is already an exception. Remove it first."))
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=exception, codes=["exception_added", on])
    _follow_the_rhythm(table, on, by=by)
    return exception


@transaction.atomic
def remove_exception(exception, *, by) -> None:
    """The day is again as the rhythm says."""
    exception = RhythmException.objects.select_for_update(of=("self",)).select_related("table").filter(pk=exception.pk).first()
    if exception is None:
        raise OutOfOrder(_("This exception is already removed."))
    table, on = exception.table, exception.on
    ledger.record(LedgerAct.TABLE_CHANGED, by=by, table=table, subject=exception, codes=["exception_removed", on])
    exception.delete()
    _follow_the_rhythm(table, on, by=by)


def _follow_the_rhythm(table, on: date, *, by) -> None:
    """One day of the calendar is made what the rhythm now says: a sitting is planned or comes back, or the planned one is cancelled."""
    sittings = [sitting.starts_at for sitting in rhythm_of(table).sittings(on, on)]
    begins = datetime.combine(on, time.min, tzinfo=table.zone)
    there = Meeting.objects.filter(table=table, rhythm_at__gte=begins, rhythm_at__lt=begins + timedelta(days=1))
    for meeting in there.planned().exclude(rhythm_at__in=sittings):
        cancel_meeting(meeting, by=by)
    for cancelled in there.filter(state=State.CANCELLED, rhythm_at__in=sittings):
        meeting = locked(cancelled, State.CANCELLED)
        meeting.state = State.PLANNED
        meeting.version += 1
        meeting.save()
        ledger.record(LedgerAct.MEETING_PLANNED, by=by, table=table, subject=meeting, codes=["1"])
        _mail_everyone(Notice.MEETING_MOVED, meeting)
    is_today = on == clock.now().astimezone(table.zone).date()
    plan_meetings(table, until=on, since=None if is_today else on, by=by)


@transaction.atomic
def move_meeting(meeting, *, starts_at: datetime, by, version: int | None = None) -> Meeting:
    """The meeting is at another time; everyone is told by mail. Raises ``Stale`` when somebody else moved it since ``version``."""
    meeting = locked(meeting, State.PLANNED)
    if version is not None and version != meeting.version:
        yours, theirs = (date_format(moment.astimezone(meeting.table.zone), "DATETIME_FORMAT") for moment in (starts_at, meeting.starts_at))
        raise Stale(differences=[Difference(label=str(_("Begins")), yours=yours, theirs=theirs)], version=meeting.version)
    if starts_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."))
    meeting.starts_at, meeting.ends_at = starts_at, starts_at + (meeting.ends_at - meeting.starts_at)
    meeting.version += 1
    meeting.save()
    meeting.attendances.present().update(left_at=clock.now())  # whoever had checked in comes to another time
    end_wall_sign_ins(meeting, by=by)
    ledger.record(LedgerAct.MEETING_MOVED, by=by, table=meeting.table, subject=meeting)
    _mail_everyone(Notice.MEETING_MOVED, meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, by) -> Meeting:
    """The table does not sit that day; what was submitted waits for the next meeting."""
    meeting = locked(meeting, State.PLANNED)
    meeting.state = State.CANCELLED
    meeting.version += 1
    meeting.save()
    meeting.items.all().delete()
    meeting.attendances.present().update(left_at=clock.now())
    end_wall_sign_ins(meeting, by=by)
    ledger.record(LedgerAct.MEETING_CANCELLED, by=by, table=meeting.table, subject=meeting)
    _mail_everyone(Notice.MEETING_CANCELLED, meeting)
    return meeting


@transaction.atomic
def call_emergency(table, *, situation, agencies: list, starts_at: datetime, by) -> Meeting:
    """Something cannot wait: a representative calls a session for one situation and picks the seats; they are mailed."""
    situation = Situation.objects.select_for_update(of=("self",)).select_related("originating_agency").get(pk=situation.pk)
    if situation.stage != Stage.SUBMITTED:
        raise OutOfOrder(_("Submit the situation first; then a session can be called for it."))
    if situation.agenda_items.filter(closed_at=None, meeting__in=Meeting.objects.to_come().order_by()).exists():
        raise OutOfOrder(_("This situation is already on the agenda of a session."))
    if not agencies:
        raise Refused(_("Pick at least one agency."))
    meeting = Meeting.objects.create(
        table=table,
        kind=Kind.EMERGENCY,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=EMERGENCY_MINUTES),
        place=table.place,
        called_by=by,
    )
    seats = {agency.pk: agency for agency in [*agencies, situation.originating_agency]}
    CalledSeat.objects.bulk_create(CalledSeat(table=table, meeting=meeting, agency=agency) for agency in seats.values())
    AgendaItem.objects.create(table=table, meeting=meeting, situation=situation, kind=ItemKind.NEW, position=1)
    ledger.record(LedgerAct.EMERGENCY_CALLED, by=by, situation=situation, subject=meeting)
    _mail_everyone(Notice.EMERGENCY_CALLED, meeting)
    return meeting
