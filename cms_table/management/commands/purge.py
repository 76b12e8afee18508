"""Forget what is due now, or say what will be."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from agencies import clock
from agencies.actor import also_between_transactions, for_the_table
from agencies.models import PracticeClock
from cms_table import forgetting, obstacles

WHAT = {forgetting.DRAFT: "a draft", forgetting.WORDS: "words and plan", forgetting.CODES: "coded facts"}


class Command(BaseCommand):
    help = "Forget what is due: drafts, words, coded facts. With --dry-run, say what is due within 30 days, and change nothing."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what is due, and change nothing")
        parser.add_argument("--days", type=int, default=30, help="with --dry-run: how far ahead (30)")

    def run_from_argv(self, argv):
        with obstacles.named_plainly():
            super().run_from_argv(argv)

    def handle(self, *args, dry_run, days, **options):
        seconds = PracticeClock.objects.values_list("seconds", flat=True).first() or 0.0
        with clock.moved_by(clock.offset_seconds() + seconds), also_between_transactions(), for_the_table("purge"):
            if not dry_run:
                self.stdout.write(f"Forgotten: {forgetting.forget_what_is_due(by='purge')}.")
                return
            found = sorted(forgetting.due(until=clock.now() + timedelta(days=days)), key=lambda each: each.at)
            for each in found:
                day = localtime(each.at, each.situation.table.zone).date()
                self.stdout.write(f"{day}  {each.situation.table.name_en}  {each.situation.reference or 'no number'}  {WHAT[each.what]}")
            self.stdout.write(f"Due within {days} days: {len(found)}.")
