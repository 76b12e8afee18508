"""Second factors: what a member has set up, on the record; and the way in anew, when phone and codes are lost."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.models import Member

# The two that open the table; recovery codes stand in for them once each.
OPENING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(member) -> dict[int, str]:
    """What the member has set up: the kind of each factor by its number."""
    return dict(Authenticator.objects.filter(user_id=member.pk).values_list("pk", "type"))


def has_factor(member) -> bool:
    """Whether the member has set up a phone or a passkey."""
    return Authenticator.objects.filter(user_id=member.pk, type__in=OPENING).exists()


def has_one_factor(member) -> bool:
    """Whether the member would have none left without the next one that goes."""
    return Authenticator.objects.filter(user_id=member.pk, type__in=OPENING).count() == 1


def hold_factors(member) -> None:
    """Nobody else changes the member's factors until the end of this transaction: of two that go at once, one is seen to be the last.

    The member's row stands for the factors, as in the sign-in library; a lock without the key, since rows that name the member
    may be written meanwhile.
    """
    Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)


def record_factors(member, *, before: dict[int, str], after: dict[int, str]) -> None:
    """Write down which factors came and which went; nothing where none did."""
    for act, kinds in [
        (LedgerAct.FACTOR_SET_UP, {after[key] for key in set(after) - set(before)}),
        (LedgerAct.FACTOR_REMOVED, {before[key] for key in set(before) - set(after)}),
    ]:
        if kinds:
            ledger.record(act, by=member, subject=member, codes=sorted(kinds))


@transaction.atomic
def forget_factors(member, *, by) -> None:
    """Everything the member had set up opens nothing any more."""
    before = factors_of(member)
    Authenticator.objects.filter(user_id=member.pk).delete()
    if before:
        ledger.record(LedgerAct.FACTOR_REMOVED, by=by, subject=member, codes=sorted(set(before.values())))
