"""Play a practice season: an invented town sits at its tables, up to this moment."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.actor import also_between_transactions, for_the_table
from agencies.turns import Turn, alone, waited_for
from practice import ground, players, progress, signins


class Command(BaseCommand):
    help = "Play a practice season through the lifecycles, up to this moment. A season that was interrupted starts over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when a season is played, or is being played")
        parser.add_argument("--fresh", action="store_true", help="wipe the practice database first")
        parser.add_argument("--seed", type=int, default=players.SEED, help="another seed plays another season")
        parser.add_argument("--weeks", type=int, default=players.YEAR, help="how many weeks are played")

    def handle(self, *args: Any, if_empty: bool, fresh: bool, seed: int, weeks: int, **options: Any) -> None:
        if not if_empty:
            call_command("migrate", verbosity=0)
            call_command("load_vocabulary", verbosity=0)
        try:
            ground.set_up_the_clock()
            with alone(Turn.SEASON) as is_alone, also_between_transactions(), for_the_table("practice"):
                self._play(is_alone, if_empty=if_empty, fresh=fresh, seed=seed, weeks=weeks)
        except ground.NotHere as reason:
            raise CommandError(str(reason)) from None

    def _play(self, is_alone: bool, *, if_empty: bool, fresh: bool, seed: int, weeks: int) -> None:
        if not is_alone:
            if if_empty:
                return
            raise CommandError("A season is being played in this database: wait until it is done, or close the table with `make stop`.")
        if ground.holds_a_table() and not (fresh or progress.was_interrupted()):
            if if_empty:
                return
            raise CommandError("A season is played here already: add --fresh to wipe it and play another.")
        began = time.monotonic()
        ground.be_modest()
        with waited_for(Turn.TIME):
            if ground.holds_a_table():
                progress.tell(0)
                ground.wipe()
            players.play(password=signins.password(), seed=seed, weeks=weeks, tell=progress.tell)
        progress.is_done()
        if not if_empty:
            self.stdout.write(f"The season is played, in {time.monotonic() - began:.0f} seconds. Practice sign-ins:")
            self.stdout.write("\n".join(signins.lines()))
