from django.core.management.base import BaseCommand

from agencies import vocabulary


class Command(BaseCommand):
    """Bring in the coded lists; running it again changes nothing."""

    help = "Bring in the coded lists that are not there yet. Running it again changes nothing."

    def handle(self, *args, **options):
        came = vocabulary.load()
        if options["verbosity"]:
            self.stdout.write(f"{came} vocabulary entries came in.")
