"""The chair's console: what it shows, what it never holds, and the acts by which a meeting goes from item to item."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies import lifecycle as agencies
from agencies.access import OutOfOrder
from agencies.models import Entry, LedgerEntry
from meetings import lifecycle
from meetings.models import AgendaItem, Meeting
from responses import lifecycle as responses
from responses.models import Engagement
from situations import lifecycle as situations
from situations.models import Situation
from tests import cast


def console(client, meeting):
    return client.get(reverse("meetings:chair", args=[meeting.pk]))


def post(client, name, row, **data):
    return client.post(reverse(f"meetings:{name}", args=[row.pk]), data)


def text(response):
    return " ".join(response.content.decode().split())


def stage_of(item):
    return Situation.objects.get(pk=item.situation_id).stage


@pytest.fixture
def at_the_chair(client_of, chair):
    """The chair's own browser."""
    return client_of(chair)


@pytest.fixture
def report_item(response, chair):
    """The next meeting, at which the response reports back: the item is open."""
    meeting = cast.an_open_meeting_after(response, by=chair)
    return lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)


@pytest.mark.parametrize(("part", "status"), [("chair", 200), ("in_the_room", 403), ("recorder", 403), ("administrator", 403)])
def test_the_console_is_the_chairs(client_of, meeting, part, status):
    assert console(client_of(cast.the(part)), meeting).status_code == status


def test_a_sessions_console_does_not_exist_for_those_not_called(client_of, submitted, originator, in_the_room, stranger, table):
    begins = clock.now() + timedelta(minutes=15)
    session = lifecycle.call_emergency(table, situation=submitted, agencies=[in_the_room.agency], starts_at=begins, by=originator)

    assert console(client_of(stranger), session).status_code == 404


def test_any_member_who_holds_the_chairs_role_may_chair(client_of, meeting, stranger, table):
    agencies.appoint(stranger, table=table, role="chair", by=cast.BY)

    assert console(client_of(stranger), meeting).status_code == 200


def test_the_chair_opens_the_meeting_and_the_first_item(at_the_chair, table, submitted):
    meeting = cast.a_planned_meeting(table)

    post(at_the_chair, "open", meeting)
    post(at_the_chair, "item_next", meeting)

    assert (Meeting.objects.get(pk=meeting.pk).state, meeting.items.open().get().situation_id) == ("open", submitted.pk)
    assert LedgerEntry.objects.filter(act="presented", situation_id=submitted.pk).count() == 1


def test_a_meeting_cannot_be_opened_the_day_before(at_the_chair, table):
    meeting = cast.a_planned_meeting(table, starts_in=timedelta(days=1))

    response = post(at_the_chair, "open", meeting)

    assert (response.status_code, "from one hour before" in text(response)) == (409, True)


def test_the_console_says_who_said_what_and_what_was_heard(at_the_chair, item, lead):
    lifecycle.take_position(item, agency=lead.agency, position="position:MET", by=lead)

    shown = console(at_the_chair, item.meeting).context["item"]

    said = {agency.name: says.words for agency, says in shown.rows if says}
    assert said == {"Otter Mental Health": "Acutely elevated risk"}
    assert (shown.reference, shown.heard.about, len(shown.heard.factors)) == (item.situation.reference, "Person, 12–17 years, Female", 2)


def test_opening_the_console_is_a_look(at_the_chair, item, chair):
    for _refresh in range(2):
        console(at_the_chair, item.meeting)

    looks = LedgerEntry.objects.filter(act="looked", situation_id=item.situation_id, by_id=chair.pk)
    assert [look.relation for look in looks] == ["CH"]


def test_the_console_holds_no_row_and_no_word_of_a_situation(at_the_chair, accepted_item):
    response = console(at_the_chair, accepted_item.meeting)

    held = [value for context in response.context for layer in context for value in layer.values()]
    assert [row for row in held if isinstance(row, Situation | AgendaItem)] == []
    assert cast.WHY_NOW not in text(response)


