"""The first start of a real installation: one empty table, and the first person who can invite the others."""

from django.conf import settings
from django.db import transaction

from agencies import lifecycle
from agencies.enums import Role
from agencies.models import Member, SituationTable

BY = "first_table"
NAME_EN, NAME_FR = "Rapid Mobilization Table", "Table de mobilisation rapide"
EMAIL, FULL_NAME = "coordinator@localhost", "Coordinator"  # stand in until the person says how they are called and reached
ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


@transaction.atomic
def prepare(*, email: str = EMAIL, full_name: str = FULL_NAME) -> str | None:
    """Make the first table and invite its first coordinator, who is its administrator too, where nobody has joined yet.

    Returns the whole address that opens the invitation, the same person's each time; None once somebody has joined. Another
    ``email`` than the last time is that person's from then on, and what was printed or sent for the old one opens nothing.
    """
    if Member.objects.exclude(joined_at=None).exists():
        return None
    table = SituationTable.objects.first() or lifecycle.create_table(name_en=NAME_EN, name_fr=NAME_FR, weekdays=[1, 3], by=BY)
    waiting = Member.objects.holding(table, *ROLES).order_by("invited_at")
    invited = waiting.filter(email=email.lower()).first() or waiting.first()
    if invited is not None and email.lower() not in (invited.email, EMAIL):
        invited = lifecycle.change_member(invited, email=email.lower(), by=BY)
    first = invited or lifecycle.invite(email=email, full_name=full_name, roles=ROLES, table=table, by=BY)
    return settings.SITE_ADDRESS + lifecycle.invitation_address(first)
