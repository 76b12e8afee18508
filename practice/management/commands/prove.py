"""Prove the settings of a practice copy: the same as its page "Prove my settings"."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.models import SituationTable
from agencies.turns import Turn, alone
from practice import ground
from practice.proof import notes, run

RUNS_ALREADY = "A proof is running in this database: wait until it is done."


class Command(BaseCommand):
    help = "Play a situation at each stage at a table with these settings, open every page as everyone, compare with the matrix."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", help="the table's name in English or French; without it the first one is proven")
        parser.add_argument("--asked", action="store_true", help="prove what somebody asked for on the page")

    def handle(self, *args: Any, table: str | None, asked: bool, **options: Any) -> None:
        if not settings.PRACTICE or not ground.has_a_clock():
            raise CommandError("Settings are proven in a practice copy, never at a real table.")
        proven = _asked_for() if asked else _named(table)
        if proven is None:
            raise CommandError("There is no such table here.")
        with alone(Turn.PROOF) as is_alone:
            if not is_alone:
                raise CommandError(RUNS_ALREADY)
            ground.be_modest()
            notes.begin(proven)
            with run.as_the_table():
                report = run.prove(proven, tell=lambda **far: notes.tell(proven, **far))
            notes.keep(proven, report)
        self._say(report)

    def _say(self, report: dict) -> None:
        for wrong in report["wrong"]:
            self.stdout.write(" ".join([wrong["stage"], wrong["who"], wrong["datum"], wrong["what"], *wrong["addresses"]]))
        verdict = "as decided" if report["is_as_decided"] else f"not as decided: {len(report['wrong'])}"
        self.stdout.write(f"{len(report['stages'])} stages in {report['seconds']} seconds: {verdict}.")
        if not report["is_as_decided"]:
            sys.exit(1)


def _named(name: str | None) -> SituationTable | None:
    tables = list(SituationTable.objects.all())
    return next((table for table in tables if name in (None, table.name_en, table.name_fr)), None)


def _asked_for() -> SituationTable | None:
    wanted = notes.asked()
    return SituationTable.objects.filter(pk=wanted["table"]).first() if wanted else None
