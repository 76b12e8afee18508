"""Close the table from any shell: its server, timers, practice player and Postgres."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cms_table import obstacles
from cms_table.database.embedded import FOR_TESTS, EmbeddedServer
from cms_table.processes import Processes


class Command(BaseCommand):
    help = "End everything that `make run` started; other programs are left alone."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tests", action="store_true", help="close the Postgres of the tests instead")

    def run_from_argv(self, argv: list[str]) -> None:
        with obstacles.named_plainly():
            super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.DATABASES["default"].get("OPTIONS", {}).get("embedded", "")
        if options["tests"]:
            if folder:
                EmbeddedServer(Path(folder).with_name(FOR_TESTS)).stop()
            return
        processes = Processes(settings.VAR)
        ended = processes.end("serve", patience=30)  # it ends its own in order; what is left is ended here
        ended += processes.end()
        if folder:
            ended += EmbeddedServer(folder).stop()
        self.stdout.write("The table is closed." if ended else "The table was not open.")
