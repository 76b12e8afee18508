"""When mail reaches a member is theirs to choose: at once, once a day, by kind; what cannot wait comes at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from agencies import clock, lifecycle, outbox
from agencies.enums import CAN_WAIT, LedgerAct, MailChoice, Notice
from agencies.models import LedgerEntry, Member, Outbox
from cms_table import mail as sending
from cms_table.mail import send_waiting

MAIL = reverse("agencies:mail")
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def at_three(at):
    """Three in the afternoon of a Tuesday in winter, by the table's clock."""
    with at(datetime(2026, 12, 1, 15, 0, tzinfo=TORONTO)):
        yield


@pytest.fixture
def once_a_day(lead):
    lifecycle.choose_mail(lead, mail=MailChoice.DAILY, mail_hour=8, mail_daily=[], by=lead)
    return Member.objects.get(pk=lead.pk)


def tell(member, table, notice=Notice.REPORT_BACK_DUE, about=None):
    outbox.post(notice, to=[member], table=table, address="/", subject=about or member)
    return Outbox.objects.get(recipient=member, notice=notice, subject_id=(about or member).pk)


def test_at_once_is_half_a_minute_later(at_three, lead, table):
    waiting = tell(lead, table)

    assert (waiting.send_at - waiting.created_at).total_seconds() == pytest.approx(30, abs=1)


def test_once_a_day_is_at_the_hour_by_the_tables_clock(at_three, once_a_day, table):
    assert tell(once_a_day, table).send_at == datetime(2026, 12, 2, 8, 0, tzinfo=TORONTO)


@pytest.mark.parametrize("notice", [notice for notice in Notice if notice not in CAN_WAIT])
def test_what_cannot_wait_comes_at_once_all_the_same(at_three, once_a_day, table, notice):
    waiting = tell(once_a_day, table, notice)

    assert waiting.send_at < clock.now() + timedelta(minutes=1)


def test_by_kind_only_the_chosen_kinds_wait(at_three, lead, table):
    lifecycle.choose_mail(lead, mail=MailChoice.BY_KIND, mail_hour=8, mail_daily=["step_due"], by=lead)
    lead.refresh_from_db()

    assert [outbox.comes_daily(notice, lead) for notice in (Notice.STEP_DUE, Notice.FOLLOW_UP_DUE)] == [True, False]


def test_what_waits_together_comes_in_one_mail_in_the_readers_language(at_three, once_a_day, table, sealed_table, chair, later):
    Member.objects.filter(pk=once_a_day.pk).update(language="fr-ca")
    for about in (table, sealed_table, chair):
        tell(once_a_day, table, about=about)
    with later(hours=17, minutes=1):
        left = send_waiting()

    (told,) = mail.outbox
    assert (left, told.subject.split("] ")[1], told.body.count("http")) == (1, "3 choses vous attendent", 3)


def test_on_a_day_on_which_nothing_waits_nothing_comes(once_a_day, later):
    with later(days=1):
        assert (send_waiting(), mail.outbox) == (0, [])


def test_what_is_no_longer_true_by_the_hour_is_left_out(at_three, once_a_day, table, later):
    tell(once_a_day, table)
    tell(once_a_day, table, Notice.STEP_DUE, about=table)  # no such step is owed
    with later(days=1):
        send_waiting()

    assert [message.body.count("http") for message in mail.outbox] == [1]


def test_what_already_waits_follows_a_new_choice(at_three, once_a_day, table):
    waiting = tell(once_a_day, table)

    lifecycle.choose_mail(once_a_day, mail=MailChoice.AT_ONCE, mail_hour=8, mail_daily=[], by=once_a_day)

    waiting.refresh_from_db()
    assert waiting.send_at < clock.now() + timedelta(minutes=1)


def test_a_mail_that_no_server_takes_is_given_up_two_days_after_it_was_laid_in(lead, table, monkeypatch, later):
    waiting, tried = tell(lead, table), []
    monkeypatch.setattr(sending.EmailMessage, "send", lambda self, **options: tried.append(self) or (_ for _ in ()).throw(OSError))
    for hours in (1, 24, 47, 49, 60):
        with later(hours=hours):
            send_waiting()

    waiting.refresh_from_db()
    assert (len(tried), waiting.dropped_at is not None, waiting.sent_at) == (3, True, None)


def test_the_choice_is_made_in_the_profile_and_on_the_record(lead, client_of):
    client = client_of(lead)
    page = client.post(MAIL, {"mail": "by_kind", "mail_hour": "9", "mail_daily": ["step_due"]})
    said = client.get(page.url).content.decode()

    lead.refresh_from_db()
    assert (lead.mail, lead.mail_hour, lead.mail_daily) == ("by_kind", 9, ["step_due"])
    assert "Once a day at 09:00: A step is due. The rest at once." in said
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBER_CHANGED, by_id=lead.pk, codes=["mail"]).count() == 1


def test_by_kind_asks_for_a_kind(lead, client_of):
    page = client_of(lead).post(MAIL, {"mail": "by_kind", "mail_hour": "9"})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["mail_daily"])


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_page_says_what_always_comes_at_once(lead, client_of, language):
    page = client_of(lead, language=language).get(MAIL)

    assert (page.status_code, len(page.context["at_once"])) == (200, len(Notice) - len(CAN_WAIT))
