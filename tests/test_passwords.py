"""A password is long, one's own and otherwise as its member likes it."""

import re

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Member

pytestmark = pytest.mark.django_db
CHANGE = reverse("account_change_password")
OWN = "  seven herons, two cups of tea"


def refused(password, member=None):
    try:
        password_validation.validate_password(password, member)
    except ValidationError as found:
        return {each.code for each in found.error_list}
    return set()


@pytest.mark.parametrize("password", ["correct horse", "1Aa!1Aa!1Aa!1A"])
def test_fewer_than_fifteen_characters_are_too_few(password):
    assert refused(password) == {"password_too_short"}


@pytest.mark.parametrize(
    "password", ["seven herons drink", "SEVENHERONSDRINK", "730198465201938", "œufs à la neige ☕☕", " spaces  count too ", "x y" * 40]
)
def test_any_characters_will_do_and_as_many_as_one_likes(password):
    assert refused(password) == set() or refused(password) == {"password_too_common"}


@pytest.mark.parametrize("password", ["1q2w3e4r5t6y7u8i9o0p", "123456789987654321", "polniypizdec0211"])
def test_what_was_found_in_other_peoples_breaches_is_refused(password):
    assert "password_too_common" in refused(password) | refused(password[:15])


@pytest.mark.parametrize(
    "password",
    ["Birch Lake Rapid Mobilization Table", "Larch Housing 2026!!", "situationtable2026", "heron-school-board-1", "Réunion-organisme-2026"],
)
def test_the_names_of_the_table_and_its_agencies_are_no_password(password):
    assert refused(password) == {"password_of_known_words"}


def test_ones_own_name_is_no_password(originator):
    assert refused("Originator Person", originator) == {"password_too_similar"}


@pytest.fixture
def with_a_password(originator):
    originator.set_password(OWN)
    originator.save()
    return originator


@pytest.mark.parametrize("typed", [OWN.strip(), OWN.upper(), OWN[:20], OWN + " "])
def test_a_password_counts_as_it_was_typed(with_a_password, typed):
    assert (with_a_password.check_password(typed), with_a_password.check_password(OWN)) == (False, True)


def changed(client, old, new):
    client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_the_password_is_changed_by_who_knows_the_one_before(client_of, with_a_password):
    new = "nine loons on the bay"

    changed(client_of(with_a_password), "not the one before", new)
    assert Member.objects.get(pk=with_a_password.pk).check_password(new) is False
    changed(client_of(with_a_password), OWN, new)
    assert Member.objects.get(pk=with_a_password.pk).check_password(new) is True


def test_a_short_new_password_is_not_taken(client_of, with_a_password):
    changed(client_of(with_a_password), OWN, "too short")

    assert Member.objects.get(pk=with_a_password.pk).check_password(OWN) is True


@pytest.mark.parametrize(
    ("page", "hints"), [("account_login", {"current-password"}), ("account_change_password", {"current-password", "new-password"})]
)
def test_the_fields_hide_what_is_typed_and_let_a_password_manager_fill_them(client_of, with_a_password, page, hints):
    client = Client() if page == "account_login" else client_of(with_a_password)
    fields = re.findall(r"<input[^>]*type=\"password\"[^>]*>", client.get(reverse(page)).content.decode())

    assert {re.search(r'autocomplete="([^"]*)"', field).group(1) for field in fields} == hints
    assert [field for field in fields if re.search(r"onpaste|maxlength|readonly", field)] == []


def test_no_password_ages(settings):
    ageing = [each["NAME"] for each in settings.AUTH_PASSWORD_VALIDATORS if re.search("Age|Expir|History", each["NAME"])]

    assert (ageing, hasattr(settings, "PASSWORD_RESET_DAYS")) == ([], False)


def test_a_password_is_kept_as_an_argon2_hash(settings):
    from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    kept = make_password(OWN)

    assert (identify_hasher(kept).algorithm, OWN.strip() in kept) == ("argon2", False)
    assert (Argon2PasswordHasher.memory_cost >= 19_456, Argon2PasswordHasher.time_cost >= 2) == (True, True)


def test_a_new_password_by_mail_signs_nobody_in(with_a_password, mailoutbox, settings):
    browser, new = Client(), "nine loons on the bay"
    browser.post(reverse("account_reset_password"), {"email": with_a_password.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    page = browser.get(re.sub(r"^https?://[^/]+", "", link), follow=True)

    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert Member.objects.get(pk=with_a_password.pk).check_password(new) is True
    assert browser.get("/")["Location"].startswith(reverse("account_login"))
