import logging
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from agencies import clock
from agencies.actor import also_between_transactions
from agencies.models import PracticeClock
from agencies.turns import Turn, alone
from cms_table import timers
from cms_table.faults import contained

log = logging.getLogger(__name__)
SEALED_EVERY = 1.5  # seconds: by then what came to the ledger is tied to all that was there before


class Command(BaseCommand):
    """The one loop for all timers: mail, calendar, reminders, forgetting."""

    help = "Send waiting mail, keep the calendar planned, remind, forget what is due. Runs until stopped; with --once, a single round."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--every", type=float, default=10, help="seconds between two rounds")

    def handle(self, *args, once, every, **options):
        while True:
            try:
                self._round()
            except (OperationalError, InterfaceError):
                log.warning("The database does not answer; trying again in %s seconds.", every)
            if once:
                return
            close_old_connections()
            self._seal_until(time.monotonic() + every)

    def _seal_until(self, then):
        """Between two rounds the ledger is sealed, again and again; by a lock of its own, so that no other work is held up."""
        while (left := then - time.monotonic()) > 0:
            try:
                with contained(timers.seal):
                    timers.seal()
            except (OperationalError, InterfaceError):
                close_old_connections()  # the next round says so
            time.sleep(min(SEALED_EVERY, left))

    def _round(self):
        with alone(Turn.TIME) as is_alone:
            if not is_alone:
                return
            seconds = (PracticeClock.objects.values_list("seconds", flat=True).first() or 0.0) if settings.PRACTICE else 0.0
            with clock.moved_by(seconds), also_between_transactions():
                timers.run_once()
