"""Who asks for what is not theirs is on the record, and learns nothing from it."""

import uuid

import pytest
from django.urls import reverse

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry

NOBODYS = uuid.UUID("00000000-0000-4000-8000-000000000000")


def refusals_of(member):
    refused = LedgerEntry.objects.filter(act=LedgerAct.REFUSED, by_id=member.pk)
    return [(entry.codes, entry.situation_id, entry.subject_id) for entry in refused]


@pytest.mark.parametrize("name", ["situation", "responses:contact", "meetings:detail", "situations:looks"])
def test_not_yours_and_not_there_are_refused_and_recorded_alike(response, stranger, client_of, name):
    there = {"situation": response.situation_id, "situations:looks": response.situation_id, "responses:contact": response.pk}
    client = client_of(stranger)

    pages = [client.get(reverse(name, args=[key])) for key in (there.get(name, NOBODYS), NOBODYS)]

    assert [page.status_code for page in pages] == [404, 404]
    assert refusals_of(stranger) == [([name], None, "")] * 2


def test_what_is_posted_to_a_thing_that_is_not_there_is_refused_on_the_record(stranger, client_of):
    asked = client_of(stranger).post(reverse("responses:leave", args=[NOBODYS]), {"form_token": str(uuid.uuid4())})

    assert (asked.status_code, refusals_of(stranger)) == (404, [(["responses:leave"], None, "")])


def test_a_page_that_never_was_is_no_refusal(stranger, client_of):
    assert [client_of(stranger).get(path).status_code for path in ("/nothing/", "/accounts/email/")] == [404, 404]
    assert refusals_of(stranger) == []


def test_who_is_not_signed_in_is_asked_to_and_nothing_is_recorded(item, client):
    before = LedgerEntry.objects.count()

    asked = client.get(reverse("situation", args=[item.situation_id]))

    assert (asked.status_code, LedgerEntry.objects.count()) == (302, before)
