"""The calendar in the browser: the list, a meeting's page, planning, exceptions, moving, cancelling, emergency sessions.

Of the queries counted here six are the test's own: the savepoint around the page, and the settings of clock and member.
"""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from agencies import clock
from agencies.models import LedgerEntry, Outbox
from meetings import lifecycle
from meetings.models import Meeting, RhythmException
from situations import lifecycle as situations
from situations.models import Situation
from tests import cast

FEBRUARY = datetime(2027, 2, 8, 15, 0, tzinfo=UTC)  # a Monday; the next one is Family Day
LIST = reverse("meetings:list")


def page(client, name, *args):
    return client.get(reverse(f"meetings:{name}", args=args))


def text(response):
    return " ".join(response.content.decode().split())


def when(moment, table):
    """Day and time of a moment as the form asks for them."""
    local = localtime(moment, table.zone)
    return {"on": local.strftime("%Y-%m-%d"), "at": local.strftime("%H:%M")}


@pytest.fixture
def at_table(client_of, table):
    """A browser in which a member sits at this table."""

    def signed_in(member, **options):
        client = client_of(member, **options)
        session = client.session
        session["table"] = str(table.pk)
        session.save()
        return client

    return signed_in


def test_the_list_names_meetings_and_the_holiday_between_them(at_table, table, originator, at):
    with at(FEBRUARY):
        table = cast.agencies.change_table(table, weekdays=[0], by=cast.BY)
        lifecycle.plan_meetings(table, until=date(2027, 2, 26), by="tick")

        response = at_table(originator).get(LIST)

    assert [(str(day.on), getattr(day, "holiday", "meeting")) for day in response.context["days"]] == [
        ("2027-02-08", "meeting"),
        ("2027-02-15", "Family Day"),
        ("2027-02-22", "meeting"),
    ]


def test_in_french_the_holiday_has_its_french_name(at_table, table, originator, at):
    with at(FEBRUARY):
        table = cast.agencies.change_table(table, weekdays=[0], by=cast.BY)
        lifecycle.plan_meetings(table, until=date(2027, 2, 26), by="tick")

        response = at_table(originator, language="fr-ca").get(LIST)

    assert "Jour de la Famille" in text(response)


def test_the_list_holds_the_facts_of_meetings_and_no_row(at_table, table, originator, chair):
    lifecycle.close_meeting(cast.an_open_meeting(table, by=chair), by=chair)
    cast.a_planned_meeting(table)

    context = at_table(originator).get(LIST).context

    held = [*context["to_come"], *context["past"], *context["days"], *context["past_days"]]
    assert (len(held) >= 4, [each for each in held if isinstance(each, Meeting)]) == (True, [])


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(at_table, table, originator, meetings, django_assert_num_queries):
    for week in range(meetings):
        cast.a_planned_meeting(table, starts_in=timedelta(weeks=week, minutes=5))
    client = at_table(originator)
    client.get(LIST)

    with django_assert_num_queries(14):
        client.get(LIST)


def test_a_meetings_page_names_new_situations_by_who_brought_them(client_of, table, submitted, stranger):
    meeting = cast.a_planned_meeting(table)

    response = page(client_of(stranger), "detail", meeting.pk)

    lines = [(line.title, line.brought_by) for line in response.context["agenda"].new]
    assert lines == [("New situation 1", "Heron School Board")]


def test_the_number_of_a_report_back_is_read_by_those_only_who_know_it(client_of, table, response, chair, lead, stranger):
    lifecycle.close_meeting(Meeting.objects.under_way().get(), by=chair)
    meeting = cast.a_planned_meeting(table)

    titles = {
        member.email: page(client_of(member), "detail", meeting.pk).context["agenda"].report_backs[0].title for member in (lead, stranger)
    }

    assert titles == {"lead@table.example": response.situation.reference, "stranger@table.example": "Report-back 1"}


def test_whoever_stepped_out_finds_no_line_and_no_gap_on_the_next_agenda(client_of, table, submitted, originator, recused):
    cast.a_submitted(table, by=originator)
    cast.situations.recuse(submitted, member=recused, by=recused)
    meeting = cast.a_planned_meeting(table)

    response = page(client_of(recused), "detail", meeting.pk)

    assert [line.title for line in response.context["agenda"].new] == ["New situation 1"]
    assert ("One new situation." in text(response), "stepped out" in text(response)) == (True, False)


def test_whoever_stepped_out_finds_nothing_of_it_on_the_agenda_of_a_meeting_past(client_of, response, recused, chair):
    meeting = lifecycle.close_meeting(Meeting.objects.under_way().get(), by=chair)

    assert page(client_of(recused), "detail", meeting.pk).context["agenda"].is_empty


