"""Sign everybody out, or one person: for the hour in which nobody knows yet what somebody else may have in hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from agencies import lifecycle
from agencies.models import Member


class Command(BaseCommand):
    help = "End every sign-in of one person, or, with --everybody, of all. What was typed and not sent is kept, as after a time-out."

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("address", nargs="?", help="the e-mail address with which the person signs in")
        who.add_argument("--everybody", action="store_true", help="everybody, at every table")

    @transaction.atomic
    def handle(self, *args: Any, address: str | None, everybody: bool, **options: Any) -> None:
        members = (
            Member.objects.filter(sign_ins__isnull=False).distinct() if everybody else Member.objects.filter(email=(address or "").lower())
        )
        if not everybody and not members.exists():
            raise CommandError("Nobody here signs in with this address.")
        ended = sum(lifecycle.sign_out(member, by="console", code="everywhere") for member in members)
        self.stdout.write(f"Sign-ins ended: {ended}.")
