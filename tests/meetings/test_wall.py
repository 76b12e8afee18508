"""The wall: what it shows of a meeting, and what it has no place for."""

import dataclasses
import re
import types
import typing
from datetime import time, timedelta
from enum import Enum

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.actor import acting_as
from agencies.models import LedgerEntry
from meetings import lifecycle
from meetings.models import Meeting
from meetings.wall import LONGEST, Name, Number, Wall, wall_of
from practice.proof.crawl import CANARY, visit
from practice.proof.matrix import HEARD, letter
from situations.lifecycle import recuse
from tests import canaries, cast

pytestmark = pytest.mark.django_db


# --- what it has no place for --------------------------------------------------------------------------------------------------


def leaves(annotation, where):
    """Where in the wall's types which plain types stand."""
    parts = [each for each in typing.get_args(annotation) if each is not Ellipsis]
    if parts:
        for part in parts:
            yield from leaves(part, where)
    elif dataclasses.is_dataclass(annotation):
        for name, kind in typing.get_type_hints(annotation).items():
            yield from leaves(kind, f"{annotation.__name__}.{name}")
    else:
        yield where, annotation


def test_the_wall_has_a_place_for_words_only_in_the_tables_own_names_and_prefix():
    found = set(leaves(Wall, "Wall"))

    words = {where for where, kind in found if kind is str}
    others = {kind for _where, kind in found if kind is not str and not issubclass(kind, Enum)}
    assert (words, others) == ({"Name.text", "Name.lang", "Number.prefix"}, {int, bool, time, types.NoneType})


def test_what_the_wall_is_given_is_of_these_types_and_cannot_be_changed(item):
    def walk(value):
        if dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen
            for field in dataclasses.fields(value):
                yield from walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for each in value:
                yield from walk(each)
        else:
            yield type(value)

    found = set(walk(wall_of(Meeting.objects.get(pk=item.meeting_id))))

    assert {kind for kind in found if not issubclass(kind, Enum)} == {str, int, bool, time, types.NoneType}


@pytest.mark.parametrize(("stage", "is_room_open"), [(stage, False) for stage in canaries.STAGES] + [(stage, True) for stage in HEARD])
def test_whoever_only_sees_the_wall_finds_no_more_than_an_observer_may_see(stage, is_room_open):
    town = canaries.town_at(stage, is_room_open=is_room_open)
    wall = on_another_computer(town.meeting) if town.meeting and Meeting.objects.get(pk=town.meeting.pk).is_open else Client()

    found = set().union(*visit(wall, town, is_whole=False).values())

    reads = is_room_open and letter("number_stage_dates", stage, {"IR"}) == "R"
    assert found == ({f"{canaries.PREFIX}-"} if reads else set())


def test_the_wall_asks_for_no_row_of_a_situation_and_reads_no_word(item, django_assert_num_queries):
    meeting = Meeting.objects.select_related("table").get(pk=item.meeting_id)

    with django_assert_num_queries(2) as asked:
        wall_of(meeting)

    said = " ".join(query["sql"] for query in asked if "situations_situation" in query["sql"]).split(" FROM ")[0]
    columns = set(re.findall(r'"situations_situation"\."(\w+)"', said))
    assert columns == {"stage", "year", "sequence", "tally_met", "tally_not_met", "tally_question"}


# --- what it shows ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shown():
    """What hangs on the wall of a meeting now."""
    return lambda meeting: wall_of(Meeting.objects.select_related("table").get(pk=meeting.pk))


def test_before_the_meeting_it_holds_the_tables_names_and_hours(table, shown):
    wall = shown(cast.a_planned_meeting(table))

    assert (wall.names[0], wall.item, wall.lines) == (Name(text=cast.TABLE, lang="en-CA"), None, ())


def test_a_new_situation_stands_there_without_a_number_until_it_is_presented(submitted, meeting, shown):
    before = [line.title for line in shown(meeting).lines]

    lifecycle.next_item(meeting, by=cast.the("chair"))

    assert (before, [line.title for line in shown(meeting).lines]) == (["New situation 1"], [f"{clock.now().year}-001"])


def test_the_open_item_stands_there_by_number_filter_and_how_many_have_answered(item, shown):
    member = cast.the("lead")
    lifecycle.take_position(item, agency=member.agency, position="position:MET", by=member)

    wall = shown(item.meeting)

    assert (str(wall.item.number), wall.item.filter) == (item.situation.reference, 2)
    assert (wall.item.counted.answered, wall.item.counted.of, wall.item.tally) == (1, 5, None)


