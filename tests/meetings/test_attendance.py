"""Who is at the table: self check-in, the list that chair and recorder keep, and those who are out of the room."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies import lifecycle as agencies
from agencies.models import LedgerEntry
from meetings import lifecycle
from meetings.disclosure import room_of
from meetings.models import Attendance
from situations.models import Situation
from tests import cast


def attendance(client, meeting, **pressed):
    address = reverse("meetings:attendance", args=[meeting.pk])
    return client.post(address, pressed) if pressed else client.get(address)


def check_in(client, meeting, mode="room"):
    return client.post(reverse("meetings:check_in", args=[meeting.pk]), {"mode": mode})


def person(response, name):
    """One person of the list as a page was handed it."""
    return next(each for agency in response.context["agencies"] for each in agency.people if each.name == name)


def test_a_member_checks_in_an_hour_before_by_video(client_of, table, in_the_room):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(minutes=55))

    response = check_in(client_of(in_the_room), meeting, mode="video")

    assert response.url == reverse("meetings:detail", args=[meeting.pk])
    assert [(each.member, each.mode) for each in meeting.attendances.present()] == [(in_the_room, "video")]


def test_nobody_checks_in_earlier(client_of, table, in_the_room):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(minutes=65))

    response = check_in(client_of(in_the_room), meeting)

    assert (response.status_code, "one hour before" in response.content.decode()) == (409, True)


def test_arriving_while_an_item_is_open_puts_a_member_in_the_room(client_of, item, stranger):
    response = check_in(client_of(stranger), item.meeting)

    assert response.url == reverse("meetings:member", args=[item.meeting_id])
    assert Situation.objects.visible_to(stranger).filter(pk=item.situation_id).count() == 1


def test_leaving_closes_what_the_room_gave(client_of, item, in_the_room):
    client_of(in_the_room).post(reverse("meetings:check_out", args=[item.meeting_id]))

    assert Situation.objects.visible_to(in_the_room).filter(pk=item.situation_id).count() == 0
    assert LedgerEntry.objects.filter(act="departed", audience_id=in_the_room.pk).count() == 1


@pytest.mark.parametrize("part", ["steering", "administrator", "privacy_officer"])
def test_who_has_no_place_does_not_check_in(client_of, meeting, part):
    assert check_in(client_of(cast.the(part)), meeting).status_code == 403


def test_who_was_not_called_does_not_check_in_at_a_session(client_of, table, submitted, originator, in_the_room, stranger):
    session = lifecycle.call_emergency(
        table, situation=submitted, agencies=[in_the_room.agency], starts_at=clock.now() + timedelta(minutes=15), by=originator
    )

    assert [check_in(client_of(member), session).status_code for member in (in_the_room, stranger)] == [302, 404]


@pytest.mark.parametrize("keeper", ["chair", "recorder", "coordinator"])
def test_chair_and_recorder_check_others_in_and_out(client_of, meeting, keeper, stranger):
    client = client_of(cast.the(keeper))

    attendance(client, meeting, video=str(stranger.pk))
    here = person(attendance(client, meeting), "Stranger Person")
    attendance(client, meeting, left=str(stranger.pk))
    gone = person(attendance(client, meeting), "Stranger Person")

    assert [(each.is_here, each.is_by_video, len(each.intervals)) for each in (here, gone)] == [(True, True, 1), (False, False, 1)]


def test_coming_back_is_a_second_interval(client_of, meeting, chair, in_the_room):
    client = client_of(chair)
    attendance(client, meeting, left=str(in_the_room.pk))
    attendance(client, meeting, room=str(in_the_room.pk))

    shown = person(attendance(client, meeting), "In_The_Room Person").intervals

    assert [each.left is None for each in shown] == [False, True]


def test_whoever_comes_after_the_beginning_is_late(client_of, meeting, chair, stranger, later):
    with later(minutes=20):
        attendance(client_of(chair), meeting, room=str(stranger.pk))
        response = attendance(client_of(chair), meeting)

    assert [person(response, name).intervals[0].is_late for name in ("Stranger Person", "Lead Person")] == [True, False]


def test_everyone_of_last_time_is_checked_in_by_one_press(client_of, meeting, chair, table):
    lifecycle.close_meeting(meeting, by=chair)
    today = lifecycle.open_meeting(cast.a_planned_meeting(table), by=chair)

    attendance(client_of(chair), today, as_last_time="1")

    assert today.attendances.present().count() == len(cast.AT_THE_TABLE)


def test_who_stepped_out_is_out_of_the_room_while_the_item_is_open(client_of, accepted_item, chair, stranger):
    during = person(attendance(client_of(stranger), accepted_item.meeting), "Recused Person").is_out
    lifecycle.close_item(accepted_item, by=chair)
    after = person(attendance(client_of(stranger), accepted_item.meeting), "Recused Person").is_out

    assert (during, after) == (True, False)


def test_the_list_never_says_for_which_item(client_of, accepted_item, stranger):
    response = attendance(client_of(stranger), accepted_item.meeting)

    assert accepted_item.situation.reference not in response.content.decode()


def test_alternates_and_observers_are_marked(client_of, meeting, chair, table, colleague, in_the_room):
    agencies.delegate(
        to=colleague, stands_in_for=in_the_room, table=table, starts_at=clock.now(), ends_at=clock.now() + timedelta(days=1), by=chair
    )

    response = attendance(client_of(chair), meeting)

    marked = {
        name: [str(words) for words in person(response, name).marked] for name in ("Colleague Person", "Observer Person", "Lead Person")
    }
    assert marked == {"Colleague Person": ["Alternate"], "Observer Person": ["Observer"], "Lead Person": []}


@pytest.mark.parametrize(("part", "status"), [("stranger", 200), ("privacy_officer", 200), ("observer", 403), ("steering", 403)])
def test_seated_members_read_the_list(client_of, meeting, part, status):
    assert attendance(client_of(cast.the(part)), meeting).status_code == status


def test_a_reader_of_the_list_does_not_change_it(client_of, meeting, in_the_room, stranger):
    response = attendance(client_of(in_the_room), meeting, room=str(stranger.pk))

    assert (response.status_code, Attendance.objects.filter(member=stranger).count()) == (403, 0)


def test_only_those_with_a_place_can_be_checked_in(client_of, meeting, chair, administrator):
    assert attendance(client_of(chair), meeting, room=str(administrator.pk)).status_code == 409


def test_the_list_costs_the_same_however_many_come(client_of, table, chair, later, django_assert_num_queries):
    few = cast.an_open_meeting(table, by=chair, present=["lead"])
    client = client_of(chair)

    with later(minutes=1):  # nothing can be undone any more
        attendance(client, few)
        with django_assert_num_queries(16):
            attendance(client, few)
    for part in ("originator", "in_the_room", "assisting"):
        lifecycle.check_in(few, member=cast.the(part), by=chair)
    with later(minutes=2), django_assert_num_queries(16):
        attendance(client, few)


def test_the_list_speaks_french(client_of, meeting, chair):
    assert attendance(client_of(chair, language="fr-ca"), meeting).status_code == 200


def test_after_a_press_the_page_is_back_at_the_persons_row_and_says_there_what_was_kept(client_of, meeting, chair, stranger):
    client, address = client_of(chair), reverse("meetings:attendance", args=[meeting.pk])

    response = client.post(address, {"video": str(stranger.pk)})
    shown = client.get(address).context

    kept = {person.pk: str(person.kept) for agency in shown["agencies"] for person in agency.people if person.kept}
    assert (response.url, kept, shown["messages"]) == (f"{address}#person-{stranger.pk}", {stranger.pk: "Kept: by video."}, [])


@pytest.mark.parametrize(("minutes", "is_late"), [(4, False), (6, True)])
def test_late_is_who_came_more_than_five_minutes_after_the_meeting_began(client_of, meeting, chair, stranger, later, minutes, is_late):
    with later(minutes=5 + minutes):  # it begins in five minutes
        lifecycle.check_in(meeting, member=stranger, by=chair)
        shown = client_of(chair).get(reverse("meetings:attendance", args=[meeting.pk])).context

    intervals = [person.intervals for agency in shown["agencies"] for person in agency.people if person.pk == stranger.pk]
    assert [[each.is_late for each in intervals[0]]] == [[is_late]]


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        ([], "Nobody is here yet."),
        (["chair"], "One person is here, for the table."),
        (["lead"], "One person is here, from one agency."),
        (["in_the_room", "colleague"], "2 people are here, from one agency."),
        (["lead", "in_the_room", "colleague"], "3 people are here, from 2 agencies."),
    ],
)
def test_how_many_are_here_is_a_sentence_for_none_one_and_many(table, chair, present, sentence):
    assert room_of(cast.an_open_meeting(table, by=chair, present=present)).words == sentence
