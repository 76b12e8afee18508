"""The invented town: whole, bilingual, obviously invented, and silent about real people."""

import csv
import re
from itertools import product
from pathlib import Path

import pytest

from practice import town
from practice.seasons.themes import THEMES
from practice.town import AGENCIES, MAIN_TABLE, PEOPLE, SIGN_INS, SISTER_TABLE, TABLES

DATA = Path(__file__).resolve().parents[2] / "agencies" / "vocabulary_data"
ROLES = {
    "representative",
    "alternate",
    "observer",
    "agency_lead",
    "chair",
    "recorder",
    "coordinator",
    "steering",
    "privacy_officer",
    "administrator",
}
STAFF_ROLES = {"chair", "recorder", "coordinator", "steering", "privacy_officer", "administrator"}
LANGUAGES = ["en", "fr"]
# fmt: off
CALENDAR_WORDS = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]
# fmt: on


def codes(name):
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file)}


def openings(language):
    """Every opening sentence with every word that may stand in it."""
    slots = product(town.PLACES[language], town.SPANS[language], town.TIMES[language])
    for place, span, times in slots:
        for sentences in town.OPENINGS[language].values():
            yield from (sentence.format(place=place, span=span, times=times) for sentence in sentences)


def sentences(language):
    issues = [line[language == "fr"] for line in town.ISSUE_LINES.values()]
    return [*dict.fromkeys(openings(language)), *town.CHANGES[language], *town.GAPS[language], *issues]


def test_32_agencies_sit_at_the_table_over_the_12_sectors_of_the_partners():
    sectors = {agency.sector for agency in AGENCIES}

    assert (len(AGENCIES), sorted(sectors)) == (32, [f"SEC-{number:02}" for number in range(1, 13)])


def test_every_agency_has_a_sector_and_a_kind_that_the_vocabulary_knows():
    unknown = [
        agency.slug for agency in AGENCIES if agency.sector not in codes("sectors") or agency.agency_type not in codes("agency_types")
    ]

    assert unknown == []


def test_english_and_french_public_and_catholic_boards_are_four_agencies():
    boards = {agency.agency_type: agency.language for agency in AGENCIES if agency.agency_type in ("AGT-16", "AGT-17", "AGT-18", "AGT-19")}

    assert boards == {"AGT-16": "en", "AGT-17": "en", "AGT-18": "fr", "AGT-19": "fr"}


@pytest.mark.parametrize("attribute", ["slug", "name"])
def test_no_two_agencies_are_called_the_same(attribute):
    assert len({getattr(agency, attribute) for agency in AGENCIES}) == 32


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.slug)
def test_one_to_three_people_act_for_an_agency_and_one_of_them_leads_it(agency):
    people = [person for person in PEOPLE if person.agency == agency.slug]

    assert 1 <= len(people) <= 3
    assert sum("agency_lead" in person.roles for person in people) == 1
    assert any("representative" in person.roles for person in people)


def test_nobody_shares_a_name_or_an_address():
    names, addresses = {person.full_name for person in PEOPLE}, {person.email for person in PEOPLE}

    assert len(names) == len(addresses) == len(PEOPLE)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.email)
def test_an_address_is_plain_lower_case_and_leads_nowhere(person):
    assert re.fullmatch(r"[a-z]+\.[a-z]+@practice\.example", person.email)


def test_an_accented_name_becomes_a_plain_address():
    assert town.plain_ascii("Odile Mésange") == "odile.mesange"


def test_only_known_roles_are_held():
    held = {role for person in PEOPLE for role in (*person.roles, *person.sister_roles)}

    assert held == ROLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_every_role_of_the_table_itself_is_held(table):
    held = {role for person in PEOPLE for role in person.roles_at(table)}

    assert STAFF_ROLES - held == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_every_seat_has_someone_who_represents_it(table):
    represented = {person.agency for person in PEOPLE if "representative" in person.roles_at(table)}

    assert set(table.seats) <= represented


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_whoever_acts_for_an_agency_at_a_table_has_its_seat_there(table):
    acting = {person.agency for person in PEOPLE if {"representative", "alternate", "agency_lead"} & set(person.roles_at(table))}

    assert acting <= set(table.seats)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_there_is_a_named_sign_in_for_every_role(role):
    (person,) = [person for person in PEOPLE if person.email == SIGN_INS[role]]

    assert role in person.roles


def test_a_representative_who_works_in_french_can_sign_in():
    (person,) = [person for person in PEOPLE if person.email == SIGN_INS["representative_fr"]]

    assert (person.language, "representative" in person.roles) == ("fr", True)


def test_the_main_table_sits_on_tuesday_and_thursday_at_half_past_one_for_two_hours():
    rhythm = (MAIN_TABLE.time_zone, MAIN_TABLE.weekdays, MAIN_TABLE.starts_at.isoformat("minutes"), MAIN_TABLE.length_minutes)

    assert rhythm == ("America/Toronto", (1, 3), "13:30", 120)


def test_the_main_table_speaks_names_and_the_sister_table_seals_them():
    assert (MAIN_TABLE.naming, SISTER_TABLE.naming) == ("spoken", "sealed")


def test_the_main_table_has_three_names():
    names = (MAIN_TABLE.name_en, MAIN_TABLE.name_fr, MAIN_TABLE.name_oj)

    assert names == ("Rapid Mobilization Table", "Table de mobilisation rapide", "Weweni EnjiNagidwendaagozing")


def test_closed_days_are_named_in_both_languages():
    unnamed = [day for day, names in town.closed_days(2027).items() if not all(names)]

    assert unnamed == []


def test_every_theme_opens_in_both_languages_with_the_same_number_of_sentences():
    counts = {language: {theme: len(said) for theme, said in town.OPENINGS[language].items()} for language in LANGUAGES}
    cores = {name: len(theme.core) for name, theme in THEMES.items()}

    assert counts == {"en": cores, "fr": cores}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_40_ways_to_open(language):
    assert sum(len(said) for said in town.OPENINGS[language].values()) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_possible_why_now_has_140_to_260_characters(language):
    opening_lengths = {len(sentence) for sentence in openings(language)}
    endings = {len(change) + len(gap) for change, gap in product(town.CHANGES[language], town.GAPS[language])}
    lengths = [opening + ending + 2 for opening, ending in product(opening_lengths, endings)]

    assert 140 <= min(lengths) <= max(lengths) <= 260


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_number(language):
    assert [sentence for sentence in sentences(language) if re.search(r"\d", sentence)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_name_only_its_first_letter_is_large(language):
    assert [
        sentence for sentence in sentences(language) if sentence[1:].replace("’ex", "").lower() != sentence[1:].replace("’ex", "")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_word_of_a_name_a_street_or_the_calendar(language):
    names = {word for person in PEOPLE for word in person.full_name.lower().split()}
    words = names | {town.TOWN_EN.lower(), town.TOWN_FR.lower(), "canary", *CALENDAR_WORDS}
    said = {word for sentence in sentences(language) for word in re.findall(r"[^\W\d_]+", sentence.lower())}

    assert said & words == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "word", ["victim", "victime", "offender", "délinquant", "client", "case", "dossier", "addict", "toxicomane", "junkie"]
)
def test_no_sentence_calls_a_person_by_a_label(language, word):
    said = {word for sentence in sentences(language) for word in re.findall(r"[^\W\d_]+", sentence.lower())}

    assert word not in said


def test_every_kind_of_systemic_issue_can_be_said():
    assert set(town.ISSUE_LINES) == codes("systemic_issue_types")
