"""What only the owner of the tables can do, in a transaction of its own that ends at once; a test takes it back."""

import contextlib

import psycopg2
from django.db import connections


def connected_as(alias: str):
    """A connection of its own, as the role of ``alias``; the driver's, so that no test's transaction is around it."""
    given = connections[alias].get_connection_params()
    return psycopg2.connect(**{name: given[name] for name in ("dbname", "user", "host", "port", "password") if given.get(name)})


def as_owner(statement: str) -> None:
    with contextlib.closing(connected_as("owner")) as owner, owner, owner.cursor() as cursor:
        cursor.execute(statement)
