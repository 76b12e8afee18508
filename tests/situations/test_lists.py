"""The situations a member may know of, in coded lines; and who looked at what one's agency brought."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from agencies import clock
from agencies import lifecycle as agencies
from agencies.models import LedgerEntry
from responses import lifecycle as responses
from situations import lifecycle
from tests import cast

LIST = reverse("situations:list")


@pytest.fixture
def at_table(client_of, table):
    """A browser of a member who sits at the table of these tests."""

    def at(member, **options):
        client = client_of(member, **options)
        session = client.session
        session["table"] = str(table.pk)
        session.save()
        return client

    return at


def lines(response):
    """The rows of the list, each as its cells' words."""
    body = re.search(r"<tbody.*?</tbody>", response.content.decode(), re.S)
    rows = re.findall(r"<tr.*?</tr>", body[0], re.S) if body else []
    return [[" ".join(strip_tags(cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]


def names(response):
    return [line[0] for line in lines(response)]


def year():
    return clock.now().year


# --- what stands in it -----------------------------------------------------------------------------------------------------------


def test_an_agency_reads_what_it_brought_drafts_included(at_table, originator, table, response):
    cast.a_submitted(table, by=originator)
    lifecycle.open_situation(table, agency=originator.agency, by=originator)

    found = names(at_table(originator).get(LIST))

    assert [re.sub(r"\d\d:\d\d", "…", name) for name in found] == ["Draft, saved at …", "New situation, submitted at …", f"{year()}-001"]


def test_a_line_says_where_it_stands_who_brought_it_when_it_was_heard_and_what_is_next(at_table, originator, response):
    line = lines(at_table(originator).get(LIST))[0]

    heard = clock.now().astimezone(response.table.zone)
    assert line == [
        f"{year()}-001",
        "Filter 4: responding",
        "Heron School Board",
        f"{heard:%b} {heard.day}, {heard.year}",
        "Those who act report back.",
    ]


@pytest.mark.parametrize(("part", "expected"), [("lead", 1), ("assisting", 1), ("in_the_room", 0), ("stranger", 0), ("originator", 0)])
def test_those_who_respond_find_it_where_their_agency_responds(at_table, response, part, expected):
    page = at_table(cast.the(part)).get(f"{LIST}?of=responds")

    assert len(lines(page)) == expected


@pytest.mark.parametrize("part", ["chair", "recorder", "coordinator"])
def test_those_who_prepare_the_meeting_read_all_of_the_table_but_no_draft(at_table, table, originator, lead, response, part):
    cast.a_submitted(table, by=lead)
    cast.a_draft(table, by=originator)

    assert [name.partition(",")[0] for name in names(at_table(cast.the(part)).get(LIST))] == ["New situation", f"{year()}-001"]


@pytest.mark.parametrize(
    ("part", "status"), [("steering", 403), ("administrator", 403), ("privacy_officer", 403), ("observer", 403), ("stranger", 200)]
)
def test_who_acts_for_no_agency_and_prepares_no_meeting_has_no_list(at_table, part, status):
    assert at_table(cast.the(part)).get(LIST).status_code == status


def test_a_recused_member_does_not_find_it(at_table, response, chair, lead):
    lifecycle.recuse(response.situation, member=chair, by=chair)
    lifecycle.recuse(response.situation, member=lead, by=lead)

    assert (names(at_table(chair).get(LIST)), names(at_table(lead).get(f"{LIST}?of=responds"))) == ([], [])


def test_another_tables_situations_are_not_among_them(at_table, sealed_table, originator):
    cast.a_draft(sealed_table, by=originator)

    assert names(at_table(originator).get(LIST)) == []


def test_a_list_holds_coded_lines_and_not_a_word(at_table, chair, item):
    page = at_table(chair).get(LIST).content.decode()

    assert [cast.WHY_NOW in page, "12–17" in page, "2024-007" in page] == [False, False, False]


def test_the_list_speaks_french(at_table, originator, response):
    assert at_table(originator, language="fr-ca").get(LIST).status_code == 200


# --- finding, narrowing, sorting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stage": "responding"}, 1),
        ({"stage": "submitted"}, 1),
        ({"stage": "rejected"}, 0),
        ({"year": "{}"}, 1),
        ({"agency": "{heron}"}, 2),
        ({"agency": "{otter}"}, 0),
    ],
)
def test_the_list_narrows_by_stage_year_and_agency(at_table, table, chair, originator, lead, response, asked, found):
    cast.a_submitted(table, by=originator)
    values = {"heron": originator.agency_id, "otter": lead.agency_id}

    page = at_table(chair).get(LIST, {name: value.format(year(), **values) for name, value in asked.items()})

    assert len(lines(page)) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"stage": "nowhere"},
        {"year": "the last"},
        {"agency": "x"},
        {"page": "999"},
        {"page": "x"},
        {"per_page": "1000000"},
        {"sort": "why_now"},
        {"of": "others"},
    ],
)
def test_what_makes_no_sense_breaks_no_list(at_table, chair, response, asked):
    page = at_table(chair).get(LIST, asked)

    assert (page.status_code, len(lines(page))) == (200, 1)