def test_only_the_next_meetings_agenda_is_known(client_of, table, submitted, originator):
    cast.a_planned_meeting(table)
    later = cast.a_planned_meeting(table, starts_in=timedelta(days=7))

    assert page(client_of(originator), "detail", later.pk).context["agenda"].is_empty


@pytest.mark.parametrize("part", ["steering", "administrator", "observer"])
def test_who_has_no_seat_reads_when_a_meeting_is_and_not_what_comes_before_it(client_of, table, submitted, part):
    meeting = cast.a_planned_meeting(table)

    response = page(client_of(cast.the(part)), "detail", meeting.pk)

    assert (response.status_code, response.context["agenda"], "Heron School Board" in text(response)) == (200, None, False)


@pytest.mark.parametrize("brought", [1, 3])
def test_a_meetings_page_costs_the_same_however_much_comes_before_it(client_of, table, originator, brought, django_assert_num_queries):
    for _each in range(brought):
        cast.a_submitted(table, by=originator)
    meeting = cast.a_planned_meeting(table)
    client = client_of(originator)
    page(client, "detail", meeting.pk)

    with django_assert_num_queries(14):
        page(client, "detail", meeting.pk)


def test_the_coordinator_plans_further(at_table, table, coordinator, at):
    with at(FEBRUARY):
        response = at_table(coordinator).post(reverse("meetings:plan"), {"until": "2027-02-26"})

        planned = Meeting.objects.filter(table=table).planned().count()

    assert (response.status_code, response.url, planned) == (302, LIST, 6)


def test_a_calendar_is_not_planned_beyond_five_years(at_table, coordinator, at):
    with at(FEBRUARY):
        response = at_table(coordinator).post(reverse("meetings:plan"), {"until": "2035-01-01"})

    assert response.context["form"].errors == {"until": ["Choose a day within the next five years."]}


@pytest.mark.parametrize("name", ["plan", "exceptions"])
def test_nobody_but_the_coordinator_changes_the_calendar(at_table, chair, coordinator, name):
    statuses = [page(at_table(member), name).status_code for member in (chair, coordinator)]

    assert statuses == [403, 200]
    assert LedgerEntry.objects.filter(act="refused", by_id=chair.pk).count() == 1


def test_an_exception_is_added_and_removed(at_table, table, coordinator, at):
    with at(FEBRUARY):
        client = at_table(coordinator)
        client.post(reverse("meetings:exceptions"), {"on": "2027-02-10", "is_extra": "yes"})
        exception = RhythmException.objects.get()
        shown = text(page(client, "exceptions"))
        client.post(reverse("meetings:remove_exception", args=[exception.pk]))

    assert ("Wednesday, February 10, 2027" in shown, RhythmException.objects.count()) == (True, 0)
    assert Meeting.objects.filter(table=table, state="cancelled").count() == 1


def test_a_meeting_is_moved_and_everyone_is_told(client_of, table, coordinator):
    meeting = cast.a_planned_meeting(table)
    moved_to = (clock.now() + timedelta(days=3)).replace(second=0, microsecond=0)

    client_of(coordinator).post(reverse("meetings:move", args=[meeting.pk]), when(moved_to, table) | {"version": 1})

    meeting.refresh_from_db()
    assert (meeting.starts_at, Outbox.objects.filter(notice="meeting_moved", recipient=cast.the("stranger")).count()) == (moved_to, 1)


def test_a_move_into_the_past_is_an_error_beside_its_field(client_of, table, coordinator):
    meeting = cast.a_planned_meeting(table)
    yesterday = when(clock.now() - timedelta(days=1), table)

    response = client_of(coordinator).post(reverse("meetings:move", args=[meeting.pk]), yesterday | {"version": 1})

    assert response.context["form"].errors == {"at": ["Choose a time that is still to come."]}


def test_a_move_that_somebody_else_made_meanwhile_is_shown_beside_ones_own(client_of, table, coordinator):
    meeting = cast.a_planned_meeting(table)
    lifecycle.move_meeting(meeting, starts_at=clock.now() + timedelta(days=1), by=coordinator)

    response = client_of(coordinator).post(
        reverse("meetings:move", args=[meeting.pk]), when(clock.now() + timedelta(days=2), table) | {"version": 1}
    )

    assert response.status_code == 409


def test_a_meeting_is_cancelled_once_however_often_the_form_is_posted(client_of, table, coordinator):
    meeting = cast.a_planned_meeting(table)
    client, token = client_of(coordinator), str(uuid.uuid4())

    urls = [client.post(reverse("meetings:cancel", args=[meeting.pk]), {"form_token": token}).url for _time in range(2)]

    assert urls == [reverse("meetings:detail", args=[meeting.pk])] * 2
    assert LedgerEntry.objects.filter(act="meeting_cancelled").count() == 1


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_a_representative_may_read_a_meeting_and_not_move_or_cancel_it(client_of, table, originator, name):
    meeting = cast.a_planned_meeting(table)

    assert page(client_of(originator), name, meeting.pk).status_code == 403


