"""The page of legal holds: who opens it, and what each says there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from situations import lifecycle
from situations.models import LegalHold
from tests import canaries, cast

pytestmark = pytest.mark.django_db
HOLDS, ASK = "/situations/holds/", "/situations/holds/ask/"


@pytest.fixture
def concluded():
    return canaries.town_at("concluded", is_room_open=False).situation


def asked(situation, **other):
    return {"number": situation.reference, "reason": "court", "until": (localdate() + timedelta(days=90)).isoformat()} | other


@pytest.mark.parametrize("part", [part for part in cast.PARTS if part not in ("coordinator", "privacy_officer")])
def test_holds_are_for_who_coordinates_and_who_oversees(client_of, part):
    client = client_of(cast.the(part))

    assert [client.get(page).status_code for page in (HOLDS, ASK)] == [403, 403]


def test_a_hold_is_asked_for_by_one_and_confirmed_by_another(client_of, concluded, privacy_officer, coordinator):
    client_of(privacy_officer).post(ASK, asked(concluded))
    hold = LegalHold.objects.get()
    client_of(coordinator).post(reverse("situations:confirm_hold", args=[hold.pk]))

    hold.refresh_from_db()
    assert (hold.asked_by, hold.confirmed_by, hold.reason) == (privacy_officer, coordinator, "court")


def test_whoever_asked_is_not_offered_to_confirm(client_of, concluded, privacy_officer, coordinator):
    client_of(privacy_officer).post(ASK, asked(concluded))
    confirm = reverse("situations:confirm_hold", args=[LegalHold.objects.get().pk])

    assert [confirm in client_of(member).get(HOLDS).content.decode() for member in (privacy_officer, coordinator)] == [False, True]


def test_who_oversees_reads_no_number_there_without_a_reason(client_of, concluded, privacy_officer, coordinator):
    client_of(coordinator).post(ASK, asked(concluded))

    assert [concluded.reference in client_of(member).get(HOLDS).content.decode() for member in (privacy_officer, coordinator)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    "other", [{"number": "1999-999"}, {"number": "no number"}, {"until": "2019-01-01"}, {"reason": ""}, {"until": "9999-12-31"}]
)
def test_what_cannot_be_held_is_said_in_the_form(client_of, concluded, coordinator, other):
    page = client_of(coordinator).post(ASK, asked(concluded, **other))

    assert (page.status_code, LegalHold.objects.count(), len(page.context["form"].errors)) == (200, 0, 1)


@pytest.mark.parametrize("part", ["coordinator", "privacy_officer"])
def test_with_a_day_that_cannot_be_no_number_is_looked_up(client_of, concluded, part):
    client = client_of(cast.the(part))

    told = [
        client.post(ASK, asked(concluded, until="2019-01-01", **other)).context["form"].errors for other in ({}, {"number": "2026-999"})
    ]

    assert (told[0] == told[1], list(told[0])) == (True, ["until"])


def test_a_hold_is_ended_once_who_ends_it_is_sure(client_of, concluded, coordinator):
    client = client_of(coordinator)
    client.post(ASK, asked(concluded))
    client.post(reverse("situations:end_hold", args=[LegalHold.objects.get().pk]))

    assert list(LegalHold.objects.holding()) == []


def test_a_hold_of_another_table_is_not_there(client_of, concluded, coordinator, sealed_table):
    client_of(coordinator).post(ASK, asked(concluded))
    end = reverse("situations:end_hold", args=[LegalHold.objects.get().pk])

    assert client_of(coordinator, at=sealed_table).get(end).status_code == 404


@pytest.fixture
def held_and_stepped_out(concluded, coordinator, privacy_officer, client_of):
    """A hold that the privacy officer asked for, on a situation from which the coordinator has stepped out."""
    client_of(privacy_officer).post(ASK, asked(concluded))
    lifecycle.recuse(concluded, member=coordinator, by=coordinator)
    return LegalHold.objects.get()


def test_whoever_stepped_out_reads_nothing_of_a_hold(client_of, held_and_stepped_out, coordinator, privacy_officer):
    found = [len(client_of(member).get(HOLDS).context["holds"]) for member in (coordinator, privacy_officer)]

    assert found == [0, 1]


@pytest.mark.parametrize("verb", ["confirm_hold", "end_hold"])
def test_whoever_stepped_out_neither_confirms_nor_ends_a_hold(client_of, held_and_stepped_out, coordinator, verb):
    page = client_of(coordinator).post(reverse(f"situations:{verb}", args=[held_and_stepped_out.pk]))

    held_and_stepped_out.refresh_from_db()
    assert (page.status_code, held_and_stepped_out.confirmed_at, held_and_stepped_out.ended_at) == (404, None, None)


def test_everyone_reads_how_many_are_held(client, client_of, concluded, coordinator):
    client_of(coordinator).post(ASK, asked(concluded))

    assert "The law asks to keep the words of 1 situation longer." in client.get("/what-we-hold/").content.decode()
