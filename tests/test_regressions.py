"""What was found in comparable systems by people who were asked to break in, and cannot be found here.

Each line of FOUND is one finding from the published examinations of other systems, with the tests that hold it here. A test of this
file stands where no other one does.
"""

import ast
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Agency, Member
from agencies.spreadsheets import written_csv
from responses import lifecycle as responses
from situations.models import Situation
from tests import cast
from tests.agencies.test_imports import HEADS, IMPORT, NEW

TESTS = Path(__file__).resolve().parent
HERE = "test_regressions.py"
FOUND = {
    "the history of changes was open to whoever had no right to the object": [
        f"{HERE}::test_the_ways_around_a_situations_page_are_closed_to_who_may_not_open_it",
        "situations/test_lists.py::test_nobody_else_reads_who_looked",
    ],
    "what is linked to an object was shown with it": [
        "situations/test_intake.py::test_an_earlier_number_is_shown_to_the_agency_that_wrote_it_only",
        "situations/test_lists.py::test_another_tables_situations_are_not_among_them",
    ],
    "the export left out the filter": [
        f"{HERE}::test_the_ways_around_a_situations_page_are_closed_to_who_may_not_open_it",
        "meetings/test_minutes.py::test_the_minutes_of_whoever_stepped_out_leave_the_item_out",
        "agencies/test_directory.py::test_others_do_not_take_it_away",
    ],
    "a change of many at once left out the filter": [
        "agencies/test_imports.py::test_others_cannot_confirm_one",
        "agencies/test_imports.py::test_an_address_that_is_taken_at_another_table_is_refused_without_a_name_or_an_agency",
        "agencies/test_chasing.py::test_only_the_coordinator_invites_all_again",
    ],
    "acts beside the edit were not covered by the right to edit": [
        f"{HERE}::test_the_ways_around_a_situations_page_are_closed_to_who_may_not_open_it",
        "situations/test_coach.py::test_only_who_writes_words_here_has_them_read",
    ],
    "forbidden and missing were told apart": [
        "test_no_page_leaks.py::test_not_yours_and_not_there_are_one_answer",
        "test_refusals.py::test_not_yours_and_not_there_are_refused_and_recorded_alike",
    ],
    "a path led out of its folder": [f"{HERE}::test_no_address_leads_to_a_file_that_is_not_served"],
    "the page that makes the first administrator stayed open": [
        "agencies/test_first_table.py::test_once_somebody_has_joined_nobody_is_invited_by_this_way",
        "agencies/test_first_table.py::test_a_mistyped_address_is_corrected_and_its_link_opens_nothing",
    ],
    "passwords could be tried without end": ["test_a_room_signs_in.py::test_after_five_wrong_passwords_an_account_waits"],
    "a script came in by an import or a description": [
        f"{HERE}::test_what_looks_like_a_script_is_shown_as_it_was_typed",
        f"{HERE}::test_a_sheet_brings_in_no_script",
    ],
    "a cell of an export acted as a formula": [
        "agencies/test_spreadsheets.py::test_no_text_ever_begins_like_a_formula",
        "agencies/test_directory.py::test_no_cell_of_the_sheet_acts_as_a_formula",
        "situations/test_lists.py::test_no_cell_of_the_sheet_acts_as_a_formula",
    ],
    "the maker of a PDF fetched what a word named": [
        "test_forbidden.py::test_no_page_asks_another_server",
        f"{HERE}::test_nothing_is_installed_that_fetches_what_a_page_names",
    ],
    "a small file unpacked without end": ["agencies/test_spreadsheets.py::test_a_small_file_that_hides_a_large_one_is_refused"],
    "the name of an uploaded file was told on": [f"{HERE}::test_the_name_of_a_file_is_told_to_nobody"],
    "names of people were shown to who had no right to them": [
        "agencies/test_directory.py::test_nobody_reads_it_without_signing_in",
        "agencies/test_people.py::test_others_do_not_look_after_people",
        "agencies/test_people.py::test_an_invitation_says_nothing_of_who_sits_at_another_table",
    ],
    "a grave act needed no fresh sign-in": ["test_step_up.py::test_after_five_minutes_a_grave_page_asks_who_is_there"],
    "a field that the form does not show was taken from the post": [
        f"{HERE}::test_a_post_changes_only_what_its_form_asks",
        f"{HERE}::test_nobody_gives_a_role_by_a_field_that_is_not_asked",
    ],
    "a list where one value was expected broke the page": [f"{HERE}::test_a_list_in_place_of_a_value_breaks_nothing"],
}


def test_every_finding_is_held_by_a_test_that_there_is():
    missing = []
    for test in {each for tests in FOUND.values() for each in tests}:
        file, name = test.split("::")
        there = {node.name for node in ast.parse((TESTS / file).read_text()).body if isinstance(node, ast.FunctionDef)}
        missing += [] if name in there else [test]

    assert (missing, len(FOUND)) == ([], 18)


pytestmark = pytest.mark.django_db
AROUND = [
    ("get", "situation", {}),
    ("get", "situations:looks", {}),
    ("post", "situations:looks", {}),
    ("get", "situations:check", {}),
    ("get", "situations:print_answers", {}),
    ("post", "situations:autosave", {"step": "7", "why_now": "x", "version": "1"}),
    ("get", "situations:correct", {}),
    ("post", "meetings:withdraw", {"reason": "withdrawal_reason:OTHER"}),
    ("post", "situations:discard", {}),
    ("post", "situations:submit", {}),
]


