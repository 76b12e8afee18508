"""Let in an administrator who lost phone and codes, when no second person is left who could."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies import lifecycle
from agencies.access import Refused
from agencies.models import Member


class Command(BaseCommand):
    help = "Print a link, good once and for three days, by which an administrator chooses a password and a second factor anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the e-mail address with which the administrator signs in")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        member = Member.objects.filter(email=address.lower()).first()
        if member is None:
            raise CommandError("Nobody here signs in with this address.")
        try:
            path = lifecycle.rescue_administrator(member, by="console")
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Password and second factor of {member.email} are gone. Open this to begin anew: {settings.SITE_ADDRESS}{path}")
