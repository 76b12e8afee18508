"""What changed at a table is counted by the database, whoever did it and on whichever floor; what only those who act see is not."""

import pytest
from django.db import connection
from django.urls import reverse

from agencies import clock
from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from meetings.live import REFRESH
from meetings.models import Beat
from responses import lifecycle as responses
from situations import lifecycle as situations
from tests import cast

pytestmark = pytest.mark.django_db


def beats(table) -> int:
    """The count as it would stand if the transaction ended now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SELECT set_config('app.beat', '', true)")
    return beat_of(table.pk)


def beat_of(table_id) -> int:
    return Beat.objects.filter(table=table_id).values_list("count", flat=True).first() or 0


def live(client, meeting, **asked):
    return client.get(reverse("live"), {"meeting": meeting.pk, **asked})


ACTS = {
    "somebody arrives": lambda item, them: meetings.check_in(item.meeting, member=them("assisting"), by=them("assisting")),
    "somebody leaves": lambda item, them: meetings.check_out(item.meeting, member=them("lead"), by=them("lead")),
    "an agency says what it thinks": lambda item, them: meetings.take_position(
        item, agency=them("lead").agency, position="position:MET", by=them("lead")
    ),
    "the table accepts": lambda item, them: meetings.accept(item, by=them("chair")),
    "somebody steps out": lambda item, them: situations.recuse(item.situation, member=them("lead"), by=them("lead")),
    "the item closes": lambda item, them: meetings.close_item(item, by=them("chair")),
    "another one is submitted": lambda item, them: cast.a_submitted(item.table, by=them("originator")),
    "the meeting is extended": lambda item, them: meetings.extend(item.meeting, minutes=15, by=them("chair")),
}


@pytest.mark.parametrize("act", ACTS)
def test_whatever_changes_a_screen_counts_once(item, act):
    meetings.check_out(item.meeting, member=cast.the("assisting"), by="tests")
    before = beats(item.table)

    ACTS[act](item, cast.the)

    assert beats(item.table) - before == 1


def test_what_only_those_who_act_see_does_not_count(response, lead, originator):
    before = beats(response.situation.table)

    responses.plan_step(response, step_type="step_type:STP-01", owner=lead.agency, due_at=clock.now(), by=lead)
    responses.record_contact(response, result="contact_result:CON-01", by=lead, agency=lead.agency)
    cast.a_draft(response.situation.table, by=originator)

    assert beats(response.situation.table) - before == 0


def test_another_tables_screens_stand_still(item, sealed_table, chair):
    before = beats(sealed_table)

    meetings.accept(item, by=chair)

    assert beats(sealed_table) - before == 0


@pytest.mark.parametrize("part", ["chair", "recorder", "in_the_room", "observer", "coordinator"])
def test_whoever_follows_the_meeting_is_told_the_count_and_nothing_else(client_of, item, part):
    told = live(client_of(cast.the(part)), item.meeting)

    assert (told.status_code, told.content.decode()) == (200, str(beat_of(item.table_id)))


def test_nothing_new_is_an_empty_answer(client_of, item, chair):
    assert live(client_of(chair), item.meeting, seen=beat_of(item.table_id)).status_code == 204


@pytest.mark.parametrize("part", ["steering", "administrator", "privacy_officer"])
def test_to_whoever_does_not_sit_at_the_table_the_meeting_is_not_there(client_of, item, part):
    assert live(client_of(cast.the(part)), item.meeting).status_code == 404


@pytest.mark.parametrize("asked", ["no key", "11111111-1111-4111-8111-111111111111"])
def test_a_meeting_that_is_not_there_is_not_followed(client_of, chair, asked):
    assert client_of(chair).get(reverse("live"), {"meeting": asked}).status_code == 404


def test_a_page_of_no_meeting_learns_only_that_its_sign_in_lasts(client_of, item, chair):
    assert client_of(chair).get(reverse("live")).content.decode() == "0"


def test_to_ask_is_no_look(client_of, item, chair):
    client, before = client_of(chair), LedgerEntry.objects.count()

    live(client, item.meeting)

    assert LedgerEntry.objects.count() - before == 0


def test_a_page_that_asks_for_itself_anew_comes_without_its_frame_and_is_the_same_look(client_of, item, chair):
    client, page = client_of(chair), reverse("meetings:chair", args=[item.meeting_id])
    whole, before = client.get(page).content.decode(), LedgerEntry.objects.count()

    fresh = client.get(page, headers={REFRESH: "1"}).content.decode()

    assert ("<footer" in whole, "<footer" in fresh, LedgerEntry.objects.count() - before) == (True, False, 0)
    assert fresh[fresh.index("<h1") : fresh.index("</h1>")] == whole[whole.index("<h1", whole.index("<main")) : whole.index("</h1>")]


def test_what_was_done_is_said_on_the_page_that_was_asked_for_and_not_to_a_script(client_of, item, chair):
    client, page = client_of(chair), reverse("meetings:chair", args=[item.meeting_id])
    client.post(reverse("meetings:accept", args=[item.pk]), {})

    by_a_script = client.get(page, headers={REFRESH: "1"}).content.decode()
    by_the_reader = client.get(page).content.decode()

    said = "Accepted. Filter 3 is open"
    assert (said in by_a_script, said in by_the_reader) == (False, True)