def call(client, situation, **chosen):
    begins = when(clock.now() + timedelta(minutes=20), situation.table)
    return client.post(reverse("meetings:emergency", args=[situation.pk]), begins | chosen)


def test_an_emergency_session_is_called_for_the_seats_that_are_picked(client_of, submitted, originator, in_the_room):
    response = call(client_of(originator), submitted, seats="these", agencies=[str(in_the_room.agency_id)])

    session = Meeting.objects.get(kind="emergency")
    assert response.url == reverse("meetings:detail", args=[session.pk])
    assert {seat.agency.name for seat in session.called_seats.all()} == {"Heron School Board", "Larch Housing"}
    assert set(
        Outbox.objects.filter(notice="emergency_called", recipient__agency__isnull=False).values_list("recipient__email", flat=True)
    ) == {f"{part}@table.example" for part in ("originator", "in_the_room", "colleague", "agency_lead")}


def test_all_seats_are_called_by_one_answer(client_of, submitted, originator):
    call(client_of(originator), submitted, seats="all")

    assert Meeting.objects.get(kind="emergency").called_seats.count() == 6


def test_no_seat_is_picked_beforehand(client_of, submitted, originator):
    response = call(client_of(originator), submitted, seats="these")

    assert response.context["form"].errors == {"agencies": ["Choose at least one agency."]}


def test_a_session_does_not_exist_for_those_who_were_not_called(client_of, submitted, originator, in_the_room, stranger):
    call(client_of(originator), submitted, seats="these", agencies=[str(in_the_room.agency_id)])
    session = Meeting.objects.get(kind="emergency")

    statuses = [page(client_of(member), "detail", session.pk).status_code for member in (in_the_room, stranger)]

    assert statuses == [200, 404]


def test_a_session_does_not_exist_for_who_stepped_out_of_its_situation(client_of, submitted, originator, in_the_room, colleague):
    situations.recuse(submitted, member=in_the_room, by=in_the_room)
    call(client_of(originator), submitted, seats="all")
    session = Meeting.objects.get(kind="emergency")

    statuses = [page(client_of(member), "detail", session.pk).status_code for member in (in_the_room, colleague)]
    listed = [str(session.pk) in client_of(member).get(LIST).content.decode() for member in (in_the_room, colleague)]

    assert (statuses, listed) == ([404, 200], [False, True])


def test_who_steps_out_at_the_session_still_finds_the_way_out(submitted, originator, in_the_room, chair):
    session = lifecycle.call_emergency(
        submitted.table, situation=submitted, agencies=[in_the_room.agency], starts_at=clock.now() + timedelta(minutes=20), by=originator
    )
    lifecycle.check_in(session, member=in_the_room, by=in_the_room)

    situations.recuse(submitted, member=in_the_room, by=in_the_room)

    assert Meeting.objects.visible_to(in_the_room).filter(pk=session.pk).exists()


def test_a_situation_has_one_session_at_a_time(client_of, submitted, originator):
    call(client_of(originator), submitted, seats="all")

    assert (call(client_of(originator), submitted, seats="all").status_code, Meeting.objects.count()) == (409, 1)


@pytest.mark.parametrize(("part", "status"), [("originator", 200), ("chair", 403), ("stranger", 404)])
def test_a_session_is_called_by_those_who_brought_the_situation(client_of, submitted, part, status):
    assert page(client_of(cast.the(part)), "emergency", submitted.pk).status_code == status


def test_the_page_that_calls_a_session_holds_nothing_of_the_situation(client_of, submitted, originator):
    response = page(client_of(originator), "emergency", submitted.pk)

    held = [value for context in response.context for layer in context for value in layer.values()]
    assert ([row for row in held if isinstance(row, Situation)], cast.WHY_NOW in text(response)) == ([], False)


def test_a_day_that_passed_without_a_meeting_stands_under_the_past_and_says_so(client_of, table, in_the_room, later):
    meeting, client = cast.a_planned_meeting(table), client_of(in_the_room)

    with later(hours=3):
        shown = client.get(reverse("meetings:list")).context

        assert [(day.pk, str(day.state_words)) for day in shown["past_days"]] == [(meeting.pk, "Did not take place")]
        assert [day for day in shown["days"] if not hasattr(day, "is_rest")] == []


def test_the_agenda_is_that_of_the_meeting_to_come_also_after_one_that_did_not_take_place(client_of, table, submitted, in_the_room, later):
    missed, coming = cast.a_planned_meeting(table), cast.a_planned_meeting(table, starts_in=timedelta(days=2))

    with later(days=1):
        agendas = [page(client_of(in_the_room), "detail", each.pk).context["agenda"] for each in (missed, coming)]

    assert [len(agenda.new) for agenda in agendas] == [0, 1]
