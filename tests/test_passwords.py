"""A password is long, one's own and otherwise as its member likes it."""

import re

import pytest
from django.contrib.auth import password_validation
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Member, Outbox
from cms_table.mail import send_waiting

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


@pytest.mark.parametrize(
    ("language", "labels", "hint"),
    [
        ("en-ca", ["The password that you have now", "New password", "The new password again"], "At least 15 characters."),
        (
            "fr-ca",
            ["Votre mot de passe actuel", "Nouveau mot de passe", "Le nouveau mot de passe, encore une fois"],
            "Au moins 15 caractères.",
        ),
    ],
)
def test_who_changes_a_password_reads_what_makes_one_and_goes_back_to_the_profile(client_of, with_a_password, language, labels, hint):
    page = client_of(with_a_password, language=language).get(CHANGE).content.decode()

    assert re.findall(r'<label class="form-label" for="id_[a-z0-9]*">([^<]*?)\s*<', page) == labels
    assert page.count(hint) == 1
    assert re.findall(r'class="btn btn-link" href="([^"]*)"', page) == [reverse("agencies:profile")]
    assert "placeholder=" not in page


def test_a_changed_password_leads_back_to_the_profile(client_of, with_a_password):
    new = "nine loons on the bay"

    answer = client_of(with_a_password).post(CHANGE, {"oldpassword": OWN, "password1": new, "password2": new})

    assert answer["Location"] == reverse("agencies:profile")


def test_no_password_ages(settings):
    ageing = [each["NAME"] for each in settings.AUTH_PASSWORD_VALIDATORS if re.search("Age|Expir|History", each["NAME"])]

    assert (ageing, hasattr(settings, "PASSWORD_RESET_DAYS")) == ([], False)


def test_a_password_is_kept_as_an_argon2_hash(settings):
    from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    kept = make_password(OWN)

    assert (identify_hasher(kept).algorithm, OWN.strip() in kept) == ("argon2", False)
    assert (Argon2PasswordHasher.memory_cost >= 19_456, Argon2PasswordHasher.time_cost >= 2) == (True, True)


FORGOTTEN = reverse("account_reset_password")


def link_in(letter):
    return next(word for word in letter.body.split() if "/password/reset/key/" in word)


def test_a_new_password_by_mail_signs_nobody_in(with_a_password):
    browser, new = Client(), "nine loons on the bay"
    browser.post(FORGOTTEN, {"email": with_a_password.email})
    send_waiting()
    link = link_in(mail.outbox[0])
    page = browser.get(re.sub(r"^https?://[^/]+", "", link), follow=True)

    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert Member.objects.get(pk=with_a_password.pk).check_password(new) is True
    assert browser.get("/")["Location"].startswith(reverse("account_login"))


def test_a_link_to_a_new_password_leaves_with_the_next_round_and_works_once(client, with_a_password):
    client.post(FORGOTTEN, {"email": with_a_password.email.upper()})
    before, left = len(mail.outbox), send_waiting()
    link = re.sub(r"^https?://[^/]+", "", link_in(mail.outbox[0]))
    asked = client.get(link, follow=True)

    client.post(asked.request["PATH_INFO"], {"password1": "nine loons on the bay", "password2": "nine loons on the bay"})

    assert (before, left, mail.outbox[0].to) == (0, 1, [with_a_password.email])
    assert Client().get(link).context["token_fail"] is True


def test_no_link_to_a_new_password_lies_in_the_database(client, with_a_password):
    client.post(FORGOTTEN, {"email": with_a_password.email})

    waiting = Outbox.objects.get(notice="new_password")
    assert (waiting.notice, waiting.address, waiting.moment) == ("new_password", FORGOTTEN, None)


def test_who_asks_for_a_new_password_twice_at_once_gets_one_letter_and_who_is_not_known_or_has_left_none(client, with_a_password, stranger):
    Member.objects.filter(pk=stranger.pk).update(is_active=False)

    for email in (with_a_password.email, with_a_password.email, stranger.email, "nobody@table.example"):
        client.post(FORGOTTEN, {"email": email})

    assert list(Outbox.objects.filter(notice="new_password").values_list("recipient", flat=True)) == [with_a_password.pk]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en-ca", "[Practice] Your link to a new password"), ("fr-ca", "[Exercice] Votre lien vers un nouveau mot de passe")],
)
def test_the_letter_for_a_new_password_speaks_the_members_language(client, with_a_password, language, subject):
    Member.objects.filter(pk=with_a_password.pk).update(language=language)

    client.post(FORGOTTEN, {"email": with_a_password.email})
    send_waiting()

    assert mail.outbox[0].subject == subject


def test_that_a_password_was_forgotten_stands_on_no_page(client, client_of, with_a_password):
    client.post(FORGOTTEN, {"email": with_a_password.email})
    asked, awaited = Outbox.objects.get(notice="new_password"), client_of(with_a_password)

    assert awaited.get(reverse("awaiting")).context["new"] == []
    assert awaited.get(reverse("open_notice", args=[asked.pk])).status_code == 404


def test_a_letter_for_a_new_password_waits_for_a_mail_server_that_is_away(client, with_a_password, settings, later):
    client.post(FORGOTTEN, {"email": with_a_password.email})
    here, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    away, settings.EMAIL_BACKEND = send_waiting(), here

    with later(minutes=6):
        assert (away, send_waiting()) == (0, 1)


def test_a_new_password_is_saved_though_the_mail_server_is_away(client_of, with_a_password, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "localhost", 1
    new = "nine loons on the bay"

    changed(client_of(with_a_password), OWN, new)

    assert Member.objects.get(pk=with_a_password.pk).check_password(new) is True
