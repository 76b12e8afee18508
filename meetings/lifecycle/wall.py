"""The wall: blanked and shown again, and opened on a computer where nobody signs in.

The chair makes a code; whoever types it on the projector's computer gives it the wall of this meeting, and nothing else, until the
meeting ends (docs/decisions/0031). Of code and key only hashes are kept.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import OutOfOrder, Refused
from agencies.enums import LedgerAct
from agencies.record import DOOR
from meetings.enums import State
from meetings.lifecycle.room import locked
from meetings.models import WallSignIn

LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"  # none that looks like another, typed or said: no O and 0, no I, L and 1, no S and 5
LENGTH = 8  # 37 bits, for ten minutes, behind a limit
LASTS = timedelta(minutes=10)


@transaction.atomic
def blank_wall(meeting, *, is_blank: bool, by) -> None:
    """Every wall of the meeting is blank, or shows again. ``by`` is a member, or ``DOOR`` for whoever stands at a wall's own keyboard."""
    meeting = locked(meeting, State.PLANNED, State.OPEN)
    if meeting.wall_is_blank != is_blank:
        meeting.wall_is_blank = is_blank
        meeting.save(update_fields=["wall_is_blank"])


@transaction.atomic
def make_wall_code(meeting, *, by) -> str:
    """A code that opens the meeting's wall once, within ten minutes, on a computer where nobody signs in; it is kept nowhere.

    One code waits at a time: a new one ends the one before.
    """
    meeting = locked(meeting, State.PLANNED, State.OPEN)
    meeting.wall_sign_ins.filter(opened_at=None, ended_at=None).update(ended_at=clock.now())
    code = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    made = WallSignIn(table=meeting.table, meeting=meeting, code_hash=hash_of_code(code), code_until=clock.now() + LASTS, made_by=by)
    made.save(force_insert=True)
    if not WallSignIn.objects.waiting().filter(pk=made.pk).exists():
        raise OutOfOrder(_("The wall can be opened from one hour before the meeting begins."))
    ledger.record(LedgerAct.WALL_CODE_MADE, by=by, table=meeting.table, subject=made)
    return code


@transaction.atomic
def open_wall(code: str) -> str:
    """The code is typed on the projector's computer: returns the key for its cookie. Raises ``Refused`` where the code opens nothing."""
    made = WallSignIn.objects.waiting().select_for_update(of=("self",)).filter(code_hash=hash_of_code(code)).first()
    if made is None:
        raise Refused(_("This code opens nothing. It counts once, for ten minutes. Ask the chair for a new one."))
    key = secrets.token_urlsafe(32)
    made.key_hash, made.opened_at = hash_of_key(key), clock.now()
    made.save()
    ledger.record(LedgerAct.WALL_OPENED, by=DOOR, table=made.table_id, subject=made)
    return key


def refuse_wall_code() -> None:
    """A code that opens nothing was typed; what was typed is not kept."""
    ledger.record(LedgerAct.SIGN_IN_FAILED, by=DOOR, codes=["wall"])


@transaction.atomic
def end_wall_sign_ins(meeting, *, by) -> int:
    """No computer where nobody is signed in shows the meeting's wall any more; returns how many did."""
    waiting = meeting.wall_sign_ins.select_for_update().filter(ended_at=None)
    ended = [made for made in waiting if made.opened_at]
    ledger.LedgerEntry.objects.bulk_create(ledger.entry(LedgerAct.WALL_ENDED, by=by, table=meeting.table, subject=made) for made in ended)
    meeting.wall_sign_ins.filter(ended_at=None).update(ended_at=clock.now())
    return len(ended)


def hash_of_code(code: str) -> str:
    """How a code is kept: so short a one could be tried out without the server's own secret. How it was typed does not count."""
    plain = "".join(code.upper().split()).replace("-", "")
    return salted_hmac("the wall", plain, algorithm="sha256").hexdigest()


def hash_of_key(key: str) -> str:
    """How a key is kept: 32 random bytes need no salt. When it ends, the database tells the line this hash (``cms_table.live``)."""
    return hashlib.sha256(key.encode()).hexdigest()
