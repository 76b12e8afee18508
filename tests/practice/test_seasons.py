"""A season: deterministic, coherent, in the vocabulary's codes, and as frequent as real tables are."""

import ast
import csv
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean, median, quantiles, stdev

import pytest

from practice import town
from practice.seasons import Season, frequencies, meeting_days, themes
from practice.seasons.dice import Dice
from practice.seasons.responses import by_day
from practice.town import AGENCIES, AGENCY_INDEX, MAIN_TABLE, SISTER_TABLE, UNDER_18

ROOT = Path(__file__).resolve().parents[2]
TEN_YEARS = Season(7, date(2024, 1, 1), 520, 200)
SITUATIONS = TEN_YEARS.situations
PERSONS = [situation for situation in SITUATIONS if situation.discussion_type == "PER"]
ACCEPTED = [situation for situation in SITUATIONS if situation.decision == "accepted"]
RESPONSES = [situation.response for situation in SITUATIONS if situation.response]
CONCLUSIONS = [response.conclusion for response in RESPONSES if response.conclusion]


def codes(name, column="code", **having):
    with (ROOT / "agencies" / "vocabulary_data" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return {row[column] for row in csv.DictReader(file) if all(row[key] == value for key, value in having.items())}


def share(things, holds):
    return mean(bool(holds(thing)) for thing in things)


# The same dice


def test_the_same_seed_plays_the_same_season():
    first, second = (Season(42, date(2026, 1, 5), 26) for _ in range(2))

    assert (first.situations, first.meetings, first.issues) == (second.situations, second.meetings, second.issues)


def test_another_seed_plays_another_season():
    assert Season(1, date(2026, 1, 5), 26).situations != Season(2, date(2026, 1, 5), 26).situations


def test_a_season_does_not_depend_on_the_order_of_sets():
    program = "from datetime import date; from practice.seasons import Season; print(Season(3, date(2026, 1, 5), 13).situations)"
    told = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(told) == 1


def test_practice_data_knows_no_django():
    imported = set()
    for path in [ROOT / "practice" / "town.py", *(ROOT / "practice" / "seasons").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}

    assert imported == {"practice", "dataclasses", "datetime", "random", "math", "unicodedata", "collections"}


@pytest.mark.parametrize(("a_year", "weeks", "expected"), [(200, 52, 199), (60, 52, 60), (130, 52, 130), (300, 104, 598), (200, 0, 0)])
def test_a_season_brings_the_yearly_number_in_proportion_to_its_weeks(a_year, weeks, expected):
    assert len(Season(5, date(2026, 1, 5), weeks, a_year).situations) == expected


# The meetings


def test_the_table_sits_on_its_weekdays_and_not_on_closed_days():
    days = meeting_days(date(2026, 12, 21), 2, MAIN_TABLE)

    assert days == (date(2026, 12, 22),)


def test_meetings_run_in_order_of_date_on_tuesdays_and_thursdays():
    days = [meeting.on for meeting in TEN_YEARS.meetings]

    assert days == sorted(days)
    assert {day.weekday() for day in days} == {1, 3}


def test_a_meeting_brings_about_two_new_situations_and_some_weeks_are_busier():
    brought = Counter(situation.brought_to for situation in SITUATIONS)
    a_meeting = [brought[meeting] for meeting in range(len(TEN_YEARS.meetings))]

    assert mean(a_meeting) == pytest.approx(2, abs=0.1)
    assert stdev(a_meeting) > 1.5


def test_about_25_agencies_of_32_come_to_a_meeting():
    assert mean(len(meeting.attendance) for meeting in TEN_YEARS.meetings) == pytest.approx(25, abs=1)


def test_whoever_presents_is_at_the_table():
    absent = [s.ordinal for s in SITUATIONS for heard in s.presentations if s.originator not in TEN_YEARS.meetings[heard.meeting].present]

    assert absent == []


# How often


@pytest.mark.parametrize(
    ("attribute", "value", "expected", "within"),
    [
        ("discussion_type", "PER", 0.88, 0.02),
        ("discussion_type", "FAM", 0.10, 0.02),
        ("language", "EN", 0.78, 0.03),
        ("language", "FR", 0.18, 0.03),
        ("decision", "rejected", 0.06, 0.015),
        ("decision", "withdrawn", 0.02, 0.01),
        ("consent", "YES", 0.41, 0.03),
        ("discussed_before", "yes", 0.14, 0.02),
    ],
)
def test_situations_are_as_frequent_as_said(attribute, value, expected, within):
    assert share(SITUATIONS, lambda situation: getattr(situation, attribute) == value) == pytest.approx(expected, abs=within)


@pytest.mark.parametrize(
    ("attribute", "value", "expected", "within"),
    [
        ("sex_gender", "F", 0.48, 0.03),
        ("sex_gender", "M", 0.50, 0.03),
        ("age_group", "12-17", 0.14, 0.02),
        ("age_group", "18-24", 0.16, 0.02),
        ("age_group", "25-29", 0.12, 0.02),
        ("age_group", "30-39", 0.22, 0.025),
        ("age_group", "40-59", 0.22, 0.025),
    ],
)
def test_persons_are_of_the_ages_and_sexes_said(attribute, value, expected, within):
    assert share(PERSONS, lambda situation: getattr(situation, attribute) == value) == pytest.approx(expected, abs=within)


@pytest.mark.parametrize(("middle_of", "expected"), [(2024, 0.10), (2026, 0.12), (2031, 0.17), (2010, 0.06), (2050, 0.24)])
def test_the_share_of_seniors_rises_a_point_a_year_within_bounds(middle_of, expected):
    assert frequencies.seniors_share(date(middle_of, 7, 2)) == pytest.approx(expected, abs=0.001)


def test_police_bring_35_in_100_and_mental_health_comes_next():
    sectors = Counter(AGENCIES[situation.originator].sector for situation in SITUATIONS)

    assert [sector for sector, _count in sectors.most_common(2)] == ["SEC-04", "SEC-05"]
    assert sectors["SEC-04"] / len(SITUATIONS) == pytest.approx(0.35, abs=0.03)


def test_every_agency_brings_something_in_ten_years():
    assert {situation.originator for situation in SITUATIONS} == set(range(32))


def test_risk_factors_number_8_in_the_mean_at_least_2_and_lean_to_the_left():
    numbers = [len(situation.risk_factors) for situation in SITUATIONS]

    assert (mean(numbers), stdev(numbers)) == (pytest.approx(8, abs=0.3), pytest.approx(4, abs=0.3))
    assert (min(numbers), median(numbers) < mean(numbers)) == (2, True)


def test_the_seven_top_categories_are_those_that_tables_report():
    counts = Counter(category for situation in ACCEPTED for category in {code[:3] for code in situation.risk_factors})
    ranked = [category for category, _count in counts.most_common(7)]

    assert (ranked[:3], sorted(ranked)) == (["MEN", "DRG", "HOU"], sorted(["MEN", "DRG", "HOU", "CRI", "PHY", "ALC", "BAS"]))


def test_one_in_twenty_is_deferred_first():
    assert share(SITUATIONS, lambda s: any(heard.decision == "deferred" for heard in s.presentations)) == pytest.approx(0.05, abs=0.012)


def test_three_in_a_hundred_end_early():
    assert share(SITUATIONS, lambda situation: situation.ended_early) == pytest.approx(0.03, abs=0.01)


def test_four_in_five_are_reached_within_48_hours():
    within = share(RESPONSES, lambda response: response.first_contact_hours is not None and response.first_contact_hours <= 48)

    assert within == pytest.approx(0.80, abs=0.03)


def test_half_are_open_9_days_and_nine_in_ten_at_most_30():
    days = [conclusion.days_open for conclusion in CONCLUSIONS]

    assert (median(days), quantiles(days, n=10)[8]) == (pytest.approx(9, abs=1), pytest.approx(30, abs=3))


@pytest.mark.parametrize(
    ("start", "expected", "within"), [("ORL", 0.72, 0.03), ("AER-02", 0.13, 0.025), ("AER-01", 0.08, 0.02), ("OTH", 0.024, 0.012)]
)
def test_responses_end_as_often_as_said(start, expected, within):
    assert share(CONCLUSIONS, lambda conclusion: conclusion.reason.startswith(start)) == pytest.approx(expected, abs=within)


def test_police_bring_many_and_lead_few():
    assert share(RESPONSES, lambda response: AGENCIES[response.lead].sector == "SEC-04") < 0.08


def test_some_services_do_not_exist_and_housing_is_the_one_most_missed():
    missing = Counter(service.service for response in RESPONSES for service in response.services if service.mobilization == "MOB-05")
    services = sum(len(response.services) for response in RESPONSES)

    assert missing.most_common(1)[0][0] == "SVC-12"
    assert sum(missing.values()) / services == pytest.approx(0.05, abs=0.015)


# In the vocabulary's codes


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("risk_factors", set(frequencies.RISK_FACTORS)),
        ("protective_factors", set(frequencies.PROTECTIVE_FACTORS)),
        ("study_flags", {*frequencies.STUDY_FLAGS, "SF-23"}),
        ("attempts", {*frequencies.ATTEMPTS, "TRY-09"}),
        ("discussion_types", set(frequencies.TYPES)),
        ("age_groups", {*frequencies.AGES_UNDER_60, "60+"}),
        ("sex_gender", set(frequencies.SEXES)),
        ("languages_of_service", set(frequencies.LANGUAGES)),
        ("emergency_checks", set(frequencies.CHECKS_DONE)),
        ("consent", set(frequencies.CONSENTS)),
        ("legal_grounds", {*frequencies.GROUND_OF_TYPE.values(), "CONSIST", "LAW"}),
        ("deferral_reasons", set(frequencies.DEFERRALS)),
        ("withdrawal_reasons", set(frequencies.WITHDRAWALS)),
        ("early_end_reasons", set(frequencies.EARLY_ENDS)),
        ("conclusion_reasons", {*frequencies.CONCLUSIONS, *frequencies.REJECTIONS}),
    ],
)
def test_the_dice_know_every_code_of_the_vocabulary_and_no_other(name, spoken):
    assert spoken == codes(name)


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("risk_factors", {code for s in SITUATIONS for code in s.risk_factors}),
        ("protective_factors", {code for s in SITUATIONS for code in s.protective_factors}),
        ("study_flags", {code for s in SITUATIONS for code in s.study_flags}),
        ("attempts", {code for s in SITUATIONS for code in s.attempts}),
        ("age_groups", {code for s in SITUATIONS for code in s.affected_ages}),
        ("positions", {code for s in SITUATIONS for heard in s.presentations for _agency, code in heard.positions}),
        ("criteria", {code for s in SITUATIONS for heard in s.presentations for code in heard.criteria_not_met}),
        ("involvement", {code for s in SITUATIONS for _agency, code in s.involvement}),
        ("step_types", {step.code for response in RESPONSES for step in response.steps}),
        ("contact_results", {contact.result for response in RESPONSES for contact in response.contacts}),
        ("services", {service.service for response in RESPONSES for service in response.services}),
        ("mobilization_types", {service.mobilization for response in RESPONSES for service in response.services}),
        ("report_back_codes", {said.code for response in RESPONSES for said in response.report_backs}),
        ("follow_up_codes", {answer.code for conclusion in CONCLUSIONS for answer in conclusion.follow_ups}),
        ("systemic_issue_types", {issue.issue_type for issue in TEN_YEARS.issues}),
    ],
)
def test_a_season_speaks_in_codes_that_the_vocabulary_knows(name, spoken):
    assert (spoken - codes(name), len(spoken) > 2) == (set(), True)


