"""Somebody lost phone and codes: two people let them in anew, neither of them alone, and neither of them that person."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock, lifecycle
from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, Member, Recovery
from cms_table.mail import send_waiting


def at(step, person):
    return reverse(f"agencies:{step}_recovery", args=[person.pk])


def has_lost_nothing(person):
    return Authenticator.objects.filter(user=person).exists() and Member.objects.get(pk=person.pk).joined_at is not None


@pytest.mark.parametrize(
    ("first", "second"), [("agency_lead", "coordinator"), ("coordinator", "agency_lead"), ("coordinator", "administrator")]
)
def test_one_asks_another_confirms_and_the_way_in_begins_anew(request, client_of, in_the_room, first, second):
    asker, confirmer = request.getfixturevalue(first), request.getfixturevalue(second)

    client_of(asker).post(at("ask", in_the_room))
    held = has_lost_nothing(in_the_room)
    client_of(confirmer).post(at("confirm", in_the_room))

    assert (held, has_lost_nothing(in_the_room)) == (True, False)
    acts = [LedgerAct.RECOVERY_ASKED, LedgerAct.RECOVERY_CONFIRMED]
    on_record = LedgerEntry.objects.filter(act__in=acts, audience_id=in_the_room.pk).order_by("at", "act")
    assert [(entry.act, entry.by_id) for entry in on_record] == [(acts[0], asker.pk), (acts[1], confirmer.pk)]


def test_their_open_pages_close_and_their_password_is_gone(table, client_of, coordinator, administrator, in_the_room):
    open_page = client_of(in_the_room)

    lifecycle.confirm_recovery(lifecycle.ask_recovery(in_the_room, table=table, by=coordinator), by=administrator)

    assert open_page.get("/").url.startswith(reverse("account_login"))
    assert not Member.objects.get(pk=in_the_room.pk).has_usable_password()


def test_a_mailed_link_leads_to_a_password_and_a_second_factor_and_works_once(table, coordinator, administrator, in_the_room, later):
    lifecycle.confirm_recovery(lifecycle.ask_recovery(in_the_room, table=table, by=coordinator), by=administrator)
    with later(seconds=31):
        send_waiting()
    link = next(
        re.search(r"http://localhost:\d+(/table/join/\S+)", each.body).group(1) for each in mail.outbox if each.to == [in_the_room.email]
    )
    joined = {"full_name": "In Room", "language": "en-ca", "password": "four-calm-words-here", "again": "four-calm-words-here"}
    browser = Client()

    led = browser.post(link, joined, follow=True)

    assert led.request["PATH_INFO"] == reverse("mfa_index")
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize("alone", ["coordinator", "agency_lead"])
def test_nobody_is_both(request, client_of, in_the_room, alone):
    one = request.getfixturevalue(alone)
    client_of(one).post(at("ask", in_the_room))

    assert (client_of(one).post(at("confirm", in_the_room)).status_code, has_lost_nothing(in_the_room)) == (403, True)


def test_the_database_holds_no_recovery_by_one_alone(table, coordinator, administrator, in_the_room):
    recovery = lifecycle.ask_recovery(in_the_room, table=table, by=coordinator)
    recovery.confirmed_by, recovery.confirmed_at = coordinator, clock.now()

    with pytest.raises(IntegrityError, match="recovery_takes_two"), transaction.atomic():
        recovery.save()


@pytest.mark.parametrize("part", ["originator", "chair", "recorder", "steering", "privacy_officer", "colleague"])
def test_nobody_else_asks(request, client_of, in_the_room, part):
    answer = client_of(request.getfixturevalue(part)).post(at("ask", in_the_room))

    assert (answer.status_code, Recovery.objects.count()) == (403, 0)


def test_an_agencys_lead_has_no_part_in_anothers_people(client_of, coordinator, agency_lead, originator, table):
    lifecycle.ask_recovery(originator, table=table, by=coordinator)

    assert [client_of(agency_lead).post(at(step, originator)).status_code for step in ("ask", "confirm")] == [403, 403]


def test_declined_everything_stays(client_of, coordinator, agency_lead, in_the_room):
    client_of(agency_lead).post(at("ask", in_the_room))

    client_of(coordinator).post(at("decline", in_the_room))

    assert (has_lost_nothing(in_the_room), client_of(coordinator).post(at("confirm", in_the_room)).status_code) == (True, 404)


def test_after_three_days_it_is_asked_anew(table, coordinator, administrator, in_the_room, later):
    recovery = lifecycle.ask_recovery(in_the_room, table=table, by=coordinator)

    with later(hours=73), pytest.raises(Refused):
        lifecycle.confirm_recovery(recovery, by=administrator)

    assert has_lost_nothing(in_the_room)


def test_those_who_may_confirm_are_told_by_mail_and_nothing_of_whom(table, agency_lead, in_the_room, later):
    lifecycle.ask_recovery(in_the_room, table=table, by=agency_lead)
    with later(seconds=31):
        send_waiting()

    told = {each.to[0]: each.body for each in mail.outbox}
    assert set(told) == {"coordinator@table.example", "administrator@table.example"}
    assert not any(in_the_room.full_name in body for body in told.values())


def test_the_last_administrator_is_let_in_from_the_console_and_that_is_on_the_record(administrator, capsys):
    call_command("rescue_administrator", administrator.email)

    link = re.search(r"http://localhost:\d+(/table/join/\S+)", capsys.readouterr().out).group(1)
    assert (Client().get(link).status_code, has_lost_nothing(administrator)) == (200, False)
    assert LedgerEntry.objects.filter(act=LedgerAct.RECOVERY_CONFIRMED, by_job="console", audience_id=administrator.pk).count() == 1


@pytest.mark.parametrize("address", ["lead@table.example", "nobody@table.example"])
def test_nobody_else_is_let_in_from_the_console(db, address):
    with pytest.raises(CommandError):
        call_command("rescue_administrator", address)


def test_the_end_of_a_membership_takes_the_factors_with_it(coordinator, in_the_room):
    lifecycle.end_membership(in_the_room, by=coordinator)

    assert not Authenticator.objects.filter(user=in_the_room).exists()
