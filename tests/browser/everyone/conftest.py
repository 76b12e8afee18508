"""Pages are gathered beside the browser: its event loop and the database’s rows do not meet in one thread."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from django.db import connections, transaction


@pytest.fixture(scope="session")
def in_the_house(request, django_db_blocker):
    """Do something in the database of the tests, and leave nothing behind: ``in_the_house(gather, client_of, language="fr-ca")``.

    Such a test asks for no other fixture of the database, so that it runs after those that do, which open no browser.
    """

    # The database is set up when one of the tests says that it needs it; these must not say so, or they would get it in their own thread.
    first, needs_it = request.session.items[0], pytest.mark.django_db.mark
    first.own_markers.append(needs_it)
    request.getfixturevalue("django_db_setup")
    first.own_markers.remove(needs_it)

    def within(work, *given, **named):
        try:
            with transaction.atomic():
                done = work(*given, **named)
                transaction.set_rollback(True)
            return done
        finally:
            connections.close_all()

    def gathered(work, *given, **named):
        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
            # Who asks is a matter of the context (tests/conftest.py: the town is played), which a thread does not have by itself.
            return thread.submit(copy_context().run, within, work, *given, **named).result()

    return gathered


@pytest.fixture(scope="session", autouse=True)
def _the_house_stands_before_a_browser_opens(in_the_house):
    """A browser that is open already would not let the database be set up; alone, these tests may begin with one."""
