"""How it ends: proposed by the lead, asked again after 30 and 90 days."""

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from responses import lifecycle
from responses.models import FollowUp, Response
from tests import cast


@pytest.fixture
def concluded(response, chair):
    """The response, ended by the table; its follow-ups are to come."""
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
    meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    meetings.close_meeting(meeting, by=chair)
    return response


def test_the_lead_proposes_a_reason_and_the_factors_that_were_lowered(client_of, lead, response):
    client_of(lead).post(
        reverse("responses:propose", args=[response.pk]),
        {"reason": "conclusion_reason:AER-02", "factors_lowered": ["risk_factor:ALC-02"]},
    )

    proposed = Response.objects.get(pk=response.pk)
    assert (proposed.proposed_reason_id, proposed.proposed_factors_lowered, proposed.proposed_by) == (
        "conclusion_reason:AER-02",
        ["risk_factor:ALC-02"],
        lead,
    )


def test_only_reasons_of_accepted_situations_and_its_own_factors_are_offered(client_of, lead, response):
    form = client_of(lead).get(reverse("responses:propose", args=[response.pk])).context["form"]

    reasons = [key for _group, entries in form.fields["reason"].choices for key, _label in entries]
    assert [key for key in reasons if key.startswith("conclusion_reason:REJ")] == []
    assert {key for key, _label in form.fields["factors_lowered"].choices} == set(response.situation.risk_factors)


def test_the_page_that_names_the_factors_is_a_look(client_of, lead, response):
    client_of(lead).get(reverse("responses:propose", args=[response.pk]))

    assert LedgerEntry.objects.filter(act="looked", situation_id=response.situation_id, by_id=lead.pk, relation="EN").count() == 1


def test_an_assisting_agency_does_not_propose(client_of, assisting, response):
    assert client_of(assisting).get(reverse("responses:propose", args=[response.pk])).status_code == 403


def answer(client, follow_up):
    return client.post(reverse("responses:follow_up", args=[follow_up.pk]), {"answer": "follow_up_code:FUP-02"})


@pytest.mark.parametrize("part", ["lead", "coordinator", "recorder"])
def test_the_follow_up_is_answered_by_the_agency_that_led_or_for_the_table(client_of, concluded, later, part):
    follow_up = concluded.follow_ups.get(day=30)

    with later(days=31):
        answer(client_of(cast.the(part)), follow_up)

    answered = FollowUp.objects.get(pk=follow_up.pk)
    assert (answered.answer_id, answered.answered_by) == ("follow_up_code:FUP-02", cast.the(part))
    assert LedgerEntry.objects.get(act="followed_up", situation_id=concluded.situation_id).codes == ["follow_up_code:FUP-02", "30"]


@pytest.mark.parametrize(
    ("part", "status"), [("assisting", 403), ("originator", 403), ("chair", 403), ("stranger", 404), ("steering", 404)]
)
def test_nobody_else_answers_it(client_of, concluded, later, part, status):
    with later(days=31):
        assert answer(client_of(cast.the(part)), concluded.follow_ups.get(day=30)).status_code == status


def test_the_last_follow_up_is_answered_after_the_words_are_gone(client_of, lead, concluded, later):
    with later(days=31):
        lifecycle.purge(concluded.situation, by="tick")
    with later(days=89):
        page = client_of(lead, language="fr-ca").get(reverse("responses:follow_up", args=[concluded.follow_ups.get(day=90).pk]))
        answered = answer(client_of(lead), concluded.follow_ups.get(day=90))

    assert (page.status_code, answered.status_code) == (200, 302)


def test_after_90_days_it_is_the_coordinators(client_of, lead, coordinator, concluded, later):
    follow_up = concluded.follow_ups.get(day=90)

    with later(days=91):
        statuses = [answer(client_of(member), follow_up).status_code for member in (lead, coordinator)]

    assert statuses == [404, 302]


def test_a_follow_up_is_answered_once_and_not_long_before_it_is_due(client_of, lead, concluded, later):
    follow_up = concluded.follow_ups.get(day=30)

    early = answer(client_of(lead), follow_up)
    with later(days=31):
        answer(client_of(lead), follow_up)
        again = answer(client_of(lead), follow_up)

    assert [page.context["sentence"] for page in (early, again)] == [
        "This follow-up is not due yet.",
        "This follow-up is already answered.",
    ]
