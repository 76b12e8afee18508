"""The record: who reads which of it, and that it never tells what a situation is."""

import pytest
from django.urls import reverse

from agencies import ledger, lifecycle
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from responses import lifecycle as responses
from situations import lifecycle as situations
from tests import cast

LEDGER = reverse("agencies:ledger")
MINE = f"{LEDGER}?mine"


def rows(page):
    return page.context["rows"]


def acts(page):
    return {row["act"] for row in rows(page)}


def everything(client, **asked):
    return rows(client.get(LEDGER, {"per_page": 100, **asked}))


def test_the_privacy_officer_reads_looks_by_a_reference_that_leads_to_a_reasoned_look(submitted, recorder, privacy_officer, client_of):
    client_of(recorder).get(reverse("situation", args=[submitted.pk]))

    page = client_of(privacy_officer).get(LEDGER)

    look = next(row for row in rows(page) if row["act"] == "Looked" and row["situation"])
    assert look["by"] == "Recorder Person"
    assert f'<a href="{reverse("situations:look", args=[submitted.pk])}">{str(submitted.pk)[:8]}</a>' in page.content.decode()


def test_without_a_reason_the_privacy_officer_reads_that_somebody_acted_and_not_what_was_done(response, privacy_officer, client_of):
    seen = [row for row in everything(client_of(privacy_officer)) if row["situation"]]

    assert {(row["act"], row["about"]) for row in seen} == {
        ("Acted in a situation", ""),
        ("Stepped out of a situation", "Recused Person"),
    }


def test_what_was_done_in_a_situation_cannot_be_found_out_by_narrowing(response, privacy_officer, client_of):
    client = client_of(privacy_officer)

    found = {act: everything(client, act=act) for act in ("accepted", "response_opened", "granted")}
    acted = {row["act"] for row in everything(client, act="acted")}

    assert (found, acted) == ({"accepted": [], "response_opened": [], "granted": []}, {"Acted in a situation"})


def test_what_the_clockwork_did_to_a_situation_is_not_read(response, privacy_officer, client_of):
    ledger.record(LedgerAct.PURGED, by="tick", situation=response.situation)

    assert "The table’s own clockwork" not in {row["by"] for row in everything(client_of(privacy_officer)) if row["situation"]}


def test_a_privacy_officer_who_stepped_out_reads_that_and_nothing_else_of_the_situation(submitted, recorder, privacy_officer, client_of):
    situations.recuse(submitted, member=privacy_officer, by=recorder)
    client_of(recorder).get(reverse("situation", args=[submitted.pk]))

    seen = [row["act"] for row in everything(client_of(privacy_officer)) if row["situation"] == submitted.pk]

    assert seen == ["Stepped out of a situation"]


def test_who_is_let_in_again_reads_of_it_as_before(submitted, recorder, coordinator, privacy_officer, client_of, later):
    client_of(recorder).get(reverse("situation", args=[submitted.pk]))
    situations.recuse(submitted, member=privacy_officer, by=recorder)

    with later(minutes=1):
        situations.let_in_again(submitted, member=privacy_officer, reason="by_mistake", by=coordinator)

    assert "Looked" in {row["act"] for row in everything(client_of(privacy_officer)) if row["situation"] == submitted.pk}


def test_ones_own_entries_leave_out_a_situation_from_which_one_stepped_out(response, lead, client_of):
    situations.recuse(response.situation, member=lead, by=lead)

    assert [row["act"] for row in rows(client_of(lead).get(MINE)) if row["situation"]] == ["Stepped out of a situation"]


@pytest.mark.parametrize("part", ["privacy_officer", "coordinator"])
def test_reading_the_record_is_on_the_record_once_in_a_quarter_of_an_hour(request, table, part, client_of, later):
    client = client_of(request.getfixturevalue(part))

    for _refresh in range(2):
        client.get(LEDGER)
    with later(minutes=16):
        seen = everything(client, act="looked", person=request.getfixturevalue(part).pk)

    assert [(row["by"], row["about"]) for row in seen] == [(request.getfixturevalue(part).full_name, "The record")] * 2


def test_a_draft_does_not_exist_for_the_privacy_officer(draft, privacy_officer, client_of):
    seen = {row["situation"] for row in everything(client_of(privacy_officer))}

    assert draft.pk not in seen


