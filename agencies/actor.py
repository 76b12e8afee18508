"""Who is asking: one answer for the ledger, and, set at each transaction's start, for the database.

The second wall (docs/decisions/0022) shows a member what the table decided that this member may know. Some pages hold what no
single right gives – the minutes, an agenda's lines, an agency's own counts – and some work is nobody's, such as the timers'. These
ask for the table: each by its name, in the fewest lines, and ``tests/test_second_wall.py`` holds the list of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from agencies.clock import offset_seconds, takes_a_word

_member_id: ContextVar[str] = ContextVar("member_id", default="")
_work: ContextVar[str] = ContextVar("work", default="")
_between: ContextVar[bool] = ContextVar("between", default=False)


def current_member_id() -> str:
    """The id of the member who is asking, as text; empty when nobody is."""
    return _member_id.get()


def current_work() -> str:
    """For which work of its own the table is asking; empty when a member asks, or nobody."""
    return _work.get()


@contextmanager
def acting_as(member) -> Iterator[None]:
    """Within the block, ``member`` (or nobody, for None) is the one who asks, in Python and in the database."""
    before = _member_id.set(str(member.pk) if member is not None and member.pk else "")
    work_before = _work.set("")
    tell_the_database()
    try:
        yield
    finally:
        _member_id.reset(before)
        _work.reset(work_before)
        tell_the_database()


@contextmanager
def for_the_table(work: str) -> Iterator[None]:
    """Within the block the table itself asks, for a ``work`` of its own; who acts stays the same for the ledger."""
    before = _work.set(work)
    _tell_the_work()
    try:
        yield
    finally:
        _work.reset(before)
        _tell_the_work()


@contextmanager
def also_between_transactions() -> Iterator[None]:
    """Within the block who asks is said between transactions, too: for timers and commands, which read before they act.

    A page has no need of it: its whole view is one transaction. So nothing is left on a connection that the next page takes up.
    """
    before = _between.set(True)
    try:
        yield
    finally:
        _between.reset(before)


def tell_the_database() -> None:
    """Say again who asks, where a transaction already runs: a new one asks by itself (cms_table.database)."""
    if _is_to_be_told():
        with connection.cursor() as cursor:
            given = [current_member_id(), str(offset_seconds()), current_work(), connection.in_atomic_block]
            cursor.execute("SELECT who_asks(%s, %s, %s, %s)", given)


def _tell_the_work() -> None:
    if _is_to_be_told():
        connection.ensure_connection()
        # The driver's own cursor, as at BEGIN: who asks is not one of the page's questions.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.work', %s, %s)", [current_work(), connection.in_atomic_block])


def _is_to_be_told() -> bool:
    return (connection.in_atomic_block or _between.get()) and takes_a_word()
