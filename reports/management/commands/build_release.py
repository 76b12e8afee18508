"""Prepare the yearly release of a table from the console; a second person approves it in the browser."""

from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from agencies.access import Refused
from agencies.enums import Role
from agencies.models import Member, SituationTable
from reports import lifecycle


class Command(BaseCommand):
    help = "Counts a finished year of a table, protects the numbers and freezes them; the privacy officer approves them in the browser."

    def add_arguments(self, parser):
        parser.add_argument("--table", required=True, help="the table's name, in English or French")
        parser.add_argument("--year", required=True, type=int, help="a finished year, such as 2025")
        parser.add_argument("--by", required=True, help="the e-mail address of the coordinator who prepares it")

    def handle(self, *, table: str, year: int, by: str, **options):
        found = SituationTable.objects.filter(name_en=table).first() or SituationTable.objects.filter(name_fr=table).first()
        if found is None:
            raise CommandError(f"There is no table “{table}”. Give its name as the page's head shows it.")
        member = Member.objects.holding(found, Role.COORDINATOR).filter(email=by.lower()).first()
        if member is None:
            raise CommandError(f"{by} is not a coordinator of this table. A release is prepared by one.")
        began = perf_counter()
        try:
            release = lifecycle.prepare(found, year=year, by=member)
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from refused
        seconds = perf_counter() - began
        shown = release.cells.exclude(value=None).count()
        self.stdout.write(
            f"{release.period} is prepared in {seconds:.2f} s: {shown} of {release.cells.count()} numbers are shown. It waits for approval."
        )
