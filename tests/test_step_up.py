"""Before something grave the table asks once more who is there; it remembers the answer for five minutes, and keeps what was typed."""

import time

import pytest
from django.urls import reverse

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, Member
from practice import codes
from tests.test_typed_words import INVITE, hidden, opened

AGAIN = reverse("account_reauthenticate")
PASSWORD = "birch lake canoe paddle"


@pytest.fixture
def left_alone(client_of, coordinator):
    """The coordinator's browser, in which the last proof is six minutes old."""
    coordinator.set_password(PASSWORD)
    coordinator.save()
    return proven(client_of(coordinator), minutes_ago=6)


def proven(client, *, minutes_ago):
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 60 * minutes_ago}]
    session.save()
    return client


GRAVE = ["agencies:invite", "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", GRAVE)
def test_after_five_minutes_a_grave_page_asks_who_is_there(left_alone, name):
    page = left_alone.get(reverse(name))

    assert (page.status_code, page.url) == (302, f"{AGAIN}?next={reverse(name).replace('/', '%2F')}")


def test_who_chooses_an_alternate_is_asked_who_is_there(client_of, lead):
    client = client_of(lead)

    asked = [proven(client, minutes_ago=minutes).get(reverse("agencies:delegate")).status_code for minutes in (4, 6)]

    assert asked == [200, 302]


def test_who_makes_a_calendars_address_is_asked_who_is_there_and_who_revokes_it_is_not(client_of, lead):
    client = client_of(lead)

    made = [proven(client, minutes_ago=minutes).post(reverse("agencies:make_calendar_key")).status_code for minutes in (4, 6)]
    revoked = client.post(reverse("agencies:revoke_calendar_key"))

    assert (made, revoked.status_code) == ([200, 403], 302)


@pytest.mark.parametrize("name", ["start", "agencies:people", "agencies:directory", "mfa_index"])
def test_other_pages_do_not_ask(left_alone, name):
    assert left_alone.get(reverse(name)).status_code == 200


def test_within_five_minutes_nothing_is_asked(client_of, coordinator):
    assert proven(client_of(coordinator), minutes_ago=4).get(reverse("agencies:invite")).status_code == 200


@pytest.mark.parametrize("way", ["password", "code"])
def test_a_password_or_a_code_leads_back_to_the_page(left_alone, coordinator, way):
    shown = {"password": PASSWORD, "code": codes.of_member(coordinator)}[way]

    answer = left_alone.post(AGAIN, {way: shown, "next": reverse("agencies:invite")})

    assert (answer.url, left_alone.get(answer.url).status_code) == (reverse("agencies:invite"), 200)


def test_a_wrong_password_is_said_plainly_and_opens_nothing(left_alone):
    page = left_alone.post(AGAIN, {"password": "not this one", "next": "/"})

    assert (page.context["form"].errors["password"], left_alone.get(reverse("agencies:invite")).status_code) == (
        ["This is not your password."],
        302,
    )


def test_what_was_typed_stands_in_its_form_again(left_alone, client_of, coordinator):
    marks = opened(proven(left_alone, minutes_ago=1))
    proven(left_alone, minutes_ago=6)

    asked = left_alone.post(INVITE, marks | {"full_name": "Half Typed", "email": "half@table.example"})
    led = left_alone.post(AGAIN, {"password": PASSWORD, "next": INVITE, "typed": hidden(asked.content.decode(), "typed")})
    back = left_alone.post(INVITE, {"typed": hidden(led.content.decode(), "typed")})

    assert (asked.status_code, "Half Typed" in back.content.decode()) == (403, True)
    assert not Member.objects.filter(email="half@table.example").exists()


def test_a_list_does_not_leave_and_the_way_leads_back_to_its_page(left_alone):
    asked = left_alone.post(reverse("agencies:export_directory"), HTTP_REFERER="http://testserver/table/directory/")

    assert (asked.status_code, hidden(asked.content.decode(), "next")) == (403, "/table/directory/")
    assert not LedgerEntry.objects.filter(act=LedgerAct.EXPORTED).exists()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(left_alone, elsewhere):
    assert left_alone.post(AGAIN, {"password": PASSWORD, "next": elsewhere}).url == "/"


@pytest.mark.parametrize("word", ["x", "2", "situation", "agencies", "\0", "http://["])
def test_a_word_that_is_no_page_of_the_house_breaks_nothing(left_alone, word):
    assert left_alone.post(AGAIN, {"password": PASSWORD, "next": word}).status_code == 302


def test_ten_tries_in_a_minute_are_enough(left_alone):
    for _try in range(10):
        left_alone.post(AGAIN, {"password": "not this one", "next": "/"})

    assert left_alone.post(AGAIN, {"password": PASSWORD, "next": "/"}).status_code == 409
