"""Fill a practice database for measurements."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.actor import also_between_transactions, for_the_table
from practice import ground, load


class Command(BaseCommand):
    help = "Copy a played season until the practice database holds so many situations; for `make bench`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--situations", type=int, default=2500, help="how many situations there are afterwards")

    def handle(self, *args: Any, situations: int, **options: Any) -> None:
        began = time.monotonic()
        try:
            with also_between_transactions(), for_the_table("practice"):
                made = load.fill(situations, tell=lambda words: self.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}"))
        except ground.NotHere as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(f"{made} situations were copied in {time.monotonic() - began:.0f} seconds.")
