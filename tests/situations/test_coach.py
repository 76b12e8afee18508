"""What the page says of words while they are typed: each mark with one press that replaces it, and never by itself."""

import re

import pytest
from django.urls import reverse

from responses.models import SystemicIssue
from situations import coaching, lifecycle, sealing
from situations.deidentification import LONGEST_TEXT
from tests.situations.test_intake import MARKED, errors, post

AT_SCHOOL = "He left Lo-Ellen Park Secondary School and his brother Darren knows."


@pytest.fixture
def empty(table, originator):
    return lifecycle.open_situation(table, agency=originator.agency, by=originator)


def ask(client, text):
    return client.post(reverse("situations:coach"), {"text": text})


def buttons(response):
    return re.findall(r'<button class="btn btn-sm" name="replace" value="([^"]*)">([^<]*)<', response.content.decode())


def test_words_that_are_not_saved_are_read_and_not_kept(client_of, originator, empty):
    rows = ask(client_of(originator), AT_SCHOOL).json()["marks"]

    told = [(row["text"], row["button"]) for row in rows]
    assert told == [("Lo-Ellen Park Secondary School", "Replace with “his school”"), ("Darren", "Take it out")]
    assert not sealing.unseal(empty, "why_now")


def test_the_buttons_speak_the_language_of_the_page(client_of, originator):
    rows = ask(client_of(originator, language="fr-ca"), "Absent de l’école Félix-Ricard.").json()["marks"]

    assert [row["button"] for row in rows] == ["Remplacer par «\N{NO-BREAK SPACE}de son école\N{NO-BREAK SPACE}»"]


def test_places_are_counted_as_a_browser_counts_them(client_of, originator):
    row = ask(client_of(originator), "🙂 stays with Marek").json()["marks"][0]

    assert (row["start"], row["end"]) == (14, 19)


@pytest.mark.django_db
def test_a_stranger_without_a_sign_in_is_asked_to_sign_in(client):
    assert ask(client, AT_SCHOOL).status_code == 302


def test_what_cannot_be_checked_is_never_called_clean(client_of, originator):
    assert ask(client_of(originator), "a" * (LONGEST_TEXT + 1)).json() == {"is_checked": False, "marks": []}


def test_what_is_typed_is_read_up_to_more_than_any_field_keeps(client_of, originator):
    client = client_of(originator)

    assert [ask(client, "a" * length).json()["is_checked"] for length in (1000, 1001)] == [True, False]


@pytest.mark.parametrize(
    ("who", "status"), [("originator", 200), ("chair", 200), ("recorder", 200), ("coordinator", 200), ("steering", 403), ("observer", 403)]
)
def test_only_who_writes_words_here_has_them_read(who, status, client_of, request):
    assert ask(client_of(request.getfixturevalue(who)), AT_SCHOOL).status_code == status


def test_without_a_script_each_mark_has_a_button_that_replaces_it(client_of, originator, empty):
    client = client_of(originator)
    shown = post(client, empty, 7, why_now=MARKED)

    response = post(client, empty, 7, why_now=MARKED, replace="Elm Street")

    assert [words for words, _ in buttons(shown)] == ["Tyler Brown", "Elm Street"]
    assert (response.status_code, errors(response), [words for words, _ in buttons(response)]) == (200, [], ["Tyler Brown"])
    assert sealing.unseal(empty, "why_now") == "Tyler Brown was seen on a street in the area at 3 am. Sleeps outside since Friday."


def test_words_that_no_longer_stand_there_are_left_alone(client_of, originator, empty):
    post(client_of(originator), empty, 7, why_now="Elm Street is loud.", replace="Oak Street")

    assert sealing.unseal(empty, "why_now") == "Elm Street is loud."


@pytest.mark.parametrize(
    ("words", "after"),
    [("Darren", "He left Lo-Ellen Park Secondary School and his brother knows."), ("Kevin", AT_SCHOOL)],
)
def test_taking_words_out_leaves_one_space(words, after, rf):
    posted = rf.post("/", {"line": AT_SCHOOL, "replace": words}).POST

    assert coaching.pressed(posted, "line")["line"] == after


def test_the_line_of_a_systemic_issue_is_read_by_the_same_part(client_of, originator):
    client = client_of(originator)
    typed = {"issue_type": "systemic_issue_type:SYS-02", "line": AT_SCHOOL}

    shown = client.post(reverse("responses:raise_issue"), typed)
    replaced = client.post(reverse("responses:raise_issue"), {**typed, "replace": "Darren"})

    assert [words for words, _ in buttons(shown)] == ["Lo-Ellen Park Secondary School", "Darren"]
    assert 'value="He left Lo-Ellen Park Secondary School and his brother knows."' in replaced.content.decode()
    assert (errors(replaced), SystemicIssue.objects.count()) == ([], 0)
