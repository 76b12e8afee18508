"""One at a time in a database: locks that end with the process that holds them, however that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Turn(IntEnum):
    """What only one process at a time may do; the numbers are the database's own and stand nowhere else."""

    TIME = 0x7AB1E  # lets time pass: the timers, or the player of a practice season
    SEASON = 0x7AB1F  # plays a practice season
    MORNING = 0x7AB20  # lays out a newcomer's first morning
    PROOF = 0x7AB21  # proves the settings


@contextmanager
def alone(turn: Turn) -> Iterator[bool]:
    """Within the block nobody else has this turn in this database; False, at once, when somebody already has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [turn])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone:
            _give_back(turn)


@contextmanager
def waited_for(turn: Turn) -> Iterator[None]:
    """Within the block nobody else has this turn in this database; begins when whoever has it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [turn])
    try:
        yield
    finally:
        _give_back(turn)


def wait_until_the_transaction_ends(turn: Turn) -> None:
    """From here to the end of the open transaction nobody else has this turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])


def is_taken(turn: Turn) -> bool:
    """Whether somebody has this turn in this database now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database WHERE locktype = 'advisory'"
            " AND datname = current_database() AND classid = 0 AND objid = %s AND granted)",
            [turn],
        )
        return cursor.fetchone()[0]


def _give_back(turn: Turn) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [turn])
