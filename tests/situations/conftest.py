"""A situation at the sister table, where names are written under seal."""

import pytest

from situations import lifecycle
from tests import cast

WHO = {"name": "Wilhelmina Wren", "born": "spring of 1979", "address": "7 Juniper Lane"}
PLAN = "Go to the back door, she is afraid of the front one."


@pytest.fixture
def sealed_item(sealed_table, originator, chair):
    """Accepted at the sister table, before those in the room: Filter 3. Nothing is written yet."""
    situation = cast.a_submitted(sealed_table, by=originator)
    return cast.accepted(cast.the_item_of(situation, cast.an_open_meeting(sealed_table, by=chair), by=chair), by=chair)


@pytest.fixture
def named_item(sealed_item, originator):
    """The same, and the originator has written who it is."""
    lifecycle.write_identifiers(sealed_item.situation, **WHO, by=originator)
    return sealed_item


@pytest.fixture
def sealed_response(named_item, chair):
    """The same, with its response recorded and the item closed: Filter 4."""
    return cast.a_response_to(named_item, by=chair)
