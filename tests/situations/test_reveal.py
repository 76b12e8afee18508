"""Who it is: written under seal at Filter 3, revealed by a press on one's own device, and gone when the item closes."""

import pytest
from django.urls import reverse

from agencies import ledger
from agencies import lifecycle as agencies
from agencies.enums import LedgerAct, Role
from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from situations import lifecycle, sealing
from situations.disclosure import disclose
from situations.models import Situation
from tests import cast
from tests.situations.conftest import PLAN, WHO
from tests.test_typed_words import hidden

pytestmark = pytest.mark.django_db


def page_of(name, situation):
    return reverse(f"meetings:{name}", args=[situation.pk])


def press(client, situation):
    """The page that asks, and its button."""
    address = page_of("reveal", situation)
    asked = client.get(address).content.decode()
    return client.post(address, {"form_token": hidden(asked, "form_token")})


def found(response) -> list[str]:
    """Which of the three the answer holds, anywhere."""
    said = response.content.decode() + str(response.headers)
    return [field for field, words in WHO.items() if words in said]


def reveals(member):
    entries = LedgerEntry.objects.filter(act=LedgerAct.REVEALED, by_id=member.pk)
    return list(entries.order_by("at").values_list("relation", "codes"))


ALL = ["name", "born", "address"]


# --- at Filter 3, in the room --------------------------------------------------------------------------------------------------


def test_the_originator_writes_who_it_is_on_its_own_page(client_of, sealed_item, sealed_table, originator):
    client, address = client_of(originator, at=sealed_table), page_of("write_identifiers", sealed_item.situation)

    answer = client.post(address, WHO | {"version": "0"})

    written = LedgerEntry.objects.get(act=LedgerAct.WRITTEN_UNDER_SEAL)
    assert (answer.status_code, written.codes, written.by_id) == (302, ["identifiers"], originator.pk)
    assert found(client.get(address)) == []


def test_who_it_is_needs_at_least_one_of_the_three(client_of, sealed_item, sealed_table, originator):
    address = page_of("write_identifiers", sealed_item.situation)

    answer = client_of(originator, at=sealed_table).post(address, {"name": "", "born": "", "address": "", "version": "0"})

    assert (answer.status_code, "Write at least one of the three." in answer.content.decode()) == (200, True)


def test_what_a_colleague_wrote_meanwhile_is_neither_overwritten_nor_shown(client_of, named_item, sealed_table, originator):
    address = page_of("write_identifiers", named_item.situation)

    answer = client_of(originator, at=sealed_table).post(address, {"name": "Another", "version": "0"})

    assert (answer.status_code, found(answer), reveals(originator)) == (409, [], [])


def test_a_press_shows_it_to_who_is_in_the_room_and_the_ledger_says_so(client_of, named_item, sealed_table, in_the_room):
    answer = press(client_of(in_the_room, at=sealed_table), named_item.situation)

    assert (answer.status_code, found(answer)) == (200, ALL)
    assert reveals(in_the_room) == [("IR", ["identifying"])]
    assert answer["Cache-Control"] == "no-store"


def test_to_open_the_page_shows_nothing_and_is_no_reveal(client_of, named_item, sealed_table, in_the_room):
    answer = client_of(in_the_room, at=sealed_table).get(page_of("reveal", named_item.situation))

    assert (answer.status_code, found(answer), reveals(in_the_room)) == (200, [], [])


def test_a_second_look_while_the_item_is_open_is_no_second_entry(client_of, named_item, sealed_table, in_the_room):
    client = client_of(in_the_room, at=sealed_table)

    looks = [found(press(client, named_item.situation)) for _each in range(2)]

    assert (looks, reveals(in_the_room)) == ([ALL, ALL], [("IR", ["identifying"])])


def test_the_answer_fetched_anew_asks_again(client_of, named_item, sealed_table, in_the_room):
    client, address = client_of(in_the_room, at=sealed_table), page_of("reveal", named_item.situation)
    form = {"form_token": hidden(client.get(address).content.decode(), "form_token")}
    client.post(address, form)

    again = client.post(address, form)

    assert (again.status_code, again.url, found(again)) == (302, address, [])


