"""Leaving the table: by signing out, by not being there for a while, and at the end of a long day."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, SignIn
from cms_table.timers import sweep

LOGIN = reverse("account_login")


def is_asked_to_sign_in(client):
    return client.get("/").url.startswith(LOGIN)


def minutes_left(client):
    left = SignIn.objects.get(pk=client.session.session_key).expire_date - timezone.now()
    return left // timedelta(minutes=1)


def was_last_renewed(client, **ago):
    """The session as it is when the member was last here so long ago."""
    before = time.time() - timedelta(**ago).total_seconds()
    session = client.session
    session["renewed"] = before
    session.save()


def test_signing_out_asks_the_browser_to_keep_nothing_but_the_language(client_of, lead):
    left = client_of(lead).post(reverse("account_logout"))

    assert (left.status_code, left.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')


def test_no_other_page_asks_that(client_of, lead):
    asked = [client_of(lead).get("/"), client_of(lead).get(reverse("account_logout")), Client().get(LOGIN)]

    assert [page.headers.get("Clear-Site-Data") for page in asked] == [None] * 3


def test_what_is_typed_into_a_page_that_is_about_to_close_still_reaches_the_server(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, minutes=17)  # the page tells the server every two and a half minutes that it is in use, and closes after 15

    assert client.get("/").status_code == 200


def test_after_seventeen_and_a_half_idle_minutes_the_server_asks_to_sign_in_again(client_of, lead):
    client = client_of(lead)

    was_last_renewed(client, minutes=18)

    assert is_asked_to_sign_in(client)


def test_whoever_is_here_stays(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, minutes=14)

    client.get("/")

    assert minutes_left(client) == 17


def test_a_page_opened_soon_after_another_writes_nothing(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, seconds=50)
    before = SignIn.objects.get(pk=client.session.session_key).expire_date

    client.get("/")

    assert SignIn.objects.get(pk=client.session.session_key).expire_date == before


def test_ten_hours_after_signing_in_everyone_signs_in_again(client_of, lead):
    client = client_of(lead)
    session = client.session
    session["began"] = time.time() - timedelta(hours=10, minutes=1).total_seconds()
    session.save()

    assert is_asked_to_sign_in(client)


def test_signing_out_is_on_the_record_once(client_of, lead):
    client = client_of(lead)

    client.post(reverse("account_logout"))
    client.post(reverse("account_logout"))

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk).count() == 1


def test_the_end_of_a_long_day_is_on_the_record(client_of, lead):
    session = client_of(lead).session
    session["began"] = time.time() - timedelta(hours=10, minutes=1).total_seconds()
    session.save()

    sweep()

    assert list(LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk).values_list("codes", flat=True)) == [["long_day"]]


def test_that_nobody_was_there_for_long_is_on_the_record_once(client_of, lead):
    was_last_renewed(client_of(lead), minutes=18)

    sweep()
    sweep()

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk, codes=["idle"]).count() == 1


def test_of_whoever_signed_out_that_is_recorded_and_nothing_more(client_of, lead):
    client = client_of(lead)
    client.post(reverse("account_logout"))
    SignIn.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    sweep()

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk).count() == 1


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_a_page_brings_what_stands_in_its_place_once_nobody_is_there(client_of, lead, language):
    page = client_of(lead, language=language).get("/").content.decode()

    assert page.count('<template id="closed" data-seconds="900"') == 1


def test_a_page_for_nobody_says_so_to_the_other_tabs(db):
    page = Client().get(LOGIN).content.decode()

    assert ('<template id="closed"' in page, "data-nobody" in page) == (False, True)
