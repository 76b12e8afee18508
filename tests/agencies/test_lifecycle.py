"""The verbs of the ground floor: what they leave behind, what they refuse."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies import clock, lifecycle
from agencies.access import Refused, Stale
from agencies.enums import LedgerAct, Role
from agencies.models import Appointment, LedgerEntry, Member, Outbox, SituationTable


def test_how_names_are_kept_is_chosen_once(table, coordinator):
    lifecycle.change_table(table, naming="sealed", place="Oak Room", by=coordinator)

    assert SituationTable.objects.values_list("naming", "place").get(pk=table.pk) == ("spoken", "Oak Room")


def test_a_save_that_changes_nothing_that_another_changed_is_not_stale(coordinator, colleague):
    lifecycle.change_member(colleague, telephone="705 555-0101", by=coordinator)

    lifecycle.change_member(colleague, telephone="705 555-0101", version=colleague.version, by=coordinator)

    assert Member.objects.get(pk=colleague.pk).telephone == "705 555-0101"


def test_a_stale_agency_is_told_in_words_not_in_keys(coordinator, lead):
    lifecycle.change_agency(lead.agency, sector_id="sector:SEC-02", is_active=True, by="tests")

    with pytest.raises(Stale) as stale:
        lifecycle.change_agency(lead.agency, sector_id="sector:SEC-01", is_active=True, version=lead.agency.version, by=coordinator)

    assert [(each.label, each.yours, each.theirs) for each in stale.value.differences] == [("Sector", "Education", "Health")]


def test_a_seat_is_given_once(table, lead, coordinator):
    before = LedgerEntry.objects.filter(act=LedgerAct.SEAT_CHANGED).count()

    lifecycle.give_seat(table, agency=lead.agency, by=coordinator)

    assert LedgerEntry.objects.filter(act=LedgerAct.SEAT_CHANGED).count() == before


def test_inviting_someone_again_gives_the_role_once_and_sends_one_mail(table, coordinator, in_the_room):
    for _each in range(2):
        person = lifecycle.invite(
            email="nova@table.example",
            full_name="Nova",
            agency=in_the_room.agency,
            roles=[Role.REPRESENTATIVE],
            table=table,
            by=coordinator,
        )

    assert (Appointment.objects.filter(member=person).count(), Outbox.objects.filter(recipient=person).count()) == (1, 1)


def test_someone_who_has_joined_gets_no_second_invitation(table, coordinator, lead):
    Outbox.objects.all().delete()

    lifecycle.invite(email=lead.email, full_name="Lead", agency=lead.agency, roles=[Role.CHAIR], table=table, by=coordinator)
    lifecycle.invite_again(lead, table=table, by=coordinator)

    assert not Outbox.objects.exists()


def test_a_membership_ends_with_what_was_still_to_begin(table, in_the_room, colleague, coordinator, later):
    person = lifecycle.invite(email="nova@table.example", full_name="Nova", agency=colleague.agency, table=table, by=coordinator)
    first = clock.now() + timedelta(days=3)
    lifecycle.delegate(
        to=person, stands_in_for=in_the_room, table=table, starts_at=first, ends_at=first + timedelta(days=2), by=in_the_room
    )

    lifecycle.end_membership(person, by=coordinator)

    with later(days=4):
        assert not Appointment.objects.current().filter(member=person).exists()


def test_a_role_that_ended_already_keeps_its_end(table, colleague, coordinator, later):
    appointment = Appointment.objects.get(member=colleague, table=table)
    lifecycle.end_appointment(appointment, by=coordinator)
    appointment.refresh_from_db()

    with later(days=2):
        lifecycle.end_appointment(appointment, by=coordinator)

    assert Appointment.objects.get(pk=appointment.pk).ends_at == appointment.ends_at
    assert LedgerEntry.objects.filter(act=LedgerAct.ROLE_ENDED, subject_id=str(appointment.pk)).count() == 1


def test_an_alternate_comes_from_the_same_agency(table, in_the_room, stranger):
    now = clock.now()

    with pytest.raises(Refused):
        lifecycle.delegate(
            to=stranger, stands_in_for=in_the_room, table=table, starts_at=now, ends_at=now + timedelta(days=1), by=in_the_room
        )


def test_a_sheet_comes_in_whole_or_not_at_all(table, coordinator, lead):
    people = [
        {"email": email, "full_name": "Nova", "telephone": "", "language": "en-ca", "agency": agency, "roles": []}
        for email, agency in [("nova@table.example", "Larch Housing"), (lead.email, "Larch Housing")]
    ]

    with pytest.raises(Refused), transaction.atomic():
        lifecycle.bring_in(table, agencies=[], people=people, by=coordinator)

    assert not Member.objects.filter(email="nova@table.example").exists()


def test_a_code_stands_in_a_list_once(coordinator):
    with pytest.raises(Refused):
        lifecycle.add_entry(vocabulary="sector", code="SEC-01", label_en="A", label_fr="B", by=coordinator)


def test_an_entry_without_its_french_label_cannot_be(coordinator):
    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.add_entry(vocabulary="sector", code="LOC-01", label_en="A", label_fr="", by=coordinator)
