"""Small things that the register of requirements (docs/asvs.csv) asks for and that stand nowhere else."""

import io
import logging
import re
import runpy
import zipfile

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.sessions import SessionStore
from agencies.spreadsheets import Unreadable, read, written_xlsx
from practice.proof.crawl import addresses, arguments
from situations import sealing
from situations.models import SealedText
from tests import canaries, cast
from tests.test_start_up import HOUSE, SAFE

pytestmark = pytest.mark.django_db


def test_cookies_in_production_are_bound_to_host_and_line(monkeypatch):
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    read_there = runpy.run_path(str(HOUSE / "cms_table" / "settings.py"))

    names = {read_there[f"{each}_COOKIE_NAME"] for each in ("SESSION", "CSRF", "LANGUAGE", "DEVICE")}
    assert {name for name in names if not name.startswith("__Host-")} == set()
    assert {read_there[f"{each}_COOKIE_{how}"] for each in ("SESSION", "CSRF") for how in ("SECURE", "HTTPONLY")} == {True}
    assert {read_there.get(f"{each}_COOKIE_SAMESITE", "Lax") for each in ("SESSION", "CSRF")} <= {"Lax", "Strict"}


def test_every_cookie_of_the_door_says_what_it_may(client_of, originator):
    client = Client()
    answers = [
        client.get(reverse("account_login")),
        client.post(reverse("language"), {"language": "fr-ca"}),
        client_of(originator).get("/"),
    ]

    cookies = [cookie for answer in answers for cookie in answer.cookies.values()]
    assert cookies != []
    assert [
        cookie.key for cookie in cookies if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict") or cookie["domain"]
    ] == []
    assert [cookie.key for cookie in cookies if len(cookie.value) > 4000] == []


def test_the_key_of_a_session_cannot_be_guessed():
    keys = {SessionStore()._get_new_session_key() for _each in range(200)}

    assert (len(keys), {len(key) for key in keys}) == (200, {32})
    assert set("".join(keys)) == set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_a_signed_out_session_opens_nothing_any_more(client_of, originator):
    client = client_of(originator)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/").status_code == 200

    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key

    assert thief.get("/")["Location"].startswith(reverse("account_login"))


def test_the_page_for_launchers_says_one_word(client):
    assert client.get("/up/").content == b"up"


@pytest.mark.parametrize("listed", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_its_hashes(listed):
    packages = re.split(r"\n(?=\S)", (HOUSE / listed).read_text())
    named = [each for each in packages if re.match(r"[a-zA-Z0-9]", each)]

    loose = [each.split()[0] for each in named if not re.match(r"\S+==[\w.!+]+( ; .*)? \\\n", each) or "--hash=sha256:" not in each]
    assert (loose, len(named) > 30, "--index-url" in "".join(packages)) == ([], True, False)


def test_the_start_installs_only_what_has_its_hash():
    assert '"--require-hashes"' in (HOUSE / "cms_table" / "bootstrap.py").read_text()


def test_no_word_begins_a_line_of_the_log():
    handler, said = logging.getLogger("django").handlers[0], io.StringIO()
    before = handler.setStream(said)
    try:
        Client().get("/nowhere/%0d%0aERROR%20django%20forged%1b[31m")
    finally:
        handler.setStream(before)

    assert (len(said.getvalue().splitlines()), "\x1b" in said.getvalue()) == (1, False)


def test_a_sealed_word_opens_in_its_own_place_only_and_unchanged(draft, submitted):
    here, there = (SealedText.objects.get(situation=each, kind="why_now") for each in (draft, submitted))
    words, broken = bytes(here.ciphertext), bytearray(here.ciphertext)
    broken[-1] ^= 1

    for ciphertext in (bytes(there.ciphertext), bytes(broken)):
        SealedText.objects.filter(pk=here.pk).update(ciphertext=ciphertext)
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(draft, "why_now")
    SealedText.objects.filter(pk=here.pk).update(ciphertext=words)
    assert sealing.unseal(draft, "why_now") == cast.WHY_NOW


def test_the_same_words_are_never_sealed_alike(draft):
    letters = {sealing.sealed_with(b"k" * 32, "the same words", place=b"here") for _each in range(100)}

    assert (len(letters), len({each[:16] for each in letters})) == (100, 100)


def test_codes_of_recovery_are_eight_digits_and_seeds_160_bits_by_chance(originator):
    codes = RecoveryCodes.activate(originator).generate_codes()
    seeds = {totp.generate_totp_secret() for _each in range(50)}

    assert {re.sub(r"\D", "", code) for code in codes} == set(codes)
    assert ({len(code) for code in codes}, len(set(codes))) == ({8}, 10)
    assert (len(seeds), {len(seed) for seed in seeds}) == (50, {32})


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(("planted", "named"), [(OUTSIDE, "&j;"), (BOMB, "&j;")])
def test_a_workbook_that_names_a_file_of_the_server_does_not_bring_it_in(planted, named):
    packed, made = zipfile.ZipFile(io.BytesIO(written_xlsx({"S": [["Agency"], ["zq"]]}))), io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name in packed.namelist():
            part = packed.read(name).decode()
            if name.endswith(("sheet1.xml", "sharedStrings.xml")):
                part = planted + re.sub(r"^<\?xml[^>]*\?>", "", part).replace(">zq<", f">{named}<")
            book.writestr(name, part)

    try:
        said = str(read(made.getvalue(), filename="people.xlsx"))
    except Unreadable as refused:
        said = str(refused)
    assert ("root:" in said, len(said) < 1000) == (False, True)


# What opening a page may write: who looked, that the session goes on, what is kept of it.
WRITTEN_BY_A_LOOK = re.compile(r"agencies_(ledger\w*|block|signin|cache|formtoken|outbox)|django_session|pg_")


def everything():
    """Each table of the house with what its rows are, as one number."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if not WRITTEN_BY_A_LOOK.match(table)]
        held = {}
        for table in tables:
            cursor.execute(f'SELECT count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{table}" t')
            held[table] = cursor.fetchone()
    return held


@pytest.mark.parametrize("part", ["originator", "lead", "chair", "coordinator", "administrator"])
def test_opening_a_page_changes_nothing(client_of, part):
    town = canaries.town_at("responding", is_room_open=True)
    paths = [
        reverse(name, args=args)
        for name, wanted in sorted({(n, tuple(w)) for n, w in addresses()})
        for args in arguments(name, list(wanted), town) or []
    ]
    client, before = client_of(cast.the(part)), everything()

    for path in paths:
        client.get(path)

    after = everything()
    assert {table for table in before if before[table] != after[table]} == set()
