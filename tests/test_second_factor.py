"""The second step at the door: nobody passes without it, each code counts once, and what is lost is made anew by two."""

import os
import re
import subprocess
import sys
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from cms_table.factors import SealedFactors
from practice import codes
from practice.proof.crawl import addresses

LOGIN, SECOND, ALL = reverse("account_login"), reverse("mfa_authenticate"), reverse("mfa_index")
PASSWORD = "birch lake canoe paddle"


@pytest.fixture
def known(lead):
    """A member with a password and a phone."""
    lead.set_password(PASSWORD)
    lead.save()
    return lead


@pytest.fixture
def newcomer(known):
    """A member with a password who has set up nothing."""
    Authenticator.objects.filter(user=known).delete()
    return known


def a_passkey(member):
    """A passkey of a member, as it is kept: nothing of it is sealed."""
    return Authenticator.objects.create(user=member, type="webauthn", data={"name": "Passkey 1", "credential": {}})


def after_the_password(member):
    """A browser in which the password was right."""
    client = Client()
    client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    return client


def secret_of(member):
    return totp.decrypt(Authenticator.objects.get(user=member, type="totp").data["secret"])


def code_at(member, moment):
    return totp.format_hotp_value(totp.hotp_value(secret_of(member), int(moment) // 30))


def is_in(client):
    return client.get("/").status_code == 200


def test_the_password_alone_opens_nothing(known):
    client = after_the_password(known)

    assert (client.get("/").url, client.get(LOGIN).url) == (f"{LOGIN}?next=/", SECOND)


def test_password_and_code_open_the_table(known):
    client = after_the_password(known)

    client.post(SECOND, {"code": codes.of_member(known)})

    assert is_in(client)


def test_a_code_counts_once(known):
    code = codes.of_member(known)
    after_the_password(known).post(SECOND, {"code": code})
    second = after_the_password(known)

    page = second.post(SECOND, {"code": code})

    assert (page.context["form"].errors["code"], is_in(second)) == (
        ["This code does not open the table. Wait for the next code, and type that one."],
        False,
    )


@pytest.mark.parametrize(("seconds", "opens"), [(0, True), (61, False), (-31, False)])
def test_where_the_phone_says_the_code_it_counts_in_its_own_half_minute(known, settings, monkeypatch, seconds, opens):
    settings.MFA_TOTP_TOLERANCE = 0
    now = time.time() // 30 * 30
    code = code_at(known, now)
    client = after_the_password(known)
    monkeypatch.setattr(totp.time, "time", lambda: now + seconds)

    answer = client.post(SECOND, {"code": code})

    assert (answer.status_code == 302) == opens


def test_after_five_wrong_codes_the_account_waits_and_a_right_one_does_not_help(known):
    client = after_the_password(known)
    for _attempt in range(5):
        client.post(SECOND, {"code": "000000"})

    page = client.post(SECOND, {"code": codes.of_member(known)})

    assert page.context["form"].errors["code"] == ["Too many tries that failed. Try again in a few minutes."]


def test_a_recovery_code_opens_once(known):
    code = RecoveryCodes.activate(known).get_unused_codes()[0]

    first, second = after_the_password(known), after_the_password(known)
    first.post(SECOND, {"code": code})
    second.post(SECOND, {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


def test_recovery_codes_stand_in_fours_with_a_way_to_print_them_and_open_with_or_without_the_gap(client_of, known):
    page = client_of(known).post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    shown = re.findall(r'<li class="num">([^<]*)</li>', page)
    with_gap, without = after_the_password(known), after_the_password(known)

    with_gap.post(SECOND, {"code": shown[0]})
    without.post(SECOND, {"code": shown[1].replace(" ", "")})

    assert {bool(re.fullmatch(r"\d{4} \d{4}", each)) for each in shown} == {True}
    assert (page.count("data-print"), is_in(with_gap), is_in(without)) == (1, True, True)


def test_the_key_for_a_phone_without_a_camera_stands_in_fours(client_of, known):
    answer = client_of(known).get(reverse("mfa_activate_totp"))

    groups = re.search(r'<span class="secret">([^<]*)</span>', answer.content.decode())[1].split(" ")
    assert ({len(each) for each in groups}, "".join(groups)) == ({4}, answer.context["form"].secret)


def test_who_has_no_recovery_codes_is_told_so_and_led_to_make_them(client_of, known):
    client = client_of(known)

    without = client.get(ALL).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    with_them = client.get(ALL).content.decode()

    way = f'href="{reverse("mfa_generate_recovery_codes")}"'
    assert ("You have no recovery codes yet." in without, way in without) == (True, True)
    assert ("You have no recovery codes yet." in with_them, "You have 10 codes left" in with_them) == (False, True)


REACHED_BEFORE = {
    "account_logout",
    "account_reauthenticate",
    "accessibility",
    "guide",
    "help",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "privacy",
}


def test_whoever_has_set_up_nothing_is_led_there_from_every_address(newcomer):
    client = after_the_password(newcomer)
    answers = {}
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses() if (name, wanted) not in NESTED}):
        values = [_some(name, each) for each in wanted]
        answer = client.get(reverse(name, args=values))
        answers[name] = answer.url if answer.status_code == 302 else answer.status_code

    reached = {name for name, answer in answers.items() if answer == 200}
    assert reached == REACHED_BEFORE | {"up", "the_wall"}  # which know nobody
    elsewhere = {name: answer for name, answer in answers.items() if answer not in (200, ALL)}
    assert elsewhere == {
        "account_login": "/",  # which leads there
        "agencies:join": 410,
        "agencies:ask_again": 405,
        "calendar_feed": 404,
        "language": 405,
        "typed": 405,
        "typed_again": 405,
        "the_wall_blank": 405,
        "the_wall_live": 404,
    }


# The library nests them, so that their argument is not seen here; the table's own stand before them.
NESTED = [("mfa_edit_webauthn", []), ("mfa_remove_webauthn", [])]


def _some(name, argument):
    number = 1 if name.startswith("mfa_") else "00000000-0000-4000-8000-000000000000"
    return {"key": "nobody", "role": "chair", "uid": "x", "token": "y-z", "step": 1, "list": "sector"}.get(argument, number)


def test_what_a_code_is_checked_with_lies_sealed_in_the_database(known):
    RecoveryCodes.activate(known)
    secret = secret_of(known)

    kept = {each.type: each.data for each in Authenticator.objects.filter(user=known)}

    assert secret not in kept["totp"]["secret"]
    assert not set("ghijklmnopqrstuvwxyzABCDEF_-").isdisjoint(kept["recovery_codes"]["seed"])  # as it was made it is plain hexadecimal


def test_while_the_key_is_away_no_code_opens_and_the_page_says_so(known, settings, tmp_path):
    code = codes.of_member(known)
    client = after_the_password(known)
    settings.SEALING_KEYS, settings.PRACTICE = tmp_path, False

    page = client.post(SECOND, {"code": code})

    assert (page.status_code, "A passkey still works." in page.content.decode()) == (409, True)
    assert list(tmp_path.iterdir()) == []  # a new key would make every phone worthless


def test_at_a_new_table_the_first_factor_of_all_may_be_a_passkey(newcomer, settings, tmp_path):
    settings.SEALING_KEYS = tmp_path
    Authenticator.objects.all().delete()
    a_passkey(newcomer)

    made = RecoveryCodes.activate(newcomer).get_unused_codes()

    assert (len(made), [each.name for each in tmp_path.iterdir()]) == (10, ["factors.key"])


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_where_one_is_sealed_and_the_key_is_away_none_is_made_anew_beside_a_passkey(newcomer, settings, tmp_path, kind):
    settings.SEALING_KEYS = tmp_path
    Authenticator.objects.all().delete()
    a_passkey(newcomer)
    Authenticator.objects.create(user=newcomer, type=kind, data={})

    with pytest.raises(Refused):
        SealedFactors().encrypt("seed")

    assert list(tmp_path.iterdir()) == []


def test_who_came_in_by_a_password_before_there_was_a_factor_is_out_once_there_is_one(newcomer):
    earlier = after_the_password(newcomer)
    held = earlier.get(ALL).status_code
    codes.give_phones([newcomer])

    assert (held, earlier.get(ALL).url) == (200, LOGIN)
    assert LedgerEntry.objects.filter(act=LedgerAct.SIGNED_OUT, by_id=newcomer.pk, codes=["factor"]).count() == 1


def test_the_only_factor_is_not_removed(client_of, known):
    client_of(known).post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=known, type="totp").exists()


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_whoever_removes_a_factor_waits_for_who_removes_the_other_before_they_are_counted(client_of, known, kind):
    kept = {"webauthn": a_passkey(known), "totp": Authenticator.objects.get(user=known, type="totp")}
    way = {"totp": reverse("mfa_deactivate_totp"), "webauthn": reverse("mfa_remove_webauthn", args=[kept["webauthn"].pk])}[kind]
    client = client_of(known)

    with CaptureQueriesContext(connection) as asked:
        client.post(way)

    said = [query["sql"] for query in asked]
    waits = next((place for place, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and 'FROM "agencies_member"' in sql), len(said))
    counts = next(place for place, sql in enumerate(said) if sql.startswith("SELECT") and 'FROM "mfa_authenticator"' in sql)
    assert (waits < counts, Authenticator.objects.filter(pk=kept[kind].pk).exists()) == (True, False)


def test_another_phone_takes_the_place_of_the_first_on_the_record(client_of, known):
    client, before = client_of(known), secret_of(known)
    asked = client.get(reverse("mfa_activate_totp")).context["form"]

    client.post(reverse("mfa_activate_totp"), {"code": asked["code"].initial})

    assert (secret_of(known) == before, secret_of(known) == asked.secret) == (False, True)
    acts = LedgerEntry.objects.filter(by_id=known.pk, subject="member", codes__contains=["totp"]).values_list("act", flat=True)
    assert set(acts) == {LedgerAct.FACTOR_SET_UP, LedgerAct.FACTOR_REMOVED}


def test_a_phone_that_is_being_set_up_keeps_its_key_after_a_wrong_code_and_shows_it_sealed_to_the_session(client_of, known):
    client = client_of(known)
    first = client.get(reverse("mfa_activate_totp")).context["form"].secret

    again = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).context["form"].secret

    assert (again, first in str(dict(client.session))) == (first, False)


def test_a_real_table_says_no_codes(known, settings):
    settings.PRACTICE = False

    page = after_the_password(known).get(SECOND)

    assert (codes.of_member(known), page.context["form"]["code"].initial, "Practice" in page.content.decode()) == ("", "", False)


def test_the_console_says_the_code_of_a_practice_sign_in_and_of_no_real_one(known, settings, capsys):
    call_command("code", known.email)
    said = capsys.readouterr().out.strip()
    client = after_the_password(known)
    client.post(SECOND, {"code": said})
    settings.PRACTICE = False

    with pytest.raises(CommandError):
        call_command("code", known.email)

    assert is_in(client)


def test_a_real_table_counts_a_code_in_its_own_half_minute_only():
    said = subprocess.run(
        [sys.executable, "-c", "import cms_table.settings as s; print(s.MFA_TOTP_TOLERANCE, s.PRACTICE)"],
        env=os.environ | {"PRACTICE": "0"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["0", "False"]
