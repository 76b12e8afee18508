"""Who looked at what: each reader finds the looks that the matrix gives, as a page and as a sheet, and never a value."""

import csv
import time
import uuid
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from agencies import clock, ledger
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from responses import lifecycle as responses
from situations import lifecycle
from situations.enums import Unusual
from situations.looks import marked
from situations.tables import named_looks
from tests import cast

LOOKS, EXPORT, INCIDENT = (reverse(f"situations:{name}") for name in ("all_looks", "export_looks", "incident"))


def looked_at(situation, *members, client_of):
    for member in members:
        assert client_of(member).get(reverse("situation", args=[situation.pk])).status_code == 200


def lines(page):
    return [row.record for row in page.context["table"].page.object_list]


def told(page):
    return {(line.who, line.agency, str(line.relation), line.situation) for line in lines(page)}


def sheet_of(response):
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def looked(response, originator, lead, assisting, coordinator, client_of):
    """A response at which four have looked, from their own pages."""
    looked_at(response.situation, originator, lead, assisting, coordinator, client_of=client_of)
    return response.situation


# 1. Which looks are whose ------------------------------------------------------------------------------------------
def test_the_agency_that_brought_it_reads_by_whom_and_when(looked, originator, client_of):
    page = client_of(originator).get(LOOKS)

    number = looked.reference
    assert told(page) == {
        ("Originator Person", "Heron School Board", "For the agency that brought it", number),
        ("Lead Person", "Otter Mental Health", "For an agency that responds", number),
        ("Assisting Person", "Granite Police Service", "For an agency that responds", number),
        ("Coordinator Person", "", "As coordinator or recorder", number),
    }


