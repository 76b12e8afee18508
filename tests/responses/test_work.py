"""At the door and after it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies.models import LedgerEntry, Outbox
from responses import lifecycle
from responses.models import Response
from tests import cast

MADE = "contact_result:CON-01"
NEED_HELP = "contact_result:CON-07"
ACTS = ["contact", "plan_step", "service", "report_back", "propose", "ask", "hand_over"]


def local(moment, table):
    """A moment as a browser's own field sends it."""
    return moment.astimezone(table.zone).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_lead_opens_each_page_of_its_response(client_of, lead, response, act, language):
    page = client_of(lead, language=language).get(reverse(f"responses:{act}", args=[response.pk]))

    assert page.status_code == 200
    assert response.situation.reference not in page.content.decode().split("</title>")[0]


@pytest.mark.parametrize("act", [*ACTS, "leave"])
def test_for_a_stranger_no_response_exists(client_of, stranger, response, act):
    assert client_of(stranger).get(reverse(f"responses:{act}", args=[response.pk])).status_code == 404


@pytest.mark.parametrize("act", [act for act in ACTS if act != "ask"])
def test_the_chair_knows_of_a_response_and_does_nothing_in_it_but_ask(client_of, chair, response, act):
    assert client_of(chair).get(reverse(f"responses:{act}", args=[response.pk])).status_code == 403


def test_the_originator_knows_of_a_response_and_does_nothing_in_it(client_of, originator, response):
    pages = [client_of(originator).get(reverse(f"responses:{act}", args=[response.pk])) for act in [*ACTS, "leave"]]

    assert {page.status_code for page in pages} == {403}


def test_whoever_stepped_out_does_not_find_their_agencys_response(client_of, lead, response):
    from situations import lifecycle as situations

    situations.recuse(response.situation, member=lead, by=lead)

    assert client_of(lead).get(reverse("responses:contact", args=[response.pk])).status_code == 404


def test_one_press_at_the_door_stops_the_clock_now(client_of, lead, response, later):
    with later(hours=5):
        answer = client_of(lead).post(reverse("responses:contact", args=[response.pk]), {"result": MADE, "at": ""})
        stopped = clock.now()

    assert answer.url == reverse("situation", args=[response.situation_id])
    contact = response.contacts.get()
    assert (contact.agency, contact.result_id, stopped - contact.at < timedelta(minutes=1)) == (lead.agency, MADE, True)
    assert Response.objects.get(pk=response.pk).first_contact_at == contact.at
    assert LedgerEntry.objects.filter(act="contact_recorded", situation_id=response.situation_id, by_id=lead.pk).count() == 1


def test_a_contact_may_have_been_earlier(client_of, assisting, response, later, table):
    with later(hours=5):
        an_hour_ago = clock.now() - timedelta(hours=1)
        client_of(assisting).post(reverse("responses:contact", args=[response.pk]), {"result": MADE, "at": local(an_hour_ago, table)})

    assert local(Response.objects.get(pk=response.pk).first_contact_at, table) == local(an_hour_ago, table)


@pytest.mark.parametrize(("hours", "sentence"), [(1, "Choose a time that has passed."), (-1, "Choose a time after the table’s decision.")])
def test_a_contact_outside_the_response_is_answered_beside_its_field(client_of, lead, response, table, hours, sentence):
    at = local(clock.now() + timedelta(hours=hours), table)

    page = client_of(lead).post(reverse("responses:contact", args=[response.pk]), {"result": MADE, "at": at})

    assert page.context["form"].errors == {"at": [sentence]}
    assert f'value="{at}"' in page.content.decode()


def test_a_contact_in_the_minute_of_the_decision_counts_from_the_decision(client_of, lead, response, table):
    client_of(lead).post(reverse("responses:contact", args=[response.pk]), {"result": MADE, "at": local(response.accepted_at, table)})

    assert response.contacts.get().at == response.accepted_at


def test_need_help_mails_the_other_agencies_and_leaves_the_clock_running(client_of, lead, assisting, response):
    Outbox.objects.filter(notice="help_asked").delete()

    client_of(lead).post(reverse("responses:contact", args=[response.pk]), {"result": NEED_HELP})

    assert list(Outbox.objects.filter(notice="help_asked").values_list("recipient", flat=True)) == [assisting.pk]
    assert Response.objects.get(pk=response.pk).first_contact_at is None


