"""What happens at the table, in the order in which it happens, with what record."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger, outbox
from agencies.access import Difference, OutOfOrder, Refused, Stale
from agencies.enums import AGENCY_ROLES, LedgerAct, Notice, Role
from agencies.models import Entry, Member
from meetings.enums import ItemKind, Kind, Mode, Outcome, State
from meetings.models import AgendaItem, Attendance, CalledSeat, Involvement, Meeting, Position, RhythmException
from meetings.rhythm import Rhythm
from responses import lifecycle as responses
from situations import disclosure
from situations import lifecycle as situations
from situations.enums import Relation, Stage
from situations.models import Recusal, Situation

CHECK_IN_FROM = timedelta(hours=1)  # before the meeting begins
EMERGENCY_MINUTES = 60
WITHOUT_A_SEAT = (Role.CHAIR, Role.RECORDER, Role.COORDINATOR, Role.OBSERVER)  # who may be at the table without acting for an agency
NOT_AT_THE_TABLE = _("The meeting is not under way.")


# --- the calendar ------------------------------------------------------------------------------------------------------------


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


def _locked(meeting, *states: State) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("table").get(pk=meeting.pk)
    if states and meeting.state not in states:
        raise OutOfOrder(_("The meeting is %(state)s.") % {"state": meeting.get_state_display().lower()})
    return meeting


def _mail_everyone(notice, meeting) -> None:
    everyone = Member.objects.holding(meeting.table, *AGENCY_ROLES, Role.CHAIR, Role.RECORDER, Role.COORDINATOR)
    if meeting.kind == Kind.EMERGENCY:
        called = meeting.called_seats.values("agency")
        everyone = everyone.filter(
            Q(agency__in=called) | Q(pk__in=Member.objects.holding(meeting.table, Role.CHAIR, Role.RECORDER, Role.COORDINATOR))
        )
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
        meeting = _locked(cancelled, State.CANCELLED)
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
    meeting = _locked(meeting, State.PLANNED)
    if version is not None and version != meeting.version:
        yours, theirs = (date_format(moment.astimezone(meeting.table.zone), "DATETIME_FORMAT") for moment in (starts_at, meeting.starts_at))
        raise Stale(differences=[Difference(label=str(_("Begins")), yours=yours, theirs=theirs)])
    if starts_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."))
    meeting.starts_at, meeting.ends_at = starts_at, starts_at + (meeting.ends_at - meeting.starts_at)
    meeting.version += 1
    meeting.save()
    ledger.record(LedgerAct.MEETING_MOVED, by=by, table=meeting.table, subject=meeting)
    _mail_everyone(Notice.MEETING_MOVED, meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, by) -> Meeting:
    """The table does not sit that day; what was submitted waits for the next meeting."""
    meeting = _locked(meeting, State.PLANNED)
    meeting.state = State.CANCELLED
    meeting.version += 1
    meeting.save()
    meeting.items.all().delete()
    ledger.record(LedgerAct.MEETING_CANCELLED, by=by, table=meeting.table, subject=meeting)
    _mail_everyone(Notice.MEETING_CANCELLED, meeting)
    return meeting


@transaction.atomic
def call_emergency(table, *, situation, agencies: list, starts_at: datetime, by) -> Meeting:
    """Something cannot wait: a representative calls a session for one situation and picks the seats; they are mailed."""
    if situation.stage != Stage.SUBMITTED:
        raise OutOfOrder(_("Submit the situation first; then a session can be called for it."))
    if situation.agenda_items.filter(closed_at=None, meeting__state__in=[State.PLANNED, State.OPEN]).exists():
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


# --- opening, arriving, leaving, closing ------------------------------------------------------------------------------------


def awaiting(table):
    """What comes before the table's next regular meeting: report-backs, oldest number first, then new situations.

    The agenda is a query until the meeting opens; what stands on a session's agenda is not in it.
    """
    elsewhere = AgendaItem.objects.filter(closed_at=None, meeting__state__in=[State.PLANNED, State.OPEN])
    waiting = (
        Situation.objects.filter(table=table).exclude(pk__in=elsewhere.values("situation")).select_related("table", "originating_agency")
    )
    report_backs = waiting.filter(stage=Stage.RESPONDING).order_by("year", "sequence")
    unfinished = waiting.filter(stage__in=[Stage.PRESENTED, Stage.IDENTIFYING]).order_by("year", "sequence")
    new = waiting.filter(stage=Stage.SUBMITTED).order_by("submitted_at")
    return report_backs, unfinished, new


@transaction.atomic
def open_meeting(meeting, *, by) -> Meeting:
    """The chair opens the meeting: the agenda stands, in the order in which the table hears it."""
    meeting = _locked(meeting, State.PLANNED)
    now = clock.now()
    if now < meeting.starts_at - CHECK_IN_FROM:
        raise OutOfOrder(_("A meeting can be opened from one hour before it begins."))
    if Meeting.objects.under_way().filter(table=meeting.table).exists():
        raise OutOfOrder(_("Another meeting of this table is under way. Close it first."))
    meeting.state, meeting.opened_at, meeting.opened_by = State.OPEN, now, by
    if meeting.ends_at <= now:  # opened late, such as a session called for an hour that has passed
        meeting.ends_at = now + (meeting.ends_at - meeting.starts_at)
    meeting.version += 1
    meeting.save()
    if meeting.kind == Kind.REGULAR:
        refresh_agenda(meeting)
    ledger.record(LedgerAct.MEETING_OPENED, by=by, table=meeting.table, subject=meeting)
    return meeting


def refresh_agenda(meeting) -> None:
    """Put on the open meeting's agenda what has come since: submitted situations, responses that were recorded elsewhere."""
    if meeting.kind != Kind.REGULAR:
        return
    last = meeting.items.count()
    on_it = set(meeting.items.values_list("situation_id", flat=True))
    report_backs, unfinished, new = awaiting(meeting.table)
    today = [] if last else list(report_backs)  # what was accepted at this very meeting does not report back at it
    fresh = [(ItemKind.REPORT_BACK, row) for row in today] + [(ItemKind.NEW, row) for row in [*unfinished, *new]]
    AgendaItem.objects.bulk_create(
        AgendaItem(table_id=meeting.table_id, meeting=meeting, situation=row, kind=kind, position=last + place)
        for place, (kind, row) in enumerate(((kind, row) for kind, row in fresh if row.pk not in on_it), start=1)
    )


