"""People are invited, changed, given roles, and let go; each by those who may."""

import uuid

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import LedgerAct, Role
from agencies.models import Appointment, LedgerEntry, Member, Outbox

PEOPLE, INVITE = reverse("agencies:people"), reverse("agencies:invite")


def page_of(thing, name="member"):
    return reverse(f"agencies:{name}", args=[thing.pk])


def appointment_of(member, table):
    return Appointment.objects.current().get(member=member, table=table)


def names(page):
    return [row["name"] for row in page.context["table"].data.data]


def test_a_coordinator_sees_everyone_an_agency_lead_the_own_people(coordinator, agency_lead, client_of):
    everyone, own = (names(client_of(member).get(PEOPLE)) for member in (coordinator, agency_lead))

    assert (len(everyone), own) == (15, ["Agency_Lead Person", "Colleague Person", "In_The_Room Person"])


@pytest.mark.parametrize("part", ["in_the_room", "chair", "recorder", "steering", "privacy_officer", "observer"])
def test_others_do_not_look_after_people(request, part, client_of):
    client = client_of(request.getfixturevalue(part))

    assert [client.get(address).status_code for address in (PEOPLE, INVITE)] == [403, 403]


def test_someone_of_another_table_is_not_there(coordinator, client_of):
    outsider = Member.objects.create_user("outside@table.example", full_name="Out Side")

    assert client_of(coordinator).get(page_of(outsider)).status_code == 404


def test_whoever_knows_a_person_does_not_thereby_change_them(stranger, in_the_room, agency_lead, lead, client_of):
    assert client_of(stranger).get(page_of(in_the_room)).status_code == 403
    assert client_of(agency_lead).get(page_of(lead)).status_code == 403


def test_ones_own_page_is_the_profile(coordinator, client_of):
    assert client_of(coordinator).get(page_of(coordinator)).url == reverse("agencies:profile")


def test_a_coordinator_invites_for_an_agency(table, coordinator, lead, client_of):
    posted = {
        "full_name": "Nova Person",
        "email": "Nova@Table.example",
        "agency": lead.agency_id,
        "roles": ["representative", "chair"],
        "language": "fr-ca",
        "telephone": "705 555-0100",
    }

    page = client_of(coordinator).post(INVITE, posted)

    invited = Member.objects.get(email="nova@table.example")
    roles = sorted(Appointment.objects.filter(member=invited, table=table).values_list("role", flat=True))
    assert (page.url, invited.agency, invited.language, roles) == (page_of(invited), lead.agency, "fr-ca", ["chair", "representative"])
    assert Outbox.objects.filter(recipient=invited, notice="invitation").count() == 1
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBER_INVITED, by_id=coordinator.pk, subject_id=str(invited.pk)).count() == 1


def test_a_representative_is_not_invited_without_an_agency(coordinator, client_of):
    posted = {"full_name": "Nova", "email": "nova@table.example", "roles": ["representative"], "language": "en-ca"}

    page = client_of(coordinator).post(INVITE, posted)

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["agency"])


def test_an_agency_lead_invites_representatives_of_the_own_agency_only(agency_lead, client_of, lead):
    posted = {
        "full_name": "Nova",
        "email": "nova@table.example",
        "roles": ["representative"],
        "language": "en-ca",
        "agency": lead.agency_id,
    }

    client_of(agency_lead).post(INVITE, posted)

    assert Member.objects.get(email="nova@table.example").agency == agency_lead.agency


def test_an_agency_lead_cannot_invite_a_coordinator(agency_lead, client_of):
    posted = {"full_name": "Nova", "email": "nova@table.example", "roles": ["coordinator"], "language": "en-ca"}

    page = client_of(agency_lead).post(INVITE, posted)

    assert (list(page.context["form"].errors), Member.objects.filter(email="nova@table.example").exists()) == (["roles"], False)


def test_nobody_invites_themself(coordinator, client_of):
    posted = {"full_name": "Me", "email": coordinator.email, "roles": ["steering"], "language": "en-ca"}

    assert list(client_of(coordinator).post(INVITE, posted).context["form"].errors) == ["email"]


