"""What happens at the table happens in order, once, and on the record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import clock
from agencies import lifecycle as agencies
from agencies.access import OutOfOrder, Refused, Stale
from agencies.actor import acting_as
from agencies.enums import Role
from agencies.models import LedgerEntry, Outbox, PracticeClock
from meetings import lifecycle
from meetings.models import AgendaItem, Meeting, RhythmException
from tests import cast

MONDAY = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
TUESDAY = date(2027, 3, 2)  # the table sits on Tuesdays and Thursdays
WEDNESDAY = date(2027, 3, 3)


def days(table):
    """The local days on which a planned meeting stands in the calendar."""
    return [meeting.starts_at.astimezone(table.zone).date() for meeting in Meeting.objects.filter(table=table).to_come()]


@pytest.fixture
def calendar(table, at):
    """Monday, March 1, 2027: the two meetings of the week are planned."""
    with at(MONDAY):
        lifecycle.plan_meetings(table, until=date(2027, 3, 6), by="tick")
        yield table


def test_planning_again_adds_nothing(calendar):
    assert lifecycle.plan_meetings(calendar, until=date(2027, 3, 6), by="tick") == 0


def test_a_day_taken_out_cancels_its_meeting_and_everyone_is_told(calendar, coordinator):
    lifecycle.add_exception(calendar, on=TUESDAY, is_extra=False, by=coordinator)

    assert days(calendar) == [date(2027, 3, 4)]
    assert Outbox.objects.filter(notice="meeting_cancelled", recipient=cast.the("stranger")).count() == 1


def test_a_day_put_back_has_its_meeting_again(calendar, coordinator):
    exception = lifecycle.add_exception(calendar, on=TUESDAY, is_extra=False, by=coordinator)

    lifecycle.remove_exception(exception, by=coordinator)

    assert days(calendar) == [TUESDAY, date(2027, 3, 4)]


def test_an_extra_day_has_a_meeting_until_it_is_removed(calendar, coordinator):
    exception = lifecycle.add_exception(calendar, on=WEDNESDAY, is_extra=True, by=coordinator)
    with_the_extra_day = days(calendar)

    lifecycle.remove_exception(exception, by=coordinator)

    assert (with_the_extra_day, days(calendar)) == ([TUESDAY, WEDNESDAY, date(2027, 3, 4)], [TUESDAY, date(2027, 3, 4)])


def test_an_extra_day_later_on_leaves_the_days_before_it_as_they_are(calendar, coordinator):
    lifecycle.add_exception(calendar, on=date(2027, 6, 2), is_extra=True, by=coordinator)

    assert days(calendar) == [TUESDAY, date(2027, 3, 4), date(2027, 6, 2)]


def test_a_day_is_an_exception_once(calendar, coordinator):
    lifecycle.add_exception(calendar, on=TUESDAY, is_extra=False, by=coordinator)

    with pytest.raises(OutOfOrder):
        lifecycle.add_exception(calendar, on=TUESDAY, is_extra=True, by=coordinator)


def test_a_day_that_has_passed_cannot_be_an_exception(calendar, coordinator):
    with pytest.raises(Refused):
        lifecycle.add_exception(calendar, on=date(2027, 2, 23), is_extra=False, by=coordinator)

    assert RhythmException.objects.count() == 0


def test_an_exception_is_removed_once(calendar, coordinator):
    exception = lifecycle.add_exception(calendar, on=TUESDAY, is_extra=False, by=coordinator)
    lifecycle.remove_exception(RhythmException.objects.get(), by=coordinator)

    with pytest.raises(OutOfOrder):
        lifecycle.remove_exception(RhythmException(pk=exception.pk), by=coordinator)


def test_a_meeting_that_somebody_else_moved_is_not_moved_unseen(table, coordinator):
    meeting = cast.a_planned_meeting(table)
    lifecycle.move_meeting(meeting, starts_at=clock.now() + timedelta(days=1), by=coordinator, version=1)

    with pytest.raises(Stale) as stale:
        lifecycle.move_meeting(meeting, starts_at=clock.now() + timedelta(days=2), by=coordinator, version=1)
    assert [str(difference.label) for difference in stale.value.differences] == ["Begins"]


def test_those_of_the_last_meeting_check_in_as_they_were(table, chair, in_the_room, lead):
    last = cast.an_open_meeting(table, by=chair, present=["lead"])
    lifecycle.check_in(last, member=in_the_room, by=chair, mode="video")
    lifecycle.close_meeting(last, by=chair)
    meeting = cast.an_open_meeting(table, by=chair, present=["lead"])

    arrived = lifecycle.check_in_as_last_time(meeting, by=chair)

    modes = dict(meeting.attendances.present().values_list("member__email", "mode"))
    assert (arrived, modes) == (1, {"lead@table.example": "room", "in_the_room@table.example": "video"})


def test_at_the_first_meeting_there_is_no_last_time(meeting, chair):
    with pytest.raises(Refused):
        lifecycle.check_in_as_last_time(meeting, by=chair)


def test_a_chair_who_stepped_out_does_not_open_the_item(submitted, meeting, chair):
    cast.situations.recuse(submitted, member=chair, by=chair)
    lifecycle.refresh_agenda(meeting)

    with pytest.raises(Refused):
        lifecycle.next_item(meeting, by=chair)
    assert meeting.items.open().count() == 0


def test_a_response_is_kept_open_and_can_still_be_concluded_at_the_same_meeting(response, chair):
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)

    kept = lifecycle.keep_open(item, by=chair).outcome
    concluded = lifecycle.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair).outcome

    assert (kept, concluded) == ("kept_open", "concluded")


def test_what_is_decided_cannot_be_decided_again(accepted_item, chair):
    with pytest.raises(OutOfOrder):
        lifecycle.accept(accepted_item, by=chair)

    assert LedgerEntry.objects.filter(act="accepted", situation_id=accepted_item.situation_id).count() == 1


def test_the_next_item_passes_over_what_is_no_longer_before_the_table(table, originator, chair):
    withdrawn, waiting = (cast.a_submitted(table, by=originator) for _each in range(2))
    meeting = cast.an_open_meeting(table, by=chair)
    cast.situations.withdraw(withdrawn, reason="withdrawal_reason:WDR-03", by=originator)

    assert lifecycle.next_item(meeting, by=chair).situation == waiting
    assert lifecycle.next_item(meeting, by=chair) is None


def test_whoever_withdraws_waits_for_the_chair_before_reading_the_agenda(table, submitted, originator):
    cast.a_planned_meeting(table)

    with CaptureQueriesContext(connection) as asked:
        lifecycle.withdraw(submitted, reason="withdrawal_reason:WDR-03", by=originator)

    said = [query["sql"] for query in asked]
    waits = next(place for place, sql in enumerate(said) if 'FROM "meetings_meeting"' in sql and "FOR UPDATE" in sql)
    reads = next(place for place, sql in enumerate(said) if sql.startswith('SELECT "meetings_agendaitem"'))
    assert waits < reads


def test_a_meeting_that_nobody_closed_ends_by_itself_four_hours_after_its_planned_end(item):
    PracticeClock.objects.update(seconds=timedelta(hours=6).total_seconds())
    call_command("tick", "--once")
    before = Meeting.objects.get(pk=item.meeting_id).state

    PracticeClock.objects.update(seconds=timedelta(hours=6, minutes=6).total_seconds())
    call_command("tick", "--once")

    closed = LedgerEntry.objects.get(act="meeting_closed")
    assert (before, Meeting.objects.get(pk=item.meeting_id).state, closed.by_job) == ("open", "closed", "tick")


def test_a_forgotten_meeting_says_of_nobody_that_they_stayed_past_its_planned_end(meeting, later):
    with later(hours=7):
        lifecycle.close_forgotten(meeting, by="tick")

    assert set(meeting.attendances.values_list("left_at", flat=True)) == {meeting.ends_at}


def test_what_a_forgotten_meeting_did_not_decide_comes_again(accepted_item, later):
    with later(hours=7):
        lifecycle.close_forgotten(accepted_item.meeting, by="tick")

        assert [row.pk for row in lifecycle.awaiting(accepted_item.meeting.table)[1]] == [accepted_item.situation_id]


def test_a_meeting_that_the_chair_extended_late_does_not_end_by_itself(meeting, chair, later):
    with later(hours=5):
        lifecycle.extend(meeting, minutes=30, by=chair)

    with later(hours=7):
        assert lifecycle.close_forgotten(meeting, by="tick") is False


def test_nothing_new_is_heard_after_the_planned_end_until_the_meeting_is_extended(submitted, meeting, chair, later):
    with later(hours=3):
        with pytest.raises(Refused):
            lifecycle.next_item(meeting, by=chair)
        lifecycle.extend(meeting, minutes=15, by=chair)

        assert lifecycle.next_item(meeting, by=chair).situation == submitted


def test_a_meeting_that_did_not_take_place_is_not_opened_the_next_day(table, chair, later):
    meeting = cast.a_planned_meeting(table)

    with later(days=1), pytest.raises(OutOfOrder):
        lifecycle.open_meeting(meeting, by=chair)


def test_nobody_checks_in_at_a_meeting_that_did_not_take_place(table, originator, later):
    meeting = cast.a_planned_meeting(table)

    with later(hours=7), pytest.raises(OutOfOrder, match="did not take place"):
        lifecycle.check_in(meeting, member=originator, by=originator)


def test_what_a_session_was_called_for_comes_before_the_table_when_the_session_did_not_take_place(table, submitted, originator, later):
    lifecycle.call_emergency(
        table, situation=submitted, agencies=[originator.agency], starts_at=clock.now() + timedelta(minutes=20), by=originator
    )
    waiting_while_called = list(lifecycle.awaiting(table)[2])

    with later(hours=2):
        assert (waiting_while_called, list(lifecycle.awaiting(table)[2])) == ([], [submitted])


def test_what_is_withdrawn_leaves_the_agenda_of_a_session_that_did_not_take_place(table, submitted, chair, originator, later):
    lifecycle.call_emergency(
        table, situation=submitted, agencies=[originator.agency], starts_at=clock.now() + timedelta(minutes=20), by=originator
    )
    with later(hours=2):
        heard = cast.the_item_of(submitted, cast.an_open_meeting(table, by=chair), by=chair)

        lifecycle.withdraw(submitted, reason="withdrawal_reason:WDR-03", by=originator)

    assert [(item.pk, item.outcome) for item in submitted.agenda_items.all()] == [(heard.pk, "withdrawn")]


def test_a_chair_who_stepped_out_goes_on_to_the_next_item_when_another_has_heard_it(item, meeting, chair, in_the_room, originator):
    agencies.appoint(in_the_room, table=meeting.table, role=Role.CHAIR, by=cast.BY)
    cast.a_submitted(meeting.table, by=originator)
    lifecycle.step_out(item, member=chair, by=chair)

    with acting_as(cast.the("chair")):
        opened = lifecycle.next_item(meeting, by=cast.the("chair"), leaving=item.pk)

    assert (opened.pk == item.pk, AgendaItem.objects.get(pk=item.pk).closed_at is not None) == (False, True)