@transaction.atomic
def check_in(meeting, *, member, by, mode: Mode = Mode.ROOM) -> Attendance:
    """A member is at the table from now on; while an item is open, that puts them in the room for it."""
    meeting = _locked(meeting, State.PLANNED, State.OPEN)
    if clock.now() < meeting.starts_at - CHECK_IN_FROM and meeting.state == State.PLANNED:
        raise OutOfOrder(_("You can check in from one hour before the meeting begins."))
    standing = member.standing
    acts = standing.acts_for_agency_at(meeting.table_id)
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
        item = _open_item(meeting)
        if item is not None:
            _let_in(item, [attendance], by=by)
    elif attendance.mode != mode:
        attendance.mode = mode
        attendance.save()
    return attendance


@transaction.atomic
def check_in_as_last_time(meeting, *, by) -> int:
    """Those who were at the table's last meeting are here again, in the room or by video as they were; returns how many arrived."""
    last = Meeting.objects.filter(table=meeting.table_id, kind=meeting.kind).past().first()
    if last is None:
        raise Refused(_("There was no meeting before this one."))
    here = set(meeting.attendances.present().values_list("member_id", flat=True))
    arrived = 0
    for attendance in last.attendances.select_related("member").order_by("member_id", "-arrived_at").distinct("member_id"):
        member, table_id = attendance.member, meeting.table_id
        standing = member.standing
        if member.pk in here or not (standing.acts_for_agency_at(table_id) or standing.holds(table_id, *WITHOUT_A_SEAT)):
            continue
        check_in(meeting, member=member, by=by, mode=Mode(attendance.mode))
        arrived += 1
    return arrived


@transaction.atomic
def check_out(meeting, *, member, by) -> None:
    """A member leaves the table; what the room gave them ends."""
    meeting = _locked(meeting)
    attendance = meeting.attendances.present().filter(member=member).first()
    if attendance is None:
        return
    attendance.left_at = clock.now()
    attendance.save()
    item = _open_item(meeting)
    if item is not None:
        disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, of=member, by=by)
    ledger.record(LedgerAct.DEPARTED, by=by, table=meeting.table, subject=meeting, audience=member)