def test_after_the_purge_those_who_responded_have_no_name(looked, originator, chair, client_of, later):
    responses.conclude(looked.response, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    with later(days=29):
        client = client_of(originator)
        assert {line.who for line in lines(client.get(LOOKS, {"since": "2000-01-01"}))} >= {"Lead Person"}
    with later(days=31):
        responses.purge(looked, by="tick")
        page = client_of(originator).get(LOOKS, {"since": "2000-01-01"})

    assert {line.who for line in lines(page)} == {"–", "Originator Person", "Coordinator Person"}
    lead = cast.the("lead")
    assert lines(client_of(originator).get(LOOKS, {"since": "2000-01-01", "person": str(lead.pk)})) == []


def test_an_agency_lead_reads_what_the_own_people_looked_at(item, in_the_room, originator, agency_lead, client_of):
    looked_at(item.situation, in_the_room, originator, client_of=client_of)

    page = client_of(agency_lead).get(LOOKS, {"of": "people"})

    assert told(page) == {("In_The_Room Person", "Larch Housing", "In the room", "–")}


def test_a_lead_who_stepped_out_reads_nothing_of_that_situation(item, in_the_room, agency_lead, client_of):
    looked_at(item.situation, in_the_room, client_of=client_of)
    lifecycle.recuse(item.situation, member=agency_lead, by=agency_lead)

    assert lines(client_of(agency_lead).get(LOOKS, {"of": "people"})) == []


def test_the_privacy_officer_reads_every_look_by_a_reference_that_leads_to_a_reasoned_look(looked, privacy_officer, client_of):
    page = client_of(privacy_officer).get(LOOKS)

    assert {line.who for line in lines(page)} >= {"Originator Person", "Lead Person", "Assisting Person", "Coordinator Person"}
    assert {(line.situation, line.address) for line in lines(page)} == {(str(looked.pk)[:8], reverse("situations:look", args=[looked.pk]))}
    assert looked.reference not in page.content.decode()


def test_a_privacy_officer_reads_no_look_at_a_draft_or_where_they_stepped_out(draft, looked, originator, privacy_officer, client_of):
    looked_at(draft, originator, client_of=client_of)
    lifecycle.recuse(looked, member=privacy_officer, by=privacy_officer)

    assert lines(client_of(privacy_officer).get(LOOKS)) == []


@pytest.mark.parametrize("part", ["chair", "recorder", "coordinator", "steering", "administrator", "observer"])
@pytest.mark.parametrize("address", [LOOKS, INCIDENT])
def test_everyone_else_has_no_such_list(looked, part, address, client_of):
    assert client_of(cast.the(part)).get(address).status_code == 403


@pytest.mark.parametrize("part", ["originator", "lead", "agency_lead"])
def test_an_incident_is_the_privacy_officers_to_ask_about(looked, part, client_of):
    assert client_of(cast.the(part)).get(INCIDENT).status_code == 403


@pytest.mark.parametrize("part", ["stranger", "lead"])
def test_an_agency_reads_nothing_of_what_others_brought(looked, part, client_of):
    assert lines(client_of(cast.the(part)).get(LOOKS)) == []


def test_who_is_no_agencys_lead_is_not_shown_the_peoples_list(looked, lead, client_of):
    page = client_of(lead).get(LOOKS, {"of": "people"})

    assert [part["is_here"] for part in page.context["parts"]] == [True]
    assert page.context["table"].caption == "Looks at what your agency brought"


def test_opening_the_list_is_a_look_itself(looked, privacy_officer, client_of):
    client_of(privacy_officer).get(LOOKS)

    assert LedgerEntry.objects.get(by_id=privacy_officer.pk, act=LedgerAct.LOOKED).codes == ["looks"]


def test_it_is_narrowed_by_person_act_and_days(looked, lead, privacy_officer, client_of, later):
    ledger.record(LedgerAct.PRINTED, by=lead, situation=looked, relation="EN")
    client = client_of(privacy_officer)

    by_person = {line.who for line in lines(client.get(LOOKS, {"person": str(lead.pk)}))}
    by_act = [str(line.what) for line in lines(client.get(LOOKS, {"act": "printed"}))]
    with later(days=40):
        since_then, before = (len(lines(client.get(LOOKS, asked))) for asked in ({"of": "table"}, {"since": "2000-01-01"}))

    assert (by_person, by_act, since_then, before > 3) == ({"Lead Person"}, ["Printed"], 0, True)


@pytest.mark.parametrize("asked", [{"of": "?"}, {"mark": "?"}, {"person": "x"}, {"since": "never"}, {"sort": "-x"}, {"page": "999"}])
def test_nonsense_in_the_address_narrows_nothing(looked, privacy_officer, client_of, asked):
    assert len(lines(client_of(privacy_officer).get(LOOKS, asked))) >= 4


@pytest.mark.parametrize("sort", ["who", "-who", "what", "-what", "at", "-at"])
def test_it_is_put_in_order(looked, originator, privacy_officer, client_of, sort):
    for member in (originator, privacy_officer):
        page = client_of(member).get(LOOKS, {"sort": sort})

        column = [getattr(line, sort.strip("-")) for line in lines(page)]
        if sort.strip("-") != "what":
            assert column == sorted(column, reverse=sort.startswith("-"))


def test_it_costs_the_same_for_one_look_and_for_three(
    response, lead, assisting, coordinator, privacy_officer, client_of, django_assert_num_queries
):
    looked_at(response.situation, lead, client_of=client_of)
    client = client_of(privacy_officer)
    client.get(LOOKS, {"act": "looked"})
    with django_assert_num_queries(19):
        one = client.get(LOOKS, {"act": "looked"})
    looked_at(response.situation, assisting, coordinator, client_of=client_of)

    with django_assert_num_queries(19):
        three = client.get(LOOKS, {"act": "looked"})

    assert len(lines(three)) == len(lines(one)) + 2


# Several looks of one person in a few minutes -------------------------------------------------------------------------
SIX_TIMES = (0, 1, 1, 2, 3, 9)  # minutes after ten


@pytest.fixture
def looked_six_times(response, chair, lead, at):
    """The chair has opened the same page six times, and another person between."""
    ten = datetime(2026, 10, 7, 10, tzinfo=response.table.zone)
    for minutes in SIX_TIMES:
        a_look(response.situation, chair, at=at, moment=ten + timedelta(minutes=minutes), relation="CH")
    a_look(response.situation, lead, at=at, moment=ten + timedelta(minutes=1, seconds=30))
    return response.situation


OCTOBER = {"since": "2026-10-07", "until": "2026-10-07"}


@pytest.mark.parametrize("part", ["originator", "privacy_officer"])
def test_repeated_looks_of_one_person_stand_in_one_line_that_says_how_many(looked_six_times, part, client_of):
    page = client_of(cast.the(part)).get(LOOKS, OCTOBER)

    assert [(line.who, line.when) for line in lines(page)] == [
        ("Chair Person", "Oct 7, 2026, 10:09"),
        ("Chair Person", "Oct 7, 2026, 10:00 to 10:03, 5 times"),
        ("Lead Person", "Oct 7, 2026, 10:01"),
    ]
    assert "10:00 to 10:03, 5 times" in page.content.decode()


def test_so_they_do_on_the_situations_own_page(looked_six_times, originator, client_of):
    page = client_of(originator).get(reverse("situations:looks", args=[looked_six_times.pk]))

    assert [line.when for line in lines(page)][1:] == ["Oct 7, 2026, 10:09", "Oct 7, 2026, 10:00 to 10:03, 5 times", "Oct 7, 2026, 10:01"]


def test_a_sheet_keeps_every_look(looked_six_times, originator, client_of):
    sheet = sheet_of(client_of(originator).post(f"{EXPORT}?since=2026-10-07&until=2026-10-07"))

    assert [row["Who"] for row in sheet].count("Chair Person") == len(SIX_TIMES)


def test_who_may_not_be_named_is_not_told_to_be_the_same_person_again(looked_six_times, lead, at):
    ten = datetime(2026, 10, 7, 10, tzinfo=looked_six_times.table.zone)
    entries = [a_look(looked_six_times, lead, at=at, moment=ten + timedelta(minutes=minutes)) for minutes in (2, 1)]

    told_to = {may: named_looks(entries, zone=ten.tzinfo, may_know_who_acts=may) for may in (True, False)}

    assert {may: len(looks) for may, looks in told_to.items()} == {True: 1, False: 2}


def test_a_cell_without_content_is_empty_so_that_a_phone_leaves_it_out(looked_six_times, originator, client_of):
    pages = [client_of(originator).get(reverse(f"situations:{name}", args=[looked_six_times.pk])) for name in ("looks", "happened")]

    assert ['data-label="Agency" ></td>' in page.content.decode() for page in pages] == [True, True]


# 2. What is unusual ----------------------------------------------------------------------------------------------------
WEDNESDAY = datetime(2026, 10, 7)  # noqa: DTZ001  made aware by the table’s zone


def marks(entry, table):
    look = marked(LedgerEntry.objects.filter(pk=entry.pk), zone=table.zone).get()
    return [str(rule) for rule in Unusual if getattr(look, rule)]


def a_look(situation, by, *, at, moment, act=LedgerAct.LOOKED, relation="EN"):
    with at(moment):
        return ledger.record(act, by=by, situation=situation, relation=relation, codes=[situation.stage])


def an_act(situation, by, *, at, moment):
    with at(moment):
        ledger.record(LedgerAct.STEP_DONE, by=by, situation=situation)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_marked"),
    [
        (0, 6, 59, True),
        (0, 7, 0, False),
        (0, 18, 59, False),
        (0, 19, 0, True),
        (2, 23, 0, True),
        (3, 12, 0, True),
        (4, 12, 0, True),
        (5, 12, 0, False),
    ],
)
def test_a_look_outside_working_hours_by_the_tables_clock_is_marked(response, lead, table, at, day, hour, minute, is_marked):
    moment = (WEDNESDAY + timedelta(days=day, hours=hour, minutes=minute)).replace(tzinfo=table.zone)
    an_act(response.situation, lead, at=at, moment=moment)

    look = a_look(response.situation, lead, at=at, moment=moment)

    assert marks(look, table) == (["after_hours"] if is_marked else [])


