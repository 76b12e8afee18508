"""Where a member is signed in, and how that ends."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import AgencySignIn, SignIn

AT_ONCE = 5  # browsers in which one person is signed in; a desk, a telephone, the table's own laptop, and two that were forgotten


@transaction.atomic
def sign_out(member, *, by, mark=None, but: str = "", code: str = "elsewhere") -> int:
    """The member is signed out everywhere, or where ``mark`` says; ``but`` is the key of a session that stays. Returns how many.

    Whatever page is open there leads to the door with its next request. ``code`` says in the record how it came about.
    """
    open_ones = SignIn.objects.filter(member=member).exclude(session_key=but)
    if mark is not None:
        open_ones = open_ones.filter(mark=mark)
    _all, of_each = open_ones.delete()
    ended = of_each.get(SignIn._meta.label, 0)
    for _each in range(ended):
        ledger.record(LedgerAct.SIGNED_OUT, by=by, audience=member, codes=[code])
    return ended


@transaction.atomic
def end_the_oldest(member, *, by) -> int:
    """Whoever signs in once more than ``AT_ONCE`` times is signed out where nobody acted for the longest. Returns how many ended."""
    marks = list(SignIn.objects.filter(member=member).order_by("-seen_at").values_list("mark", flat=True)[AT_ONCE:])
    return sum(sign_out(member, by=by, mark=mark, code="too_many") for mark in marks)


@transaction.atomic
def link_agency_sign_in(member, *, issuer: str, subject: str, by) -> None:
    """The member also signs in at their agency from now on; an earlier name from the same issuer opens nothing any more."""
    if AgencySignIn.objects.filter(issuer=issuer, subject=subject).exclude(member=member).exists():
        raise Refused(_("This sign-in of your agency belongs to somebody else here. Sign out there, and sign in as yourself."))
    AgencySignIn.objects.update_or_create(member=member, issuer=issuer, defaults={"subject": subject, "linked_at": clock.now()})
    ledger.record(LedgerAct.SIGN_IN_LINKED, by=by, subject=member)


@transaction.atomic
def unlink_agency_sign_in(member, *, issuer: str, by) -> None:
    """The member signs in here only by what is the table's own."""
    _all, of_each = AgencySignIn.objects.filter(member=member, issuer=issuer).delete()
    if of_each:
        ledger.record(LedgerAct.SIGN_IN_UNLINKED, by=by, subject=member)
