"""What is heard where nothing is seen: where the reading begins, what stands before what, and what a table needs to decide."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

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


def test_the_acts_stand_right_after_the_heading_and_the_headings_in_their_order(client_of, chair, item):
    shown = page(client_of(chair), "chair", item.meeting_id)
    places = [shown.index(mark) for mark in ("<h1", 'id="acts"', 'id="positions"', 'class="agenda"', 'class="side"')]

    assert places == sorted(places)
    assert [int(level) for level in re.findall(r"<h(\d)", shown[: shown.index("<footer")])][:3] == [1, 2, 3]


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


def test_in_an_empty_room_the_chair_is_led_to_the_attendance(client_of, chair, item_of_nobody):
    shown = page(client_of(chair), "chair", item_of_nobody.meeting_id)

    assert ("Check in who is here" in shown, ">Accept<" in shown) == (True, False)