def test_every_risk_factor_occurs_in_ten_years():
    assert codes("risk_factors") - {code for situation in SITUATIONS for code in situation.risk_factors} == set()


def test_themes_speak_of_known_factors_services_and_agencies():
    factors = {code for theme in themes.THEMES.values() for core in theme.core for code in core}
    services = {code for theme in themes.THEMES.values() for code in theme.services}
    hands = {slug for theme in themes.THEMES.values() for slug in theme.hands}

    assert (factors - codes("risk_factors"), services - codes("services"), hands - set(AGENCY_INDEX)) == (set(), set(), set())


def test_a_reason_is_one_of_the_decision_taken():
    reasons = {"accepted": set(), "rejected": set(), "deferred": set(), "withdrawn": set()}
    for situation in SITUATIONS:
        for heard in situation.presentations:
            reasons[heard.decision].add(heard.reason)

    assert reasons["accepted"] == {None}
    assert reasons["rejected"] <= codes("conclusion_reasons", applies_to="rejected")
    assert reasons["deferred"] <= codes("deferral_reasons")
    assert reasons["withdrawn"] <= codes("withdrawal_reasons")


def test_a_conclusion_has_a_reason_for_what_was_accepted():
    assert {conclusion.reason for conclusion in CONCLUSIONS} <= codes("conclusion_reasons", applies_to="accepted")


