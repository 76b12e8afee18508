"""What a page says where the matrix withholds a datum: its title, why, and what would open it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

NOT_ON_A_SCREEN = _("Not on any screen.")
TO_NO_ONE_ELSE = _("It does not open to others.")
FOR_THOSE_WHO_ACT = _("When your agency is recorded as leading or assisting.")
WITH_THE_DECISION = _("When the table has decided.")
NOT_ANY_MORE = _("It does not open any more: the situation has ended.")
NOT_AGAIN = _("It does not open again.")
CLOSED_WITH_THE_END = _("It closed when the situation ended.")
CLOSED_WITH_THE_WORDS = _("It closed when the words of the situation were forgotten.")

# datum: title, why, opens
WORDS = {
    "agenda_line": (_("Line on the agenda"), _("It is seen by the agencies seated at the table."), _("When the situation is submitted.")),
    "number_stage_dates": (_("Number, stage and dates"), _("You do not stand in a relation to this situation."), TO_NO_ONE_ELSE),
    "originating_agency": (_("Who brought it"), _("It is known to those who heard the situation."), TO_NO_ONE_ELSE),
    "filter1_worksheet": (_("What was tried before"), _("It belongs to the agency that brought the situation."), TO_NO_ONE_ELSE),
    "aer_criteria": (_("Criteria of acutely elevated risk"), _("They are heard at the table only."), _("When the situation is presented.")),
    "profile_and_factors": (_("Profile and factors"), _("They are heard at the table, then kept by those who act."), FOR_THOSE_WHO_ACT),
    "why_now": (
        _("Why now"),
        _("It is heard at the table, then kept by the agencies that brought the situation and act."),
        _("At the table, while Filter 2 or 3 is open."),
    ),
    "consent_and_ground": (_("Consent and legal ground"), _("They are kept by the agencies that act."), FOR_THOSE_WHO_ACT),
    "discussed_before": (_("Discussed before"), _("It is heard at the table, then kept by those who act."), FOR_THOSE_WHO_ACT),
    "positions": (_("Who took which position"), _("Only the tally is part of the decision."), TO_NO_ONE_ELSE),
    "decision": (_("Decision"), _("The table has not decided yet."), WITH_THE_DECISION),
    "identifiers": (_("Name, birth date, address"), _("At this table names are spoken, never written here."), NOT_ON_A_SCREEN),
    "involvement": (_("Which agency said what"), _("Each agency’s answer is its own."), FOR_THOSE_WHO_ACT),
    "lead_and_assisting": (
        _("Lead and assisting agencies"),
        _("No agency has been asked to act yet."),
        _("When the response is recorded."),
    ),
    "steps": (_("Steps"), _("They belong to the agencies that act."), FOR_THOSE_WHO_ACT),
    "plan_text": (_("Plan"), _("It belongs to the agencies that act."), FOR_THOSE_WHO_ACT),
    "contacts_and_clock": (_("Contacts and the 48-hour clock"), _("They belong to the agencies that act."), FOR_THOSE_WHO_ACT),
    "services_mobilised": (_("Services mobilized"), _("They belong to the agencies that act."), FOR_THOSE_WHO_ACT),
    "report_backs": (_("Report-backs"), _("They are heard at the table."), _("At the next report-back.")),
    "conclusion": (_("Conclusion"), _("The situation has not ended."), _("When the table concludes.")),
    "follow_up": (_("Follow-up"), _("It is answered by the agency that led."), FOR_THOSE_WHO_ACT),
    "systemic_issues": (_("Systemic issues"), _("They stand beside situations, never on one."), TO_NO_ONE_ELSE),
    "attendance": (_("Attendance"), _("It is seen by the agencies seated at the table."), TO_NO_ONE_ELSE),
    "recusals": (_("Who stepped out"), _("Others see only “out of the room”."), TO_NO_ONE_ELSE),
    "not_brought_forward": (_("Considered, not brought forward"), _("Each agency’s count is its own."), TO_NO_ONE_ELSE),
    "legal_hold": (_("Legal hold"), _("It is seen by the coordinator and the privacy officer."), TO_NO_ONE_ELSE),
    "minutes": (_("Minutes"), _("They are read by the agencies seated at the table."), TO_NO_ONE_ELSE),
    "looks_in_the_ledger": (_("Who looked"), _("It is read by the agency that brought the situation."), TO_NO_ONE_ELSE),
    "releases_steering": (_("Figures for the steering committee"), _("They are read by the steering committee."), TO_NO_ONE_ELSE),
    "releases_public": (_("Public figures"), "", ""),
    "directory": (_("Directory"), _("It is read by the members of the table."), TO_NO_ONE_ELSE),
    "vocabularies": (_("Vocabularies"), _("They are read by the members of the table."), TO_NO_ONE_ELSE),
    "keys": (_("Keys"), _("No one reads a key."), NOT_ON_A_SCREEN),
}


# The same at a table where names are written under seal.
WORDS_UNDER_SEAL = WORDS | {
    "identifiers": (
        _("Name, birth date, address"),
        _("They are under seal. Each reading is a reveal, on one’s own device and on the record."),
        _("In the room while Filter 3 is open, then for the agencies that act."),
    )
}

OPENS_IN_TIME = {
    FOR_THOSE_WHO_ACT,
    WITH_THE_DECISION,
    WORDS_UNDER_SEAL["identifiers"][2],
    *(WORDS[datum][2] for datum in ("aer_criteria", "why_now", "report_backs")),
}


@dataclass(frozen=True)
class Withheld:
    """A datum that the matrix withholds. It is false, and says why and what would open it.

    Nothing opens any more once the situation has ended: ``closed`` says why not, for whom it may have been open until then.
    """

    datum: str
    has_ended: bool = False
    closed: Any = ""
    is_under_seal: bool = False

    def __bool__(self):
        return False

    def __str__(self):
        return str(_("Withheld"))

    @property
    def _words(self):
        return (WORDS_UNDER_SEAL if self.is_under_seal else WORDS)[self.datum]

    @property
    def title(self):
        return self._words[0]

    @property
    def why(self):
        return self.closed or self._words[1]

    @property
    def opens(self):
        if self.closed:
            return NOT_AGAIN
        opens = self._words[2]
        return NOT_ANY_MORE if self.has_ended and opens in OPENS_IN_TIME else opens


@dataclass(frozen=True)
class Exists:
    """A datum of which only that it exists may be known."""

    datum: str
    is_there: bool

    def __bool__(self):
        return False

    def __str__(self):
        return str(_("Recorded") if self.is_there else _("Not recorded yet"))

    @property
    def title(self):
        return WORDS[self.datum][0]

    @property
    def why(self):
        return WORDS[self.datum][1]

    @property
    def opens(self):
        return WORDS[self.datum][2]


@dataclass(frozen=True)
class OutOfReach:
    """Words that may be read, and cannot be now: their keys are out of reach, or gone. It is false, and says so in a sentence."""

    datum: str
    sentence: Any

    def __bool__(self):
        return False

    def __str__(self):
        return str(self.sentence)

    @property
    def title(self):
        return WORDS[self.datum][0]
