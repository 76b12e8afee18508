"""Keys and ciphertext: the only room that knows how words are sealed.

Each situation has a key of its own (AES-256-GCM); it is wrapped by a key that lies in a folder outside the database
(``keyring.py``), and wrapped anew when that one turns. A text is bound to its situation, row and kind, so that it cannot be
moved to another.
What somebody typed and has not sent yet belongs to no situation: it travels in its own page, as an envelope.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from agencies import clock
from situations import keyring
from situations.keyring import OutOfReach
from situations.models import SealedText, SituationKey

NONCE = 12  # bytes, as AES-GCM asks


class Unreadable(Exception):
    """A sealed text whose key is gone, or which was not sealed for this place."""


def seal(situation, *, kind, text: str, by) -> SealedText:
    """Write ``text`` under the situation's key; a later text of the same kind replaces the earlier one."""
    key = _key_to_write_with(situation)
    row = SealedText.objects.filter(situation=situation, kind=kind).first() if kind in _SINGLE else None
    row = row or SealedText(situation=situation, table_id=situation.table_id, kind=kind)
    nonce = secrets.token_bytes(NONCE)
    row.ciphertext = nonce + AESGCM(key).encrypt(nonce, text.encode(), _place(row))
    row.written_by, row.written_at = by, clock.now()
    row.save()
    return row


def unseal(situation, kind) -> str:
    """The text of one kind, or '' where none was written. Raises ``Unreadable`` when it cannot be read, ``OutOfReach`` when not now."""
    kept = SituationKey.objects.filter(situation=OuterRef("situation"))
    keys = {"wrapped": Subquery(kept.values("wrapped")), "wrapped_with": Subquery(kept.values("wrapped_with"))}
    row = SealedText.objects.filter(situation=situation, kind=kind).annotate(**keys).order_by("-written_at").first()
    if row is None:
        return ""
    if row.wrapped is None:  # type: ignore[attr-defined]  # annotated above
        raise Unreadable
    sealed = bytes(row.ciphertext)
    try:
        return AESGCM(_unwrapped(row, situation)).decrypt(sealed[:NONCE], sealed[NONCE:], _place(row)).decode()
    except InvalidTag as broken:
        raise Unreadable from broken


def envelope(text: str) -> str:
    """``text`` sealed under the newest wrapping key, in letters that a page may carry; it can be opened as long as that key is kept."""
    name, nonce = newest_wrapping_key(), secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(_key_of_envelopes(name)).encrypt(nonce, text.encode(), ENVELOPE)
    return f"{name}.{base64.urlsafe_b64encode(sealed).decode()}"


def opened(letters: str) -> str:
    """The text of an ``envelope``. Raises ``Unreadable`` when it was not sealed here, was changed, or its key is gone."""
    name, _dot, rest = letters.partition(".")
    if not name.isdecimal():
        raise Unreadable
    try:
        sealed = base64.urlsafe_b64decode(rest)
        return AESGCM(_key_of_envelopes(name)).decrypt(sealed[:NONCE], sealed[NONCE:], ENVELOPE).decode()
    except (InvalidTag, ValueError, OutOfReach) as broken:
        raise Unreadable from broken


ENVELOPE = b"typed, not yet sent"


def _key_of_envelopes(name: str) -> bytes:
    """A key of its own, made from a wrapping key: what seals pages never touches the situations' keys."""
    return hmac.digest(keyring.key(name), ENVELOPE, hashlib.sha256)


def sealed_with(key: bytes, text: str, *, place: bytes) -> str:
    """``text`` sealed under a key that somebody else keeps, in letters for a column; ``place`` says for what it was sealed."""
    nonce = secrets.token_bytes(NONCE)
    return base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), place)).decode()


def opened_with(key: bytes, letters: str, *, place: bytes) -> str:
    """The text of ``sealed_with``. Raises ``Unreadable`` under another key, from another place, and where it was changed."""
    try:
        sealed = base64.urlsafe_b64decode(letters)
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place).decode()
    except (InvalidTag, ValueError) as broken:
        raise Unreadable from broken


def written_at(situation, kind) -> datetime | None:
    """When the latest text of one kind was sealed; None where none was written. It is asked of the keeper: no word is read."""
    return _asked_of_the_keeper("SELECT words_written_at(%s, %s)", situation.pk, kind)


def has_words(situation) -> bool:
    """Whether any word or the key of the situation is still there, whoever asks."""
    return _asked_of_the_keeper("SELECT words_left(%s)", situation.pk)


def _asked_of_the_keeper(question: str, *about):
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return cursor.fetchone()[0]


_SINGLE = frozenset({"why_now", "identifiers", "plan"})


def _place(row) -> bytes:
    return f"{row.table_id}/{row.situation_id}/{row.pk}/{row.kind}".encode()


def _unwrapped(kept, situation) -> bytes:
    wrapped = bytes(kept.wrapped)
    try:
        return AESGCM(keyring.key(kept.wrapped_with)).decrypt(wrapped[:NONCE], wrapped[NONCE:], _owner(situation.pk))
    except InvalidTag as broken:
        raise Unreadable from broken


def _wrapped(key: bytes, name: str, *, situation_id) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(keyring.key(name)).encrypt(nonce, key, _owner(situation_id))


def _owner(situation_id) -> bytes:
    return str(situation_id).encode()


def _key_to_write_with(situation) -> bytes:
    kept = SituationKey.objects.filter(situation=situation).first()
    if kept is not None:
        return _unwrapped(kept, situation)
    key, name = AESGCM.generate_key(256), newest_wrapping_key()
    wrapped = _wrapped(key, name, situation_id=situation.pk)
    SituationKey.objects.create(
        situation=situation, table_id=situation.table_id, wrapped=wrapped, wrapped_with=name, created_at=clock.now()
    )
    return key


def newest_wrapping_key() -> str:
    """The name of the wrapping key that new situations use; the first is made where none lies yet. Raises ``OutOfReach``."""
    if names := keyring.names():
        return names[-1]
    if is_wrapped():  # a first key beside words that are already sealed would hide that theirs are away
        raise OutOfReach
    return keyring.make()


def is_wrapped(name: str | None = None) -> bool:
    """Whether the key of any situation is wrapped by this one, or by any. The keeper is asked: a wrong no would lose words."""
    return _asked_of_the_keeper("SELECT is_wrapped(%s)", name)


@transaction.atomic
def wrap_anew(name: str, *, most: int = 500) -> int:
    """Up to ``most`` situations' keys that another key wraps are wrapped by ``name``; returns how many. What cannot be unwrapped stays."""
    others = [each for each in keyring.names() if each != name]
    found = list(SituationKey.objects.select_for_update(skip_locked=True).filter(wrapped_with__in=others).order_by("pk")[:most])
    anew = [each for each in found if _is_wrapped_anew(each, name)]
    SituationKey.objects.bulk_update(anew, ["wrapped", "wrapped_with"])
    return len(anew)


def _is_wrapped_anew(kept, name: str) -> bool:
    try:
        key = _unwrapped(kept, kept)  # it bears its situation's own primary key
    except (Unreadable, OutOfReach):
        return False
    kept.wrapped, kept.wrapped_with = _wrapped(key, name, situation_id=kept.pk), name
    return True