# Coherent


def test_only_persons_have_an_age_group_and_a_sex():
    told = {(s.discussion_type == "PER", s.age_group is not None, s.sex_gender is not None) for s in SITUATIONS}

    assert told == {(True, True, True), (False, False, False)}


def test_no_offence_is_named_of_someone_under_18_and_the_coarse_code_of_nobody_else():
    young = {code for s in PERSONS if s.age_group in UNDER_18 for code in s.risk_factors if code.startswith("CRI")}
    others = {code for s in SITUATIONS if s.age_group not in UNDER_18 for code in s.risk_factors}

    assert (young, "CRI-00" in others) == ({"CRI-00"}, False)


def test_no_offence_is_named_of_a_group():
    groups = [situation for situation in SITUATIONS if situation.discussion_type == "GRP"]

    assert {code for situation in groups for code in situation.risk_factors if code.startswith("CRI")} == set()


def test_nobody_is_pregnant_who_cannot_be():
    profiles = {(s.sex_gender, s.age_group) for s in PERSONS if "PHY-06" in s.risk_factors}

    assert profiles <= {(sex, age) for sex in ("F", "X") for age in ("12-17", "18-24", "25-29", "30-39")}


def test_only_seniors_are_said_to_suffer_elder_abuse():
    assert {situation.age_group for situation in SITUATIONS if "ELD-02" in situation.risk_factors} == {"60+"}


