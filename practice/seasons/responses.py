"""What lead and assisting agencies do once the table has accepted: everything of Filter 4 and after."""

from dataclasses import dataclass
from datetime import date
from math import ceil, inf

from practice.seasons.dice import Dice
from practice.seasons.frequencies import (
    ANSWERED,
    ASSISTING_COUNTS,
    CONCLUSIONS,
    CONTACT_MEDIAN_HOURS,
    CONTACT_RESULTS,
    CONTACT_SPREAD,
    FAILED_RESULTS,
    FAILED_TRIES,
    FOLLOW_UPS,
    HARD_TO_FIND,
    ISSUE_TYPES,
    LOWERED_SHARE,
    MOBILIZATIONS,
    NOTICE_OWED,
    OPEN_MEDIAN_DAYS,
    OPEN_SPREAD,
    RARELY_MISSING,
    SERVICE_COUNTS,
)
from practice.seasons.planned import (
    CONTACT_MADE,
    PlannedConclusion,
    PlannedContact,
    PlannedFollowUp,
    PlannedIssue,
    PlannedReportBack,
    PlannedResponse,
    PlannedService,
    PlannedStep,
)
from practice.seasons.subjects import Subject, serves
from practice.seasons.themes import ELSEWHERE, SECTORS_OF_SERVICE, STEP_OF_SERVICE, THEMES
from practice.town import AGENCIES, ISSUE_LINES, Agency


@dataclass(frozen=True)
class Outcome:
    """How it will end: the reason, and of which kind that is (lowered, AER-01 informed only, AER-02 declined, still)."""

    reason: str
    kind: str


def engaged_agencies(dice: Dice, about: Subject, *, present: list[int]) -> list[int]:
    """The lead, then one to five assisting agencies, of those present: best the ones most likely to be welcomed.

    Police bring many situations and seldom lead: the one who knocks should be the one who is welcome.
    """
    fitting = {agency: _fit(AGENCIES[agency], about) * (2 if agency == about.originator else 1) for agency in present}
    leading = {agency: fit**1.5 * (0.4 if AGENCIES[agency].sector == "SEC-04" else 1) for agency, fit in fitting.items()}
    lead = dice.pick(leading if any(leading.values()) else dict.fromkeys(present, 1))
    others = {agency: fit for agency, fit in fitting.items() if agency != lead}
    return [lead, *sorted(dice.several(others, dice.pick(ASSISTING_COUNTS)))]


def response(
    dice: Dice,
    about: Subject,
    *,
    factors: tuple[str, ...],
    consent: str,
    legal_ground: str | None,
    engaged: list[int],
    accepted_at: int,
    days: tuple[date, ...],
) -> PlannedResponse:
    """The whole response to a situation accepted at one of the meetings on these ``days``."""
    reason = dice.pick(CONCLUSIONS)
    outcome = Outcome(reason, "lowered" if reason.startswith("ORL") else reason if reason in ("AER-01", "AER-02") else "still")
    contacts = _contacts(dice, outcome, engaged)
    contact_hours = next((contact.hours for contact in contacts if contact.result in CONTACT_MADE), None)
    concluded_at = _concluding_meeting(dice, accepted_at, days, last_contact_hours=contacts[-1].hours)
    closes_after = inf if concluded_at is None else (days[concluded_at] - days[accepted_at]).days * 24 - 3
    services = _services(dice, about, outcome, contact_hours=contact_hours, closes_after=closes_after, engaged=engaged)
    steps = _steps(dice, about, consent=consent, legal_ground=legal_ground, services=services, engaged=engaged)
    return PlannedResponse(
        lead=engaged[0],
        assisting=tuple(engaged[1:]),
        huddle_after_minutes=dice.one_of((5, 10, 15, 30, 60, 120)),
        consent_after_contact=_consent_after_contact(dice, outcome, consent, contact_hours),
        steps=tuple(PlannedStep(code, agency, due, _done_hours(dice, due, contact_hours, closes_after)) for code, agency, due in steps),
        contacts=contacts,
        services=services,
        report_backs=_report_backs(dice, accepted_at, concluded_at, days=days, contact_hours=contact_hours, services=services),
        conclusion=_conclusion(dice, outcome, factors=factors, accepted_at=accepted_at, concluded_at=concluded_at, days=days),
    )


