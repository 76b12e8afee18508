"""What keeps the table from opening in production: each unsafe setting, refused in one sentence."""

import os
import runpy
import secrets
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest
from django.core.exceptions import ImproperlyConfigured

from cms_table import bootstrap, checks
from cms_table.management.commands.serve import compile_languages

HOUSE = Path(__file__).resolve().parent.parent
LONG, OTHER = secrets.token_urlsafe(64), secrets.token_urlsafe(64)
SAFE = {
    "PRODUCTION": "1",
    "SECRET_KEY": LONG,
    "RELEASE_SECRET": OTHER,
    "ALLOWED_HOSTS": "table.example",
    "SITE_ADDRESS": "https://table.example",
    "DATABASE_URL": f"postgres://cms_web:{secrets.token_urlsafe(24)}@db.example/table?sslmode=verify-full",
    "EMAIL_URL": "smtp+tls://table:word@mail.example:587",
    "MAIL_FROM": "table@table.example",
}
READ = """
PRODUCTION PRACTICE SECRET_KEY RELEASE_SECRET PORT ALLOWED_HOSTS SITE_ADDRESS DATABASE_URL DATABASE_OWNER_URL DATABASE_ADMIN_URL
TABLE_DATABASE FIRST_PERSON PROXIES IDLE_MINUTES IDLE_MINUTES_IN_A_MEETING EMAIL_URL MAIL_FROM SEALING_KEYS TABLE_VAR PRACTICE_PASSWORD
"""


@pytest.fixture
def start_with(monkeypatch, tmp_path):
    """The sentences with which a start in production is refused, when the surroundings are safe but for what is given."""

    def started(changed=None, **given):
        for name in READ.split():
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"TABLE_VAR": str(tmp_path / "var")} | SAFE | given).items():
            if value is not None:
                monkeypatch.setenv(name, value)
        try:
            read = runpy.run_path(str(HOUSE / "cms_table" / "settings.py"))
        except ImproperlyConfigured as refused:
            return [str(refused)]
        return checks.unsafe(SimpleNamespace(**read | (changed or {})))

    return started


def sentence(beginning):
    return next(each.sentence for each in checks.UNSAFE if each.sentence.startswith(beginning))


def test_with_safe_settings_nothing_is_refused(start_with):
    assert start_with() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set. Production needs it: put a long random value into the environment."),
        ({"RELEASE_SECRET": None}, "RELEASE_SECRET is not set. Production needs it: put a long random value into the environment."),
        ({"RELEASE_SECRET": "short"}, "RELEASE_SECRET is too short. Make it at least 32 random characters."),
        ({"PRACTICE": "1"}, "PRACTICE and PRODUCTION are both set. A practice table never stands in production: unset one."),
        (
            {"DATABASE_URL": "mysql://cms_web@db.example/table"},
            "DATABASE_URL is not the address of a Postgres database. Write it as postgres://role:password@host/database.",
        ),
        ({"FIRST_PERSON": "somebody"}, "FIRST_PERSON is not an e-mail address. Write it like name@agency.ca."),
        ({"SECRET_KEY": LONG[:40]}, sentence("SECRET_KEY is short")),
        ({"SECRET_KEY": f"django-insecure-{LONG}"}, sentence("SECRET_KEY looks like")),
        ({"SECRET_KEY": "ab" * 40}, sentence("SECRET_KEY looks like")),
        ({"RELEASE_SECRET": f"changeme-{OTHER}"}, sentence("RELEASE_SECRET looks like")),
        ({"RELEASE_SECRET": LONG}, sentence("SECRET_KEY and RELEASE_SECRET")),
        ({"SEALING_KEYS": str(HOUSE / "static" / "keys")}, sentence("SEALING_KEYS lies")),
        ({"DATABASE_URL": None, "TABLE_DATABASE": "table"}, sentence("SEALING_KEYS lies")),
        ({"ALLOWED_HOSTS": "*,table.example"}, sentence("ALLOWED_HOSTS lets in")),
        ({"ALLOWED_HOSTS": ".example,table.example"}, sentence("ALLOWED_HOSTS lets in")),
        ({"SITE_ADDRESS": "http://table.example"}, sentence("SITE_ADDRESS does not begin")),
        ({"SITE_ADDRESS": "https://table.example/table"}, sentence("SITE_ADDRESS holds more")),
        ({"SITE_ADDRESS": "https://elsewhere.example"}, sentence("The host of SITE_ADDRESS")),
        ({"PROXIES": "0"}, sentence("PROXIES is not")),
        ({"DATABASE_URL": SAFE["DATABASE_URL"].replace("cms_web", "postgres")}, sentence("DATABASE_URL signs in")),
        ({"DATABASE_URL": SAFE["DATABASE_URL"].replace("verify-full", "require")}, sentence("DATABASE_URL reaches")),
        ({"DATABASE_URL": "postgres://cms_web:table@db.example/table?sslmode=verify-full"}, sentence("The password in")),
        ({"DATABASE_OWNER_URL": SAFE["DATABASE_URL"].replace("cms_web", "cms_owner")}, sentence("DATABASE_OWNER_URL has")),
        ({"DATABASE_ADMIN_URL": "postgres://postgres@db.example/postgres"}, sentence("DATABASE_ADMIN_URL is still")),
        ({"DATABASE_URL": SAFE["DATABASE_URL"].replace("/table?", "/practice?")}, sentence("The database is named")),
        ({"EMAIL_URL": "smtp://table:word@mail.example:25"}, sentence("EMAIL_URL sends mail without")),
        ({"EMAIL_URL": None}, sentence("EMAIL_URL sends no mail")),
        ({"MAIL_FROM": None}, sentence("MAIL_FROM is")),
        ({"IDLE_MINUTES": "240"}, sentence("IDLE_MINUTES or")),
        ({"IDLE_MINUTES": "0"}, sentence("IDLE_MINUTES or")),
        ({"IDLE_MINUTES_IN_A_MEETING": "600"}, sentence("IDLE_MINUTES or")),
        ({"PRACTICE_PASSWORD": "birch bark"}, sentence("PRACTICE_PASSWORD is set")),
    ],
)
def test_an_unsafe_surrounding_is_refused_in_one_sentence(start_with, given, said):
    assert start_with(**given) == [said]


