"""Typed words are sealed for who typed them and nobody else, without using a form up, and none of them vanishes unseen."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from cms_table.typed import missing, page_of
from tests.test_typed_words import INVITE, SAID, hidden, opened, signed_out_while_typing

SEAL = reverse("typed")


def test_to_seal_uses_no_form_up_and_asks_no_form_whether_it_was_sent(client_of, coordinator):
    client = client_of(coordinator)
    typed = {**opened(client), "full_name": SAID, "email": "new@table.example", "roles": "observer", "language": "en-ca", "agency": ""}
    client.post(INVITE, typed)

    sealed = client.post(SEAL, typed)

    assert (sealed.status_code, sealed["Content-Type"], "<" in sealed.content.decode(), len(sealed.content) > 100) == (
        200,
        "text/plain",
        False,
        True,
    )


def test_what_is_typed_at_one_table_is_sealed_also_when_the_device_moved_to_another(client_of, coordinator, sealed_table):
    client = client_of(coordinator)
    typed = {**opened(client), "full_name": SAID}
    client.post(reverse("agencies:sit_at", args=[sealed_table.pk]))

    sealed, again = client.post(SEAL, typed), client.post(reverse("typed_again"), {**typed, "typed": "", "next": INVITE})

    assert (sealed.status_code, len(sealed.content) > 100, again.status_code) == (200, True, 302)


def test_a_form_shown_to_nobody_is_sealed_for_nobody(db, client):
    address = reverse("account_reset_password")
    marks = opened(client, address)
    made_up = {**marks, "typed_on": f"{'0' * 32} {address}", "email": "somebody@table.example"}

    assert (marks["typed_on"], client.post(SEAL, {**marks, "email": "somebody@table.example"}).content) == ("", b"")
    page = client.post(address, {"typed": client.post(SEAL, made_up).content.decode()})
    assert "somebody@table.example" not in page.content.decode()


def test_a_form_with_a_password_is_not_sealed(client_of, coordinator):
    client = client_of(coordinator)

    assert client.post(SEAL, {**opened(client), "full_name": SAID, "password": ""}).content == b""


def test_too_much_to_seal_is_not_even_read(client_of, coordinator):
    client = client_of(coordinator)

    answers = [client.post(SEAL, {**opened(client), "full_name": "x" * length}).status_code for length in (1_150_000, 1_200_000)]

    assert answers == [200, 413]


def test_whoever_seals_without_end_has_to_wait(client_of, coordinator, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"typed": "2/m/ip"}
    client = client_of(coordinator)
    typed = {**opened(client), "full_name": SAID}

    answers = [client.post(SEAL, typed) for _each in range(3)]

    assert [(answer.status_code, len(answer.content) > 0) for answer in answers] == [(200, True), (200, True), (429, False)]


def test_the_letters_at_the_door_are_no_failed_sign_in_and_the_way_on_stays(client_of, coordinator):
    client, refused = signed_out_while_typing(client_of, coordinator, full_name=SAID)
    letters = hidden(refused.content.decode(), "typed")

    door = client.post(f"{reverse('account_login')}?next={INVITE}", {"typed": letters})
    page = door.content.decode()

    assert (door.status_code, "error-summary" in page, hidden(page, "typed") == letters, hidden(page, "next")) == (200, False, True, INVITE)


def test_letters_for_a_page_behind_the_door_keep_the_way_to_that_page(client_of, coordinator):
    client, refused = signed_out_while_typing(client_of, coordinator, full_name=SAID)

    door = client.post(INVITE, {"typed": hidden(refused.content.decode(), "typed")})

    assert (door.status_code, hidden(door.content.decode(), "next")) == (403, INVITE)


@pytest.mark.parametrize("page", ["/\\elsewhere.example", "//elsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example"])
def test_an_address_that_a_browser_reads_as_another_house_is_none(page):
    assert page_of({"typed_on": f"{'0' * 32} {page}"}) == ""


@pytest.mark.parametrize("word", ["urgent:call", "on", "No", "3", "Save"])
def test_a_short_word_whose_field_has_gone_does_not_vanish(word):
    page = '<p>No, 3, on</p><button name="way">Save</button><input type="checkbox" name="other"><select name="help"><option value="No">'

    assert missing(QueryDict(urlencode({"gone": word})), page) == [word]


@pytest.mark.parametrize("key", ["risk_factor:RSK-01", "6b7e3a9a-5c0a-4c0a-9d0a-0a0a0a0a0a0a"])
def test_the_key_of_what_was_chosen_is_no_typed_word(key):
    assert missing(QueryDict(urlencode({"gone": key, "password": "birch lake canoe"})), "") == []


def test_what_stands_in_its_field_is_not_missing():
    page = (
        '<input name="name" value="Norah &amp; Elm"><textarea name="why">\nOne\nTwo </textarea><input type="checkbox" name="ticked">'
        '<select name="help"><option value="yes">Yes</option></select><button name="way" value="more">More</button>'
    )
    typed = {"name": " Norah & Elm", "why": "One\r\nTwo", "ticked": "on", "help": "yes", "way": "less"}

    assert missing(QueryDict(urlencode(typed)), page) == []
