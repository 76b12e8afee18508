"""The coordinator corrects what was coded wrongly: dated, with its reason."""

import uuid

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from situations import lifecycle, sealing
from situations.models import Situation
from tests import cast

FACTS = {
    "discussion_type": "discussion_type:PER",
    "age_group": "age_group:18-24",
    "sex_gender": "sex_gender:F",
    "language_of_service": "language_of_service:FR",
    "affected_0-5": "1",
    "affected_30-39": "1",
    "risk_factors": ["risk_factor:HOU-01", "risk_factor:ALC-02"],
    "protective_factors": ["protective_factor:PF-EDU-01"],
    "study_flags": ["study_flag:SF-02"],
    "conclusion_reason": "conclusion_reason:ORL-01",
    "factors_lowered": ["risk_factor:HOU-01"],
}


@pytest.fixture
def concluded(response):
    """The response, concluded with one factor lowered."""
    return lifecycle.conclude(response.situation, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by="tests")


def correct(situation):
    return reverse("situations:correct", args=[situation.pk])


def sent(situation, **typed):
    return {"version": situation.version, "form_token": uuid.uuid4(), "reason": "wrong_entry", **FACTS, **typed}


def test_a_correction_changes_the_code_and_keeps_its_reason(client_of, coordinator, concluded):
    response = client_of(coordinator).post(correct(concluded), sent(concluded, words="The age was misheard."))

    situation = Situation.objects.get(pk=concluded.pk)
    assert (response.status_code, response.url) == (302, reverse("situation", args=[concluded.pk]))
    assert (situation.age_group_id, situation.risk_factors) == ("age_group:18-24", ["risk_factor:HOU-01", "risk_factor:ALC-02"])
    assert LedgerEntry.objects.get(act="corrected").codes == ["wrong_entry", "age_group"]
    assert sealing.unseal(situation, "correction_reason") == "The age was misheard."


def test_after_the_words_are_forgotten_the_reason_is_a_code_alone(client_of, coordinator, concluded):
    purged = lifecycle.purge(concluded, by="tests")
    client = client_of(coordinator)

    page = client.get(correct(purged)).content.decode()
    client.post(correct(purged), sent(purged, words="typed anyway"))

    assert ('name="words"' in page, sealing.has_words(purged)) == (False, False)
    assert LedgerEntry.objects.get(act="corrected").codes == ["wrong_entry", "age_group"]


def test_how_it_ended_is_corrected_too_and_only_a_risk_factor_can_have_gone_down(client_of, coordinator, concluded):
    typed = {"conclusion_reason": "conclusion_reason:AER-02", "risk_factors": ["risk_factor:ALC-02"]}

    client_of(coordinator).post(correct(concluded), sent(concluded, **typed))

    situation = Situation.objects.get(pk=concluded.pk)
    assert (situation.conclusion_reason_id, situation.factors_lowered) == ("conclusion_reason:AER-02", [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Choose why it is corrected."),
        ({"risk_factors": []}, "Choose at least one risk factor."),
        ({"affected_0-5": "lots"}, "is a whole number."),
        ({"conclusion_reason": ""}, "Choose how it ended."),
        ({"conclusion_reason": "conclusion_reason:REJ-01"}, "Choose one of the answers offered"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_changes(client_of, coordinator, concluded, typed, said):
    response = client_of(coordinator).post(correct(concluded), sent(concluded, **typed))

    assert (response.status_code, said in response.content.decode()) == (200, True)
    assert Situation.objects.get(pk=concluded.pk).version == concluded.version


def test_a_stale_correction_shows_both_versions(client_of, coordinator, concluded):
    client, first, second = client_of(coordinator), sent(concluded), sent(concluded, age_group="age_group:60+")
    client.post(correct(concluded), first)

    response = client.post(correct(concluded), second)

    assert (response.status_code, "60 years and over" in response.content.decode()) == (409, True)
    assert Situation.objects.get(pk=concluded.pk).age_group_id == "age_group:18-24"


def test_a_picker_works_without_scripts_and_corrects_nothing_yet(client_of, coordinator, concluded):
    typed = {"find_risk_factors": "gamb", "add": "risk_factors=risk_factor:GAM-01", "words": "kept"}

    page = client_of(coordinator).post(correct(concluded), sent(concluded, **typed)).content.decode()

    assert ('data-key="risk_factor:GAM-01"' in page, 'value="kept"' in page, "error-summary" in page) == (True, True, False)
    assert Situation.objects.get(pk=concluded.pk).version == concluded.version


def test_a_correction_that_corrects_nothing_says_so(client_of, coordinator, concluded):
    response = client_of(coordinator).post(correct(concluded), sent(concluded, age_group="age_group:12-17"))

    assert (response.status_code, "there is nothing to correct" in response.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("part", "status"), [("stranger", 404), ("in_the_room", 404), ("recorder", 403), ("chair", 403), ("lead", 403), ("originator", 403)]
)
def test_only_the_coordinator_corrects(client_of, concluded, part, status):
    assert client_of(cast.the(part)).get(correct(concluded)).status_code == status


def test_while_it_is_open_it_is_changed_not_corrected(client_of, coordinator, response):
    assert client_of(coordinator).get(correct(response.situation)).status_code == 403


def test_the_page_speaks_french(client_of, coordinator, concluded):
    assert client_of(coordinator, language="fr-ca").get(correct(concluded)).status_code == 200
