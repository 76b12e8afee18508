"""Tables, agencies and seats are looked after by coordinators and administrators."""

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import LedgerAct, Naming, Role
from agencies.models import Agency, LedgerEntry, Member, PracticeClock, Seat, SituationTable
from tests import cast

SETTINGS, TABLE, ADD_TABLE = (reverse(f"agencies:{name}") for name in ("settings", "table", "add_table"))
AGENCIES, ADD_AGENCY = reverse("agencies:agencies"), reverse("agencies:add_agency")
SAID = {
    "name_en": "Birch Lake Table",
    "name_fr": "Table du lac",
    "name_oj": "",
    "time_zone": "America/Toronto",
    "weekdays": ["0", "3"],
    "starts_at": "09:30",
    "length_minutes": "90",
    "place": "Birch Room",
    "number_prefix": "RMT",
    "decision_rule": "vote",
    "retention_days": "14",
    "draft_days": "14",
    "codes_years": "7",
}


def page_of(agency, name="agency"):
    return reverse(f"agencies:{name}", args=[agency.pk])


@pytest.mark.parametrize("address", [SETTINGS, TABLE, AGENCIES, ADD_AGENCY])
@pytest.mark.parametrize(
    ("part", "status"), [("coordinator", 200), ("administrator", 200), ("agency_lead", 403), ("chair", 403), ("privacy_officer", 403)]
)
def test_settings_are_for_coordinators_and_administrators(request, part, status, address, client_of):
    assert client_of(request.getfixturevalue(part)).get(address).status_code == status


def test_the_tables_settings_change_and_how_names_are_kept_does_not(table, coordinator, client_of):
    client_of(coordinator).post(TABLE, SAID | {"version": table.version, "naming": "sealed"})

    changed = SituationTable.objects.get(pk=table.pk)
    assert (changed.name_en, changed.weekdays, changed.decision_rule, changed.retention_days) == ("Birch Lake Table", [0, 3], "vote", 14)
    assert changed.naming == Naming.SPOKEN
    assert LedgerEntry.objects.filter(act=LedgerAct.TABLE_CHANGED, by_id=coordinator.pk, table_id=table.pk).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("retention_days", "91"),
        ("length_minutes", "5"),
        ("time_zone", "Sudbury"),
        ("name_fr", ""),
        ("starts_at", "25:00"),
        ("weekdays", []),
    ],
)
def test_a_setting_that_cannot_be_comes_back_beside_its_field(table, coordinator, client_of, field, value):
    page = client_of(coordinator).post(TABLE, SAID | {"version": table.version, field: value})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_a_time_zone_that_was_not_chosen_leaves_none_chosen(table, coordinator, client_of):
    page = client_of(coordinator).post(TABLE, SAID | {"version": table.version, "time_zone": ""})

    assert '<option value="" selected>Choose one</option>' in page.content.decode()


@pytest.mark.parametrize("zone", ["Toronto", "../etc", "Mars/Olympus"])
def test_what_is_typed_into_the_settings_does_not_move_the_page_around_them(table, coordinator, client_of, zone):
    page_of_a_moved_clock = {"version": table.version, "time_zone": zone, "name_en": "Half typed", "retention_days": ""}
    PracticeClock.objects.update(seconds=7200)

    page = client_of(coordinator).post(TABLE, SAID | page_of_a_moved_clock)

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["time_zone", "retention_days"])
    assert (page.context["frame"].names[0]["text"], page.context["form"]["name_en"].value()) == (table.name_en, "Half typed")


def test_the_zones_of_canada_are_offered_before_the_rest_of_the_world(coordinator, client_of):
    (_in_canada, zones), (_elsewhere, others) = client_of(coordinator).get(TABLE).context["form"].fields["time_zone"].choices

    assert zones[:2] == [("America/St_Johns", "St Johns"), ("America/Goose_Bay", "Goose Bay")]
    assert ("Europe/Paris", "Europe/Paris") in others


def test_two_coordinators_do_not_overwrite_each_others_settings(table, coordinator, client_of):
    lifecycle.change_table(table, place="Oak Room", weekdays=[2], by="tests")

    page = client_of(coordinator).post(TABLE, SAID | {"version": table.version})

    shown = {each.label: (each.yours, each.theirs) for each in page.context["rows"]}
    assert (page.status_code, shown["Place"], shown["Meets on"]) == (409, ("Birch Room", "Oak Room"), ("Monday, Thursday", "Wednesday"))
    assert SituationTable.objects.get(pk=table.pk).place == "Oak Room"


def test_an_administrator_adds_a_table_and_sits_at_it(administrator, client_of):
    client = client_of(administrator)

    client.post(ADD_TABLE, SAID | {"name_en": "North Table", "naming": "sealed"})

    added = SituationTable.objects.get(name_en="North Table")
    assert (added.naming, Member.objects.get(pk=administrator.pk).standing.holds(added.pk, Role.ADMINISTRATOR)) == (Naming.SEALED, True)
    assert client.get(SETTINGS).context["table"] == "North Table"


def test_a_coordinator_does_not_add_a_table(coordinator, client_of):
    assert client_of(coordinator).get(ADD_TABLE).status_code == 403


