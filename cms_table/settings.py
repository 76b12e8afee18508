"""Everything that differs between one installation and another, read from the environment.

Small loud readers: what is missing in production stops the start with one sentence.
Nothing here starts a server or opens a connection, so that checks and compilers need neither.
"""

import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cms_table import openid
from cms_table.components import LIBRARIES

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(environ.Env().str("TABLE_VAR", default=str(BASE_DIR / "var")))
env = environ.Env()


def kept_secret(name: str) -> str:
    """A secret from the environment, or, outside production, one made once and kept in ``var/``."""
    value = env.str(name, default="")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: put a long random value into the environment.")
    kept = VAR / name.lower()
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


# 1. What kind of installation this is ---------------------------------------------------------------------
PRODUCTION = env.bool("PRODUCTION", default=False)
PRACTICE = env.bool("PRACTICE", default=not PRODUCTION)
if PRODUCTION and PRACTICE:
    raise ImproperlyConfigured("PRACTICE and PRODUCTION are both set. A practice table never stands in production: unset one.")
DEBUG = False
SECRET_KEY = kept_secret("SECRET_KEY")
# The rounding of published numbers is drawn with it; a new one would draw them all anew. It is never changed.
RELEASE_SECRET = kept_secret("RELEASE_SECRET")
if len(RELEASE_SECRET) < 32:
    raise ImproperlyConfigured("RELEASE_SECRET is too short. Make it at least 32 random characters.")
PORT = env.int("PORT", default=8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "testserver"])
SITE_ADDRESS = env.str("SITE_ADDRESS", default=f"http://localhost:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

# 2. The house ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "agencies",
    "situations",
    "responses",
    "meetings",
    "reports",
    "practice",
    "cms_table",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tables2",
    "django_filters",
    "pgtrigger",
]

MIDDLEWARE = [
    # What is said to every browser, on every answer: nothing that could answer stands before these.
    "cms_table.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms_table.middleware.UnreachableDatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cms_table.headers.FromElsewhereMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms_table.keeping.TypedWordsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms_table.middleware.PresenceMiddleware",
    "cms_table.middleware.ActorMiddleware",
    "cms_table.middleware.OtherLanguageMiddleware",
    "cms_table.middleware.SecondFactorMiddleware",
    "cms_table.middleware.StandingMiddleware",
    "cms_table.middleware.ActMiddleware",
]

ROOT_URLCONF = "cms_table.urls"
WSGI_APPLICATION = "cms_table.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms_table.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", *LIBRARIES],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# 3. Postgres: DATABASE_URL, or a server of the table's own, started at the first connection ------------------
# The web connects as ``cms_web``, which owns nothing; ``owner`` migrates and is not for requests.
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_NAME = env.str("TABLE_DATABASE", default="practice" if PRACTICE else "table")