def test_whoever_is_out_of_the_room_is_not_waited_for(item, shown):
    lifecycle.step_out(item, member=cast.the("recused"), by=cast.the("recused"))

    assert shown(item.meeting).item.counted.of == 4


def test_after_the_acceptance_it_shows_number_and_filter_and_no_tally(accepted_item, shown):
    wall = shown(accepted_item.meeting)

    assert (wall.item.filter, wall.item.counted.answered, wall.item.tally) == (3, 0, None)


def test_what_the_table_did_not_accept_stands_there_with_its_tally(item, shown):
    member = cast.the("lead")
    lifecycle.take_position(item, agency=member.agency, position="position:NOT", by=member)
    lifecycle.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=cast.the("chair"))

    wall = shown(item.meeting)

    assert (wall.item.outcome.label, wall.item.tally.not_met, wall.item.counted) == ("Not accepted", 1, None)


def test_what_is_deferred_loses_its_number_there_and_the_wall_holds(item, shown):
    lifecycle.defer(item, reason="deferral_reason:DEF-01", by=cast.the("chair"))

    wall = shown(item.meeting)

    assert (wall.item, wall.lines[0].title) == (None, "New situation 1")


def test_when_the_planned_end_has_passed_it_holds(item, shown, later):
    with later(hours=3):
        wall = shown(item.meeting)

    assert (wall.is_over_time, wall.item, wall.lines) == (True, None, ())


def test_a_long_agenda_is_cut_and_says_how_many_more_there_are(table, originator, chair, shown):
    for _each in range(LONGEST + 4):
        cast.a_submitted(table, by=originator)

    wall = shown(cast.an_open_meeting(table, by=chair))

    assert (len(wall.lines), wall.more, wall.lines[0].title) == (LONGEST, 4, "New situation 1")


def test_of_a_long_agenda_the_first_to_give_way_were_heard(table, originator, chair, shown):
    for _each in range(LONGEST + 2):
        cast.a_submitted(table, by=originator)
    meeting = cast.an_open_meeting(table, by=chair)
    for _each in range(2):
        lifecycle.next_item(meeting, by=chair)

    wall = shown(meeting)

    assert (wall.heard, len(wall.lines), wall.more, wall.place) == (1, LONGEST, 1, 2)


def test_a_number_stands_after_the_tables_prefix():
    assert str(Number(prefix="EST", year=2026, sequence=31)) == "EST-2026-031"


# --- on a member's own screen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "status"), [("chair", 200), ("recorder", 200), ("coordinator", 200), ("in_the_room", 403)])
def test_who_chairs_or_records_opens_it(client_of, item, part, status):
    assert client_of(cast.the(part)).get(reverse("meetings:wall", args=[item.meeting_id])).status_code == status


def test_of_another_tables_meeting_there_is_none(client_of, item, nobody_here):
    assert nobody_here.get(reverse("meetings:wall", args=[item.meeting_id])).status_code == 404


@pytest.fixture
def nobody_here(client_of, sealed_table):
    """A browser of a chair of the sister table only."""
    from agencies.models import Appointment

    chair = cast.the("chair")
    Appointment.objects.filter(member=chair).exclude(table=sealed_table).delete()
    return client_of(cast.the("chair"), at=sealed_table)


def test_that_the_wall_was_opened_is_on_the_record_as_a_list(client_of, item, chair):
    client_of(chair).get(reverse("meetings:wall", args=[item.meeting_id]))

    assert LedgerEntry.objects.filter(act="looked", by_id=chair.pk, situation_id=None, codes=["wall"]).count() == 1


def test_a_chair_who_stepped_out_sees_nothing_of_it_on_the_wall_either(client_of, accepted_item, chair):
    recuse(accepted_item.situation, member=chair, by=chair)

    page = client_of(chair).get(reverse("meetings:wall", args=[accepted_item.meeting_id]))

    assert (page.status_code, accepted_item.situation.reference in page.content.decode()) == (200, False)


def test_the_page_has_no_way_through_the_house(client_of, item, chair):
    page = client_of(chair).get(reverse("meetings:wall", args=[item.meeting_id])).content.decode()

    assert re.findall(r"<(?:nav|footer)\b|<a [^>]*href=\"/", page) == []