def issue(dice: Dice, about: Subject, planned: PlannedResponse, *, accepted_at: int, meetings: int) -> PlannedIssue | None:
    """What stands in the way of many, raised at a later meeting without a word about anyone."""
    is_missing = any(service.mobilization == "MOB-05" for service in planned.services)
    if not dice.chance(0.45 if is_missing else 0.02):
        return None
    weights = dict(ISSUE_TYPES)
    if about.language not in ("EN", "U"):
        weights["SYS-04"] = 30
    if about.age_group in ("12-17", "18-24"):
        weights["SYS-09"] = 25
    code = dice.pick(weights)
    raised_by, owner = dice.one_of(planned.engaged), dice.one_of(planned.engaged)
    language = AGENCIES[raised_by].language
    line = ISSUE_LINES[code][1 if language == "fr" else 0]
    return PlannedIssue(min(accepted_at + dice.whole(1, 4), meetings - 1), raised_by, owner, code, line, language)


def _fit(agency: Agency, about: Subject) -> float:
    """How well placed an agency is to respond."""
    if not serves(agency, about.discussion_type, about.age_group, about.sex_gender):
        return 0.0
    hands = THEMES[about.theme].hands
    fit = 0.5 if agency.sector == "SEC-04" else 0.12
    if agency.slug in hands:
        fit = 6.0 / (hands.index(agency.slug) + 1) ** 0.7
    if agency.language == "fr":
        return fit * 2.0 + 1.0 if about.language == "FR" else fit * 0.5
    return fit + 4.0 if agency.sector == "SEC-07" and about.language in ("ANI", "CRE") else fit


def _contacts(dice: Dice, outcome: Outcome, engaged: list[int]) -> tuple[PlannedContact, ...]:
    """Failed tries, then the first contact; at the door only by day."""
    if outcome.reason == "AER-04":
        hours = [dice.between(1, 7), dice.between(19, 30), dice.between(43, 54), dice.between(91, 102)]
        return tuple(PlannedContact(by_day(hour), "CON-05" if hour > 43 else "CON-04", dice.one_of(engaged)) for hour in hours)
    reached = by_day(max(dice.around(CONTACT_MEDIAN_HOURS, CONTACT_SPREAD), 1.0))
    tries = sorted(by_day(dice.between(0.5, reached)) for _ in range(dice.pick(FAILED_TRIES)))
    failed = [PlannedContact(hour, dice.pick(FAILED_RESULTS), dice.one_of(engaged)) for hour in tries if hour < reached]
    result = dice.pick(CONTACT_RESULTS[outcome.kind])
    return (*failed, PlannedContact(reached, result, engaged[0] if dice.chance(0.8) else dice.one_of(engaged)))


def _services(
    dice: Dice, about: Subject, outcome: Outcome, *, contact_hours: float | None, closes_after: float, engaged: list[int]
) -> tuple[PlannedService, ...]:
    """What was mobilized, and what there was none of."""
    if contact_hours is None or outcome.reason == "OTH-03":
        return ()
    likely = {service: 5 - place * 0.6 for place, service in enumerate(THEMES[about.theme].services)}
    likely |= {service: 0.25 for service in ELSEWHERE if service not in likely}
    planned = []
    for place, service in enumerate(dice.several(likely, dice.pick(SERVICE_COUNTS))):
        is_missing = dice.chance(HARD_TO_FIND.get(service, RARELY_MISSING)) or (outcome.reason == "AER-03" and place == 0)
        mobilization = "MOB-05" if is_missing and outcome.kind != "AER-02" else dice.pick(MOBILIZATIONS[outcome.kind])
        able = [agency for agency in engaged if AGENCIES[agency].sector in SECTORS_OF_SERVICE.get(service, ())] or engaged[:1]
        hours = min(by_day(contact_hours + dice.around(30, 1.0)), closes_after)
        planned.append(PlannedService(service, mobilization, dice.one_of(able), hours))
    return tuple(planned)


def _consent_after_contact(dice: Dice, outcome: Outcome, consent: str, contact_hours: float | None) -> str | None:
    """What the person says at the first contact, where there was no consent before."""
    if consent == "YES" or contact_hours is None:
        return None
    if outcome.kind == "AER-02":
        return "NO" if dice.chance(0.8) else None
    return "YES" if dice.chance(0.85) else None


