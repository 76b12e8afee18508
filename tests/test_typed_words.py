"""No page loses a typed word: not to an ended sign-in, nor to a refusal, nor to another tab; and nobody else gets to read one."""

import re

from django.urls import reverse
from django.utils.html import escape

from agencies.models import Member

SAID = "Norah’s door, twice & again"
INVITE = reverse("agencies:invite")
PASSWORD = "birch lake canoe paddle"


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found.group(1) if found else ""


def form_of(page):
    """What a browser would post of the page's own marks."""
    return {name: hidden(page.split("<main")[1], name) for name in ("form_token", "at_table", "typed_on")}


def opened(client, address=INVITE):
    return form_of(client.get(address).content.decode())


def with_password(member):
    member.set_password(PASSWORD)
    member.save()
    return member


def sign_in(client, member, door):
    """The answer to the door's form, with all that it carries."""
    fields = {"login": member.email, "password": PASSWORD, "typed": hidden(door, "typed"), "next": hidden(door, "next")}
    return client.post(reverse("account_login"), {name: value for name, value in fields.items() if value})


def lead_on(client, page):
    """One step on, by the page's one button."""
    address = re.search(r'id="typed" method="post" action="([^"]+)"', page).group(1)
    return client.post(address, {"typed": hidden(page, "typed")})


def is_in(text, page):
    return escape(text) in page.content.decode()


def signed_out_while_typing(client_of, member, address=INVITE, **typed):
    """A form that was opened signed in, and is posted when the sign-in has ended."""
    client = client_of(member)
    marks = opened(client, address)
    client.logout()
    return client, client.post(address, {**marks, **typed})


def test_the_door_says_that_the_words_are_kept_and_does_not_show_them(client_of, coordinator):
    _client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)

    assert (door.status_code, is_in("What you typed is kept for twelve hours", door), is_in(SAID, door)) == (403, True, False)


def test_who_typed_it_signs_in_and_finds_it_in_its_form_and_not_sent(client_of, coordinator):
    client, door = signed_out_while_typing(client_of, with_password(coordinator), full_name=SAID, email="half-typed")
    members = Member.objects.count()

    signed_in = sign_in(client, coordinator, door.content.decode())
    page = lead_on(client, signed_in.content.decode())

    assert (is_in(SAID, page), 'value="half-typed"' in page.content.decode()) == (True, True)
    assert is_in("What you typed is back in the form. It has not been sent.", page)
    assert Member.objects.count() == members


def test_somebody_else_at_that_desk_gets_nothing_of_it_and_no_hint(client_of, coordinator, lead):
    client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)

    answer = sign_in(client, with_password(lead), door.content.decode())

    assert (answer.status_code, answer.url) == (302, "/")
    assert not is_in(SAID, client.get("/"))


def test_somebody_else_cannot_open_it_by_hand(client_of, coordinator, chair):
    _client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)

    page = client_of(chair).post(INVITE, {"typed": hidden(door.content.decode(), "typed")})

    assert not is_in(SAID, page)