def test_the_fourth_name_that_one_person_reveals_in_a_day_is_marked(response, lead, table, at):
    noon = (WEDNESDAY + timedelta(hours=12)).replace(tzinfo=table.zone)
    an_act(response.situation, lead, at=at, moment=noon)

    reveals = [
        a_look(response.situation, lead, at=at, moment=noon + timedelta(minutes=minute), act=LedgerAct.REVEALED) for minute in range(4)
    ]

    assert [marks(reveal, table) for reveal in reveals] == [[], [], [], ["many_reveals"]]


@pytest.mark.parametrize(("hours", "is_marked"), [(-11, False), (11, False), (-13, True), (13, True)])
def test_a_look_without_any_act_around_it_is_marked(response, assisting, table, at, hours, is_marked):
    noon = (WEDNESDAY + timedelta(hours=12)).replace(tzinfo=table.zone)
    an_act(response.situation, assisting, at=at, moment=noon + timedelta(hours=hours))

    assert marks(a_look(response.situation, assisting, at=at, moment=noon), table) == (["only_looked"] if is_marked else [])


@pytest.mark.parametrize(("part", "is_marked"), [("stranger", True), ("lead", False), ("originator", False), ("chair", False)])
def test_a_look_for_the_table_by_someone_whose_agency_does_not_act_is_marked(response, table, part, is_marked, at, later):
    moment = (WEDNESDAY + timedelta(days=7 * 52, hours=12)).replace(tzinfo=table.zone)
    an_act(response.situation, cast.the(part), at=at, moment=moment)

    look = a_look(response.situation, cast.the(part), at=at, moment=moment, relation="CH")

    assert marks(look, table) == (["not_engaged"] if is_marked else [])


