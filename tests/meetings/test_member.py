"""A member follows the meeting: one question at a time, an answer that can be changed, and a way out."""

import uuid

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from meetings import lifecycle
from meetings.models import Involvement, Position
from situations.models import Situation
from tests import cast


def screen(client, meeting):
    return client.get(reverse("meetings:member", args=[meeting.pk]))


def post(client, name, row, **data):
    return client.post(reverse(f"meetings:{name}", args=[row.pk]), data)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def device(client_of, in_the_room):
    """The phone of one who is in the room."""
    return client_of(in_the_room)


def test_at_filter_2_the_question_is_whether_the_risk_is_acute(device, item):
    question = screen(device, item.meeting).context["question"]

    assert (str(question["words"]), len(question["answers"]), question["given"]) == ("Is the risk acute?", 3, "")


def test_at_filter_3_the_question_is_how_the_agency_is_involved(device, accepted_item):
    question = screen(device, accepted_item.meeting).context["question"]

    assert (str(question["words"]), len(question["answers"])) == ("Is your agency involved?", 4)


def test_a_position_can_be_changed_until_the_table_decides(device, item, in_the_room):
    post(device, "position", item, answer="position:ASK")
    post(device, "position", item, answer="position:MET")

    assert [taken.position_id for taken in Position.objects.filter(item=item)] == ["position:MET"]
    assert screen(device, item.meeting).context["question"]["given"] == "position:MET"
    assert LedgerEntry.objects.filter(act="position_taken", by_id=in_the_room.pk).count() == 2


def test_an_answer_posted_twice_counts_once(device, item, in_the_room):
    token = str(uuid.uuid4())

    urls = [post(device, "position", item, answer="position:MET", form_token=token).url for _time in range(2)]

    assert urls == [reverse("meetings:member", args=[item.meeting_id])] * 2
    assert LedgerEntry.objects.filter(act="position_taken", by_id=in_the_room.pk).count() == 1


def test_an_involvement_is_the_agencys_own(device, accepted_item, in_the_room):
    post(device, "involvement", accepted_item, answer="involvement:HELP")

    assert [(said.agency, said.involvement_id) for said in Involvement.objects.filter(item=accepted_item)] == [
        (in_the_room.agency, "involvement:HELP")
    ]


def test_an_answer_that_is_not_offered_is_refused(device, item):
    response = post(device, "position", item, answer="involvement:HELP")

    assert (response.status_code, Position.objects.filter(item=item).count()) == (409, 0)


def test_after_the_decision_a_position_comes_too_late(device, accepted_item):
    before = Position.objects.filter(item=accepted_item).count()

    response = post(device, "position", accepted_item, answer="position:NOT")

    assert (response.status_code, Position.objects.filter(item=accepted_item).count()) == (403, before)


@pytest.mark.parametrize(("part", "status"), [("observer", 403), ("chair", 403), ("stranger", 404), ("colleague", 404)])
def test_positions_are_taken_by_agencies_in_the_room(client_of, item, part, status):
    assert post(client_of(cast.the(part)), "position", item, answer="position:MET").status_code == status


def test_an_originator_at_a_desk_is_told_that_it_is_not_at_the_table(client_of, item, originator):
    lifecycle.check_out(item.meeting, member=originator, by=originator)

    response = post(client_of(originator), "position", item, answer="position:MET")

    assert (response.status_code, "Heron School Board is not at the table." in text(response)) == (409, True)


def test_a_colleague_at_a_desk_sees_no_question_and_no_number(client_of, item, colleague):
    response = screen(client_of(colleague), item.meeting)

    assert (response.context["item"], item.situation.reference in text(response)) == (None, False)
    assert "You are not checked in" in text(response)


def test_whoever_stepped_out_is_out_of_the_room(client_of, accepted_item, recused):
    response = screen(client_of(recused), accepted_item.meeting)

    assert ("You are out of the room" in text(response), accepted_item.situation.reference in text(response)) == (True, False)


