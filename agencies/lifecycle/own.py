"""What a member settles for themself: when mail comes, what of it is read, keys at the table, the secret address of their calendar."""

import hashlib
import secrets

from django.db import transaction

from agencies import clock, ledger, outbox
from agencies.enums import LedgerAct
from agencies.models import Member, Outbox


@transaction.atomic
def choose_mail(member, *, mail: str, mail_hour: int, mail_daily: list[str], by) -> None:
    """Mail comes at once, or once a day at this hour, all of it or these kinds; what already waits follows."""
    Member.objects.filter(pk=member.pk).update(mail=mail, mail_hour=mail_hour, mail_daily=mail_daily)
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=["mail"])
    outbox.wait_anew(Member.objects.get(pk=member.pk))


@transaction.atomic
def choose_keys(member, *, single_keys: str, by) -> None:
    """Letters act at the table alone, together with Alt and Shift, or not at all."""
    Member.objects.filter(pk=member.pk).update(single_keys=single_keys)
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=["single_keys"])


@transaction.atomic
def mark_read(mail, *, by) -> None:
    """The member opened what was told to them, or set it aside; what told the same on an earlier day goes with it. On no record."""
    same = Outbox.objects.filter(recipient=by, notice=mail.notice, subject_id=mail.subject_id, read_at=None)
    same.update(read_at=clock.now())


@transaction.atomic
def make_calendar_key(member, *, by) -> str:
    """A new secret for the calendar's address: said once, kept as its hash; an earlier address opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    Member.objects.filter(pk=member.pk).update(calendar_key=hash_of(secret))
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=["calendar_key"])
    return secret


@transaction.atomic
def revoke_calendar_key(member, *, by) -> None:
    """The calendar's address opens nothing any more."""
    Member.objects.filter(pk=member.pk).update(calendar_key=None)
    ledger.record(LedgerAct.MEMBER_CHANGED, by=by, subject=member, codes=["calendar_key"])


def hash_of(secret: str) -> str:
    """How a calendar's secret is kept: 32 random bytes need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
