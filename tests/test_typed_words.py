"""No page loses a typed word: not to an ended sign-in, nor to a refusal, nor to another tab; and nobody else gets to read one."""

import re

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm, ResetPasswordKeyForm, SetPasswordForm
from django.forms import PasswordInput
from django.urls import reverse
from django.utils.html import escape

from agencies import lifecycle
from agencies.forms.people import JoinForm
from agencies.models import Agency, Appointment, Member
from cms_table.sign_in import SignInForm
from cms_table.typed import SECRET
from practice import codes

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
    answer = client.post(reverse("account_login"), {name: value for name, value in fields.items() if value})
    return answer if answer.status_code == 200 else client.post(answer.url, {"code": codes.of_member(member)})


def lead_on(client, page):
    """One step on, by the page's one button."""
    address = re.search(r'id="typed"[^>]* action="([^"]+)"', page).group(1)
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


def test_after_twelve_hours_the_same_person_reads_that_it_is_gone(client_of, coordinator, settings):
    _client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)
    client = client_of(coordinator)
    settings.TYPED_WORDS_LAST = -1

    page = client.post(INVITE, {"typed": hidden(door.content.decode(), "typed")})

    assert (is_in("was kept for twelve hours. It is gone now.", page), is_in(SAID, page)) == (True, False)


def test_what_was_changed_on_the_way_opens_nothing(client_of, coordinator):
    _client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)
    envelope = hidden(door.content.decode(), "typed")

    page = client_of(coordinator).post(INVITE, {"typed": envelope[:-8] + "AAAAAAA="})

    assert (page.status_code, is_in(SAID, page)) == (200, False)


def test_words_open_on_the_page_on_which_they_were_typed_and_on_no_other(client_of, coordinator):
    _client, door = signed_out_while_typing(client_of, coordinator, full_name=SAID)

    page = client_of(coordinator).post(reverse("agencies:add_agency"), {"typed": hidden(door.content.decode(), "typed")})

    assert not is_in(SAID, page)


def test_a_mark_that_the_house_did_not_make_opens_nothing(client_of, coordinator):
    client = client_of(coordinator)
    made_up = {"form_token": "6b7e3a9a-5c0a-4c0a-9d0a-0a0a0a0a0a0a", "typed_on": f"{'0' * 32} {INVITE}", "full_name": SAID}

    envelope = client.post(reverse("typed"), made_up).content.decode()

    assert not is_in(SAID, client.post(INVITE, {"typed": envelope}))


def test_a_form_of_before_the_last_sign_in_comes_back_with_its_words(client_of, coordinator):
    client = client_of(coordinator)
    marks = opened(client)
    client.handler.enforce_csrf_checks = True

    refused = client.post(INVITE, {**marks, "full_name": SAID})
    client.handler.enforce_csrf_checks = False
    page = lead_on(client, refused.content.decode())

    assert (refused.status_code, is_in(SAID, page)) == (403, True)


def test_who_was_quicker_is_read_beside_ones_own_and_ones_own_is_kept_for_another_try(client_of, coordinator, administrator):
    agency = Agency.objects.get(name="Larch Housing")
    address = reverse("agencies:agency", args=[agency.pk])
    client = client_of(coordinator)
    marks = opened(client, address)
    lifecycle.change_agency(agency, name="Larch Homes", by=administrator)
    mine = {"name": SAID, "sector": agency.sector_id, "agency_type": agency.agency_type_id, "name_language": "en-CA", "is_active": "on"}

    conflict = client.post(address, {**marks, **mine, "version": agency.version})
    page = lead_on(client, conflict.content.decode()).content.decode()
    kept = client.post(address, {**form_of(page), **mine, "version": hidden(page.split("<main")[1], "version")})

    assert (conflict.status_code, is_in("Larch Homes", conflict), escape(SAID) in page, kept.status_code) == (409, True, True, 302)
    assert Agency.objects.get(pk=agency.pk).name == SAID


def test_a_form_that_was_sent_meanwhile_comes_back_empty(client_of, coordinator):
    client = client_of(coordinator)
    typed = {**opened(client), "full_name": SAID, "email": "new@table.example", "roles": "observer", "language": "en-ca", "agency": ""}
    envelope = client.post(reverse("typed"), typed).content.decode()

    sent = client.post(INVITE, typed)
    page = client.post(INVITE, {"typed": envelope})

    assert (sent.status_code, f'value="{escape(SAID)}"' in page.content.decode(), Member.objects.filter(full_name=SAID).count()) == (
        302,
        False,
        1,
    )


def test_a_fault_on_our_side_keeps_the_words(client_of, coordinator, settings):
    client = client_of(coordinator)
    typed = {**opened(client), "full_name": SAID}
    settings.ROOT_URLCONF = "tests.breaking_urls"
    client.raise_request_exception = False

    broken = client.post("/breaks/misread/?word=not-a-number", typed)
    settings.ROOT_URLCONF = "cms_table.urls"
    page = client.post(INVITE, {"typed": hidden(broken.content.decode(), "typed")})

    assert (broken.status_code, is_in(SAID, page)) == (500, True)


def test_words_whose_form_is_not_ones_own_any_more_can_still_be_copied(client_of, coordinator, administrator):
    client = client_of(coordinator)
    envelope = client.post(reverse("typed"), {**opened(client), "full_name": SAID}).content.decode()
    for appointment in Appointment.objects.filter(member=coordinator):
        lifecycle.end_appointment(appointment, by=administrator)

    page = client.post(INVITE, {"typed": envelope})

    assert (is_in("What you typed has no form any more", page), is_in(SAID, page)) == (True, True)


def test_a_form_opens_again_at_the_table_at_which_it_was_opened(client_of, coordinator, table, sealed_table):
    client = client_of(coordinator)
    envelope = client.post(reverse("typed"), {**opened(client), "full_name": SAID}).content.decode()
    client.post(reverse("agencies:sit_at", args=[sealed_table.pk]))

    page = client.post(INVITE, {"typed": envelope}).content.decode()

    assert (escape(SAID) in page, form_of(page)["at_table"]) == (True, str(table.pk))


def test_no_secret_goes_into_an_envelope():
    forms = [JoinForm, SignInForm, ResetPasswordKeyForm, ChangePasswordForm, SetPasswordForm, ReauthenticateForm]
    secret = {name for form in forms for name, field in form.base_fields.items() if isinstance(field.widget, PasswordInput)}

    assert "again" in secret
    assert {name for name in secret if not SECRET.search(name)} == set()
