"""The other language keeps the page and what is half typed in its form; nothing of it is checked, saved or used up."""

import re
import uuid

import pytest
from django.urls import reverse

from agencies.models import FormToken, LedgerEntry, Member
from meetings import lifecycle as meetings
from meetings.enums import Outcome
from practice import codes
from responses.models import Response
from situations.disclosure import disclose
from situations.models import Situation
from tests import cast

FRENCH = {"read_in": "fr-ca"}


def posted(client, address, **typed):
    """What a half-typed form sends when its reader presses the other language."""
    return client.post(address, {"form_token": str(uuid.uuid4()), **typed, **FRENCH}).content.decode()


def checked(page):
    return {value for box in re.findall(r"<input[^>]*\bchecked\b[^>]*>", page) for value in re.findall(r'value="([^"]+)"', box)}


def switches_of(page):
    return set(re.findall(r'formaction="([^"]+)"', page))


def test_a_half_typed_invitation_stands_in_the_other_language(client_of, coordinator):
    page = posted(client_of(coordinator), reverse("agencies:invite"), email="half-typed", full_name="Half Typed")

    assert 'value="half-typed"' in page
    assert 'value="Half Typed"' in page
    assert '<html lang="fr-ca">' in page
    assert "is-invalid" not in page


def test_the_other_language_invites_nobody_and_leaves_the_forms_token_unused(client_of, coordinator):
    before = Member.objects.count(), LedgerEntry.objects.filter(act="member_invited").count(), FormToken.objects.count()

    posted(client_of(coordinator), reverse("agencies:invite"), email="whole@table.example", full_name="Whole Name")

    assert (Member.objects.count(), LedgerEntry.objects.filter(act="member_invited").count(), FormToken.objects.count()) == before


def test_the_other_language_stays_for_the_next_page(client_of, coordinator):
    client = client_of(coordinator)

    posted(client, reverse("agencies:invite"))

    assert '<html lang="fr-ca">' in client.get(reverse("help")).content.decode()


def test_a_step_of_a_draft_keeps_what_is_chosen_and_not_saved(client_of, originator, draft):
    address = reverse("situations:intake", args=[draft.pk, 2])

    page = posted(client_of(originator), address, version=draft.version, risk_factors=["risk_factor:CRI-00"], find_risk_factors="evic")

    assert checked(page) == {"risk_factor:CRI-00"}
    assert 'value="evic"' in page
    assert Situation.objects.get(pk=draft.pk).risk_factors == draft.risk_factors


def test_the_words_of_why_now_are_kept_and_read_by_the_checker_in_the_other_language(client_of, originator, draft):
    step = 7

    page = posted(
        client_of(originator),
        reverse("situations:intake", args=[draft.pk, step]),
        version=draft.version,
        why_now="Marie habite 12 rue Elm.",
    )

    words = disclose(Situation.objects.visible_to(originator).get(pk=draft.pk), to=originator, only=["why_now"]).why_now
    assert "Marie habite 12 rue Elm.</textarea>" in page
    assert "<mark" in page
    assert words == cast.WHY_NOW


def test_a_decision_that_is_half_made_is_not_made(client_of, chair, item):
    page = posted(client_of(chair), reverse("meetings:reject", args=[item.pk]), criteria_not_met=["criterion:AER-B"])

    item.refresh_from_db()
    assert checked(page) == {"criterion:AER-B"}
    assert item.outcome == ""


def test_the_parts_chosen_on_the_chairs_console_are_kept(client_of, chair, lead, accepted_item):
    console = reverse("meetings:chair", args=[accepted_item.meeting_id])

    page = posted(client_of(chair), console, **{f"part_{lead.agency_id}": "lead"})

    accepted_item.refresh_from_db()
    assert "lead" in checked(page)
    assert accepted_item.outcome == Outcome.ACCEPTED


def test_a_report_back_keeps_its_answer_and_is_not_given(client_of, lead, response):
    address = reverse("responses:report_back", args=[response.pk])

    page = posted(client_of(lead), address, report="report_back_code:RPT-01")

    assert checked(page) == {"report_back_code:RPT-01"}
    assert Response.objects.get(pk=response.pk).report_backs.count() == 0


def test_what_a_stranger_types_is_answered_as_if_the_page_did_not_exist(client_of, stranger, response):
    answer = client_of(stranger).post(reverse("responses:report_back", args=[response.pk]), FRENCH)

    assert answer.status_code == 404


def test_a_password_is_never_written_into_a_page(client, db):
    page = client.post(
        reverse("account_login"), {"login": "someone@table.example", "password": "birch lake canoe", **FRENCH}
    ).content.decode()

    assert 'value="someone@table.example"' in page
    assert "birch lake canoe" not in page


@pytest.mark.parametrize("name", ["agencies:invite", "situations:open", "meetings:plan"])
def test_the_switch_belongs_to_the_form_and_enter_still_sends_the_form(client_of, coordinator, originator, name):
    member = originator if name == "situations:open" else coordinator

    page = client_of(member).get(reverse(name)).content.decode()

    buttons = re.findall(r'<button[^>]* form="typed"[^>]*>', page)
    assert page.count('id="typed"') == 1
    assert buttons[0] == '<button type="submit" form="typed" hidden>'
    assert 'name="read_in" value="fr-ca"' in buttons[1]


def test_on_a_page_without_a_form_the_switch_leads_back_to_it(client_of, coordinator):
    page = client_of(coordinator).get(reverse("meetings:list")).content.decode()

    assert 'form="typed"' not in page
    assert 'action="/language/"' in page


def test_a_role_that_was_not_given_leaves_the_persons_page_to_be_read_in_the_other_language(client_of, coordinator, lead):
    wrong = client_of(coordinator).post(reverse("agencies:give_role", args=[lead.pk]), {"role": ""}).content.decode()

    assert switches_of(wrong) == {reverse("agencies:member", args=[lead.pk])}


def test_a_report_that_was_not_kept_leaves_the_recorders_page_to_be_read_in_the_other_language(client_of, recorder, chair, response):
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)

    wrong = client_of(recorder).post(reverse("meetings:report", args=[item.pk]), {"report": ""}).content.decode()

    assert switches_of(wrong) == {reverse("meetings:recorder", args=[item.meeting_id])}


def test_an_address_that_only_takes_posts_changes_no_language(client_of, coordinator, lead):
    answer = client_of(coordinator).post(reverse("agencies:give_role", args=[lead.pk]), FRENCH)

    assert (answer.status_code, Member.objects.get(pk=coordinator.pk).language) == (405, "en-ca")


def test_the_language_that_was_chosen_at_the_door_stays_after_signing_in(client, client_of, originator):
    originator.set_password("seven quiet herons")
    originator.save()
    door, typed = reverse("account_login"), {"login": originator.email, "password": "seven quiet herons"}

    page = client.post(door, {"login": originator.email, **FRENCH}).content.decode()
    second = client.post(door, {**typed, "reads_in": re.search(r'name="reads_in" value="([^"]*)"', page).group(1)}).url
    answer = client.post(second, {"code": codes.of_member(originator)})

    assert (answer.status_code, answer.cookies["django_language"].value) == (302, "fr-ca")
    assert Member.objects.get(pk=originator.pk).language == "fr-ca"


@pytest.mark.parametrize("back", ["x", "2", "start", "//elsewhere.example", "http://[", "\0", "a\r\nb: c"])
def test_what_is_no_page_of_the_house_leads_to_none(client, db, back):
    answer = client.post(reverse("language"), {"language": "fr-ca", "next": back})

    assert (answer.status_code, "elsewhere" in answer["Location"]) == (302, False)
