"""One situation, whole, from every chair."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from responses import lifecycle as responses
from situations import lifecycle as situations
from tests import cast


def page_of(client, situation):
    return client.get(reverse("situation", args=[situation.pk]))


def read(client, situation):
    """The words of a page, without its markup."""
    text = re.sub(r"<[^>]+>", " ", page_of(client, situation).content.decode().split("<main")[1])
    return " ".join(text.split())


KNOWERS = {
    "draft": {"originator"},
    "submitted": {"originator", "chair", "recorder", "coordinator"},
    "response": {"originator", "lead", "assisting", "chair", "recorder", "coordinator"},
}


@pytest.mark.parametrize("stage", KNOWERS)
def test_a_situation_opens_for_those_who_stand_in_a_relation_to_it_and_for_nobody_else(request, client_of, stage):
    found = request.getfixturevalue(stage)
    situation = found.situation if stage == "response" else found

    opened = {part for part in cast.PARTS if page_of(client_of(cast.the(part)), situation).status_code == 200}
    missing = {part for part in cast.PARTS if page_of(client_of(cast.the(part)), situation).status_code == 404}

    assert (opened, missing) == (KNOWERS[stage], set(cast.PARTS) - KNOWERS[stage])


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_number_is_on_the_page_and_not_in_its_title(client_of, lead, response, language):
    page = page_of(client_of(lead, language=language), response.situation).content.decode()
    title, rest = page.split("</title>")

    assert (response.situation.reference in title, response.situation.reference in rest) == (False, True)


def test_in_the_room_one_hears_the_situation_and_learns_when_it_closes(client_of, in_the_room, item):
    text = read(client_of(in_the_room), item.situation)

    assert "You are in the room. What you see here closes with the item." in text
    assert cast.WHY_NOW in text
    assert "Name, birth date, address Withheld" in text
    assert "Contacts" not in text


def test_what_is_submitted_says_when_the_table_hears_it(client_of, originator, submitted, table, at):
    with at(datetime(2030, 3, 4, 10, tzinfo=table.zone)):
        unplanned = page_of(client_of(originator), submitted).context["page"].over
        cast.a_planned_meeting(table, starts_in=timedelta(days=1, hours=3))
        planned = page_of(client_of(originator), submitted).context["page"].over

    assert unplanned == "Your agency brought it."
    assert planned == "The table hears it at its meeting of March 5, 2030 at 13:00."


def test_what_is_submitted_is_never_promised_to_a_moment_that_has_passed(client_of, originator, chair, submitted, table, at):
    with at(datetime(2030, 3, 4, 10, tzinfo=table.zone)):
        meeting = cast.a_planned_meeting(table, starts_in=timedelta(minutes=30))
    with at(datetime(2030, 3, 4, 10, 45, tzinfo=table.zone)):
        begun = page_of(client_of(originator), submitted).context["page"].over
        meetings.open_meeting(meeting, by=chair)
        under_way = page_of(client_of(originator), submitted).context["page"].over

    assert (begun, under_way) == ("The table hears it at its next meeting.", "The table can hear it at its meeting under way.")


def test_the_page_closes_with_the_item(client_of, in_the_room, item, chair):
    meetings.close_item(item, by=chair)

    assert page_of(client_of(in_the_room), item.situation).status_code == 404


def test_at_filter_3_the_page_says_when_first_contact_is_due(client_of, in_the_room, accepted_item):
    page = page_of(client_of(in_the_room), accepted_item.situation)

    assert page.context["page"].clock.words.startswith("First contact by ")


def test_the_room_reads_its_own_answer_and_no_other(client_of, in_the_room, accepted_item):
    meetings.say_involvement(accepted_item, agency=in_the_room.agency, involvement="involvement:HELP", by=in_the_room)
    other = cast.the("lead")
    meetings.say_involvement(accepted_item, agency=other.agency, involvement="involvement:NOW", by=other)

    said = {each.datum: each for each in page_of(client_of(in_the_room), accepted_item.situation).context["said"]}

    assert (said["involvement"].own, said["involvement"].rows) == ("Could help", [])


def test_those_who_act_read_the_response_and_not_what_was_tried(client_of, lead, response):
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-02", by=lead)
    responses.record_service(response, service="service:SVC-12", mobilization="mobilization_type:MOB-01", agency=None, by=lead)

    text = read(client_of(lead), response.situation)

    assert "Contact made, thinking about it" in text
    assert "Housing: Informed of service" in text
    assert "contact made within the hour" in text
    assert "What was tried before Withheld" in text


def test_the_originator_learns_that_there_was_a_contact_and_no_more(client_of, originator, lead, response):
    before = read(client_of(originator), response.situation)
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-02", by=lead)
    after = read(client_of(originator), response.situation)

    assert "Contacts and the 48-hour clock Not recorded yet" in before
    assert "Contacts and the 48-hour clock Recorded" in after
    assert "thinking about it" not in after


def test_the_chair_knows_that_there_are_steps_and_not_which(client_of, chair, lead, response, later):
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now(), by=lead)

    text = read(client_of(chair), response.situation)

    assert "Steps Recorded" in text
    assert "Safety plan" not in text


def acts(client, situation):
    return {str(act) for act in page_of(client, situation).context["may"]}


def test_each_is_offered_what_they_may_do(client_of, lead, assisting, originator, chair, response):
    offered = {part: acts(client_of(cast.the(part)), response.situation) for part in ("lead", "assisting", "originator", "chair")}

    at_work = {"contact", "plan_step", "finish_step", "service", "report_back", "ask", "step_out"}
    assert offered == {
        "lead": at_work | {"edit", "propose", "hand_over"},
        "assisting": at_work | {"edit", "leave"},
        "originator": {"edit", "read_looks", "step_out"},
        "chair": {"ask", "step_out"},
    }


def test_whoever_steps_out_is_led_to_their_own_page_and_finds_it_closed(client_of, lead, response):
    situations.recuse(response.situation, member=lead, by=lead)

    assert page_of(client_of(lead), response.situation).status_code == 404


@pytest.mark.parametrize(("part", "relation"), [("lead", "EN"), ("originator", "OR"), ("chair", "CH"), ("coordinator", "CO")])
def test_a_look_is_on_the_record_once_with_the_relation_in_which_it_was_taken(client_of, response, part, relation):
    client = client_of(cast.the(part))

    page_of(client, response.situation)
    page_of(client, response.situation)

    looks = LedgerEntry.objects.filter(act="looked", situation_id=response.situation_id, by_id=cast.the(part).pk)
    assert list(looks.values_list("relation", flat=True)) == [relation]


def test_a_privacy_officer_looks_with_a_reason_and_for_a_quarter_of_an_hour(client_of, privacy_officer, response, later):
    client = client_of(privacy_officer)
    situations.look_with_reason(response.situation, reason="audit", by=privacy_officer)

    statuses = [page_of(client, response.situation).status_code]
    with later(minutes=16):
        statuses.append(page_of(client, response.situation).status_code)

    assert statuses == [200, 404]


def test_of_a_situation_that_was_not_accepted_the_page_holds_nothing_of_the_person(client_of, originator, item, chair):
    meetings.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=chair)

    text = read(client_of(originator), item.situation)

    assert "What was said of the person is forgotten" in text
    assert "12–17" not in text
    assert "Withheld" not in text


def test_a_number_withheld_from_a_relation_withholds_the_page(client_of, in_the_room, item, chair):
    meetings.defer(item, reason="deferral_reason:DEF-01", by=chair)  # the item stays open: a right of the room, at a stage that has none

    assert page_of(client_of(in_the_room), item.situation).status_code == 404


def test_every_stage_has_its_page(client_of, lead, coordinator, response, chair, later):
    statuses = []
    with later(days=7):
        meeting = cast.an_open_meeting_after(response, by=chair)
        item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
        meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by=chair)
        statuses += [page_of(client_of(member, language="fr-ca"), response.situation).status_code for member in (lead, coordinator)]
    with later(days=38):
        responses.purge(response.situation, by="tick")
        statuses += [page_of(client_of(member), response.situation).status_code for member in (lead, coordinator)]

    assert statuses == [200, 200, 200, 200]


def test_after_the_end_the_page_speaks_of_it_as_past_and_promises_no_opening(client_of, lead, originator, response, chair, later):
    seen = {}
    with later(days=7):
        meeting = cast.an_open_meeting_after(response, by=chair)
        item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
        meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
        seen["concluded"] = page_of(client_of(originator), response.situation).context["page"]
    with later(days=38):
        responses.purge(response.situation, by="tick")
        seen["purged"] = page_of(client_of(lead), response.situation).context["page"]

    said = {stage: [(each.datum, str(each.why), str(each.opens)) for each in page.withheld] for stage, page in seen.items()}
    words_gone = "It closed when the words of the situation were forgotten."
    not_any_more = "It does not open any more: the situation has ended."
    assert seen["purged"].over == "Your agency led the response."
    assert said == {
        "concluded": [
            ("identifiers", "At this table names are spoken, never written here.", "Not on any screen."),
            ("filter1_worksheet", "It closed when the situation ended.", "It does not open again."),
            ("steps", "They belong to the agencies that act.", not_any_more),
            ("services_mobilised", "They belong to the agencies that act.", not_any_more),
        ],
        "purged": [
            (datum, words_gone, "It does not open again.") for datum in ("profile_and_factors", "consent_and_ground", "services_mobilised")
        ],
    }


def fill(response, lead, times):
    for _time in range(times):
        responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now(), by=lead)
        responses.record_contact(response, agency=lead.agency, result="contact_result:CON-04", by=lead)
        responses.record_service(response, service="service:SVC-12", mobilization="mobilization_type:MOB-01", by=lead)
        responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-02", by=lead)


# Six of them frame each test, seven each page; eleven are the page's own.
@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_the_same_number_of_questions_whatever_happened(client_of, lead, response, django_assert_num_queries, times):
    fill(response, lead, times)
    client = client_of(lead)
    page_of(client, response.situation)

    with django_assert_num_queries(20):
        page_of(client, response.situation)