def test_it_is_gone_when_the_item_closes(client_of, named_item, sealed_table, in_the_room, chair):
    client = client_of(in_the_room, at=sealed_table)
    press(client, named_item.situation)
    before = client.get(page_of("still_revealed", named_item.situation)).status_code

    meetings.close_item(named_item, by=chair)

    after = [client.get(page_of(name, named_item.situation)).status_code for name in ("still_revealed", "reveal")]
    assert (before, after, client.post(page_of("reveal", named_item.situation)).status_code) == (204, [404, 404], 404)


def test_it_is_gone_at_the_meetings_planned_end_though_nobody_clicks(client_of, named_item, sealed_table, in_the_room, later):
    client = client_of(in_the_room, at=sealed_table)
    press(client, named_item.situation)

    with later(hours=3):
        assert [client.get(page_of(name, named_item.situation)).status_code for name in ("still_revealed", "reveal")] == [404, 404]


def test_the_page_says_when_it_closes_and_leaves_without_a_script(client_of, named_item, sealed_table, in_the_room):
    answer = press(client_of(in_the_room, at=sealed_table), named_item.situation)

    seconds, _semicolon, address = answer["Refresh"].partition("; url=")
    assert (7000 < int(seconds) < 7600, address) == (True, page_of("reveal", named_item.situation))
    assert f'data-seconds="{seconds}"' in answer.content.decode()


def test_a_new_opening_is_a_new_entry(client_of, named_item, sealed_table, in_the_room, chair, later):
    client = client_of(in_the_room, at=sealed_table)
    press(client, named_item.situation)
    with later(minutes=2):
        meetings.close_item(named_item, by=chair)
        meetings.open_item(named_item, by=chair)

        press(client, named_item.situation)

    assert reveals(in_the_room) == [("IR", ["identifying"])] * 2


def test_nothing_written_is_nothing_revealed(client_of, sealed_item, sealed_table, in_the_room):
    answer = client_of(in_the_room, at=sealed_table).post(page_of("reveal", sealed_item.situation), {})

    assert ("Nothing is written yet." in answer.content.decode(), reveals(in_the_room)) == (True, [])


def test_whoever_reveals_without_end_has_to_wait(client_of, named_item, sealed_table, in_the_room, later):
    for _each in range(5):
        ledger.record(LedgerAct.REVEALED, by=in_the_room)
    client = client_of(in_the_room, at=sealed_table)

    at_once = press(client, named_item.situation)
    with later(minutes=2):
        after = press(client, named_item.situation)

    assert (at_once.status_code, found(at_once), found(after)) == (409, [], ALL)


def recorded(client, item, **also):
    """What the chair's press answers: the lead is the agency that leads in the story."""
    given = {f"part_{cast.the('lead').agency_id}": "lead", "huddle": "after", **also}
    return client.post(reverse("meetings:respond", args=[item.pk]), given)


def test_the_chair_is_asked_before_who_it_is_can_no_longer_be_written(client_of, sealed_item, sealed_table, chair):
    client = client_of(chair, at=sealed_table)
    console = client.get(reverse("meetings:chair", args=[sealed_item.meeting_id])).content.decode()

    pressed = recorded(client, sealed_item)
    agreed = recorded(client, sealed_item, without_names="on")

    assert ("Who it is has not been written yet." in console, pressed.status_code, agreed.status_code) == (True, 200, 302)


def test_once_it_is_written_the_chair_is_asked_nothing(client_of, named_item, sealed_table, chair):
    client = client_of(chair, at=sealed_table)
    console = client.get(reverse("meetings:chair", args=[named_item.meeting_id])).content.decode()

    assert ("Who it is has not been written yet." in console, recorded(client, named_item).status_code) == (False, 302)


