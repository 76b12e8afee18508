"""What was done last at the table is undone within half a minute: all stands as before, the record holds both, and nobody knows more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import clock
from agencies import lifecycle as agencies
from agencies.access import OutOfOrder, Refused
from agencies.actor import acting_as
from agencies.models import LedgerEntry, Member, Outbox
from meetings import lifecycle
from meetings.models import AgendaItem, Attendance, Meeting
from responses import lifecycle as responses
from responses.models import Engagement, FollowUp, Response, Step
from situations import lifecycle as situations
from situations.models import Disclosure, NumberCounter, Situation
from tests import cast

pytestmark = pytest.mark.own_stages  # what was done a while ago cannot be undone
MOVES_ON = {"version", "presented_at"}  # a version counts on; a number and the day it was given are never taken back


def told(rows, *left_out):
    return sorted(({name: value for name, value in row.items() if name not in left_out} for row in rows.values()), key=str)


def as_it_stands(situation):
    """All that an act at the table changes: rows, mail that waits, and who may know of the situation, in which relation, until when."""
    rights = Disclosure.objects.filter(situation=situation, granted_at__lte=clock.now())
    standing = rights.filter(ends_at=None) | rights.filter(ends_at__gt=clock.now())
    return {
        "situation": told(Situation.objects.filter(pk=situation.pk), *MOVES_ON),
        "item": told(AgendaItem.objects.all()),
        "meeting": told(Meeting.objects.all(), "version"),
        "attendance": told(Attendance.objects.all()),
        "response": told(Response.objects.all(), "version"),
        "engagement": told(Engagement.objects.all()),
        "steps": told(Step.objects.all()),
        "follow-ups": told(FollowUp.objects.all()),
        "mail": told(Outbox.objects.filter(dropped_at=None, sent_at=None)),
        "rights": sorted(map(str, standing.values_list("relation", "agency__name", "member__email", "ends_at"))),
        "visible": {part: Situation.objects.visible_to(cast.the(part)).filter(pk=situation.pk).exists() for part in cast.PARTS},
    }


def last(meeting):
    return meeting.just_done.standing().first()


def undo(meeting, *, by):
    return lifecycle.undo(meeting, done=last(meeting).pk, by=by)


def record_response(item, *, by):
    lifecycle.say_involvement(item, agency=cast.the("lead").agency, involvement="involvement:NOW", by=cast.the("lead"))
    asked = [cast.the("stranger").agency]
    lifecycle.respond(item, lead=cast.the("lead").agency, assisting=[cast.the("assisting").agency], asked=asked, by=by)


@pytest.fixture
def reporting(response, chair):
    """The next meeting, at which the response reports back: the item is open."""
    meeting = cast.an_open_meeting_after(response, by=chair)
    return lifecycle.open_item(meeting.items.get(situation=response.situation), by=chair)


FILTER_2 = {
    "accept": lambda item, by: lifecycle.accept(item, by=by),
    "defer": lambda item, by: lifecycle.defer(item, reason="deferral_reason:DEF-01", by=by),
    "close": lambda item, by: lifecycle.close_item(item, by=by),
    "next": lambda item, by: lifecycle.next_item(item.meeting, by=by),
    "extend": lambda item, by: lifecycle.extend(item.meeting, minutes=30, by=by),
    "check in": lambda item, by: lifecycle.check_in(item.meeting, member=cast.the("stranger"), by=by),
    "by video": lambda item, by: lifecycle.check_in(item.meeting, member=cast.the("lead"), mode="video", by=by),
    "check out": lambda item, by: lifecycle.check_out(item.meeting, member=cast.the("lead"), by=by),
}
REPORT = {
    "keep open": lambda item, by: lifecycle.keep_open(item, by=by),
    "conclude": lambda item, by: lifecycle.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by=by),
}


@pytest.mark.parametrize("act", FILTER_2.values(), ids=FILTER_2)
def test_at_filter_2_all_stands_as_before(item, chair, act):
    cast.a_submitted(item.table, by=cast.the("originator"))
    lifecycle.refresh_agenda(item.meeting)
    before = as_it_stands(item.situation)
    act(item, chair)
    changed = as_it_stands(item.situation)

    undo(item.meeting, by=chair)

    assert (changed == before, as_it_stands(item.situation)) == (False, before)


def test_at_filter_3_the_response_is_taken_back_with_its_mail_and_its_rights(accepted_item, chair):
    before = as_it_stands(accepted_item.situation)
    record_response(accepted_item, by=chair)
    mails = Outbox.objects.filter(notice__in=["engaged", "asked"], dropped_at=None).count()

    undo(accepted_item.meeting, by=chair)

    assert (mails, as_it_stands(accepted_item.situation)) == (3, before)


@pytest.mark.parametrize("act", REPORT.values(), ids=REPORT)
def test_at_a_report_back_all_stands_as_before(reporting, response, stranger, chair, act):
    responses.ask(response, agency=stranger.agency, by=cast.the("lead"))
    before = as_it_stands(response.situation)
    act(reporting, chair)
    changed = as_it_stands(response.situation)

    undo(reporting.meeting, by=chair)

    assert (changed == before, as_it_stands(response.situation)) == (False, before)


def test_what_was_presented_is_submitted_again_and_keeps_its_number(submitted, meeting, chair):
    lifecycle.refresh_agenda(meeting)
    before = as_it_stands(submitted)
    item = lifecycle.next_item(meeting, by=chair)

    undo(meeting, by=chair)

    stands = as_it_stands(submitted)
    assert [stands["situation"][0].pop(name) for name in ("year", "sequence")] == [item.situation.year, item.situation.sequence]
    assert [before["situation"][0].pop(name) for name in ("year", "sequence")] == [None, None]
    assert stands == before


def test_opened_anew_it_has_the_number_that_it_had(item, chair):
    undo(item.meeting, by=chair)

    again = lifecycle.open_item(item, by=chair)

    assert (again.situation.reference, NumberCounter.objects.get(table=item.table).last) == (item.situation.reference, 1)


def test_a_meeting_that_was_opened_is_planned_again_and_its_agenda_a_query(table, submitted, chair):
    meeting = cast.a_planned_meeting(table)
    before = as_it_stands(submitted)
    lifecycle.open_meeting(meeting, by=chair)

    undo(meeting, by=chair)

    assert as_it_stands(submitted) == before


def test_those_of_last_time_are_not_here(response, chair):
    meeting = cast.an_open_meeting_after(response, by=chair, present=["lead"])
    lifecycle.check_in_as_last_time(meeting, by=chair)

    undo(meeting, by=chair)

    assert list(meeting.attendances.values_list("member__email", flat=True)) == ["lead@table.example"]


def test_an_extension_that_let_people_in_again_puts_them_out(item, chair, later):
    with later(hours=2, minutes=20):
        lifecycle.extend(item.meeting, minutes=30, by=chair)
        let_in = Disclosure.objects.filter(situation=item.situation, relation="IR", ends_at__gt=clock.now()).exists()
        undo(item.meeting, by=chair)

        rights = Disclosure.objects.filter(situation=item.situation, relation="IR", ends_at__gt=clock.now())
        assert (let_in, rights.exists()) == (True, False)


# --- the record ------------------------------------------------------------------------------------------------------------------


def test_the_record_holds_both_and_no_row_of_a_right_is_gone(accepted_item, chair):
    record_response(accepted_item, by=chair)
    entries, rights = LedgerEntry.objects.count(), Disclosure.objects.count()

    undo(accepted_item.meeting, by=chair)

    entry = LedgerEntry.objects.get(act="undone")
    assert (entry.codes, entry.situation_id, entry.by_id) == (["responded"], accepted_item.situation_id, chair.pk)
    assert (LedgerEntry.objects.count() > entries, Disclosure.objects.count()) == (True, rights)


def test_what_agencies_said_stands_when_it_is_accepted_anew(accepted_item, lead, chair):
    lifecycle.say_involvement(accepted_item, agency=lead.agency, involvement="involvement:NOW", by=lead)
    undo(accepted_item.meeting, by=chair)

    lifecycle.accept(accepted_item, by=chair)

    assert list(accepted_item.involvements.values_list("involvement", flat=True)) == ["involvement:NOW"]


def test_the_clock_of_48_hours_begins_with_the_acceptance_that_stands(accepted_item, chair, later):
    undo(accepted_item.meeting, by=chair)
    with later(minutes=5):
        lifecycle.accept(accepted_item, by=chair)
        record_response(accepted_item, by=chair)

    decided_at = Situation.objects.get(pk=accepted_item.situation_id).decided_at
    assert Response.objects.get().accepted_at == decided_at > accepted_item.decided_at + timedelta(minutes=4)


# --- for how long, and what ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "stage"), [(29, "presented"), (31, "identifying")])
def test_it_is_half_a_minute_by_the_tables_clock(accepted_item, chair, later, seconds, stage):
    done = last(accepted_item.meeting)
    with later(seconds=seconds):
        try:
            lifecycle.undo(accepted_item.meeting, done=done.pk, by=chair)
        except Refused as refused:
            assert str(refused.sentence) == "It can no longer be undone: 30 seconds have passed."

    assert Situation.objects.get(pk=accepted_item.situation_id).stage == stage


def test_a_second_press_undoes_nothing_and_says_so(accepted_item, chair):
    done = undo(accepted_item.meeting, by=chair)

    with pytest.raises(OutOfOrder, match="already undone"):
        lifecycle.undo(accepted_item.meeting, done=done.pk, by=chair)


def test_one_after_the_other_is_undone_from_the_last_on(accepted_item, chair):
    first = last(accepted_item.meeting)
    record_response(accepted_item, by=chair)

    with pytest.raises(OutOfOrder, match="Something else was done"):
        lifecycle.undo(accepted_item.meeting, done=first.pk, by=chair)
    undo(accepted_item.meeting, by=chair)
    undo(accepted_item.meeting, by=chair)

    assert Situation.objects.get(pk=accepted_item.situation_id).stage == "presented"


FORGETS = {
    "reject": lambda item, by: lifecycle.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=by),
    "step out": lambda item, by: lifecycle.step_out(item, member=cast.the("lead"), by=by),
}


@pytest.mark.parametrize("act", FORGETS.values(), ids=FORGETS)
def test_what_forgets_is_not_undone_nor_what_was_before_it(item, chair, act):
    presented = last(item.meeting)
    act(item, chair)

    with pytest.raises(Refused, match="This cannot be undone"):
        undo(item.meeting, by=chair)
    with pytest.raises(OutOfOrder):
        lifecycle.undo(item.meeting, done=presented.pk, by=chair)


def test_an_early_end_is_not_undone(accepted_item, chair):
    lifecycle.end_early(accepted_item, reason="early_end_reason:EAR-01", by=chair)

    with pytest.raises(Refused, match="This cannot be undone"):
        undo(accepted_item.meeting, by=chair)


def test_what_was_withdrawn_meanwhile_does_not_come_back(item, originator, chair):
    lifecycle.withdraw(item.situation, reason="withdrawal_reason:WDR-01", by=originator)

    with pytest.raises(OutOfOrder, match="can no longer be undone"):
        undo(item.meeting, by=chair)


def test_a_closed_meeting_is_not_undone(item, chair):
    done = last(item.meeting)
    lifecycle.close_meeting(item.meeting, by=chair)

    with pytest.raises(OutOfOrder, match="The meeting is closed"):
        lifecycle.undo(item.meeting, done=done.pk, by=chair)


def joins(response):
    responses.join(response.engagements.get(standing="asked"), by=cast.the("stranger"))


TAKEN_UP = {
    "contact": lambda response, lead: responses.record_contact(response, agency=lead.agency, result="contact_result:CON-01", by=lead),
    "step": lambda response, lead: responses.plan_step(
        response, step_type="step_type:STP-04", owner=lead.agency, due_at=response.accepted_at, by=lead
    ),
    "asking": lambda response, lead: responses.ask(response, agency=cast.the("in_the_room").agency, by=lead),
    "hand over": lambda response, lead: responses.hand_over(response, to=cast.the("assisting").agency, by=lead),
    "joining": lambda response, lead: joins(response),
    "report": lambda response, lead: responses.report_back(response, agency=lead.agency, report="report_back_code:RPT-01", by=lead),
}


@pytest.mark.parametrize("act", TAKEN_UP.values(), ids=TAKEN_UP)
def test_a_response_in_which_an_agency_has_acted_stays(accepted_item, lead, chair, act):
    record_response(accepted_item, by=chair)
    act(Response.objects.get(), lead)

    with pytest.raises(Refused, match="An agency has already acted"):
        undo(accepted_item.meeting, by=chair)
    assert Situation.objects.get(pk=accepted_item.situation_id).stage == "responding"


def test_a_response_whose_mail_has_left_stays(accepted_item, chair):
    record_response(accepted_item, by=chair)
    Outbox.objects.filter(notice="engaged").update(sent_at=clock.now())

    with pytest.raises(Refused, match="has already left"):
        undo(accepted_item.meeting, by=chair)


# --- where names are written under seal -------------------------------------------------------------------------------------------


@pytest.fixture
def under_seal(sealed_table, originator, chair):
    """A situation at Filter 3 of the sister table, accepted a moment ago."""
    item = cast.the_item_of(cast.a_submitted(sealed_table, by=originator), cast.an_open_meeting(sealed_table, by=chair), by=chair)
    return lifecycle.accept(item, by=chair)


def test_an_acceptance_is_undone_until_who_it_is_was_written(under_seal, originator, chair):
    situations.write_identifiers(under_seal.situation, name="Wren", by=originator)

    with pytest.raises(Refused, match="cannot be unlearned"):
        undo(under_seal.meeting, by=chair)


def test_a_response_is_undone_until_who_it_is_was_revealed_to_those_who_act(under_seal, originator, lead, chair):
    situations.write_identifiers(under_seal.situation, name="Wren", by=originator)
    record_response(under_seal, by=chair)
    with acting_as(lead):
        situations.reveal(under_seal.situation, by=lead)

    with pytest.raises(Refused, match="cannot be unlearned"):
        undo(under_seal.meeting, by=chair)


# --- by whom, and on which page ----------------------------------------------------------------------------------------------------


def page(client, meeting, name="chair"):
    return client.get(reverse(f"meetings:{name}", args=[meeting.pk]))


def press(client, meeting, done, page="chair"):
    return client.post(reverse("meetings:undo", args=[meeting.pk]), {"done": done.pk, "page": page}, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def test_the_console_offers_it_and_says_what_it_was(client_of, accepted_item, chair):
    client = client_of(chair)
    shown = page(client, accepted_item.meeting).context["meeting"].just_done

    after = press(client, accepted_item.meeting, last(accepted_item.meeting))

    assert (shown.words, shown.seconds in (29, 30)) == (f"{accepted_item.situation.reference} accepted", True)
    assert f"Undone: {accepted_item.situation.reference} accepted." in text(after)
    assert (after.redirect_chain[-1][0], Situation.objects.get(pk=accepted_item.situation_id).stage) == (
        reverse("meetings:chair", args=[accepted_item.meeting_id]),
        "presented",
    )


def test_a_late_press_says_that_it_is_too_late(client_of, accepted_item, chair, later):
    client = client_of(chair)
    with later(seconds=31):
        offered = page(client, accepted_item.meeting).context["meeting"].just_done
        answer = press(client, accepted_item.meeting, last(accepted_item.meeting))

    assert (offered, answer.status_code) == (None, 409)
    assert "It can no longer be undone: 30 seconds have passed." in text(answer)


def test_the_row_that_says_what_was_done_to_a_person_offers_to_undo_it(client_of, meeting, stranger, chair, recorder):
    pressed = {"room": str(stranger.pk)}

    rows = {
        member: text(client_of(member).post(reverse("meetings:attendance", args=[meeting.pk]), pressed, follow=True))
        for member in (chair, recorder)
    }

    assert ['form="undo">Undo<span class="visually-hidden"> – Stranger Person' in row for row in rows.values()] == [True, False]


def test_what_a_press_in_the_attendance_did_is_undone_there(client_of, meeting, stranger, chair):
    lifecycle.check_in(meeting, member=stranger, by=chair)

    after = press(client_of(chair), meeting, last(meeting), page="attendance")

    assert (after.redirect_chain[-1][0], "Undone: Stranger Person checked in." in text(after)) == (
        reverse("meetings:attendance", args=[meeting.pk]),
        True,
    )


def test_another_chair_undoes_what_was_done_last(client_of, accepted_item, stranger, table):
    agencies.appoint(stranger, table=table, role="chair", by=cast.BY)

    answer = press(client_of(stranger), accepted_item.meeting, last(accepted_item.meeting))

    assert (answer.status_code, Situation.objects.get(pk=accepted_item.situation_id).stage) == (200, "presented")


@pytest.mark.parametrize(("part", "status"), [("recorder", 403), ("in_the_room", 403), ("administrator", 403)])
def test_nobody_else_undoes(client_of, accepted_item, part, status):
    answer = press(client_of(cast.the(part)), accepted_item.meeting, last(accepted_item.meeting))

    assert (answer.status_code, Situation.objects.get(pk=accepted_item.situation_id).stage) == (status, "identifying")


def test_a_chair_who_stepped_out_is_offered_nothing_of_it_and_undoes_nothing(client_of, accepted_item, chair):
    situations.recuse(accepted_item.situation, member=chair, by=chair)
    client = client_of(chair)

    offered = page(client, accepted_item.meeting).context["meeting"].just_done
    answer = press(client, accepted_item.meeting, last(accepted_item.meeting))

    assert (offered, answer.status_code, "Another chair undoes this." in text(answer)) == (None, 409, True)


def test_a_forged_key_undoes_nothing(client_of, accepted_item, chair):
    answer = client_of(chair).post(reverse("meetings:undo", args=[accepted_item.meeting_id]), {"done": "x", "page": "chair"})

    assert (answer.status_code, Situation.objects.get(pk=accepted_item.situation_id).stage) == (409, "identifying")


def test_no_more_is_kept_than_can_be_undone(accepted_item, chair, later):
    with later(minutes=1):
        lifecycle.extend(accepted_item.meeting, minutes=15, by=chair)

    assert list(accepted_item.meeting.just_done.values_list("deed", flat=True)) == ["extended"]


def test_through_both_walls_the_chair_undoes_each_act(client_of, item, chair):
    client = client_of(chair)
    client.post(reverse("meetings:accept", args=[item.pk]))
    parts = {f"part_{cast.the('lead').agency_id}": "lead", "huddle": "after"}
    client.post(reverse("meetings:respond", args=[item.pk]), parts)

    answers = [press(client, item.meeting, last(item.meeting)).status_code for _act in range(3)]

    assert (answers, Situation.objects.get(pk=item.situation_id).stage) == ([200, 200, 200], "submitted")
    assert Member.objects.filter(pk=chair.pk).exists()
