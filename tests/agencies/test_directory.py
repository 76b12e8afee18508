"""Who sits at the table: read by all, in an order that knows no accents, taken away only on the record."""

import csv
import io

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import LedgerAct, Role
from agencies.models import LedgerEntry, Member, Seat

DIRECTORY, EXPORT = reverse("agencies:directory"), reverse("agencies:export_directory")


def rows(page):
    return [row.record for row in page.context["table"].page.object_list]


def names(page):
    return [row["name"] for row in rows(page)]


@pytest.fixture
def accented(table, coordinator):
    """An agency and people whose names begin with accents."""
    agency = lifecycle.add_agency(
        name="École du Nord", sector="sector:SEC-01", agency_type="agency_type:AGT-18", name_language="fr-CA", table=table, by=coordinator
    )
    for email, name in [("z@table.example", "Zoé Roy"), ("e@table.example", "Élise Roy"), ("f@table.example", "Fern Roy")]:
        lifecycle.invite(email=email, full_name=name, agency=agency, roles=[Role.REPRESENTATIVE], table=table, by=coordinator)
    return agency


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("in_the_room", 200),
        ("agency_lead", 200),
        ("chair", 200),
        ("recorder", 200),
        ("coordinator", 200),
        ("steering", 200),
        ("administrator", 200),
        ("privacy_officer", 200),
        ("observer", 403),
    ],
)
def test_whoever_sits_at_the_table_reads_the_directory(request, part, status, client_of):
    assert client_of(request.getfixturevalue(part)).get(DIRECTORY).status_code == status


def test_nobody_reads_it_without_signing_in(db, client):
    assert client.get(DIRECTORY).url.startswith(reverse("account_login"))


def test_it_names_people_agencies_roles_telephone_and_language(in_the_room, client_of):
    Member.objects.filter(pk=in_the_room.pk).update(telephone="705 555-0123", language="fr-ca")

    row = next(row for row in rows(client_of(in_the_room).get(DIRECTORY)) if row["name"] == "In_The_Room Person")

    assert (row["agency"], row["roles"], row["telephone"], row["language"]) == ("Larch Housing", "Representative", "705 555-0123", "French")


@pytest.mark.parametrize("telephone", ["", "705 555-0123"])
def test_telephones_are_a_column_only_where_somebody_has_one(in_the_room, client_of, telephone):
    Member.objects.update(telephone=telephone)

    table = client_of(in_the_room).get(DIRECTORY).context["table"]

    assert ("telephone" in table.columns.names()) == bool(telephone)


def test_accents_do_not_change_the_order(accented, in_the_room, client_of):
    page = client_of(in_the_room).get(DIRECTORY, {"agency": accented.pk, "sort": "name"})

    assert names(page) == ["Élise Roy", "Fern Roy", "Zoé Roy"]


def test_agencies_are_sorted_and_those_without_one_stand_last(accented, in_the_room, client_of):
    agencies = [row["agency"] for row in rows(client_of(in_the_room).get(DIRECTORY, {"per_page": 100}))]

    assert list(dict.fromkeys(agencies)) == [
        "École du Nord",
        "Fern Income Support",
        "Granite Police Service",
        "Heron School Board",
        "Larch Housing",
        "Otter Mental Health",
        "Sorrel Health Centre",
        "",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "elise"}, ["Élise Roy"]),
        ({"words": "ecole zoe"}, ["Zoé Roy"]),
        ({"role": "chair"}, ["Chair Person"]),
        ({"words": "nobody of this name"}, []),
    ],
)
def test_it_is_searched_without_accents(accented, in_the_room, client_of, asked, found):
    assert names(client_of(in_the_room).post(DIRECTORY, asked, follow=True)) == found


def test_it_is_paged(table, coordinator, client_of):
    for number in range(12):
        lifecycle.invite(email=f"{number}@table.example", full_name=f"Person {number}", roles=[Role.STEERING], table=table, by=coordinator)

    client = client_of(coordinator)

    assert [len(rows(client.get(DIRECTORY, {"page": page}))) for page in (1, 2)] == [25, 2]


def test_an_agency_without_a_seat_and_someone_who_left_are_not_in_it(table, coordinator, stranger, chair, client_of):
    lifecycle.end_seat(Seat.objects.get(table=table, agency=stranger.agency, ends_at=None), by=coordinator)
    lifecycle.end_membership(chair, by=coordinator)

    shown = names(client_of(coordinator).get(DIRECTORY))

    assert [name for name in ("Stranger Person", "Chair Person") if name in shown] == []


def test_a_seated_agency_without_people_is_named(table, coordinator, client_of):
    lifecycle.add_agency(name="Quiet Agency", sector="sector:SEC-01", agency_type="agency_type:AGT-18", table=table, by=coordinator)

    assert client_of(coordinator).get(DIRECTORY).context["without"] == [{"name": "Quiet Agency", "lang": "en-CA"}]


def test_a_coordinator_takes_it_away_as_a_sheet_and_on_the_record(coordinator, client_of):
    sheet = client_of(coordinator).post(EXPORT)

    read = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert (sheet["Content-Type"], read[0], len(read)) == (
        "text/csv; charset=utf-8",
        ["Agency", "Name", "Roles", "Telephone", "E-mail address", "Language"],
        16,
    )
    assert LedgerEntry.objects.get(act=LedgerAct.EXPORTED, by_id=coordinator.pk).codes == ["directory", "rows:15"]


def test_no_cell_of_the_sheet_acts_as_a_formula(coordinator, in_the_room, client_of):
    Member.objects.filter(pk=in_the_room.pk).update(full_name='=HYPERLINK("x")', telephone="+1 705 555 0100")

    sheet = client_of(coordinator).post(EXPORT).content.decode("utf-8-sig")

    row = next(row for row in csv.reader(io.StringIO(sheet)) if "HYPERLINK" in row[1])
    assert (row[1], row[3]) == ('\'=HYPERLINK("x")', "'+1 705 555 0100")


@pytest.mark.parametrize("part", ["in_the_room", "agency_lead", "chair", "steering", "privacy_officer"])
def test_others_do_not_take_it_away(request, part, client_of):
    assert client_of(request.getfixturevalue(part)).post(EXPORT).status_code == 403


def test_it_is_read_in_french(in_the_room, client_of):
    assert client_of(in_the_room, language="fr-ca").get(DIRECTORY).status_code == 200


def test_it_costs_the_same_for_one_and_for_three(accented, in_the_room, client_of, django_assert_num_queries):
    client = client_of(in_the_room)
    client.get(DIRECTORY, {"agency": accented.pk})  # what a list was narrowed to is kept once
    with django_assert_num_queries(13):
        three = client.get(DIRECTORY, {"agency": accented.pk})

    Member.objects.filter(email__in=["z@table.example", "f@table.example"]).update(is_active=False)
    with django_assert_num_queries(13):
        one = client.get(DIRECTORY, {"agency": accented.pk})

    assert (len(names(three)), len(names(one))) == (3, 1)