def test_a_discarded_draft_never_existed(draft, originator, privacy_officer, client_of):
    client_of(originator).post(reverse("situations:discard", args=[draft.pk]), {"form_token": "0b54ee0c-5bf4-4d6f-9b0c-4d1f1b9c2f10"})

    assert {row["situation"] for row in everything(client_of(privacy_officer))} == {None}


def test_the_record_holds_no_number_and_no_word_of_a_situation(response, privacy_officer, client_of):
    said = client_of(privacy_officer).get(LEDGER, {"per_page": 100}).content.decode()

    held = [response.situation.reference, cast.WHY_NOW, "Housing – ", "HOU-01", "risk_factor", "CON-01"]
    assert [fact for fact in held if fact in said] == []


def test_a_coordinator_reads_what_was_done_at_the_table_and_nothing_of_situations(response, coordinator, client_of):
    seen = everything(client_of(coordinator))

    assert {row["situation"] for row in seen} == {None}
    assert {"Opened a meeting", "Came to the table"} <= {row["act"] for row in seen}


def test_a_coordinator_reads_who_came_and_who_signed_but_not_who_read_or_was_refused_what(
    response, coordinator, chair, stranger, administrator, client_of
):
    meetings.close_meeting(response.situation.agenda_items.get().meeting, by=chair)
    for address in (reverse("situations:list"), reverse("situation", args=[response.situation_id])):
        client_of(stranger).get(address)
    client_of(stranger).get(reverse("meetings:minutes", args=[response.situation.agenda_items.get().meeting_id]))
    lifecycle.appoint(stranger, table=response.table, role="chair", by=administrator)

    seen = {row["act"] for row in everything(client_of(coordinator)) if row["by"] != coordinator.full_name}

    assert {"Came to the table", "Closed a meeting", "Gave a role"} <= seen
    assert seen & {"Looked", "Was refused a page", "Read the minutes"} == set()


def test_the_privacy_officer_reads_who_read_and_was_refused_what(response, privacy_officer, chair, stranger, client_of):
    meetings.close_meeting(response.situation.agenda_items.get().meeting, by=chair)
    for address in (reverse("situations:list"), reverse("situation", args=[response.situation_id])):
        client_of(stranger).get(address)
    client_of(stranger).get(reverse("meetings:minutes", args=[response.situation.agenda_items.get().meeting_id]))

    seen = {row["act"] for row in everything(client_of(privacy_officer)) if row["by"] == stranger.full_name}

    assert {"Looked", "Was refused a page", "Read the minutes"} <= seen


def test_a_coordinator_reads_the_own_entries_about_situations(submitted, coordinator, client_of):
    client = client_of(coordinator)
    client.get(reverse("situation", args=[submitted.pk]))

    assert [row["by"] for row in everything(client) if row["situation"]] == ["Coordinator Person"]


@pytest.mark.parametrize("part", ["administrator", "chair", "originator", "in_the_room", "lead", "recorder", "steering"])
@pytest.mark.parametrize("address", [LEDGER, MINE])
def test_everyone_else_reads_the_own_entries_and_no_others(request, response, part, address, client_of):
    member = request.getfixturevalue(part)

    page = client_of(member).get(address, follow=True)

    own = LedgerEntry.objects.filter(by_id=member.pk)
    assert (page.status_code, page.context["is_own"], page.context["page"].paginator.count) == (200, True, own.count())
    assert {row["by"] for row in rows(page)} <= {member.full_name}


def test_ones_own_entries_lead_nowhere(submitted, originator, client_of):
    page = client_of(originator).get(MINE)

    assert str(submitted.pk)[:8] not in page.content.decode()


def references(client, *acts):
    seen = rows(client.get(LEDGER, {"mine": "", "per_page": 100}))
    return [row["reference"] for row in seen if row["situation"] and (not acts or row["act"] in acts)]


def test_ones_own_entries_about_one_situation_bear_one_reference_which_is_another_for_each_reader(
    submitted, originator, recorder, client_of
):
    for member in (originator, recorder):
        client_of(member).get(reverse("situation", args=[submitted.pk]))

    own, others = set(references(client_of(originator))), set(references(client_of(recorder)))

    assert (len(own), len(others), own & others, "" in own | others) == (1, 1, set(), False)