def test_in_french_the_wall_speaks_french_and_names_the_table_in_all_its_languages(client_of, item, chair):
    page = client_of(chair, language="fr-ca").get(reverse("meetings:wall", args=[item.meeting_id])).content.decode()

    assert re.findall(r'<html lang="([^"]+)"|<span lang="([^"]+)"', page) == [("fr-ca", ""), ("", "fr-CA"), ("", "en-CA"), ("", "oj")]
    assert "Le risque est-il extrêmement élevé" in page


# --- blank ----------------------------------------------------------------------------------------------------------------------


def test_blank_holds_nothing_until_it_is_shown_again(client_of, item, chair):
    client, address = client_of(chair), reverse("meetings:wall", args=[item.meeting_id])
    blank = reverse("meetings:blank_wall", args=[item.meeting_id])

    client.post(blank, {"is_blank": "yes", "on_the_wall": "yes"})
    when_blank = client.get(address).content.decode()
    client.post(blank, {"is_blank": "no", "on_the_wall": "yes"})
    again = client.get(address).content.decode()

    number = item.situation.reference
    assert (number in when_blank, cast.TABLE in when_blank.split("<main")[1], number in again) == (False, False, True)


def test_a_second_press_changes_nothing(client_of, item, chair):
    blank = reverse("meetings:blank_wall", args=[item.meeting_id])

    for _press in range(2):
        client_of(chair).post(blank, {"is_blank": "yes"})

    assert Meeting.objects.get(pk=item.meeting_id).wall_is_blank is True


def test_the_chairs_console_says_what_the_wall_shows(client_of, item, chair):
    client, console = client_of(chair), reverse("meetings:chair", args=[item.meeting_id])
    said = [f"The wall shows: {item.situation.reference}, Filter 2." in client.get(console).content.decode()]

    client.post(reverse("meetings:blank_wall", args=[item.meeting_id]), {"is_blank": "yes"})

    assert [*said, "The wall is blank." in client.get(console).content.decode()] == [True, True]


def test_a_representative_blanks_nothing(client_of, item, in_the_room):
    assert client_of(in_the_room).post(reverse("meetings:blank_wall", args=[item.meeting_id]), {"is_blank": "yes"}).status_code == 403


# --- on a computer where nobody signs in --------------------------------------------------------------------------------------------


def on_another_computer(meeting, *, language="en-ca"):
    """A browser in which nobody is signed in, and in which the meeting's code was typed."""
    chair = cast.the("chair")
    chair.language = language
    chair.save()
    browser = Client(raise_request_exception=False)
    opened = browser.post(reverse("the_wall"), {"code": lifecycle.make_wall_code(meeting, by=chair)})
    assert (opened.status_code, opened.headers["Location"]) == (302, "/wall/")
    return browser


def test_the_code_opens_this_meetings_wall(item):
    page = on_another_computer(item.meeting).get("/wall/")

    assert (page.status_code, item.situation.reference in page.content.decode()) == (200, True)


def test_the_page_is_in_the_language_of_whoever_made_the_code(item):
    page = on_another_computer(item.meeting, language="fr-ca").get("/wall/")

    assert ("Le risque est-il extrêmement élevé" in page.content.decode(), page.headers["Content-Language"]) == (True, "fr-ca")


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(item, settings):
    cookie = on_another_computer(item.meeting).cookies[settings.WALL_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"], cookie["domain"]) == (True, "Strict", "/", "", "")


def test_neither_code_nor_key_is_kept(item, settings, chair):
    code = lifecycle.make_wall_code(item.meeting, by=chair)
    key = lifecycle.open_wall(code)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(made)::text FROM meetings_wallsignin AS made")
        kept = cursor.fetchone()[0]
    assert (code in kept, key in kept) == (False, False)


def typed(code):
    return Client().post(reverse("the_wall"), {"code": code}).status_code


def test_a_code_counts_once(item, chair):
    code = lifecycle.make_wall_code(item.meeting, by=chair)

    assert (typed(code.lower()), typed(code)) == (302, 200)


def test_a_code_counts_for_ten_minutes(item, chair, later):
    code = lifecycle.make_wall_code(item.meeting, by=chair)

    with later(minutes=10, seconds=1):
        assert typed(code) == 200


def test_a_new_code_ends_the_one_before(item, chair):
    first, second = (lifecycle.make_wall_code(item.meeting, by=chair) for _time in range(2))

    assert (typed(first), typed(f"{second[:4]}-{second[4:]}")) == (200, 302)


def test_the_twenty_first_code_of_five_minutes_waits():
    client = Client()

    assert [client.post("/wall/", {"code": "AAAA AAAA"}).status_code for _time in range(21)] == [200] * 20 + [429]


def test_a_code_is_made_by_who_chairs_and_shown_once(client_of, item, chair):
    client, address = client_of(chair), reverse("meetings:show_wall", args=[item.meeting_id])

    made = client.post(address).content.decode()
    code = re.search(r'class="wall-code num" lang="zxx">([A-Z0-9 ]+)<', made).group(1)

    assert (code in client.get(address).content.decode(), typed(code)) == (False, 302)


@pytest.mark.parametrize("part", ["recorder", "coordinator"])
def test_who_records_makes_no_code(client_of, item, part):
    client, address = client_of(cast.the(part)), reverse("meetings:show_wall", args=[item.meeting_id])

    assert (client.get(address).status_code, client.post(address).status_code) == (200, 403)


def test_a_code_is_made_from_one_hour_before(client_of, table, chair):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(hours=2))

    assert client_of(chair).post(reverse("meetings:show_wall", args=[meeting.pk])).status_code == 409


