"""The words of the ground floor."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may be at a table (four-filters, Roles). One person can hold several."""

    REPRESENTATIVE = "representative", _("Representative")
    ALTERNATE = "alternate", _("Alternate")
    OBSERVER = "observer", _("Observer")
    AGENCY_LEAD = "agency_lead", _("Agency lead")
    CHAIR = "chair", _("Chair")
    RECORDER = "recorder", _("Recorder")
    COORDINATOR = "coordinator", _("Coordinator")
    STEERING = "steering", _("Steering committee")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    ADMINISTRATOR = "administrator", _("Administrator")


# Those who act for a seated agency, and so stand in the rights given to it.
AGENCY_ROLES = frozenset({Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD})
# Those whom the table itself appoints; they need no agency's seat.
TABLE_ROLES = frozenset({Role.CHAIR, Role.RECORDER, Role.COORDINATOR, Role.STEERING, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR})


# Those who look after the table: its settings, agencies, people and vocabularies (the matrix: directory, vocabularies).
KEEPING_ROLES = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


class Act(StrEnum):
    """What a member may do on the ground floor; see policies.py."""

    READ_DIRECTORY = "read_directory"
    EXPORT_DIRECTORY = "export_directory"
    READ_VOCABULARIES = "read_vocabularies"
    CHANGE_VOCABULARIES = "change_vocabularies"
    OPEN_SETTINGS = "open_settings"
    ADD_TABLE = "add_table"
    IMPORT = "import"
    KEEP_AGENCIES = "keep_agencies"  # add, change, seat, unseat
    READ_PEOPLE = "read_people"  # the list of people to look after: an agency's lead reads its own
    INVITE = "invite"
    INVITE_ALL_AGAIN = "invite_all_again"  # who has not joined, of every agency
    DELEGATE = "delegate"
    KEEP_AGREEMENTS = "keep_agreements"  # publish, see who signed, remind
    READ_RECORD = "read_record"  # what was done at the table, except to situations
    READ_LOOKS = "read_looks"  # what was done and looked at, situations by reference

    READ_PERSON = "read_person"
    CHANGE_PERSON = "change_person"
    GIVE_ROLE = "give_role"
    ASK_RECOVERY = "ask_recovery"  # to let somebody in anew who lost phone and codes; a second person confirms
    END_MEMBERSHIP = "end_membership"


class DecisionRule(TextChoices):
    CONSENSUS = "consensus", _("Consensus")
    VOTE = "vote", _("Vote")


class Naming(TextChoices):
    """Whether names are spoken at the table, never written, or written sealed (four-filters, Codes in the open)."""

    SPOKEN = "spoken", _("Names are spoken, never written")
    SEALED = "sealed", _("Names are written under seal")


class AgreementKind(TextChoices):
    INFORMATION_SHARING = "information_sharing", _("Information-sharing agreement")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")


class Language(TextChoices):
    ENGLISH = "en-ca", _("English")
    FRENCH = "fr-ca", _("French")