def test_a_family_has_a_grown_up_and_a_child():
    families = [set(situation.affected_ages) for situation in SITUATIONS if situation.discussion_type == "FAM"]

    assert [ages for ages in families if not (ages & set(UNDER_18) and ages - set(UNDER_18))] == []


def test_codes_stand_once_each():
    doubled = [
        s.ordinal
        for s in SITUATIONS
        for said in (s.risk_factors, s.protective_factors, s.study_flags, s.attempts)
        if len(set(said)) < len(said)
    ]

    assert doubled == []


def test_there_is_a_legal_ground_exactly_where_there_is_no_consent():
    assert {(situation.consent == "YES", situation.legal_ground is None) for situation in SITUATIONS} == {(True, True), (False, False)}


def test_why_now_is_140_to_260_characters_in_the_language_said():
    lengths = [len(situation.why_now) for situation in SITUATIONS]

    assert 140 <= min(lengths) <= max(lengths) <= 260
    assert {situation.why_now_language for situation in SITUATIONS} == {"en", "fr"}


def test_francophone_agencies_write_in_french():
    written = {situation.why_now_language for situation in SITUATIONS if AGENCIES[situation.originator].language == "fr"}

    assert written == {"fr"}


def test_an_earlier_number_is_of_a_concluded_situation_that_is_alike():
    def profile(situation):
        return situation.discussion_type, situation.age_group, situation.sex_gender

    remembered = [(s, SITUATIONS[s.earlier]) for s in SITUATIONS if s.earlier is not None]

    assert [s.ordinal for s, earlier in remembered if profile(s) != profile(earlier) or earlier.concluded_at >= s.brought_to] == []
    assert {s.discussed_before for s, _earlier in remembered} == {"yes"}


