"""Which database a season may be played in, and how it is made ready: only where the practice clock stands."""

import contextlib
import os

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from agencies import vocabulary
from agencies.models import PracticeClock, SituationTable
from practice import letters
from situations.models import Tombstone, WordCell

HOUSE = ("agencies", "situations", "responses", "meetings", "reports", "practice", "account", "mfa", "sessions")
# The clock goes on; the matrix's cells stand as migrating laid them; tombstones stand in the list beside the keys, too, and without
# them the next start would take the database for an older state of itself, and forget again what is long gone.
STAYS = (PracticeClock, WordCell, Tombstone)
NOT_PRACTICE = "This database holds a real table: practice leaves it alone. Set PRACTICE=0, or name another database."
NO_OWNER = "The practice clock could not be set up: set DATABASE_OWNER_URL to an address that signs in as cms_owner."


class NotHere(Exception):
    """A season cannot be played in this database; its text says why, and what to do."""


def holds_a_table() -> bool:
    return SituationTable.objects.exists()


def has_a_clock() -> bool:
    """Whether this is a practice database: only the owner can set up its clock, and does so in an empty one."""
    return PracticeClock.objects.exists()


def set_up_the_clock() -> None:
    """Make an empty database a practice one. Raises ``NotHere`` for a real table's, and where the owner may not be asked."""
    if not settings.PRACTICE:
        raise NotHere("This is not a practice installation: PRACTICE is 0, so nothing is played here.")
    if has_a_clock():
        return
    if holds_a_table():
        raise NotHere(NOT_PRACTICE)
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("INSERT INTO agencies_practiceclock (id, seconds) VALUES (1, 0) ON CONFLICT DO NOTHING")
    except DatabaseError as refused:
        raise NotHere(NO_OWNER) from refused


def tables_of_the_house() -> set[str]:
    """The tables that a fresh season empties, all but ``STAYS``."""
    models = [model for app in HOUSE for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.db_table for model in models if model._meta.managed} - {model._meta.db_table for model in STAYS}


def wipe() -> None:
    """Everything in a practice database is gone, for a fresh season; vocabularies are as on the first day. Raises ``NotHere``."""
    if not settings.PRACTICE or not has_a_clock():
        raise NotHere(NOT_PRACTICE)
    owner = connections["owner"]
    try:
        with transaction.atomic(using="owner"), owner.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(owner.ops.quote_name(name) for name in sorted(tables_of_the_house()))}")
    except DatabaseError as refused:
        raise NotHere(NO_OWNER) from refused
    PracticeClock.objects.update(seconds=0)
    letters.throw_away()
    vocabulary.load()


def be_modest() -> None:
    """Whoever plays lets the pages go first, and does not wait for the disk: what a power cut takes is played again."""
    with contextlib.suppress(OSError):
        os.nice(10)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
