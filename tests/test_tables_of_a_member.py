"""Whoever sits at several tables sees which, changes between them, and is never moved to another without a word."""

import pytest
from django.urls import reverse

from agencies import lifecycle
from tests import cast

START, OBSTACLES = reverse("start"), reverse("agencies:obstacles")


def tables_of(page):
    return [(table["name"], table["is_here"], table["counts"]) for table in page.context["frame"].tables]


def end_the_seat(table, member):
    lifecycle.end_seat(table.seats.current().get(agency=member.agency), by="tests")


def test_every_page_offers_the_other_table(client_of, colleague, table, sealed_table):
    client = client_of(colleague)

    before = tables_of(client.get(START))
    client.post(reverse("agencies:sit_at", args=[sealed_table.pk]))
    after = tables_of(client.get(reverse("help")))

    assert before == [(str(table), True, True), (str(sealed_table), False, True)]
    assert after == [(str(table), False, True), (str(sealed_table), True, True)]


def test_whoever_sits_at_one_table_only_is_offered_none(client_of, colleague, sealed_table):
    for appointment in colleague.appointments.filter(table=sealed_table):
        lifecycle.end_appointment(appointment, by="tests")

    assert tables_of(client_of(colleague).get(START)) == []


@pytest.mark.parametrize("address", [START, reverse("situations:list")])
def test_when_the_table_stops_counting_the_page_that_says_why_comes_first(client_of, colleague, table, sealed_table, address):
    client = client_of(colleague)
    end_the_seat(table, colleague)

    first = client.get(address)
    then = client.get(START)

    assert first.url == OBSTACLES
    assert tables_of(then) == [(str(table), False, False), (str(sealed_table), True, True)]
    assert [each.table for each in then.context["partial"]] == [str(table)]


def test_it_comes_first_for_whoever_never_chose_a_table_too(client_of, colleague, table):
    client = client_of(colleague)
    session = client.session
    del session["table"]
    session.save()
    client.get(START)
    end_the_seat(table, cast.the("colleague"))

    assert client.get(START).url == OBSTACLES


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_at_which_table_one_sits_does_not_depend_on_the_language_of_the_page(client_of, colleague, table, language):
    client = client_of(colleague, language=language)
    session = client.session
    del session["table"]
    session.save()

    client.get(START)

    assert client.session["table"] == str(table.pk)