def test_a_situation_stands_at_its_own_place():
    assert [situation.ordinal for situation in SITUATIONS] == list(range(len(SITUATIONS)))


def test_situations_are_submitted_after_the_meeting_before():
    days = [meeting.on for meeting in TEN_YEARS.meetings]
    early = [
        s.ordinal
        for s in SITUATIONS
        if s.brought_to and s.submitted_hours_before >= (days[s.brought_to] - days[s.brought_to - 1]).days * 24 - 4
    ]

    assert early == []


@pytest.mark.parametrize(("decision", "carrying"), [("accepted", "MET"), ("rejected", "NOT"), ("deferred", "ASK"), ("withdrawn", "ASK")])
def test_the_position_of_most_agencies_carries_the_decision(decision, carrying):
    tallies = [heard.tally for s in SITUATIONS for heard in s.presentations if heard.decision == decision]

    assert [tally for tally in tallies if tally[carrying] * 2 <= sum(tally.values())] == []


def test_by_consensus_nobody_says_no_to_what_is_accepted():
    tallies = [heard.tally for s in SITUATIONS for heard in s.presentations if heard.decision == "accepted"]

    assert {tally["NOT"] for tally in tallies} == {0}


def test_criteria_fail_exactly_where_the_table_rejects():
    told = {(heard.decision == "rejected", bool(heard.criteria_not_met)) for s in SITUATIONS for heard in s.presentations}

    assert told == {(True, True), (False, False)}


def test_what_was_not_accepted_has_no_involvement_and_no_response():
    others = [situation for situation in SITUATIONS if situation.decision != "accepted"]

    assert {(situation.involvement, situation.response, situation.ended_early) for situation in others} == {((), None, None)}


def test_what_was_accepted_has_a_response_or_ends_early():
    assert {(bool(situation.response), bool(situation.ended_early)) for situation in ACCEPTED} == {(True, False), (False, True)}


def test_a_withdrawal_has_a_reason_before_the_meeting_or_at_it():
    withdrawn = [situation for situation in SITUATIONS if situation.decision == "withdrawn"]

    assert {situation.withdrawal_reason is not None for situation in withdrawn} == {True}
    assert {bool(situation.presentations) for situation in withdrawn} == {True, False}


def test_a_lead_and_one_to_five_others_act_and_all_were_at_the_table():
    for situation in ACCEPTED:
        if situation.response:
            engaged = situation.response.engaged

            assert (2 <= len(engaged) <= 6, len(set(engaged)) == len(engaged)) == (True, True)
            assert set(engaged) <= set(TEN_YEARS.meetings[situation.decided_at].present)


def test_those_who_act_said_that_they_are_or_could_be_involved():
    answers = {code for s in ACCEPTED if s.response for agency, code in s.involvement if agency in s.response.engaged}

    assert answers == {"NOW", "RECENT", "HELP"}


def test_whoever_steps_out_neither_presents_says_anything_nor_acts():
    recused = [situation for situation in SITUATIONS if situation.recused is not None]
    speaking = [
        s.ordinal
        for s in recused
        if s.recused == s.originator
        or s.recused in dict(s.involvement)
        or any(s.recused in dict(heard.positions) for heard in s.presentations)
        or (s.response and s.recused in s.response.engaged)
    ]

    assert (bool(recused), speaking) == (True, [])


def test_contacts_are_tried_in_order_and_end_with_the_first_one_made():
    for response in RESPONSES:
        hours = [contact.hours for contact in response.contacts]
        made = [contact.result in ("CON-01", "CON-02", "CON-03") for contact in response.contacts]

        assert hours == sorted(hours)
        assert not any(made[:-1])


def test_nothing_is_done_after_the_conclusion():
    for response in RESPONSES:
        if response.conclusion:
            end = response.conclusion.days_open * 24
            done = [step.done_hours for step in response.steps if step.done_hours is not None]

            assert max([contact.hours for contact in response.contacts] + [service.hours for service in response.services] + done) < end


