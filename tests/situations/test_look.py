"""A privacy officer looks, with a reason that goes on the record."""

import uuid

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from situations import lifecycle
from situations.models import Disclosure
from tests import cast


def look(situation):
    return reverse("situations:look", args=[situation.pk])


def test_before_a_reason_is_given_the_situation_is_closed(client_of, privacy_officer, response):
    client = client_of(privacy_officer)

    assert client.get(look(response.situation)).status_code == 200
    assert client.get(reverse("situation", args=[response.situation_id])).status_code == 404


def test_a_reason_opens_it_for_a_quarter_of_an_hour_and_stays_on_the_record(client_of, privacy_officer, response, later):
    client, page = client_of(privacy_officer), reverse("situation", args=[response.situation_id])

    answer = client.post(look(response.situation), {"reason": "complaint", "form_token": uuid.uuid4()})

    assert (answer.status_code, answer.url, client.get(page).status_code) == (302, page, 200)
    assert LedgerEntry.objects.get(act="looked_with_reason").codes == ["complaint"]
    with later(minutes=16):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "I was curious"}])
def test_a_look_without_a_coded_reason_is_no_look(client_of, privacy_officer, response, typed):
    answer = client_of(privacy_officer).post(look(response.situation), typed)

    assert (answer.status_code, "<title>Error: Look at a situation" in answer.content.decode()) == (200, True)
    assert Disclosure.objects.filter(relation="PO").count() == 0


@pytest.mark.parametrize("part", [part for part in cast.PARTS if part != "privacy_officer"])
def test_it_is_the_privacy_officers_alone(client_of, response, part):
    assert client_of(cast.the(part)).get(look(response.situation)).status_code == 404


def test_a_privacy_officer_who_stepped_out_does_not_look(client_of, privacy_officer, response):
    lifecycle.recuse(response.situation, member=privacy_officer, by=privacy_officer)

    assert client_of(privacy_officer).get(look(response.situation)).status_code == 404


def test_the_page_speaks_french(client_of, privacy_officer, response):
    assert client_of(privacy_officer, language="fr-ca").get(look(response.situation)).status_code == 200
