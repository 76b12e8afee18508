"""A member for whom nothing counts reads why, and whom to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from agencies import clock, lifecycle
from agencies.enums import AgreementKind
from agencies.models import Appointment, Member, Seat
from agencies.obstacles import obstacles_of, whom_to_ask
from tests import cast

START, OBSTACLES = reverse("start"), reverse("agencies:obstacles")


def sentences(member):
    return [strip_tags(obstacle.sentence) for obstacle in obstacles_of(Member.objects.get(pk=member.pk))]


def last_day(appointment):
    appointment.refresh_from_db()
    return appointment.ends_at.astimezone(appointment.table.zone).strftime("%B %-d, %Y")


@pytest.fixture
def only_here(stranger, sealed_table):
    """The stranger, at one table only."""
    Appointment.objects.filter(member=stranger, table=sealed_table).update(
        ends_at=clock.now() - timedelta(days=400), starts_at=clock.now() - timedelta(days=800)
    )
    return Member.objects.get(pk=stranger.pk)


def test_nothing_stands_in_the_way_of_the_cast(in_the_room, client_of):
    page = client_of(in_the_room).get(OBSTACLES)

    assert (page.status_code, page.context["obstacles"], page.context["is_barred"]) == (200, [], False)


def test_every_page_leads_to_the_obstacles_of_someone_for_whom_nothing_counts(only_here, client_of):
    lifecycle.end_appointment(Appointment.objects.current().get(member=only_here), by="tests")

    page = client_of(only_here).get(START)

    assert page.url == OBSTACLES


def test_someone_without_a_role_reads_that(table, coordinator):
    person = lifecycle.invite(email="new@table.example", full_name="New Person", roles=[], table=table, by=coordinator)

    assert sentences(person) == ["You hold no role at a table yet."]


def test_someone_whose_role_ended_reads_when(only_here):
    appointment = Appointment.objects.current().get(member=only_here)
    lifecycle.end_appointment(appointment, by="tests")

    assert sentences(only_here) == [f"Your role (Representative) ended on {last_day(appointment)}."]


def test_an_alternate_whose_days_have_passed_reads_that(table, colleague, in_the_room, later):
    person = lifecycle.invite(email="alternate@table.example", full_name="Al Ternate", agency=colleague.agency, table=table, by="tests")
    now = clock.now()
    appointment = lifecycle.delegate(
        to=person, stands_in_for=in_the_room, table=table, starts_at=now, ends_at=now + timedelta(days=1), by=in_the_room
    )

    with later(days=3):
        assert sentences(person) == [f"The days on which you stood in as an alternate ended on {last_day(appointment)}."]


def test_an_alternate_whose_days_are_to_come_reads_from_when(table, colleague, in_the_room):
    person = lifecycle.invite(email="alternate@table.example", full_name="Al Ternate", agency=colleague.agency, table=table, by="tests")
    first = clock.now() + timedelta(days=4)
    lifecycle.delegate(
        to=person, stands_in_for=in_the_room, table=table, starts_at=first, ends_at=first + timedelta(days=1), by=in_the_room
    )

    assert sentences(person) == [f"You stand in here from {first.astimezone(table.zone).strftime('%B %-d, %Y')}."]


def test_people_of_an_agency_without_a_seat_read_that(table, only_here):
    lifecycle.end_seat(Seat.objects.get(table=table, agency=only_here.agency, ends_at=None), by="tests")

    assert sentences(only_here) == ["Fern Income Support has no seat at this table now."]


def test_people_of_an_agency_that_is_no_longer_active_read_that(only_here):
    lifecycle.change_agency(only_here.agency, is_active=False, by="tests")

    assert sentences(only_here) == ["Fern Income Support is entered as no longer active."]


def test_an_agreement_that_is_not_signed_stands_in_the_way_and_leads_to_itself(table, only_here, coordinator, client_of):
    agreement = lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)

    page = client_of(only_here).get(START, follow=True)

    assert sentences(only_here) == ["You have not signed “Confidentiality agreement 1” yet."]
    assert reverse("agencies:sign", args=[agreement.pk]) in page.content.decode()


def test_an_expired_signature_is_told_with_its_day(table, only_here, coordinator, later):
    agreement = lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)
    signature = lifecycle.sign_agreement(agreement, by=only_here)

    with later(days=400):
        day = signature.expires_at.astimezone(table.zone).strftime("%B %-d, %Y")
        assert sentences(only_here) == [f"Your signature under “Confidentiality agreement 1” expired on {day}."]


def test_a_new_version_is_told_as_such(table, only_here, coordinator):
    first = lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)
    lifecycle.sign_agreement(first, by=only_here)
    lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quieter.", text_fr="Silence.", by=coordinator)

    assert sentences(only_here) == ["There is a new version, “Confidentiality agreement 2”. You have not signed it yet."]


def test_an_agencys_agreement_sends_its_people_to_their_lead(table, in_the_room, agency_lead, coordinator):
    lifecycle.publish_agreement(table, kind=AgreementKind.INFORMATION_SHARING, text_en="Share.", text_fr="Partager.", by=coordinator)

    of_member, of_lead = (obstacles_of(Member.objects.get(pk=each.pk))[0] for each in (in_the_room, agency_lead))

    sentence = '<span lang="en-CA">Larch Housing</span> has not signed “Information-sharing agreement 1”. The agency’s lead signs it.'
    assert (of_member.sentence, of_lead.sentence) == (sentence, sentence)
    assert (of_member.agreement_id is None, of_lead.agreement_id is None) == (True, False)


def test_someone_barred_from_one_of_two_tables_sits_at_the_other_and_reads_why(table, stranger, coordinator, client_of):
    lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)

    page = client_of(stranger).get(OBSTACLES)

    assert page.context["is_barred"] is False
    assert [each.table for each in page.context["obstacles"]] == [cast.TABLE]


def test_whom_to_ask_are_the_coordinators_of_the_table_and_the_agencys_lead(in_the_room):
    asked = [(person["name"], person["role"]) for person in whom_to_ask(in_the_room)]

    assert asked == [("Agency_Lead Person", "Agency lead"), ("Coordinator Person", "Coordinator")]


def test_without_a_coordinator_the_administrator_is_asked(stranger, coordinator):
    lifecycle.end_membership(coordinator, by="tests")

    assert [person["name"] for person in whom_to_ask(stranger)] == ["Administrator Person"]


def test_someone_in_no_table_asks_the_coordinators_there_are(db):
    person = Member.objects.create_user("nobody@table.example", full_name="No Body")

    assert [person["email"] for person in whom_to_ask(person)] == ["coordinator@table.example"]


def test_the_obstacles_are_read_in_french(table, only_here, coordinator, client_of):
    lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)

    page = client_of(only_here, language="fr-ca").get(OBSTACLES)

    assert (page.status_code, 'lang="fr-ca"' in page.content.decode()) == (200, True)


def test_the_obstacles_cost_the_same_with_one_and_with_three(
    table, sealed_table, stranger, coordinator, client_of, django_assert_num_queries
):
    lifecycle.publish_agreement(table, kind=AgreementKind.INFORMATION_SHARING, text_en="Share.", text_fr="Partager.", by=coordinator)
    client = client_of(stranger, at=sealed_table)
    with django_assert_num_queries(15):
        one = client.get(OBSTACLES)

    for each in (table, sealed_table):
        lifecycle.publish_agreement(each, kind=AgreementKind.CONFIDENTIALITY, text_en="Quiet.", text_fr="Silence.", by=coordinator)
    client.get(OBSTACLES)  # which once forgets the table that was lost
    with django_assert_num_queries(15):
        three = client.get(OBSTACLES)

    assert (len(one.context["obstacles"]), len(three.context["obstacles"])) == (1, 3)