@pytest.mark.parametrize("part", ["stranger", "recused", "steering", "administrator"])
def test_the_ways_around_a_situations_page_are_closed_to_who_may_not_open_it(client_of, item, part):
    cast.meetings.step_out(item, member=cast.the("recused"), by=cast.the("recused"))
    client = client_of(cast.the(part))

    answers = {(how, name): getattr(client, how)(reverse(name, args=[item.situation_id]), data).status_code for how, name, data in AROUND}

    assert {each: status for each, status in answers.items() if status != 404} == {}


OUT_OF_THE_FOLDER = ["../cms_table/settings.py", "..%2f..%2fcms_table/settings.py", "%2e%2e/manage.py", "....//manage.py", ".git/config"]
OUT_OF_THE_FOLDER += ["js/../../var/secret_key", "/etc/passwd", "js/", "", "js/table.js%00.txt", "..\\manage.py"]


@pytest.mark.parametrize("path", OUT_OF_THE_FOLDER)
def test_no_address_leads_to_a_file_that_is_not_served(client, path):
    answers = [client.get(f"{start}{path}") for start in ("/static/", "/", "/help/guide/", "/table/vocabularies/")]

    assert {answer.status_code for answer in answers} <= {400, 404, 302, 301, 200}
    served = [answer for answer in answers if answer.status_code == 200 and answer.request["PATH_INFO"] != "/"]
    assert [b"SECRET" in b"".join(answer) for answer in served] == []


POLYGLOT = "\"'><svg/onload=alert(1)>{{ 7*7 }}<script>alert(1)</script>"


def test_what_looks_like_a_script_is_shown_as_it_was_typed(client_of, table, originator, coordinator):
    Member.objects.filter(pk=originator.pk).update(full_name=POLYGLOT)
    responses.raise_issue(table, issue_type="systemic_issue_type:SYS-01", line=POLYGLOT, agency=originator.agency, by=originator)
    client = client_of(coordinator)

    pages = [client.get(reverse(name)).content.decode() for name in ("responses:issues", "agencies:people", "agencies:directory", "start")]

    assert [page for page in pages if "<svg/onload" in page or "<script>alert" in page or "49<" in page] == []
    assert "&lt;svg/onload" in pages[0]


def test_a_sheet_brings_in_no_script(client_of, coordinator):
    row = [f"{POLYGLOT[:60]}", *NEW[1:]]
    client = client_of(coordinator)

    preview = client.post(IMPORT, {"sheet": SimpleUploadedFile("people.csv", written_csv([HEADS, row]))}).content.decode()

    assert ("<svg/onload" in preview, "&lt;svg/onload" in preview) == (False, True)


def test_nothing_is_installed_that_fetches_what_a_page_names():
    needed = (TESTS.parent / "requirements.in").read_text().split()

    assert {"weasyprint", "httpx", "lxml", "pillow", "reportlab", "xhtml2pdf", "pdfkit"} & {each.lower() for each in needed} == set()


def test_the_name_of_a_file_is_told_to_nobody(client_of, coordinator):
    client = client_of(coordinator)

    for content in (written_csv([HEADS, NEW]), b"\x00\x01", b"nothing"):
        answer = client.post(IMPORT, {"sheet": SimpleUploadedFile("zq-jane-doe-2011.csv", content)})
        assert "zq-jane" not in answer.content.decode() + str(answer.headers)


def test_a_post_changes_only_what_its_form_asks(client_of, draft, stranger):
    kept = ["stage", "table_id", "originating_agency_id", "year", "sequence", "submitted_at", "presented_at"]
    before = Situation.objects.filter(pk=draft.pk).values(*kept).get()
    more = {"stage": "responding", "originating_agency": str(stranger.agency_id), "originating_agency_id": str(stranger.agency_id)}
    more |= {"table_id": "00000000-0000-4000-8000-000000000000", "reference": "2026-999", "number": "999", "submitted_at": "2026-01-01"}

    answered = {"version": draft.version, "protective_factors": ["protective_factor:PF-EDU-01"]}
    client_of(cast.the("originator")).post(reverse("situations:intake", args=[draft.pk, 3]), answered | more)

    assert Situation.objects.filter(pk=draft.pk).values(*kept).get() == before


def test_nobody_gives_a_role_by_a_field_that_is_not_asked(client_of, stranger):
    more = {"is_superuser": "1", "is_staff": "1", "is_active": "1", "agency": str(Agency.objects.exclude(pk=stranger.agency_id).first().pk)}
    more |= {"roles": ["administrator"], "role": "administrator", "email": "other@table.example", "password": "x"}
    before = (stranger.agency_id, stranger.email, stranger.password, stranger.standing.roles_at(cast.the_table().pk))

    profile = {"full_name": "Another Name", "telephone": "", "language": "en-ca"}
    client_of(stranger).post(reverse("agencies:profile"), profile | more)

    after = cast.the("stranger")
    assert (after.agency_id, after.email, after.password, after.standing.roles_at(cast.the_table().pk)) == before


ODD = [
    {"answer": ["position:MET", "position:ASK"]},
    {"answer": '{"$ne": null}'},
    {"answer[]": "position:MET"},
    {"answer": ["", ""], "version": ["1", "x"], "form_token": ["a", "b"]},
    {"answer": "9" * 400, "version": "-9223372036854775809"},
]


@pytest.mark.parametrize("typed", ODD)
def test_a_list_in_place_of_a_value_breaks_nothing(client_of, item, in_the_room, typed):
    for name in ("position", "involvement", "report", "recuse"):
        for kind in ({}, {"content_type": "application/json"}):
            answer = client_of(in_the_room).post(reverse(f"meetings:{name}", args=[item.pk]), typed, **kind)
            assert answer.status_code < 500, (name, kind)
