"""What fails at the door is on the record as codes, without what was typed."""

import pytest
from django.urls import reverse

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry

LOGIN = reverse("account_login")
TYPED = "Sparrow Somebody, 12 Heron Street"


def tried(client, address, times=1):
    for _try in range(times):
        answer = client.post(LOGIN, {"login": address, "password": TYPED})
    return answer


def told(act):
    return [(entry.by_job, entry.subject_id, entry.codes) for entry in LedgerEntry.objects.filter(act=act)]


def test_a_wrong_password_names_the_member_and_not_what_was_typed(client, originator):
    tried(client, originator.email.upper())

    assert told(LedgerAct.SIGN_IN_FAILED) == [("door", str(originator.pk), ["password"])]


def test_an_address_that_is_nobodys_is_not_on_the_record(client, db):
    tried(client, "sparrow@nowhere.example")

    assert told(LedgerAct.SIGN_IN_FAILED) == [("door", "", ["password"])]


def test_a_limit_that_goes_on_refusing_is_one_entry(client, originator):
    tried(client, originator.email, times=8)

    assert len(told(LedgerAct.SIGN_IN_FAILED)) == 5
    assert told(LedgerAct.SIGN_IN_LIMITED) == [("door", str(originator.pk), ["password"])]


def test_a_right_password_is_no_failed_try(client, originator):
    originator.set_password(TYPED)
    originator.save()

    tried(client, originator.email)

    assert (told(LedgerAct.SIGN_IN_FAILED), told(LedgerAct.SIGN_IN_LIMITED)) == ([], [])


@pytest.mark.parametrize("address", ["", "x", "a" * 400 + "@table.example", "null\x00@table.example", "line\nbreak@table.example"])
def test_whatever_is_typed_at_the_door_leaves_no_word_of_it(client, db, address):
    assert tried(client, address).status_code == 200

    assert {subject for _by, subject, _codes in told(LedgerAct.SIGN_IN_FAILED)} <= {""}


def test_the_privacy_officer_reads_who_was_tried(client, originator, privacy_officer, client_of):
    tried(client, originator.email)

    page = client_of(privacy_officer).get(reverse("agencies:ledger"), {"place": "house", "act": "sign_in_failed"})

    assert [(row["by"], row["about"]) for row in page.context["rows"]] == [("Someone at the door", "Originator Person")]
