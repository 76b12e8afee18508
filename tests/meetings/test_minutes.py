"""The minutes write themselves: numbers, decisions, tallies, who was there; and nothing about a person."""

import pytest
from django.urls import reverse

from agencies import clock
from agencies.models import LedgerEntry
from meetings import lifecycle
from meetings.models import Meeting
from responses import lifecycle as responses
from tests import cast


def read(client, meeting):
    return client.get(reverse("meetings:minutes", args=[meeting.pk]))


def text(response):
    return " ".join(response.content.decode().split())


def told(response):
    """Number and outcome of each item as the page was handed it."""
    return [(item.reference, str(item.outcome)) for item in response.context["items"]]


@pytest.fixture
def closed(response, chair):
    """A meeting that accepted one situation and recorded its response, closed."""
    return lifecycle.close_meeting(Meeting.objects.under_way().get(), by=chair)


@pytest.fixture
def reported(response, chair, lead):
    """The next meeting: the lead reported back, the response was kept open; closed."""
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)
    lifecycle.hear_report(item, agency=lead.agency, report="report_back_code:RPT-01", by=lead)
    return lifecycle.close_meeting(meeting, by=chair)


def test_what_was_decided_stands_with_its_tally(client_of, closed, response, stranger):
    minutes = read(client_of(stranger), closed)

    item = minutes.context["items"][0]
    assert told(minutes) == [(response.situation.reference, "Accepted, response recorded")]
    assert (item.tally.met, item.tally.not_met, item.tally.question) == (2, 0, 1)


def test_of_one_that_was_not_accepted_only_number_decision_and_tally_stand(client_of, item, chair, stranger):
    lifecycle.take_position(item, agency=cast.the("lead").agency, position="position:NOT", by=cast.the("lead"))
    lifecycle.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-05", by=chair)
    lifecycle.close_meeting(item.meeting, by=chair)

    minutes = read(client_of(stranger), item.meeting)

    assert (told(minutes), minutes.context["items"][0].tally.not_met) == ([(item.situation.reference, "Not accepted")], 1)
    assert [words for words in ("Probability of harm", "exhausted all options") if words in text(minutes)] == []


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("stranger", 200),
        ("chair", 200),
        ("recorder", 200),
        ("coordinator", 200),
        ("privacy_officer", 200),
        ("observer", 403),
        ("steering", 403),
        ("administrator", 403),
    ],
)
def test_minutes_are_for_seated_agencies_and_those_who_keep_the_table(client_of, closed, part, status):
    assert read(client_of(cast.the(part)), closed).status_code == status


def test_there_are_no_minutes_while_the_meeting_is_under_way(client_of, meeting, chair):
    assert read(client_of(chair), meeting).status_code == 403


def test_reading_is_on_the_record(client_of, closed, stranger):
    read(client_of(stranger), closed)

    assert [entry.subject_id for entry in LedgerEntry.objects.filter(act="minutes_read", by_id=stranger.pk)] == [str(closed.pk)]


def test_the_coded_report_is_read_by_those_only_who_may_read_it(client_of, reported, lead, coordinator, stranger):
    reports = {
        part: [report.words for item in read(client_of(cast.the(part)), reported).context["items"] for report in item.reports]
        for part in ("lead", "coordinator", "stranger")
    }

    heard = ["Contact made, work under way"]
    assert reports == {"lead": heard, "coordinator": heard, "stranger": []}


def test_a_report_stands_in_the_minutes_of_the_meeting_that_heard_it(client_of, response, reported, chair, lead, later):
    with later(minutes=10):
        responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-05", by=lead)
        meeting = cast.an_open_meeting(response.table, by=chair)
        lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)
        lifecycle.close_meeting(meeting, by=chair)

        heard = [report.words for report in read(client_of(lead), meeting).context["items"][0].reports]

    assert heard == ["Ready to conclude"]


def test_the_minutes_of_whoever_stepped_out_leave_the_item_out(client_of, reported, response, recused):
    minutes = read(client_of(recused), reported)

    assert (told(minutes), response.situation.reference in text(minutes), "stepped out" in text(minutes)) == ([], False, False)
    assert "The table heard nothing at this meeting." in text(minutes)


def test_nobody_is_named_for_stepping_out(client_of, closed, stranger):
    assert "out of the room" not in text(read(client_of(stranger), closed))


def test_who_was_there_stands_with_their_times(client_of, closed, stranger):
    agencies = {agency.name: agency.people for agency in read(client_of(stranger), closed).context["agencies"]}

    assert sorted(agencies) == [
        "",
        "Granite Police Service",
        "Heron School Board",
        "Larch Housing",
        "Otter Mental Health",
        "Sorrel Health Centre",
    ]
    assert [(person.name, person.is_observer, len(person.intervals)) for person in agencies[""]] == [("Observer Person", True, 1)]


