"""One proof at a time in a database: an advisory lock, which ends with the process that holds it, however that ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

ONE_PROOF = 0x7AB20  # beside those of the clock and of the player of a season


@contextmanager
def alone() -> Iterator[bool]:
    """Within the block nobody else proves in this database; False when somebody already does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_PROOF])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_PROOF])


def is_held() -> bool:
    """Whether somebody proves in this database now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database WHERE locktype = 'advisory'"
            " AND datname = current_database() AND classid = 0 AND objid = %s AND granted)",
            [ONE_PROOF],
        )
        return cursor.fetchone()[0]
