"""What is heard where nothing is seen: where the reading begins, what stands before what, and what a table needs to decide."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from agencies import clock
from agencies.access import Refused
from meetings import lifecycle
from situations.enums import Stage
from tests import cast


@pytest.fixture
def item(table, originator, chair):
    return cast.the_item_of(cast.a_submitted(table, by=originator), cast.an_open_meeting(table, by=chair), by=chair)


@pytest.fixture
def item_of_nobody(table, originator, chair):
    return cast.the_item_of(cast.a_submitted(table, by=originator), cast.an_open_meeting(table, by=chair, present=["observer"]), by=chair)


def page(client, name, *args):
    return client.get(reverse(f"meetings:{name}", args=args)).content.decode()


def title(shown):
    return strip_tags(re.search(r"<title>(.*?)</title>", shown, re.DOTALL).group(1)).split(" – ")[0].strip()


def begins(shown) -> list:
    """The element that has the focus when the page opens."""
    return re.findall(r"<(\w+)[^>]*\bautofocus\b", shown)


def test_the_reading_begins_at_the_heading_of_the_console(client_of, chair, item):
    shown = page(client_of(chair), "chair", item.meeting_id)

    assert (begins(shown), title(shown)) == (["h1"], "Chair: is the risk acute?")


def test_after_an_act_the_reading_begins_at_what_was_done(client_of, chair, item):
    shown = client_of(chair).post(reverse("meetings:accept", args=[item.pk]), follow=True).content.decode()

    assert (begins(shown), title(shown)) == (["div"], "Chair: who must act?")
    assert 'role="status" tabindex="-1" autofocus aria-labelledby="said"' in shown


@pytest.mark.parametrize(("name", "answers"), [("chair", 'id="positions"'), ("recorder", 'id="answers"')])
def test_what_is_decided_on_stands_before_the_acts_to_which_the_first_link_leads(client_of, item, name, answers):
    shown = page(client_of(cast.the(name)), name, item.meeting_id)
    places = [shown.index(mark) for mark in ("<h1", 'class="heard"', answers, 'id="acts"', 'class="agenda"', 'class="side"')]

    assert places == sorted(places)
    assert '<a class="skip" href="#acts">' in shown
    assert [int(level) for level in re.findall(r"<h(\d)", shown[: shown.index("<footer")])][:4] == [1, 2, 2, 3]


@pytest.mark.parametrize("name", ["chair", "recorder"])
def test_each_agency_is_a_group_that_says_its_name_once(client_of, item, chair, name):
    if name == "chair":
        cast.accepted(item, by=chair)
    shown = page(client_of(cast.the(name)), name, item.meeting_id)
    groups = re.findall(
        r'<div class="sheet-row" role="group" aria-labelledby="([\w-]+)_name">\s*<b id="\1_name" lang="[\w-]+">([^<]+)</b>', shown
    )

    assert "Granite Police Service" in {agency for _field, agency in groups}
    assert len(groups) == shown.count('class="sheet-row"') == len({agency for _field, agency in groups})
    assert "<legend" not in shown[shown.index('class="sheet"') : shown.index('id="acts"')].split("<details")[0]


def test_that_one_agency_leads_is_asked_of_all_together(client_of, chair, item):
    cast.accepted(item, by=chair)

    shown = client_of(chair).post(reverse("meetings:respond", args=[item.pk]), {"huddle": "after"}).content.decode()

    assert '<a href="#parts">Choose the one agency that leads.</a>' in shown
    assert re.search(r'id="parts" role="region" tabindex="0" aria-labelledby="who-acts" aria-describedby="parts_error"', shown)
    assert 'aria-invalid="true"' not in shown


@pytest.mark.parametrize("part", ["originator", "recorder"])
def test_the_title_of_every_screen_at_the_table_names_the_step_and_no_number(request, client_of, item, part):
    name, step = {"originator": ("member", "At the table"), "recorder": ("recorder", "Recorder")}[part]

    shown = page(client_of(request.getfixturevalue(part)), name, item.meeting_id)

    assert title(shown) == f"{step}: is the risk acute?"


def test_who_answers_hears_that_the_answer_is_kept(client_of, originator, item):
    address = reverse("meetings:position", args=[item.pk])

    shown = client_of(originator).post(address, {"answer": "position:MET"}, follow=True).content.decode()

    assert ("Your agency’s answer is kept." in shown, begins(shown)) == (True, ["div"])


def test_for_whom_one_answers_is_said_before_the_answers_which_are_a_group_named_by_the_question(client_of, originator, item):
    shown = page(client_of(originator), "member", item.meeting_id)

    assert shown.index('<fieldset aria-labelledby="asked" aria-describedby="answers-for">') < shown.index("You answer for")
    assert shown.index("You answer for") < shown.index('class="choices"')


def test_an_empty_room_does_not_decide(item_of_nobody, chair):
    for decide in (lifecycle.accept, lambda item, *, by: lifecycle.reject(item, criteria_not_met=["criterion:AER-A"], reason="", by=by)):
        with pytest.raises(Refused, match="No agency is at the table"):
            decide(item_of_nobody, by=chair)

    item_of_nobody.situation.refresh_from_db()
    assert item_of_nobody.situation.stage == Stage.PRESENTED


def test_an_empty_room_concludes_nothing(response, chair):
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)
    for attendance in meeting.attendances.present().filter(agency__isnull=False):
        lifecycle.check_out(meeting, member=attendance.member, by=chair)

    with pytest.raises(Refused, match="No agency is at the table"):
        lifecycle.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)


def test_in_an_empty_room_the_chair_is_led_to_the_attendance(client_of, chair, item_of_nobody):
    shown = page(client_of(chair), "chair", item_of_nobody.meeting_id)

    assert ("Check in who is here" in shown, ">Accept<" in shown) == (True, False)


@pytest.fixture
def session(table, originator, in_the_room, chair):
    """An emergency session that the chair opened and at which chair and recorder are."""
    situation = cast.a_submitted(table, by=originator)
    begins = clock.now() + timedelta(minutes=15)
    session = lifecycle.call_emergency(table, situation=situation, agencies=[in_the_room.agency], starts_at=begins, by=originator)
    lifecycle.open_meeting(session, by=chair)
    for part in ("recorder", "in_the_room"):
        lifecycle.check_in(session, member=cast.the(part), by=cast.the(part))
    return session


def words(shown):
    return " ".join(strip_tags(shown).split())


def test_the_minutes_of_a_session_say_what_it_was_who_chaired_and_who_recorded(client_of, chair, session):
    lifecycle.close_meeting(session, by=chair)

    shown = page(client_of(chair), "minutes", session.pk)

    assert ("Minutes of the emergency session of" in words(shown), title(shown)[:32]) == (True, "Minutes of the emergency session")
    assert ("Chaired by Chair Person." in words(shown), "Recorder Person (Recorder)" in words(shown)) == (True, True)


def test_a_sessions_page_is_named_by_what_it_is_and_two_of_one_day_by_their_hour(client_of, in_the_room, session):
    shown, listed = page(client_of(in_the_room), "detail", session.pk), page(client_of(in_the_room), "list")
    links = [words(link) for link in re.findall(r'<a href="/meetings/[0-9a-f-]+/">.*?</a>', listed)]

    assert "Emergency session of" in words(re.search(r"<h1>.*?</h1>", shown, re.DOTALL).group())
    assert len(links) == len(set(links))


def test_in_the_attendance_each_agency_heads_its_people_and_who_is_there_is_there_since(client_of, chair, item):
    shown = page(client_of(chair), "attendance", item.meeting_id)

    assert '<tbody role="rowgroup" aria-labelledby="agency-1">' in shown
    assert '<th role="rowheader" scope="rowgroup" id="agency-1"' in shown
    assert re.findall(r"\d+:\d\d [ap]\.m\.–\s*<", shown) == []


def test_each_button_of_the_first_page_says_for_which_situation_it_is(client_of, lead, response):
    shown = client_of(lead).get(reverse("start")).content.decode()
    names = [words(link) for link in re.findall(r'<a class="btn" href="[^"]*/contact/#\w+">.*?</a>', shown)]

    assert names == [f"{what} ({response.situation.reference})" for what in ("Contact made", "Tried, no contact", "Need help")]


def test_a_name_is_spoken_in_its_own_language(client_of, lead, response):
    shown = client_of(lead, language="fr-ca").get(reverse("start")).content.decode()

    assert '<span lang="en-CA">Granite Police Service</span>' in shown


def test_the_way_back_to_the_one_draft_leads_to_it(client_of, originator, draft):
    shown = client_of(originator).get(reverse("situations:open")).content.decode()

    assert f'href="{reverse("situations:check", args=[draft.pk])}"' in shown


def test_the_hour_of_a_huddle_is_not_called_optional_and_says_when_it_is_asked(client_of, chair, item):
    lifecycle.accept(item, by=chair)

    shown = page(client_of(chair), "chair", item.meeting_id)
    label = re.search(r'<label[^>]*for="id_huddle_at">(.*?)</label>', shown, re.DOTALL).group(1)

    assert (words(label), "Only if they huddle at another time." in shown) == ("Time of the huddle", True)


def test_where_there_is_no_answer_a_word_is_heard(client_of, originator, table):
    empty = cast.a_draft(table, by=originator, answers={"discussion_type": "discussion_type:PER"})

    shown = client_of(originator).get(reverse("situations:check", args=[empty.pk])).content.decode()

    assert '<span aria-hidden="true">–</span><span class="visually-hidden">None</span>' in shown
    assert [paragraph for paragraph in re.findall(r'<p class="(?:over|lead)">(.*?)</p>', shown, re.DOTALL) if not words(paragraph)] == []