def test_the_page_names_each_rule_and_narrows_to_what_it_marks(response, assisting, privacy_officer, table, at, client_of):
    night = clock.today_began(table) - timedelta(hours=1)
    a_look(response.situation, assisting, at=at, moment=night)
    client = client_of(privacy_officer)

    page = client.get(LOOKS, {"mark": "after_hours"})

    assert [rule.name for rule in page.context["rules"]] == [rule.label for rule in Unusual]
    assert {"Outside working hours" in line.unusual for line in lines(page)} == {True}
    assert len(lines(client.get(LOOKS, {"mark": "any"}))) >= 1


def test_looks_with_a_reason_are_found(looked, privacy_officer, client_of):
    client = client_of(privacy_officer)
    lifecycle.look_with_reason(looked, reason="audit", by=privacy_officer)

    assert [line.relation for line in lines(client.get(LOOKS, {"mark": "with_a_reason"}))] == ["As privacy officer: A planned audit"]


# 3. Sheets ----------------------------------------------------------------------------------------------------------------
def posted(client, address, **fields):
    return client.post(address, {"form_token": uuid.uuid4(), **fields})


def test_the_sheet_of_an_agency_holds_who_saw_what_when_and_at_which_stage(looked, originator, client_of):
    rows = sheet_of(posted(client_of(originator), EXPORT))

    assert {(row["Who"], row["Situation"], row["Relation, code"], row["Stage, code"]) for row in rows} == {
        ("Originator Person", looked.reference, "OR", "responding"),
        ("Lead Person", looked.reference, "EN", "responding"),
        ("Assisting Person", looked.reference, "EN", "responding"),
        ("Coordinator Person", looked.reference, "CO", "responding"),
    }
    lead = next(row for row in rows if row["Who"] == "Lead Person")
    assert {"steps", "why_now", "profile_and_factors"} <= set(lead["What could be read, codes"].split())
    assert {"identifiers", "plan_text", "minutes"} & set(lead["What could be read, codes"].split()) == set()


def test_that_a_sheet_left_is_on_the_record(looked, originator, client_of):
    posted(client_of(originator), EXPORT)

    entry = LedgerEntry.objects.get(act=LedgerAct.EXPORTED, by_id=originator.pk)
    assert entry.codes == ["looks", "brought", "rows:4"]


