"""Every address is opened and searched for canaries; and the sweep is shown to notice what is planted."""

import re

import pytest
from django.test import Client

from practice.proof.crawl import LEFT_OUT, addresses, arguments, visit
from tests import canaries, cast

pytestmark = pytest.mark.django_db


def test_every_address_is_opened_by_the_sweep():
    town = canaries.town_at("responding", is_room_open=True)

    unclassified = {name for name, wanted in addresses() if name not in LEFT_OUT and arguments(name, wanted, town) is None}
    assert unclassified == set()


@pytest.mark.parametrize("stage", ["draft", "presented", "responding", "concluded"])
def test_nobody_finds_anything_without_signing_in(stage):
    town = canaries.town_at(stage, is_room_open=stage not in ("draft",))

    assert visit(Client(), town) == {}


def test_the_sweep_notices_a_leak_wherever_it_is_planted(client_of, settings):
    town = canaries.town_at("presented", is_room_open=False)
    settings.ROOT_URLCONF = "tests.leaky_urls"

    found = visit(client_of(cast.the("stranger")), town)

    assert {address: hits for address, hits in found.items() if address.startswith("leak")} == {
        "leak_comment 200": {"zq-profile_and_factors"},
        "leak_title 200": {f"{canaries.PREFIX}-"},
        "leak_header 200": {"zq-profile_and_factors"},
        "leak_cookie 200": {canaries.EARLIER},
        "leak_export 200": {f"{canaries.PREFIX}-"},
    }


def test_not_yours_and_not_there_are_one_answer(client_of, item):
    stranger = client_of(cast.the("stranger"))

    (not_yours, of_yours), (not_there, of_there) = (
        _answer(stranger, f"/situations/{key}/") for key in (item.situation_id, "00000000-0000-4000-8000-000000000000")
    )

    assert (not_yours, of_yours) == (404, of_there)
    assert not_there == 404


def _answer(client, address):
    """Status and page, but for the address that was asked and the tokens, which are new on every page."""
    response = client.get(address)
    without_tokens = re.sub(r'(name="(?:csrfmiddlewaretoken|form_token|typed_on)" value=")[^"]*', r"\1", response.content.decode())
    return response.status_code, without_tokens.replace(address, "")


def test_a_member_page_is_never_kept_by_the_browser(client_of, originator):
    assert client_of(originator).get("/")["Cache-Control"] == "no-store"


def test_addresses_and_titles_hold_no_number(client_of, item):
    response = client_of(cast.the("originator")).get(f"/situations/{item.situation_id}/")

    title = response.content.decode().split("<title>")[1].split("</title>")[0]
    assert item.situation.reference not in title
