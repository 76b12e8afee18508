"""A list is one look; a line of it that says who acts, or what is to be done, is a look at that situation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from responses import lifecycle as responses
from tests import cast


def looks_of(member):
    """What the record holds of the member's looks: the situation, the relation, what was opened."""
    looks = LedgerEntry.objects.filter(act=LedgerAct.LOOKED, by_id=member.pk).order_by("at")
    return sorted([(look.situation_id, look.relation, look.codes) for look in looks], key=lambda look: (look[1], look[2]))


def opened(client, name, *, times=2):
    for _refresh in range(times):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("part", ["originator", "coordinator", "chair"])
def test_the_list_of_situations_is_one_look_in_a_quarter_of_an_hour(request, item, part, client_of, later):
    member = request.getfixturevalue(part)

    opened(client_of(member), "situations:list")
    with later(minutes=16):
        opened(client_of(member), "situations:list")

    assert looks_of(member) == [(None, "", ["situations"])] * 2


def test_a_line_that_says_what_is_owed_is_a_look_at_that_situation(response, lead, client_of):
    opened(client_of(lead), "start")

    assert looks_of(lead) == [(None, "", ["owed"]), (response.situation_id, "EN", ["responding", "in_a_list"])]


def test_a_line_that_says_who_leads_is_a_look_for_the_agency_that_brought_it(response, originator, client_of):
    opened(client_of(originator), "start")

    assert (response.situation_id, "OR", ["responding", "in_a_list"]) in looks_of(originator)


def test_a_line_that_says_no_more_than_a_number_is_none(submitted, originator, client_of):
    opened(client_of(originator), "start")

    assert looks_of(originator) == [(None, "", ["owed"])]


@pytest.mark.parametrize(("part", "relation"), [("assisting", "EN"), ("coordinator", "CO"), ("chair", "CH")])
def test_what_is_overdue_is_a_look_at_each_of_its_situations(request, response, assisting, part, relation, client_of, later):
    member = request.getfixturevalue(part)
    responses.plan_step(
        response, step_type="step_type:STP-01", owner=assisting.agency, due_at=clock.now() + timedelta(hours=1), by=assisting
    )

    with later(hours=2):
        opened(client_of(member), "responses:overdue")

    assert looks_of(member) == [(None, "", ["overdue"]), (response.situation_id, relation, ["responding", "in_a_list"])]


def test_a_meetings_agenda_is_one_look(submitted, table, stranger, client_of):
    planned = cast.a_planned_meeting(table)

    for _refresh in range(2):
        client_of(stranger).get(reverse("meetings:detail", args=[planned.pk]))

    assert looks_of(stranger) == [(None, "", ["agenda"])]


def test_a_look_in_a_list_does_not_stand_for_opening_the_situation(response, lead, client_of):
    client = client_of(lead)
    opened(client, "start")

    client.get(reverse("situation", args=[response.situation_id]))

    assert [codes for situation, _relation, codes in looks_of(lead) if situation] == [["responding"], ["responding", "in_a_list"]]


def test_whoever_opened_the_situation_has_looked_at_its_line_too(response, lead, client_of):
    client = client_of(lead)
    client.get(reverse("situation", args=[response.situation_id]))

    opened(client, "start")

    assert [codes for situation, _relation, codes in looks_of(lead) if situation] == [["responding"]]


def test_the_agency_that_brought_it_reads_that_it_was_seen_in_a_list(response, lead, originator, client_of):
    opened(client_of(lead), "start")

    page = client_of(originator).get(reverse("situations:looks", args=[response.situation_id])).content.decode()

    assert "For an agency that responds, in a list" in page


def test_the_privacy_officer_reads_which_list_was_opened(response, lead, privacy_officer, client_of):
    opened(client_of(lead), "situations:list")

    page = client_of(privacy_officer).get(reverse("agencies:ledger"), {"act": "looked", "person": lead.pk})

    assert [row["about"] for row in page.context["rows"]] == ["The list of situations"]