def test_a_chair_who_stepped_out_reads_nothing_of_the_item(at_the_chair, item, chair):
    lifecycle.step_out(item, member=chair, by=chair)

    response = console(at_the_chair, item.meeting)

    assert (response.context["item"], item.situation.reference in text(response), "Heron School Board" in text(response)) == (
        None,
        False,
        False,
    )
    assert "Another chair takes this item" in text(response)


def test_a_chair_who_stepped_out_reads_that_an_item_waits_for_another_chair_until_it_is_heard(at_the_chair, item, chair, stranger, table):
    lifecycle.step_out(item, member=chair, by=chair)
    waiting = [line.title for line in console(at_the_chair, item.meeting).context["agenda"].new]
    agencies.appoint(stranger, table=table, role="chair", by=cast.BY)

    lifecycle.close_item(item, by=cast.the("stranger"))

    assert (waiting, console(at_the_chair, item.meeting).context["agenda"].new) == (["New situation 1"], [])


def test_a_chair_who_stepped_out_does_not_close_the_item(at_the_chair, item, chair):
    lifecycle.step_out(item, member=chair, by=chair)

    assert post(at_the_chair, "item_next", item.meeting).status_code == 409
    assert AgendaItem.objects.get(pk=item.pk).is_open


def test_one_press_accepts(at_the_chair, item):
    response = post(at_the_chair, "accept", item)

    assert (response.url, stage_of(item)) == (reverse("meetings:chair", args=[item.meeting_id]), "identifying")


def test_a_decision_that_is_posted_twice_counts_once(at_the_chair, item):
    token = str(uuid.uuid4())

    urls = [post(at_the_chair, "accept", item, form_token=token).url for _time in range(2)]

    assert urls == [reverse("meetings:chair", args=[item.meeting_id])] * 2
    assert LedgerEntry.objects.filter(act="accepted").count() == 1


def test_a_late_press_decides_nothing_and_says_what_already_happened(at_the_chair, accepted_item):
    response = post(at_the_chair, "accept", accepted_item)

    assert (response.status_code, f"{accepted_item.situation.reference}: “Accepted” was recorded at" in text(response)) == (409, True)
    assert (stage_of(accepted_item), LedgerEntry.objects.filter(act="accepted").count()) == ("identifying", 1)


def test_an_early_press_says_where_the_situation_stands(at_the_chair, item):
    response = post(at_the_chair, "respond", item)

    assert (response.status_code, "stands at “Filter 2: before the table”" in text(response)) == (409, True)


def test_a_press_on_an_item_that_was_closed_says_so(at_the_chair, item, chair):
    lifecycle.close_item(item, by=chair)

    assert "This item is not open." in text(post(at_the_chair, "accept", item))


@pytest.mark.parametrize(("part", "status"), [("in_the_room", 403), ("stranger", 404)])
@pytest.mark.parametrize("name", ["accept", "reject", "defer"])
def test_nobody_else_decides(client_of, item, part, status, name):
    assert post(client_of(cast.the(part)), name, item).status_code == status
    assert stage_of(item) == "presented"


def test_not_accepted_asks_which_criteria_are_not_met(at_the_chair, item):
    response = post(at_the_chair, "reject", item, reason="conclusion_reason:REJ-01")

    assert response.context["form"].errors == {"criteria_not_met": ["Say which criteria are not met."]}
    assert stage_of(item) == "presented"


def test_not_accepted_takes_only_reasons_of_a_rejection(at_the_chair, item):
    response = post(at_the_chair, "reject", item, criteria_not_met="criterion:AER-B", reason="conclusion_reason:ORL-01")

    assert list(response.context["form"].errors) == ["reason"]


def test_not_accepted_is_forgotten_and_the_console_says_so(at_the_chair, item):
    post(at_the_chair, "reject", item, criteria_not_met="criterion:AER-B", reason="conclusion_reason:REJ-01")

    shown = text(console(at_the_chair, item.meeting))

    assert (stage_of(item), "Everything about the person is forgotten" in shown) == ("rejected", True)


def test_deferred_it_keeps_its_number(at_the_chair, item):
    post(at_the_chair, "defer", item, reason="deferral_reason:DEF-01")

    situation = Situation.objects.get(pk=item.situation_id)
    assert (situation.stage, situation.reference) == ("submitted", item.situation.reference)


