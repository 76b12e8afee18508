"""The recorder enters what is said by those without a device, the reports, and what the table decides."""

import pytest
from django.urls import reverse

from agencies.models import LedgerEntry
from meetings import lifecycle
from meetings.models import AgendaItem, Involvement, Position
from responses.models import ReportBack
from situations.models import Situation
from tests import cast


def sheet(client, meeting):
    return client.get(reverse("meetings:recorder", args=[meeting.pk]))


def post(client, name, row, **data):
    return client.post(reverse(f"meetings:{name}", args=[row.pk]), data)


@pytest.fixture
def at_the_sheet(client_of, recorder):
    """The recorder's own browser."""
    return client_of(recorder)


@pytest.fixture
def report_item(response, chair):
    """The next meeting, at which the response reports back: the item is open."""
    meeting = cast.an_open_meeting_after(response, by=chair)
    return lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)


@pytest.mark.parametrize(
    ("part", "status"), [("recorder", 200), ("coordinator", 200), ("chair", 403), ("in_the_room", 403), ("administrator", 403)]
)
def test_the_sheet_is_the_recorders_and_the_coordinators(client_of, meeting, part, status):
    assert sheet(client_of(cast.the(part)), meeting).status_code == status


def test_positions_are_entered_for_agencies_without_a_device(at_the_sheet, item, lead, in_the_room, recorder):
    answers = {f"said_{lead.agency_id}": "position:MET", f"said_{in_the_room.agency_id}": "position:NOT"}

    post(at_the_sheet, "answers", item, **answers)

    said = {(taken.agency, taken.position_id, taken.taken_by) for taken in Position.objects.filter(item=item)}
    assert said == {(lead.agency, "position:MET", recorder), (in_the_room.agency, "position:NOT", recorder)}


def test_only_what_changed_is_entered(at_the_sheet, item, lead, in_the_room):
    lifecycle.take_position(item, agency=lead.agency, position="position:MET", by=lead)

    post(at_the_sheet, "answers", item, **{f"said_{lead.agency_id}": "position:MET", f"said_{in_the_room.agency_id}": "position:ASK"})

    assert [entry.audience_id for entry in LedgerEntry.objects.filter(act="position_taken").order_by("at")] == [
        lead.agency_id,
        in_the_room.agency_id,
    ]
    assert Position.objects.get(item=item, agency=lead.agency).taken_by == lead


def test_involvement_is_entered_for_agencies_without_a_device(at_the_sheet, accepted_item, lead):
    post(at_the_sheet, "answers", accepted_item, **{f"said_{lead.agency_id}": "involvement:NOW"})

    assert [said.involvement_id for said in Involvement.objects.filter(item=accepted_item)] == ["involvement:NOW"]


def test_an_agency_that_is_not_at_the_table_has_no_row(at_the_sheet, item, stranger, recused):
    lifecycle.step_out(item, member=recused, by=recused)

    rows = [row.name for row in sheet(at_the_sheet, item.meeting).context["form"].rows()]

    assert rows == ["Granite Police Service", "Heron School Board", "Larch Housing", "Otter Mental Health"]


@pytest.mark.parametrize(("part", "status"), [("in_the_room", 403), ("chair", 403), ("stranger", 404)])
def test_nobody_else_answers_for_others(client_of, item, part, status, lead):
    response = post(client_of(cast.the(part)), "answers", item, **{f"said_{lead.agency_id}": "position:MET"})

    assert (response.status_code, Position.objects.filter(item=item).count()) == (status, 0)


def test_a_report_is_entered_for_the_agency_that_gives_it(at_the_sheet, report_item, lead):
    post(at_the_sheet, "report", report_item, agency=str(lead.agency_id), report="report_back_code:RPT-01")

    assert [(report.agency, report.report_id) for report in ReportBack.objects.all()] == [(lead.agency, "report_back_code:RPT-01")]
    assert AgendaItem.objects.get(pk=report_item.pk).outcome == "kept_open"


def test_a_report_comes_from_an_engaged_agency(at_the_sheet, report_item, in_the_room):
    response = post(at_the_sheet, "report", report_item, agency=str(in_the_room.agency_id), report="report_back_code:RPT-01")

    assert (list(response.context["form"].errors), ReportBack.objects.count()) == (["agency"], 0)


def test_the_decision_is_entered_too_and_leads_back_to_the_sheet(at_the_sheet, item):
    response = post(at_the_sheet, "accept", item)

    assert (response.url, Situation.objects.get(pk=item.situation_id).stage) == (
        reverse("meetings:recorder", args=[item.meeting_id]),
        "identifying",
    )


def test_the_recorder_does_not_open_items(at_the_sheet, meeting, submitted):
    assert post(at_the_sheet, "item_next", meeting).status_code == 403


def test_the_profile_is_linked_while_it_may_be_written(at_the_sheet, item):
    shown = sheet(at_the_sheet, item.meeting).context["item"]

    assert shown.profile_url == reverse("situations:intake", args=[item.situation_id, 1])


def test_the_sheet_is_a_look_and_holds_no_word(at_the_sheet, item, recorder):
    response = sheet(at_the_sheet, item.meeting)

    assert cast.WHY_NOW not in response.content.decode()
    looks = LedgerEntry.objects.filter(act="looked", situation_id=item.situation_id, by_id=recorder.pk)
    assert [look.relation for look in looks] == ["CO"]


@pytest.mark.parametrize("others", [0, 2])
def test_the_sheet_costs_the_same_however_long_the_agenda(at_the_sheet, table, originator, item, others, django_assert_num_queries):
    for _each in range(others):
        cast.a_submitted(table, by=originator)
    lifecycle.refresh_agenda(item.meeting)
    sheet(at_the_sheet, item.meeting)

    with django_assert_num_queries(18):
        sheet(at_the_sheet, item.meeting)


def test_the_sheet_speaks_french(client_of, recorder, report_item):
    response = sheet(client_of(recorder, language="fr-ca"), report_item.meeting)

    assert response.context["form"].fields["report"].choices[0] == ("report_back_code:RPT-01", "Contact établi, intervention en cours")
