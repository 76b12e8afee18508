"""Who is asking: one answer for the ledger, and, set at each transaction's start, for the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_member_id: ContextVar[str] = ContextVar("member_id", default="")


def current_member_id() -> str:
    """The id of the member who is asking, as text; empty when nobody is."""
    return _member_id.get()


@contextmanager
def acting_as(member) -> Iterator[None]:
    """Within the block, ``member`` (or nobody, for None) is the one who asks, in Python and in the database."""
    before = _member_id.set(str(member.pk) if member is not None and member.pk else "")
    _tell_the_database()
    try:
        yield
    finally:
        _member_id.reset(before)
        _tell_the_database()


def _tell_the_database() -> None:
    # A new transaction asks by itself (cms_table.database); only one that already runs must be told.
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.member', %s, true)", [current_member_id()])
