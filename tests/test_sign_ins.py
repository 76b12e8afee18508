"""Where somebody is signed in: how long it lasts, who ends it, and that the end of a membership ends it everywhere at once."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies import clock, lifecycle
from agencies.enums import LedgerAct, Role
from agencies.models import Appointment, LedgerEntry, Outbox, Seat, SignIn
from cms_table import mail
from meetings import lifecycle as meetings
from practice import codes
from tests import cast

DOOR = reverse("account_login")
SECOND = reverse("mfa_authenticate")
SIGN_INS = reverse("agencies:sign_ins")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"
PASSWORD = "seven quiet herons"


def came(client, **ago):
    """The session as it is when somebody last acted in it so long ago."""
    session = client.session
    session["renewed"] = time.time() - timedelta(**ago).total_seconds()
    session.save()
    return client


def is_in(client):
    return client.get("/").status_code == 200


def seen_at(client):
    return SignIn.objects.get(pk=client.session.session_key).seen_at


def signed_in(member, agent=FIREFOX, **cookies):
    """A browser in which the member came through the door by password and code, with what the browser still knew."""
    member.set_password(PASSWORD)
    member.save()
    client = Client(HTTP_USER_AGENT=agent)
    client.cookies.load(cookies)
    client.post(DOOR, {"login": member.email, "password": PASSWORD})
    assert client.post(SECOND, {"code": codes.of_member(member)}).status_code == 302
    return client


# What counts as being here


@pytest.mark.parametrize(
    ("asked_with", "is_act"),
    [
        ({}, True),  # a browser that says nothing of itself asks for a page
        ({"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_USER": "?1"}, True),
        ({"HTTP_SEC_FETCH_MODE": "navigate"}, False),  # a page that fetches itself anew
        ({"HTTP_SEC_FETCH_MODE": "cors"}, False),  # a script
        ({"HTTP_ACCEPT": "*/*"}, False),  # a script of a browser that does not say so
        ({"HTTP_SEC_FETCH_MODE": "cors", "HTTP_X_SOMEBODY": "here"}, True),  # the script that saw a key pressed
    ],
)
def test_only_what_a_person_did_keeps_a_sign_in_open(client_of, lead, asked_with, is_act):
    client = came(client_of(lead), minutes=10)
    before = seen_at(client)

    client.get("/", **asked_with)

    assert (seen_at(client) > before) == is_act


def test_a_draft_that_saves_itself_and_a_line_that_is_looked_after_keep_nobody_signed_in(client_of, originator, draft):
    client = came(client_of(originator), minutes=10)
    before = seen_at(client)

    client.post(reverse("situations:autosave", args=[draft.pk]), {}, HTTP_SEC_FETCH_MODE="cors")
    client.post(reverse("typed"), {}, HTTP_SEC_FETCH_MODE="cors")
    client.get(reverse("up"), HTTP_SEC_FETCH_MODE="cors")

    assert seen_at(client) == before


def test_a_message_to_its_reader_does_not_keep_a_sign_in_open(client_of, lead):
    client = came(client_of(lead), minutes=10)
    before = SignIn.objects.get(pk=client.session.session_key).expire_date
    session = client.session
    session["anything"] = "new"

    session.save()

    assert SignIn.objects.get(pk=client.session.session_key).expire_date == before


@pytest.mark.parametrize(("part", "is_longer"), [("in_the_room", True), ("chair", True), ("recorder", True), ("stranger", False)])
def test_at_a_meeting_under_way_a_sign_in_outlasts_half_an_hour(client_of, meeting, part, is_longer):
    client = came(client_of(cast.the(part)), minutes=10)
    client.get("/")

    assert is_in(came(client, minutes=29)) == is_longer


def test_the_longer_time_ends_with_the_meeting(client_of, meeting, in_the_room, chair):
    client = came(client_of(in_the_room), minutes=10)
    client.get("/")
    meetings.close_meeting(meeting, by=chair)

    assert not is_in(came(client, minutes=29))


def test_a_page_says_the_longer_time_from_the_moment_at_which_somebody_checks_in(client_of, meeting, colleague):
    client = client_of(colleague)

    client.post(reverse("meetings:check_in", args=[meeting.pk]), {"mode": "room"})

    assert '<template id="closed" data-seconds="1800"' in client.get("/").content.decode()


def test_however_busy_a_sign_in_ends_after_ten_hours(client_of, lead):
    client = client_of(lead)
    session = client.session
    session["began"] = time.time() - timedelta(hours=9, minutes=59).total_seconds()
    session.save()

    left = SignIn.objects.get(pk=session.session_key)

    assert left.expire_date - left.began_at == timedelta(hours=10)


# The end of a membership, of a role, of a seat


def test_the_end_of_a_membership_ends_every_open_tab(client_of, in_the_room, coordinator):
    desk, telephone = client_of(in_the_room), client_of(in_the_room)
    assert (is_in(desk), is_in(telephone)) == (True, True)

    lifecycle.end_membership(in_the_room, by=coordinator)

    assert [tab.get("/").url for tab in (desk, telephone)] == [f"{DOOR}?next=/"] * 2
    assert SignIn.objects.filter(member=in_the_room).count() == 0


def test_what_a_leaver_was_sent_before_opens_nothing_any_more_nor_when_they_come_back(client_of, in_the_room, coordinator, table):
    in_the_room.joined_at = None
    in_the_room.save()
    to_join = lifecycle.invitation_address(in_the_room)
    to_a_password = f"{urlsafe_base64_encode(force_bytes(in_the_room.pk))}-{default_token_generator.make_token(in_the_room)}"
    calendar = reverse("calendar_feed", args=[lifecycle.make_calendar_key(in_the_room, by=in_the_room)])

    lifecycle.end_membership(in_the_room, by=coordinator)
    gone = [Client().get(address).status_code for address in (to_join, calendar)]
    lifecycle.invite(email=in_the_room.email, full_name="Anew", agency=in_the_room.agency, by=coordinator, table=table)
    back = [Client().get(address).status_code for address in (to_join, calendar)]

    assert (gone, back) == ([410, 404], [410, 404])
    in_the_room.refresh_from_db()
    assert not default_token_generator.check_token(in_the_room, to_a_password.split("-", 1)[1])


def test_a_link_to_a_new_password_is_dead_once_the_membership_has_ended(in_the_room, coordinator, mailoutbox):
    Client().post(reverse("account_reset_password"), {"email": in_the_room.email})
    mail.send_waiting()
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word).removeprefix(settings.SITE_ADDRESS)
    link = link.removeprefix("http://testserver")

    lifecycle.end_membership(in_the_room, by=coordinator)

    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_that_a_membership_ended_sign_ins_is_on_the_record(client_of, in_the_room, coordinator):
    client_of(in_the_room)

    lifecycle.end_membership(in_the_room, by=coordinator)

    ended = LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=coordinator.pk, audience_id=in_the_room.pk)
    assert list(ended.values_list("codes", flat=True)) == [["membership_ended"]]


def test_the_end_of_a_role_counts_at_the_next_request(client_of, chair, coordinator, meeting):
    client, console = client_of(chair), reverse("meetings:chair", args=[meeting.pk])
    before = client.get(console).status_code

    lifecycle.end_appointment(Appointment.objects.get(member=chair, table=meeting.table, role=Role.CHAIR), by=coordinator)

    assert (before, client.get(console).status_code == 200) == (200, False)


def test_the_end_of_a_seat_counts_at_the_next_request(client_of, in_the_room, coordinator, submitted, table):
    client = client_of(in_the_room)
    before = client.get(reverse("situations:list")).status_code

    lifecycle.end_seat(Seat.objects.current().get(table=table, agency=in_the_room.agency), by=coordinator)

    assert (before, client.get(reverse("situations:list")).status_code) == (200, 302)


# Keys of sessions


def test_a_session_goes_on_under_another_key_when_its_member_gets_a_role(client_of, in_the_room, coordinator, table):
    client = client_of(in_the_room)
    client.get("/")
    before = client.session.session_key

    lifecycle.appoint(in_the_room, table=table, role=Role.RECORDER, by=coordinator)

    assert is_in(client)
    assert client.session.session_key != before
    assert not SignIn.objects.filter(pk=before).exists()


def test_a_session_goes_on_under_another_key_once_its_member_showed_again_who_they_are(client_of, in_the_room):
    in_the_room.set_password(PASSWORD)
    in_the_room.save()
    client = client_of(in_the_room)
    before = client.session.session_key

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})

    assert is_in(client)
    assert (client.session.session_key != before, SignIn.objects.filter(pk=before).exists()) == (True, False)


def test_whoever_signs_in_gets_another_key_than_the_browser_brought(in_the_room):
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    in_the_room.set_password(PASSWORD)
    in_the_room.save()

    client.post(DOOR, {"login": in_the_room.email, "password": PASSWORD})
    client.post(SECOND, {"code": codes.of_member(in_the_room)})

    assert is_in(client)
    assert client.session.session_key != planted
    assert not SignIn.objects.filter(pk=planted).exists()


def test_a_sixth_sign_in_ends_the_one_that_was_not_used_for_the_longest(in_the_room):
    browsers = [signed_in(in_the_room) for _each in range(5)]
    oldest = SignIn.objects.get(pk=browsers[0].session.session_key)
    SignIn.objects.filter(pk=oldest.pk).update(seen_at=oldest.seen_at - timedelta(minutes=5))

    signed_in(in_the_room)

    there = set(SignIn.objects.filter(member=in_the_room).values_list("pk", flat=True))
    assert (oldest.pk in there, len(there)) == (False, 5)


# The list of one's sign-ins


def rows_of(client):
    return [(row["device"], row["is_here"]) for row in client.get(SIGN_INS).context["rows"]]


def test_one_sees_on_which_devices_one_is_signed_in(in_the_room):
    signed_in(in_the_room, agent=PHONE)
    desk = signed_in(in_the_room)

    assert rows_of(desk) == [("Firefox on Windows", True), ("Safari on iPhone", False)]


def test_no_page_holds_the_key_of_a_session(in_the_room):
    telephone, desk = signed_in(in_the_room, agent=PHONE), signed_in(in_the_room)

    page = desk.get(SIGN_INS).content.decode()

    assert [key in page for key in (telephone.session.session_key, desk.session.session_key)] == [False, False]


def test_one_signs_out_elsewhere_and_stays_here(client_of, in_the_room):
    telephone = signed_in(in_the_room, agent=PHONE)
    desk = client_of(in_the_room)
    mark = SignIn.objects.get(pk=telephone.session.session_key).mark

    answer = desk.post(reverse("agencies:end_sign_in", args=[mark]))

    assert (answer.status_code, is_in(desk), is_in(telephone)) == (302, True, False)


def test_nobody_signs_out_another(client_of, in_the_room, stranger):
    telephone = signed_in(in_the_room, agent=PHONE)
    mark = SignIn.objects.get(pk=telephone.session.session_key).mark

    answer = client_of(stranger).post(reverse("agencies:end_sign_in", args=[mark]))

    assert (answer.status_code, SignIn.objects.filter(mark=mark).exists()) == (404, True)


def test_one_signs_out_everywhere(client_of, in_the_room, stranger):
    desk, telephone, anothers = client_of(in_the_room), client_of(in_the_room), client_of(stranger)

    desk.post(reverse("agencies:sign_out_everywhere"))

    assert [is_in(each) for each in (desk, telephone, anothers)] == [False, False, True]


def test_whoever_sits_down_at_an_open_page_signs_nobody_out_elsewhere(client_of, in_the_room):
    desk, telephone = client_of(in_the_room), client_of(in_the_room)
    session = desk.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()

    answer = desk.post(reverse("agencies:sign_out_everywhere"))

    assert (answer.status_code, is_in(telephone)) == (403, True)


def test_after_the_proof_one_is_back_at_ones_sign_ins_and_reads_that_the_button_is_pressed_once_more(client_of, in_the_room):
    in_the_room.set_password(PASSWORD)
    in_the_room.save()
    desk = client_of(in_the_room)
    session = desk.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()

    asked = desk.post(reverse("agencies:sign_out_everywhere"), HTTP_REFERER=f"http://testserver{SIGN_INS}").content.decode()
    back = desk.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": SIGN_INS, "again": "1"}, follow=True)

    assert ("press the button once more: nothing is done before" in asked, f'name="next" value="{SIGN_INS}"' in asked) == (True, True)
    assert back.redirect_chain == [(SIGN_INS, 302)]
    assert [str(message) for message in back.context["messages"]] == [
        "Thank you. Nothing has been done yet: press the same button once more."
    ]
    assert desk.post(reverse("agencies:sign_out_everywhere")).url == DOOR


def test_a_new_password_ends_every_other_sign_in(client_of, in_the_room):
    in_the_room.set_password(PASSWORD)
    in_the_room.save()
    desk = client_of(in_the_room)
    client_of(in_the_room)

    changed = {"oldpassword": PASSWORD, "password1": "nine loud geese today", "password2": "nine loud geese today"}
    desk.post(reverse("account_change_password"), changed)

    assert (is_in(desk), SignIn.objects.filter(member=in_the_room).count()) == (True, 1)


# A device that the table does not know


def told_of_a_device(member):
    return Outbox.objects.filter(recipient=member, notice="new_device").count()


def test_of_the_first_sign_in_nobody_is_told(in_the_room):
    signed_in(in_the_room)

    assert told_of_a_device(in_the_room) == 0


def test_of_a_sign_in_on_a_new_device_its_member_is_told_in_one_mail_that_says_nothing_else(in_the_room, mailoutbox):
    signed_in(in_the_room)
    signed_in(in_the_room, agent=PHONE)

    with clock.moved_by(60):
        mail.send_waiting()

    assert [message.subject for message in mailoutbox] == ["[Practice] You signed in on a new device"]
    assert [word in mailoutbox[0].body for word in ("iPhone", "Safari", SIGN_INS)] == [False, False, True]


def test_on_a_device_that_is_known_nobody_is_told(in_the_room):
    before = signed_in(in_the_room).cookies[settings.DEVICE_COOKIE_NAME].value

    signed_in(in_the_room, **{settings.DEVICE_COOKIE_NAME: before})

    assert told_of_a_device(in_the_room) == 0


def test_a_device_known_by_another_or_made_up_is_not_known(in_the_room, stranger):
    signed_in(in_the_room)
    of_another = signed_in(stranger).cookies[settings.DEVICE_COOKIE_NAME].value

    signed_in(in_the_room, **{settings.DEVICE_COOKIE_NAME: of_another})
    signed_in(in_the_room, **{settings.DEVICE_COOKIE_NAME: "0" * 32})

    assert told_of_a_device(in_the_room) == 2


def test_a_device_says_of_nobody_that_they_sign_in_there(in_the_room):
    kept = signed_in(in_the_room).cookies[settings.DEVICE_COOKIE_NAME]

    assert (str(in_the_room.pk) in kept.value, in_the_room.email in kept.value, kept["httponly"]) == (False, False, True)


# From the console


def test_an_administrator_of_the_server_signs_one_person_out_or_everybody(client_of, in_the_room, stranger, lead, capsys):
    browsers = [client_of(member) for member in (in_the_room, stranger, lead)]

    call_command("sign_out", in_the_room.email.upper())
    after_one = [is_in(each) for each in browsers]
    call_command("sign_out", "--everybody")

    assert (after_one, [is_in(each) for each in browsers]) == ([False, True, True], [False] * 3)
    assert "Sign-ins ended: 1.\n" in capsys.readouterr().out


def test_an_address_that_nobody_has_signs_nobody_out(client_of, in_the_room):
    browser = client_of(in_the_room)

    with pytest.raises(CommandError):
        call_command("sign_out", "nobody@table.example")

    assert is_in(browser)