def test_a_member_of_two_tables_sits_at_the_other(stranger, sealed_table, client_of):
    client = client_of(stranger)

    client.post(reverse("agencies:sit_at", args=[sealed_table.pk]))

    tables = client.get(reverse("agencies:profile")).context["tables"]
    assert [(each["name"], each["roles"]) for each in tables if each["is_here"]] == [(cast.SEALED_TABLE, "Representative")]


def test_nobody_sits_at_a_table_that_is_not_theirs(stranger, client_of):
    other = lifecycle.create_table(name_en="Elsewhere", name_fr="Ailleurs", weekdays=[1], by="tests")

    assert client_of(stranger).post(reverse("agencies:sit_at", args=[other.pk])).status_code == 404


def test_an_agency_is_added_with_its_seat(table, coordinator, client_of):
    posted = {"name": "  École  du Nord ", "name_language": "fr-CA", "sector": "sector:SEC-01", "agency_type": "agency_type:AGT-18"}

    client_of(coordinator).post(ADD_AGENCY, posted)

    added = Agency.objects.get(name="École du Nord")
    assert Seat.objects.current().filter(table=table, agency=added).count() == 1
    assert LedgerEntry.objects.filter(act=LedgerAct.AGENCY_CHANGED, by_id=coordinator.pk, subject_id=str(added.pk)).count() == 1


def test_the_same_agency_is_not_added_twice_however_it_is_written(coordinator, client_of):
    posted = {"name": "LARCH housing", "name_language": "en-CA", "sector": "sector:SEC-01", "agency_type": "agency_type:AGT-18"}

    assert list(client_of(coordinator).post(ADD_AGENCY, posted).context["form"].errors) == ["name"]


def test_the_provinces_own_sectors_are_not_offered_for_an_agency(coordinator, client_of):
    offered = [key for key, _label in client_of(coordinator).get(ADD_AGENCY).context["form"].fields["sector"].choices]

    assert offered == ["", *(f"sector:SEC-{number:02}" for number in range(1, 13))]


def test_an_agency_changes_and_stays_stale_for_whoever_was_slower(coordinator, lead, client_of):
    agency = lead.agency
    posted = {
        "name": "Otter Care",
        "name_language": "en-CA",
        "sector": "sector:SEC-02",
        "agency_type": "agency_type:AGT-12",
        "is_active": "on",
    }
    client = client_of(coordinator)

    first = client.post(page_of(agency), posted | {"version": agency.version})
    second = client.post(page_of(agency), posted | {"name": "Otter", "version": agency.version})

    assert (first.status_code, second.status_code, Agency.objects.get(pk=agency.pk).name) == (302, 409, "Otter Care")


def test_a_seat_is_given_and_ended_after_a_second_look(table, coordinator, stranger, client_of):
    client, agency = client_of(coordinator), stranger.agency

    look = client.get(page_of(agency, "end_seat"))
    client.post(page_of(agency, "end_seat"))
    ended = Seat.objects.current().filter(table=table, agency=agency).count()
    client.post(page_of(agency, "give_seat"))

    assert (look.status_code, ended, Seat.objects.current().filter(table=table, agency=agency).count()) == (200, 0, 1)
    assert LedgerEntry.objects.filter(act=LedgerAct.SEAT_CHANGED, by_id=coordinator.pk, audience_id=agency.pk).count() == 2


@pytest.mark.parametrize("name", ["agency", "end_seat"])
def test_an_agencys_page_is_barred_to_its_own_people(agency_lead, name, client_of):
    assert client_of(agency_lead).get(page_of(agency_lead.agency, name)).status_code == 403


def test_agencies_are_searched_and_narrowed(coordinator, client_of):
    lifecycle.add_agency(name="Écluse Services", sector="sector:SEC-01", agency_type="agency_type:AGT-18", by="tests")
    client = client_of(coordinator)

    def found(**asked):
        return [row["name"] for row in client.get(AGENCIES, asked).context["table"].data.data]

    def searched(words):
        return [row["name"] for row in client.post(AGENCIES, {"words": words}, follow=True).context["table"].data.data]

    assert (searched("ecluse"), found(seat="unseated"), len(found(seat="seated"))) == (["Écluse Services"], ["Écluse Services"], 6)


def test_the_pages_speak_french(coordinator, administrator, lead, client_of):
    client = client_of(coordinator, language="fr-ca")

    assert [client.get(address).status_code for address in (SETTINGS, TABLE, AGENCIES, ADD_AGENCY, page_of(lead.agency))] == [200] * 5
    assert client_of(administrator, language="fr-ca").get(ADD_TABLE).status_code == 200


def test_the_list_of_agencies_costs_the_same_for_one_and_for_three(coordinator, client_of, django_assert_num_queries):
    client = client_of(coordinator)
    found = []
    for words in ("larch", "e"):
        searched = client.post(AGENCIES, {"words": words}).url
        with django_assert_num_queries(12):
            found.append(client.get(searched))
    one, three = found

    assert (len(one.context["table"].data.data), len(three.context["table"].data.data) > 2) == (1, True)
