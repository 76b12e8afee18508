"""The ways through the house: a link is drawn exactly for whom the room opens."""

import pytest
from django.urls import reverse

from tests import cast

ROOMS = [
    "situations:list",
    "meetings:list",
    "responses:issues",
    "reports:list",
    "agencies:ledger",
    "agencies:directory",
    "agencies:settings",
]


def linked(client):
    """The addresses of the main navigation, as the member's own profile page draws it."""
    return [place["url"] for place in client.get(reverse("agencies:profile")).context["frame"].navigation]


@pytest.mark.parametrize("part", cast.PARTS)
def test_a_room_is_linked_exactly_for_whom_it_opens(client_of, db, part):
    client = client_of(cast.the(part))

    opens = [reverse(name) for name in ROOMS if client.get(reverse(name)).status_code == 200]

    assert linked(client) == [reverse("start"), *opens]


@pytest.mark.parametrize("part", cast.PARTS)
def test_the_first_page_leads_everyone_somewhere(client_of, db, part):
    assert client_of(cast.the(part)).get(reverse("start"), follow=True).status_code == 200


def test_recorder_and_privacy_officer_find_the_systemic_issues(client_of, recorder, privacy_officer):
    issues = reverse("responses:issues")

    assert [issues in linked(client_of(member)) for member in (recorder, privacy_officer)] == [True, True]
