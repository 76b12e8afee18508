"""Whoever sits at several tables sees which, changes between them, and is never moved to another without a word."""

import re
import uuid

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import Role
from agencies.models import SituationTable
from tests import cast

START, OBSTACLES, SETTINGS = reverse("start"), reverse("agencies:obstacles"), reverse("agencies:table")
ELSEWHERE = "This page was opened at another of your tables. Go back to that table, then try again."


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
    client.get(OBSTACLES)
    then = client.get(START)

    assert first.url == OBSTACLES
    assert tables_of(then) == [(str(table), False, False), (str(sealed_table), True, True)]
    assert [each.table for each in then.context["partial"]] == [str(table)]


@pytest.mark.parametrize("name", ["up", "situations:autosave"])
def test_what_a_script_asks_for_meanwhile_does_not_use_it_up(client_of, originator, table, draft, name):
    client = client_of(originator)
    end_the_seat(table, originator)

    asked = client.post(reverse(name, args=[draft.pk]), follow=True) if name != "up" else client.get(reverse(name), follow=True)

    assert asked.redirect_chain == []
    assert client.get(START).url == OBSTACLES


def test_it_comes_first_until_it_is_read(client_of, colleague, table):
    client = client_of(colleague)
    end_the_seat(table, colleague)

    led_to = [client.get(START).url for _tab in range(2)]
    client.get(OBSTACLES)

    assert (led_to, client.get(START).status_code) == ([OBSTACLES, OBSTACLES], 200)


def test_a_second_table_does_not_move_whoever_sat_at_one(client_of, colleague, table, sealed_table):
    for appointment in colleague.appointments.filter(table=table):
        lifecycle.end_appointment(appointment, by="tests")
    client = client_of(colleague)
    session = client.session
    del session["table"]
    session.save()
    client.get(START)

    lifecycle.appoint(cast.the("colleague"), table=table, role=Role.REPRESENTATIVE, by="tests")

    assert tables_of(client.get(START)) == [(str(table), False, True), (str(sealed_table), True, True)]


def test_it_comes_first_for_whoever_never_chose_a_table_too(client_of, colleague, table):
    client = client_of(colleague)
    session = client.session
    del session["table"]
    session.save()
    client.get(START)
    end_the_seat(table, cast.the("colleague"))

    assert client.get(START).url == OBSTACLES


@pytest.fixture
def opened_before(client_of, coordinator, sealed_table):
    """A browser that opened the settings at one table and then, in another tab, sat down at the other: with what the first tab holds."""
    client = client_of(coordinator)
    held = dict(re.findall(r'name="(form_token|at_table)" value="([^"]+)"', client.get(SETTINGS).content.decode()))
    client.post(reverse("agencies:sit_at", args=[sealed_table.pk]), held)
    return client, held | {"form_token": uuid.uuid4(), "name_en": "Renamed", "name_fr": "Renommée"}


def test_a_page_that_was_opened_at_one_table_acts_at_no_other(opened_before, sealed_table):
    client, held = opened_before

    answer = client.post(SETTINGS, held)

    assert (answer.status_code, answer.context.get("sentence")) == (409, ELSEWHERE)
    assert SituationTable.objects.get(pk=sealed_table.pk).name_en == cast.SEALED_TABLE


def test_back_at_its_table_the_page_acts_again(opened_before, table):
    client, held = opened_before
    client.post(SETTINGS, held)

    client.post(reverse("agencies:sit_at", args=[table.pk]), held | {"form_token": uuid.uuid4()})
    answer = client.post(SETTINGS, held)

    assert answer.status_code == 200  # the form itself answers, for the rest of it is missing


def test_a_page_of_something_at_another_of_ones_tables_is_posted_from_where_the_device_is(client_of, originator, sealed_table):
    draft = cast.a_draft(sealed_table, by=originator)
    client, discard = client_of(originator), reverse("situations:discard", args=[draft.pk])
    held = dict(re.findall(r'name="(form_token|at_table)" value="([^"]+)"', client.get(discard).content.decode()))

    assert held["at_table"] == str(cast.the_table().pk)
    assert client.post(discard, held).status_code == 302


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_at_which_table_one_sits_does_not_depend_on_the_language_of_the_page(client_of, colleague, table, language):
    client = client_of(colleague, language=language)
    session = client.session
    del session["table"]
    session.save()

    client.get(START)

    assert client.session["table"] == str(table.pk)