@transaction.atomic
def extend(meeting, *, minutes: int, by) -> Meeting:
    """The meeting runs over: it ends later, and with it the rights of the room."""
    meeting = _locked(meeting, State.OPEN)
    meeting.ends_at = max(meeting.ends_at, clock.now()) + timedelta(minutes=minutes)
    meeting.version += 1
    meeting.save()
    item = _open_item(meeting)
    if item is not None:
        disclosure.move_ends(item.situation, relation=Relation.IN_THE_ROOM, ends_at=meeting.ends_at)
        _let_in(item, meeting.attendances.present(), by=by)  # those whose right had run out in the meantime
    ledger.record(LedgerAct.MEETING_EXTENDED, by=by, table=meeting.table, subject=meeting, codes=[str(minutes)])
    return meeting


@transaction.atomic
def close_meeting(meeting, *, by) -> Meeting:
    """The meeting is over: the room is empty, and what was not heard waits for the next."""
    meeting = _locked(meeting, State.OPEN)
    item = _open_item(meeting)
    if item is not None:
        close_item(item, by=by)
    meeting.items.filter(opened_at=None).delete()
    meeting.attendances.present().update(left_at=clock.now())
    meeting.state, meeting.closed_at = State.CLOSED, clock.now()
    meeting.version += 1
    meeting.save()
    ledger.record(LedgerAct.MEETING_CLOSED, by=by, table=meeting.table, subject=meeting)
    return meeting


@transaction.atomic
def approve_minutes(meeting, *, by) -> Meeting:
    """The chair finds that the minutes say what happened."""
    meeting = _locked(meeting, State.CLOSED)
    meeting.minutes_approved_at, meeting.minutes_approved_by = clock.now(), by
    meeting.save()
    ledger.record(LedgerAct.MINUTES_APPROVED, by=by, table=meeting.table, subject=meeting)
    return meeting


# --- one item ----------------------------------------------------------------------------------------------------------------


def _open_item(meeting) -> AgendaItem | None:
    return meeting.items.filter(opened_at__isnull=False, closed_at=None).select_related("situation__table", "meeting__table").first()


def _at_the_table(item, *stages: Stage) -> AgendaItem:
    """The item, locked, if its meeting is under way, it is open, and its situation stands where the act needs it."""
    meeting = _locked(item.meeting, State.OPEN)
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


def _let_in(item, attendances, *, by) -> None:
    """Those present are in the room, unless they stepped out; observers hear Filter 2 only."""
    observers_hear = item.kind == ItemKind.NEW and item.situation.stage in (Stage.SUBMITTED, Stage.PRESENTED)
    recused = set(Recusal.objects.filter(situation=item.situation, ended_at=None).values_list("member_id", flat=True))
    members = [
        attendance.member
        for attendance in attendances
        if attendance.member_id not in recused and (attendance.agency_id is not None or (attendance.is_observer and observers_hear))
    ]
    if members and item.meeting.ends_at > clock.now():
        disclosure.grant(item.situation, relation=Relation.IN_THE_ROOM, to=members, by=by, ends_at=item.meeting.ends_at)


@transaction.atomic
def open_item(item, *, by) -> AgendaItem:
    """The chair presents an item: a new situation gets its number, and those present are in the room."""
    meeting = _locked(item.meeting, State.OPEN)
    current = _open_item(meeting)
    if current is not None and current.pk == item.pk:
        return current
    if current is not None:
        close_item(current, by=by)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("situation__table").get(pk=item.pk)
    item.meeting = meeting
    if item.outcome:
        raise OutOfOrder(_("The table has already decided on this item."))
    if Recusal.objects.filter(situation=item.situation_id, member=getattr(by, "pk", None), ended_at=None).exists():
        raise Refused(_("Another chair opens this item."))
    if item.situation.stage == Stage.SUBMITTED:
        item.situation = situations.present(item.situation, by=by)
    elif item.situation.stage not in (Stage.PRESENTED, Stage.IDENTIFYING, Stage.RESPONDING):
        raise OutOfOrder(_("%(situation)s is no longer before the table.") % {"situation": item.situation})
    item.opened_at, item.closed_at = item.opened_at or clock.now(), None
    item.save()
    _let_in(item, meeting.attendances.present().select_related("member"), by=by)
    ledger.record(LedgerAct.ITEM_OPENED, by=by, situation=item.situation, subject=item)
    return item


