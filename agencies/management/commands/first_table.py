from django.core.management.base import BaseCommand

from agencies import first_table


class Command(BaseCommand):
    """Make the first table of an empty installation, and print the link with which its first coordinator joins."""

    help = "Make the first table of an empty installation and invite its first coordinator. Running it again prints the link again."

    def add_arguments(self, parser):
        parser.add_argument("--email", default=first_table.EMAIL, help="with what address the first coordinator signs in")
        parser.add_argument("--name", default=first_table.FULL_NAME, help="how the first coordinator is called")

    def handle(self, *args, email, name, **options):
        address = first_table.prepare(email=email, full_name=name)
        self.stdout.write(f"The first coordinator joins here: {address}" if address else "The table has its people: nothing was changed.")
