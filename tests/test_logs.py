"""The log says which page, what kind of error and where, and never a value."""

import io
import logging

import pytest
from django.test import override_settings
from django.urls import reverse

CANARY = "zqcanary"


@pytest.fixture
def log():
    """What the server's own log says, as the settings set it up."""
    handler, said = logging.getLogger("django").handlers[0], io.StringIO()
    before = handler.setStream(said)
    yield said
    handler.setStream(before)


@pytest.fixture
def broken(client_of, coordinator):
    """Open a page that breaks."""
    client = client_of(coordinator)
    client.raise_request_exception = False

    def opened(page):
        with override_settings(ROOT_URLCONF="tests.breaking_urls"):
            return client.get(f"/breaks/{page}/", {"word": CANARY})

    return opened


def test_a_rule_of_the_database_that_is_broken_is_logged_without_the_row_that_stood_in_the_way(log, broken):
    assert broken("twice").status_code == 500

    said = log.getvalue()
    assert (CANARY in said, "DETAIL" in said) == (False, False)
    assert [fact in said for fact in ("/breaks/twice/", "IntegrityError (23505, ", "invited_twice")] == [True, True, True]


def test_what_could_not_be_read_is_logged_without_the_word(log, broken):
    assert broken("misread").status_code == 500

    assert [word in log.getvalue() for word in (CANARY, "builtins.ValueError", "misread")] == [False, True, True]


def test_an_error_that_is_handed_to_the_log_as_a_word_is_named_by_its_kind(log):
    logging.getLogger("django").warning("It could not be kept: %s", ValueError(CANARY))

    assert log.getvalue() == "WARNING django It could not be kept: builtins.ValueError\n"


@pytest.mark.parametrize("path", ["/calendar/", "/table/join/", "/accounts/password/reset/key/"])
def test_an_address_that_is_itself_a_secret_is_masked(log, path):
    logging.getLogger("django.request").warning("Not Found: %s", f"{path}{CANARY}/{CANARY}/")

    assert log.getvalue().strip().endswith(f"Not Found: {path}…")


def test_a_refusal_is_one_line_without_a_place_in_the_code(log, client_of, stranger):
    assert client_of(stranger).get(reverse("agencies:invite")).status_code == 403

    assert log.getvalue() == "WARNING django.request Forbidden (Permission denied): /table/people/invite/\n"