def test_those_who_act_are_led_to_what_is_under_seal(client_of, sealed_response, sealed_table, lead):
    page = client_of(lead, at=sealed_table).get(reverse("situation", args=[sealed_response.situation_id])).content.decode()

    assert (page_of("reveal", sealed_response.situation) in page, "Nobody wrote who it is" in page) == (True, False)


def test_those_who_act_are_not_led_to_a_seal_with_nothing_under_it(client_of, sealed_item, sealed_table, chair, lead):
    situation = cast.a_response_to(sealed_item, by=chair).situation
    client = client_of(lead, at=sealed_table)

    page = client.get(reverse("situation", args=[situation.pk])).content.decode()

    assert (page_of("reveal", situation) in page, "Nobody wrote who it is before the response was recorded." in page) == (False, True)
    assert page_of("write_plan", situation) in client.get(page_of("reveal", situation)).content.decode()


# --- at Filter 4 -----------------------------------------------------------------------------------------------------------------


def test_those_who_act_reveal_it_for_five_minutes(client_of, sealed_response, sealed_table, lead, later):
    client, situation = client_of(lead, at=sealed_table), sealed_response.situation

    answer = press(client, situation)

    still = []
    for minutes in (4, 6):
        with later(minutes=minutes):
            still.append(client.get(page_of("still_revealed", situation)).status_code)
    assert (found(answer), 295 <= int(answer["Refresh"].split(";")[0]) <= 300, still) == (ALL, True, [204, 404])


def test_a_second_look_makes_the_five_minutes_no_longer(client_of, sealed_response, sealed_table, lead, later):
    client, situation = client_of(lead, at=sealed_table), sealed_response.situation
    press(client, situation)

    with later(minutes=3):
        second = press(client, situation)
    with later(minutes=6):
        press(client, situation)

    assert 100 <= int(second["Refresh"].split(";")[0]) <= 120
    assert reveals(lead) == [("EN", ["responding"])] * 2


def test_a_practice_clock_that_went_back_makes_the_five_minutes_no_longer(client_of, sealed_response, sealed_table, lead, later):
    client, situation = client_of(lead, at=sealed_table), sealed_response.situation
    with later(minutes=20):
        press(client, situation)

    answer = press(client, situation)

    assert 295 <= int(answer["Refresh"].split(";")[0]) <= 300


@pytest.mark.parametrize("part", ["in_the_room", "originator", "recused", "stranger", "chair", "recorder", "coordinator"])
def test_from_filter_4_on_nobody_else_reveals_it(client_of, sealed_response, sealed_table, part):
    client = client_of(cast.the(part), at=sealed_table)

    answer = client.post(page_of("reveal", sealed_response.situation))

    assert (answer.status_code in (403, 404), found(answer), reveals(cast.the(part))) == (True, [], [])


def test_what_ended_is_revealed_to_nobody(client_of, sealed_response, sealed_table, lead, chair):
    lifecycle.conclude(sealed_response.situation, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)

    assert client_of(lead, at=sealed_table).post(page_of("reveal", sealed_response.situation)).status_code == 403


# --- never there -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["write_identifiers", "reveal", "still_revealed", "write_plan"])
def test_where_names_are_spoken_there_is_no_place_for_one(client_of, accepted_item, originator, name):
    client = client_of(originator)

    answers = [ask(page_of(name, accepted_item.situation)).status_code for ask in (client.get, client.post)]

    assert answers == [404, 405 if name == "still_revealed" else 404]


def in_context(response) -> list[str]:
    """Which of the three stand anywhere in what the page was drawn from."""
    drawn = repr([layer.flatten() if hasattr(layer, "flatten") else layer for layer in response.context or []])
    return [field for field, words in WHO.items() if words in drawn + response.content.decode()]


@pytest.mark.parametrize("part", ["originator", "in_the_room", "lead"])
def test_what_is_disclosed_to_a_page_never_holds_it_without_a_press(named_item, part):
    member = cast.the(part)

    known = disclose(Situation.objects.visible_to(member).get(pk=named_item.situation_id), to=member)

    assert (known.reads("identifiers"), bool(known.identifiers), [words for words in WHO.values() if words in str(vars(known))]) == (
        True,
        False,
        [],
    )