def test_the_results_stand_under_three_headings(client_of, lead, response):
    page = client_of(lead).get(reverse("responses:contact", args=[response.pk]))

    assert {group["name"]: len(group["results"]) for group in page.context["groups"]} == {"made": 3, "tried": 3, "help": 1}


def test_a_step_is_planned_and_due_in_two_days_unless_told_otherwise(client_of, lead, assisting, response, table):
    client = client_of(lead)
    address = reverse("responses:plan_step", args=[response.pk])
    offered = client.get(address).context["form"]["due_at"].value().strftime("%Y-%m-%dT%H:%M")

    client.post(address, {"step_type": "step_type:STP-01", "owner": assisting.agency_id, "due_at": offered})

    step = response.steps.get(step_type="step_type:STP-01")
    assert (step.owner, local(step.due_at, table), offered) == (
        assisting.agency,
        offered,
        local(clock.now() + timedelta(hours=48), table),
    )


def test_only_agencies_that_act_are_offered_a_step(client_of, lead, assisting, response):
    page = client_of(lead).get(reverse("responses:plan_step", args=[response.pk]))

    assert set(page.context["form"].fields["owner"].queryset) == {lead.agency, assisting.agency}


def a_step(response, lead):
    return lifecycle.plan_step(response, step_type="step_type:STP-02", owner=lead.agency, due_at=clock.now() + timedelta(hours=2), by=lead)


def test_a_step_is_settled_by_any_agency_that_acts(client_of, lead, assisting, response):
    step = a_step(response, lead)

    page = client_of(assisting).post(reverse("responses:settle_step", args=[step.pk]), {"state": "done"}, follow=True)

    step.refresh_from_db()
    assert (step.state, step.settled_by) == ("done", assisting)
    assert [str(said) for said in page.context["messages"]] == [f"Done: {step.step_type.label}."]
    assert LedgerEntry.objects.get(act="step_done", situation_id=response.situation_id).codes == ["step_type:STP-02", "done"]


def test_a_step_that_is_settled_says_so_to_the_second(client_of, lead, response):
    step = a_step(response, lead)
    client_of(lead).post(reverse("responses:settle_step", args=[step.pk]), {"state": "done"})

    page = client_of(lead).post(reverse("responses:settle_step", args=[step.pk]), {"state": "dropped"})

    assert (page.status_code, page.context["sentence"]) == (409, "This step is already settled.")


@pytest.mark.parametrize(("part", "status"), [("stranger", 404), ("chair", 403), ("originator", 403)])
def test_nobody_else_settles_a_step(client_of, lead, response, part, status):
    step = a_step(response, lead)

    assert client_of(cast.the(part)).post(reverse("responses:settle_step", args=[step.pk]), {"state": "done"}).status_code == status


def test_a_service_that_does_not_exist_here_is_recorded_too(client_of, lead, response):
    client_of(lead).post(
        reverse("responses:service", args=[response.pk]),
        {"service": "service:SVC-12", "mobilization": "mobilization_type:MOB-05", "agency": ""},
    )

    recorded = response.services.get()
    assert (recorded.service_id, recorded.mobilization_id, recorded.agency) == ("service:SVC-12", "mobilization_type:MOB-05", None)


def test_the_coordinator_may_record_a_service(client_of, coordinator, response):
    assert client_of(coordinator).get(reverse("responses:service", args=[response.pk])).status_code == 200


def test_a_report_can_be_given_between_meetings(client_of, lead, response):
    client_of(lead).post(reverse("responses:report_back", args=[response.pk]), {"report": "report_back_code:RPT-01"})

    reported = response.report_backs.get()
    assert (reported.agency, reported.report_id) == (lead.agency, "report_back_code:RPT-01")
    assert LedgerEntry.objects.filter(act="reported_back", situation_id=response.situation_id).count() == 1


def test_a_form_left_empty_says_what_is_missing_and_keeps_the_rest(client_of, lead, response):
    page = client_of(lead).post(reverse("responses:service", args=[response.pk]), {"service": "service:SVC-12"})

    assert set(page.context["form"].errors) == {"mobilization"}
    assert page.context["form"]["service"].value() == "service:SVC-12"
    assert "<title>Error:" in page.content.decode()