def database(role: str, url: str) -> dict:
    """The settings of one connection: a given server's by ``url``, otherwise the embedded one's as ``role``."""
    if url and not re.match("(postgres|postgresql|psql|pgsql)://", url):  # what was given is not repeated: it may hold a password
        variable = "DATABASE_URL" if url == DATABASE_URL else "DATABASE_OWNER_URL"
        raise ImproperlyConfigured(
            f"{variable} is not the address of a Postgres database. Write it as postgres://role:password@host/database."
        )
    if url:
        given = environ.Env.db_url_config(url)
    else:
        given = {"NAME": DATABASE_NAME, "USER": role, "HOST": "", "PORT": "", "OPTIONS": {"embedded": str(VAR / "postgres")}}
    return given | {
        "ENGINE": "cms_table.database",
        "ATOMIC_REQUESTS": role == "cms_web",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {
    "default": database("cms_web", DATABASE_URL),
    # Tests sit as the web at a database that the owner made: one database, two roles.
    "owner": database("cms_owner", DATABASE_OWNER_URL or DATABASE_URL) | {"TEST": {"MIRROR": "default"}},
}

# 4. People and sessions -------------------------------------------------------------------------------------
FIRST_PERSON = env.str("FIRST_PERSON", default="")  # with what address a real table's first person signs in
if FIRST_PERSON and not re.fullmatch(r"[^@\s]+@[^@\s]+", FIRST_PERSON):
    raise ImproperlyConfigured("FIRST_PERSON is not an e-mail address. Write it like name@agency.ca.")
AUTH_USER_MODEL = "agencies.Member"
AUTHENTICATION_BACKENDS = ["cms_table.accounts.WithAgency"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},  # 20 000 of those that breaches brought to light
    {"NAME": "agencies.passwords.NotMadeOfKnownWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "cms_table.accounts.ByInvitationOnly"
ACCOUNT_FORMS = {
    "login": "cms_table.sign_in.SignInForm",
    "reset_password": "cms_table.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "cms_table.sign_in.PasswordByMailForm",
    "change_password": "cms_table.sign_in.NewPasswordForm",
    "set_password": "cms_table.sign_in.FirstPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by opening the invitation sent to it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # whoever has no account gets no mail; the page says the same to both
# A whole room signs in behind one address at five to nine, some with a wrong password first; one account is still guarded.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "calendar": "300/m/ip,20/m/key",  # the calendar programmes of a whole agency
    "wall": "20/5m/ip",  # codes typed at walls
    "typed": "3000/m/ip",  # a room of fifty that types behind one address asks 600 times a minute
}
# What one member does is counted for that member, at whatever address they sit (agencies/limits.py).
LIMITS = {
    "export": "20/h/user",
    "search": "60/m/user",
}
# Agencies' own sign-in, by OpenID Connect: off while nothing is named (cms_table/openid.py, docs/administrators.md).
try:
    AGENCY_SIGN_INS = openid.read(env.str("AGENCY_SIGN_INS", default=""), is_production=PRODUCTION)
except openid.Malformed as malformed:
    raise ImproperlyConfigured(str(malformed)) from None
# A second factor for everyone (docs/decisions/0023; SecondFactorMiddleware asks for it, the library only offers it).
MFA_ADAPTER = "cms_table.factors.SealedFactors"
MFA_FORMS = {
    "activate_totp": "cms_table.factors.PhoneForm",
    "add_webauthn": "cms_table.factors.PasskeyForm",
    "authenticate": "cms_table.factors.CodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # a room with passkeys behind one address, like "login"
# A code counts in its own half minute. Where the table itself says the code, a newcomer reads the page first, and comes in more
# than once in a half minute: there several codes count, each once.
MFA_TOTP_TOLERANCE = 10 if PRACTICE else 0
# Whose address a request comes from: the connection's own, or, behind this many proxies, the one that the outermost of them
# wrote into X-Forwarded-For. Without a proxy anybody could write that header, so it is not read.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1 if PRODUCTION else 0)
# In production the names bind the cookies to this one host and to the safe line (RFC 6265bis); browsers refuse them elsewhere.
COOKIES = "__Host-" if PRODUCTION else "table_"
SESSION_COOKIE_NAME = f"{COOKIES}session"
DEVICE_COOKIE_NAME = f"{COOKIES}device"
WALL_COOKIE_NAME = f"{COOKIES}wall"  # of a computer on which nobody is signed in, and which shows one meeting's wall
SESSION_ENGINE = "agencies.sessions"  # Django's own in the database, which know their member
IDLE_SECONDS = env.int("IDLE_MINUTES", default=15) * 60  # after which a page closes itself (static/js/table.js)
# Whoever is checked in at a meeting under way, chairs it or records it listens for longer than that.
IDLE_SECONDS_IN_A_MEETING = max(env.int("IDLE_MINUTES_IN_A_MEETING", default=30) * 60, IDLE_SECONDS)
SESSION_LONGEST = 10 * 60 * 60
TYPED_WORDS_LAST = 12 * 60 * 60  # seconds in which what was typed and not sent can be opened again, by who typed it
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Room for the counters of a flood of sign-in tries: with the usual 300 rows it would push its own counters out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "agencies_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# 5. The browser's rules -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],  # what a page needs is named; no page needs a nonce, since none holds a script or a style
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Bootstrap's own arrows and ticks
        "connect-src": ["'self'"],
        "form-action": ["'self'", *(origin for provider in AGENCY_SIGN_INS for origin in provider.origins)],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["table"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" a form would come with the origin "null", which is refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
CSRF_FAILURE_VIEW = "cms_table.errors.stale_form"
CSRF_COOKIE_NAME = f"{COOKIES}guard"
CSRF_COOKIE_HTTPONLY = True  # no script reads it: each form holds its own
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what a page says once is not left in the browser

# 6. Languages and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-ca"
LANGUAGE_COOKIE_NAME = "__Host-language" if PRODUCTION else "django_language"
LANGUAGES = [("en-ca", _("English")), ("fr-ca", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cms_table.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"  # each table has its own zone; this one is for pages without a table

# 7. Files, mail, forms, keys --------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static" if PRODUCTION else None  # elsewhere each page's parts are read where they lie
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
EMAIL_URL = env.str("EMAIL_URL", default="consolemail://")
if PRACTICE and EMAIL_URL.split("://")[0] not in ("consolemail", "filemail", "memorymail", "dummymail"):
    raise ImproperlyConfigured("No mail leaves a practice table: unset EMAIL_URL, or set PRACTICE=0.")
vars().update(environ.Env.email_url_config(EMAIL_URL))
if PRACTICE and "EMAIL_URL" not in env.ENVIRON:  # on the console they would bury what it says
    EMAIL_BACKEND = "practice.letters.LetterBox"
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="table@localhost")
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
SEALING_KEYS = Path(env.str("SEALING_KEYS", default=str(VAR / "keys")))  # the wrapping keys: outside the database, always

# 8. Logs say which page and how long, never a value ----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "cms_table.logs.WithoutValues", "format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
