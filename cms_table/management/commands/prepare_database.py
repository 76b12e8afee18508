"""Prepare a given Postgres server for the table: roles, database, ground rules, migrations, vocabulary."""

import contextlib
from typing import Any

import environ
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms_table import obstacles
from cms_table.database import preparation
from cms_table.obstacles import Obstacle


class Command(BaseCommand):
    help = "Prepare the server of DATABASE_URL, as its administrator (DATABASE_ADMIN_URL). Safe to run again."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        with obstacles.named_plainly():
            super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        admin_url = environ.Env().str("DATABASE_ADMIN_URL", default="")
        for variable, given in (
            ("DATABASE_ADMIN_URL", admin_url),
            ("DATABASE_URL", settings.DATABASE_URL),
            ("DATABASE_OWNER_URL", settings.DATABASE_OWNER_URL),
        ):
            if not given:
                raise Obstacle(obstacles.URL_MISSING.format(variable=variable))
        web, owner = settings.DATABASES["default"], settings.DATABASES["owner"]
        for variable, given, role in (("DATABASE_URL", web, "cms_web"), ("DATABASE_OWNER_URL", owner, "cms_owner")):
            if given["USER"] != role:
                raise Obstacle(obstacles.WRONG_ROLE.format(variable=variable, given=given["USER"], role=role))
        if (web["HOST"], web["PORT"], web["NAME"]) != (owner["HOST"], owner["PORT"], owner["NAME"]):
            raise Obstacle(obstacles.TWO_DATABASES)
        self.prepare(environ.Env.db_url_config(admin_url), web["NAME"], {"cms_web": web["PASSWORD"], "cms_owner": owner["PASSWORD"]})
        call_command("migrate", verbosity=options["verbosity"])
        call_command("load_vocabulary", verbosity=0)
        self.stdout.write("The database is prepared: start the table with `make run`.")

    def prepare(self, admin: dict[str, Any], name: str, passwords: dict[str, str]) -> None:
        """What only the administrator may do."""
        address = {
            "dbname": admin["NAME"] or "postgres",
            "user": admin["USER"],
            "password": admin["PASSWORD"],
            "host": admin["HOST"],
            "port": admin["PORT"],
        }
        connection = psycopg2.connect(**{word: given for word, given in address.items() if given}, **admin.get("OPTIONS", {}))
        connection.autocommit = True
        try:
            with contextlib.closing(connection):
                preparation.prepare_roles(connection, {role: password for role, password in passwords.items() if password})
                preparation.prepare_database(connection, name)
                preparation.own_schema(connection, name)
        except psycopg2.errors.InsufficientPrivilege:
            raise Obstacle(obstacles.ADMIN_TOO_WEAK) from None