class LedgerAct(TextChoices):
    """Every kind of entry that the ledger can hold, on whichever floor it is made."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("A sign-in failed")
    SIGN_IN_LIMITED = "sign_in_limited", _("A sign-in was refused after too many tries")
    REFUSED = "refused", _("Was refused a page")
    SIGN_IN_LINKED = "sign_in_linked", _("Linked the sign-in of an agency")
    SIGN_IN_UNLINKED = "sign_in_unlinked", _("Unlinked the sign-in of an agency")
    FACTOR_SET_UP = "factor_set_up", _("Set up a second factor")
    FACTOR_REMOVED = "factor_removed", _("Removed a second factor")
    RECOVERY_ASKED = "recovery_asked", _("Asked to let a member in anew")
    RECOVERY_DECLINED = "recovery_declined", _("Declined to let a member in anew")
    RECOVERY_CONFIRMED = "recovery_confirmed", _("Let a member in anew")
    TABLE_CHANGED = "table_changed", _("Changed the table’s settings")
    AGENCY_CHANGED = "agency_changed", _("Changed an agency")
    SEAT_CHANGED = "seat_changed", _("Changed a seat")
    MEMBER_INVITED = "member_invited", _("Invited a member")
    MEMBER_CHANGED = "member_changed", _("Changed a member")
    MEMBERSHIP_ENDED = "membership_ended", _("Ended a membership")
    ROLE_GIVEN = "role_given", _("Gave a role")
    ROLE_ENDED = "role_ended", _("Ended a role")
    AGREEMENT_PUBLISHED = "agreement_published", _("Published an agreement")
    AGREEMENT_SIGNED = "agreement_signed", _("Signed an agreement")
    IMPORTED = "imported", _("Imported agencies and people")
    ENTRY_CHANGED = "entry_changed", _("Changed a vocabulary entry")
    EXPORTED = "exported", _("Exported a list")
    CLOCK_MOVED = "clock_moved", _("Moved the practice clock")
    KEY_MADE = "key_made", _("Made a new wrapping key")
    KEY_DESTROYED = "key_destroyed", _("Destroyed an old wrapping key")
    REMINDED = "reminded", _("Reminded an agency")
    REMINDER_TAKEN_BACK = "reminder_taken_back", _("Took a reminder back")

    DRAFT_OPENED = "draft_opened", _("Opened a draft")
    DRAFT_SAVED = "draft_saved", _("Saved a draft")
    DRAFT_DISCARDED = "draft_discarded", _("Discarded a draft")
    SUBMITTED = "submitted", _("Submitted")
    NOT_BROUGHT = "not_brought", _("Counted what was not brought forward")
    LOOKED = "looked", _("Looked")
    LOOKED_WITH_REASON = "looked_with_reason", _("Looked, with a reason")
    WRITTEN_UNDER_SEAL = "written_under_seal", _("Wrote under seal")
    REVEALED = "revealed", _("Revealed a name")
    PRINTED = "printed", _("Printed")
    GRANTED = "granted", _("A right to see began")
    ENDED = "ended", _("A right to see ended")
    RECUSED = "recused", _("Stepped out of a situation")
    STEPPED_IN = "stepped_in", _("Was let into a situation again")
    PRESENTED = "presented", _("Presented")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not accepted")
    DEFERRED = "deferred", _("Deferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED_EARLY = "ended_early", _("Ended early")
    FORGOTTEN = "forgotten", _("Forgotten")
    CORRECTED = "corrected", _("Corrected")
    PURGED = "purged", _("Purged")
    CODES_FORGOTTEN = "codes_forgotten", _("Forgot the coded facts")
    HOLD_ASKED = "hold_asked", _("Asked for a legal hold")
    HOLD_CONFIRMED = "hold_confirmed", _("Confirmed a legal hold")
    HOLD_ENDED = "hold_ended", _("Ended a legal hold")

    RESPONSE_OPENED = "response_opened", _("Response recorded")
    JOINED = "joined", _("Joined the response")
    LEFT = "left", _("Left the response")
    HANDED_OVER = "handed_over", _("Handed over the lead")
    ASKED = "asked", _("Asked an agency to join")
    DECLINED = "declined", _("Declined to join")
    STEP_PLANNED = "step_planned", _("Planned a step")
    STEP_DONE = "step_done", _("Finished a step")
    CONTACT_RECORDED = "contact_recorded", _("Recorded a contact")
    SERVICE_RECORDED = "service_recorded", _("Recorded a service")
    REPORTED_BACK = "reported_back", _("Reported back")
    CONCLUSION_PROPOSED = "conclusion_proposed", _("Proposed a conclusion")
    CONCLUDED = "concluded", _("Concluded")
    FOLLOWED_UP = "followed_up", _("Answered a follow-up")
    ISSUE_RAISED = "issue_raised", _("Raised a systemic issue")
    ISSUE_CHANGED = "issue_changed", _("Changed a systemic issue")

    MEETING_PLANNED = "meeting_planned", _("Planned a meeting")
    MEETING_MOVED = "meeting_moved", _("Moved a meeting")
    MEETING_CANCELLED = "meeting_cancelled", _("Cancelled a meeting")
    EMERGENCY_CALLED = "emergency_called", _("Called an emergency session")
    MEETING_OPENED = "meeting_opened", _("Opened a meeting")
    MEETING_EXTENDED = "meeting_extended", _("Extended a meeting")
    MEETING_CLOSED = "meeting_closed", _("Closed a meeting")
    ARRIVED = "arrived", _("Came to the table")
    DEPARTED = "departed", _("Left the table")
    ITEM_OPENED = "item_opened", _("Opened an agenda item")
    ITEM_CLOSED = "item_closed", _("Closed an agenda item")
    WALL_CODE_MADE = "wall_code_made", _("Made a code for the wall")
    WALL_OPENED = "wall_opened", _("Opened the wall on another computer")
    WALL_ENDED = "wall_ended", _("Ended the wall’s sign-in")
    POSITION_TAKEN = "position_taken", _("Took a position")
    INVOLVEMENT_SAID = "involvement_said", _("Said how it is involved")
    UNDONE = "undone", _("Undid what was done last")
    MINUTES_READ = "minutes_read", _("Read the minutes")
    MINUTES_APPROVED = "minutes_approved", _("Approved the minutes")

    RELEASE_PREPARED = "release_prepared", _("Prepared a release")
    RELEASE_APPROVED = "release_approved", _("Approved a release")
    RELEASE_WITHDRAWN = "release_withdrawn", _("Withdrew a release")
    RELEASE_READ = "release_read", _("Read a release")


def ledger_acts() -> list:
    """The kinds of entry, asked for when they are needed: one more is no change of the table, and no migration repeats them."""
    return LedgerAct.choices


class Notice(TextChoices):
    """Every kind of mail that the table sends; none holds a fact about anyone."""

    INVITATION = "invitation", _("You are invited to the table")
    AGREEMENT_DUE = "agreement_due", _("An agreement awaits your signature")
    MEETING_MOVED = "meeting_moved", _("A meeting was moved")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting was cancelled")
    EMERGENCY_CALLED = "emergency_called", _("An emergency session is called")
    ENGAGED = "engaged", _("A response awaits your agency")
    ASKED = "asked", _("Your agency is asked to join a response")
    CONTACT_DUE = "contact_due", _("A first contact is due")
    STEP_DUE = "step_due", _("A step is due")
    REPORT_BACK_DUE = "report_back_due", _("A report-back is due")
    FOLLOW_UP_DUE = "follow_up_due", _("A follow-up is due")
    HELP_ASKED = "help_asked", _("A response asks for help")
    RELEASE_DUE = "release_due", _("A release awaits your approval")
    RECOVERY_ASKED = "recovery_asked", _("A member waits to be let in anew")
    NEW_DEVICE = "new_device", _("You signed in on a new device")
    NEW_PASSWORD = "new_password", _("Your link to a new password")


# Letters whose link is made when they leave, and opens the door once: they stand on no page, whose reader has come in already.
OF_THE_DOOR = (Notice.INVITATION, Notice.NEW_PASSWORD)
# What a member may have once a day instead of at once. The others come at once: a meeting changes, a clock of hours runs.
CAN_WAIT = (Notice.AGREEMENT_DUE, Notice.STEP_DUE, Notice.REPORT_BACK_DUE, Notice.FOLLOW_UP_DUE, Notice.RELEASE_DUE)


class MailChoice(TextChoices):
    """When the table's mail reaches a member."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in one mail")
    BY_KIND = "by_kind", _("Once a day for what I choose here, the rest at once")


class SingleKeys(TextChoices):
    """Whether a letter alone acts at the table (WCAG 2.1.4): switched off, or held together with two keys that nothing else uses."""

    ON = "on", _("A letter alone")
    TOGETHER = "together", _("The letter together with Alt and Shift")
    OFF = "off", _("No keys")