def test_a_start_without_a_host_says_both_what_is_missing_and_what_no_longer_fits(start_with):
    assert start_with(ALLOWED_HOSTS="") == [sentence("ALLOWED_HOSTS is empty"), sentence("The host of SITE_ADDRESS")]


def test_keys_that_others_can_read_are_refused(start_with, tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o755)

    assert start_with(SEALING_KEYS=str(keys)) == [sentence("Others on this machine")]


SHIPPED = runpy.run_path(str(HOUSE / "cms_table" / "settings.py"), init_globals=None)
LOOSE = {"DIRECTIVES": SHIPPED["CONTENT_SECURITY_POLICY"]["DIRECTIVES"] | {"script-src": ["'self'", "'unsafe-inline'"]}}
ELSEWHERE = {"DIRECTIVES": SHIPPED["CONTENT_SECURITY_POLICY"]["DIRECTIVES"] | {"style-src": ["'self'", "https://cdn.example"]}}
TALKATIVE = SHIPPED["LOGGING"] | {"handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler"}}}
LISTENING = SHIPPED["LOGGING"] | {"loggers": {"django.db.backends": {"level": "DEBUG"}}}
BARE = [SHIPPED["TEMPLATES"][0] | {"OPTIONS": SHIPPED["TEMPLATES"][0]["OPTIONS"] | {"autoescape": False}}]
SWAPPED = [SHIPPED["MIDDLEWARE"][1], SHIPPED["MIDDLEWARE"][0], *SHIPPED["MIDDLEWARE"][2:]]