@pytest.fixture
def answered(accepted_item, lead, assisting, in_the_room):
    """Filter 3, with three answers."""
    for member, answer in [(lead, "NOW"), (assisting, "HELP"), (in_the_room, "NONE")]:
        lifecycle.say_involvement(accepted_item, agency=member.agency, involvement=f"involvement:{answer}", by=member)
    return accepted_item


def looks_at(item, *, by):
    return [look.codes for look in LedgerEntry.objects.filter(act="looked", situation_id=item.situation_id, by_id=by.pk)]


def test_the_page_that_records_a_response_is_a_look(at_the_chair, accepted_item, chair):
    at_the_chair.get(reverse("meetings:respond", args=[accepted_item.pk]))

    assert looks_at(accepted_item, by=chair) == [["identifying"]]


def test_the_page_that_concludes_is_a_look(at_the_chair, report_item, chair):
    at_the_chair.get(reverse("meetings:conclude", args=[report_item.pk]))

    assert looks_at(report_item, by=chair) == [["responding"]]


def test_who_could_help_and_who_is_involved_are_preselected_as_assisting(at_the_chair, answered):
    form = console(at_the_chair, answered.meeting).context["form"]

    assert {row.name: row.field.initial for row in form.rows()} == {
        "Granite Police Service": "assisting",
        "Heron School Board": "none",
        "Larch Housing": "none",
        "Otter Mental Health": "assisting",
    }


def test_the_response_is_recorded_with_lead_assisting_and_asked(at_the_chair, answered, lead, assisting, stranger):
    parts = {f"part_{lead.agency_id}": "lead", f"part_{assisting.agency_id}": "assisting"}

    post(at_the_chair, "respond", answered, huddle="after", asked=str(stranger.agency_id), **parts)

    engaged = Engagement.objects.filter(response__situation=answered.situation_id).values_list("agency__name", "part", "standing")
    assert set(engaged) == {
        ("Otter Mental Health", "lead", "engaged"),
        ("Granite Police Service", "assisting", "engaged"),
        ("Fern Income Support", "assisting", "asked"),
    }
    assert answered.situation.response.huddle_at == answered.meeting.ends_at


@pytest.mark.parametrize(
    ("leads", "sentence"),
    [(0, "Choose the one agency that leads."), (2, "Only one agency leads. Let the others assist.")],
)
def test_a_response_has_one_lead(at_the_chair, answered, lead, assisting, leads, sentence):
    parts = {f"part_{member.agency_id}": "lead" for member in (lead, assisting)[:leads]}

    response = post(at_the_chair, "respond", answered, huddle="after", **parts)

    assert list(response.context["form"].errors.values()) == [[sentence]]
    assert stage_of(answered) == "identifying"


def test_a_huddle_at_another_time_says_when(at_the_chair, answered, lead):
    response = post(at_the_chair, "respond", answered, huddle="later", huddle_on="2027-03-02", **{f"part_{lead.agency_id}": "lead"})

    assert response.context["form"].errors == {"huddle_at": ["Say at what time they huddle."]}


def test_an_agency_that_is_out_of_the_room_cannot_be_given_a_part(at_the_chair, answered, recused):
    form = console(at_the_chair, answered.meeting).context["form"]

    assert str(recused.agency_id) not in form.agencies


def test_ended_early_its_words_are_forgotten(at_the_chair, accepted_item):
    post(at_the_chair, "end_early", accepted_item, reason="early_end_reason:EAR-01")

    assert stage_of(accepted_item) == "ended_early"
    assert LedgerEntry.objects.filter(act="ended_early", situation_id=accepted_item.situation_id).count() == 1


def test_a_report_back_shows_its_reports_and_is_kept_open(at_the_chair, response, lead, report_item):
    responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-01", by=lead)
    shown = console(at_the_chair, report_item.meeting).context["item"].response.reports

    post(at_the_chair, "keep_open", report_item)

    assert [(report.agency, report.words) for report in shown] == [("Otter Mental Health", "Contact made, work under way")]
    assert AgendaItem.objects.get(pk=report_item.pk).outcome == "kept_open"