@transaction.atomic
def close_item(item, *, by) -> AgendaItem:
    """The item closes, and with it the room. What is not decided comes again at the next meeting."""
    item = _at_the_table(item)
    item.closed_at = clock.now()
    item.save()
    disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, by=by)
    ledger.record(LedgerAct.ITEM_CLOSED, by=by, situation=item.situation, subject=item)
    return item


@transaction.atomic
def next_item(meeting, *, by) -> AgendaItem | None:
    """Close what is open and present the next item on the agenda; None when the agenda is through."""
    meeting = _locked(meeting, State.OPEN)
    refresh_agenda(meeting)
    current = _open_item(meeting)
    upcoming = meeting.items.filter(opened_at=None).order_by("position").first()
    if current is not None:
        close_item(current, by=by)
    return open_item(upcoming, by=by) if upcoming is not None else None


@transaction.atomic
def step_out(item, *, member, by) -> None:
    """A member who knows the person steps out, or is asked to by chair or originator."""
    situations.recuse(item.situation, member=member, by=by)


# --- Filter 2 ----------------------------------------------------------------------------------------------------------------


def _are_here(item, agencies) -> None:
    here = set(item.meeting.attendances.present().filter(agency__in=agencies).values_list("agency_id", flat=True))
    for agency in agencies:
        if agency.pk not in here:
            raise Refused(_("%(agency)s is not at the table.") % {"agency": agency})


@transaction.atomic
def take_positions(item, *, said: dict, by) -> None:
    """Agencies say whether they find the risk acute: ``said`` by agency. They can say otherwise until the table decides."""
    item = _at_the_table(item, Stage.PRESENTED)
    _are_here(item, said)
    now = clock.now()
    Position.objects.bulk_create(
        [
            Position(table_id=item.table_id, item=item, agency=agency, position_id=position, taken_by=by, taken_at=now)
            for agency, position in said.items()
        ],
        update_conflicts=True,
        unique_fields=["item", "agency"],
        update_fields=["position", "taken_by", "taken_at"],
    )
    _keep_what_was_said(LedgerAct.POSITION_TAKEN, item, said, by=by)


def _keep_what_was_said(act, item, said: dict, *, by) -> None:
    ledger.LedgerEntry.objects.bulk_create(
        ledger.entry(act, by=by, situation=item.situation, audience=agency, codes=[answer]) for agency, answer in said.items()
    )


def take_position(item, *, agency, position: str, by) -> None:
    """An agency says whether it finds the risk acute; it can say otherwise until the table decides."""
    take_positions(item, said={agency: position}, by=by)


def tally_of(item) -> dict[str, int]:
    """How many agencies said what, as the decision keeps it."""
    said = list(item.positions.values_list("position_id", flat=True))
    return {"met": said.count("position:MET"), "not_met": said.count("position:NOT"), "question": said.count("position:ASK")}


def _decided(item, outcome: Outcome, *, by) -> AgendaItem:
    item.outcome, item.decided_by, item.decided_at = outcome, by, clock.now()
    item.save()
    return item


@transaction.atomic
def accept(item, *, by) -> AgendaItem:
    """The table finds the risk acute: Filter 3 opens for those in the room; observers go out."""
    item = _at_the_table(item, Stage.PRESENTED)
    item.situation = situations.identify(item.situation, tally=tally_of(item), by=by)
    for observer in item.meeting.attendances.present().filter(is_observer=True).select_related("member"):
        disclosure.end(item.situation, relation=Relation.IN_THE_ROOM, of=observer.member, by=by)
    return _decided(item, Outcome.ACCEPTED, by=by)


@transaction.atomic
def reject(item, *, criteria_not_met: list[str], reason: str, by) -> AgendaItem:
    """The table does not find the risk acute: it is forgotten, here and below, in this transaction."""
    item = _at_the_table(item, Stage.PRESENTED)
    if not criteria_not_met:
        raise Refused(_("Say which criteria are not met."))
    item.situation = situations.reject(item.situation, criteria_not_met=criteria_not_met, reason=reason, tally=tally_of(item), by=by)
    forget(item.situation)
    return _decided(item, Outcome.REJECTED, by=by)


