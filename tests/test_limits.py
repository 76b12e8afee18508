"""Limits: what one member may do only so often, and that all servers count together."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from tests import cast

DOOR = reverse("account_login")
FIND, EXPORT = reverse("situations:find"), reverse("agencies:export_directory")
PASSWORD = "seven quiet herons"


def answers(client, address, times, **posted):
    return [client.post(address, posted).status_code for _time in range(times)]


def test_the_twenty_first_export_of_an_hour_waits(client_of, coordinator):
    assert answers(client_of(coordinator), EXPORT, 21) == [200] * 20 + [429]


def test_the_sixty_first_search_of_a_minute_waits(client_of, in_the_room):
    assert answers(client_of(in_the_room), FIND, 61, number="1") == [200] * 60 + [429]


def test_a_limit_is_its_members_own_and_not_that_of_the_room(client_of, in_the_room, lead, settings):
    settings.LIMITS = settings.LIMITS | {"search": "1/m/user"}

    assert [answers(client_of(member), FIND, 2, number="1") for member in (in_the_room, lead)] == [[200, 429]] * 2


def test_that_a_limit_was_reached_is_on_the_record(client_of, in_the_room, settings):
    settings.LIMITS = settings.LIMITS | {"search": "1/m/user"}

    answers(client_of(in_the_room), FIND, 2, number="1")

    refused = LedgerEntry.objects.filter(act=LedgerAct.REFUSED, by_id=in_the_room.pk)
    assert list(refused.values_list("codes", flat=True)) == [["situations:find", "too_often"]]


@pytest.fixture
def another_server(django_db_setup):
    """Asks another process on the same database; what it counted is forgotten when the test's own transaction is over."""
    same = {part: connection.settings_dict[part] for part in ("NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")}
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms_table.settings", "DATABASE_OF_THE_TESTS": json.dumps(same)}

    def asked(what):
        subprocess.run([sys.executable, "-m", "tests.a_guesser", what], env=environment, cwd=settings.BASE_DIR, check=True, timeout=60)

    yield asked
    asked("forget")


def test_a_guesser_finds_no_fresh_limit_at_another_server(another_server, db):
    stranger, colleague = cast.the("stranger"), cast.the("colleague")
    for member in (stranger, colleague):
        member.set_password(PASSWORD)
        member.save()

    another_server(stranger.email)

    came_in = [Client().post(DOOR, {"login": member.email, "password": PASSWORD}).status_code for member in (stranger, colleague)]
    assert came_in == [200, 302]
