"""The letter box of a practice table: no mail leaves, and whoever tries the table reads what would have left."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import Role
from agencies.models import Outbox
from cms_table.mail import compose, send_waiting
from practice.letters import throw_away


@pytest.fixture(autouse=True)
def letter_box(settings, tmp_path):
    """The tests' own folder in place of the table's."""
    settings.VAR, settings.EMAIL_BACKEND = tmp_path, "practice.letters.LetterBox"


def letters(client):
    return client.get(reverse("letters")).context["letters"]


def test_an_invitation_is_read_there_and_its_link_opens(client_of, client, coordinator, table, later):
    lifecycle.invite(email="nova@table.example", full_name="Nova", roles=[Role.OBSERVER], table=table, by=coordinator)
    with later(seconds=31):
        send_waiting()

    (letter,) = letters(client_of(coordinator))
    assert (letter.to, letter.subject, letter.paragraphs[0]) == (
        "nova@table.example",
        "[Practice] You are invited to the table",
        "Hello Nova,",
    )
    assert [client.get(link).status_code for link in letter.links] == [200]


def test_every_letter_is_kept_and_accents_arrive(client_of, coordinator):
    for subject in ("First", "Réponse"):
        get_connection().send_messages([EmailMessage(subject=subject, body="…", to=["nova@table.example"])])

    assert {letter.subject for letter in letters(client_of(coordinator))} == {"First", "Réponse"}


def test_a_letter_of_two_things_leads_to_both(client_of, coordinator, lead):
    told = [Outbox(notice="follow_up_due", recipient=lead, address=address) for address in ("/help/", "/privacy/")]

    get_connection().send_messages([compose(told)])
    page = client_of(coordinator).get(reverse("letters"))

    (letter,) = page.context["letters"]
    assert (letter.paragraphs[1:2], letter.links) == (["A follow-up question awaits an answer by number."], ["/help/", "/privacy/"])
    assert "Open link 2 of this letter" in page.content.decode()


def test_the_letters_of_a_season_go_with_it(client_of, coordinator):
    get_connection().send_messages([EmailMessage(subject="First", body="…", to=["nova@table.example"])])

    throw_away()

    assert letters(client_of(coordinator)) == []


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_an_empty_box_has_its_page(client_of, coordinator, language):
    page = client_of(coordinator, language=language).get(reverse("letters"))

    assert (page.status_code, page.context["letters"]) == (200, [])


def test_whoever_is_not_signed_in_reads_no_letter(client, db):
    assert client.get(reverse("letters")).status_code == 302
