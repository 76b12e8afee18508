"""The practice table is laid for a newcomer at any hour: situations wait, a meeting begins, and the others go on when asked."""

import pytest

from agencies import clock
from agencies.access import Refused
from agencies.actor import acting_as
from agencies.models import Member, SituationTable
from meetings import lifecycle as meetings
from meetings.enums import State
from meetings.models import Meeting
from practice.players import morning
from practice.town import MAIN_TABLE
from responses.models import Engagement
from situations import lifecycle as situations
from situations.enums import Stage
from tests.practice.conftest import NOW

WEEKS = 1
REPRESENTATIVE, ANOTHER, CHAIR = (f"{name}@practice.example" for name in ("wren.feldspar", "lark.schist", "linden.kestrel"))


@pytest.fixture
def town(season):
    """The invented town at its main table, at the season's end."""
    with clock.moved_to(NOW):
        yield SituationTable.objects.get(name_en=MAIN_TABLE.name_en)


def the(email):
    return Member.objects.select_related("agency").get(email=email)


def waiting(table):
    return meetings.awaiting(table)[2].count()


def go_on(table, learner, times=1):
    with acting_as(learner):
        return [morning.go_on(table, learner=learner) for _time in range(times)]


def a_heard_out_table(table):
    """Nothing new waits, and no meeting is near: the one of today is cancelled."""
    for situation in meetings.awaiting(table)[2]:
        meetings.withdraw(situation, reason="withdrawal_reason:WDR-01", by=the(CHAIR))
    while (meeting := morning.begins_soon(table)) is not None:
        meetings.cancel_meeting(meeting, by=the(CHAIR))


def a_morning_of(table, email):
    """One newcomer, for whom another morning is laid out at a table where all was heard."""
    learner = the(email)
    a_heard_out_table(table)
    morning.lay_out(table, learner=learner)
    return learner


def seated(table, learner):
    """The meeting, at which the others and the newcomer are there."""
    go_on(table, learner)
    meeting = Meeting.objects.under_way().get(table=table)
    meetings.check_in(meeting, member=learner, by=learner)
    return meeting


def test_another_morning_lays_out_four_situations_and_a_meeting_in_ten_minutes(town):
    a_heard_out_table(town)

    morning.lay_out(town, learner=the(REPRESENTATIVE))

    meeting = morning.begins_soon(town)
    assert (waiting(town), meeting.state, 10 <= (meeting.starts_at - clock.now()).total_seconds() / 60 <= 15.1) == (4, State.PLANNED, True)
    assert morning.is_laid_out(town, meeting=meeting)


def test_what_is_brought_for_a_newcomer_is_not_of_their_own_agency(town):
    a_heard_out_table(town)
    learner = the(REPRESENTATIVE)

    morning.lay_out(town, learner=learner)

    assert not meetings.awaiting(town)[2].filter(originating_agency=learner.agency).exists()


def test_two_newcomers_at_once_find_one_morning(town):
    a_heard_out_table(town)
    for email in (REPRESENTATIVE, ANOTHER, CHAIR):
        morning.lay_out(town, learner=the(email))

    soon = Meeting.objects.to_come().filter(table=town, starts_at__lte=clock.now() + meetings.CHECK_IN_FROM)
    assert (waiting(town), soon.count()) == (4, 1)


def test_a_representative_alone_goes_through_all_four_filters(town):
    learner = a_morning_of(town, REPRESENTATIVE)
    meeting = seated(town, learner)

    go_on(town, learner, times=5)

    item = meeting.items.open().select_related("situation").get()
    assert (item.situation.stage, Engagement.objects.filter(response__situation=item.situation, agency=learner.agency).exists()) == (
        Stage.RESPONDING,
        True,
    )


def test_who_stepped_out_is_told_nothing_of_what_the_others_did(town):
    learner = a_morning_of(town, REPRESENTATIVE)
    meeting = seated(town, learner)
    go_on(town, learner)
    situations.recuse(meeting.items.open().get().situation, member=learner, by=learner)

    did = go_on(town, learner, times=2)

    assert [str(each) for each in did] == ["The others went on. What is said while you are out of the room is not told to you."] * 2


def test_who_is_not_checked_in_is_told_so(town):
    learner = a_morning_of(town, REPRESENTATIVE)
    go_on(town, learner)

    with pytest.raises(Refused, match="Check in first"):
        go_on(town, learner)


def test_for_a_chair_the_others_come_and_answer_and_never_chair(town):
    chair = a_morning_of(town, CHAIR)
    go_on(town, chair)
    meeting = morning.begins_soon(town)
    assert meeting.state == State.PLANNED
    meeting = meetings.open_meeting(meeting, by=chair)

    with pytest.raises(Refused, match="your turn"):
        go_on(town, chair)


def test_while_somebody_chairs_the_others_leave_the_chair_to_them(town):
    a_heard_out_table(town)
    learner, chair = the(REPRESENTATIVE), the(CHAIR)
    morning.lay_out(town, learner=learner)
    meeting = morning.begins_soon(town)
    with acting_as(chair):
        meetings.open_meeting(meeting, by=chair)
    meetings.check_in(meeting, member=learner, by=learner)

    with pytest.raises(Refused, match="Somebody else chairs"):
        go_on(town, learner)


def test_when_all_is_heard_the_chair_closes_the_meeting(town):
    learner = a_morning_of(town, REPRESENTATIVE)
    meeting = seated(town, learner)

    go_on(town, learner, times=21)

    assert Meeting.objects.get(pk=meeting.pk).state == State.CLOSED