def test_the_console_shows_of_a_report_back_not_the_story(at_the_chair, report_item):
    assert console(at_the_chair, report_item.meeting).context["item"].heard is None


def test_the_leads_proposal_is_chosen_beforehand(at_the_chair, response, lead, report_item):
    responses.propose_conclusion(response, reason="conclusion_reason:ORL-03", factors_lowered=["risk_factor:HOU-01"], by=lead)

    form = at_the_chair.get(reverse("meetings:conclude", args=[report_item.pk])).context["form"]

    assert (form["reason"].value(), form["factors_lowered"].value()) == ("conclusion_reason:ORL-03", ["risk_factor:HOU-01"])


def test_the_table_concludes(at_the_chair, report_item):
    post(at_the_chair, "conclude", report_item, reason="conclusion_reason:ORL-01", factors_lowered="risk_factor:HOU-01")

    situation = Situation.objects.get(pk=report_item.situation_id)
    assert (situation.stage, situation.factors_lowered) == ("concluded", ["risk_factor:HOU-01"])


def test_a_factor_that_is_not_the_situations_cannot_be_lowered(at_the_chair, report_item):
    response = post(at_the_chair, "conclude", report_item, reason="conclusion_reason:ORL-01", factors_lowered="risk_factor:HOU-02")

    assert list(response.context["form"].errors) == ["factors_lowered"]


def test_the_chair_does_not_write_a_report(at_the_chair, report_item, lead):
    response = post(at_the_chair, "report", report_item, agency=str(lead.agency_id), report="report_back_code:RPT-01")

    assert response.status_code == 403


def test_the_chair_asks_someone_to_step_out(at_the_chair, item, in_the_room):
    post(at_the_chair, "recuse", item, member=str(in_the_room.pk))

    assert Situation.objects.visible_to(in_the_room).filter(pk=item.situation_id).count() == 0
    assert LedgerEntry.objects.filter(act="recused", audience_id=in_the_room.pk).count() == 1


def test_the_originator_asks_someone_to_step_out_and_others_may_not(client_of, item, originator, in_the_room):
    statuses = [client_of(member).get(reverse("meetings:recuse", args=[item.pk])).status_code for member in (originator, in_the_room)]

    assert statuses == [200, 403]


def test_an_item_left_undecided_can_be_opened_again(at_the_chair, item):
    post(at_the_chair, "item_next", item.meeting, leaving=str(item.pk))
    closed = AgendaItem.objects.get(pk=item.pk).is_open

    post(at_the_chair, "item_open", item)

    assert (closed, AgendaItem.objects.get(pk=item.pk).is_open) == (False, True)


def test_an_extension_moves_the_rooms_end_with_the_meetings(at_the_chair, item, in_the_room, later):
    post(at_the_chair, "extend", item.meeting, minutes="30")

    with later(hours=2, minutes=20):
        assert Situation.objects.visible_to(cast.the("in_the_room")).filter(pk=item.situation_id).count() == 1


def test_a_meeting_is_extended_by_15_or_30_minutes(at_the_chair, meeting):
    assert post(at_the_chair, "extend", meeting, minutes="600").status_code == 409


def test_the_chair_closes_the_meeting_and_reads_its_minutes(at_the_chair, meeting):
    response = post(at_the_chair, "close", meeting)

    assert (response.url, Meeting.objects.get(pk=meeting.pk).state) == (reverse("meetings:minutes", args=[meeting.pk]), "closed")


@pytest.mark.parametrize("others", [0, 2])
def test_the_console_costs_the_same_however_long_the_agenda(
    at_the_chair, table, originator, answered, others, later, django_assert_num_queries
):
    for _each in range(others):
        cast.a_submitted(table, by=originator)
    lifecycle.refresh_agenda(answered.meeting)
    with later(minutes=1):  # while something can be undone, it costs one more to say what
        console(at_the_chair, answered.meeting)

        with django_assert_num_queries(19):
            console(at_the_chair, answered.meeting)