def test_someone_who_acts_for_another_agency_is_not_taken_over(agency_lead, lead, client_of):
    posted = {"full_name": "Lead", "email": lead.email, "roles": ["representative"], "language": "en-ca"}

    page = client_of(agency_lead).post(INVITE, posted)

    assert page.context["form"].errors["email"] == ["This person already acts for Otter Mental Health."]


def test_an_invitation_says_nothing_of_who_sits_at_another_table(agency_lead, sealed_table, client_of):
    distant = lifecycle.add_agency(
        name="Distant Clinic", sector="sector:SEC-02", agency_type="agency_type:AGT-09", table=sealed_table, by="tests"
    )
    lifecycle.invite(
        email="far@table.example", full_name="Far Away", agency=distant, roles=["representative"], table=sealed_table, by="tests"
    )
    posted = {"full_name": "Nova", "email": "far@table.example", "roles": ["representative"], "language": "en-ca"}

    page = client_of(agency_lead).post(INVITE, posted)

    assert page.context["form"].errors["email"] == [
        "This address cannot be used here. Ask the person which other address reaches them at work."
    ]
    assert [fact for fact in ("Far Away", "Distant Clinic") if fact in page.content.decode()] == []


def test_someone_who_only_stands_in_is_invited_without_a_role(agency_lead, coordinator, client_of):
    posted = {"full_name": "Al Ternate", "email": "al@table.example", "language": "en-ca"}

    shown = client_of(agency_lead).post(INVITE, posted, follow=True)
    page = client_of(coordinator).post(INVITE, posted | {"email": "nobody@table.example"})

    assert (Member.objects.get(email="al@table.example").agency, list(page.context["form"].errors)) == (agency_lead.agency, ["roles"])
    assert ("<h1>\n              Al Ternate" in shown.content.decode(), shown.context["person"]["state"]) == (True, "invited")


def test_an_invitation_that_is_posted_twice_is_sent_once(coordinator, client_of):
    posted = {"full_name": "Nova", "email": "nova@table.example", "roles": ["steering"], "language": "en-ca", "form_token": uuid.uuid4()}
    client = client_of(coordinator)

    seen = [client.post(INVITE, posted).url for _each in range(2)]

    assert (seen, Outbox.objects.filter(recipient__email="nova@table.example").count()) == (
        [page_of(Member.objects.get(email="nova@table.example"))] * 2,
        1,
    )
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBER_INVITED, by_id=coordinator.pk).count() == 1


def test_a_name_is_changed_and_on_the_record(coordinator, colleague, client_of):
    posted = {"full_name": "Colette Ami", "telephone": "705 555-0199", "language": "fr-ca", "version": colleague.version}

    client_of(coordinator).post(page_of(colleague), posted)

    changed = Member.objects.get(pk=colleague.pk)
    assert (changed.full_name, changed.telephone, changed.language) == ("Colette Ami", "705 555-0199", "fr-ca")
    entry = LedgerEntry.objects.get(act=LedgerAct.MEMBER_CHANGED, by_id=coordinator.pk, subject_id=str(colleague.pk))
    assert entry.codes == ["full_name", "language", "telephone"]


def test_a_stale_form_shows_both_versions_and_overwrites_nothing(coordinator, agency_lead, colleague, client_of):
    lifecycle.change_member(colleague, full_name="Changed Meanwhile", by=agency_lead)

    page = client_of(coordinator).post(
        page_of(colleague), {"full_name": "Mine Now", "telephone": "", "language": "en-ca", "version": colleague.version}
    )

    shown = [(each.label, each.yours, each.theirs) for each in page.context["rows"]]
    assert (page.status_code, shown) == (409, [("Full name", "Mine Now", "Changed Meanwhile")])
    assert Member.objects.get(pk=colleague.pk).full_name == "Changed Meanwhile"


def test_a_role_is_given(table, coordinator, colleague, client_of):
    client_of(coordinator).post(page_of(colleague, "give_role"), {"role": "chair"})

    given = Appointment.objects.get(member=colleague, table=table, role=Role.CHAIR)
    assert given.given_by == coordinator
    assert LedgerEntry.objects.filter(act=LedgerAct.ROLE_GIVEN, subject_id=str(given.pk), codes=["chair"]).count() == 1


