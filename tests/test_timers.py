"""What happens by itself goes on, also when one thing in it is broken; the log says what kind of fault it was, and nothing else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from agencies import clock, outbox
from agencies.enums import Notice
from agencies.models import FormToken, Outbox, PracticeClock, SituationTable
from responses import lifecycle as responses
from situations.models import Situation
from tests import cast


@pytest.fixture
def nowhere(sealed_table):
    """A table whose time zone no longer exists: its calendar cannot be planned, and its mail names no time."""
    SituationTable.objects.filter(pk=sealed_table.pk).update(time_zone="Atlantis/Poseidonis")
    return sealed_table


@pytest.fixture
def old_token(originator):
    return FormToken.objects.create(
        member=originator, token="5b0c7a52-0a3a-4c6e-9d6f-2f4b6f1f2a10", posted_at=clock.now() - timedelta(days=3)
    )


def a_mail(member, table, *, moment=None):
    """One that waits, due now, and is always true."""
    outbox.post(Notice.REPORT_BACK_DUE, to=[member], table=table, address="/", subject=member, moment=moment, send_at=clock.now())


def test_a_timer_that_cannot_do_its_work_does_not_stop_the_others(nowhere, table, stranger, old_token):
    a_mail(stranger, table)

    call_command("tick", "--once")

    assert [message.to for message in mail.outbox] == [["stranger@table.example"]]
    assert not FormToken.objects.filter(pk=old_token.pk).exists()


def test_the_log_names_the_timer_and_the_kind_of_fault_and_no_value(nowhere, caplog):
    call_command("tick", "--once")

    assert [record.getMessage() for record in caplog.records] == [
        "plan_calendars could not do its work (ZoneInfoNotFoundError); the others went on.",
    ]
    assert "Atlantis" not in caplog.text


def test_one_mail_that_cannot_be_written_does_not_hold_back_the_rest(nowhere, table, stranger, originator, caplog):
    a_mail(originator, nowhere, moment=clock.now())
    a_mail(stranger, table)
    Outbox.objects.filter(recipient=originator).update(send_at=clock.now() - timedelta(minutes=1))

    call_command("tick", "--once")

    assert [message.to for message in mail.outbox] == [["stranger@table.example"]]
    assert Outbox.objects.get(recipient=originator, notice=Notice.REPORT_BACK_DUE).sent_at is None


def test_one_situation_that_cannot_be_forgotten_does_not_keep_the_others_alive(table, originator, chair):
    meeting = cast.an_open_meeting(table, by=chair)
    ended = []
    for _each in range(2):
        item = cast.accepted(cast.the_item_of(cast.a_submitted(table, by=originator), meeting, by=chair), by=chair)
        response = cast.a_response_to(item, by=chair)
        responses.conclude(response, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
        ended.append(response.situation)
    broken, whole = ended
    Situation.objects.filter(pk=broken.pk).update(version=2**31 - 1)  # no greater number fits
    PracticeClock.objects.update(seconds=timedelta(days=31).total_seconds())

    call_command("tick", "--once")

    stages = dict(Situation.objects.values_list("pk", "stage"))
    assert (stages[broken.pk], stages[whole.pk]) == ("concluded", "purged")
