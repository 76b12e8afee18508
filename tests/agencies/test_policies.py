"""Who may do what on the ground floor."""

import pytest

from agencies import policies
from agencies.enums import Act, Role
from agencies.models import Appointment

READS = {Act.READ_DIRECTORY, Act.READ_VOCABULARIES}
KEEPS = READS | {
    Act.EXPORT_DIRECTORY,
    Act.CHANGE_VOCABULARIES,
    Act.OPEN_SETTINGS,
    Act.IMPORT,
    Act.KEEP_AGENCIES,
    Act.READ_PEOPLE,
    Act.INVITE,
}


@pytest.mark.parametrize(
    ("part", "acts"),
    [
        ("in_the_room", READS | {Act.DELEGATE}),
        ("agency_lead", READS | {Act.READ_PEOPLE, Act.INVITE, Act.DELEGATE}),
        ("chair", READS),
        ("recorder", READS),
        ("coordinator", KEEPS | {Act.KEEP_AGREEMENTS, Act.READ_RECORD, Act.INVITE_ALL_AGAIN}),
        ("steering", READS),
        ("privacy_officer", READS | {Act.READ_RECORD, Act.READ_LOOKS}),
        ("administrator", KEEPS | {Act.ADD_TABLE}),
        ("observer", set()),
    ],
)
def test_each_part_at_the_table_has_its_acts(request, table, part, acts):
    member = request.getfixturevalue(part)

    assert policies.permitted(member, table) == acts


@pytest.mark.parametrize(
    ("part", "roles"),
    [
        ("in_the_room", []),
        ("agency_lead", [Role.REPRESENTATIVE]),
        (
            "coordinator",
            [Role.REPRESENTATIVE, Role.OBSERVER, Role.AGENCY_LEAD, Role.CHAIR, Role.RECORDER, Role.COORDINATOR, Role.STEERING],
        ),
        ("administrator", [role for role in Role if role != Role.ALTERNATE]),
    ],
)
def test_each_part_gives_its_roles(request, table, part, roles):
    assert policies.givable_roles(request.getfixturevalue(part), table) == roles


def held_by(person):
    return {(each.table_id, Role(each.role)) for each in Appointment.objects.current().filter(member=person)}


@pytest.mark.parametrize(
    ("part", "person", "acts"),
    [
        ("coordinator", "colleague", {Act.ASK_RECOVERY, Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE, Act.END_MEMBERSHIP}),
        ("coordinator", "administrator", {Act.ASK_RECOVERY, Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE}),
        ("coordinator", "privacy_officer", {Act.ASK_RECOVERY, Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE}),
        ("coordinator", "coordinator", set()),
        ("administrator", "privacy_officer", {Act.ASK_RECOVERY, Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE, Act.END_MEMBERSHIP}),
        ("agency_lead", "colleague", {Act.ASK_RECOVERY, Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE, Act.END_MEMBERSHIP}),
        ("agency_lead", "stranger", set()),
        ("in_the_room", "colleague", set()),
    ],
)
def test_people_are_looked_after_by_those_who_may(request, table, part, person, acts):
    member, person = request.getfixturevalue(part), request.getfixturevalue(person)

    assert policies.permitted_with_person(member, person, held_by(person), table) == acts


def test_an_agency_lead_does_not_end_the_membership_of_someone_who_chairs(table, agency_lead, colleague):
    held = held_by(colleague) | {(table.pk, Role.CHAIR)}

    assert Act.END_MEMBERSHIP not in policies.permitted_with_person(agency_lead, colleague, held, table)


def test_an_agency_is_looked_after_by_coordinators_and_its_own_lead(table, coordinator, agency_lead, stranger, lead):
    own, other = agency_lead.agency, lead.agency

    assert policies.permitted_with_agency(coordinator, other, table) == {Act.KEEP_AGENCIES, Act.INVITE}
    assert policies.permitted_with_agency(agency_lead, own, table) == {Act.INVITE}
    assert policies.permitted_with_agency(agency_lead, other, table) == set()
    assert policies.permitted_with_agency(stranger, stranger.agency, table) == set()
