"""The second wall pulled down for a moment, in the bench's own database only: what it costs is the same page with and without it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cms_table.database.embedded import EmbeddedServer

WALLED = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY 1"
# Who asks, and by which clock, is still said at each transaction's start, as before there was a wall; how one stands is not worked out.
ONLY_SAID = """
ALTER FUNCTION who_asks(text, text, text, boolean) RENAME TO who_asks_behind_the_wall;
CREATE FUNCTION who_asks(asking text, clock_offset text, work text, is_local boolean DEFAULT true) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.member', asking, is_local), set_config('app.work', work, is_local),
        set_config('app.clock_offset', clock_offset, is_local);
END
$$;
"""
ASKED_AGAIN = """
DROP FUNCTION who_asks(text, text, text, boolean);
ALTER FUNCTION who_asks_behind_the_wall(text, text, text, boolean) RENAME TO who_asks;
"""


@contextlib.contextmanager
def is_down(var: Path, database: str) -> Iterator[None]:
    """Within the block the walled tables of the bench under ``var`` have no policies; afterwards they stand as before."""
    connection = EmbeddedServer(var / "postgres").connect(database=database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(WALLED)
            tables = [name for (name,) in cursor.fetchall()]
            try:
                _switch(cursor, tables, "DISABLE")
                cursor.execute(ONLY_SAID)
                yield
                cursor.execute(ASKED_AGAIN)
            finally:
                _switch(cursor, tables, "ENABLE")
    finally:
        connection.close()


def _switch(cursor, tables: list[str], how: str) -> None:
    """One table after the other: all of them in one statement would wait for the timers, and they for it."""
    for name in tables:
        cursor.execute(f"ALTER TABLE {name} {how} ROW LEVEL SECURITY")
