"""An alternate of the same agency stands in, from a day to a day of the table."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from agencies import clock, lifecycle
from agencies.enums import LedgerAct, Role
from agencies.models import Appointment, LedgerEntry, Member

DELEGATE = reverse("agencies:delegate")
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def desk(table, colleague):
    """Someone of the same agency who has joined, without a role at the table."""
    invited = lifecycle.invite(email="desk@table.example", full_name="Desk Person", agency=colleague.agency, table=table, by="tests")
    return lifecycle.accept_invitation(invited, password="four-calm-words-here")


def test_who_was_only_invited_is_not_offered(table, in_the_room, colleague, client_of):
    lifecycle.invite(email="desk@table.example", full_name="Desk Person", agency=colleague.agency, table=table, by="tests")

    offered = client_of(in_the_room).get(DELEGATE).context["form"].fields["to"].queryset
    assert list(offered.filter(email="desk@table.example")) == []


def today():
    return localtime(clock.now(), TORONTO).date()


def days(first, last, **more):
    return {"first_on": (today() + timedelta(days=first)).isoformat(), "last_on": (today() + timedelta(days=last)).isoformat(), **more}


def test_a_representative_is_stood_in_for_until_the_end_of_the_last_day(table, in_the_room, desk, client_of, at):
    with at(datetime(2030, 3, 1, 15, tzinfo=TORONTO)):  # in 2030 clocks go forward on March 10
        client_of(in_the_room).post(DELEGATE, {"to": desk.pk, "first_on": "2030-03-08", "last_on": "2030-03-10"})

    delegation = Appointment.objects.get(member=desk, role=Role.ALTERNATE)
    assert (localtime(delegation.starts_at, TORONTO).isoformat(), localtime(delegation.ends_at, TORONTO).isoformat()) == (
        "2030-03-08T00:00:00-05:00",
        "2030-03-11T00:00:00-04:00",
    )
    assert (delegation.stands_in_for, delegation.given_by) == (in_the_room, in_the_room)
    assert LedgerEntry.objects.filter(act=LedgerAct.ROLE_GIVEN, subject_id=str(delegation.pk)).count() == 1


def test_the_alternates_role_counts_on_these_days_only(table, in_the_room, desk, client_of, later):
    client_of(in_the_room).post(DELEGATE, days(1, 2, to=desk.pk))

    def counts():
        return Member.objects.get(pk=desk.pk).standing.holds(table.pk, Role.ALTERNATE)

    seen = [counts()]
    for passed in (24, 48, 72):
        with later(hours=passed):
            seen.append(counts())
    assert seen == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "last", "field"), [(-1, 2, "first_on"), (3, 2, "last_on")], ids=["a day that has passed", "ends before it begins"]
)
def test_days_that_cannot_be_come_back(in_the_room, desk, client_of, first, last, field):
    page = client_of(in_the_room).post(DELEGATE, days(first, last, to=desk.pk))

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_someone_of_another_agency_cannot_be_chosen(in_the_room, stranger, client_of):
    page = client_of(in_the_room).post(DELEGATE, days(0, 1, to=stranger.pk))

    assert list(page.context["form"].errors) == ["to"]


def test_the_same_person_does_not_stand_in_twice_on_one_day(in_the_room, desk, client_of):
    client = client_of(in_the_room)
    client.post(DELEGATE, days(0, 3, to=desk.pk))

    page = client.post(DELEGATE, days(2, 5, to=desk.pk))

    assert page.context["form"].errors["to"] == ["Desk Person already stands in on one of these days."]


def test_an_agency_lead_says_for_whom(agency_lead, in_the_room, desk, client_of):
    client_of(agency_lead).post(DELEGATE, days(0, 1, to=desk.pk, stands_in_for=in_the_room.pk))

    assert Appointment.objects.get(member=desk).stands_in_for == in_the_room


@pytest.mark.parametrize("part", ["chair", "coordinator", "observer"])
def test_others_have_nobody_to_stand_in_for_them(request, part, client_of):
    assert client_of(request.getfixturevalue(part)).get(DELEGATE).status_code == 403


def test_a_delegation_is_ended_by_whoever_gave_it_and_by_nobody_else(in_the_room, colleague, stranger, desk, client_of):
    client_of(in_the_room).post(DELEGATE, days(0, 3, to=desk.pk))
    address = reverse("agencies:end_delegation", args=[Appointment.objects.get(member=desk).pk])

    seen = [client_of(member).post(address).status_code for member in (stranger, colleague, in_the_room)]

    assert seen == [404, 404, 302]
    assert not Appointment.objects.current().filter(member=desk).exists()


def test_the_page_of_alternates_costs_the_same_for_one_and_for_three(in_the_room, desk, client_of, django_assert_num_queries):
    client = client_of(in_the_room)
    client.post(DELEGATE, days(0, 0, to=desk.pk))
    client.get(DELEGATE)
    with django_assert_num_queries(14):
        one = client.get(DELEGATE)

    for first in (1, 2):
        client.post(DELEGATE, days(first, first, to=desk.pk))
    client.get(DELEGATE)
    with django_assert_num_queries(14):
        three = client.get(DELEGATE)

    assert (len(one.context["delegations"]), len(three.context["delegations"])) == (1, 3)


def test_alternates_are_chosen_in_french(in_the_room, desk, client_of):
    assert client_of(in_the_room, language="fr-ca").get(DELEGATE).status_code == 200
