"""The vocabularies as data: every word in both languages, every factor findable."""

import csv
from pathlib import Path

import pytest

from cms_table.french import begin_with_an_accent, means_some_only, without_its_accent, written_wrongly

DATA = Path(__file__).resolve().parents[2] / "agencies" / "vocabulary_data"
LISTS = {
    "age_groups": 8,
    "agency_types": 41,
    "attempts": 9,
    "conclusion_reasons": 16,
    "consent": 4,
    "contact_results": 7,
    "criteria": 4,
    "deferral_reasons": 4,
    "discussion_types": 6,
    "early_end_reasons": 4,
    "emergency_checks": 3,
    "follow_up_codes": 6,
    "involvement": 4,
    "languages_of_service": 7,
    "legal_grounds": 6,
    "mobilization_types": 5,
    "positions": 3,
    "protective_factors": 50,
    "report_back_codes": 5,
    "risk_factors": 106,
    "sectors": 22,
    "services": 29,
    "sex_gender": 4,
    "step_types": 15,
    "study_flags": 33,
    "systemic_issue_types": 10,
    "withdrawal_reasons": 4,
}


def entries(name):
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


FACTORS = entries("risk_factors")
FACTOR_IDS = [factor["code"] for factor in FACTORS]


def test_every_list_is_there_and_no_other():
    found = {path.stem: len(entries(path.stem)) for path in DATA.iterdir()}

    assert found == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_says_it_in_english_and_in_french(name):
    silent = [entry["code"] for entry in entries(name) if not (entry["label_en"].strip() and entry["label_fr"].strip())]

    assert silent == []


SAME_IN_BOTH = {"Anishinaabemowin", "Francophone", "Justice", "COVID-19", "Gangs", "Suicide"}


def both(entry, said):
    """What an entry says in English and in French; a category names its English without a language."""
    return entry.get(f"{said}_en", entry.get(said, "")), entry.get(f"{said}_fr", "")


@pytest.mark.parametrize("name", LISTS)
def test_what_an_entry_says_in_one_language_it_says_in_the_other(name):
    pairs = [(entry["code"], both(entry, said)) for entry in entries(name) for said in ("label", "help", "synonyms", "group", "category")]

    assert [code for code, (english, french) in pairs if bool(english) != bool(french)] == []
    assert [english for _code, (english, french) in pairs if english and english == french and english not in SAME_IN_BOTH] == []


@pytest.mark.parametrize("name", LISTS)
def test_the_french_of_a_list_keeps_the_rules_of_french(name):
    said = [both(entry, part)[1] for entry in entries(name) for part in ("label", "help", "group", "category")]
    accented = begin_with_an_accent(said)

    wrong = {text: written_wrongly(text) or without_its_accent(text, accented) or means_some_only(text) for text in said if text}
    assert {text: why for text, why in wrong.items() if why} == {}


@pytest.mark.parametrize("name", LISTS)
def test_the_longest_label_has_room(name):
    """A label has 160 characters, and French is longer than English: none that is shipped comes near."""
    assert [entry["code"] for entry in entries(name) if max(map(len, both(entry, "label"))) > 130] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_code_stands_once_in_its_list(name):
    codes = [entry["code"] for entry in entries(name)]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", LISTS)
def test_every_row_has_as_many_cells_as_the_head_and_no_stray_spaces(name):
    odd = [
        entry["code"]
        for entry in entries(name)
        if None in entry or None in entry.values() or any(cell != cell.strip() or "\r" in cell for cell in entry.values())
    ]

    assert odd == []


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_says_whether_a_source_confirms_it(name):
    assert {entry["verified"] for entry in entries(name)} <= {"yes", "no"}


def test_there_are_105_risk_factors_and_one_that_stands_for_offences_under_18():
    assert (len(FACTORS), FACTOR_IDS.count("CRI-00")) == (106, 1)


def test_risk_factors_fall_into_27_categories_each_with_one_name_in_each_language():
    pairs = {(factor["category"], factor["category_fr"]) for factor in FACTORS}

    assert (len(pairs), len({english for english, _ in pairs}), len({french for _, french in pairs})) == (27, 27, 27)


def test_the_13_offences_are_one_coarse_code_for_people_under_18():
    replaced = {factor["code"]: factor["under_18_code"] for factor in FACTORS if factor["under_18_code"]}

    assert replaced == {f"CRI-{number:02}": "CRI-00" for number in range(1, 14)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("factor", FACTORS, ids=FACTOR_IDS)
def test_every_risk_factor_is_found_by_two_to_ten_everyday_words(factor, language):
    words = factor[f"synonyms_{language}"].split(";")

    assert 2 <= len(words) <= 10
    assert words == [word.strip().lower() for word in words if word.strip()]
    assert len(set(words)) == len(words)


def test_help_on_a_risk_factor_is_in_both_languages_or_in_none():
    one_sided = [factor["code"] for factor in FACTORS if bool(factor["help_en"]) != bool(factor["help_fr"])]

    assert one_sided == []


def test_help_is_there_where_the_founders_notes_define_a_factor():
    helped = {factor["code"] for factor in FACTORS if factor["help_en"]}

    assert {"ALC-01", "BAS-03", "COG-03", "CRI-00", "CRI-07", "ELD-01", "POV-01", "SVI-03", "VIC-07"} <= helped


@pytest.mark.parametrize(("column", "most"), [("label", 160), ("help", 240), ("synonyms", 240)])
def test_what_is_said_of_a_risk_factor_fits_its_place(column, most):
    longest = max(len(factor[f"{column}_{language}"]) for factor in FACTORS for language in ("en", "fr"))

    assert longest <= most
