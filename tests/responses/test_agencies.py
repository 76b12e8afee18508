"""Who acts: asked, joined, declined, handed over, left."""

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry, Outbox
from responses import lifecycle
from responses.enums import Part
from situations import lifecycle as situations
from tests import cast


def asked(response, *, agency, by):
    return lifecycle.ask(response, agency=agency, by=by)


def test_an_absent_agency_is_asked_by_whoever_acts(client_of, lead, stranger, response):
    client_of(lead).post(reverse("responses:ask", args=[response.pk]), {"agency": stranger.agency_id})

    engagement = response.engagements.get(agency=stranger.agency)
    assert (engagement.standing, engagement.part) == ("asked", Part.ASSISTING)
    assert list(Outbox.objects.filter(notice="asked").values_list("recipient", flat=True)) == [stranger.pk]
    assert LedgerEntry.objects.filter(act="asked", situation_id=response.situation_id).count() == 1


def test_whoever_is_asked_as_the_response_is_recorded_is_on_the_record(accepted_item, chair, lead, stranger):
    lifecycle.open_response(accepted_item.situation, lead=lead.agency, assisting=[], asked=[stranger.agency], by=chair)

    asked = LedgerEntry.objects.filter(act="asked", situation_id=accepted_item.situation_id)
    assert list(asked.values_list("by_id", "audience_id")) == [(chair.pk, stranger.agency_id)]


def test_only_seated_agencies_that_are_not_in_the_response_can_be_asked(client_of, chair, response):
    page = client_of(chair).get(reverse("responses:ask", args=[response.pk]))

    offered = {agency.name for agency in page.context["form"].fields["agency"].queryset}
    assert offered == set(cast.AGENCIES) - {"Otter Mental Health", "Granite Police Service"}


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_asked_agency_reads_that_it_is_asked_and_by_whom_and_no_number(client_of, lead, stranger, response, language):
    engagement = asked(response, agency=stranger.agency, by=lead)

    page = client_of(stranger, language=language).get(reverse("responses:answer_asked", args=[engagement.pk]))

    assert (page.status_code, page.context["lead"]) == (200, "Otter Mental Health")
    assert response.situation.reference not in page.content.decode()
    assert client_of(stranger).get(reverse("situation", args=[response.situation_id])).status_code == 404


@pytest.mark.parametrize("part", [part for part in cast.PARTS if part != "stranger"])
def test_nobody_else_can_answer_for_the_asked_agency(client_of, lead, stranger, response, part):
    engagement = asked(response, agency=stranger.agency, by=lead)

    answers = client_of(cast.the(part)).post(reverse("responses:answer_asked", args=[engagement.pk]), {"answer": "join"})

    assert answers.status_code == 404


def test_whoever_stepped_out_is_not_asked_again(client_of, lead, stranger, response):
    engagement = asked(response, agency=stranger.agency, by=lead)
    situations.recuse(response.situation, member=stranger, by=stranger)

    assert client_of(stranger).get(reverse("responses:answer_asked", args=[engagement.pk])).status_code == 404


def test_an_agency_that_joins_knows_from_then_on(client_of, lead, stranger, response):
    engagement = asked(response, agency=stranger.agency, by=lead)

    answer = client_of(stranger).post(reverse("responses:answer_asked", args=[engagement.pk]), {"answer": "join"})

    page = reverse("situation", args=[response.situation_id])
    assert (answer.url, client_of(stranger).get(page).status_code) == (page, 200)
    assert LedgerEntry.objects.filter(act="joined", situation_id=response.situation_id, by_id=stranger.pk).count() == 1


def test_an_agency_that_cannot_help_learns_nothing_more(client_of, lead, stranger, response):
    engagement = asked(response, agency=stranger.agency, by=lead)
    address = reverse("responses:answer_asked", args=[engagement.pk])

    answer = client_of(stranger).post(address, {"answer": "decline"})

    assert (answer.url, client_of(stranger).get(address).status_code) == (reverse("start"), 404)
    assert client_of(stranger).get(reverse("situation", args=[response.situation_id])).status_code == 404


def test_no_answer_is_asked_for_again(client_of, lead, stranger, response):
    engagement = asked(response, agency=stranger.agency, by=lead)

    page = client_of(stranger).post(reverse("responses:answer_asked", args=[engagement.pk]), {"answer": ""})

    assert page.context["form"].errors == {"answer": ["Choose an answer."]}


def test_the_lead_is_handed_over_to_an_agency_of_the_response(client_of, lead, assisting, response):
    client_of(lead).post(reverse("responses:hand_over", args=[response.pk]), {"agency": assisting.agency_id})

    parts = dict(response.engagements.values_list("agency__name", "part"))
    assert parts == {"Granite Police Service": "lead", "Otter Mental Health": "assisting"}


def test_the_lead_is_not_handed_to_an_agency_outside(client_of, lead, stranger, response):
    page = client_of(lead).post(reverse("responses:hand_over", args=[response.pk]), {"agency": stranger.agency_id})

    assert set(page.context["form"].errors) == {"agency"}


@pytest.mark.parametrize(("part", "act"), [("assisting", "hand_over"), ("lead", "leave")])
def test_the_lead_hands_over_and_does_not_leave_and_the_others_the_other_way(client_of, response, part, act):
    assert client_of(cast.the(part)).get(reverse(f"responses:{act}", args=[response.pk])).status_code == 403


def test_an_agency_that_leaves_is_asked_whether_it_is_sure_and_then_knows_no_more(client_of, assisting, response):
    client = client_of(assisting)
    address = reverse("responses:leave", args=[response.pk])

    asked_first = client.get(address)
    answer = client.post(address)

    assert (asked_first.status_code, answer.url) == (200, reverse("start"))
    assert client.get(reverse("situation", args=[response.situation_id])).status_code == 404
    assert LedgerEntry.objects.filter(act="left", situation_id=response.situation_id).count() == 1
