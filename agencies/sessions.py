"""Sessions know their member, so that the end of a membership ends them in the same transaction (ASVS 5.0, 7.4.2).

They end when nobody acted for the session's own ``idle`` seconds and a sixth, by the server's own clock: a session that is written
for another reason, such as a message to its reader, does not last a second longer for it.
"""

import time
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from agencies.models import SignIn


def lasts(idle: int) -> int:
    """Seconds from the last act to the end. A page in use says so once in a sixth of its idle time: until then it must not end."""
    return idle * 7 // 6


def ends_at(session) -> float:
    """When the session ends if nobody acts any more, in seconds since 1970."""
    idle = session.get("idle", settings.IDLE_SECONDS)
    return min(
        session.get("renewed", time.time()) + lasts(idle),
        session.get("began", time.time()) + settings.SESSION_LONGEST,
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)


class SessionStore(DatabaseSessions):
    """Django's own, with the columns of ``SignIn`` filled in from what the session holds."""

    @classmethod
    def get_model_class(cls):
        return SignIn

    def create_model_instance(self, data):
        """The row to be written; columns repeat what the session holds, so that neither can fall behind the other."""
        return SignIn(
            session_key=self._get_or_create_session_key(),
            session_data=self.encode(data),
            expire_date=_moment(ends_at(data)),
            member_id=UUID(data[SESSION_KEY]) if SESSION_KEY in data else None,
            mark=UUID(data["mark"]) if "mark" in data else None,
            device=data.get("device", ""),
            began_at=_moment(data.get("began")),
            seen_at=_moment(data.get("renewed")),
        )
