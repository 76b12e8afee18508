"""The words of the four filters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a situation stands. What may follow what is ``FOLLOWS``."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PRESENTED = "presented", _("Filter 2: before the table")
    REJECTED = "rejected", pgettext_lazy("situation", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("situation", "Withdrawn")
    IDENTIFYING = "identifying", _("Filter 3: who must act")
    ENDED_EARLY = "ended_early", pgettext_lazy("situation", "Ended early")
    RESPONDING = "responding", _("Filter 4: responding")
    CONCLUDED = "concluded", pgettext_lazy("situation", "Concluded")
    PURGED = "purged", pgettext_lazy("situation", "Concluded, words forgotten")


FOLLOWS = {
    Stage.DRAFT: {Stage.SUBMITTED},
    Stage.SUBMITTED: {Stage.PRESENTED, Stage.WITHDRAWN},
    Stage.PRESENTED: {Stage.IDENTIFYING, Stage.REJECTED, Stage.SUBMITTED, Stage.WITHDRAWN},
    Stage.IDENTIFYING: {Stage.RESPONDING, Stage.ENDED_EARLY},
    Stage.RESPONDING: {Stage.CONCLUDED},
    Stage.ENDED_EARLY: {Stage.PURGED},
    Stage.CONCLUDED: {Stage.PURGED},
    Stage.REJECTED: set(),
    Stage.WITHDRAWN: set(),
    Stage.PURGED: set(),
}
# What a press within half a minute goes back to, at the table; nothing that forgets is here.
UNDONE_TO = {
    Stage.PRESENTED: {Stage.SUBMITTED},
    Stage.SUBMITTED: {Stage.PRESENTED},  # it was deferred
    Stage.IDENTIFYING: {Stage.PRESENTED},
    Stage.RESPONDING: {Stage.IDENTIFYING},
    Stage.CONCLUDED: {Stage.RESPONDING},
}
# Nothing but number, table, dates, type, originating agency, the decision, consent and ground is left of these.
FORGOTTEN_STAGES = frozenset({Stage.REJECTED, Stage.WITHDRAWN})
# The words of these are gone.
WORDLESS_STAGES = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.ENDED_EARLY, Stage.PURGED})
ENDED_STAGES = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.ENDED_EARLY, Stage.CONCLUDED, Stage.PURGED})
OPEN_STAGES = frozenset(Stage) - ENDED_STAGES
NUMBERED_STAGES = frozenset(Stage) - {Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN}
# At these the table has found the risk acute.
ACCEPTED_STAGES = frozenset({Stage.IDENTIFYING, Stage.ENDED_EARLY, Stage.RESPONDING, Stage.CONCLUDED, Stage.PURGED})
# Only at these is a legal hold possible: what ends sooner is forgotten with the decision (docs/decisions/0029).
HELD_STAGES = frozenset({Stage.RESPONDING, Stage.CONCLUDED})


class Decision(TextChoices):
    """What the table concluded at Filter 2."""

    ACCEPTED = "accepted", pgettext_lazy("decision", "Accepted: acutely elevated risk")
    REJECTED = "rejected", pgettext_lazy("decision", "Not accepted")
    DEFERRED = "deferred", pgettext_lazy("decision", "Deferred to a later meeting")


class Relation(TextChoices):
    """How a member stands to a situation; the columns of the visibility matrix."""

    ORIGINATOR = "OR", _("Your agency brought it")
    IN_THE_ROOM = "IR", _("You are in the room")
    ENGAGED = "EN", _("Your agency responds")
    CHAIR = "CH", _("You chair the table")
    COORDINATOR = "CO", _("You coordinate or record")
    STEERING = "SC", _("You are on the steering committee")
    ADMINISTRATOR = "AD", _("You administer the installation")
    PRIVACY_OFFICER = "PO", _("You look as privacy officer")


# As what somebody looks who stands in several relations: as the one that gives most, and that lasts longest.
STRONGEST_FIRST = (
    Relation.ENGAGED,
    Relation.ORIGINATOR,
    Relation.IN_THE_ROOM,
    Relation.COORDINATOR,
    Relation.CHAIR,
    Relation.STEERING,
    Relation.ADMINISTRATOR,
    Relation.PRIVACY_OFFICER,
)


class WordKind(TextChoices):
    """What a sealed text says. Identifiers and plan exist at sealed tables only."""

    WHY_NOW = "why_now", _("Why now")
    CORRECTION_REASON = "correction_reason", _("Reason for a correction")
    OVERRULE_REASON = "overrule_reason", _("Why a mark was overruled")
    IDENTIFIERS = "identifiers", _("Name, birth date, address")
    PLAN = "plan", _("Plan")


class DiscussedBefore(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class EmergencyAnswer(TextChoices):
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class Act(TextChoices):
    """What a member may do with a situation; policies answer, templates and views ask."""

    READ_TABLES_LIST = "read_tables_list"
    READ_AGENCYS_LIST = "read_agencys_list"
    COUNT_NOT_BROUGHT = "count_not_brought"
    EDIT = "edit"
    SUBMIT = "submit"
    DISCARD = "discard"
    WITHDRAW = "withdraw"
    PRINT_ANSWERS = "print_answers"
    CORRECT = "correct"
    STEP_OUT = "step_out"
    LET_IN_AGAIN = "let_in_again"
    READ_LOOKS = "read_looks"
    READ_LOOKS_AT_BROUGHT = "read_looks_at_brought"
    READ_LOOKS_OF_PEOPLE = "read_looks_of_people"
    READ_LOOKS_OF_TABLE = "read_looks_of_table"
    READ_HOLDS = "read_holds"
    CALL_EMERGENCY = "call_emergency"
    LOOK_WITH_REASON = "look_with_reason"
    WRITE_IDENTIFIERS = "write_identifiers"
    REVEAL = "reveal"
    WRITE_PLAN = "write_plan"


# At a table where names are spoken there is no place for these.
UNDER_SEAL = frozenset({Act.WRITE_IDENTIFIERS, Act.REVEAL, Act.WRITE_PLAN})


class LookReason(TextChoices):
    """Why a privacy officer looks; a code, since the ledger holds no typed word."""

    COMPLAINT = "complaint", _("A complaint or a question from a person concerned")
    UNUSUAL_LOOK = "unusual_look", _("An unusual look in the record")
    ACCESS_REQUEST = "access_request", _("A request for access or correction")
    AUDIT = "audit", _("A planned audit")
    INCIDENT = "incident", _("A suspected breach")


class Unusual(TextChoices):
    """What marks a look for the privacy officer: a rule that a person can check, and a reason to ask, not a finding."""

    AFTER_HOURS = "after_hours", _("Outside working hours")
    MANY_REVEALS = "many_reveals", _("Many names revealed")
    ONLY_LOOKED = "only_looked", _("Only looked")
    NOT_ENGAGED = "not_engaged", _("Own agency not engaged")


class NotBroughtReason(TextChoices):
    """Why an agency did not bring forward what it considered; a code, and nobody has to give one."""

    NOT_ACUTE = "not_acute", _("The risk is not acutely elevated")
    ALONE = "alone", _("Our agency can act alone")
    CONNECTED = "connected", _("Already connected to the services that are needed")
    NOT_TRIED = "not_tried", _("We have not yet tried what we can do ourselves")
    ASKED_NOT = "asked_not", _("The person asked not to be brought")


class StepInReason(TextChoices):
    """Why somebody who had stepped out is let in again; a code, since the ledger holds no typed word."""

    BY_MISTAKE = "by_mistake", _("They stepped out by mistake")
    ANOTHER_PERSON = "another_person", _("It is not about the person they know")


class CorrectionReason(TextChoices):
    """Why a coded fact is corrected; a code, since after the words are forgotten no typed word may come."""

    WRONG_ENTRY = "wrong_entry", _("It was entered wrongly")
    LEARNED_LATER = "learned_later", _("It was learned later")
    ASKED_BY_PERSON = "asked_by_person", _("A person concerned asked for it")
    REVIEW = "review", _("A review of the coded facts")


class HoldReason(TextChoices):
    """Why the law asks to keep the words of a situation longer; a code, so that the hold itself holds no word."""

    COURT = "court", _("An order of a court, or a matter before one")
    POLICE = "police", _("An investigation that may lawfully ask for it")
    ACCESS = "access", _("A request for access that is not answered yet")
    COMPLAINT = "complaint", _("A complaint or a review by a commissioner")
    DEATH = "death", _("A review or an inquest after a death")


DISCARDED = "discarded"  # how a draft ended that is gone wholly: no stage, since no row is left
