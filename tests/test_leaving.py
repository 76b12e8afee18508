"""Leaving the table: by signing out, by not being there for a while, and at the end of a long day."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from cms_table.timers import sweep

LOGIN = reverse("account_login")


def is_asked_to_sign_in(client):
    return client.get("/").url.startswith(LOGIN)


def minutes_left(client):
    left = Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()
    return round(left / timedelta(minutes=1))


def was_last_renewed(client, **ago):
    """The session as it is when the member was last here so long ago."""
    before = time.time() - timedelta(**ago).total_seconds()
    session = client.session
    session["renewed"] = before
    session.save()
    Session.objects.filter(pk=session.session_key).update(
        expire_date=timezone.now() - timedelta(**ago) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )


def test_signing_out_asks_the_browser_to_keep_nothing_but_the_language(client_of, lead):
    left = client_of(lead).post(reverse("account_logout"))

    assert (left.status_code, left.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')


def test_no_other_page_asks_that(client_of, lead):
    asked = [client_of(lead).get("/"), client_of(lead).get(reverse("account_logout")), Client().get(LOGIN)]

    assert [page.headers.get("Clear-Site-Data") for page in asked] == [None] * 3


def test_what_is_typed_into_a_page_that_is_about_to_close_still_reaches_the_server(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, minutes=34)  # the page tells the server every five minutes that it is in use, and closes after thirty

    assert client.get("/").status_code == 200


def test_after_thirty_five_idle_minutes_the_server_asks_to_sign_in_again(client_of, lead):
    client = client_of(lead)

    was_last_renewed(client, minutes=36)

    assert is_asked_to_sign_in(client)


def test_whoever_is_here_stays(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, minutes=29)

    client.get("/")

    assert minutes_left(client) == 35


def test_a_page_opened_soon_after_another_writes_nothing(client_of, lead):
    client = client_of(lead)
    was_last_renewed(client, seconds=50)
    before = Session.objects.get(pk=client.session.session_key).expire_date

    client.get("/")

    assert Session.objects.get(pk=client.session.session_key).expire_date == before


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
    client = client_of(lead)
    session = client.session
    session["began"] = time.time() - timedelta(hours=10, minutes=1).total_seconds()
    session.save()

    client.get("/")

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk).count() == 1


def test_that_nobody_was_there_for_long_is_on_the_record_once(client_of, lead):
    was_last_renewed(client_of(lead), minutes=36)

    sweep()
    sweep()

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk, codes=["idle"]).count() == 1


def test_of_whoever_signed_out_that_is_recorded_and_nothing_more(client_of, lead):
    client = client_of(lead)
    client.post(reverse("account_logout"))
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    sweep()

    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=lead.pk).count() == 1


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_a_page_brings_what_stands_in_its_place_once_nobody_is_there(client_of, lead, language):
    page = client_of(lead, language=language).get("/").content.decode()

    assert page.count('<template id="closed" data-seconds="1800"') == 1


def test_a_page_for_nobody_says_so_to_the_other_tabs(db):
    page = Client().get(LOGIN).content.decode()

    assert ('<template id="closed"' in page, "data-nobody" in page) == (False, True)
