"""Seat the cast in a house of its own: run as ``python -m tests.browser.seat`` with TABLE_VAR naming that house."""

import os
import sys

import django

PASSWORD = "birch bark and lake water"


def seat() -> None:
    """Migrate, load the vocabularies, seat the cast, give everyone the same password and the house a clock that moves."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)

    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from agencies.models import Member
    from tests import cast

    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO agencies_practiceclock (id, seconds) VALUES (1, 0) ON CONFLICT DO NOTHING")
    cast.seat_everyone()
    Member.objects.update(password=make_password(PASSWORD))


def furnish() -> None:
    """A table in the middle of its work: drafts, a response, an ended meeting, a meeting at Filter 2."""
    from agencies.enums import AgreementKind
    from agencies.lifecycle import publish_agreement, sign_agreement
    from meetings import lifecycle as meetings
    from responses import lifecycle as responses
    from tests import cast

    table, originator, lead, chair = cast.the_table(), cast.the("originator"), cast.the("lead"), cast.the("chair")
    agreement = publish_agreement(
        table, kind=AgreementKind.CONFIDENTIALITY, text_en="We keep what we hear.", text_fr="Nous gardons ce que nous entendons.", by=chair
    )
    for part in cast.PARTS:
        sign_agreement(agreement, by=cast.the(part))
    cast.a_draft(table, by=originator)
    earlier = cast.a_submitted(table, by=originator)
    meeting = cast.an_open_meeting(table, by=chair)
    response = cast.a_response_to(cast.accepted(cast.the_item_of(earlier, meeting, by=chair), by=chair), by=chair)
    meetings.close_meeting(meeting, by=chair)
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=response.accepted_at, by=lead)
    responses.raise_issue(table, issue_type="systemic_issue_type:SYS-01", line="No bed for couples.", agency=lead.agency, by=lead)
    heard = cast.a_submitted(table, by=originator)
    cast.a_submitted(table, by=originator)
    cast.the_item_of(heard, cast.an_open_meeting(table, by=chair), by=chair)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_table.settings")
    django.setup()
    from django.db import transaction

    from agencies.actor import for_the_table

    seat()
    if "--furnished" in sys.argv:
        with for_the_table("practice"), transaction.atomic():  # who asks is said where a transaction begins
            furnish()