def _steps(
    dice: Dice, about: Subject, *, consent: str, legal_ground: str | None, services: tuple[PlannedService, ...], engaged: list[int]
) -> list[tuple[str, int, int]]:
    """The coded plan (what, who, due hours): a huddle, a way to the first contact, what the law owes, what the person needs."""
    lead = engaged[0]
    plan = [("STP-13", lead, 4), (dice.pick({"STP-01": 70, "STP-02": 16, "STP-03": 14}), lead, dice.one_of((24, 48, 48)))]
    if consent != "YES" and not about.is_a_place:
        plan.append(("STP-12", lead, 48))
    if legal_ground in NOTICE_OWED:
        plan.append(("STP-11", about.originator if about.originator in engaged else lead, 168))
    if about.language not in ("EN", "FR", "U"):
        plan.append(("STP-10", dice.one_of(engaged), 24))
    for service in services:
        if service.service in STEP_OF_SERVICE:
            code, due = STEP_OF_SERVICE[service.service]
            plan.append((code, service.agency, due))
    for code, share, due in (("STP-06", 0.3, 96), ("STP-14", 0.4, 240)):
        if dice.chance(share):
            plan.append((code, dice.one_of(engaged), due))
    return plan


def _done_hours(dice: Dice, due: int, contact_hours: float | None, closes_after: float) -> int | None:
    """When a step is done: mostly in time, now and then late or never."""
    if due > 4 and (contact_hours is None or dice.chance(0.08)):
        return None
    return int(min(max(1, due * dice.between(0.2, 1.25)), closes_after))


def _concluding_meeting(dice: Dice, accepted_at: int, days: tuple[date, ...], *, last_contact_hours: float) -> int | None:
    """The meeting nearest to the days that it takes, after the last contact; None where the season ends before."""
    least = ceil((last_contact_hours + 4) / 24)
    wanted = max(dice.around(OPEN_MEDIAN_DAYS, OPEN_SPREAD), least)
    open_for = {meeting: (days[meeting] - days[accepted_at]).days for meeting in range(accepted_at + 1, len(days))}
    later = [meeting for meeting, open_days in open_for.items() if open_days >= least]
    if not later or wanted > open_for[later[-1]] + 1:
        return None
    return min(later, key=lambda meeting: abs(open_for[meeting] - wanted))


def _report_backs(
    dice: Dice,
    accepted_at: int,
    concluded_at: int | None,
    *,
    days: tuple[date, ...],
    contact_hours: float | None,
    services: tuple[PlannedService, ...],
) -> tuple[PlannedReportBack, ...]:
    """One coded sentence at every meeting until the conclusion, that one included."""
    is_stuck = any(service.mobilization == "MOB-05" for service in services)
    said = []
    for meeting in range(accepted_at + 1, len(days) if concluded_at is None else concluded_at + 1):
        hours = (days[meeting] - days[accepted_at]).days * 24
        if meeting == concluded_at:
            code = "RPT-05"
        elif contact_hours is None or contact_hours > hours - 2:
            code = "RPT-02"
        elif is_stuck and dice.chance(0.6):
            code = "RPT-04"
        else:
            code = "RPT-01" if hours < contact_hours + 120 else "RPT-03"
        said.append(PlannedReportBack(meeting, code))
    return tuple(said)


def _conclusion(
    dice: Dice, outcome: Outcome, *, factors: tuple[str, ...], accepted_at: int, concluded_at: int | None, days: tuple[date, ...]
) -> PlannedConclusion | None:
    if concluded_at is None:
        return None
    share = dice.between(*LOWERED_SHARE[outcome.kind])
    count = round(share * len(factors))
    return PlannedConclusion(
        meeting=concluded_at,
        reason=outcome.reason,
        factors_lowered=tuple(sorted(dice.several(dict.fromkeys(factors, 1), count))),
        days_open=(days[concluded_at] - days[accepted_at]).days,
        follow_ups=_follow_ups(dice, outcome),
    )


def _follow_ups(dice: Dice, outcome: Outcome) -> tuple[PlannedFollowUp, ...]:
    """The answers at 30 and 90 days, some of them late or never; none after a death, or where there was no acute risk."""
    if outcome.reason in ("OTH-01", "OTH-03"):
        return ()
    answers = []
    for asked, share in ANSWERED.items():
        if dice.chance(share):
            code = dice.pick(FOLLOW_UPS["lowered" if outcome.kind == "lowered" else "still"])
            late = dice.whole(0, 9)
            # The right of who acted ends ninety days after the conclusion: the last answer is given in the week before.
            answers.append(PlannedFollowUp(asked, asked - 1 - late % 6 if asked == max(ANSWERED) else asked + late, code))
            if code == "FUP-06":
                break
    return tuple(answers)


def by_day(hours: float) -> float:
    """Hours after an acceptance at about two in the afternoon, moved from night (21 to 8 o’clock) to the hour after eight."""
    hour_of_day = (14 + hours) % 24
    if hour_of_day >= 21:
        hours += 32 - hour_of_day + (hour_of_day - 21) / 3
    elif hour_of_day < 8:
        hours += 8 - hour_of_day + hour_of_day / 8
    return round(hours, 1)
