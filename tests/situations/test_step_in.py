"""Who stepped out by mistake is let in again: by the privacy officer alone, for a coded reason, on the record."""

import uuid

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from situations import lifecycle
from situations.models import Situation
from tests import cast


def step_in(situation):
    return reverse("situations:step_in", args=[situation.pk])


def knows_of(member, situation):
    return Situation.objects.visible_to(cast.the(member.email.split("@")[0])).filter(pk=situation.pk).exists()


@pytest.fixture
def mistaken(response, lead):
    """Somebody of the agency that leads, who stepped out by mistake."""
    lifecycle.recuse(response.situation, member=lead, by=lead)
    return lead


@pytest.fixture
def officer_at_it(client_of, privacy_officer, response):
    """The privacy officer, who gave a reason and looks at the situation."""
    lifecycle.look_with_reason(response.situation, reason="complaint", by=privacy_officer)
    return client_of(privacy_officer)


def test_who_stepped_out_by_mistake_may_know_of_it_again(officer_at_it, response, mistaken):
    assert not knows_of(mistaken, response.situation)

    answer = officer_at_it.post(step_in(response.situation), {"member": mistaken.pk, "reason": "by_mistake", "form_token": uuid.uuid4()})

    assert (answer.status_code, answer.url) == (302, reverse("situation", args=[response.situation_id]))
    assert knows_of(mistaken, response.situation)


def test_the_record_says_who_let_whom_in_again_and_why(officer_at_it, privacy_officer, response, mistaken):
    officer_at_it.post(step_in(response.situation), {"member": mistaken.pk, "reason": "by_mistake"})

    entry = LedgerEntry.objects.get(act="stepped_in")
    assert (entry.by_id, entry.audience_id, entry.codes) == (privacy_officer.pk, mistaken.pk, ["by_mistake"])


def test_without_a_reason_nobody_is_let_in(officer_at_it, response, mistaken):
    answer = officer_at_it.post(step_in(response.situation), {"member": mistaken.pk})

    assert (answer.status_code, knows_of(mistaken, response.situation)) == (200, False)
    assert "Choose why they are let in again." in answer.content.decode()


def test_only_who_stepped_out_is_offered(officer_at_it, response, mistaken, recused):
    page = officer_at_it.get(step_in(response.situation)).content.decode()

    assert (mistaken.full_name in page, recused.full_name in page, cast.the("assisting").full_name in page) == (True, True, False)


def test_where_nobody_stepped_out_the_page_says_so(client_of, privacy_officer, submitted):
    lifecycle.look_with_reason(submitted, reason="complaint", by=privacy_officer)

    answer = client_of(privacy_officer).get(step_in(submitted))

    assert (answer.status_code, "Nobody has stepped out of this situation." in answer.content.decode()) == (409, True)


def test_before_a_reason_to_look_is_given_it_does_not_exist(client_of, privacy_officer, response):
    assert client_of(privacy_officer).get(step_in(response.situation)).status_code == 404


@pytest.mark.parametrize(("part", "status"), [("lead", 404), ("assisting", 403), ("chair", 403), ("coordinator", 403), ("stranger", 404)])
def test_neither_they_themself_nor_the_chair_takes_it_back(client_of, response, mistaken, part, status):
    assert (
        client_of(cast.the(part)).post(step_in(response.situation), {"member": mistaken.pk, "reason": "by_mistake"}).status_code == status
    )


def test_whoever_steps_out_reads_who_can_take_it_back(client_of, lead, response):
    page = client_of(lead).get(reverse("meetings:step_out", args=[response.situation_id])).content.decode()

    assert "only the privacy officer lets you in again" in page


def test_the_privacy_officer_finds_the_way_on_the_situations_page_in_french_too(client_of, privacy_officer, response):
    lifecycle.look_with_reason(response.situation, reason="complaint", by=privacy_officer)
    client = client_of(privacy_officer, language="fr-ca")

    page = client.get(reverse("situation", args=[response.situation_id])).content.decode()

    assert step_in(response.situation) in page
    assert client.get(step_in(response.situation)).status_code == 200
