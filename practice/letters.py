"""The letter box of a practice table: what would leave as mail is kept in a folder, and every sign-in can read it."""

import email
import email.policy
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

SHOWN = 40  # the newest; older ones stay in the folder
LINK = re.compile(r"https?://\S+")


def _folder() -> Path:
    return settings.VAR / "letters"


class LetterBox(BaseEmailBackend):
    """Where mail goes in practice, unless EMAIL_URL says otherwise."""

    def send_messages(self, email_messages) -> int:
        """Keep each message as a file, named so that the newest comes last; returns how many."""
        _folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            written = message.message()
            at = parsedate_to_datetime(written["Date"])
            (_folder() / f"{at:%Y%m%dT%H%M%S}-{uuid.uuid4().hex}.eml").write_bytes(written.as_bytes())
        return len(email_messages)


@dataclass
class Letter:
    """One letter as a page shows it; ``links`` are the paths to which it leads, each once."""

    to: str
    subject: str
    at: datetime  # aware: a page says it in the table's zone
    paragraphs: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def newest() -> list[Letter]:
    """The letters that were kept last, the newest first; none before the first."""
    kept = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(path.read_bytes()) for path in kept]


def throw_away() -> None:
    """The letters of a season that is wiped go with it: their links lead nowhere."""
    for path in _folder().glob("*.eml"):
        path.unlink()


def _read(written: bytes) -> Letter:
    message = email.message_from_bytes(written, policy=email.policy.default)
    body = message.get_body(("plain",))
    words = body.get_content() if body else ""
    links = dict.fromkeys(link.removeprefix(settings.SITE_ADDRESS) for link in LINK.findall(words))
    own = [link for link in links if link.startswith("/")]
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", LINK.sub("", words)) if part.strip()]
    return Letter(str(message["To"]), str(message["Subject"]), _when(message["Date"]), paragraphs, own)


def _when(date: str) -> datetime:
    """The moment of a letter; "-0000", which says UTC and no place, is read as a moment without a zone."""
    at = parsedate_to_datetime(date)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