def test_neither_filter_nor_order_tells_an_agency_that_is_withheld(at_table, chair, lead, table, response):
    """Once a situation is purged the chair no longer reads who brought it."""
    purge(response.situation)
    client = at_table(chair)

    withheld = lines(client.get(LIST))[0][2]
    by_agency = [client.get(LIST, {"agency": agency.pk}) for agency in (response.situation.originating_agency, lead.agency)]

    assert (withheld, [len(lines(page)) for page in by_agency]) == ("Withheld", [0, 0])
    cast.a_submitted(table, by=lead)  # Otter comes after Heron, where the name still counts
    assert [line[2] for line in lines(client.get(LIST, {"sort": "brought_by"}))] == ["Otter Mental Health", "Withheld"]


def purge(situation):
    situation = lifecycle.conclude(situation, reason="conclusion_reason:ORL-01", factors_lowered=[], by="tests")
    return lifecycle.purge(situation, by="tests")


@pytest.mark.parametrize("way", ["name", "-name", "stage", "-stage", "brought_by", "-brought_by", "presented_on", "-presented_on"])
def test_every_column_sorts_both_ways(at_table, table, chair, originator, response, way):
    cast.a_submitted(table, by=originator)

    assert len(lines(at_table(chair).get(LIST, {"sort": way}))) == 2


def test_twenty_five_stand_on_a_page(at_table, table, originator):
    for _each in range(26):
        lifecycle.open_situation(table, agency=originator.agency, by=originator)
    client = at_table(originator)

    assert [len(lines(client.get(LIST, {"page": page}))) for page in (1, 2)] == [25, 1]


def test_coming_back_finds_the_list_as_it_was_left_and_all_of_it_is_one_press_away(at_table, chair, response):
    client = at_table(chair)
    client.get(LIST, {"stage": "responding", "page": "2"})

    back = client.get(LIST)
    narrowed = client.get(back.url).content.decode()
    afresh = client.get(LIST, {"show": "all"})

    assert (back.status_code, back.url) == (302, f"{LIST}?stage=responding")
    assert ("Not everything is shown." in narrowed, 'href="?show=all"' in narrowed) == (True, True)
    assert (afresh.status_code, client.get(LIST).status_code) == (200, 200)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_row_and_for_three(at_table, table, chair, originator, response, django_assert_num_queries, rows):
    for _each in range(rows - 1):
        cast.a_submitted(table, by=originator)
    client = at_table(chair)
    client.get(f"{LIST}?of=table")

    with django_assert_num_queries(15):
        assert len(lines(client.get(f"{LIST}?of=table"))) == rows


# --- who looked --------------------------------------------------------------------------------------------------------------------


def looks_of(situation):
    return reverse("situations:looks", args=[situation.pk])