@pytest.mark.parametrize("role", ["administrator", "privacy_officer", "alternate", "representative"])
def test_a_coordinator_does_not_give_what_is_not_theirs_to_give(coordinator, colleague, role, client_of):
    page = client_of(coordinator).post(page_of(colleague, "give_role"), {"role": role})

    assert (page.status_code, list(page.context["role_form"].errors)) == (200, ["role"])


def test_beside_a_role_that_was_not_given_a_name_is_still_saved_as_a_name(coordinator, colleague, client_of):
    page = client_of(coordinator).post(page_of(colleague, "give_role"), {"role": ""}).content.decode()

    form = page[page.rindex("<form", 0, page.index('name="full_name"')) : page.index('name="full_name"')]
    assert f' action="{page_of(colleague)}"' in form


def test_a_role_ends_after_a_second_look(table, coordinator, colleague, client_of):
    appointment = appointment_of(colleague, table)
    client = client_of(coordinator)

    look = client.get(page_of(appointment, "end_role"))
    client.post(page_of(appointment, "end_role"))

    assert (look.status_code, Appointment.objects.current().filter(member=colleague, table=table).exists()) == (200, False)
    assert LedgerEntry.objects.filter(act=LedgerAct.ROLE_ENDED, by_id=coordinator.pk, audience_id=colleague.pk).count() == 1


def test_nobody_ends_an_overseers_role_but_an_administrator(table, coordinator, administrator, privacy_officer, client_of):
    address = page_of(appointment_of(privacy_officer, table), "end_role")

    assert [client_of(member).post(address).status_code for member in (coordinator, administrator)] == [403, 302]


def test_a_role_of_another_table_is_not_there(sealed_table, coordinator, colleague, client_of):
    assert client_of(coordinator).get(page_of(appointment_of(colleague, sealed_table), "end_role")).status_code == 404


def test_a_membership_ends_with_every_role_and_every_open_page(agency_lead, colleague, client_of):
    open_page = client_of(colleague)

    client_of(agency_lead).post(page_of(colleague, "end_membership"))

    assert Appointment.objects.current().filter(member=colleague).count() == 0
    assert open_page.get(PEOPLE).url.startswith(reverse("account_login"))
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBERSHIP_ENDED, by_id=agency_lead.pk, subject_id=str(colleague.pk)).count() == 1


def test_an_invitation_is_sent_again_to_someone_who_has_not_joined(table, agency_lead, client_of):
    person = lifecycle.invite(email="nova@table.example", full_name="Nova", agency=agency_lead.agency, table=table, by=agency_lead)
    Outbox.objects.all().delete()

    client_of(agency_lead).post(page_of(person, "invite_again"))

    assert Outbox.objects.get().recipient == person


def test_people_are_found_without_accents(table, coordinator, client_of):
    lifecycle.invite(email="e@table.example", full_name="Éloïse Côté", table=table, roles=[Role.STEERING], by=coordinator)

    assert names(client_of(coordinator).post(PEOPLE, {"words": "eloise cote"}, follow=True)) == ["Éloïse Côté"]


def test_people_are_looked_after_in_french(coordinator, colleague, client_of):
    client = client_of(coordinator, language="fr-ca")

    assert [client.get(address).status_code for address in (PEOPLE, INVITE, page_of(colleague))] == [200, 200, 200]


def test_the_list_of_people_costs_the_same_for_one_and_for_three(agency_lead, colleague, in_the_room, client_of, django_assert_num_queries):
    client = client_of(agency_lead)
    with django_assert_num_queries(12):
        three = client.get(PEOPLE)

    Member.objects.filter(pk__in=[colleague.pk, in_the_room.pk]).update(agency=None)
    with django_assert_num_queries(12):
        one = client.get(PEOPLE)

    assert (len(names(three)), len(names(one))) == (3, 1)


def test_one_person_costs_few_queries(coordinator, colleague, client_of, django_assert_num_queries):
    client = client_of(coordinator)

    with django_assert_num_queries(13):  # of which six are the test's savepoint and the actor's settings
        client.get(page_of(colleague))