SCREENS = {
    "chair": ["meetings:chair", "meetings:member", "meetings:detail", "situation", "meetings:reveal"],
    "recorder": ["meetings:recorder", "meetings:detail", "situation", "meetings:reveal"],
    "coordinator": ["meetings:detail", "meetings:minutes", "situation", "meetings:reveal"],
    "administrator": ["meetings:detail", "situation", "meetings:reveal"],
    "observer": ["meetings:member", "situation", "meetings:reveal"],
}


@pytest.mark.parametrize("part", SCREENS)
def test_no_screen_of_the_table_itself_holds_it(client_of, named_item, sealed_table, part):
    client = client_of(cast.the(part), at=sealed_table)

    held = {}
    for name in SCREENS[part]:
        key = named_item.situation.pk if name in ("situation", "meetings:reveal") else named_item.meeting_id
        response = client.get(reverse(name, args=[key]))
        held[name] = in_context(response)

    assert {name: fields for name, fields in held.items() if fields} == {}
    assert client.post(page_of("reveal", named_item.situation)).status_code in (403, 404)


def test_a_chair_who_is_also_in_the_room_for_an_agency_reveals_it_on_the_members_page_only(
    client_of, named_item, sealed_table, in_the_room
):
    agencies.appoint(in_the_room, role=Role.CHAIR, table=sealed_table, by="tests")
    client = client_of(cast.the("in_the_room"), at=sealed_table)
    console = reverse("meetings:chair", args=[named_item.meeting_id])

    revealed = press(client, named_item.situation)

    assert (found(revealed), in_context(client.get(console))) == (ALL, [])
    assert page_of("reveal", named_item.situation) not in client.get(console).content.decode()


# --- the plan in words -------------------------------------------------------------------------------------------------------------


def test_those_who_act_write_a_plan_and_read_it(client_of, sealed_response, sealed_table, lead, assisting):
    situation = sealed_response.situation

    client_of(lead, at=sealed_table).post(page_of("write_plan", situation), {"text": PLAN, "version": "0"})

    read = client_of(assisting, at=sealed_table).get(reverse("situation", args=[situation.pk])).content.decode()
    assert PLAN in read


@pytest.mark.parametrize("part", ["in_the_room", "originator", "chair", "coordinator"])
def test_the_plan_is_for_those_who_act(client_of, sealed_response, sealed_table, lead, part):
    lifecycle.write_plan(sealed_response.situation, text=PLAN, by=lead)
    client = client_of(cast.the(part), at=sealed_table)

    pages = [
        client.get(reverse("situation", args=[sealed_response.situation_id])),
        client.get(page_of("write_plan", sealed_response.situation)),
    ]

    assert ([PLAN in page.content.decode() for page in pages], pages[1].status_code in (403, 404)) == ([False, False], True)


def test_of_two_who_write_the_plan_none_overwrites_the_other(client_of, sealed_response, sealed_table, lead, assisting):
    situation = sealed_response.situation
    lifecycle.write_plan(situation, text=PLAN, by=lead)

    answer = client_of(assisting, at=sealed_table).post(page_of("write_plan", situation), {"text": "Ring twice.", "version": "0"})

    both = [words in answer.content.decode() for words in (PLAN, "Ring twice.")]
    assert (answer.status_code, both, sealing.unseal(situation, "plan")) == (409, [True, True], PLAN)


def test_when_it_has_ended_the_plan_is_read_and_no_longer_written(client_of, sealed_response, sealed_table, lead, chair):
    situation = sealed_response.situation
    lifecycle.write_plan(situation, text=PLAN, by=lead)
    lifecycle.conclude(situation, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    client = client_of(lead, at=sealed_table)

    page = client.get(reverse("situation", args=[situation.pk])).content.decode()

    assert (PLAN in page, client.get(page_of("write_plan", situation)).status_code) == (True, 403)
