"""The table's roles, database and ground rules in Postgres: what the web can never do, whatever a page gets wrong.

``cms_owner`` owns and migrates; ``cms_web`` serves pages and owns nothing; ``cms_keeper`` forgets, through
functions of its own; ``cms_counter`` reads codes for releases and ``cms_public`` reads published cells, each
taken up by the web with SET LOCAL ROLE. All is safe to run again.
"""

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import encrypt_password, make_dsn

from .. import obstacles
from ..obstacles import Obstacle

ROLES = {
    "cms_owner": "LOGIN INHERIT CREATEDB",  # makes the databases of tests
    "cms_web": "LOGIN NOINHERIT NOCREATEDB",
    "cms_keeper": "NOLOGIN NOINHERIT NOCREATEDB",
    "cms_counter": "NOLOGIN NOINHERIT NOCREATEDB",
    "cms_public": "NOLOGIN NOINHERIT NOCREATEDB",
}
# The owner hands functions to the keeper; the web steps into the two that read less than itself.
MEMBERS = {"cms_keeper": "cms_owner", "cms_counter": "cms_web", "cms_public": "cms_web"}


def prepare_roles(connection: Connection, passwords: Mapping[str, str] | None = None) -> None:
    """The five roles, none with a superuser's rights. ``passwords`` by role; none over the embedded server's own socket."""
    if connection.server_version < obstacles.OLDEST_POSTGRES * 10000:
        raise Obstacle(obstacles.POSTGRES_TOO_OLD.format(version=connection.server_version // 10000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        there = dict(cursor.fetchall())
        for role, rights in ROLES.items():
            if there.get(role):
                raise Obstacle(obstacles.TOO_POWERFUL.format(role=role))
            verb = sql.SQL("ALTER ROLE {} ") if role in there else sql.SQL("CREATE ROLE {} ")
            cursor.execute(verb.format(sql.Identifier(role)) + sql.SQL(rights))
        for role, password in (passwords or {}).items():
            # Hashed here, so that the password itself never crosses the wire or reaches the server's log.
            hashed = encrypt_password(password, role, scope=connection, algorithm="scram-sha-256")
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed)))
        for role, member in MEMBERS.items():
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))


def prepare_database(connection: Connection, name: str) -> None:
    """The database, owned by ``cms_owner``; the web may enter it, and those who are not of the table may not."""
    database = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            # A hosted server's administrator is no superuser, and may only give away what it may become.
            cursor.execute("GRANT cms_owner TO CURRENT_USER")
        cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name])
        owned_by = cursor.fetchone()
        if owned_by is None:
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER cms_owner ENCODING 'UTF8' TEMPLATE template0").format(database))
        elif owned_by[0] != "cms_owner":
            cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO cms_owner").format(database))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO cms_web").format(database))


def own_schema(connection: Connection, name: str) -> None:
    """Give the schema ``public`` of a database that was not made here to its owner; an older one may still belong to the administrator."""
    inside = psycopg2.connect(make_dsn(connection.dsn, dbname=name, password=connection.info.password))
    with contextlib.closing(inside), inside, inside.cursor() as cursor:
        cursor.execute("ALTER SCHEMA public OWNER TO cms_owner")


def lay_ground_rules(cursor: Any) -> None:
    """What each role may do with the tables to come. Run as ``cms_owner`` before each migrate, in every database, tests' too."""
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    # Where Postgres knows little of its tables yet, it compiles questions of a page, which then take a third longer (docs/benchmarks.md).
    cursor.execute("SELECT current_database()")
    cursor.execute(sql.SQL("ALTER DATABASE {} SET jit = off").format(sql.Identifier(cursor.fetchone()[0])))
    cursor.execute("GRANT USAGE ON SCHEMA public TO cms_web, cms_keeper, cms_counter, cms_public")
    cursor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cms_web")
    cursor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO cms_web")


def lay_cells(cursor: Any, cells: Iterable[tuple]) -> None:
    """The matrix's cells of words, copied from the file for the second wall. Run as ``cms_owner`` after each migrate."""
    cursor.execute("SELECT to_regclass('situations_wordcell')")
    if cursor.fetchone()[0] is None:
        return  # an older version of the database, on its way up or down
    cells = sorted(cells)
    cursor.execute("SELECT kind, stage, relation, is_written FROM situations_wordcell ORDER BY kind, stage, relation, is_written")
    if cursor.fetchall() != cells:
        cursor.execute("DELETE FROM situations_wordcell")
        cursor.executemany("INSERT INTO situations_wordcell (kind, stage, relation, is_written) VALUES (%s, %s, %s, %s)", cells)
