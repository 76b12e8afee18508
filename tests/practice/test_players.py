"""The invented town plays its season: everything happens, nothing stands in a way that the table could not have made."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Count, F, Q

from agencies import clock
from agencies.enums import LedgerAct
from agencies.models import Agency, LedgerEntry, Member, Outbox, SituationTable
from meetings import lifecycle as meetings
from meetings.enums import Mode, State
from meetings.models import Attendance, Meeting
from meetings.rhythm import Rhythm
from practice import signins
from practice.players.responding import PLANS
from practice.signins import BARRED, NOT_RENEWED, WITHOUT_A_SEAT
from practice.town import MAIN_TABLE, MEMBERS, SIGN_INS, SISTER_TABLE, TABLES, closed_days
from responses.clock import Clock, ClockState
from responses.enums import Part, Standing
from responses.models import Engagement, Response
from situations.enums import FORGOTTEN_STAGES, OPEN_STAGES, WORDLESS_STAGES, Stage
from situations.lifecycle import forgotten
from situations.models import Disclosure, Recusal, Situation
from situations.sealing import has_words, unseal
from tests.practice.conftest import NOW

WEEKS = 4


def of_town():
    return Situation.objects.filter(table__name_en__in=[table.name_en for table in TABLES])


def main():
    return SituationTable.objects.get(name_en=MAIN_TABLE.name_en)


def sister():
    return SituationTable.objects.get(name_en=SISTER_TABLE.name_en)


@pytest.fixture
def today(season):
    """The season, at the moment up to which it was played."""
    with clock.moved_to(NOW):
        yield


# Everything happens


def test_every_stage_occurs(season):
    standing = set(of_town().values_list("stage", flat=True))

    # What is before the table or at Filter 3 is so only while the table sits.
    assert standing == set(Stage) - {Stage.PRESENTED, Stage.IDENTIFYING}


def test_every_decision_and_every_turn_of_a_response_is_on_the_record(season):
    acts = set(LedgerEntry.objects.filter(table_id__in=[main().pk, sister().pk]).values_list("act", flat=True))

    # fmt: off
    assert {
        LedgerAct.PRESENTED, LedgerAct.ACCEPTED, LedgerAct.REJECTED, LedgerAct.DEFERRED, LedgerAct.WITHDRAWN, LedgerAct.ENDED_EARLY,
        LedgerAct.FORGOTTEN, LedgerAct.PURGED, LedgerAct.EMERGENCY_CALLED, LedgerAct.JOINED, LedgerAct.DECLINED, LedgerAct.LEFT,
        LedgerAct.HANDED_OVER, LedgerAct.RECUSED, LedgerAct.ISSUE_RAISED, LedgerAct.CONCLUSION_PROPOSED, LedgerAct.REPORTED_BACK,
        LedgerAct.MINUTES_APPROVED, LedgerAct.LOOKED_WITH_REASON,
    } - acts == set()
    # fmt: on


def test_people_come_in_the_room_and_by_video_late_and_early_as_alternates_and_as_observers(season):
    came = Attendance.objects.filter(table=main())
    late = came.filter(arrived_at__gt=F("meeting__starts_at") + timedelta(minutes=1)).exists()
    early = came.filter(left_at__lt=F("meeting__closed_at") - timedelta(seconds=30)).exists()
    seen = [came.filter(is_alternate=True).exists(), came.filter(is_observer=True).exists(), late, early]

    assert (set(came.values_list("mode", flat=True)), seen) == ({Mode.ROOM, Mode.VIDEO}, [True] * 4)


def test_names_are_written_under_seal_at_the_sister_table_only(season):
    written = LedgerEntry.objects.filter(act=LedgerAct.WRITTEN_UNDER_SEAL, codes=["identifiers"])

    assert set(written.values_list("table_id", flat=True)) == {sister().pk}


def test_at_the_sister_table_names_are_revealed_in_the_room_and_by_who_leads(season):
    reveals = LedgerEntry.objects.filter(act=LedgerAct.REVEALED)

    assert set(reveals.values_list("table_id", "relation")) >= {(sister().pk, "IR"), (sister().pk, "EN")}
    assert set(reveals.values_list("table_id", flat=True)) == {sister().pk}


def test_at_the_sister_table_those_who_act_have_written_plans(season):
    written = LedgerEntry.objects.filter(act=LedgerAct.WRITTEN_UNDER_SEAL, codes=["plan"])
    plans = {unseal(situation, "plan") for situation in of_town().exclude(stage__in=WORDLESS_STAGES)}

    assert (set(written.values_list("table_id", flat=True)), plans - {*PLANS, ""}) == ({sister().pk}, set())


# Nothing that could not be


def test_numbers_count_up_in_each_year_without_a_gap(season):
    for table in (main(), sister()):
        numbers = list(
            of_town().filter(table=table, year=2026).exclude(sequence=None).values_list("sequence", flat=True).order_by("sequence")
        )

        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 0


def test_numbers_follow_the_order_in_which_the_table_heard(season):
    heard = of_town().filter(table=main()).exclude(sequence=None).order_by("presented_at").values_list("sequence", flat=True)

    assert list(heard) == sorted(heard)


def test_of_what_was_not_accepted_nothing_of_the_person_stays(season):
    lost = forgotten()
    rows = of_town().filter(stage__in=FORGOTTEN_STAGES)

    assert [{field: getattr(row, field) for field in lost} for row in rows] == [lost] * len(rows)


def test_no_word_is_left_of_what_is_forgotten_and_every_other_has_its_sentence(season):
    left = {row.stage for row in of_town().filter(stage__in=WORDLESS_STAGES) if has_words(row)}
    silent = [row for row in of_town().exclude(stage__in=WORDLESS_STAGES) if not unseal(row, "why_now")]

    assert (left, [row.stage for row in silent]) == (set(), [Stage.DRAFT])  # one is half written


def test_every_response_has_one_lead_that_takes_part(season):
    leading = Count("engagements", filter=Q(engagements__part=Part.LEAD, engagements__standing=Standing.ENGAGED))

    assert set(Response.objects.annotate(leading=leading).values_list("leading", flat=True)) == {1}


def test_contacts_are_made_by_agencies_that_act_and_after_the_decision(season):
    for response in Response.objects.all():
        acting = set(response.engagements.exclude(standing=Standing.DECLINED).values_list("agency_id", flat=True))
        contacts = list(response.contacts.all())

        assert {contact.agency_id for contact in contacts} <= acting
        assert [contact for contact in contacts if contact.at < response.accepted_at] == []


def test_no_right_of_the_room_outlives_the_meeting(season):
    rooms = Disclosure.objects.filter(relation="IR", table__in=[main(), sister()])

    assert rooms.filter(Q(ends_at=None) | Q(ends_at__gt=NOW)).count() == 0


def test_who_stepped_out_says_nothing_of_it_afterwards(season):
    for recusal in Recusal.objects.all():
        said = LedgerEntry.objects.filter(situation_id=recusal.situation_id, by_id=recusal.member_id, at__gt=recusal.recused_at)

        assert list(said.exclude(act__in=[LedgerAct.RECUSED, LedgerAct.ENDED]).values_list("act", flat=True)) == []


def test_no_meeting_is_left_open_and_none_waits_in_the_past(season):
    there = Meeting.objects.filter(table__in=[main(), sister()])

    assert (there.filter(state=State.OPEN).count(), there.filter(state=State.PLANNED, starts_at__lt=NOW).count()) == (0, 0)


def test_no_mail_of_the_past_waits_to_be_sent(season):
    assert Outbox.objects.filter(table__in=[main(), sister()], sent_at=None, dropped_at=None).count() == 0


# What is open today


def test_a_meeting_begins_within_the_half_hour_although_it_is_not_a_day_of_the_table(today):
    soonest = Meeting.objects.planned().filter(table=main()).order_by("starts_at").first()

    assert NOW.astimezone(main().zone).weekday() not in MAIN_TABLE.weekdays
    assert timedelta(minutes=15) < soonest.starts_at - NOW <= timedelta(minutes=30)


def test_the_chair_can_open_it_at_once_with_new_situations_and_report_backs_before_it(today):
    chair = Member.objects.get(email=SIGN_INS["chair"])
    meeting = meetings.open_meeting(Meeting.objects.planned().filter(table=main()).order_by("starts_at").first(), by=chair)

    waiting = Counter(meeting.items.values_list("kind", flat=True))
    assert waiting["new"] == 3
    assert waiting["report_back"] >= 3


def test_of_the_clocks_that_run_one_is_late_and_one_soon_due(today):
    running = Response.objects.awaiting_contact().filter(table=main())
    states = Counter(Clock(accepted_at=response.accepted_at, now=NOW).state for response in running)

    assert (states[ClockState.LATE], states[ClockState.SOON]) == (1, 1)


def test_a_lead_proposed_a_conclusion_for_the_meeting_of_today(today):
    assert Response.objects.under_way().filter(table=main()).exclude(proposed_at=None).count() == 1


def test_the_youth_agency_of_the_sign_ins_finds_something_of_everything(today):
    agency = Agency.objects.get(name="Loon Call Youth Services")
    brought = Counter(of_town().filter(originating_agency=agency, stage__in=OPEN_STAGES).values_list("stage", flat=True))
    leading = Engagement.objects.taking_part().filter(agency=agency, part=Part.LEAD, response__situation__stage=Stage.RESPONDING)

    assert (brought[Stage.DRAFT], brought[Stage.SUBMITTED], leading.exists()) == (1, 1, True)


def test_the_francophone_agency_of_the_sign_ins_has_a_draft_in_french(today):
    draft = of_town().get(stage=Stage.DRAFT, originating_agency__name="Les Lucioles, services à la jeunesse")

    assert any(letter in unseal(draft, "why_now") for letter in "éèàêç")


# Who can sign in


def test_every_sign_in_opens_with_the_practice_password_and_counts_at_the_table(today):
    opening = {}
    for role, email in SIGN_INS.items():
        member = Member.objects.get(email=email)
        opening[role] = (check_password("practice-canoe-kettle-12", member.password), member.standing.is_barred)

    assert opening == dict.fromkeys(SIGN_INS, (True, False))


def test_of_the_members_two_agencies_people_wait_for_a_signature_or_a_seat(today):
    barred = {member.full_name for member in Member.objects.filter(email__endswith="@practice.example") if member.standing.is_barred}
    lapsed = {person.full_name for person in MEMBERS if person.agency == NOT_RENEWED}

    assert barred == lapsed | {WITHOUT_A_SEAT.full_name}


def test_one_line_for_each_role_is_printed_before_anything_is_played():
    addresses = [*SIGN_INS.values(), *(person.email for person in BARRED.values())]
    lines = signins.lines()

    assert [line.split()[-2:] for line in lines] == [[address, signins.password()] for address in addresses]


# The calendar


@pytest.mark.parametrize("place", TABLES, ids=lambda place: place.slug)
def test_for_years_the_table_rests_on_no_other_days_than_the_season_does(place):
    rhythm = Rhythm(weekdays=place.weekdays, starts_at=place.starts_at, length_minutes=place.length_minutes, zone=ZoneInfo(place.time_zone))
    rests = {rest.on for rest in rhythm.rests(date(2025, 1, 1), date(2030, 12, 31))}

    assert rests - {day for year in range(2025, 2031) for day in closed_days(year)} == set()
