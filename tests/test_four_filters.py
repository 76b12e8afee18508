"""One situation's whole way, from four chairs."""

from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from responses import lifecycle as responses
from situations.disclosure import disclose
from situations.enums import Stage
from situations.models import SealedText, Situation
from tests import cast


def known_to(member, situation):
    """What the member may know of the situation now, or None where it does not exist for them."""
    row = Situation.objects.visible_to(cast.the(member)).filter(pk=situation.pk).first()
    return disclose(row, to=cast.the(member)) if row else None


def knowers(situation):
    return {part for part in cast.PARTS if known_to(part, situation)}


def test_a_draft_is_known_to_its_agency_alone(draft):
    assert knowers(draft) == {"originator"}


def test_a_submitted_situation_is_known_to_its_agency_and_those_who_prepare_the_meeting(submitted):
    assert knowers(submitted) == {"originator", "chair", "recorder", "coordinator"}


def test_a_presented_situation_is_known_in_the_room_and_not_at_the_desk(item):
    situation = item.situation

    assert knowers(situation) == {
        "originator",
        "in_the_room",
        "lead",
        "assisting",
        "recused",
        "observer",
        "chair",
        "recorder",
        "coordinator",
    }
    assert known_to("in_the_room", situation).why_now == cast.WHY_NOW


def test_after_acceptance_observers_and_the_recused_are_out(accepted_item):
    assert knowers(accepted_item.situation) == {"originator", "in_the_room", "lead", "assisting", "chair", "recorder", "coordinator"}


def test_a_response_is_known_to_those_who_act(response):
    assert knowers(response.situation) == {"originator", "lead", "assisting", "chair", "recorder", "coordinator"}


def test_the_room_ends_by_the_clock_even_if_nobody_clicks(accepted_item, later):
    with later(hours=3):
        assert known_to("in_the_room", accepted_item.situation) is None


def test_a_rejection_forgets_everything_of_the_person_at_once(item, chair):
    meetings.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=chair)

    situation = Situation.objects.get(pk=item.situation_id)
    assert (situation.stage, situation.age_group_id, situation.risk_factors, situation.discussion_type_id, situation.consent_id) == (
        Stage.REJECTED,
        None,
        [],
        "discussion_type:PER",
        "consent:UNABLE",
    )
    assert SealedText.objects.filter(situation=situation).count() == 0
    assert item.positions.count() == 0


def test_from_a_draft_to_the_follow_up(response, lead, chair, later):
    with later(hours=20):
        responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    with later(days=7):
        responses.propose_conclusion(response, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by=lead)
        meeting = cast.an_open_meeting_after(response, by=chair)
        item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
        meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by=chair)
        meetings.close_meeting(meeting, by=chair)
    with later(days=38):
        follow_up = response.follow_ups.due().get()
        responses.answer_follow_up(follow_up, answer="follow_up_code:FUP-01", by=lead)
        responses.purge(response.situation, by="tick")

    situation = Situation.objects.get(pk=response.situation_id)
    assert (situation.stage, situation.conclusion_reason_id, situation.factors_lowered) == (
        Stage.PURGED,
        "conclusion_reason:ORL-01",
        ["risk_factor:HOU-01"],
    )
    assert SealedText.objects.filter(situation=situation).count() == 0
    assert LedgerEntry.objects.filter(situation_id=situation.pk, act="concluded").count() == 1
