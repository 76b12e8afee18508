"""A situation's stages, played once for the tests that follow one another there, and taken back before the next.

A test that asks for ``response`` waits for half a second of meeting before its first line. So what conftest's fixtures play is kept
in a transaction of its own while tests ask for the same; each test goes on from there in a savepoint, and leaves nothing.
"""

import time
from contextlib import ExitStack

from django.conf import settings
from django.db import transaction
from django.utils import translation

from agencies.actor import for_the_table
from meetings.models import AgendaItem, Meeting
from responses.models import Response
from situations.models import Situation
from tests import cast

LASTS = 60  # seconds: what was played "just now" is not older than that
BUILT = {
    "draft": lambda _given: cast.a_draft(cast.the_table(), by=cast.the("originator")),
    "submitted": lambda _given: cast.a_submitted(cast.the_table(), by=cast.the("originator")),
    "meeting": lambda _given: cast.an_open_meeting(cast.the_table(), by=cast.the("chair")),
    "item": lambda given: cast.the_item_of(given["submitted"], given["meeting"], by=cast.the("chair")),
    "accepted_item": lambda given: cast.accepted(given["item"], by=cast.the("chair")),
    "response": lambda given: cast.a_response_to(given["accepted_item"], by=cast.the("chair")),
}
RESTS_ON = {"item": {"submitted", "meeting"}, "accepted_item": {"item"}, "response": {"accepted_item"}}
KEPT = {
    "draft": Situation.objects.select_related("table"),
    "submitted": Situation.objects.select_related("table"),
    "meeting": Meeting.objects.select_related("table"),
    "item": AgendaItem.objects.select_related("meeting__table", "situation__table"),
    "accepted_item": AgendaItem.objects.select_related("meeting__table", "situation__table"),
    "response": Response.objects.select_related("situation__table", "table"),
}


class Stages:
    """What stands before a test begins: ``{name: key}`` in the order in which it was played."""

    def __init__(self):
        self.blocker = None
        self.standing: dict[str, object] = {}
        self.ways_back: list[ExitStack] = []
        self.began = 0.0

    def go_to(self, wanted: list[str]) -> None:
        """Take back what the next test does not ask for, and play what it asks for; its database has been made before."""
        with self.blocker.unblock():
            if time.monotonic() - self.began > LASTS:
                self.take_back(0)
            same = 0
            for played, asked in zip(self.standing, wanted, strict=False):
                if played != asked:
                    break
                same += 1
            self.take_back(same)
            for name in wanted[same:]:
                self.play(name)

    def play(self, name) -> None:
        if not self.ways_back:
            self.began = time.monotonic()
        way_back = ExitStack()
        way_back.enter_context(transaction.atomic())
        way_back.callback(transaction.set_rollback, True)
        with translation.override(settings.LANGUAGE_CODE), for_the_table("practice"), way_back:
            key = BUILT[name]({earlier: self.fetch(earlier) for earlier in self.standing}).pk
            self.ways_back.append(way_back.pop_all())  # what could not be played is taken back at once
        self.standing[name] = key

    def take_back(self, left: int) -> None:
        while len(self.ways_back) > left:
            self.standing.popitem()
            self.ways_back.pop().close()

    def fetch(self, name):
        return KEPT[name].get(pk=self.standing[name])

    def of(self, name, **given):
        """One of them, fetched afresh; played now where no test could say before that it would ask for it."""
        return self.fetch(name) if name in self.standing else BUILT[name](given)


stages = Stages()


def asked_by(test) -> list[str]:
    """The stages that a test asks for, in their order, by fixtures of that name which are ours."""
    found = None if test.get_closest_marker("own_stages") else getattr(test, "_fixtureinfo", None)
    defined = {name: found.name2fixturedefs.get(name) for name in BUILT if name in found.names_closure} if found else {}
    ours = [name for name, those in defined.items() if those and those[-1].func.__module__ == "tests.conftest"]
    return ours if all(RESTS_ON.get(name, set()) <= set(ours) for name in ours) else []


def pytest_runtest_setup(item):
    """Before a test's own transaction begins; one that asks for no stage may look from another connection, and finds nothing held."""
    if stages.blocker is not None:
        stages.go_to(asked_by(item))


def is_of_the_database(test) -> bool:
    return "db" in getattr(test, "fixturenames", ()) or test.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(items):
    """Within a file, tests that ask for the same stage follow one another; those that ask for no database, browsers' too, come last."""
    groups = [(not is_of_the_database(item), item.nodeid.split("::")[0]) for item in items]
    first = {group: number for number, group in reversed(list(enumerate(groups)))}
    order = {item.nodeid: (group[0], first[group], asked_by(item)) for item, group in zip(items, groups, strict=True)}
    items.sort(key=lambda item: order[item.nodeid])
