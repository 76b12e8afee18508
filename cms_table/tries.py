"""What failed at the door, on the record as codes: that a password or a code was wrong, that a limit was reached; never what was typed.

Source: OWASP ASVS 5.0, 16.3.1 to 16.3.3. Where the address is a member's, the entry names the member, not what was typed.
"""

from datetime import timedelta

from allauth.mfa.signals import authentication_failed
from django.dispatch import receiver

from agencies import clock, ledger
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, Member
from agencies.record import DOOR

ONE_LIMIT = timedelta(minutes=5)  # within it, a limit that goes on refusing is one entry


def failed(*, member, code: str) -> None:
    """A try that failed: with which kind of proof, and at whose account; None where there is none."""
    ledger.record(LedgerAct.SIGN_IN_FAILED, by=DOOR, subject=member, codes=[code])


def limited(*, member, code: str) -> None:
    """A limit refused a try."""
    subject_id = str(member.pk) if member is not None else ""
    lately = LedgerEntry.objects.filter(
        by_id=None, at__gt=clock.now() - ONE_LIMIT, act=LedgerAct.SIGN_IN_LIMITED, subject_id=subject_id, codes=[code]
    )
    if not lately.exists():
        ledger.record(LedgerAct.SIGN_IN_LIMITED, by=DOOR, subject=member, codes=[code])


def whose(typed: str):
    """The member with this address, or None; one query for either."""
    return Member.objects.filter(email=typed.strip().lower()[:254]).first()


@receiver(authentication_failed)  # the library says a wrong code in no other way
def wrong_code(*, user, **_about) -> None:
    failed(member=user, code="second_factor")