def test_the_console_speaks_french(client_of, chair, accepted_item):
    response = console(client_of(chair, language="fr-ca"), accepted_item.meeting)

    assert (response.status_code, response.context["item"].heard.about) == (200, "Personne, 12 à 17 ans, Féminin")


def test_a_recused_chair_cannot_reach_the_acts_of_the_item(at_the_chair, item, chair):
    situations.recuse(item.situation, member=chair, by=chair)

    assert [post(at_the_chair, name, item).status_code for name in ("accept", "reject", "defer", "recuse", "item_open")] == [404] * 5


def test_when_the_planned_end_has_passed_the_foot_offers_to_extend_or_to_close_and_no_next_item(at_the_chair, item, later):
    with later(hours=3):
        shown = text(console(at_the_chair, item.meeting))

        assert [words in shown for words in ("Extend by 30 minutes", "Close the meeting", "Next item")] == [True, True, False]
        assert "Extend the meeting first" in text(post(at_the_chair, "item_next", item.meeting))


@pytest.mark.parametrize(("name", "opened"), [("defer", "item"), ("reject", "item"), ("recuse", "item"), ("end_early", "accepted_item")])
def test_a_page_that_decides_names_the_number_and_leads_back_to_the_table(request, at_the_chair, name, opened):
    item = request.getfixturevalue(opened)

    shown = text(at_the_chair.get(reverse(f"meetings:{name}", args=[item.pk])))

    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert [words in shown for words in (item.situation.reference, "Back to the table")] == [True, True]
    assert item.situation.reference not in title


def test_whoever_withdraws_at_the_table_reads_which_situation_it_is(client_of, item, originator):
    shown = text(client_of(originator).get(reverse("meetings:withdraw", args=[item.situation_id])))

    assert item.situation.reference in shown


def test_the_chair_is_asked_before_an_item_is_left_without_a_decision(at_the_chair, item):
    asked = at_the_chair.get(post(at_the_chair, "item_next", item.meeting).url)
    still_open = item.meeting.items.open().get().pk
    post(at_the_chair, "item_next", item.meeting, leaving=str(item.pk))

    assert (f"{item.situation.reference} has no decision yet." in text(asked), still_open) == (True, item.pk)
    assert [line.shape for line in console(at_the_chair, item.meeting).context["agenda"].new] == ["half"]


def test_the_chair_is_asked_before_what_is_accepted_is_left_without_a_response(at_the_chair, accepted_item):
    asked = text(at_the_chair.get(post(at_the_chair, "item_next", accepted_item.meeting).url))

    assert [
        words in asked
        for words in (
            "Go on without a response?",
            "but no response is recorded yet: nobody acts.",
            "run from the acceptance on",
            "no decision yet",
        )
    ] == [True, True, True, False]


@pytest.mark.parametrize(("stands", "said"), [("item", (False, True)), ("accepted_item", (True, False)), ("response", (False, False))])
def test_before_the_meeting_closes_the_chair_reads_what_stays_unfinished(at_the_chair, request, meeting, stands, said):
    request.getfixturevalue(stands)

    asked = text(at_the_chair.get(reverse("meetings:close", args=[meeting.pk])))

    assert ("One accepted situation has no response yet: nobody acts." in asked, "opened and is not finished" in asked) == said


def test_a_chair_who_stepped_out_reads_of_no_acceptance_before_the_meeting_closes(at_the_chair, accepted_item, chair):
    lifecycle.step_out(accepted_item, member=chair, by=chair)

    asked = text(at_the_chair.get(reverse("meetings:close", args=[accepted_item.meeting_id])))

    assert ("accepted" in asked, "opened and is not finished" in asked) == (False, True)


def test_the_chair_is_asked_also_when_another_line_of_the_agenda_is_opened(at_the_chair, item, originator):
    cast.a_submitted(item.meeting.table, by=originator)
    lifecycle.refresh_agenda(item.meeting)
    other = item.meeting.items.get(opened_at=None)

    post(at_the_chair, "item_open", other)
    before = item.meeting.items.open().get().pk
    post(at_the_chair, "item_open", other, leaving=str(item.pk))

    assert (before, item.meeting.items.open().get().pk) == (item.pk, other.pk)


