"""Each role's first page, and what is overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from agencies import clock
from agencies import lifecycle as agencies
from agencies.enums import AgreementKind, Role
from meetings import lifecycle as meetings
from meetings.models import Meeting
from responses import lifecycle as responses
from tests import cast

SECTIONS = {
    "originator": ["agency"],
    "agency_lead": ["agency"],
    "chair": ["sitting"],
    "recorder": ["sitting"],
    "coordinator": ["desk"],
    "privacy_officer": ["oversight"],
    "administrator": ["administration"],
    "observer": ["observing"],
}


def first_page(client):
    return client.get(reverse("start"))


def owed(client):
    return [(each.kind, each.reference) for each in first_page(client).context["agency"].owed]


def page_of_overdue(client):
    return [row.record.reference for row in client.get(reverse("responses:overdue")).context["table"].rows]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
@pytest.mark.parametrize("part", SECTIONS)
def test_each_role_has_its_first_page(client_of, response, part, language):
    page = first_page(client_of(cast.the(part), language=language))

    assert (page.status_code, [section.name for section in page.context["sections"]]) == (200, SECTIONS[part])


def test_the_steering_committee_is_led_to_the_releases(client_of, steering):
    assert first_page(client_of(steering)).url == reverse("reports:list")


def test_someone_in_several_roles_reads_one_section_after_another(client_of, originator, table):
    for role in (Role.CHAIR, Role.STEERING, Role.COORDINATOR):
        agencies.appoint(originator, table=table, role=role, by="tests")

    page = first_page(client_of(cast.the("originator")))

    assert [section.name for section in page.context["sections"]] == ["sitting", "agency", "desk", "steering"]


def test_what_one_stepped_out_of_is_not_counted_before_the_next_meeting(client_of, table, response, chair, recused, stranger):
    meetings.close_meeting(Meeting.objects.under_way().get(), by=chair)
    cast.a_planned_meeting(table)

    counts = {part: first_page(client_of(cast.the(part))).context["meeting"].counts for part in ("recused", "stranger")}

    assert {part: count["report_backs"] for part, count in counts.items()} == {"recused": 0, "stranger": 1}


def test_what_one_stepped_out_of_is_overdue_for_others_only(client_of, response, recorder, coordinator, later):
    cast.situations.recuse(response.situation, member=coordinator, by=coordinator)

    with later(hours=49):
        late = {member.email: page_of_overdue(client_of(member)) for member in (recorder, coordinator)}
        desk = first_page(client_of(coordinator)).context["desk"]

    assert late == {"recorder@table.example": [response.situation.reference], "coordinator@table.example": []}
    assert [line.url for group in desk for line in group.lines if "overdue" in line.url] == []


def test_the_administrators_page_holds_no_situation(client_of, administrator, response):
    page = first_page(client_of(administrator))

    assert (page.context["meeting"], page.context["agency"], page.context["desk"]) == (None, None, None)
    assert response.situation.reference not in page.content.decode()


def test_whoever_acts_owes_the_first_contact_until_it_is_made(client_of, lead, assisting, response):
    reference = response.situation.reference

    before = [owed(client_of(member)) for member in (lead, assisting)]
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-03", by=lead)

    assert before == [[("contact", reference)], [("contact", reference)]]
    assert [owed(client_of(member)) for member in (lead, assisting)] == [[], []]


def test_the_three_buttons_of_the_door_stand_on_the_first_page(client_of, lead, response):
    page = first_page(client_of(lead)).content.decode()

    door = reverse("responses:contact", args=[response.pk])
    assert [f'href="{door}#{name}"' in page for name in ("made", "tried", "help")] == [True, True, True]


def test_a_step_is_owed_by_its_owner_alone(client_of, lead, assisting, response):
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    responses.plan_step(response, step_type="step_type:STP-02", owner=assisting.agency, due_at=clock.now() + timedelta(hours=4), by=lead)

    assert (owed(client_of(lead)), owed(client_of(assisting))) == ([], [("step", response.situation.reference)])


def test_the_lead_owes_a_report_at_the_next_meeting_until_it_has_reported(client_of, lead, assisting, chair, response, table):
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    meetings.close_meeting(Meeting.objects.under_way().get(table=table), by=chair)
    cast.a_planned_meeting(table, starts_in=timedelta(days=2))
    reference = response.situation.reference

    before = [owed(client_of(lead)), owed(client_of(assisting))]
    responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-01", by=lead)

    assert before == [[("report_back", reference)], []]
    assert owed(client_of(lead)) == []


def concluded(response, *, chair):
    meeting = cast.an_open_meeting_after(response, by=chair)
    item = meetings.open_item(meeting.items.get(situation=response.situation), by=chair)
    meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    meetings.close_meeting(meeting, by=chair)


def test_a_follow_up_is_owed_by_the_agency_that_led_from_a_week_before(client_of, lead, assisting, chair, response, later):
    concluded(response, chair=chair)

    with later(days=22):
        early = owed(client_of(lead))
    with later(days=24):
        in_time = [owed(client_of(member)) for member in (lead, assisting)]

    assert (early, in_time) == ([], [[("follow_up", response.situation.reference)], []])


def test_an_asked_agency_learns_that_it_is_asked_and_by_whom_and_no_number(client_of, lead, stranger, response):
    responses.ask(response, agency=stranger.agency, by=lead)

    page = first_page(client_of(stranger))

    assert [each.lead for each in page.context["agency"].asked] == ["Otter Mental Health"]
    assert response.situation.reference not in page.content.decode()


def test_while_a_meeting_is_under_way_it_can_hear_what_was_submitted(client_of, originator, submitted, meeting):
    brought = first_page(client_of(originator)).context["agency"].brought

    assert [each.next for each in brought] == ["The table can hear it at its meeting under way"]


def test_what_an_agency_brought_stands_with_its_drafts_first(client_of, originator, draft, response, table):
    newest = cast.a_submitted(table, by=originator)

    brought = first_page(client_of(originator)).context["agency"].brought

    assert [each.known.pk for each in brought] == [draft.pk, newest.pk, response.situation_id]
    assert brought[-1].next == '<span lang="en-CA">Otter Mental Health</span> leads'


def test_the_panel_says_what_the_next_meeting_hears_and_what_of_it_is_yours(client_of, originator, lead, chair, response, table):
    meetings.close_meeting(Meeting.objects.under_way().get(table=table), by=chair)
    cast.a_planned_meeting(table, starts_in=timedelta(days=2))
    cast.a_submitted(table, by=originator)

    counts = [first_page(client_of(member)).context["meeting"].counts for member in (originator, lead)]

    assert counts == [
        {"report_backs": 1, "our_report_backs": 0, "new": 1, "brought_by_us": 1},
        {"report_backs": 1, "our_report_backs": 1, "new": 1, "brought_by_us": 0},
    ]


def test_one_checks_in_from_the_first_page(client_of, stranger, meeting):
    before = first_page(client_of(stranger))
    client_of(stranger).post(reverse("meetings:check_in", args=[meeting.pk]), {"mode": "video"})
    after = first_page(client_of(stranger))

    assert (before.context["meeting"].is_here, after.context["meeting"].is_here) == (False, True)
    assert "Check in: by video" in before.content.decode()


def test_an_observer_is_told_the_meeting_and_not_its_agenda(client_of, observer, submitted, table):
    cast.a_planned_meeting(table)

    page = first_page(client_of(observer))

    assert (page.context["meeting"].counts, page.status_code) == (None, 200)


def desk(client):
    groups = first_page(client).context["desk"]
    return {group.heading: [str(line.words) for line in group.lines] for group in groups if group.heading != "First steps"}


@pytest.fixture
def met(chair, table):
    """The table has met once, and the minutes of it are approved."""
    meeting = cast.an_open_meeting(table, by=chair)
    meetings.close_meeting(meeting, by=chair)
    meetings.approve_minutes(meeting, by=chair)


def test_an_empty_desk_says_what_will_stand_there(client_of, coordinator, met):
    page = first_page(client_of(coordinator))

    assert page.context["desk"] == []
    assert "will stand here" in page.content.decode()


def test_the_desk_counts_what_awaits_is_overdue_and_is_incomplete(client_of, coordinator, originator, lead, chair, response, table, later):
    cast.a_submitted(table, by=originator)
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)
    meetings.close_meeting(Meeting.objects.under_way().get(table=table), by=chair)
    agencies.invite(email="new@table.example", full_name="New Person", table=table, roles=[Role.OBSERVER], by="tests")

    with later(hours=49):
        counted = desk(client_of(coordinator))

    assert counted == {
        "Awaits": ["1 situation waits to be heard", "The minutes of 1 meeting wait for approval"],
        "Overdue": ["1 response is without contact after 48 hours", "Steps of 1 response are overdue"],
        "Incomplete": ["1 person has not opened the invitation"],
    }


def test_the_desk_counts_agencies_that_have_not_signed_and_signatures_that_expire(client_of, coordinator, agency_lead, table, later):
    agreement = agencies.publish_agreement(
        table, kind=AgreementKind.INFORMATION_SHARING, text_en="Share.", text_fr="Partager.", valid_months=1, by="tests"
    )
    agencies.sign_agreement(agreement, by=agency_lead)

    with later(days=2):
        counted = desk(client_of(coordinator))

    assert counted == {
        "Incomplete": ["5 agencies’ signatures on the agreement are missing or have run out", "1 signature expires within 30 days"]
    }


def overdue(client):
    page = client.get(reverse("responses:overdue"))
    return sorted((row.record.kind, row.record.reference, row.record.what) for row in page.context["table"].rows)


def test_after_48_hours_the_table_and_those_who_act_see_what_is_late(client_of, coordinator, lead, assisting, response, later):
    reference = response.situation.reference
    responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now() + timedelta(hours=1), by=lead)

    with later(hours=47):
        early = overdue(client_of(coordinator))
    with later(hours=49):
        late = [overdue(client_of(member)) for member in (coordinator, lead, assisting)]

    assert early == [("step", reference, "")]
    assert late == [
        [("contact", reference, ""), ("step", reference, "")],
        [("contact", reference, ""), ("step", reference, "Safety plan")],
        [("contact", reference, "")],
    ]


def test_a_report_that_the_last_meeting_did_not_hear_is_overdue(client_of, coordinator, lead, assisting, chair, response, later):
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    with later(days=2):
        meeting = cast.an_open_meeting_after(response, by=chair)
        at_the_meeting = overdue(client_of(coordinator))
        meetings.close_meeting(meeting, by=chair)
        after_it = [overdue(client_of(member)) for member in (coordinator, lead, assisting)]
        responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-01", by=lead)
        once_given = overdue(client_of(coordinator))

    missed = [("report_back", response.situation.reference, "")]
    assert (at_the_meeting, after_it, once_given) == ([], [missed, missed, []], [])


def test_a_report_given_between_two_meetings_is_not_missed_at_the_second(client_of, coordinator, lead, chair, response, later):
    responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead)
    with later(days=2):
        meetings.close_meeting(Meeting.objects.under_way().get(table=response.table), by=chair)
    with later(days=3):
        responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-01", by=lead)
    with later(days=4):
        meetings.close_meeting(cast.an_open_meeting_after(response, by=chair), by=chair)
        missed = overdue(client_of(coordinator))

    assert missed == []


def test_a_follow_up_that_is_not_answered_is_overdue_for_its_agency_and_the_table(client_of, coordinator, lead, chair, response, later):
    concluded(response, chair=chair)

    with later(days=31):
        late = [overdue(client_of(member)) for member in (coordinator, lead)]

    assert late == [[("follow_up", response.situation.reference, "")]] * 2


@pytest.mark.parametrize(
    ("part", "status"), [("stranger", 200), ("chair", 200), ("steering", 403), ("administrator", 403), ("observer", 403)]
)
def test_what_is_overdue_is_for_those_who_act_and_the_tables_own_people(client_of, response, part, status):
    assert client_of(cast.the(part)).get(reverse("responses:overdue")).status_code == status


def many(table, response, *, times):
    """The originator and the lead have more of everything."""
    originator, lead, chair = cast.the("originator"), cast.the("lead"), cast.the("chair")
    meeting = Meeting.objects.under_way().get(table=table)
    for _time in range(times):
        item = cast.the_item_of(cast.a_submitted(table, by=originator), meeting, by=chair)
        another = cast.a_response_to(cast.accepted(item, by=chair), by=chair)
        responses.plan_step(another, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now(), by=lead)
        cast.a_draft(table, by=originator)
    meetings.close_meeting(meeting, by=chair)
    cast.a_planned_meeting(table, starts_in=timedelta(days=3))


# --- what stands in a part of the way -----------------------------------------------------------------------------------------


def told(client):
    return [strip_tags(each.sentence) for each in first_page(client).context["partial"]]


def signed_for_a_year(kind, table, *, by):
    texts = {"text_en": "We keep what we hear.", "text_fr": "Nous gardons ce que nous entendons."}
    agreement = agencies.publish_agreement(table, kind=kind, **texts, by=cast.the("coordinator"))
    agencies.sign_agreement(agreement, by=by)
    return agreement


def test_where_all_counts_and_nothing_lapses_the_first_page_says_nothing_of_it(client_of, chair, table):
    signed_for_a_year(AgreementKind.CONFIDENTIALITY, table, by=chair)

    assert told(client_of(chair)) == []


def test_a_month_before_ones_signature_lapses_the_first_page_says_until_when_and_whom_to_ask(client_of, chair, table, later):
    signed_for_a_year(AgreementKind.CONFIDENTIALITY, table, by=chair)

    with later(days=340):
        client = client_of(chair)
        page = first_page(client).content.decode()
        asked = client.get(reverse("agencies:obstacles"))

    assert "Your signature under “Confidentiality agreement 1” expires on" in page
    assert reverse("agencies:obstacles") in page
    assert [person["role"] for person in asked.context["people"]] == ["Coordinator"]


def test_once_it_is_renewed_the_first_page_is_silent_again(client_of, chair, table, later):
    agreement = signed_for_a_year(AgreementKind.CONFIDENTIALITY, table, by=chair)

    with later(days=340):
        agencies.sign_agreement(agreement, by=cast.the("chair"))

        assert told(client_of(chair)) == []


def test_the_people_of_an_agency_read_that_its_agreement_lapses_and_who_signs(client_of, colleague, agency_lead, table, later):
    signed_for_a_year(AgreementKind.INFORMATION_SHARING, table, by=agency_lead)

    with later(days=340):
        sentences = told(client_of(colleague))

    assert len(sentences) == 1
    assert sentences[0].startswith("The signature of Larch Housing under “Information-sharing agreement 1” expires on ")


def test_who_counts_at_one_table_only_reads_why_not_at_the_other(client_of, colleague, sealed_table):
    agencies.end_seat(sealed_table.seats.current().get(agency=colleague.agency), by="tests")

    assert told(client_of(colleague)) == ["Larch Housing has no seat at this table now."]


def test_whose_agency_lacks_its_agreement_at_another_table_reads_so_in_french_too(client_of, colleague, sealed_table):
    texts = {"text_en": "We share.", "text_fr": "Nous partageons."}
    agencies.publish_agreement(sealed_table, kind=AgreementKind.INFORMATION_SHARING, **texts, by=cast.the("coordinator"))

    assert len(told(client_of(colleague, language="fr-ca"))) == 1


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("part", "queries"), [("originator", 17), ("lead", 19), ("coordinator", 14), ("chair", 14)])
def test_a_first_page_asks_the_same_number_of_questions_whatever_is_owed(
    client_of, table, response, django_assert_num_queries, times, part, queries
):
    many(table, response, times=times)
    client = client_of(cast.the(part))
    first_page(client)

    with django_assert_num_queries(queries):
        first_page(client)


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("part", "queries"), [("coordinator", 15), ("lead", 14)])
def test_the_list_of_what_is_overdue_asks_the_same_number_of_questions(
    client_of, table, response, later, django_assert_num_queries, times, part, queries
):
    many(table, response, times=times)
    client = client_of(cast.the(part))

    with later(hours=50):
        client.get(reverse("responses:overdue"))
        with django_assert_num_queries(queries):
            client.get(reverse("responses:overdue"))
