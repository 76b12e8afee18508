"""Bring the database to this version: always as its owner, since the web's role may not."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from cms_table import obstacles
from cms_table.database.preparation import lay_cells, lay_ground_rules
from situations.disclosure import word_cells


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def run_from_argv(self, argv: list[str]) -> None:
        with obstacles.named_plainly():
            super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        role = connection.settings_dict["USER"]
        if role == "cms_web":
            raise obstacles.Obstacle(obstacles.MIGRATIONS_MISSING)
        if role != "cms_owner":
            raise obstacles.Obstacle(obstacles.WRONG_ROLE.format(variable="DATABASE_OWNER_URL", given=role, role="cms_owner"))
        if not (options["plan"] or options["check_unapplied"]):
            with connection.cursor() as cursor:
                lay_ground_rules(cursor)
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            with connection.cursor() as cursor:
                lay_cells(cursor, word_cells())
