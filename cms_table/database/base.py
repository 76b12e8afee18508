"""Django's door to Postgres: it starts the embedded server when one is asked for, and tells the database who is asking.

Row-level security reads who asks (``who_asks()``), and ``table_now()`` reads ``app.clock_offset``. Both are told at the
beginning of every transaction of the web's role and end with it: middleware could not, since it runs outside
of ATOMIC_REQUESTS.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base, creation, operations

from agencies import actor, clock

from ..obstacles import Obstacle
from .embedded import FOR_TESTS, PORT, EmbeddedServer

WHO_ASKS_AND_WHEN = "SELECT who_asks(%s, %s, %s)"


class DatabaseOperations(operations.DatabaseOperations):
    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """Emptying tables is the owner's act: the web may not TRUNCATE."""
        # A connection under no name of its own: tests bar the owner's, and mean their own words, not this.
        owner = connections["owner"].copy(alias=NO_DB_ALIAS)
        owner.set_autocommit(False)
        with contextlib.closing(owner), owner.cursor() as cursor:
            for statement in sql_list:
                cursor.execute(statement)
            owner.commit()


class DatabaseCreation(creation.DatabaseCreation):
    """The tests' database: on a server of its own, made and migrated by the owner, entered by the web."""

    def create_test_db(self, verbosity: int = 1, autoclobber: bool = False, serialize: bool | None = True, keepdb: bool = False) -> str:
        if self.connection.alias == "owner":
            return super().create_test_db(verbosity, autoclobber, serialize, keepdb)
        owner = connections["owner"]
        for connection in (self.connection, owner):
            connection.close()
            options = connection.settings_dict["OPTIONS"]
            if "embedded" in options:
                options["embedded"] = str(Path(options["embedded"]).with_name(FOR_TESTS))
        name = owner.creation.create_test_db(verbosity, autoclobber, False, keepdb)
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        if serialize:
            self.connection._test_serialized_contents = self.serialize_db_to_string()  # type: ignore[attr-defined]
        self.connection.ensure_connection()
        return name

    def destroy_test_db(
        self, old_database_name: str | None = None, verbosity: int = 1, keepdb: bool = False, suffix: str | None = None
    ) -> None:
        if self.connection.alias == "owner":
            super().destroy_test_db(old_database_name, verbosity, keepdb, suffix)
            return
        self.connection.close()
        connections["owner"].creation.destroy_test_db(old_database_name, verbosity, keepdb, suffix)
        if old_database_name is not None:
            settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = old_database_name


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        folder = params.pop("embedded", None)
        return params | {"host": str(EmbeddedServer(folder).socket_folder), "port": PORT} if folder else params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; where the table keeps its own server, that is started first if it does not answer."""
        folder = self.settings_dict["OPTIONS"].get("embedded")
        if not folder:
            return super().get_new_connection(conn_params)
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            server = EmbeddedServer(folder)
        try:
            server.start(database=conn_params["dbname"])
        except Obstacle as obstacle:
            raise self.Database.OperationalError(str(obstacle)) from obstacle
        return super().get_new_connection(conn_params | {"host": str(server.socket_folder)})

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Begin a transaction, and say in the same breath who asks and what time it is; one statement, one round trip."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if autocommit or self.settings_dict["USER"] != "cms_web":
            return
        try:
            # The driver's own cursor: this belongs to BEGIN and is not one of the page's queries.
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(WHO_ASKS_AND_WHEN, [actor.current_member_id(), str(clock.offset_seconds()), actor.current_work()])
        except Exception:
            self.close()  # otherwise it would stay outside of autocommit, in a transaction that nobody ends
            raise
