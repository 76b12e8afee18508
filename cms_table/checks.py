"""With which settings the table does not open in production, each said in one sentence that says what to do.

``manage.py check --deploy`` asks for them, and so does every start in production (``serve``). What is missing altogether is refused
earlier, where the settings are read. The administrators' guide lists the same sentences.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Critical, Tags, register, run_checks
from django.core.checks.messages import WARNING

# None of these stands in a random key but once in many millions; three x in a row would, once in four hundred.
EXAMPLES = ("changeme", "change-me", "django-insecure", "example", "password", "secret", "your-", "xxxxxx", "...")
ON_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
# In this order: nothing that could answer stands before the headers, and who asks is known before what they may do.
GUARDS = [
    "cms_table.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms_table.headers.FromElsewhereMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cms_table.middleware.PresenceMiddleware",
    "cms_table.middleware.ActorMiddleware",
    "cms_table.middleware.SecondFactorMiddleware",
    "cms_table.middleware.StandingMiddleware",
    "cms_table.middleware.ActMiddleware",
]


@dataclass(frozen=True)
class Refusal:
    """One unsafe setting: how it is recognised, and what its administrator reads."""

    sentence: str
    is_unsafe: Callable[[Any], object]


def _is_remote(host: str) -> bool:
    return host not in ON_THIS_MACHINE and not host.startswith("/")


def _looks_like_an_example(secret: str) -> bool:
    return any(word in secret.lower() for word in EXAMPLES) or len(set(secret)) < 10


def _sources_of(s) -> Iterator[str]:
    for directive, sources in s.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        if directive.endswith("-src"):
            yield from sources


def _is_loose(s) -> bool:
    policy = getattr(s, "CONTENT_SECURITY_POLICY", None)
    if not policy or policy["DIRECTIVES"].get("default-src") != ["'none'"] or policy.get("EXCLUDE_URL_PREFIXES"):
        return True
    return not set(_sources_of(s)) <= {"'none'", "'self'", "data:"} or "data:" in policy["DIRECTIVES"].get("script-src", [])


def _lacks_a_guard(s) -> bool:
    return [each for each in s.MIDDLEWARE if each in GUARDS] != GUARDS


def _keeps_no_distance(s) -> bool:
    """Whether the keys lie where they are served, or beside the database that they lock."""
    keys, var = Path(s.SEALING_KEYS).resolve(), Path(s.VAR).resolve()
    open_places = [Path(s.BASE_DIR) / "static", Path(s.BASE_DIR) / "templates", *([Path(s.STATIC_ROOT)] if s.STATIC_ROOT else [])]
    is_embedded = "embedded" in s.DATABASES["default"].get("OPTIONS", {})
    return any(keys.is_relative_to(place.resolve()) for place in [*open_places, *([var] if is_embedded else [var / "postgres"])])


def _is_open_to_others(folder) -> bool:
    return Path(folder).exists() and bool(Path(folder).stat().st_mode & 0o077)


def _logs_values(s) -> bool:
    formatters = {name for name, formatter in s.LOGGING["formatters"].items() if formatter.get("()") == "cms_table.logs.WithoutValues"}
    handlers = s.LOGGING["handlers"].values()
    loud = [name for name, logger in s.LOGGING["loggers"].items() if logger.get("level") == "DEBUG"]
    return any(handler.get("formatter") not in formatters or "Email" in handler["class"] for handler in handlers) or bool(loud)


def _opens_templates(s) -> bool:
    options = [each["OPTIONS"] for each in s.TEMPLATES]
    return any(
        each.get("autoescape") is False or each.get("debug") or "django.template.context_processors.debug" in each["context_processors"]
        for each in options
    )


def _keeps_a_door_of_the_builders(s) -> bool:
    return any(app.startswith(("django.contrib.admin", "debug_toolbar", "silk", "django_extensions")) for app in s.INSTALLED_APPS)


def _least_length(s) -> int:
    lengths = [each.get("OPTIONS", {}).get("min_length", 8) for each in s.AUTH_PASSWORD_VALIDATORS if "MinimumLength" in each["NAME"]]
    return max(lengths, default=0)


def _has_a_poor_password(s) -> bool:
    web = s.DATABASES["default"]
    if not _is_remote(web.get("HOST", "")):
        return False
    return len(web.get("PASSWORD") or "") < 16 or _looks_like_an_example(web["PASSWORD"])


UNSAFE = [
    # Secrets
    Refusal("SECRET_KEY is short: make it at least 50 random characters.", lambda s: len(s.SECRET_KEY) < 50),
    Refusal("SECRET_KEY looks like an example: make a random one.", lambda s: _looks_like_an_example(s.SECRET_KEY)),
    Refusal("RELEASE_SECRET looks like an example: make a random one.", lambda s: _looks_like_an_example(s.RELEASE_SECRET)),
    Refusal("SECRET_KEY and RELEASE_SECRET are the same: make each its own.", lambda s: s.SECRET_KEY == s.RELEASE_SECRET),
    Refusal(
        "SEALING_KEYS lies beside the database or among the files that are served: name a folder elsewhere, with a backup of its own.",
        _keeps_no_distance,
    ),
    Refusal(
        "Others on this machine can open the folder of SEALING_KEYS: take their rights to it (chmod 700).",
        lambda s: _is_open_to_others(s.SEALING_KEYS),
    ),
    # Addresses
    Refusal("ALLOWED_HOSTS is empty: name the host under which the table is reached.", lambda s: not s.ALLOWED_HOSTS),
    Refusal(
        "ALLOWED_HOSTS lets in any host: name each one in full, without * and without a dot before it.",
        lambda s: any("*" in host or host.startswith(".") for host in s.ALLOWED_HOSTS),
    ),
    Refusal("SITE_ADDRESS does not begin with https: mails would lead past TLS.", lambda s: urlsplit(s.SITE_ADDRESS).scheme != "https"),
    Refusal(
        "SITE_ADDRESS holds more than a host and a port: write it like https://table.example.",
        lambda s: urlsplit(s.SITE_ADDRESS).path or urlsplit(s.SITE_ADDRESS).query or urlsplit(s.SITE_ADDRESS).username,
    ),
    Refusal(
        "The host of SITE_ADDRESS is not among ALLOWED_HOSTS: add it, or correct one of the two.",
        lambda s: urlsplit(s.SITE_ADDRESS).hostname not in s.ALLOWED_HOSTS,
    ),
    Refusal(
        "PROXIES is not between 1 and 5: say how many proxies stand before the table; the nearest one brings TLS.",
        lambda s: not 1 <= s.ALLAUTH_TRUSTED_PROXY_COUNT <= 5,
    ),
    # The database
    Refusal("DATABASE_URL signs in as another role than cms_web: correct it.", lambda s: s.DATABASES["default"]["USER"] != "cms_web"),
    Refusal(
        "DATABASE_URL reaches another machine without a checked certificate: add ?sslmode=verify-full to it.",
        lambda s: _is_remote(s.DATABASES["default"].get("HOST", ""))
        and s.DATABASES["default"].get("OPTIONS", {}).get("sslmode") != "verify-full",
    ),
    Refusal("The password in DATABASE_URL is missing, short or an example: make a random one of 16 characters.", _has_a_poor_password),
    Refusal(
        "DATABASE_OWNER_URL has the password of DATABASE_URL: whoever has the web's could then change the walls; make it another.",
        lambda s: s.DATABASE_OWNER_URL
        and s.DATABASES["owner"].get("PASSWORD")
        and s.DATABASES["owner"]["PASSWORD"] == s.DATABASES["default"].get("PASSWORD"),
    ),
    Refusal(
        "DATABASE_ADMIN_URL is still set: unset it once the database is prepared.",
        lambda s: os.environ.get("DATABASE_ADMIN_URL"),
    ),
    Refusal(
        "The database is named like one for practice or tests: name another in DATABASE_URL or TABLE_DATABASE.",
        lambda s: str(s.DATABASES["default"]["NAME"]).startswith(("practice", "test_")),
    ),
    Refusal(
        "A request does not run in one transaction (ATOMIC_REQUESTS): the second wall would not know who asks.",
        lambda s: not s.DATABASES["default"]["ATOMIC_REQUESTS"],
    ),
    # Mail
    Refusal(
        "EMAIL_URL sends no mail: name the server by which invitations and reminders leave.",
        lambda s: s.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend",
    ),
    Refusal(
        "EMAIL_URL sends mail without TLS: write it as smtp+tls:// or smtp+ssl://.",
        lambda s: s.EMAIL_BACKEND.endswith("smtp.EmailBackend")
        and _is_remote(s.EMAIL_HOST or "")
        and not (getattr(s, "EMAIL_USE_TLS", False) or getattr(s, "EMAIL_USE_SSL", False)),
    ),
    Refusal(
        "MAIL_FROM is no address to which an answer could come: set it.", lambda s: s.DEFAULT_FROM_EMAIL.strip("<>").endswith("@localhost")
    ),
    # People and sessions
    Refusal("IDLE_MINUTES or IDLE_MINUTES_IN_A_MEETING is not between 1 and 30: choose times in that span.",
        lambda s: not 60 <= s.IDLE_SECONDS <= s.IDLE_SECONDS_IN_A_MEETING <= 30 * 60),
    Refusal(
        "PRACTICE_PASSWORD is set: it opens every practice sign-in, and has no place in production.",
        lambda s: os.environ.get("PRACTICE_PASSWORD"),
    ),
    Refusal("A sign-in can last longer than ten hours (SESSION_LONGEST): shorten it.", lambda s: s.SESSION_LONGEST > 10 * 60 * 60),
    Refusal(
        "Sessions are not kept in the database (SESSION_ENGINE): ending a membership would not end them.",
        lambda s: s.SESSION_ENGINE != "agencies.sessions",
    ),
    Refusal(
        "Sessions are written as programs (SESSION_SERIALIZER): keep Django's own way, JSON.",
        lambda s: getattr(s, "SESSION_SERIALIZER", "JSONSerializer").rpartition(".")[2] != "JSONSerializer",
    ),
    Refusal(
        "A cookie may travel without TLS, or be read by a script: keep SESSION_ and CSRF_COOKIE_SECURE and _HTTPONLY.",
        lambda s: not (s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY),
    ),
    Refusal(
        "A cookie could be set by a neighbouring host: keep the names that begin with __Host-.",
        lambda s: not all(
            name.startswith("__Host-")
            for name in (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.DEVICE_COOKIE_NAME)
        )
        or getattr(s, "SESSION_COOKIE_DOMAIN", None)
        or getattr(s, "CSRF_COOKIE_DOMAIN", None),
    ),
    Refusal(
        "Passwords are not hashed with Argon2 first (PASSWORD_HASHERS): put it first again.",
        lambda s: s.PASSWORD_HASHERS[0] != "django.contrib.auth.hashers.Argon2PasswordHasher",
    ),
    Refusal("A password may be shorter than 15 characters (AUTH_PASSWORD_VALIDATORS): ask for 15.", lambda s: _least_length(s) < 15),
    Refusal(
        "Nobody counts wrong passwords (ACCOUNT_RATE_LIMITS): keep a limit for login_failed by account.",
        lambda s: "/key" not in (s.ACCOUNT_RATE_LIMITS or {}).get("login_failed", ""),
    ),
    Refusal(
        "The counters of the door are not shared by all processes (CACHES): keep them in the database.",
        lambda s: s.CACHES["default"]["BACKEND"] != "django.core.cache.backends.db.DatabaseCache",
    ),
    Refusal(
        "The door tells who has an account (ACCOUNT_PREVENT_ENUMERATION): switch that off.",
        lambda s: not s.ACCOUNT_PREVENT_ENUMERATION,
    ),
    Refusal(
        "A second factor can be left out (MFA_TRUST_ENABLED or MFA_TOTP_INSECURE_BYPASS_CODE): unset both.",
        lambda s: getattr(s, "MFA_TRUST_ENABLED", False) or getattr(s, "MFA_TOTP_INSECURE_BYPASS_CODE", None),
    ),
    Refusal("A code counts for longer than its half minute (MFA_TOTP_TOLERANCE): let it be 0.", lambda s: s.MFA_TOTP_TOLERANCE != 0),
    # What the pages say, and to whom
    Refusal("DEBUG is on: error pages would show the inside; switch it off.", lambda s: s.DEBUG),
    Refusal(
        "A part of the guard is missing or out of its place (MIDDLEWARE): put the list back as it was shipped.", _lacks_a_guard
    ),
    Refusal("Pages may load or run what is not the table's (CONTENT_SECURITY_POLICY): put it back as it was shipped.", _is_loose),
    Refusal(
        "Pages are also served without TLS (SECURE_SSL_REDIRECT, SECURE_HSTS_SECONDS): keep the redirect and a year of HSTS.",
        lambda s: not s.SECURE_SSL_REDIRECT or s.SECURE_HSTS_SECONDS < 31_536_000 or not s.SECURE_HSTS_INCLUDE_SUBDOMAINS,
    ),
    Refusal("Templates show what they should escape or explain (TEMPLATES): put them back as they were shipped.", _opens_templates),
    Refusal("The log could hold what was typed (LOGGING): let every part of it write through WithoutValues.", _logs_values),
    Refusal(
        "Faults would be mailed with what was typed (ADMINS, MANAGERS): leave both empty.",
        lambda s: getattr(s, "ADMINS", []) or getattr(s, "MANAGERS", []),
    ),
    Refusal(
        "An app for builders or an admin site is installed (INSTALLED_APPS): it knows no filters; take it out.",
        _keeps_a_door_of_the_builders,
    ),
    Refusal(
        "A request may be of any size (DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS): keep both limits.",
        lambda s: getattr(s, "DATA_UPLOAD_MAX_MEMORY_SIZE", 0) is None or getattr(s, "DATA_UPLOAD_MAX_NUMBER_FIELDS", 0) is None,
    ),
]  # fmt: skip


def unsafe(s) -> list[str]:
    """The sentences for what is unsafe among the settings ``s``; none when the table may open in production."""
    return [refusal.sentence for refusal in UNSAFE if refusal.is_unsafe(s)]


@register(Tags.security, deploy=True)
def settings_of_production(app_configs, **options) -> list[Critical]:
    """Ours beside Django's own; each sentence is an error that stops the start."""
    numbers = {refusal.sentence: number for number, refusal in enumerate(UNSAFE, start=1)}
    return [Critical(sentence, id=f"table.E{numbers[sentence]:03}") for sentence in unsafe(settings)]


def obstacles_of_production() -> list[str]:
    """All that keeps the table from opening in production, ours first and then what Django's own checks add."""
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return [each.msg.splitlines()[0] for each in sorted(found, key=lambda each: not each.id.startswith("table.")) if each.level >= WARNING]
