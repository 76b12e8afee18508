"""The code that the phone of an invented person would show now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.models import Member
from practice import codes


class Command(BaseCommand):
    help = "Print the code with which one of the practice sign-ins takes the second step. Only at a practice table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the e-mail address of the practice sign-in")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError("Codes are on the phones of their owners. Only a practice table says them.")
        member = Member.objects.filter(email=address.lower()).first()
        code = codes.of_member(member) if member else ""
        if not code:
            raise CommandError("This address has no phone here: sign in with it, and set one up.")
        self.stdout.write(code)
