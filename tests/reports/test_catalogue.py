from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agencies import vocabulary
from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary
from reports.catalogue import Catalogue, Period, Tier
from reports.figures import WORDS
from reports.suppression import Kind

SHIPPED = [entry for each in Vocabulary for entry in vocabulary.read(each)]


@pytest.fixture(scope="module")
def known():
    return Catalogue(SHIPPED)


def rows(known, table_id):
    return next(table for table in known.tables if table.id == table_id).rows


def codes(known, table_id):
    return [" ".join(sorted(row.codes)) for row in rows(known, table_id)]


def sensitive(known, table_id):
    return {row.label_en for row in rows(known, table_id) if row.is_sensitive}


def test_the_steering_committee_reads_seven_tables_in_this_order(known):
    assert [(table.id, table.kind) for table in known.tables] == [
        ("K1", Kind.MULTI),
        ("K5", Kind.MULTI),
        ("K2", Kind.PARTITION),
        ("K3", Kind.PARTITION),
        ("K8", Kind.PARTITION),
        ("K4", Kind.PARTITION),
        ("K10", Kind.PARTITION),
    ]


def test_every_table_has_its_words(known):
    assert [table.id for table in known.tables] == list(WORDS)


def test_what_was_not_accepted_is_a_total_and_nothing_else(known):
    assert codes(known, "K1") == ["", "counted:rejected"]
    assert [code for table in known.tables[1:] for code in codes(known, table.id) if "rejected" in code] == []


def test_all_27_categories_of_risk_stand_in_the_order_of_their_list(known):
    categories = codes(known, "K5")

    assert (len(categories), categories[0], categories[-1]) == (27, "risk_category:Alcohol", "risk_category:Unemployment")


def test_a_category_is_sensitive_when_one_of_its_factors_is_and_self_harm_always(known):
    assert sensitive(known, "K5") == {
        "Basic Needs",
        "Crime Victimization",
        "Criminal Involvement",
        "Elder Abuse",
        "Emotional Violence",
        "Gangs",
        "Missing/Runaway",
        "Physical Health",
        "Physical Violence",
        "Self Harm",
        "Sexual Violence",
        "Suicide",
        "Supervision",
    }


def test_children_under_twelve_and_gender_identity_are_sensitive(known):
    assert sensitive(known, "K2") == {"0–5 years", "6–11 years"}
    assert sensitive(known, "K3") == {"Another gender"}


@pytest.mark.parametrize(
    ("sector", "agency_type", "published"),
    [
        ("SEC-04", "AGT-01", "sector:policing"),
        ("SEC-17", "AGT-07", "sector:health"),
        ("SEC-07", "AGT-35", "sector:community"),
        ("SEC-08", "AGT-36", "sector:community"),
        ("SEC-09", "AGT-37", "sector:community"),
        ("SEC-11", "AGT-28", "sector:community"),
        ("SEC-04", "AGT-04", "sector:community"),
        ("OURS", "AGT-33", "sector:community"),
    ],
)
def test_a_sector_or_an_agency_that_serves_one_population_is_no_row_of_its_own(known, sector, agency_type, published):
    assert known.sector(f"sector:{sector}", f"agency_type:{agency_type}") == published


def test_no_label_names_a_population(known):
    labels = {row.label_en for row in rows(known, "K8")} | {row.label_fr for row in rows(known, "K8")}

    assert [label for label in labels if any(word in label for word in ("Indigenous", "Autochtone", "rancophone", "LGBTQ"))] == []


def test_every_row_has_its_name_in_both_languages(known):
    assert [row for table in known.tables for row in table.rows if not (row.label_en and row.label_fr)] == []


def test_no_set_of_situations_has_two_rows_in_one_table(known):
    assert [table.id for table in known.tables if len(table.rows) != len({row.codes for row in table.rows})] == []


def test_what_ended_early_is_the_same_row_wherever_it_stands(known):
    assert [row for row in rows(known, "K4") if row in rows(known, "K10")] == [rows(known, "K10")[-1]]


def test_every_reason_for_which_something_ends_has_its_row(known):
    endings = {
        known.resolution(entry.pk) for entry in SHIPPED if entry.vocabulary in (Vocabulary.CONCLUSION_REASON, Vocabulary.EARLY_END_REASON)
    }

    assert endings == {"resolution:lowered", "resolution:still_aer", "resolution:other", "resolution:ended_early"}
    assert codes(known, "K4") == [
        "resolution:lowered",
        "resolution:still_aer",
        "resolution:other",
        "resolution:ended_early",
        "resolution:open",
    ]


def test_a_factor_and_an_ending_of_the_tables_own_are_counted_with_the_others():
    own = [
        Entry(pk="risk_factor:OUR-01", vocabulary="risk_factor", code="OUR-01", label_en="Ours", label_fr="Le nôtre", position=999),
        Entry(pk="conclusion_reason:OUR-01", vocabulary="conclusion_reason", code="OUR-01", label_en="Ours", label_fr="La nôtre"),
    ]

    known = Catalogue([*SHIPPED, *own])

    assert known.risk_categories(["risk_factor:OUR-01"]) == {"risk_category:other"}
    assert codes(known, "K5")[-1] == "risk_category:other"
    assert known.resolution("conclusion_reason:OUR-01") == "resolution:other"


def test_a_factor_of_the_tables_own_joins_the_category_it_was_put_under():
    own = Entry(pk="risk_factor:OUR-01", vocabulary="risk_factor", code="OUR-01", label_en="Ours", label_fr="Le nôtre", group_en="Housing")

    assert Catalogue([*SHIPPED, own]).risk_categories(["risk_factor:OUR-01"]) == {"risk_category:Housing"}


def test_a_retired_entry_keeps_its_row():
    entries = vocabulary.read(Vocabulary.SEX_GENDER)
    entries[2].retired_at = datetime(2020, 1, 1, tzinfo=UTC)

    assert codes(Catalogue(entries), "K3") == ["sex_gender:F", "sex_gender:M", "sex_gender:X", "sex_gender:U", "sex_gender:none"]


def test_a_year_begins_and_ends_by_the_wall_clock_and_is_released_30_days_later():
    year = Period(year=2025, zone=ZoneInfo("America/Toronto"))

    assert [year.begins_at, year.ends_at, year.cut_off_at] == [
        datetime(2025, 1, 1, 5, tzinfo=UTC),
        datetime(2026, 1, 1, 5, tzinfo=UTC),
        datetime(2026, 1, 31, 5, tzinfo=UTC),
    ]


def test_the_public_waits_90_days():
    assert str(Period(year=2025, zone=ZoneInfo("America/Toronto"), tier=Tier.PUBLIC).cut_off_day) == "2026-04-01"
