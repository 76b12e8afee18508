"""A short season, played once for all tests of a file, and forgotten afterwards."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction

from practice import players
from practice.town import MAIN_TABLE, SISTER_TABLE

NOW = datetime(2026, 3, 18, 14, tzinfo=UTC)  # a Wednesday morning at the table; the clocks changed ten days ago
# Words are kept for ten days instead of thirty, so that four weeks see everything happen.
TOWN = {replace(MAIN_TABLE, retention_days=10): 200, SISTER_TABLE: 60}


@pytest.fixture(scope="module")
def played(request, django_db_setup, django_db_blocker):
    """The season in the tests' database, of the file's own number of WEEKS; in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        players.play(password="practice-canoe-kettle-12", seed=177, weeks=request.module.WEEKS, now=NOW, town=TOWN)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def season(played, db):
    """The played season; a test's own changes are undone."""
