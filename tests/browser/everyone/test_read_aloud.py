"""What a screen reader says of the main states, word for word, in both languages: approved by ear, and compared here.

When a page was changed on purpose: ``make read-aloud`` writes the texts anew; ``git diff tests/browser/everyone/read_aloud``
shows what is heard differently, in the order in which it is heard; it is read as somebody hears it, then kept.
"""

import os
import re
import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse

from agencies import clock
from meetings import lifecycle as meetings
from reports import lifecycle as reports
from responses import lifecycle as responses
from tests import cast
from tests.browser.everyone.studio import opened
from tests.conftest import browser_of
from tests.reports.years import YEAR, a_year

pytestmark = pytest.mark.browser
APPROVED = Path(__file__).parent / "read_aloud"
IS_APPROVING = os.environ.get("READ_ALOUD") == "approve"
A_TUESDAY = datetime(2026, 11, 24, 8, 30, tzinfo=ZoneInfo("America/Toronto"))


class Readings:
    """The pages to be read, in one language: each with its name, and the part of it that is heard."""

    def __init__(self, client_of, language):
        self.client_of, self.language, self.pages = client_of, language, []

    def add(self, name, part, path, *, posted=None, heard="main"):
        client = self.client_of(cast.the(part), language=self.language)
        with transaction.atomic():
            answer = client.get(path) if posted is None else client.post(path, posted | {"form_token": str(uuid.uuid4())}, follow=True)
            transaction.set_rollback(True)
        self.pages.append((name, answer.content.decode(), heard))


def to_be_read(client_of, language) -> list[tuple[str, str, str]]:
    with clock.moved_to(A_TUESDAY):
        return a_day_of_the_table(client_of, language)


def a_day_of_the_table(client_of, language) -> list[tuple[str, str, str]]:
    """From the first word of a situation to the door."""
    table, originator, lead, chair = cast.the_table(), cast.the("originator"), cast.the("lead"), cast.the("chair")
    read = Readings(client_of, language)
    a_year(table, situations=120)
    release = reports.approve(reports.prepare(table, year=YEAR, by=cast.the("coordinator")), by=cast.the("privacy_officer"))
    read.add("a figure of a release", "steering", reverse("reports:release", args=[release.pk]), heard=".figure >> nth=0")
    draft = cast.a_draft(table, by=originator)
    for step in (1, 2, 5):
        read.add(f"bringing a situation, step {step}", "originator", reverse("situations:intake", args=[draft.pk, step]))
    read.add("check your answers", "originator", reverse("situations:check", args=[draft.pk]))
    earlier, next_one = cast.a_submitted(table, by=originator), cast.a_submitted(table, by=originator)
    meeting = cast.an_open_meeting(table, by=chair)
    console, mine = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("chair", "member"))
    meetings.refresh_agenda(meeting)
    read.add("the agenda", "coordinator", reverse("meetings:detail", args=[meeting.pk]))
    read.add("the chair, before an item", "chair", console)
    item = cast.the_item_of(earlier, meeting, by=chair)
    read.add("the chair, Filter 2", "chair", console)
    read.add("a question at the table", "in_the_room", mine)
    read.add("an answer given", "in_the_room", reverse("meetings:position", args=[item.pk]), posted={"answer": "position:MET"})
    read.add("a situation with withheld parts", "in_the_room", reverse("situation", args=[earlier.pk]))
    cast.accepted(item, by=chair)
    read.add("the chair, Filter 3", "chair", console)
    response = cast.a_response_to(item, by=chair)
    responses.raise_issue(table, issue_type="systemic_issue_type:SYS-01", line="No bed for couples.", agency=lead.agency, by=lead)
    read.add("the first page of who owes", "lead", reverse("start"), heard="body")
    read.add("at the door", "lead", reverse("responses:contact", args=[response.pk]))
    read.add("the desk", "coordinator", reverse("start"))
    read.add("systemic issues", "coordinator", reverse("responses:issues"))
    read.add("an error", "coordinator", reverse("agencies:invite"), posted={})
    read.add("not here", "stranger", reverse("situation", args=[next_one.pk]))
    later = cast.an_open_meeting_after(response, by=chair)
    meetings.open_item(later.items.get(situation=earlier), by=chair)
    read.add("the chair, Filter 4", "chair", reverse("meetings:chair", args=[later.pk]))
    return read.pages


def said(snapshot: str) -> str:
    """What is heard: without the addresses behind the links, and without keys, which are new each time."""
    heard = re.sub(r"^ *- /url:.*\n?", "", snapshot + "\n", flags=re.MULTILINE)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", heard)


@pytest.mark.django_db
def test_a_day_of_the_table_is_the_same_each_time():
    days = []
    for _again in range(2):
        with transaction.atomic():
            days.append([(name, "2026-001" in html) for name, html, _heard in to_be_read(browser_of, "en-ca")])
            transaction.set_rollback(True)

    assert days[0] == days[1]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_main_states_are_read_aloud_as_they_were_approved(in_the_house, chromium, language):
    pages = in_the_house(to_be_read, browser_of, language)

    heard = {}
    with opened(chromium, language=language) as studio:
        studio.window(1280, 800)
        for name, html, where in pages:
            studio.show(html)
            heard[name] = f"# {studio.page.title()}\n{said(studio.page.locator(where).aria_snapshot())}"

    folder = APPROVED / language
    if IS_APPROVING:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.yml"):
            path.unlink()
        for name, text in heard.items():
            (folder / f"{name}.yml").write_text(text)
    assert heard == {path.stem: path.read_text() for path in sorted(folder.glob("*.yml"))}