@pytest.fixture
def looked_at(response, lead, privacy_officer, client_of):
    """The responding situation, after the lead opened it and the privacy officer gave a reason."""
    client_of(lead).get(reverse("situation", args=[response.situation_id]))
    lifecycle.look_with_reason(response.situation, reason="audit", by=privacy_officer)
    return response.situation


def test_the_originator_reads_who_looked_for_whom_and_as_what(client_of, originator, looked_at):
    found = [line[1:] for line in lines(client_of(originator).get(looks_of(looked_at)))]

    assert found == [
        ["Originator Person", "Heron School Board", "For the agency that brought it"],
        ["Privacy_Officer Person", "", "As privacy officer: A planned audit"],
        ["Lead Person", "Otter Mental Health", "For an agency that responds"],
    ]


@pytest.mark.parametrize(("part", "status"), [("stranger", 404), ("in_the_room", 404), ("lead", 403), ("chair", 403), ("coordinator", 403)])
def test_nobody_else_reads_who_looked(client_of, looked_at, part, status):
    assert client_of(cast.the(part)).get(looks_of(looked_at)).status_code == status


def test_the_looks_come_as_a_sheet_and_that_is_on_the_record(client_of, originator, looked_at):
    response = client_of(originator).post(looks_of(looked_at), {"form_token": uuid.uuid4()})

    sheet = response.content.decode("utf-8-sig").splitlines()
    assert (response["Content-Type"], len(sheet), sheet[0].split(",")[:2]) == (
        "text/csv; charset=utf-8",
        4,
        ["Moment (UTC)", "By the table’s clock"],
    )
    assert LedgerEntry.objects.filter(act="exported", situation_id=looked_at.pk, by_id=originator.pk).count() == 1


def test_a_sheet_of_looks_counts_among_the_exports_of_its_reader(client_of, originator, looked_at, settings):
    settings.LIMITS = settings.LIMITS | {"export": "1/h/user"}
    client = client_of(originator)

    assert [client.post(looks_of(looked_at)).status_code for _time in range(2)] == [200, 429]


def test_no_cell_of_the_sheet_acts_as_a_formula(client_of, originator, lead, looked_at):
    agencies.change_member(lead, full_name="=HYPERLINK(1)", by="tests")

    sheet = client_of(originator).post(looks_of(looked_at)).content.decode("utf-8-sig")

    assert [cell for line in sheet.splitlines() for cell in line.split(",") if cell.startswith(("=", "+", "@"))] == []
    assert "'=HYPERLINK(1)" in sheet


@pytest.mark.parametrize("members", [1, 3])
def test_the_looks_cost_the_same_for_one_row_and_for_three(client_of, originator, response, members, django_assert_num_queries):
    client = client_of(originator)
    client.get(looks_of(response.situation))
    for part in ["lead", "assisting"][: members - 1]:
        client_of(cast.the(part)).get(reverse("situation", args=[response.situation_id]))

    with django_assert_num_queries(16):
        assert len(lines(client.get(looks_of(response.situation)))) == members


def test_the_looks_speak_french(client_of, originator, looked_at):
    assert client_of(originator, language="fr-ca").get(looks_of(looked_at)).status_code == 200


def test_after_the_words_are_forgotten_the_looks_do_not_tell_who_responded(client_of, response, originator, lead, in_the_room, chair):
    for member in (lead, originator):
        client_of(member).get(reverse("situation", args=[response.situation_id]))
    responses.conclude(response, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    responses.purge(response.situation, by="tests")
    looks = reverse("situations:looks", args=[response.situation_id])

    page = client_of(originator).get(looks).content.decode()
    sheet = client_of(originator).post(looks).content.decode("utf-8-sig")

    assert [("For an agency that responds" in said, lead.full_name in said, str(lead.agency) in said) for said in (page, sheet)] == [
        (True, False, False)
    ] * 2
    assert ("For the agency that brought it" in page, originator.full_name in page) == (True, True)