def test_a_sheet_asks_first_who_is_there(looked, originator, client_of, monkeypatch):
    client = client_of(originator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()

    answer = posted(client, EXPORT)

    assert (answer.status_code, answer["Content-Type"].startswith("text/csv")) == (403, False)
    assert LedgerEntry.objects.filter(act=LedgerAct.EXPORTED).count() == 0


def asked(table, **more):
    now = clock.now().astimezone(table.zone)
    hours = {"since": now - timedelta(hours=2), "until": now + timedelta(hours=2)}
    return {name: f"{moment:%Y-%m-%dT%H:%M}" for name, moment in hours.items()} | {"reason": "incident", **more}


def test_an_incident_is_told_by_moments_with_the_reason_on_the_record(looked, table, originator, privacy_officer, client_of):
    client_of(originator).get(reverse("situations:list"))

    rows = sheet_of(posted(client_of(privacy_officer), INCIDENT, **asked(table)))

    assert {row["Situation"] for row in rows} == {str(looked.pk), ""}
    assert {"Lead Person", "Originator Person"} <= {row["Who"] for row in rows}
    assert LedgerEntry.objects.get(act=LedgerAct.EXPORTED).codes == ["incident", "incident", f"rows:{len(rows)}"]


def test_a_sheet_of_an_incident_counts_among_the_exports_of_its_reader(looked, table, privacy_officer, client_of, settings):
    settings.LIMITS = settings.LIMITS | {"export": "1/h/user"}
    client = client_of(privacy_officer)

    assert [posted(client, INCIDENT, **asked(table)).status_code for _time in range(2)] == [200, 429]


def test_an_incident_is_told_of_one_member_or_one_situation(looked, table, lead, privacy_officer, client_of):
    client = client_of(privacy_officer)

    of_member = sheet_of(posted(client, INCIDENT, **asked(table, person=str(lead.pk))))
    of_situation = sheet_of(posted(client, INCIDENT, **asked(table, situation=str(looked.pk)[:8])))
    of_nothing = sheet_of(posted(client, INCIDENT, **asked(table, situation="00000000")))

    assert {row["Who"] for row in of_member} == {"Lead Person"}
    assert ({row["Situation"] for row in of_situation}, of_nothing) == ({str(looked.pk)}, [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Choose why you ask."),
        ({"since": ""}, "Choose from when."),
        ({"until": "2000-01-01T00:00"}, "Choose a moment after the first."),
        ({"since": "2001-01-01T00:00"}, "Choose at most a year. For more, ask year by year."),
        ({"situation": "Ms Birch"}, "Type the eight letters and digits, as the record shows them."),
    ],
)
def test_an_incident_that_is_half_asked_says_what_is_missing(looked, table, privacy_officer, client_of, typed, said):
    page = posted(client_of(privacy_officer), INCIDENT, **(asked(table) | typed))

    assert (page.status_code, said in [error for errors in page.context["form"].errors.values() for error in errors]) == (200, True)


def test_no_sheet_holds_a_value(looked, table, originator, privacy_officer, client_of):
    said = posted(client_of(originator), EXPORT).content.decode()
    said += posted(client_of(privacy_officer), INCIDENT, **asked(table)).content.decode()

    held = [cast.WHY_NOW, "HOU-01", "Housing – ", "CON-01", "2024-007"]
    assert [fact for fact in held if fact in said] == []


# 4. What happened to one situation --------------------------------------------------------------------------------------
def happened(client, situation):
    page = client.get(reverse("situations:happened", args=[situation.pk]))
    assert page.status_code == 200
    return {(str(line.what), line.who, line.about) for line in lines(page)}


def test_the_agency_that_brought_it_reads_what_it_may_know(looked, originator, lead, client_of):
    responses.plan_step(looked.response, step_type="step_type:STP-01", owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)

    said = happened(client_of(originator), looked)

    assert {("Submitted", "Originator Person", ""), ("Accepted", "Chair Person", ""), ("Response recorded", "Chair Person", "")} <= said
    assert {what for what, _who, _about in said} & {"Planned a step", "Looked", "Stepped out of a situation", "Took a position"} == set()


def test_an_asked_agencys_no_is_read_by_who_reads_what_agencies_said(looked, originator, stranger, lead, privacy_officer, client_of):
    responses.decline(responses.ask(looked.response, agency=stranger.agency, by=lead), by=stranger)
    lifecycle.look_with_reason(looked, reason="audit", by=privacy_officer)

    said = [{what for what, _who, _about in happened(client_of(reader), looked)} for reader in (originator, privacy_officer)]

    assert [LedgerAct.DECLINED.label in each for each in said] == [False, True]


def test_a_privacy_officer_with_a_reason_reads_acts_and_who_stepped_out_and_nothing_of_the_plan(looked, lead, privacy_officer, client_of):
    responses.plan_step(looked.response, step_type="step_type:STP-01", owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)
    lifecycle.look_with_reason(looked, reason="audit", by=privacy_officer)

    said = happened(client_of(privacy_officer), looked)

    assert ("Stepped out of a situation", "Recused Person", "Recused Person") in said
    assert {what for what, _who, _about in said} & {"Planned a step", "Looked"} == set()


def test_a_privacy_officer_with_a_reason_reads_who_looked(looked, privacy_officer, client_of):
    lifecycle.look_with_reason(looked, reason="audit", by=privacy_officer)

    page = client_of(privacy_officer).get(reverse("situations:looks", args=[looked.pk]))

    assert {line.who for line in lines(page)} >= {"Lead Person", "Originator Person", "Privacy_Officer Person"}


@pytest.mark.parametrize(
    ("part", "status"), [("lead", 403), ("coordinator", 403), ("chair", 403), ("stranger", 404), ("privacy_officer", 404)]
)
@pytest.mark.parametrize("page", ["happened", "looks"])
def test_nobody_else_reads_the_ledger_of_a_situation(looked, part, status, page, client_of):
    assert client_of(cast.the(part)).get(reverse(f"situations:{page}", args=[looked.pk])).status_code == status


@pytest.mark.parametrize("address", [LOOKS, INCIDENT])
def test_the_pages_speak_french(looked, privacy_officer, client_of, address):
    assert client_of(privacy_officer, language="fr-ca").get(address).status_code == 200
