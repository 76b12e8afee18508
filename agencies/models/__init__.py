from agencies.models.agencies import Agency, Seat
from agencies.models.agreements import Agreement, AgreementSignature
from agencies.models.people import Appointment, Member
from agencies.models.record import FormToken, LedgerEntry, LedgerSeal, LedgerWaiting, Outbox, PracticeClock
from agencies.models.recovery import Recovery
from agencies.models.sign_ins import AgencySignIn, SignIn
from agencies.models.tables import SituationTable
from agencies.models.vocabulary import Entry

__all__ = [
    "Agency",
    "AgencySignIn",
    "Agreement",
    "AgreementSignature",
    "Appointment",
    "Entry",
    "FormToken",
    "LedgerEntry",
    "LedgerSeal",
    "LedgerWaiting",
    "Member",
    "Outbox",
    "PracticeClock",
    "Recovery",
    "Seat",
    "SignIn",
    "SituationTable",
]