def test_a_situation_that_is_closed_to_a_member_has_no_reference_in_the_own_entries(item, in_the_room, chair, client_of):
    client = client_of(in_the_room)
    client.get(reverse("situation", args=[item.situation_id]))
    in_the_meeting = references(client)

    meetings.close_meeting(item.meeting, by=chair)

    assert (set(in_the_meeting) == {""}, set(references(client))) == (False, {""})


def test_who_declined_cannot_tell_which_situation_it_was(response, lead, in_the_room, client_of):
    engagement = responses.ask(response, agency=in_the_room.agency, by=lead)
    responses.decline(engagement, by=in_the_room)

    assert references(client_of(in_the_room), "Declined to join") == [""]
    assert references(client_of(lead), "Asked an agency to join") == [""]


def test_the_newest_entry_stands_first(table, coordinator, client_of, later):
    with later(hours=1):
        ledger.record(LedgerAct.EXPORTED, by=coordinator, table=table, codes=["directory"])

    assert rows(client_of(coordinator).get(LEDGER))[0]["act"] == "Exported a list"


def test_it_is_narrowed_by_act_person_and_day(table, coordinator, administrator, client_of, later):
    with later(days=40):
        ledger.record(LedgerAct.EXPORTED, by=administrator, table=table)
        entry = LedgerEntry.objects.latest("at")
    client = client_of(coordinator)
    day = entry.at.astimezone(table.zone).date().isoformat()

    found = [everything(client, **asked) for asked in ({"act": "exported"}, {"person": administrator.pk}, {"day": day})]

    assert [[row["act"] for row in each] for each in found] == [["Exported a list"]] * 3


def test_what_belongs_to_no_table_is_read_apart(coordinator, lead, client_of):
    lifecycle.change_agency(lead.agency, name="Otter Care", by=coordinator)

    seen = everything(client_of(coordinator), place="house", act="agency_changed", person=coordinator.pk)

    assert [(row["by"], row["about"]) for row in seen] == [("Coordinator Person", "Otter Care")]


def test_roles_are_told_with_whom_they_concern(table, coordinator, colleague, client_of):
    lifecycle.appoint(colleague, table=table, role="chair", by=coordinator)

    seen = everything(client_of(coordinator), act="role_given", person=coordinator.pk)

    assert [row["about"] for row in seen] == ["Colleague Person, Chair"]


def test_the_record_of_another_table_is_not_read(sealed_table, table, administrator, coordinator, client_of):
    ledger.record(LedgerAct.EXPORTED, by=administrator, table=sealed_table)

    assert everything(client_of(coordinator, at=table), act="exported") == []


def test_twenty_five_entries_a_page(table, coordinator, client_of):
    for _each in range(30):
        ledger.record(LedgerAct.EXPORTED, by=coordinator, table=table)
    client = client_of(coordinator)

    assert [len(rows(client.get(LEDGER, {"act": "exported", "page": page}))) for page in (1, 2, 99, "x")] == [25, 5, 5, 25]


def test_nonsense_in_the_address_narrows_nothing(coordinator, client_of):
    client = client_of(coordinator)

    assert [client.get(LEDGER, asked).status_code for asked in ({"act": "?"}, {"person": "x"}, {"day": "never"}, {"per_page": "-1"})] == [
        200
    ] * 4


def test_it_is_read_in_french(privacy_officer, client_of):
    assert client_of(privacy_officer, language="fr-ca").get(LEDGER).status_code == 200


def test_it_costs_the_same_for_one_entry_and_for_three(table, coordinator, colleague, client_of, django_assert_num_queries):
    client = client_of(coordinator)
    lifecycle.appoint(colleague, table=table, role="chair", by=coordinator)
    asked = {"act": "role_given", "person": coordinator.pk}
    client.get(LEDGER, asked)  # a refresh is the same look, and the same narrowing
    with django_assert_num_queries(17):
        one = client.get(LEDGER, asked)

    for role in ("recorder", "steering"):
        lifecycle.appoint(colleague, table=table, role=role, by=coordinator)
    with django_assert_num_queries(17):
        three = client.get(LEDGER, asked)

    assert (len(rows(one)), len(rows(three))) == (1, 3)
