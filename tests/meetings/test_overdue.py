"""What is overdue: the most urgent first, and one kind of it where a line of the desk leads."""

from datetime import timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.urls import reverse

from agencies import clock
from meetings import lifecycle as meetings
from meetings.models import Meeting
from meetings.owed import overdue
from responses import lifecycle as responses
from responses.disclosure import due_chip
from tests import cast

TORONTO = ZoneInfo("America/Toronto")
KINDS = {"contacts": "contact", "steps": "step", "report_backs": "report_back", "follow_ups": "follow_up"}


def listed(client, kind=""):
    page = client.get(reverse("responses:overdue"), {"kind": kind})
    return [row.record.kind for row in page.context["table"].rows]


@pytest.fixture
def late(response, lead):
    """A response with a step that was due before its first contact, and neither was done."""
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)


def test_what_has_had_no_contact_stands_before_everything_else(client_of, coordinator, late, later):
    with later(hours=49):
        assert listed(client_of(coordinator)) == ["contact", "step"]


@pytest.mark.parametrize("kind", ["contact", "step"])
def test_the_list_is_narrowed_to_one_kind(client_of, coordinator, late, later, kind):
    with later(hours=49):
        assert listed(client_of(coordinator), kind=kind) == [kind]


def test_a_line_of_the_desk_leads_to_what_it_counts(client_of, coordinator, originator, table, late, later):
    cast.a_submitted(table, by=originator)
    with later(hours=49):
        client = client_of(coordinator)
        desk = client.get(reverse("start")).context["desk"]
        lines = {line.words: line.url for group in desk for line in group.lines}
        found = {words: len(client.get(url).context["table"].rows) for words, url in lines.items()}

    assert lines == {
        "1 situation waits to be heard": f"{reverse('situations:list')}?of=table&stage=submitted",
        "1 response is without contact after 48 hours": f"{reverse('responses:overdue')}?kind=contact",
        "Steps of 1 response are overdue": f"{reverse('responses:overdue')}?kind=step",
    }
    assert list(found.values()) == [1, 1, 1]


@pytest.mark.parametrize(
    ("hours", "words", "state"),
    [
        (-72, "by Friday, November 27", "wait"),
        (-2, "due today", "wait"),
        (2, "late: was due today", "owed"),
        (24, "late: was due Friday, November 27", "owed"),
    ],
)
def test_what_is_due_today_is_not_yet_past(hours, words, state):
    due_at = clock.now().replace(year=2026, month=11, day=27, hour=17, minute=0)

    chip = due_chip(due_at, zone=TORONTO, now=due_at + timedelta(hours=hours))

    assert chip == SimpleNamespace(words=words, state=state, left=None)


def test_a_report_is_owed_since_its_meeting_was_closed_where_it_was_closed_before_its_hour(client_of, coordinator, response, chair, later):
    with later(hours=1):
        meetings.close_meeting(cast.an_open_meeting_after(response, by=chair), by=chair)
    Meeting.objects.update(starts_at=F("closed_at") + timedelta(minutes=10), ends_at=F("closed_at") + timedelta(hours=2))

    with later(hours=1, minutes=1):
        found = [each for each in overdue(coordinator, response.table) if each.kind == "report_back"]

    assert [each.due.words for each in found] == ["late: was due today"]
