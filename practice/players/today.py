"""What the season leaves open for whoever sits down today: drafts, what waits for the table, a clock that runs, one that ran out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from meetings import lifecycle as meetings
from meetings.models import Meeting, RhythmException
from practice.players.diary import hand_of, in_the_office_before
from practice.players.season_at_table import SeasonAtTable
from practice.seasons import PlannedConclusion, PlannedContact, PlannedReportBack, PlannedResponse, PlannedSituation, Season
from practice.seasons.planned import CONTACT_MADE
from practice.seasons.subjects import serves
from practice.town import AGENCIES, AGENCY_INDEX

YOUTH, FRANCOPHONE = AGENCY_INDEX["loon-call"], AGENCY_INDEX["lucioles"]  # the agencies of two sign-ins: they have something of everything
WAITING = 3  # new situations before the meeting of today
LATE_FOR = timedelta(hours=50)  # since acceptance, at least
LATE_AMONG = 3  # meetings
SOON = (timedelta(hours=40, minutes=45), timedelta(hours=47))  # since acceptance: less than eight of the 48 hours are left
BEGINS_IN = timedelta(minutes=20)
ROUND = timedelta(minutes=5)
CALENDAR_REACHES = timedelta(weeks=12)


def leave_open(acting: SeasonAtTable, now: datetime) -> None:
    """Change the last days of a season, before it is acted out, so that something of everything is open at ``now``."""
    if not acting.played:
        return
    last = acting.played[-1]
    late = _leave_one_late(acting, last, now)
    _conclude_the_others(acting, last, keeping={late}, now=now)
    pool = [planned for planned in acting.planned.values() if planned.brought_to > last]
    _call_one_soon_due(acting, pool, now)
    _bring_to_today(acting, pool, last, now)


def _take(pool: list[PlannedSituation], *wishes: Callable[[PlannedSituation], bool]) -> PlannedSituation | None:
    """The first of those to come that fulfils all wishes, or as many of the first ones as can be had; it is taken out."""
    for count in range(len(wishes), -1, -1):
        for planned in pool:
            if all(wish(planned) for wish in wishes[:count]):
                pool.remove(planned)
                return planned
    return None


def _is_served_by(agency: int) -> Callable[[PlannedSituation], bool]:
    return lambda planned: serves(AGENCIES[agency], planned.discussion_type, planned.age_group, planned.sex_gender)


def _is_written_in(language: str) -> Callable[[PlannedSituation], bool]:
    return lambda planned: planned.why_now_language == language


def _not_reached(response: PlannedResponse) -> PlannedResponse:
    """The same response, in which nobody has been reached yet."""
    tries = tuple(contact for contact in response.contacts if contact.result not in CONTACT_MADE)
    tries = tries or (PlannedContact(18.0, "CON-04", response.lead),)
    steps = tuple(step if step.due_hours <= 4 else replace(step, done_hours=None) for step in response.steps)
    reports = tuple(PlannedReportBack(report.meeting, "RPT-02") for report in response.report_backs)
    return replace(response, contacts=tries, services=(), steps=steps, report_backs=reports, conclusion=None)


# --- what was accepted ---------------------------------------------------------------------------------------------------------


def _leave_one_late(acting: SeasonAtTable, last: int, now: datetime) -> int | None:
    """The one accepted last that is out of its 48 hours: nobody has been reached. Returns its ordinal."""
    fitting = [
        planned
        for planned in acting.planned.values()
        if planned.response
        and planned.ordinal not in acting.emergencies
        and planned.decided_at <= last
        and acting.hour_of(planned.decided_at) + timedelta(minutes=acting.place.length_minutes) < now - LATE_FOR
    ]
    if not fitting:
        return None
    lately = max(planned.decided_at for planned in fitting) - LATE_AMONG
    # The youth agency of the sign-ins has enough to do.
    late = max(
        (planned for planned in fitting if planned.decided_at > lately), key=lambda one: (one.response.lead != YOUTH, one.decided_at)
    )
    reports = tuple(PlannedReportBack(meeting, "RPT-02") for meeting in range(late.decided_at + 1, last + 1))
    acting.planned[late.ordinal] = replace(late, response=replace(_not_reached(late.response), report_backs=reports))
    return late.ordinal


def _conclude_the_others(acting: SeasonAtTable, last: int, *, keeping: set[int | None], now: datetime) -> None:
    """The last meeting concluded what it could, so that the next is short; one response waits for it, ready to be concluded."""
    is_one_ready = False
    for planned in reversed(list(acting.planned.values())):
        response = planned.response
        if response is None or planned.decided_at >= last or planned.ordinal in keeping:
            continue
        if response.conclusion is not None and response.conclusion.meeting <= last:
            continue
        last_try = acting.hour_of(planned.decided_at) + timedelta(hours=response.contacts[-1].hours + 4)
        if last_try > acting.hour_of(last):
            continue
        conclusion = response.conclusion or PlannedConclusion(last, "ORL-01", planned.risk_factors[:2], 0, ())
        reports = tuple(report for report in response.report_backs if report.meeting < last)
        if not is_one_ready:
            is_one_ready = True
            reports += (PlannedReportBack(last, "RPT-03"),)
            acting.proposed_at[planned.ordinal] = now - timedelta(hours=3)
        else:
            reports += (PlannedReportBack(last, "RPT-05"),)
            conclusion = replace(conclusion, meeting=last)
        acting.planned[planned.ordinal] = replace(planned, response=replace(response, report_backs=reports, conclusion=conclusion))


def _call_one_soon_due(acting: SeasonAtTable, pool: list[PlannedSituation], now: datetime) -> None:
    """A session that could not wait was held not quite two days ago: the youth agency leads, and has some hours left."""
    earliest, latest = now - SOON[1], now - SOON[0]
    free = [at for at in _half_hours(earliest, latest) if acting.between_meetings(at) == at]
    planned = _take(pool, lambda one: one.response is not None and len(one.presentations) == 1, _is_served_by(YOUTH))
    if not free or planned is None or planned.response is None:
        return
    session_at = min(free, key=lambda at: abs(at.astimezone(acting.zone).hour - 13))
    assisting = tuple(agency for agency in planned.response.engaged if agency != YOUTH)
    planned = replace(planned, response=replace(_not_reached(planned.response), lead=YOUTH, assisting=assisting))
    acting.planned[planned.ordinal] = planned
    acting.write_at(planned, session_at - timedelta(hours=5))
    acting.submit_at(planned, session_at - timedelta(hours=4))
    acting.call(planned, called_at=session_at - timedelta(hours=3), session_at=session_at)


def _half_hours(first: datetime, last: datetime) -> list[datetime]:
    return [first + timedelta(minutes=30 * n) for n in range(int((last - first) / timedelta(minutes=30)))]


# --- what waits ----------------------------------------------------------------------------------------------------------------


def _bring_to_today(acting: SeasonAtTable, pool: list[PlannedSituation], last: int, now: datetime) -> None:
    """New situations wait for the table, and two agencies are still writing."""
    since = acting.hour_of(last) + timedelta(minutes=acting.place.length_minutes + 30)
    deferred = sum(planned.decided_at > last >= planned.brought_to for planned in acting.planned.values())
    for place in range(max(WAITING - deferred, 1)):
        planned = _take(pool, _is_served_by(YOUTH)) if place == 0 else _take(pool)
        if planned is None:
            break
        planned = replace(planned, originator=YOUTH) if place == 0 else planned
        acting.planned[planned.ordinal] = planned
        submitted_at = max(in_the_office_before(since + (now - since) * (0.3 + 0.25 * place), acting.zone), since + ROUND * (place + 1))
        submitted_at -= timedelta(minutes=WAITING - place)  # two that wait for the same office hour still come one after the other
        acting.write_at(planned, submitted_at - timedelta(minutes=50))
        acting.submit_at(planned, submitted_at)
    in_french = _take(_others_of_the_town(acting), _is_written_in("fr"), _is_served_by(FRANCOPHONE))
    for agency, fitting, since_minutes in ((FRANCOPHONE, in_french, 95), (YOUTH, _take(pool, _is_served_by(YOUTH)), 80)):
        if fitting is not None:
            draft = acting.planned[fitting.ordinal] = replace(fitting, originator=agency)
            acting.write_at(draft, now - timedelta(minutes=since_minutes), is_half=agency == YOUTH)


def _others_of_the_town(acting: SeasonAtTable) -> list[PlannedSituation]:
    """Situations of the same town that are not of this season, for what is so rare that the season may not hold it."""
    season = acting.season
    others = Season(season.seed + 1000, season.start, 26, 400, table=season.table)
    return [replace(planned, ordinal=1000 + planned.ordinal, earlier=None) for planned in others.situations]


def set_the_table(acting: SeasonAtTable, now: datetime) -> Meeting:
    """The table sits within the half hour, on whichever day of the week: so decided the coordinator yesterday."""
    table, coordinator = acting.table, acting.people.holding("coordinator")[0]
    today = now.astimezone(acting.zone).date()
    decided_at = datetime.combine(today - timedelta(days=1), time(16), acting.zone)
    starts_at = now + BEGINS_IN
    starts_at += (ROUND - timedelta(minutes=starts_at.minute % 5, seconds=starts_at.second, microseconds=starts_at.microsecond)) % ROUND
    with hand_of(coordinator, decided_at):
        for closed in RhythmException.objects.filter(table=table, on=today, is_extra=False):
            meetings.remove_exception(closed, by=coordinator)
        if meetings.rhythm_of(table).sittings(today, today):
            meetings.plan_meetings(table, until=today, since=today, by=coordinator)
        else:
            meetings.add_exception(table, on=today, is_extra=True, by=coordinator)
        (sitting,) = meetings.rhythm_of(table).sittings(today, today)
        meeting = Meeting.objects.get(table=table, rhythm_at=sitting.starts_at)
        return meetings.move_meeting(meeting, starts_at=starts_at, by=coordinator)
