"""Whoever was invited and has not come is invited again, all together, at most once a day."""

import pytest
from django.urls import reverse

from agencies import clock, lifecycle
from agencies.enums import Notice, Role
from agencies.models import Member, Outbox

AGAIN = reverse("agencies:invite_all_again")


@pytest.fixture
def waiting(table, coordinator, lead):
    """Two who were invited yesterday and have not come."""
    for name in ("ash", "elm"):
        lifecycle.invite(
            email=f"{name}@table.example", full_name=name, agency=lead.agency, roles=[Role.REPRESENTATIVE], table=table, by=coordinator
        )


def invited():
    waiting = Outbox.objects.filter(notice=Notice.INVITATION, sent_at=None, dropped_at=None, recipient__joined_at=None)
    return sorted(waiting.values_list("recipient__email", flat=True))


def test_how_many_is_said_before_anything_is_sent(client_of, coordinator, waiting, later):
    with later(days=1):
        said = client_of(coordinator).get(AGAIN).content.decode()

    assert "Invite 2 people again" in said


def test_all_who_have_not_come_are_invited_again_and_the_same_day_nobody_twice(client_of, coordinator, waiting, later):
    Outbox.objects.all().delete()
    with later(days=1):
        client = client_of(coordinator)
        client.post(AGAIN)
        said = client.get(AGAIN).content.decode()

    assert invited() == ["ash@table.example", "elm@table.example"]
    assert "2 were invited today already" in said


def test_the_verb_itself_invites_nobody_twice_in_a_day_and_asks_of_its_own_table(table, sealed_table, coordinator, waiting, later):
    (ash, _elm) = Member.objects.filter(email__in=["ash@table.example", "elm@table.example"]).order_by("email")
    lifecycle.appoint(ash, table=sealed_table, role=Role.REPRESENTATIVE, by=coordinator)
    Outbox.objects.all().delete()
    with later(days=1):
        lifecycle.invite_again(ash, table=sealed_table, by=coordinator)
        Outbox.objects.update(sent_at=clock.now())
        told = [len(lifecycle.invite_all_again(table=table, by=coordinator)) for _ in range(2)]

    assert told == [2, 0]


@pytest.mark.parametrize("part", ["chair", "lead", "agency_lead", "administrator"])
def test_only_the_coordinator_invites_all_again(request, client_of, part):
    assert client_of(request.getfixturevalue(part)).get(AGAIN).status_code == 403


def test_what_was_sent_to_all_is_taken_back_until_it_leaves_and_all_may_be_invited_anew(client_of, table, coordinator, waiting, later):
    Outbox.objects.all().delete()
    with later(days=1):
        client = client_of(coordinator)
        client.post(AGAIN)
        offered = "Take the invitations back" in client.get(reverse("agencies:people")).content.decode()
        client.post(AGAIN, {"take_back": "all"})
        fresh, _told_today = lifecycle.not_joined(table)

    assert (offered, invited(), len(fresh)) == (True, [], 2)


def test_what_has_left_is_not_taken_back(client_of, coordinator, waiting, later):
    with later(days=1):
        client = client_of(coordinator)
        client.post(AGAIN)
        Outbox.objects.update(sent_at=clock.now())
        answer = client.post(AGAIN, {"take_back": "all"})

    assert (answer.status_code, "have already left" in answer.content.decode()) == (409, True)
