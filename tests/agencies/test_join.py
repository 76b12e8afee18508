"""A fresh member's way in: the mail's link, a password, the agreement, the table."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import lifecycle
from agencies.enums import AgreementKind, LedgerAct, Role
from agencies.models import LedgerEntry, Member, Outbox
from cms_table.mail import send_waiting

PASSWORD = "four-calm-words-here"
JOINED = {"full_name": "Nova Member", "language": "fr-ca", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invited(table, coordinator, in_the_room):
    """Someone whom the coordinator has invited for an agency that has its seat."""
    return lifecycle.invite(
        email="nova@table.example",
        full_name="N. Member",
        agency=in_the_room.agency,
        roles=[Role.REPRESENTATIVE],
        table=table,
        by=coordinator,
    )


def link_of(member):
    return lifecycle.invitation_address(Member.objects.get(pk=member.pk))


def set_up_a_phone(browser):
    """What the phone shows is typed; the practice table fills it in."""
    asked = browser.get(reverse("mfa_activate_totp")).context["form"]
    return browser.post(reverse("mfa_activate_totp"), {"code": asked["code"].initial}, follow=True)


def test_the_way_from_the_mail_to_the_table_is_unbroken(table, coordinator, invited, later):
    lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)
    with later(seconds=31):
        send_waiting()
    link = re.search(r"http://localhost:\d+(/\S+)", mail.outbox[-1].body).group(1)
    browser = Client()

    second_step = browser.post(link, JOINED, follow=True)
    recovery_codes = set_up_a_phone(browser)
    agreements = browser.get(reverse("agencies:come_in"), follow=True)
    signing = re.search(r'href="(/table/agreements/[0-9a-f-]{36}/)"', agreements.content.decode()).group(1)
    start = browser.post(signing, {"is_read": "on"}, follow=True)

    way = [page.request["PATH_INFO"] for page in (second_step, recovery_codes, agreements, start)]
    assert way == [reverse("mfa_index"), reverse("mfa_view_recovery_codes"), reverse("agencies:agreements"), "/"]


def test_joining_keeps_name_language_and_password_and_is_on_the_record(invited):
    Client().post(link_of(invited), JOINED)

    joined = Member.objects.get(pk=invited.pk)
    assert (joined.full_name, joined.language, joined.check_password(PASSWORD), joined.joined_at is None) == (
        "Nova Member",
        "fr-ca",
        True,
        False,
    )
    assert sorted(LedgerEntry.objects.filter(by_id=invited.pk).values_list("act", flat=True)) == [
        LedgerAct.MEMBER_CHANGED,
        LedgerAct.SIGNED_IN,
    ]


def test_without_an_agreement_the_way_leads_to_the_first_page(invited):
    browser = Client()
    browser.post(link_of(invited), JOINED)
    set_up_a_phone(browser)

    assert browser.get(reverse("agencies:come_in")).url == reverse("start")


def test_where_somebody_else_is_signed_in_the_page_says_so_and_whoever_joins_signs_them_out(invited, coordinator, client_of):
    browser, link = client_of(coordinator), link_of(invited)

    said = [f"In this browser {coordinator} is signed in" in each.get(link).content.decode() for each in (browser, Client())]
    browser.post(link, JOINED)

    assert (said, browser.session["_auth_user_id"]) == ([True, False], str(invited.pk))


def test_a_link_opens_once(invited):
    link = link_of(invited)
    Client().post(link, JOINED)

    page = Client().get(link)

    assert (page.status_code, "It was used already" in page.content.decode()) == (410, True)


def test_an_old_link_says_so_and_offers_a_new_one(invited, monkeypatch, settings):
    link = link_of(invited)
    settings.PASSWORD_RESET_TIMEOUT = -1

    page = Client().get(link)

    assert (page.status_code, "Your invitation still stands." in page.content.decode()) == (410, True)
    assert reverse("agencies:ask_again", args=[link.split("/")[3]]) in page.content.decode()


def test_a_new_link_is_asked_for_without_signing_in(invited):
    Outbox.objects.update(sent_at=timezone.now() - timedelta(days=9))

    page = Client().post(reverse("agencies:ask_again", args=[link_of(invited).split("/")[3]]))

    assert (page.status_code, Outbox.objects.filter(recipient=invited, sent_at=None).count()) == (200, 1)


def test_asking_for_someone_who_has_joined_or_is_not_known_sends_nothing_and_looks_the_same(invited, stranger):
    Outbox.objects.all().delete()

    asked = [Client().post(reverse("agencies:ask_again", args=[uid])) for uid in (link_of(stranger).split("/")[3], "bm9ib2R5", "???")]

    assert [page.status_code for page in asked] == [200, 200, 200]
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("uid", ["bm9ib2R5", "%FF%FE", "x"])
def test_a_link_that_names_nobody_opens_nothing(db, uid):
    assert Client().get(f"/table/join/{uid}/abc-123/").status_code == 410


def test_someone_whose_membership_ended_does_not_join(invited, coordinator):
    link = link_of(invited)
    lifecycle.end_membership(invited, by=coordinator)

    assert Client().post(link, JOINED).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("short", "short", "password"), ("password1234", "password1234", "password"), (PASSWORD, "something-else-typed", "again")],
)
def test_a_weak_or_mistyped_password_comes_back(invited, password, again, field):
    page = Client().post(link_of(invited), JOINED | {"password": password, "again": again})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_the_invitation_opens_in_french(invited):
    page = Client(headers={"accept-language": "fr-ca"}).get(link_of(invited))

    assert (page.status_code, 'lang="fr-ca"' in page.content.decode()) == (200, True)


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_invitation_says_which_table_and_agency_invite_and_offers_the_language_it_is_read_in(invited, table, language):
    context = Client(headers={"accept-language": language}).get(link_of(invited)).context

    assert (context["table"], context["agency"], context["form"]["language"].value()) == (str(table), "Larch Housing", language)


def test_someone_who_comes_back_is_invited_anew(table, coordinator, stranger, in_the_room):
    lifecycle.end_membership(stranger, by=coordinator)

    lifecycle.invite(
        email=stranger.email,
        full_name="Stranger Person",
        agency=in_the_room.agency,
        roles=[Role.REPRESENTATIVE],
        table=table,
        by=coordinator,
    )

    back = Member.objects.get(pk=stranger.pk)
    assert (back.is_active, back.agency, back.joined_at, back.has_usable_password()) == (True, in_the_room.agency, None, False)
    assert Client().get(link_of(back)).status_code == 200
