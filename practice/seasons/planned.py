"""What a season plans: plain values that a player can act out, in the codes of ``agencies/vocabulary_data``.

Agencies are places in ``practice.town.AGENCIES``, meetings are places in ``Season.meetings``.
"""

from dataclasses import dataclass
from datetime import date

CONTACT_MADE = ("CON-01", "CON-02", "CON-03")


@dataclass(frozen=True)
class PlannedAttendance:
    """An agency at a meeting; minutes count from the meeting's planned start."""

    agency: int
    by_video: bool
    by_alternate: bool
    arrives_after: int
    leaves_after: int | None


@dataclass(frozen=True)
class PlannedMeeting:
    """A sitting on a local day, at the table's usual hour."""

    on: date
    attendance: tuple[PlannedAttendance, ...]
    observers: int

    @property
    def present(self) -> tuple[int, ...]:
        return tuple(attendance.agency for attendance in self.attendance)


@dataclass(frozen=True)
class PlannedPresentation:
    """One hearing at Filter 2: ``decision`` is accepted, rejected, deferred or withdrawn, with the code of its reason."""

    meeting: int
    decision: str
    reason: str | None
    criteria_not_met: tuple[str, ...]
    positions: tuple[tuple[int, str], ...]

    @property
    def tally(self) -> dict[str, int]:
        """How many agencies took each position."""
        counts = {"MET": 0, "NOT": 0, "ASK": 0}
        for _agency, position in self.positions:
            counts[position] += 1
        return counts


@dataclass(frozen=True)
class PlannedStep:
    """A step of the coordinated response; hours count from acceptance, ``done_hours`` is None where it stays undone."""

    code: str
    agency: int
    due_hours: int
    done_hours: int | None


@dataclass(frozen=True)
class PlannedContact:
    """One attempt to reach the person, some hours after acceptance."""

    hours: float
    result: str
    agency: int


@dataclass(frozen=True)
class PlannedService:
    """A service, how it was mobilized, by whom, some hours after acceptance."""

    service: str
    mobilization: str
    agency: int
    hours: float


@dataclass(frozen=True)
class PlannedReportBack:
    """What the lead says at a later meeting."""

    meeting: int
    code: str


@dataclass(frozen=True)
class PlannedFollowUp:
    """The answer to the question asked 30 or 90 days after conclusion, and the day on which it is given."""

    asked_after_days: int
    answered_after_days: int
    code: str


@dataclass(frozen=True)
class PlannedConclusion:
    """How a response ends, at which meeting; ``days_open`` counts from acceptance."""

    meeting: int
    reason: str
    factors_lowered: tuple[str, ...]
    days_open: int
    follow_ups: tuple[PlannedFollowUp, ...]


@dataclass(frozen=True)
class PlannedResponse:
    """What lead and assisting agencies do; ``conclusion`` is None where the season ends first."""

    lead: int
    assisting: tuple[int, ...]
    huddle_after_minutes: int
    consent_after_contact: str | None
    steps: tuple[PlannedStep, ...]
    contacts: tuple[PlannedContact, ...]
    services: tuple[PlannedService, ...]
    report_backs: tuple[PlannedReportBack, ...]
    conclusion: PlannedConclusion | None

    @property
    def engaged(self) -> tuple[int, ...]:
        return (self.lead, *self.assisting)

    @property
    def first_contact_hours(self) -> float | None:
        """Hours from acceptance to the first contact made; None where the person was never reached."""
        return next((contact.hours for contact in self.contacts if contact.result in CONTACT_MADE), None)


@dataclass(frozen=True)
class PlannedSituation:
    """One situation from Filter 1 to its end. ``presentations`` is empty where it is withdrawn before the meeting ``brought_to``."""

    ordinal: int
    originator: int
    brought_to: int
    submitted_hours_before: int
    discussion_type: str
    age_group: str | None
    sex_gender: str | None
    language: str
    affected_ages: tuple[str, ...]
    risk_factors: tuple[str, ...]
    protective_factors: tuple[str, ...]
    study_flags: tuple[str, ...]
    emergency_checks: tuple[tuple[str, bool], ...]
    attempts: tuple[str, ...]
    consent: str
    legal_ground: str | None
    discussed_before: str
    earlier: int | None
    why_now: str
    why_now_language: str
    presentations: tuple[PlannedPresentation, ...]
    withdrawal_reason: str | None
    involvement: tuple[tuple[int, str], ...]
    recused: int | None
    ended_early: str | None
    response: PlannedResponse | None

    @property
    def decision(self) -> str:
        """Where the season leaves it: accepted, rejected, deferred (to a meeting after the season's end) or withdrawn."""
        return self.presentations[-1].decision if self.presentations else "withdrawn"

    @property
    def concluded_at(self) -> int | None:
        """The meeting that concluded it, if the season has one."""
        return self.response.conclusion.meeting if self.response and self.response.conclusion else None

    @property
    def decided_at(self) -> int:
        """The meeting of the last decision, or the one that it never reached."""
        return self.presentations[-1].meeting if self.presentations else self.brought_to


@dataclass(frozen=True)
class PlannedIssue:
    """A systemic issue as an agency puts it; tied to no situation."""

    meeting: int
    raised_by: int
    owner: int
    issue_type: str
    line: str
    language: str