def test_there_is_a_report_back_at_every_meeting_until_the_conclusion():
    last = len(TEN_YEARS.meetings) - 1
    for situation in ACCEPTED:
        if situation.response:
            heard_at = [said.meeting for said in situation.response.report_backs]
            until = last if situation.concluded_at is None else situation.concluded_at

            assert heard_at == list(range(situation.decided_at + 1, until + 1))


def test_a_lead_says_ready_to_conclude_exactly_when_it_is_concluded():
    told = {(said.code == "RPT-05", said.meeting == s.concluded_at) for s in ACCEPTED if s.response for said in s.response.report_backs}

    assert told == {(True, True), (False, False)}


def test_the_written_notice_that_the_law_owes_is_a_step():
    owed = codes("legal_grounds", notice_owed="yes")
    told = {(s.legal_ground in owed, "STP-11" in {step.code for step in s.response.steps}) for s in ACCEPTED if s.response}

    assert told == {(True, True), (False, False)}


def test_only_factors_that_were_there_are_lowered():
    strange = [
        s.ordinal for s in ACCEPTED if s.concluded_at is not None and not set(s.response.conclusion.factors_lowered) <= set(s.risk_factors)
    ]

    assert strange == []


def test_an_overall_lowered_risk_lowers_a_factor():
    numbers = [len(conclusion.factors_lowered) for conclusion in CONCLUSIONS if conclusion.reason.startswith("ORL")]

    assert min(numbers) == 1


def test_the_last_follow_up_is_answered_while_who_acted_still_may():
    given = {answer.answered_after_days for each in CONCLUSIONS for answer in each.follow_ups if answer.asked_after_days == 90}

    assert (min(given), max(given)) == (84, 89)


def test_follow_up_is_asked_at_30_and_90_days_and_not_after_a_death():
    asked = {answer.asked_after_days for conclusion in CONCLUSIONS for answer in conclusion.follow_ups}
    after_a_death = [conclusion.follow_ups for conclusion in CONCLUSIONS if conclusion.reason == "OTH-01"]

    assert (asked, set(after_a_death)) == ({30, 90}, {()})


def test_the_end_of_a_season_hastens_no_conclusion():
    season = Season(11, date(2026, 1, 5), 26)
    late = [s for s in season.situations if s.response and s.decided_at >= len(season.meetings) - 4]

    assert share(late, lambda situation: situation.concluded_at is None) > 0.6


def test_systemic_issues_are_raised_in_the_language_of_the_agency():
    lines = {(issue.line, issue.language == "fr") for issue in TEN_YEARS.issues}

    assert lines <= {(line[french], french) for line in town.ISSUE_LINES.values() for french in (False, True)}


def test_nobody_knocks_at_night():
    hours_of_day = [(14 + by_day(quarter / 4)) % 24 for quarter in range(400)]

    assert (min(hours_of_day) >= 8, max(hours_of_day) <= 21) == (True, True)


# The sister table


def test_at_the_sister_table_only_its_own_seats_bring_come_and_act():
    season = Season(3, date(2026, 1, 5), 52, 30, table=SISTER_TABLE)
    seated = {AGENCY_INDEX[slug] for slug in SISTER_TABLE.seats}
    seen = {agency for meeting in season.meetings for agency in meeting.present}
    seen |= {agency for s in season.situations for agency in (s.originator, *(s.response.engaged if s.response else ()))}

    assert (len(season.situations), seen) == (30, seated)


def test_by_vote_some_say_no_to_what_is_accepted():
    season = Season(3, date(2026, 1, 5), 52, 60, table=SISTER_TABLE)

    assert any(heard.tally["NOT"] for s in season.situations for heard in s.presentations if heard.decision == "accepted")


# The dice


def test_several_never_draws_what_has_no_weight_nor_more_than_there_is():
    assert sorted(Dice(1).several({"a": 1, "b": 0, "c": 2}, 5)) == ["a", "c"]


def test_pick_follows_the_weights():
    dice = Dice(1)
    drawn = Counter(dice.pick({"often": 3, "seldom": 1}) for _ in range(4000))

    assert drawn["often"] / 4000 == pytest.approx(0.75, abs=0.02)
