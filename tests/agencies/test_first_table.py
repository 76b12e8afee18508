"""The first start of a real installation: one table, and one person who can invite the others."""

import pytest
from django.core.management import call_command

from agencies import first_table
from agencies.enums import Role
from agencies.models import Appointment, Member, SituationTable


@pytest.fixture
def nobody_has_joined(db):
    """A database in which nobody has opened an invitation yet; the cast waits outside."""
    Appointment.objects.all().delete()
    Member.objects.update(joined_at=None)


def test_the_first_person_coordinates_and_administers_and_joins_by_a_link(nobody_has_joined, client):
    address = first_table.prepare(email="ada@table.example", full_name="Ada First")

    first = Member.objects.get(email="ada@table.example")
    assert set(first.appointments.values_list("role", flat=True)) == {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert client.get(address).status_code == 200


def test_asked_again_it_is_the_same_person_and_the_same_table(nobody_has_joined):
    tables = SituationTable.objects.count()

    first_table.prepare()
    first_table.prepare()

    assert (Member.objects.filter(email=first_table.EMAIL).count(), SituationTable.objects.count()) == (1, tables)


def test_once_somebody_has_joined_nobody_is_invited_by_this_way(db):
    before = Member.objects.count()

    assert (first_table.prepare(), Member.objects.count()) == (None, before)


def test_the_command_prints_the_link(nobody_has_joined, capsys):
    call_command("first_table", email="ada@table.example", name="Ada First")

    assert "The first coordinator joins here: http" in capsys.readouterr().out


def test_an_address_given_later_is_that_of_the_same_person(nobody_has_joined):
    first_table.prepare()

    first_table.prepare(email="ada@table.example")

    holding = Appointment.objects.current().filter(role=Role.COORDINATOR).values_list("member__email", flat=True)
    assert (list(holding), Member.objects.filter(email=first_table.EMAIL).exists()) == (["ada@table.example"], False)


def test_a_mistyped_address_is_corrected_and_its_link_opens_nothing(nobody_has_joined, client):
    mistyped = first_table.prepare(email="ada@tabel.example")
    was = client.get(mistyped).status_code

    corrected = first_table.prepare(email="Ada@table.example")

    holding = Appointment.objects.current().filter(role=Role.COORDINATOR).values_list("member__email", flat=True)
    assert (list(holding), Member.objects.filter(email="ada@tabel.example").exists()) == (["ada@table.example"], False)
    assert (was, client.get(mistyped).status_code, client.get(corrected).status_code) == (200, 410, 200)


def test_who_comes_without_an_address_gives_it_on_the_way_in(nobody_has_joined, client):
    joined = {"full_name": "Ada First", "language": "en-ca", "password": "four-calm-words-here", "again": "four-calm-words-here"}
    address = first_table.prepare()

    without = client.post(address, joined)
    taken = client.post(address, joined | {"email": "chair@table.example"})
    client.post(address, joined | {"email": "Ada@table.example"})

    assert [list(page.context["form"].errors) for page in (without, taken)] == [["email"], ["email"]]
    assert (Member.objects.get(full_name="Ada First").email, first_table.prepare()) == ("ada@table.example", None)


def test_who_was_invited_by_mail_is_not_asked_for_an_address(nobody_has_joined, client):
    address = first_table.prepare(email="ada@table.example")

    assert list(client.get(address).context["form"].fields) == ["full_name", "language", "password", "again"]
