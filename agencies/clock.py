"""The table's clock, one in Python and the database; only test and practice databases may move it.

``table_now()`` in the database heeds the offset only where a ``PracticeClock`` row stands, and the web's role may not
make one: in a real installation the clock cannot be moved.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils import timezone
from psycopg2.extensions import TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_UNKNOWN

_offset: ContextVar[float] = ContextVar("clock_offset", default=0.0)


class TableNow(Func):
    """The database's ``table_now()``: the moment by which rights begin and end."""

    function = "table_now"
    template = "%(function)s()"
    output_field = DateTimeField()


def offset_seconds() -> float:
    """By how many seconds the clock was moved; 0 in every real installation."""
    return _offset.get()


def now() -> datetime:
    """The present moment of the table, aware, in UTC."""
    return timezone.now() + timedelta(seconds=_offset.get())


def today_began(table) -> datetime:
    """Midnight of this day by the table's wall clock."""
    return datetime.combine(timezone.localtime(now(), table.zone).date(), time.min, tzinfo=table.zone)


@contextmanager
def moved_by(seconds: float) -> Iterator[None]:
    """Within the block the clock stands ``seconds`` from the real one, in Python and in the database."""
    before = _offset.set(float(seconds))
    _tell_the_database()
    try:
        yield
    finally:
        _offset.reset(before)
        _tell_the_database()


def moved_to(moment: datetime):
    """Within the block it is ``moment`` (aware), and time goes on from there."""
    return moved_by((moment - timezone.now()).total_seconds())


def takes_a_word() -> bool:
    """Whether the database can be told anything now: after an error it takes no word until the rollback, and none once it is gone.

    Nothing is left unsaid by it: the rollback sets back what was said since its beginning. And the error stays the one that is read.
    """
    driven = connection.connection  # None before the first question
    failed = (TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_UNKNOWN)
    return not connection.needs_rollback and (driven is None or driven.info.transaction_status not in failed)


def _tell_the_database() -> None:
    if connection.in_atomic_block and takes_a_word():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.clock_offset', %s, true)", [str(offset_seconds())])
