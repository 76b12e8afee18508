"""The fixed cast, named for the part each plays, and the ways in which a test acts as one of them."""

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from django.utils import translation

from agencies import clock, vocabulary
from agencies.actor import for_the_table
from agencies.models import Member, SituationTable
from cms_table.presence import roles_mark
from practice.proof import crawl
from tests import cast
from tests.register import pytest_runtest_logreport, pytest_sessionfinish  # noqa: F401  a whole run is held against the register
from tests.stages import pytest_collection_modifyitems, pytest_runtest_setup, stages  # noqa: F401


@pytest.fixture(scope="session", autouse=True)
def _keys_of_the_tests(tmp_path_factory):
    django_settings.SEALING_KEYS = tmp_path_factory.mktemp("keys")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 costs 100 ms by design
    django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(scope="session", autouse=True)
def _the_town_is_played():
    """Tests arrange what the table did as one who plays a town; a page asks as the member who opens it, behind both walls."""
    with for_the_table("practice"):
        yield


@pytest.fixture(autouse=True)
def _in_english():
    """A browser that read French leaves French behind in its process; each test begins in the language of its sentences."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _keys_of_the_tests):
    """The database of the tests: migrated by the owner, with the vocabularies, a movable clock and the cast at the table."""
    with django_db_blocker.unblock():
        with connections["owner"].cursor() as cursor:
            cursor.execute("INSERT INTO agencies_practiceclock (id, seconds) VALUES (1, 0)")
        connections["owner"].close()
        vocabulary.load()
        cast.seat_everyone()
    stages.blocker = django_db_blocker
    yield
    with django_db_blocker.unblock():
        stages.take_back(0)


@pytest.fixture
def table(db):
    """The table at which the cast sits; names are spoken there."""
    return SituationTable.objects.get(name_en=cast.TABLE)


@pytest.fixture
def sealed_table(db):
    """The sister table, where names are written under seal; the same cast sits there."""
    return SituationTable.objects.get(name_en=cast.SEALED_TABLE)


def _part(name):
    @pytest.fixture(name=name)
    def part(db):
        return Member.objects.get(email=f"{name}@table.example")

    return part


for _name in cast.PARTS:
    globals()[_name] = _part(_name)


def browser_of(member, language="en-ca", at=None):
    """A browser in which a member is signed in, at the table where names are spoken or ``at`` another."""
    mark = roles_mark(Member.objects.get(pk=member.pk))
    return crawl.signed_in(Client(), member, table=at or cast.the_table(), language=language, roles=mark)


@pytest.fixture
def client_of(db):
    """A browser in which a member is signed in: ``client_of(member)``, in French with ``language="fr-ca"``.

    The cast sits at two tables; the browser is at the one where names are spoken, or ``at`` another.
    """
    return browser_of


@pytest.fixture
def at():
    """Move the table's clock, in Python and the database: ``with at(moment): ...``."""
    return clock.moved_to


@pytest.fixture
def later():
    """Let time pass: ``with later(hours=48): ...``."""
    return cast.later


@pytest.fixture
def draft(db):
    """A situation that its agency is still writing."""
    return stages.of("draft")


@pytest.fixture
def submitted(db):
    """A situation before the table's next meeting."""
    return stages.of("submitted")


@pytest.fixture
def meeting(db):
    """A meeting under way, with those of the cast who sit in the room."""
    return stages.of("meeting")


@pytest.fixture
def item(submitted, meeting):
    """The submitted situation, presented at the meeting: Filter 2."""
    return stages.of("item", submitted=submitted, meeting=meeting)


@pytest.fixture
def accepted_item(item):
    """The same, accepted: Filter 3."""
    return stages.of("accepted_item", item=item)


@pytest.fixture
def response(accepted_item):
    """The same, with its response recorded and the item closed: Filter 4."""
    return stages.of("response", accepted_item=accepted_item)
