from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from agencies.models import Agency
from reports import catalogue, counting
from reports.catalogue import Period
from reports.suppression import STEERING_RULES, suppress
from situations.enums import Stage
from situations.models import Situation
from tests.reports.years import NOON, YEAR, a_year, answered, brought

TOTAL = ""


@pytest.fixture
def period(table):
    return Period(year=YEAR, zone=table.zone)


@pytest.fixture
def counted(table, period):
    """The true cell of a set of codes: ``counted("K2", "age_group:18-24")``."""

    def cell(table_id, codes):
        tables = {each.id: each for each in counting.count(table, period, catalogue.read())}
        return {each.codes: each for each in tables[table_id].cells}[frozenset(codes.split())]

    return cell


def agency(name):
    return Agency.objects.get(name=name)


# Which situations ------------------------------------------------------------------------------------------------------------


def test_what_the_table_accepted_in_the_year_is_counted(table, counted):
    brought(table, 7)
    brought(table, 2, stage=Stage.REJECTED)
    brought(table, 3, year=YEAR - 1)

    assert counted("K1", TOTAL).count == 7


def test_another_tables_situations_are_not_counted(sealed_table, counted):
    brought(sealed_table, 7)

    assert counted("K1", TOTAL).count == 0


@pytest.mark.parametrize(("year", "minutes", "number"), [(YEAR, -1, 0), (YEAR, 0, 1), (YEAR + 1, -1, 1), (YEAR + 1, 0, 0)])
def test_the_year_begins_and_ends_at_midnight_on_the_tables_own_clock(table, counted, year, minutes, number):
    midnight_in_ontario = datetime(year, 1, 1, 5, 0, tzinfo=UTC)

    brought(table, 1, presented_at=midnight_in_ontario + timedelta(minutes=minutes))

    assert counted("K1", TOTAL).count == number


def test_what_was_not_accepted_is_counted_as_a_total_only(table, counted):
    brought(table, 5, stage=Stage.REJECTED)

    assert counted("K1", "counted:rejected").count == 5
    assert counted("K2", "age_group:none").count == 0


# Which codes -----------------------------------------------------------------------------------------------------------------


def test_a_situation_counts_once_in_each_of_its_risk_categories(table, counted):
    brought(table, 4, risk_factors=["risk_factor:ALC-01", "risk_factor:ALC-02", "risk_factor:HOU-01"])

    assert counted("K5", "risk_category:Alcohol").count == 4
    assert counted("K5", "risk_category:Housing").count == 4


def test_every_situation_stands_in_exactly_one_row_of_each_partition(table, period):
    a_year(table, situations=40)

    tables = {each.id: each for each in counting.count(table, period, catalogue.read())}

    assert {id: sum(cell.count for cell in tables[id].cells) for id in ("K2", "K3", "K8", "K4", "K10")} == dict.fromkeys(
        ("K2", "K3", "K8", "K4", "K10"), 40
    )


@pytest.mark.parametrize(
    ("hours", "code"),
    [(24, "within_24"), (24.1, "within_48"), (48, "within_48"), (48.1, "later"), (None, "none"), (24 * 300, "none")],
)
def test_first_contact_is_counted_by_the_hours_since_the_decision(table, counted, hours, code):
    answered(brought(table, 1), hours=hours)

    assert counted("K10", f"contact:{code}").count == 1


def test_what_ended_early_is_neither_awaited_nor_reached(table, counted):
    brought(table, 2, stage=Stage.ENDED_EARLY, conclusion_reason_id="early_end_reason:EAR-01")

    assert counted("K4", "resolution:ended_early").count == 2
    assert counted("K10", "resolution:ended_early").count == 2
    assert counted("K10", "contact:none").count == 0


def test_a_situation_open_at_the_cut_off_counts_as_open_however_it_ended_later(table, counted, period):
    brought(table, 1, stage=Stage.RESPONDING)
    brought(table, 1, ended_at=period.cut_off_at)
    brought(table, 1, ended_at=period.cut_off_at - timedelta(seconds=1))

    assert counted("K4", "resolution:open").count == 2
    assert counted("K4", "resolution:lowered").count == 1


def test_a_purged_situation_counts_like_any_other(table, counted):
    brought(table, 3, stage=Stage.PURGED, purged_at=NOON + timedelta(days=60))

    assert counted("K4", "resolution:lowered").count == 3


def test_agencies_that_serve_one_population_count_with_community_and_cultural_services(table, counted):
    friendship_centre = agency("Fern Income Support")
    friendship_centre.sector_id, friendship_centre.agency_type_id = "sector:SEC-07", "agency_type:AGT-35"
    friendship_centre.save()
    french_board = agency("Heron School Board")
    french_board.agency_type_id = "agency_type:AGT-18"
    french_board.save()

    brought(table, 6, by=[friendship_centre, french_board, agency("Larch Housing")])

    assert counted("K8", "sector:community").count == 4
    assert counted("K8", "sector:education").count == 0