def without(guard):
    return [each for each in SHIPPED["MIDDLEWARE"] if not each.endswith(guard)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SESSION_LONGEST": 14 * 24 * 3600}, "A sign-in can last"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}, "Sessions are not kept"),
        ({"SESSION_SERIALIZER": "elsewhere.PickleSerializer"}, "Sessions are written"),
        ({"SESSION_COOKIE_SECURE": False}, "A cookie may travel"),
        ({"CSRF_COOKIE_SECURE": False}, "A cookie may travel"),
        ({"SESSION_COOKIE_HTTPONLY": False}, "A cookie may travel"),
        ({"SESSION_COOKIE_NAME": "sessionid"}, "A cookie could be set"),
        ({"DEVICE_COOKIE_NAME": "device"}, "A cookie could be set"),
        ({"SESSION_COOKIE_DOMAIN": ".example"}, "A cookie could be set"),
        ({"PASSWORD_HASHERS": SHIPPED["PASSWORD_HASHERS"][::-1]}, "Passwords are not hashed"),
        ({"AUTH_PASSWORD_VALIDATORS": []}, "A password may be shorter"),
        ({"ACCOUNT_RATE_LIMITS": False}, "Nobody counts"),
        ({"ACCOUNT_RATE_LIMITS": {"login_failed": "300/m/ip"}}, "Nobody counts"),
        ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}, "The counters of the door"),
        ({"ACCOUNT_PREVENT_ENUMERATION": False}, "The door tells"),
        ({"MFA_TRUST_ENABLED": True}, "A second factor can"),
        ({"MFA_TOTP_INSECURE_BYPASS_CODE": "123456"}, "A second factor can"),
        ({"MFA_TOTP_TOLERANCE": 10}, "A code counts for longer"),
        ({"MIDDLEWARE": without("HeadersMiddleware")}, "A part of the guard"),
        ({"MIDDLEWARE": without("LoginRequiredMiddleware")}, "A part of the guard"),
        ({"MIDDLEWARE": without("CsrfViewMiddleware")}, "A part of the guard"),
        ({"MIDDLEWARE": without("SecondFactorMiddleware")}, "A part of the guard"),
        ({"MIDDLEWARE": SWAPPED}, "A part of the guard"),
        ({"CONTENT_SECURITY_POLICY": None}, "Pages may load"),
        ({"CONTENT_SECURITY_POLICY": LOOSE}, "Pages may load"),
        ({"CONTENT_SECURITY_POLICY": ELSEWHERE}, "Pages may load"),
        ({"SECURE_SSL_REDIRECT": False}, "Pages are also served"),
        ({"SECURE_HSTS_SECONDS": 3600}, "Pages are also served"),
        ({"TEMPLATES": BARE}, "Templates show"),
        ({"LOGGING": TALKATIVE}, "The log could hold"),
        ({"LOGGING": LISTENING}, "The log could hold"),
        ({"ADMINS": [("Somebody", "a@b.example")]}, "Faults would be mailed"),
        ({"INSTALLED_APPS": [*SHIPPED["INSTALLED_APPS"], "django.contrib.admin"]}, "An app for builders"),
        ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": None}, "A request may be of any size"),
    ],
)
def test_a_setting_that_was_changed_in_the_file_is_refused_in_one_sentence(start_with, changed, said):
    assert start_with(changed) == [sentence(said)]


def test_a_request_outside_of_a_transaction_is_refused(start_with):
    databases = {"default": {"USER": "cms_web", "NAME": "table", "HOST": "", "ATOMIC_REQUESTS": False}, "owner": {}}

    assert start_with({"DATABASES": databases}) == [sentence("A request does not run")]


def test_each_refusal_has_a_test(start_with):
    """Every sentence stands in one of the lists above: a new one without its broken setting is noticed here."""
    said = Path(__file__).read_text()

    assert [each.sentence for each in checks.UNSAFE if not any(part in said for part in beginnings(each.sentence))] == []


def beginnings(words):
    return [f'"{words[:length]}"' for length in range(8, len(words))]


@pytest.mark.parametrize("guide", ["docs/administrators.md", "docs/fr/administration.md"])
def test_the_guide_lists_every_refusal(guide):
    said = (HOUSE / guide).read_text()
    rows = [line for line in said.splitlines() if line.startswith("| table.E")]

    numbers = [row.split("|")[1].strip() for row in rows]
    assert numbers == [f"table.E{number:03}" for number in range(1, len(checks.UNSAFE) + 1)]
    if guide.startswith("docs/adm"):
        assert [row.split("|")[2].strip() for row in rows] == [each.sentence for each in checks.UNSAFE]


def run(*words, **given):
    surroundings = {name: value for name, value in os.environ.items() if name not in READ.split()}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=HOUSE, env=surroundings | SAFE | given, capture_output=True, text=True, timeout=120, check=False)


def test_the_check_that_make_check_runs_accepts_safe_settings_and_refuses_unsafe_ones(tmp_path):
    deploy = ("check", "--deploy", "--fail-level", "WARNING")

    safe, unsafe = run(*deploy, TABLE_VAR=str(tmp_path)), run(*deploy, TABLE_VAR=str(tmp_path), PROXIES="0")

    assert (safe.returncode, unsafe.returncode, sentence("PROXIES is not") in unsafe.stderr) == (0, 1, True)


def test_the_server_does_not_open_and_says_every_sentence_and_nothing_else(tmp_path):
    refused = run("serve", TABLE_VAR=str(tmp_path), PROXIES="0", MAIL_FROM="table@localhost")

    said = [sentence("PROXIES is not"), sentence("MAIL_FROM is")]
    assert (refused.returncode, refused.stderr.splitlines(), refused.stdout) == (1, said, "")


def test_whoever_serves_a_bare_clone_has_its_french(tmp_path):
    text = tmp_path / "locale" / "fr_CA" / "LC_MESSAGES" / "django.po"
    text.parent.mkdir(parents=True)
    text.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Start"\nmsgstr "Accueil"\n')

    compile_languages(tmp_path)

    assert polib.mofile(str(text.with_suffix(".mo"))).find("Start").msgstr == "Accueil"
    assert bootstrap.stale_languages(tmp_path) == []
