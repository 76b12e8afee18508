"""Sign-in: a whole room behind one address, and one account that is guarded."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.models import Member
from cms_table.mail import send_waiting

LOGIN = reverse("account_login")
PASSWORD = "seven quiet herons"


@pytest.fixture
def room(db):
    """Fifty people who can sign in."""
    people = [Member(email=f"person{number}@table.example", full_name=f"Person {number}", joined_at=clock.now()) for number in range(50)]
    people[0].set_password(PASSWORD)
    for person in people:
        person.password = people[0].password
    return Member.objects.bulk_create(people)


def sign_in(email, password=PASSWORD, **headers):
    """What the sign-in page answers to a new browser: 302 for whoever may come in."""
    return Client().post(LOGIN, {"login": email, "password": password}, **headers).status_code


def test_fifty_people_sign_in_behind_one_address(room):
    assert [sign_in(person.email) for person in room] == [302] * 50


def test_fifteen_wrong_passwords_behind_one_address_lock_out_nobody_else(room):
    for person in room[:15]:
        sign_in(person.email, "a wrong one")

    assert [sign_in(person.email) for person in room[15:20]] == [302] * 5


def test_after_five_wrong_passwords_an_account_waits(room):
    for _attempt in range(5):
        sign_in(room[0].email, "a wrong one")

    assert (sign_in(room[0].email), sign_in(room[1].email)) == (200, 302)


@pytest.mark.parametrize(("proxies", "answers"), [(0, [200] * 3), (1, [302] * 3)])
def test_an_address_that_a_request_claims_counts_only_behind_a_proxy(room, settings, proxies, answers):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "2/m/ip"}
    for number in range(2):
        sign_in(room[number].email, "a wrong one", HTTP_X_FORWARDED_FOR="10.0.0.9")

    assert [sign_in(room[number].email, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}") for number in range(3)] == answers


def test_no_mail_goes_to_an_address_that_nobody_here_has(room):
    known, unknown = (
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True) for email in (room[0].email, "nobody@table.example")
    )
    send_waiting()

    assert [message.to for message in mail.outbox] == [[room[0].email]]
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)
