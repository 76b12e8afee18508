"""The sentence at the head of an agency's first page."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from agencies import clock
from meetings.views.start import _how_much

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def owed(hours, state="wait"):
    return SimpleNamespace(due_at=NOW + timedelta(hours=hours), due=SimpleNamespace(state=state))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], ""),
        ([owed(50)], "One thing is owed. It is due by Thursday, November 26."),
        ([owed(-2, "owed")], "One thing is owed. Its time has passed."),
        ([owed(50), owed(90)], "2 things are owed. The first is due by Thursday, November 26."),
        ([owed(-2, "owed"), owed(50)], "2 things are owed. The time of one has passed."),
        ([owed(-9, "owed"), owed(-2, "owed"), owed(50)], "3 things are owed. The time of 2 has passed."),
        ([owed(-1, "here")], "One thing is owed. It is due by Tuesday, November 24."),
    ],
)
def test_what_is_owed_is_said_in_a_sentence(rows, sentence, db):
    with clock.moved_to(NOW):
        assert _how_much(rows, zone=ZoneInfo("America/Toronto")) == sentence
