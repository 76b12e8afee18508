"""A member's own calendar programme reads when the table meets, at a secret address, and nothing else."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from agencies import clock, lifecycle
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, Member
from meetings import lifecycle as meetings
from meetings.models import Meeting
from tests import cast

PROFILE, MAKE, REVOKE = (reverse(f"agencies:{name}") for name in ("profile", "make_calendar_key", "revoke_calendar_key"))


@pytest.fixture
def address(lead):
    return reverse("calendar_feed", args=[lifecycle.make_calendar_key(lead, by=lead)])


def read(address):
    return Calendar.from_ical(Client().get(address).content)


def events(address):
    return [(str(each["summary"]), str(each["status"])) for each in read(address).walk("VEVENT")]


def test_the_address_is_made_in_the_profile_and_shown_once(lead, table, client_of):
    cast.a_planned_meeting(table)
    client = client_of(lead)

    shown = client.post(MAKE).content.decode()
    address = re.search(r"/calendar/[\w-]{43}\.ics", shown)[0]

    assert (Client().get(address).status_code, events(address)) == (200, [("Meeting of the table", "CONFIRMED")])
    assert address not in client.get(PROFILE).content.decode()
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBER_CHANGED, by_id=lead.pk, codes=["calendar_key"]).count() == 1


def test_the_secret_itself_is_not_kept(lead, address):
    lead.refresh_from_db()

    assert (len(lead.calendar_key), lead.calendar_key in address) == (64, False)


def test_a_new_address_takes_the_place_of_the_old_one(lead, address):
    lifecycle.make_calendar_key(lead, by=lead)

    assert Client().get(address).status_code == 404


def test_a_revoked_address_opens_nothing(lead, address, client_of):
    page = client_of(lead).post(REVOKE)

    assert (page.url, Client().get(address).status_code) == (PROFILE, 404)


def test_who_has_left_reads_no_calendar(lead, address, administrator):
    lifecycle.end_membership(lead, by=administrator)

    assert Client().get(address).status_code == 404


def test_who_comes_back_reads_no_calendar_by_the_address_of_before(lead, table, address, administrator):
    lifecycle.end_membership(lead, by=administrator)
    lead.refresh_from_db()
    ended = lead.calendar_key
    lifecycle.invite(
        email=lead.email, full_name=lead.full_name, agency=lead.agency, table=table, roles=["representative"], by=administrator
    )

    assert (ended, Client().get(address).status_code) == (None, 404)


def test_who_left_while_the_address_was_kept_and_is_welcomed_back_has_none(lead, table, address, administrator):
    Member.objects.filter(pk=lead.pk).update(is_active=False)
    lifecycle.invite(
        email=lead.email, full_name=lead.full_name, agency=lead.agency, table=table, roles=["representative"], by=administrator
    )

    assert Client().get(address).status_code == 404


def test_whoever_tries_addresses_that_were_never_made_has_to_wait(db, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"calendar": "2/m/ip"}

    answers = [Client().get(reverse("calendar_feed", args=[letter * 43])).status_code for letter in "xyz"]

    assert answers == [404, 404, 429]


def test_an_address_that_was_never_made_opens_nothing(db):
    assert Client().get(reverse("calendar_feed", args=["x" * 43])).status_code == 404


def test_begin_and_end_are_by_the_tables_clock(table, address):
    meeting = cast.a_planned_meeting(table)

    calendar = read(address)
    (event,) = calendar.walk("VEVENT")
    assert (event["dtstart"].params["TZID"], event["dtstart"].dt) == (
        "America/Toronto",
        meeting.starts_at.astimezone(ZoneInfo("America/Toronto")).replace(microsecond=0),
    )
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Toronto"]


def test_a_meeting_that_was_moved_or_cancelled_is_the_same_entry(table, address, coordinator):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(days=2))
    (before,) = read(address).walk("VEVENT")
    meetings.move_meeting(meeting, starts_at=clock.now() + timedelta(days=3), version=meeting.version, by=coordinator)
    (moved,) = read(address).walk("VEVENT")
    meetings.cancel_meeting(Meeting.objects.get(pk=meeting.pk), by=coordinator)
    (cancelled,) = read(address).walk("VEVENT")

    assert before["uid"] == moved["uid"] == cancelled["uid"] != str(meeting.pk)
    assert before["sequence"] < moved["sequence"] <= cancelled["sequence"]
    assert [str(each["status"]) for each in (before, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_an_emergency_session_is_a_meeting_and_only_for_who_is_called(submitted, originator, lead, stranger, address):
    begins = clock.now() + timedelta(minutes=20)
    meetings.call_emergency(submitted.table, situation=submitted, agencies=[lead.agency], starts_at=begins, by=originator)
    not_called = reverse("calendar_feed", args=[lifecycle.make_calendar_key(stranger, by=stranger)])

    assert (events(address), events(not_called)) == ([("Meeting of the table", "CONFIRMED")], [])


def test_it_speaks_the_members_language(lead, table, address):
    cast.a_planned_meeting(table)
    Member.objects.filter(pk=lead.pk).update(language="fr-ca")

    assert events(address) == [("Réunion de la table", "CONFIRMED")]


def test_no_place_no_agenda_no_number_no_key(item, meeting, address):
    Meeting.objects.filter(pk=meeting.pk).update(place="Room 4, Elm Street")
    said = Client().get(address).content.decode()

    assert [fact for fact in ("Elm", item.situation.reference, str(meeting.pk), str(item.pk), cast.TABLE) if fact in said] == []
    assert {name for event in read(address).walk("VEVENT") for name in event} == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS")
    }


def test_an_address_that_is_asked_too_often_has_to_wait(address):
    answers = [Client().get(address).status_code for _each in range(21)]

    assert answers == [200] * 20 + [429]


def test_the_log_never_holds_an_address(address, caplog, lead):
    from cms_table.logs import WithoutValues

    lifecycle.revoke_calendar_key(lead, by=lead)
    Client().get(address)

    assert [WithoutValues().format(record) for record in caplog.records] == ["Not Found: /calendar/…"]


def test_nothing_is_kept_on_the_way(address):
    assert Client().get(address)["Cache-Control"] == "no-store"
