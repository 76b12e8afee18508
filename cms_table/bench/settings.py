"""The settings of the bench's floor: Django's own middleware, its own templates, one page; over the table's own database."""

from cms_table.database.embedded import PORT as SOCKET
from cms_table.database.embedded import EmbeddedServer
from cms_table.settings import *  # noqa: F403
from cms_table.settings import BASE_DIR, DATABASE_NAME, VAR
from cms_table.settings import INSTALLED_APPS as OF_THE_TABLE

ROOT_URLCONF = "cms_table.bench.floor"
INSTALLED_APPS = [app for app in OF_THE_TABLE if app != "allauth.account"]  # it insists on middleware of its own
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms_table" / "bench"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE_NAME,
        "USER": "cms_web",
        "HOST": str(EmbeddedServer(VAR / "postgres").socket_folder),
        "PORT": SOCKET,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c app.work=bench"},  # the floor stands before the second wall: what the wall costs is the pages' own
    }
}
