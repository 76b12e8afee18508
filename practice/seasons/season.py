"""A season at a table: the meetings, what is brought to them, and how it goes."""

from datetime import date, timedelta

from practice.seasons import responses, subjects
from practice.seasons.dice import Dice
from practice.seasons.frequencies import (
    ATTEMPTS,
    CHECKS_DONE,
    CRITERIA_BEHIND,
    DEFERRALS,
    DEFERRED_FIRST,
    DISCUSSED_BEFORE,
    EARLY_ENDS,
    HOW_IT_GOES,
    INVOLVEMENT,
    POSITIONS,
    REJECTIONS,
    WITHDRAWALS,
)
from practice.seasons.planned import PlannedAttendance, PlannedIssue, PlannedMeeting, PlannedPresentation, PlannedSituation
from practice.seasons.subjects import Subject
from practice.town import AGENCIES, AGENCY_INDEX, MAIN_TABLE, PracticeTable, closed_days


class Season:
    """``weeks`` of meetings from the day ``start`` on, and what is brought to them.

    The same seed, start, weeks, yearly number and table give the same season. ``situations`` are in the order in which they are first
    brought, ``meetings`` in order of date, ``issues`` as they are noticed.
    """

    def __init__(self, seed: int, start: date, weeks: int, situations_per_year: int = 200, *, table: PracticeTable = MAIN_TABLE):
        self.seed, self.start, self.weeks, self.table = seed, start, weeks, table
        self._dice = Dice(seed)
        self._seated = tuple(AGENCY_INDEX[slug] for slug in table.seats)
        self._days = meeting_days(start, weeks, table)
        brought = self._bring(round(situations_per_year * weeks * 7 / 365.25))
        self.meetings = self._sit(brought)
        self.issues: tuple[PlannedIssue, ...] = ()
        self.situations: tuple[PlannedSituation, ...] = ()
        for about in brought:
            self.situations += (self._follow(about),)

    def _bring(self, count: int) -> list[Subject]:
        """So many situations, spread over the meetings: some weeks are busier than others."""
        if not self._days:
            return []
        week_of = [(day - self.start).days // 7 for day in self._days]
        busy = {week: self._dice.around(1.0, 0.4) for week in dict.fromkeys(week_of)}
        weights = {meeting: busy[week] for meeting, week in enumerate(week_of)}
        meetings = sorted(self._dice.pick(weights) for _ in range(count))
        return [subjects.subject(self._dice, meeting=meeting, on=self._days[meeting], seated=self._seated) for meeting in meetings]

    def _sit(self, brought: list[Subject]) -> tuple[PlannedMeeting, ...]:
        """Who is at each meeting; whoever brings something comes, and to the next two, where it may be heard again."""
        bringing: dict[int, list[int]] = {}
        for about in brought:
            for meeting in range(about.brought_to, about.brought_to + 3):
                bringing.setdefault(meeting, []).append(about.originator)
        return tuple(
            PlannedMeeting(day, self._attendance(bringing.get(meeting, [])), 1 if self._dice.chance(0.15) else 0)
            for meeting, day in enumerate(self._days)
        )

    def _attendance(self, bringing: list[int]) -> tuple[PlannedAttendance, ...]:
        dice = self._dice
        there = [index for index in self._seated if dice.chance(AGENCIES[index].attends) or index in bringing]
        last = self.table.length_minutes
        return tuple(
            PlannedAttendance(
                agency=index,
                by_video=dice.chance(0.18),
                by_alternate=dice.chance(0.1),
                arrives_after=dice.whole(3, 12) if dice.chance(0.08) else 0,
                leaves_after=last - dice.whole(2, 10) if dice.chance(0.05) else None,
            )
            for index in (there if len(there) >= 3 else self._seated[:3])
        )

    def _follow(self, about: Subject) -> PlannedSituation:
        """One situation, from what is said of it to its end."""
        dice = self._dice
        factors = subjects.risk_factors(dice, about)
        discussed_before, earlier = self._discussed_before(about)
        consent, legal_ground = subjects.consent(dice, about)
        language = subjects.writing_language(dice, about)
        recused = self._recused(about)
        presentations, withdrawal_reason, fate = self._hearings(about, recused)
        decided_at = presentations[-1].meeting if presentations else about.brought_to
        present = [agency for agency in self.meetings[decided_at].present if agency != recused]
        engaged = responses.engaged_agencies(dice, about, present=present) if fate == "responded" else []
        involvement = self._involvement(present, engaged) if fate in ("responded", "ended_early") else ()
        response = None
        if engaged:
            response = responses.response(
                dice,
                about,
                factors=factors,
                consent=consent,
                legal_ground=legal_ground,
                engaged=engaged,
                accepted_at=decided_at,
                days=self._days,
            )
            noticed = responses.issue(dice, about, response, accepted_at=decided_at, meetings=len(self.meetings))
            self.issues += (noticed,) if noticed else ()
        return PlannedSituation(
            ordinal=len(self.situations),
            originator=about.originator,
            brought_to=about.brought_to,
            submitted_hours_before=self._hours_before(about.brought_to),
            discussion_type=about.discussion_type,
            age_group=about.age_group,
            sex_gender=about.sex_gender,
            language=about.language,
            affected_ages=subjects.affected_ages(dice, about),
            risk_factors=factors,
            protective_factors=subjects.protective_factors(dice, about),
            study_flags=subjects.study_flags(dice, about, factors=factors, discussed_before=discussed_before),
            emergency_checks=tuple((code, dice.chance(share)) for code, share in CHECKS_DONE.items()),
            attempts=("TRY-09",) if dice.chance(0.06) else tuple(sorted(dice.several(ATTEMPTS, dice.whole(1, 4)))),
            consent=consent,
            legal_ground=legal_ground,
            discussed_before=discussed_before,
            earlier=earlier,
            why_now=subjects.why_now(dice, about, language=language),
            why_now_language=language,
            presentations=presentations,
            withdrawal_reason=withdrawal_reason,
            involvement=involvement,
            recused=recused,
            ended_early=dice.pick(EARLY_ENDS) if fate == "ended_early" else None,
            response=response,
        )

    def _hours_before(self, meeting: int) -> int:
        """How long before the meeting it is submitted: never before the meeting ahead of it, where it would have been heard."""
        gap = (self._days[meeting] - self._days[meeting - 1]).days if meeting else 5
        return self._dice.whole(2, min(gap, 5) * 24 - 6)

    def _discussed_before(self, about: Subject) -> tuple[str, int | None]:
        """Whether someone says that it was here before, and the earlier situation where its number is remembered."""
        answer = self._dice.pick(DISCUSSED_BEFORE)
        if answer != "yes":
            return answer, None
        profile = (about.discussion_type, about.age_group, about.sex_gender)
        alike = [
            earlier.ordinal
            for earlier in self.situations
            if (earlier.discussion_type, earlier.age_group, earlier.sex_gender) == profile
            and earlier.concluded_at is not None
            and earlier.concluded_at < about.brought_to
        ]
        return answer, self._dice.one_of(alike) if alike and self._dice.chance(0.6) else None

    def _recused(self, about: Subject) -> int | None:
        """Now and then the one who speaks for an agency knows the person, and steps out."""
        if not self._dice.chance(0.04):
            return None
        knowing = self._dice.one_of(self.meetings[about.brought_to].present)
        return None if knowing == about.originator else knowing

    def _hearings(self, about: Subject, recused: int | None) -> tuple[tuple[PlannedPresentation, ...], str | None, str]:
        """The presentations in order, the reason of a withdrawal, and how it goes (a key of HOW_IT_GOES, or deferred)."""
        dice = self._dice
        fate = dice.pick(HOW_IT_GOES)
        if fate == "withdrawn" and dice.chance(0.5):
            return (), dice.pick(WITHDRAWALS), fate
        meeting, heard = about.brought_to, []
        if dice.chance(DEFERRED_FIRST):
            positions = self._positions(meeting, "deferred", recused)
            heard.append(PlannedPresentation(meeting, "deferred", dice.pick(DEFERRALS), (), positions))
            meeting += dice.whole(1, 2)
            if meeting >= len(self.meetings):
                return tuple(heard), None, "deferred"
        decision = fate if fate in ("rejected", "withdrawn") else "accepted"
        reason = dice.pick({"rejected": REJECTIONS, "withdrawn": WITHDRAWALS}.get(decision, {None: 1}))
        not_met = self._criteria_not_met(reason) if decision == "rejected" else ()
        heard.append(PlannedPresentation(meeting, decision, reason, not_met, self._positions(meeting, decision, recused)))
        return tuple(heard), reason if decision == "withdrawn" else None, fate

    def _criteria_not_met(self, reason: str) -> tuple[str, ...]:
        """The criteria behind a rejection: what one agency can do alone does not cross mandates."""
        behind = CRITERIA_BEHIND.get(reason, ("AER-D",))
        return tuple(sorted(self._dice.several(dict.fromkeys(behind, 1), self._dice.whole(1, min(2, len(behind))))))

    def _positions(self, meeting: int, decision: str, recused: int | None) -> tuple[tuple[int, str], ...]:
        """What each agency says; one in eight says nothing. The most frequent position carries the decision."""
        weights = POSITIONS["accepted by vote" if decision == "accepted" and self.table.decision_rule == "vote" else decision]
        heard = [agency for agency in self.meetings[meeting].present if agency != recused and not self._dice.chance(0.12)]
        positions = [(agency, self._dice.pick(weights)) for agency in heard]
        carrying = max(weights, key=lambda position: weights[position])
        if sum(position == carrying for _agency, position in positions) * 2 <= len(positions):
            return tuple((agency, carrying) for agency in heard)
        return tuple(positions)

    def _involvement(self, present: list[int], engaged: list[int]) -> tuple[tuple[int, str], ...]:
        """What each agency answers at Filter 3; some of those not needed stay silent, which never blocks."""
        answering = [agency for agency in present if agency in engaged or not self._dice.chance(0.07)]
        return tuple((agency, self._dice.pick(INVOLVEMENT["engaged" if agency in engaged else "others"])) for agency in answering)


def meeting_days(start: date, weeks: int, table: PracticeTable) -> tuple[date, ...]:
    """The days on which the table sits, from ``start`` on, closed days left out."""
    days = [start + timedelta(days=offset) for offset in range(weeks * 7)]
    return tuple(day for day in days if day.weekday() in table.weekdays and day not in closed_days(day.year))