def test_systemic_issues_of_the_day_stand_beside_the_items(client_of, table, closed, stranger):
    responses.raise_issue(table, issue_type="systemic_issue_type:SYS-01", line="No bed within 100 km.", by=stranger, agency=stranger.agency)

    assert [issue.line for issue in read(client_of(stranger), closed).context["issues"]] == ["No bed within 100 km."]


def test_minutes_hold_no_word_of_a_situation(client_of, closed, chair):
    assert cast.WHY_NOW not in text(read(client_of(chair), closed))


def test_the_chair_approves_once(client_of, closed, chair):
    client = client_of(chair)
    address = reverse("meetings:approve_minutes", args=[closed.pk])

    statuses = [client.post(address).status_code for _time in range(2)]

    assert statuses == [302, 403]
    assert LedgerEntry.objects.filter(act="minutes_approved").count() == 1
    assert "by Chair Person" in text(read(client, closed))


@pytest.mark.parametrize("part", ["recorder", "stranger"])
def test_nobody_else_approves(client_of, closed, part):
    assert client_of(cast.the(part)).post(reverse("meetings:approve_minutes", args=[closed.pk])).status_code == 403


@pytest.mark.parametrize("heard", [1, 3])
def test_minutes_cost_the_same_however_much_was_heard(client_of, table, originator, chair, heard, django_assert_num_queries):
    for _each in range(heard):
        cast.a_submitted(table, by=originator)
    meeting = cast.an_open_meeting(table, by=chair)
    while lifecycle.next_item(meeting, by=chair) is not None:
        pass
    lifecycle.close_meeting(meeting, by=chair)
    client = client_of(originator)
    read(client, meeting)

    with django_assert_num_queries(17):
        assert len(read(client, meeting).context["items"]) == heard


def test_minutes_speak_french(client_of, closed, stranger):
    assert read(client_of(stranger, language="fr-ca"), closed).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("en-ca", "Probability of harm"), ("fr-ca", "Probabilité de préjudice")])
def test_the_sheet_of_paper_says_of_situations_nothing_and_is_in_the_readers_language(client_of, submitted, stranger, language, words):
    response = client_of(stranger, language=language).get(reverse("meetings:paper"))

    told = [part for part in (cast.WHY_NOW, str(submitted.pk), str(clock.now().year)) if part in text(response).partition("<main")[2]]
    assert (words in text(response), told) == (True, [])


def test_the_minutes_follow_the_order_in_which_the_items_were_opened(client_of, table, originator, chair, stranger):
    first, second = (cast.a_submitted(table, by=originator) for _each in range(2))
    meeting = cast.an_open_meeting(table, by=chair)
    for situation in (second, first):  # out of turn
        lifecycle.defer(cast.the_item_of(situation, meeting, by=chair), reason="deferral_reason:DEF-01", by=chair)
    lifecycle.close_meeting(meeting, by=chair)

    heard = list(meeting.items.order_by("opened_at").values_list("situation", flat=True))

    assert heard == [second.pk, first.pk]
    numbers = [item.reference for item in read(client_of(stranger), meeting).context["items"]]
    assert numbers == [type(first).objects.get(pk=pk).reference for pk in heard]


def test_each_decision_on_a_new_situation_has_its_tally_also_when_nobody_took_a_position(client_of, item, chair, stranger):
    lifecycle.defer(item, reason="deferral_reason:DEF-01", by=chair)
    lifecycle.close_meeting(item.meeting, by=chair)

    minutes = read(client_of(stranger), item.meeting)

    tally = minutes.context["items"][0].tally
    assert ((tally.met, tally.not_met, tally.question), "Nobody’s position was entered." in text(minutes)) == ((0, 0, 0), True)


def test_what_an_earlier_meeting_accepted_has_no_second_tally(client_of, accepted_item, chair, stranger, later):
    lifecycle.close_meeting(accepted_item.meeting, by=chair)
    with later(minutes=1):
        meeting = cast.an_open_meeting(accepted_item.meeting.table, by=chair)
        again = cast.the_item_of(accepted_item.situation, meeting, by=chair)
        lifecycle.end_early(again, reason="early_end_reason:EAR-01", by=chair)
        lifecycle.close_meeting(meeting, by=chair)

        assert [item.tally for item in read(client_of(stranger), meeting).context["items"]] == [None]


def test_the_sheet_on_paper_has_a_line_for_each_agency_with_a_seat(client_of, in_the_room):
    paper = client_of(in_the_room).get(reverse("meetings:paper"))

    assert [agency.name for agency in paper.context["agencies"]] == sorted(cast.AGENCIES)