ENDS = {
    "the meeting closes": lambda meeting: lifecycle.close_meeting(meeting, by=cast.the("chair")),
    "the chair ends it": lambda meeting: lifecycle.end_wall_sign_ins(meeting, by=cast.the("chair")),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_it_ends_when(item, end):
    wall = on_another_computer(item.meeting)
    before = wall.get("/wall/live/").status_code

    end(item.meeting)
    asked = wall.get("/wall/", headers={"X-Live": "1"})

    assert (before, wall.get("/wall/live/").status_code, asked.status_code) == (200, 404, 403)
    assert item.situation.reference not in wall.get("/wall/").content.decode()


def test_a_meeting_that_is_called_off_ends_its_wall(table, chair):
    meeting = cast.a_planned_meeting(table)
    wall = on_another_computer(meeting)

    lifecycle.cancel_meeting(meeting, by=cast.the("coordinator"))

    assert wall.get("/wall/live/").status_code == 404


def test_made_opened_and_ended_are_on_the_record(item, chair):
    on_another_computer(item.meeting)
    lifecycle.end_wall_sign_ins(item.meeting, by=chair)

    written = LedgerEntry.objects.filter(act__startswith="wall_").order_by("written_at")
    assert [(each.act, each.by_id, each.by_job) for each in written] == [
        ("wall_code_made", chair.pk, ""),
        ("wall_opened", None, "door"),
        ("wall_ended", chair.pk, ""),
    ]


def test_nobody_is_signed_in_there(item):
    wall = on_another_computer(item.meeting)

    assert [wall.get(page).status_code for page in ("/", reverse("meetings:chair", args=[item.meeting_id]), "/live/")] == [302, 302, 302]


def test_the_one_thing_that_can_be_done_there_is_to_blank_it(item):
    wall = on_another_computer(item.meeting)

    wall.post("/wall/blank/", {"is_blank": "yes"})
    blank = wall.get("/wall/").content.decode()

    assert ("The wall is blank" in blank, item.situation.reference in blank) == (True, False)


def test_only_the_server_itself_is_told_the_key(item):
    wall = on_another_computer(item.meeting)

    told = [wall.head("/wall/live/", headers={"accept": "text/event-stream"}), wall.get("/wall/live/")]

    assert [name for answer in told for name in answer.headers if name.startswith("X-Live")] == []


def test_without_a_code_nothing_is_blanked(item):
    Client().post("/wall/blank/", {"is_blank": "yes"})

    assert Meeting.objects.get(pk=item.meeting_id).wall_is_blank is False


def test_the_wall_asks_the_database_as_the_table_and_nobody_else_sees_more(item):
    with acting_as(None):
        assert str(wall_of(item.meeting).item.number) == item.situation.reference
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM situations_situation")
            assert cursor.fetchone()[0] == 0


def test_canaries_would_be_noticed_on_the_wall():
    assert CANARY.findall(f"<h1>{canaries.PREFIX}-2026-001</h1> zq-why_now") == [f"{canaries.PREFIX}-", "zq-why_now"]
