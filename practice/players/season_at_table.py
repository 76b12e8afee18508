"""A whole season at one table: what is brought, when the table sits, and what follows."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from meetings import lifecycle as meetings
from meetings.models import Meeting
from practice.players import bringing
from practice.players.diary import Diary, by_daylight, hand_of, in_the_office_before
from practice.players.people import People
from practice.players.responding import UnderWay, forgets
from practice.players.sitting import Sitting
from practice.seasons import PlannedAttendance, PlannedIssue, PlannedReportBack, PlannedSituation, Season
from practice.seasons.dice import Dice
from practice.signins import NOT_RENEWED
from practice.town import AGENCY_INDEX
from responses import lifecycle as responses
from responses.enums import IssueState
from responses.models import Response
from situations import lifecycle as situations
from situations.enums import LookReason
from situations.models import Situation

RUNS_OVER = timedelta(hours=1)  # a meeting may still be under way for so long after its end
CALENDAR_REACHES = timedelta(weeks=6)
EMERGENCY_AMONG = 40  # of so many that could wait for no meeting, one cannot
SECOND_CHAIR_AMONG = 7
OBSERVED_AMONG = 5


class SeasonAtTable:
    """Acts out a season at one table; what it plans for after the diary's end stays open. Ordinals are the season's.

    At the table that ``is_live`` somebody will sit down today: its meeting of today, and what is brought to it, are left to them.
    """

    def __init__(self, season: Season, *, table, diary: Diary, is_live: bool):
        self.season, self.table, self.diary = season, table, diary
        self.place, self.zone = season.table, table.zone
        self.people = People(season.table)
        self.dice = Dice(season.seed + 1)
        self.is_live = is_live
        self.played = [index for index, meeting in enumerate(season.meetings) if self._is_over(index)]
        self.planned = {planned.ordinal: planned for planned in season.situations}
        self.rows: dict[int, Situation] = {}
        self.ordinals: dict = {}  # by the key of the row
        self.under_way: dict[int, UnderWay] = {}
        self.proposed_at: dict[int, datetime] = {}  # where a lead proposes a conclusion that the season leaves open
        self.emergencies = self._choose_emergencies()
        self._heard = 0
        self._seats = tuple(AGENCY_INDEX[slug] for slug in self.place.seats if slug != NOT_RENEWED)

    def hour_of(self, index: int) -> datetime:
        """When the season's meeting of this place begins, in UTC."""
        return datetime.combine(self.season.meetings[index].on, self.place.starts_at, self.zone).astimezone(UTC)

    def _is_over(self, index: int) -> bool:
        if self.is_live and self.season.meetings[index].on >= self.diary.until.astimezone(self.zone).date():
            return False
        return self.hour_of(index) + timedelta(minutes=self.place.length_minutes) + RUNS_OVER <= self.diary.until

    def _choose_emergencies(self) -> set[int]:
        fitting = [
            planned.ordinal
            for planned in self.season.situations
            if planned.response and len(planned.presentations) == 1 and planned.submitted_hours_before >= 20
        ]
        return set(fitting[3::EMERGENCY_AMONG])

    def write_down(self, first: datetime) -> None:
        """Write the season into the diary, from the moment ``first`` on."""
        at = first
        while at < self.diary.until:
            self.diary.note(at, self._plan_calendar)
            at += CALENDAR_REACHES / 2
        for index in self.played:
            self.diary.note(self.hour_of(index) - timedelta(minutes=25), partial(self._sit, index))
        for planned in self.season.situations:
            if planned.brought_to in self.played or not self.is_live:
                self.bring(planned)
        for issue in self.season.issues:
            if issue.meeting in self.played:
                self.diary.note(self.hour_of(issue.meeting) + timedelta(hours=20), partial(self._raise_issue, issue))
        self.diary.note(by_daylight(first + (self.diary.until - first) / 2, self.zone), self._audit)

    def _plan_calendar(self, at: datetime) -> None:
        """Nothing is laid into the calendar that lies after the season: nobody is to open it while the season is still played."""
        until = min(at + CALENDAR_REACHES, self.hour_of(self.played[-1]) if self.played else at)
        with hand_of(None, at):
            meetings.plan_meetings(self.table, until=until.astimezone(self.zone).date(), by="tick")
        self.people.look_again()

    # --- Filter 1 ----------------------------------------------------------------------------------------------------------------

    def bring(self, planned: PlannedSituation) -> None:
        """Write down when it is written, submitted, and perhaps withdrawn or called to a session of its own."""
        meets_at = self.hour_of(planned.brought_to)
        submitted_at = in_the_office_before(meets_at - timedelta(hours=planned.submitted_hours_before), self.zone)
        submitted_at += timedelta(minutes=self.dice.whole(0, 20), seconds=planned.ordinal % 60)  # no two at the same moment
        drafted_at = in_the_office_before(submitted_at - timedelta(minutes=self.dice.whole(20, 1200)), self.zone)
        self.write_at(planned, drafted_at)
        self.submit_at(planned, submitted_at)
        if planned.withdrawal_reason and not planned.presentations:
            self.diary.note(meets_at - timedelta(hours=1), partial(self._withdraw, planned))
        if planned.ordinal in self.emergencies:
            session_at = by_daylight(submitted_at + timedelta(hours=3), self.zone)
            self.call(planned, called_at=submitted_at + timedelta(minutes=10), session_at=session_at)

    def write_at(self, planned: PlannedSituation, at: datetime, *, is_half: bool = False) -> None:
        self.diary.note(at, partial(self._write, planned, is_half))

    def submit_at(self, planned: PlannedSituation, at: datetime) -> None:
        self.diary.note(at, partial(self._submit, planned))

    def _write(self, planned: PlannedSituation, is_half: bool, at: datetime) -> None:
        member = self.people.speaker(planned.originator, planned.ordinal)
        earlier = self.rows.get(planned.earlier) if planned.earlier is not None else None
        row = bringing.write_draft(
            planned,
            table=self.table,
            agency=member.agency,
            by=member,
            at=at,
            earlier_number=Situation.objects.select_related("table").get(pk=earlier.pk).reference if earlier else "",
            is_half=is_half,
        )
        self.rows[planned.ordinal] = row
        self.ordinals[row.pk] = planned.ordinal

    def _submit(self, planned: PlannedSituation, at: datetime) -> None:
        member = self.people.speaker(planned.originator, planned.ordinal)
        self.rows[planned.ordinal] = bringing.submit(self.rows[planned.ordinal], by=member, at=at)

    def _withdraw(self, planned: PlannedSituation, at: datetime) -> None:
        member = self.people.speaker(planned.originator, planned.ordinal)
        with hand_of(member, at):
            meetings.withdraw(self.rows[planned.ordinal], reason=f"withdrawal_reason:{planned.withdrawal_reason}", by=member)

    # --- the table sits ----------------------------------------------------------------------------------------------------------

    def _sit(self, index: int, at: datetime) -> None:
        planned = self.season.meetings[index]
        self._wait_for_the_table()
        meeting = Meeting.objects.select_related("table").get(table=self.table, rhythm_at=self.hour_of(index))
        chairs = self.people.holding("chair")
        chairs = chairs[::-1] if index % SECOND_CHAIR_AMONG == 3 else chairs
        sitting = Sitting(meeting, chairs=chairs, people=self.people, dice=self.dice, turn=index)
        sitting.begin(planned.attendance, observers=1 if index % OBSERVED_AMONG == 2 else planned.observers)
        reports, new = self._agenda(meeting, index)
        sitting.share_the_time(reports=len(reports), new=len(new))
        for item, under_way in reports:
            self._report_back(sitting, item, under_way, index)
        for item, heard, presentation in new:
            self._hear(sitting, item, heard, presentation)
        sitting.close()
        self.diary.note(self.hour_of(index) + timedelta(hours=20), partial(self._approve, meeting, chairs[0]))

    def _agenda(self, meeting: Meeting, index: int) -> tuple[list, list]:
        """The items that the season hears at this meeting: those that report back, and those that are new, each with what is planned."""
        reports, new = [], []
        for item in meeting.items.select_related("situation__table").order_by("position"):
            ordinal = self.ordinals.get(item.situation_id)
            if ordinal is None:
                continue  # brought by someone who tries the table while the season is played
            if ordinal in self.under_way:
                reports.append((item, self.under_way[ordinal]))
            else:
                heard = self.planned[ordinal]
                new += [(item, heard, presentation) for presentation in heard.presentations if presentation.meeting == index]
        return reports, new

    def _wait_for_the_table(self) -> None:
        """Someone may already have opened a meeting of today: the season goes on when they have closed it."""
        while Meeting.objects.under_way().filter(table=self.table).exists():
            time.sleep(1)

    def _report_back(self, sitting: Sitting, item, under_way: UnderWay, index: int) -> None:
        said = next((report for report in under_way.planned.report_backs if report.meeting == index), None)
        if said is None or under_way.is_over:
            return
        conclusion = under_way.planned.conclusion
        concluding = None
        if conclusion is not None and conclusion.meeting == index:
            lowered = [f"risk_factor:{code}" for code in conclusion.factors_lowered]
            concluding = {"reason": f"conclusion_reason:{conclusion.reason}", "factors_lowered": lowered}
        sitting.hear_report(item, agency=self.people.agency(under_way.lead), code=said.code, concluding=concluding)
        if concluding is not None:
            under_way.conclude(sitting.minute, follow_ups=conclusion.follow_ups)

    def _hear(self, sitting: Sitting, item, planned: PlannedSituation, presentation) -> None:
        originator = self.people.speaker(planned.originator, planned.ordinal)
        sitting.hear(item, planned, presentation, originator=originator)
        if presentation.decision != "accepted":
            return
        if planned.ended_early:
            forgets(item.situation, ended_at=sitting.minute, diary=self.diary)
            return
        response = Response.objects.select_related("situation__table").get(situation=item.situation)
        conclusion = planned.response.conclusion
        is_played = conclusion is not None and conclusion.meeting in self.played
        under_way = UnderWay(
            planned=planned.response,
            situation=response.situation,
            response=response,
            people=self.people,
            diary=self.diary,
            dice=self.dice,
            ordinal=self._heard,
            seats=self._seats,
            proposes_at=self.hour_of(conclusion.meeting) - timedelta(hours=3) if is_played else self.proposed_at.get(planned.ordinal),
        )
        self._heard += 1
        self.under_way[planned.ordinal] = under_way
        under_way.begin(sitting.decided_at)

    def _approve(self, meeting: Meeting, chair, at: datetime) -> None:
        with hand_of(chair, at):
            meetings.approve_minutes(meeting, by=chair)

    # --- what cannot wait --------------------------------------------------------------------------------------------------------

    def call(self, planned: PlannedSituation, *, called_at: datetime, session_at: datetime) -> None:
        """A session of its own is called for it: those who will act, and two more, come by phone or hurry over."""
        session_at = self.between_meetings(session_at)
        hours = (self.hour_of(planned.brought_to) - session_at) / timedelta(hours=1)
        is_reached = (planned.response.first_contact_hours or hours) < hours
        reports = (PlannedReportBack(planned.brought_to, "RPT-01" if is_reached else "RPT-02"), *planned.response.report_backs)
        self.planned[planned.ordinal] = replace(planned, response=replace(planned.response, report_backs=reports))
        self.diary.note(called_at, partial(self._call, planned, session_at))

    def between_meetings(self, moment: datetime) -> datetime:
        """The moment, or the first hour after the regular meeting that it would fall into."""
        for index in range(len(self.season.meetings)):
            begins = self.hour_of(index)
            over = begins + timedelta(minutes=self.place.length_minutes) + RUNS_OVER
            if begins - RUNS_OVER * 2 < moment < over:
                return over
        return moment

    def _call(self, planned: PlannedSituation, session_at: datetime, at: datetime) -> None:
        member = self.people.speaker(planned.originator, planned.ordinal)
        others = [agency for agency, _said in planned.involvement if agency not in planned.response.engaged]
        called = list(dict.fromkeys([planned.originator, *planned.response.engaged, *others[:2]]))
        with hand_of(member, at):
            meeting = meetings.call_emergency(
                self.table,
                situation=self.rows[planned.ordinal],
                agencies=[self.people.agency(agency) for agency in called],
                starts_at=session_at,
                by=member,
            )
        self.diary.note(session_at - timedelta(minutes=15), partial(self._sit_in_emergency, planned.ordinal, meeting, called))

    def _sit_in_emergency(self, ordinal: int, meeting: Meeting, called: list[int], at: datetime) -> None:
        self._wait_for_the_table()
        chairs = self.people.holding("chair")
        sitting = Sitting(meeting, chairs=chairs, people=self.people, dice=self.dice, turn=0)
        sitting.begin(PlannedAttendance(agency, self.dice.chance(0.5), False, 0, None) for agency in called)
        planned = self.planned[ordinal]
        self._hear(sitting, meeting.items.select_related("situation__table").get(), planned, planned.presentations[-1])
        sitting.close()
        self.diary.note(meeting.starts_at + timedelta(hours=20), partial(self._approve, meeting, chairs[0]))

    # --- beside the situations ---------------------------------------------------------------------------------------------------

    def _raise_issue(self, issue: PlannedIssue, at: datetime) -> None:
        member = self.people.speaker(issue.raised_by)
        with hand_of(member, at):
            row = responses.raise_issue(
                self.table, issue_type=f"systemic_issue_type:{issue.issue_type}", line=issue.line, agency=member.agency, by=member
            )
        if self.dice.chance(0.8):
            self.diary.note(at + timedelta(days=self.dice.whole(4, 30)), partial(self._change_issue, row, issue, IssueState.TAKEN_UP))
        if self.dice.chance(0.4):
            settled = IssueState.SOLVED if self.dice.chance(0.7) else IssueState.SET_ASIDE
            self.diary.note(at + timedelta(days=self.dice.whole(35, 160)), partial(self._change_issue, row, issue, settled))

    def _change_issue(self, row, issue: PlannedIssue, state: IssueState, at: datetime) -> None:
        coordinator = self.people.holding("coordinator")[0]
        with hand_of(coordinator, at):
            responses.change_issue(row, state=state, owner=self.people.agency(issue.owner), by=coordinator)

    def _audit(self, at: datetime) -> None:
        """Once in a season the privacy officer looks, with a reason."""
        response = next((one for one in self.under_way.values() if not one.is_over), None)
        officer = self.people.holding("privacy_officer")[0]
        if response is not None:
            with hand_of(officer, at):
                situations.look_with_reason(response.situation, reason=LookReason.AUDIT, by=officer)
