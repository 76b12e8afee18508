"""Every look is recorded, or nothing is shown: each address that carries a situation's key, opened by everyone who may open it."""

import pytest
from django.db import transaction
from django.urls import reverse

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from practice.proof.crawl import addresses, arguments
from tests import canaries, cast

pytestmark = pytest.mark.django_db

ABOUT_ONE = ("situation", "situations:", "responses:", "meetings:")
# These carry a key and show nothing of a situation; each says why.
SHOWS_NOTHING = {
    "situations:look",  # the question before a look with a reason, which is recorded as that
    "responses:answer_asked",  # an agency that is asked knows no situation; the asking is recorded
    "responses:change_issue",  # stands beside situations, tied to none
}
OF_A_MEETING = {"detail", "move", "cancel", "attendance", "open", "extend", "close", "minutes", "approve_minutes", "check_in", "check_out"}
OF_A_MEETING |= {"undo"}
OF_A_MEETING |= {"wall", "show_wall", "blank_wall", "end_wall"}  # the wall is a list: numbers and stages
SHOWS_NOTHING |= {f"meetings:{name}" for name in OF_A_MEETING}  # its lines, as lists are; minutes have an entry of their own
VARIANTS = [("draft", False), ("submitted", False), ("presented", True), ("identifying", True), ("responding", True), ("concluded", False)]


def pages_of_one(town):
    """The addresses that name or act on the situation of the town."""
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        if not wanted or name in SHOWS_NOTHING or not name.startswith(ABOUT_ONE):
            continue
        yield from ((name, reverse(name, args=args)) for args in arguments(name, list(wanted), town) or [])


def is_on_the_record(client, path, *, member, situation):
    """Whether opening the page was recorded, or nothing was shown, such as a console while no item is open that one may know.

    What was recorded is taken back, so that the next page is a first one.
    """
    with transaction.atomic():
        page = client.get(path)
        shown = page.status_code == 200 and (page.context or {}).get("item", "a page without an agenda") is not None
        looks = LedgerEntry.objects.filter(act=LedgerAct.LOOKED, by_id=member.pk, situation_id=situation.pk).exists()
        transaction.set_rollback(True)
    return looks or not shown


@pytest.mark.parametrize(("stage", "is_room_open"), VARIANTS, ids=[stage for stage, _room in VARIANTS])
def test_whoever_opens_a_page_of_one_situation_is_on_the_record(client_of, stage, is_room_open):
    town = canaries.town_at(stage, is_room_open=is_room_open)

    unrecorded = set()
    for part in cast.PARTS:
        member, client = cast.the(part), client_of(cast.the(part))
        for name, path in pages_of_one(town):
            if not is_on_the_record(client, path, member=member, situation=town.situation):
                unrecorded.add((name, part))

    assert unrecorded == set()


def relations_looked_in(member, situation):
    return [entry.relation for entry in LedgerEntry.objects.filter(act=LedgerAct.LOOKED, by_id=member.pk, situation_id=situation.pk)]


def test_in_the_room_whoever_brought_it_looks_as_that(item, originator, in_the_room, client_of):
    for member in (originator, in_the_room):
        client_of(member).get(reverse("situation", args=[item.situation_id]))

    assert (relations_looked_in(originator, item.situation), relations_looked_in(in_the_room, item.situation)) == (["OR"], ["IR"])


def test_whoever_responds_looks_as_that_also_in_the_room(response, lead, chair, client_of):
    meeting = cast.an_open_meeting_after(response, by=chair)
    cast.the_item_of(response.situation, meeting, by=chair)

    client_of(lead).get(reverse("meetings:member", args=[meeting.pk]))

    assert relations_looked_in(lead, response.situation) == ["EN"]
