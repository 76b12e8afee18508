"""Keys and ciphertext: the only room that knows how words are sealed.

Each situation has a key of its own (AES-256-GCM); it is wrapped by a key that lies in a folder outside the database
(``SEALING_KEYS``). A text is bound to its situation, row and kind, so that it cannot be moved to another.
What somebody typed and has not sent yet belongs to no situation: it travels in its own page, as an envelope.
"""

import base64
import hashlib
import hmac
import os
import secrets
from datetime import datetime
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.access import Refused
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
    """The text of one kind, or '' where none was written. Raises ``Unreadable`` when it cannot be read."""
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
    except (InvalidTag, ValueError, Refused) as broken:
        raise Unreadable from broken


ENVELOPE = b"typed, not yet sent"


def _key_of_envelopes(name: str) -> bytes:
    """A key of its own, made from a wrapping key: what seals pages never touches the situations' keys."""
    return hmac.digest(_wrapping_key(name), ENVELOPE, hashlib.sha256)


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
    """When the latest text of one kind was sealed; None where none was written."""
    return SealedText.objects.filter(situation=situation, kind=kind).aggregate(latest=Max("written_at"))["latest"]


def has_words(situation) -> bool:
    """Whether any word or the key of the situation is still there."""
    return SealedText.objects.filter(situation=situation).exists() or SituationKey.objects.filter(situation=situation).exists()


_SINGLE = frozenset({"why_now", "identifiers", "plan"})


def _place(row) -> bytes:
    return f"{row.table_id}/{row.situation_id}/{row.pk}/{row.kind}".encode()


def _unwrapped(kept, situation) -> bytes:
    wrapped = bytes(kept.wrapped)
    try:
        return AESGCM(_wrapping_key(kept.wrapped_with)).decrypt(wrapped[:NONCE], wrapped[NONCE:], str(situation.pk).encode())
    except InvalidTag as broken:
        raise Unreadable from broken


def _key_to_write_with(situation) -> bytes:
    kept = SituationKey.objects.filter(situation=situation).first()
    if kept is not None:
        return _unwrapped(kept, situation)
    key = AESGCM.generate_key(256)
    nonce, name = secrets.token_bytes(NONCE), newest_wrapping_key()
    wrapped = nonce + AESGCM(_wrapping_key(name)).encrypt(nonce, key, str(situation.pk).encode())
    SituationKey.objects.create(
        situation=situation, table_id=situation.table_id, wrapped=wrapped, wrapped_with=name, created_at=clock.now()
    )
    return key


def newest_wrapping_key() -> str:
    """The name of the wrapping key that new situations use; the first is made where none lies yet."""
    folder = settings.SEALING_KEYS
    names = sorted(path.stem for path in folder.glob("*.key")) if folder.is_dir() else []
    if names:
        return names[-1]
    if SituationKey.objects.exists():
        raise Refused(_("The wrapping keys are not where they belong. Put them back before anything is written."))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "0001.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(AESGCM.generate_key(256))
    return "0001"


@cache
def _wrapping_key(name: str) -> bytes:
    try:
        return (settings.SEALING_KEYS / f"{name}.key").read_bytes()
    except OSError as missing:
        raise Refused(_("The wrapping keys are not where they belong. Put them back before anything is read.")) from missing
