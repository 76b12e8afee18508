"""A ledger that cannot be written: nothing is shown, nothing is changed, and the page says so plainly."""

import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.models import LedgerEntry
from practice.proof.crawl import LEFT_OUT, addresses, arguments
from responses.models import Contact
from situations.models import Situation
from tests import canaries, cast
from tests.owner import as_owner

PARTS = ["originator", "lead", "in_the_room", "chair", "coordinator", "privacy_officer"]


@pytest.fixture
def unwritable():
    """A switch: from then on the web's role may not write the ledger."""
    yield lambda: as_owner("REVOKE INSERT ON agencies_ledgerentry FROM cms_web")
    as_owner("GRANT INSERT ON agencies_ledgerentry TO cms_web")


@pytest.fixture
def plainly(client_of):
    """A member's browser, in which a fault is a page."""

    def of(member) -> Client:
        client = client_of(member)
        client.raise_request_exception = False
        return client

    return of


def pages_that_record(client, town):
    """The addresses whose opening writes an entry; what was written is taken back."""
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()} - {("account_logout", ())}):
        for args in [] if name in LEFT_OUT else arguments(name, list(wanted), town) or []:
            path = reverse(name, args=args)
            before = LedgerEntry.objects.count()
            with transaction.atomic():
                status = client.get(path).status_code
                is_recorded = LedgerEntry.objects.count() > before
                transaction.set_rollback(True)
            if status == 200 and is_recorded:
                yield path


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("part", PARTS)
def test_every_page_that_records_a_look_shows_the_plain_page_instead(part, unwritable, plainly):
    town = canaries.town_at("responding", is_room_open=True)
    client = plainly(cast.the(part))
    recording = list(pages_that_record(client, town))

    unwritable()
    answers = {path: client.get(path) for path in recording}

    assert len(answers) > 2
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 500} == {}
    shown = {path: answer.content.decode() for path, answer in answers.items()}
    assert {path for path, said in shown.items() if canaries.PREFIX in said or "zq-" in said or town.situation.reference in said} == set()
    assert {"Something went wrong on our side" in said for said in shown.values()} == {True}


@pytest.mark.django_db(databases=["default", "owner"])
def test_an_act_that_cannot_be_recorded_has_not_happened(response, lead, unwritable, plainly):
    client = plainly(lead)
    address, posted = reverse("responses:contact", args=[response.pk]), {"result": "contact_result:CON-01", "form_token": uuid.uuid4()}
    version = Situation.objects.values_list("version", "stage").get(pk=response.situation_id)

    unwritable()
    answer = client.post(address, posted)

    assert (answer.status_code, Contact.objects.count()) == (500, 0)
    assert Situation.objects.values_list("version", "stage").get(pk=response.situation_id) == version


@pytest.mark.django_db(databases=["default", "owner"])
def test_nobody_comes_in_whose_sign_in_cannot_be_recorded(originator, unwritable, client):
    client.raise_request_exception = False
    originator.set_password("a long enough password")
    originator.save()

    unwritable()
    answer = client.post(reverse("account_login"), {"login": originator.email, "password": "wrong on purpose"})

    assert (answer.status_code, "_auth_user_id" in client.session) == (500, False)