@transaction.atomic
def defer(item, *, reason: str, by) -> AgendaItem:
    """The table hears it again another day; it keeps its number."""
    item = _at_the_table(item, Stage.PRESENTED)
    item.situation = situations.defer(item.situation, reason=reason, tally=tally_of(item), by=by)
    return _decided(item, Outcome.DEFERRED, by=by)


@transaction.atomic
def withdraw(situation, *, reason: str, by) -> None:
    """The originator takes it back, before the meeting or at the table: forgotten on every floor."""
    item = situation.agenda_items.filter(closed_at=None, meeting__state__in=[State.PLANNED, State.OPEN]).select_related("meeting").first()
    if item is not None:
        _locked(item.meeting)  # the chair's acts lock the meeting first; so does this one
    situations.withdraw(situation, reason=reason, by=by)
    forget(situation)
    if item is not None and item.opened_at is not None:
        _decided(item, Outcome.WITHDRAWN, by=by)
    elif item is not None:
        item.delete()


def forget(situation) -> None:
    """Who said what of a situation that was not accepted is gone; the tally is part of the decision and stays."""
    Position.objects.filter(item__situation=situation).delete()
    Involvement.objects.filter(item__situation=situation).delete()


# --- Filter 3 ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def say_involvements(item, *, said: dict, by) -> None:
    """Agencies say how they stand to what was named: ``said`` by agency. Silence never blocks."""
    item = _at_the_table(item, Stage.IDENTIFYING)
    _are_here(item, said)
    now = clock.now()
    Involvement.objects.bulk_create(
        [
            Involvement(table_id=item.table_id, item=item, agency=agency, involvement_id=involvement, said_by=by, said_at=now)
            for agency, involvement in said.items()
        ],
        update_conflicts=True,
        unique_fields=["item", "agency"],
        update_fields=["involvement", "said_by", "said_at"],
    )
    _keep_what_was_said(LedgerAct.INVOLVEMENT_SAID, item, said, by=by)


def say_involvement(item, *, agency, involvement: str, by) -> None:
    """An agency says how it stands to what was named; silence never blocks."""
    say_involvements(item, said={agency: involvement}, by=by)


@transaction.atomic
def respond(item, *, lead, assisting: list, by, huddle_at: datetime | None = None, asked: list = ()) -> AgendaItem:
    """Filter 4: one lead, the assisting agencies, the huddle's time; from now on only they know."""
    item = _at_the_table(item, Stage.IDENTIFYING)
    responses.open_response(item.situation, lead=lead, assisting=assisting, asked=asked, huddle_at=huddle_at, by=by)
    return _decided(item, Outcome.RESPONDING, by=by)


@transaction.atomic
def end_early(item, *, reason: str, by) -> AgendaItem:
    """Nobody else need act: words and identifiers are forgotten at once."""
    item = _at_the_table(item, Stage.IDENTIFYING)
    situations.end_early(item.situation, reason=reason, by=by)
    return _decided(item, Outcome.ENDED_EARLY, by=by)


# --- report-backs --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def hear_report(item, *, agency, report: str, by) -> AgendaItem:
    """The table hears the coded update of an agency that responds, and keeps the situation open."""
    item = _at_the_table(item, Stage.RESPONDING)
    responses.report_back(item.situation.response, agency=agency, report=report, by=by)
    return keep_open(item, by=by)


@transaction.atomic
def keep_open(item, *, by) -> AgendaItem:
    """The table keeps the response going; what was reported, an engaged agency or the recorder has entered."""
    return _decided(_at_the_table(item, Stage.RESPONDING), Outcome.KEPT_OPEN, by=by)


@transaction.atomic
def conclude(item, *, reason: str, factors_lowered: list[str], by) -> AgendaItem:
    """The table ends the response, on the lead's proposal."""
    item = _at_the_table(item, Stage.RESPONDING)
    if not Entry.objects.filter(pk=reason, marks__contains=["accepted"]).exists():
        raise Refused(_("Choose a reason that fits a situation the table had accepted."))
    responses.conclude(item.situation.response, reason=reason, factors_lowered=factors_lowered, by=by)
    return _decided(item, Outcome.CONCLUDED, by=by)
