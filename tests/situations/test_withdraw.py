"""The originator takes a situation back: before the meeting, or at the table before the decision."""

import uuid

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from meetings.models import Position
from situations.models import SealedText, Situation
from tests import cast

REASON = "withdrawal_reason:WDR-03"


def withdraw(situation):
    return reverse("meetings:withdraw", args=[situation.pk])


def test_the_page_says_what_is_forgotten_and_forgets_nothing(client_of, originator, submitted):
    response = client_of(originator).get(withdraw(submitted))

    assert (response.status_code, "Everything about the person is forgotten at once" in response.content.decode()) == (200, True)
    assert Situation.objects.get(pk=submitted.pk).stage == "submitted"


def test_without_a_reason_nothing_is_withdrawn(client_of, originator, submitted):
    response = client_of(originator).post(withdraw(submitted), {"form_token": uuid.uuid4()})

    assert (response.status_code, "<title>Error: Withdraw" in response.content.decode()) == (200, True)
    assert Situation.objects.get(pk=submitted.pk).stage == "submitted"


def test_withdrawn_before_the_meeting_everything_of_the_person_is_forgotten(client_of, originator, submitted):
    response = client_of(originator).post(withdraw(submitted), {"reason": REASON, "form_token": uuid.uuid4()})

    situation = Situation.objects.get(pk=submitted.pk)
    assert (response.status_code, response.url) == (302, reverse("situation", args=[submitted.pk]))
    assert (situation.stage, situation.decision_reason_id, situation.age_group_id, situation.risk_factors) == (
        "withdrawn",
        REASON,
        None,
        [],
    )
    assert SealedText.objects.filter(situation=situation).count() == 0
    assert LedgerEntry.objects.filter(situation_id=situation.pk, act__in=["withdrawn", "forgotten"]).count() == 2


def test_withdrawn_at_the_table_what_agencies_said_is_forgotten_too(client_of, originator, item, lead):
    meetings.take_position(item, agency=lead.agency, position="position:MET", by=lead)

    client_of(originator).post(withdraw(item.situation), {"reason": REASON, "form_token": uuid.uuid4()})

    item.refresh_from_db()
    assert (Position.objects.count(), item.outcome, item.situation.stage) == (0, "withdrawn", "withdrawn")


def test_a_double_click_withdraws_once(client_of, originator, submitted):
    client, posted = client_of(originator), {"reason": REASON, "form_token": uuid.uuid4()}

    first, second = (client.post(withdraw(submitted), posted) for _click in range(2))

    assert (first.url, LedgerEntry.objects.filter(act="withdrawn").count()) == (second.url, 1)


def test_after_the_decision_a_sentence_says_what_stands_in_the_way(client_of, originator, accepted_item):
    response = client_of(originator).post(withdraw(accepted_item.situation), {"reason": REASON})

    assert (response.status_code, "stands at “Filter 3: who must act”" in response.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("part", "status"), [("stranger", 404), ("in_the_room", 404), ("chair", 403), ("recorder", 403), ("coordinator", 403)]
)
def test_nobody_else_withdraws_it(client_of, submitted, part, status):
    response = client_of(cast.the(part)).post(withdraw(submitted), {"reason": REASON})

    assert (response.status_code, Situation.objects.get(pk=submitted.pk).stage) == (status, "submitted")


def test_a_draft_is_discarded_not_withdrawn(client_of, originator, draft):
    assert client_of(originator).get(withdraw(draft)).status_code == 409


def test_the_page_speaks_french(client_of, originator, submitted):
    assert client_of(originator, language="fr-ca").get(withdraw(submitted)).status_code == 200
