"""A page of something at another of one's tables names that table, whichever table the device was at before."""

import re

import pytest
from django.urls import reverse

from agencies import lifecycle as agencies
from agencies.enums import Role
from situations import lifecycle as situations
from tests import cast

SISTER = "Spruce Bay East Table"


def named_by(answer):
    return re.search(r'<b lang="en-CA">([^<]+)</b>', answer.content.decode()).group(1)


@pytest.fixture
def at_the_sister(sealed_table, originator, chair):
    """A response at the sister table, and the meeting there."""
    meeting = cast.an_open_meeting(sealed_table, by=chair)
    item = cast.the_item_of(cast.a_submitted(sealed_table, by=originator), meeting, by=chair)
    return cast.a_response_to(cast.accepted(item, by=chair), by=chair, close=False)


@pytest.mark.parametrize("name", ["meetings:detail", "meetings:member", "meetings:attendance", "meetings:chair"])
def test_a_meeting_at_another_table_names_its_own_table(client_of, chair, at_the_sister, name):
    meeting = at_the_sister.situation.agenda_items.get().meeting

    assert named_by(client_of(chair).get(reverse(name, args=[meeting.pk]))) == SISTER


@pytest.mark.parametrize("name", ["situation", "meetings:step_out"])
def test_a_situation_of_another_table_names_its_own_table(client_of, lead, at_the_sister, name):
    assert named_by(client_of(lead).get(reverse(name, args=[at_the_sister.situation_id]))) == SISTER


@pytest.mark.parametrize("name", ["responses:contact", "responses:report_back"])
def test_a_response_at_another_table_names_its_own_table(client_of, lead, at_the_sister, name):
    assert named_by(client_of(lead).get(reverse(name, args=[at_the_sister.pk]))) == SISTER


def test_a_step_of_a_draft_at_another_table_names_its_own_table(client_of, originator, sealed_table):
    draft = situations.open_situation(sealed_table, agency=originator.agency, by=originator)

    assert named_by(client_of(originator).get(reverse("situations:intake", args=[draft.pk, 1]))) == SISTER


def test_the_next_page_is_of_the_table_at_which_the_device_is(client_of, lead, at_the_sister):
    client = client_of(lead)
    client.get(reverse("situation", args=[at_the_sister.situation_id]))

    assert named_by(client.get(reverse("meetings:list"))) == cast.TABLE


def test_the_role_named_is_the_one_held_at_that_table(client_of, lead, at_the_sister, table):
    agencies.appoint(lead, table=table, role=Role.CHAIR, by="tests")
    client = client_of(lead)

    here, there = (client.get(address).content.decode() for address in ("/", reverse("situation", args=[at_the_sister.situation_id])))

    who = r'<p class="who"><b>.+?</b>([^<]+)</p>'
    assert [re.search(who, page).group(1) for page in (here, there)] == ["Chair", "Representative"]
