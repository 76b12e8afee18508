import time

from django.core.management.base import BaseCommand, CommandError

from agencies import ledger


class Command(BaseCommand):
    """Whether the record is as it was sealed: each row that was changed, removed or inserted is named, whoever did it."""

    help = "Verify the chain over the ledger; with --printed, also against a block's number and short form from minutes on paper."

    def add_arguments(self, parser):
        parser.add_argument("--printed", default="", help='a block as minutes print it, such as "412 3fa2 90c1 77de 0b14 c9a8"')

    def handle(self, *args, printed, **options):
        began = time.monotonic()
        verified = ledger.verify(printed=printed)
        head = ledger.head()
        self.stdout.write(
            f"{verified.sealed} entries in {verified.blocks} blocks, {verified.waiting} waiting to be sealed;"
            f" read in {time.monotonic() - began:.1f} s."
        )
        for finding in verified.findings:
            self.stdout.write(f"{finding.fault.label}: {finding.row}")
        if verified.findings:
            rows = "row is" if len(verified.findings) == 1 else "rows are"
            raise CommandError(
                f"{len(verified.findings)} {rows} not as it was sealed: keep the server as it is, and call the privacy officer."
            )
        last = f" The last block is {head.number} {head.short}." if head else ""
        self.stdout.write(f"Nothing was changed, removed or inserted.{last}")