# Who -------------------------------------------------------------------------------------------------------------------------


def test_situations_joined_by_earlier_numbers_are_one_subject(table, counted):
    first, second, third, _other = brought(table, 4)
    second.earlier_number = first.reference
    third.earlier_number = second.reference
    Situation.objects.bulk_update([second, third], ["earlier_number"])

    assert (counted("K1", TOTAL).count, counted("K1", TOTAL).subjects) == (4, 2)


def test_two_that_name_the_same_number_of_another_year_are_one_subject(table, counted):
    brought(table, 2, earlier_number="2019-004")

    assert counted("K1", TOTAL).subjects == 1


def test_a_chain_of_earlier_numbers_runs_through_the_years(table, counted):
    long_ago = brought(table, 1, year=YEAR - 2)[0]
    last_year = brought(table, 1, year=YEAR - 1, earlier_number=long_ago.reference)[0]
    brought(table, 1, earlier_number=long_ago.reference)
    brought(table, 1, earlier_number=last_year.reference)

    assert counted("K1", TOTAL).subjects == 1


def test_a_number_that_names_itself_or_goes_round_ends(table, counted):
    first, second = brought(table, 2)
    first.earlier_number, second.earlier_number = second.reference, first.reference
    Situation.objects.bulk_update([first, second], ["earlier_number"])

    assert counted("K1", TOTAL).subjects == 1


def test_a_sister_tables_number_is_somebody_else(table, counted):
    brought(table, 1, earlier_number=f"{YEAR}-002")
    brought(table, 1)
    brought(table, 1, earlier_number=f"EST-{YEAR}-002")

    assert counted("K1", TOTAL).subjects == 2


def test_an_agency_stands_behind_what_it_brought_and_what_it_worked_on(table, counted):
    police, housing = agency("Granite Police Service"), agency("Larch Housing")
    answered(brought(table, 3, by=[police]), hours=5, engaged=[housing])
    brought(table, 2, by=[housing])

    assert counted("K1", TOTAL).agencies == {police.pk: 3, housing.pk: 5}


# By whom it is read ------------------------------------------------------------------------------------------------------------


def refused(sql):
    """Whether the counter may not do this."""
    try:
        with counting.as_counter(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


@pytest.mark.parametrize(
    "what",
    [
        "SELECT ciphertext FROM situations_sealedtext",
        "SELECT wrapped FROM situations_situationkey",
        "SELECT * FROM situations_situation",
        "SELECT discussed_before FROM situations_situation",
        "SELECT full_name FROM agencies_member",
        "SELECT name FROM agencies_agency",
        "SELECT id FROM agencies_ledgerentry",
        "SELECT value FROM reports_releasecell",
        "UPDATE situations_situation SET stage = stage",
    ],
)
def test_the_counter_reads_no_word_no_person_and_changes_nothing(db, what):
    assert refused(what)


def test_the_counter_reads_the_codes_that_it_counts(db):
    assert not refused("SELECT age_group_id, earlier_number FROM situations_situation")


def role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_after_counting_the_web_is_itself_again(db):
    with counting.as_counter():
        within = role()

    assert (within, role()) == ("cms_counter", "cms_web")


def test_after_a_failed_counting_the_web_is_itself_again(db):
    with transaction.atomic():
        assert refused("SELECT 1 FROM situations_sealedtext")

        assert role() == "cms_web"


def test_the_public_role_reads_no_release_of_the_steering_committee(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('cms_public', 'reports_releasecell', 'SELECT')")

        assert cursor.fetchone() == (False,)


# What it costs, and what is left ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_a_whole_release_is_counted_in_four_queries(table, period, number, django_assert_num_queries):
    answered(brought(table, number), hours=5)
    known = catalogue.read()

    with django_assert_num_queries(8):  # four, and the role taken up and laid down inside a savepoint
        counting.count(table, period, known)


def test_a_played_situation_is_counted_by_its_codes(table, response, at):
    period = Period(year=response.situation.year, zone=table.zone)

    tables = {each.id: each for each in counting.count(table, period, catalogue.read())}

    assert [sorted(next(iter(cell.codes), TOTAL) for cell in tables[id].cells if cell.count) for id in ("K5", "K2", "K4", "K10")] == [
        ["risk_category:Alcohol", "risk_category:Housing"],
        ["age_group:12-17"],
        ["resolution:open"],
        ["contact:none"],
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_a_year_of_200_at_least_85_of_100_situations_in_cells_are_shown(table, period, seed):
    a_year(table, situations=200, seed=seed)

    true = counting.count(table, period, catalogue.read())
    shown = suppress(true, rules=STEERING_RULES, secret=bytes(32))

    one_way = [pair for pair in zip(true, shown, strict=True) if pair[0].id in ("K5", "K2", "K3", "K4")]
    pairs = [(cell.count, what.value) for a, b in one_way for cell, what in zip(a.cells, b.cells, strict=True)]
    assert sum(count for count, value in pairs if value is not None) / sum(count for count, _value in pairs) >= 0.85
