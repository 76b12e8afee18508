"""The coordinator chases what is overdue: one press a line, once a day, to be taken back until it leaves, and never a fact."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import clock
from agencies import lifecycle as agencies
from agencies.access import Refused
from agencies.enums import LedgerAct, Role
from agencies.models import LedgerEntry, Outbox
from cms_table.mail import send_waiting
from cms_table.timers import remind
from meetings.lifecycle import chasing
from meetings.owed import overdue
from responses import lifecycle as responses
from situations import lifecycle as situations
from tests import cast

OVERDUE, REMIND, BACK, ALL = (reverse(f"responses:{name}") for name in ("overdue", "remind", "take_back_reminder", "remind_all"))


@pytest.fixture
def late(response, lead, assisting):
    """A response with a step of the assisting agency that was due before its first contact, and neither was done."""
    responses.plan_step(response, step_type="step_type:STP-04", owner=assisting.agency, due_at=clock.now() + timedelta(hours=1), by=lead)
    Outbox.objects.all().delete()
    return response


def reminded():
    rows = Outbox.objects.exclude(reminded_by=None).filter(dropped_at=None)
    return sorted(rows.values_list("notice", "recipient__email"))


def press(client, response, kind="contact", address=REMIND):
    return client.post(address, {"kind": kind, "pk": response.pk})


def test_one_press_reminds_the_people_of_the_agency_that_leads(client_of, coordinator, late, later):
    with later(hours=49):
        page = press(client_of(coordinator), late)

        assert (page.status_code, page.url) == (302, OVERDUE)
        assert reminded() == [("contact_due", "lead@table.example")]


def test_the_mail_says_that_it_is_a_reminder_and_no_fact(client_of, coordinator, late, later):
    with later(hours=49):
        press(client_of(coordinator), late)
    with later(hours=49, seconds=31):
        send_waiting()

    (told,) = mail.outbox
    assert "The coordinator reminds you: a first contact that your agency leads was due by" in told.body
    assert late.situation.reference not in told.subject + told.body


def test_who_reminded_whom_is_on_the_record(client_of, coordinator, late, lead, later):
    with later(hours=49):
        press(client_of(coordinator), late)

    entry = LedgerEntry.objects.get(act=LedgerAct.REMINDED)
    assert (entry.by_id, entry.situation_id, entry.audience_id) == (coordinator.pk, late.situation_id, lead.agency_id)


def test_a_step_reminds_whoever_has_it_and_names_nobody(client_of, coordinator, late, later):
    with later(hours=49):
        client = client_of(coordinator)
        press(client, late, kind="step")
        said = client.get(OVERDUE).content.decode()
    with later(hours=49, seconds=31):
        send_waiting()

    assert [each.to for each in mail.outbox] == [["assisting@table.example"]]
    assert "Reminded: whoever has the step." in said
    assert LedgerEntry.objects.get(act=LedgerAct.REMINDED).audience_id is None


def test_no_refusal_tells_which_agency_has_a_step(client_of, coordinator, administrator, assisting, late, later):
    agencies.end_membership(assisting, by=administrator)

    with later(hours=49):
        client = client_of(coordinator)
        page = press(client, late, kind="step")
        said = client.get(OVERDUE).content.decode()
    with later(hours=49, seconds=31):
        send_waiting()

    assert (page.status_code, "Reminded: whoever has the step." in said, mail.outbox) == (302, True, [])


def test_the_line_says_when_and_is_not_reminded_of_twice_in_a_day(client_of, coordinator, late, later):
    with later(hours=49):
        client = client_of(coordinator)
        press(client, late)
        said, again = client.get(OVERDUE).content.decode(), press(client, late)

    assert said.count("Reminded today") == 1
    assert (again.status_code, len(reminded())) == (409, 1)


def test_the_next_day_it_can_be_reminded_of_again(client_of, coordinator, late, later):
    for days in (2.1, 3.1):
        with later(days=days):
            press(client_of(coordinator), late)
            Outbox.objects.filter(sent_at=None).update(sent_at=clock.now())

    assert len(reminded()) == 2


def test_until_it_leaves_it_is_taken_back_and_no_mail_leaves(client_of, coordinator, late, later):
    with later(hours=49):
        press(client_of(coordinator), late)
        press(client_of(coordinator), late, address=BACK)
    with later(hours=49, minutes=5):
        send_waiting()

    assert (reminded(), mail.outbox) == ([], [])
    assert LedgerEntry.objects.filter(act=LedgerAct.REMINDER_TAKEN_BACK, by_id=coordinator.pk).count() == 1


def test_what_has_left_is_not_taken_back(client_of, coordinator, late, later):
    with later(hours=49):
        press(client_of(coordinator), late)
    with later(hours=49, seconds=31):
        send_waiting()
        page = press(client_of(coordinator), late, address=BACK)

    assert (page.status_code, len(reminded())) == (409, 1)


def test_what_leaves_at_its_readers_hour_says_so_and_is_taken_back_until_then(client_of, coordinator, lead, assisting, late, later):
    in_the_evening = (clock.now().astimezone(late.table.zone).hour + 8) % 24
    for reader in (lead, assisting):
        agencies.choose_mail(reader, mail="daily", mail_hour=in_the_evening, mail_daily=[], by=reader)
    with later(hours=49):
        client = client_of(coordinator)
        press(client, late, kind="step")
        said = client.get(OVERDUE).content.decode()
        Outbox.objects.update(created_at=clock.now() - timedelta(seconds=40))
        listed, page = client.get(OVERDUE).content.decode(), press(client, late, kind="step", address=BACK)

    assert ("The mail leaves at the hour that its reader chose" in said, "in half a minute" in said, BACK in listed) == (True, False, True)
    assert (page.status_code, reminded()) == (302, [])


def test_a_reminder_taken_back_does_not_silence_the_tables_own(client_of, coordinator, late, later):
    with later(hours=49):
        press(client_of(coordinator), late)
        press(client_of(coordinator), late, address=BACK)
        remind()

    told = Outbox.objects.filter(notice="contact_due", dropped_at=None, reminded_by=None)
    assert [mail.recipient.email for mail in told] == ["lead@table.example"]


def test_the_verb_itself_reminds_of_a_line_once_a_day(coordinator, late, later):
    with later(hours=49):
        line = next(owed for owed in overdue(coordinator, late.table) if owed.kind == "contact")
        chasing.remind_of(line, table=late.table, by=coordinator)

        with pytest.raises(Refused):
            chasing.remind_of(line, table=late.table, by=coordinator)

    assert reminded() == [("contact_due", "lead@table.example")]


def test_a_second_line_costs_only_what_is_written_for_it(coordinator, late, later):
    with later(hours=49):
        lines = overdue(coordinator, late.table)
        costs = []
        for chased in (lines[:1], lines):
            with CaptureQueriesContext(connection) as asked, transaction.atomic():
                chasing.remind(chased, table=late.table, by=coordinator)
                transaction.set_rollback(True)
            costs.append(sum(query["sql"].startswith("SELECT") for query in asked))

    assert (len(lines), costs[1] - costs[0]) == (2, 0)


def test_how_many_is_said_before_all_are_reminded(client_of, coordinator, originator, chair, late, later):
    another = cast.a_submitted(late.table, by=originator)
    cast.a_response_to(cast.accepted(cast.the_item_of(another, cast.an_open_meeting_after(late, by=chair), by=chair), by=chair), by=chair)
    Outbox.objects.all().delete()
    with later(hours=49):
        client = client_of(coordinator)
        listed, asked = (client.get(address).content.decode() for address in (OVERDUE, f"{ALL}?kind=contact"))
        client.post(f"{ALL}?kind=contact")

    assert ("Remind of all 2 first contacts" in listed, "Remind of 2 things" in asked) == (True, True)
    assert reminded() == [("contact_due", "lead@table.example")] * 2


def test_whoever_stepped_out_is_not_reminded_and_where_no_one_is_left_the_lead_is(client_of, coordinator, lead, chair, late, later):
    (table, name) = (late.table, "head@table.example")
    agencies.invite(email=name, full_name="Head", agency=lead.agency, roles=[Role.AGENCY_LEAD], table=table, by=chair)
    agencies.end_appointment(lead.appointments.get(table=table), by=chair)
    with later(hours=49):
        press(client_of(coordinator), late)

    assert reminded() == [("contact_due", name)]


def test_who_stepped_out_is_told_nothing(client_of, coordinator, lead, late, later):
    situations.recuse(late.situation, member=lead, by=lead)
    with later(hours=49):
        page = press(client_of(coordinator), late)

    assert (page.status_code, reminded()) == (409, [])


@pytest.mark.parametrize("part", ["chair", "recorder", "lead"])
def test_only_the_coordinator_reminds(request, client_of, part, late, later):
    with later(hours=49):
        client = client_of(request.getfixturevalue(part))
        answers = [
            press(client, late).status_code,
            press(client, late, address=BACK).status_code,
            client.get(f"{ALL}?kind=step").status_code,
        ]
        listed = client.get(OVERDUE).content.decode()

    assert (answers, REMIND in listed) == ([403] * 3, False)


def test_what_is_not_overdue_is_not_there_to_be_reminded_of(client_of, coordinator, late):
    assert press(client_of(coordinator), late).status_code == 404


def test_the_list_costs_the_same_for_one_line_and_for_two(client_of, coordinator, lead, late, later, django_assert_num_queries):
    client = client_of(coordinator)
    for more in ("step_type:STP-04", "step_type:STP-05"):
        with later(hours=49):
            client.get(OVERDUE)
            with django_assert_num_queries(15):  # six of them the test’s own: where the clock stands, who asks, savepoints
                client.get(OVERDUE)
        responses.plan_step(late, step_type=more, owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)


def test_it_is_all_there_in_french(client_of, coordinator, late, later):
    with later(hours=49):
        client = client_of(coordinator, language="fr-ca")
        press(client, late)

        assert [client.get(address).status_code for address in (OVERDUE, f"{ALL}?kind=step")] == [200, 200]
