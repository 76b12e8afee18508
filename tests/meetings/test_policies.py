"""Who may do what in a meeting and with the item that is open."""

from datetime import timedelta

import pytest

from agencies import clock
from meetings import lifecycle, policies
from meetings.disclosure import item_known
from meetings.enums import Act
from meetings.models import AgendaItem, Meeting
from tests import cast

PLANNED = {
    "originator": {Act.READ_AGENDA, Act.READ_ATTENDANCE, Act.CHECK_IN, Act.CHECK_OUT},
    "stranger": {Act.READ_AGENDA, Act.READ_ATTENDANCE, Act.CHECK_IN, Act.CHECK_OUT},
    "observer": {Act.CHECK_IN, Act.CHECK_OUT},
    "chair": {
        Act.READ_AGENDA,
        Act.READ_ATTENDANCE,
        Act.TAKE_ATTENDANCE,
        Act.CHECK_IN,
        Act.CHECK_OUT,
        Act.CHAIR,
        Act.UNDO,
        Act.SHOW_WALL,
        Act.SIGN_IN_WALL,
        Act.OPEN_MEETING,
    },
    "coordinator": {
        Act.READ_AGENDA,
        Act.READ_ATTENDANCE,
        Act.TAKE_ATTENDANCE,
        Act.CHECK_IN,
        Act.CHECK_OUT,
        Act.RECORD,
        Act.SHOW_WALL,
        Act.MOVE,
        Act.CANCEL,
    },
    "privacy_officer": {Act.READ_ATTENDANCE},
    "steering": set(),
    "administrator": set(),
}
CLOSED = {
    "stranger": {Act.READ_AGENDA, Act.READ_ATTENDANCE, Act.READ_MINUTES},
    "chair": {Act.READ_AGENDA, Act.READ_ATTENDANCE, Act.SHOW_WALL, Act.READ_MINUTES, Act.APPROVE_MINUTES},
    "recorder": {Act.READ_AGENDA, Act.READ_ATTENDANCE, Act.SHOW_WALL, Act.READ_MINUTES},
    "privacy_officer": {Act.READ_ATTENDANCE, Act.READ_MINUTES},
    "observer": set(),
    "steering": set(),
    "administrator": set(),
}
AT_FILTER_2 = {
    "originator": {Act.POSITION, Act.RECUSE_OTHERS},
    "in_the_room": {Act.POSITION},
    "observer": set(),
    "chair": {Act.DECIDE, Act.RECUSE_OTHERS},
    "recorder": {Act.POSITION_FOR_OTHERS, Act.DECIDE},
}
AT_FILTER_3 = {
    "originator": {Act.INVOLVEMENT, Act.RECUSE_OTHERS},
    "in_the_room": {Act.INVOLVEMENT},
    "chair": {Act.INVOLVEMENT_FOR_OTHERS, Act.RESPOND, Act.END_EARLY, Act.RECUSE_OTHERS},
    "recorder": {Act.INVOLVEMENT_FOR_OTHERS, Act.RESPOND, Act.END_EARLY},
}
AT_A_REPORT_BACK = {
    "originator": {Act.RECUSE_OTHERS},
    "in_the_room": set(),
    "lead": {Act.REPORT_BACK},
    "chair": {Act.KEEP_OPEN, Act.CONCLUDE, Act.RECUSE_OTHERS},
    "recorder": {Act.REPORT_BACK_FOR_OTHERS, Act.KEEP_OPEN, Act.CONCLUDE},
}


def acts_of(part, item):
    member = cast.the(part)
    row = AgendaItem.objects.known_to(member).select_related("meeting__table", "situation__table").get(pk=item.pk)
    return policies.permitted_item(member, row, item_known(row, to=member))


@pytest.mark.parametrize(("part", "acts"), PLANNED.items())
def test_before_a_meeting_each_may_do_what_their_place_allows(table, part, acts):
    meeting = cast.a_planned_meeting(table)

    assert policies.permitted(cast.the(part), meeting) == acts


@pytest.mark.parametrize(("part", "acts"), CLOSED.items())
def test_after_a_meeting_seated_members_read_and_the_chair_approves(meeting, chair, part, acts):
    lifecycle.close_meeting(meeting, by=chair)

    assert policies.permitted(cast.the(part), Meeting.objects.get(pk=meeting.pk)) == acts


def test_while_a_meeting_is_open_the_chair_leads_it(meeting, chair):
    leads = {Act.OPEN_ITEM, Act.EXTEND, Act.CLOSE_MEETING}

    assert [part for part in cast.PARTS if leads & policies.permitted(cast.the(part), meeting)] == ["chair"]


def test_only_the_coordinator_plans_the_calendar(table):
    assert [part for part in cast.PARTS if Act.PLAN in policies.permitted_at(cast.the(part), table)] == ["coordinator"]


@pytest.mark.parametrize(("part", "acts"), AT_FILTER_2.items())
def test_at_filter_2_agencies_take_a_position_and_the_table_decides(item, part, acts):
    assert acts_of(part, item) == acts


@pytest.mark.parametrize(("part", "acts"), AT_FILTER_3.items())
def test_at_filter_3_agencies_say_how_they_are_involved(accepted_item, part, acts):
    assert acts_of(part, accepted_item) == acts


@pytest.mark.parametrize(("part", "acts"), AT_A_REPORT_BACK.items())
def test_at_a_report_back_those_who_act_report_and_the_table_concludes(response, chair, part, acts):
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)

    assert acts_of(part, item) == acts


def test_a_chair_who_also_sits_for_an_agency_takes_its_position_too(item, in_the_room, table):
    cast.agencies.appoint(in_the_room, table=table, role="chair", by=cast.BY)

    assert acts_of("in_the_room", item) == {Act.POSITION, Act.DECIDE, Act.RECUSE_OTHERS}


def test_with_an_item_that_is_closed_nobody_may_do_anything(item, chair):
    lifecycle.close_item(item, by=chair)

    assert acts_of("chair", item) == set()


def test_a_member_who_called_a_session_may_move_or_cancel_it(submitted, originator, in_the_room, table):
    session = lifecycle.call_emergency(
        table, situation=submitted, agencies=[in_the_room.agency], starts_at=clock.now() + timedelta(hours=1), by=originator
    )

    may_move = [
        part for part in ("originator", "in_the_room", "chair", "coordinator") if Act.MOVE in policies.permitted(cast.the(part), session)
    ]
    assert may_move == ["originator", "coordinator"]