def test_an_answer_about_another_item_does_not_leave_this_one(at_the_chair, item):
    post(at_the_chair, "item_next", item.meeting, leaving=str(uuid.uuid4()))

    assert item.meeting.items.open().get().pk == item.pk


def test_what_another_chair_opened_meanwhile_is_not_left_unasked(at_the_chair, item, originator, chair):
    cast.a_submitted(item.meeting.table, by=originator)
    opened_meanwhile = lifecycle.next_item(item.meeting, by=chair)

    with pytest.raises(OutOfOrder, match="Another item was opened meanwhile"):
        lifecycle.next_item(item.meeting, by=chair, leaving=item.pk)

    assert item.meeting.items.open().get().pk == opened_meanwhile.pk


def test_what_is_decided_is_left_without_a_question(at_the_chair, item, chair):
    lifecycle.defer(item, reason="deferral_reason:DEF-01", by=chair)

    assert post(at_the_chair, "item_next", item.meeting).status_code == 302


@pytest.mark.parametrize("decide", ["reject", "defer"])
def test_after_the_decision_the_console_says_nothing_of_hearing(at_the_chair, item, chair, decide):
    if decide == "reject":
        lifecycle.reject(item, criteria_not_met=["criterion:AER-A"], reason="conclusion_reason:REJ-01", by=chair)
    else:
        lifecycle.defer(item, reason="deferral_reason:DEF-01", by=chair)

    response = console(at_the_chair, item.meeting)

    assert ("No names yet" in text(response), response.context["item"].filter, response.context["item"].has_ended) == (False, 2, True)


def test_after_the_conclusion_the_console_says_how_it_ended_and_no_longer_what_is_proposed(at_the_chair, report_item, chair):
    lifecycle.conclude(report_item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)

    shown = console(at_the_chair, report_item.meeting).context["item"].response

    assert (shown.proposed, shown.ended) == ("", Entry.objects.get(pk="conclusion_reason:ORL-01").label)


def test_those_that_have_answered_stand_first(at_the_chair, accepted_item, chair):
    last = cast.the("lead").agency  # the last in the alphabet of those in the room
    lifecycle.say_involvement(accepted_item, agency=last, involvement="involvement:HELP", by=chair)

    rows = console(at_the_chair, accepted_item.meeting).context["form"].rows()

    assert rows[0].name == last.name


def test_the_page_that_concludes_says_that_steps_are_open_and_blocks_nothing(at_the_chair, report_item, response, lead, chair):
    for _each in range(2):
        responses.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now(), by=lead)

    shown = at_the_chair.get(reverse("meetings:conclude", args=[report_item.pk]))

    assert (shown.context["has_open_steps"], "Steps of the plan are still open." in text(shown)) == (True, True)
    assert post(at_the_chair, "conclude", report_item, reason="conclusion_reason:ORL-01").status_code == 302


def test_when_the_response_lacks_a_lead_the_page_says_so_first_and_its_folds_are_open(at_the_chair, accepted_item):
    shown = text(post(at_the_chair, "respond", accepted_item, huddle="after"))

    assert (shown.count("Choose the one agency that leads."), shown.count('<details class="more" open>')) == (2, 2)


@pytest.mark.parametrize(
    ("chosen", "script", "hint", "named"),
    [("on", True, True, 'aria-keyshortcuts="a"'), ("together", True, True, 'aria-keyshortcuts="Alt+Shift+A"'), ("off", False, False, "")],
)
def test_letters_act_on_the_console_as_the_chair_chose(at_the_chair, item, chair, chosen, script, hint, named):
    agencies.choose_keys(chair, single_keys=chosen, by=chair)

    page = text(console(at_the_chair, item.meeting))

    assert ("js/keys.js" in page, '<kbd aria-hidden="true">a</kbd>' in page, named in page) == (script, hint, True)
    assert ("aria-keyshortcuts" in page, 'id="keys"' in page) == (script, script)
