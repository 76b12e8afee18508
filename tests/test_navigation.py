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


@pytest.mark.parametrize(
    ("page", "room"),
    [
        ("agencies:people", "agencies:settings"),
        ("agencies:invite", "agencies:settings"),
        ("agencies:agreements", "agencies:settings"),
        ("responses:overdue", "start"),
        ("responses:raise_issue", "responses:issues"),
    ],
)
def test_every_page_marks_the_room_that_it_is_in(client_of, coordinator, page, room):
    navigation = client_of(coordinator).get(reverse(page)).context["frame"].navigation

    assert [place["url"] for place in navigation if place["current"]] == [reverse(room)]


@pytest.mark.parametrize(("part", "address", "status"), [("chair", "/table/settings/", 403), ("chair", "/nowhere/", 404)])
def test_a_refusal_keeps_the_ways_through_the_house(client_of, client, part, address, status):
    refused = client_of(cast.the(part)).get(address)
    nobody = client.get("/nowhere/")

    assert (refused.status_code, reverse("meetings:list") in refused.content.decode()) == (status, True)
    assert (nobody.status_code, reverse("meetings:list") in nobody.content.decode()) == (404, False)


def test_a_coordinator_is_not_sent_to_the_coordinator(client_of, coordinator, chair):
    said = {
        member.email: client_of(member).get(address).content.decode()
        for member, address in ((coordinator, "/table/settings/table/add/"), (chair, "/table/settings/"))
    }

    assert ["ask your table’s coordinator" in page for page in said.values()] == [False, True]
