"""At the door: what is asked, and what is said when it does not open."""

import pytest
from django.urls import reverse

from cms_table.sentences import sentences

LOGIN, FORGOTTEN = reverse("account_login"), reverse("account_reset_password")


@pytest.mark.parametrize("address", [LOGIN, FORGOTTEN])
def test_the_door_asks_for_an_e_mail_address_in_the_houses_words(client, db, address):
    form = client.get(address).context["form"]

    assert str(next(iter(form)).label) == "E-mail address"


def test_a_wrong_password_is_said_plainly_and_what_is_missing_by_name(client, originator):
    wrong = client.post(LOGIN, {"login": originator.email, "password": "not this one"}).context["form"]
    empty = client.post(LOGIN, {}).context["form"]

    assert wrong.non_field_errors() == ["No sign-in has this e-mail address and this password together. Check both, and try again."]
    assert [words for field in empty for words in sentences(field)] == ["Fill in “E-mail address”.", "Fill in “Password”."]
