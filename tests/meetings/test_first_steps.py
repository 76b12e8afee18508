"""The desk of a table at which nobody has sat yet: what to do first, and when that is done."""

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import AgreementKind, Role
from agencies.models import SituationTable
from tests import cast


@pytest.fixture
def empty_table(coordinator):
    """A table that was just made, with one person who coordinates and administers it."""
    made = lifecycle.create_table(name_en="North Table", name_fr="Table du nord", weekdays=[1], by="tests")
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        lifecycle.appoint(coordinator, table=made, role=role, by="tests")
    return SituationTable.objects.get(pk=made.pk)


def first_steps(client):
    desk = client.get(reverse("start")).context["desk"]
    return [(str(line.words), line.is_done) for group in desk if group.heading == "First steps" for line in group.lines]


def test_an_empty_tables_desk_says_what_to_do_first(client_of, coordinator, empty_table):
    assert first_steps(client_of(cast.the("coordinator"), at=empty_table)) == [
        ("Give the agencies their seats", False),
        ("Invite the agencies’ people, or bring them in from a spreadsheet", False),
        ("Publish the agreement that everyone signs", False),
        ("Set the rhythm of the meetings, and plan them", False),
    ]


def test_what_is_done_is_said_to_be_done_and_when_all_is_the_list_is_gone(client_of, coordinator, empty_table, lead):
    client = client_of(cast.the("coordinator"), at=empty_table)
    lifecycle.give_seat(empty_table, agency=lead.agency, by=coordinator)
    lifecycle.appoint(lead, table=empty_table, role=Role.REPRESENTATIVE, by=coordinator)
    on_the_way = [is_done for _words, is_done in first_steps(client)]
    agreement = lifecycle.publish_agreement(
        empty_table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator
    )
    lifecycle.sign_agreement(agreement, by=coordinator)
    cast.a_planned_meeting(empty_table)

    assert (on_the_way, first_steps(client)) == ([True, True, False, False], [])


def test_a_table_that_has_met_needs_no_first_steps(client_of, coordinator, meeting):
    assert first_steps(client_of(coordinator)) == []


def test_whoever_also_coordinates_is_not_told_that_no_situation_is_theirs(client_of, administrator, empty_table):
    only = client_of(administrator).get(reverse("start")).content.decode()
    both = client_of(cast.the("coordinator"), at=empty_table).get(reverse("start")).content.decode()

    assert ["and no situation" in page for page in (only, both)] == [True, False]
