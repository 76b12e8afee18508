"""Seat the cast in a house of its own: run as ``python -m tests.browser.seat`` with TABLE_VAR naming that house."""

import os

import django

PASSWORD = "birch bark and lake water"


def seat() -> None:
    """Migrate, load the vocabularies, seat the cast, give everyone the same password and the house a clock that moves."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)

    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from agencies.models import Member
    from tests import cast

    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO agencies_practiceclock (id, seconds) VALUES (1, 0) ON CONFLICT DO NOTHING")
    cast.seat_everyone()
    Member.objects.update(password=make_password(PASSWORD))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_table.settings")
    django.setup()
    seat()