def test_whoever_stepped_out_finds_no_line_of_the_item_among_those_of_the_meeting(client_of, accepted_item, recused):
    agenda = screen(client_of(recused), accepted_item.meeting).context["agenda"]

    assert (agenda.has_open_item, agenda.count) == (True, 0)


def test_observers_are_out_of_the_room_once_the_table_accepts(client_of, item, observer, chair):
    at_filter_2 = screen(client_of(observer), item.meeting).context["item"].reference
    lifecycle.accept(item, by=chair)

    assert (at_filter_2, screen(client_of(observer), item.meeting).context["item"]) == (item.situation.reference, None)


def test_opening_the_screen_while_an_item_is_open_is_a_look(device, item, in_the_room):
    for _refresh in range(2):
        screen(device, item.meeting)

    looks = LedgerEntry.objects.filter(act="looked", situation_id=item.situation_id, by_id=in_the_room.pk)
    assert [look.relation for look in looks] == ["IR"]


def test_the_screen_holds_no_word_of_the_situation(device, accepted_item):
    response = screen(device, accepted_item.meeting)

    held = [value for context in response.context for layer in context for value in layer.values()]
    assert ([row for row in held if isinstance(row, Situation)], cast.WHY_NOW in text(response)) == ([], False)


def test_once_the_response_is_recorded_the_room_reads_who_acts(device, accepted_item, chair):
    cast.a_response_to(accepted_item, by=chair, close=False)

    acting = screen(device, accepted_item.meeting).context["item"].response

    assert (acting.lead.name, [agency.name for agency in acting.assisting]) == ("Otter Mental Health", ["Granite Police Service"])


def test_the_engaged_agency_is_led_to_its_own_report(client_of, response, chair, lead, in_the_room):
    meeting = cast.an_open_meeting_after(response, by=chair)
    lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)
    address = reverse("responses:report_back", args=[response.pk])

    assert [address in text(screen(client_of(member), meeting)) for member in (lead, in_the_room)] == [True, False]


def test_stepping_out_asks_first_and_then_the_situation_is_gone(device, item, in_the_room):
    address = reverse("meetings:step_out", args=[item.situation_id])
    asked = device.get(address).status_code

    response = device.post(address)

    assert (asked, response.url) == (200, reverse("meetings:detail", args=[item.meeting_id]))
    assert device.get(address).status_code == 404
    assert LedgerEntry.objects.filter(act="recused", by_id=in_the_room.pk).count() == 1


def test_a_stranger_cannot_step_out_of_what_they_do_not_know(client_of, item, stranger):
    assert client_of(stranger).get(reverse("meetings:step_out", args=[item.situation_id])).status_code == 404


def test_a_draft_is_nothing_to_step_out_of(client_of, draft, originator):
    assert client_of(originator).get(reverse("meetings:step_out", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("part", ["steering", "administrator", "privacy_officer"])
def test_who_has_no_place_at_the_table_has_no_screen(client_of, meeting, part):
    assert screen(client_of(cast.the(part)), meeting).status_code == 403


@pytest.mark.parametrize("others", [0, 2])
def test_the_screen_costs_the_same_however_long_the_agenda(device, table, originator, item, others, django_assert_num_queries):
    for _each in range(others):
        cast.a_submitted(table, by=originator)
    lifecycle.refresh_agenda(item.meeting)
    screen(device, item.meeting)

    with django_assert_num_queries(16):
        screen(device, item.meeting)


def test_the_screen_speaks_french(client_of, item, in_the_room):
    response = screen(client_of(in_the_room, language="fr-ca"), item.meeting)

    assert (response.status_code, response.context["question"]["answers"][0]) == (200, ("position:MET", "Risque extrêmement élevé"))


def test_when_the_planned_end_has_passed_nobody_is_said_to_be_out_of_the_room(client_of, item, in_the_room, later):
    client = client_of(in_the_room)

    with later(hours=3):
        shown = text(client.get(reverse("meetings:member", args=[item.meeting_id])))

    assert ("The planned end has passed" in shown, "out of the room" in shown) == (True, False)
