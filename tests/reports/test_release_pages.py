import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import clock
from agencies.enums import LedgerAct, Role
from agencies.lifecycle import appoint
from agencies.models import Entry, LedgerEntry
from reports import figures, lifecycle
from reports.catalogue import REST
from reports.models import Release, ReleaseCell
from situations.models import NumberCounter
from tests import cast
from tests.reports.years import YEAR, a_year, answered, brought


@pytest.fixture
def waiting(table, coordinator):
    """A year like published ones, prepared and not yet approved."""
    a_year(table, situations=120)
    return lifecycle.prepare(table, year=YEAR, by=coordinator)


@pytest.fixture
def approved(waiting, privacy_officer):
    return lifecycle.approve(waiting, by=privacy_officer)


def page(release, verb="release"):
    return reverse(f"reports:{verb}", args=[release.pk])


def acts(member):
    return list(LedgerEntry.objects.filter(by_id=member.pk).order_by("written_at").values_list("act", flat=True))


def text(response):
    """What a reader reads: the main part of the page without its marks."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def blank(table, *, period, status, by, of=None):
    """A release without a cell, for lists."""
    now = clock.now()
    return Release.objects.create(
        table=table,
        period=period,
        status=status,
        catalogue_version=1,
        config_hash="",
        data_hash="",
        built_at=now,
        prepared_by=by,
        **({"approved_at": now, "approved_by": of} if of else {}),
    )


# The list ----------------------------------------------------------------------------------------------------------------------


def test_before_the_first_release_the_list_says_what_will_stand_there(client_of, steering):
    response = client_of(steering).get(reverse("reports:list"))

    assert "Each year’s figures will stand here" in text(response)


@pytest.mark.parametrize("part", ["originator", "chair", "administrator", "observer"])
def test_those_who_read_no_release_have_no_list(client_of, part):
    assert client_of(cast.the(part)).get(reverse("reports:list")).status_code == 403


@pytest.mark.parametrize(
    ("part", "years"), [("steering", ["2024"]), ("coordinator", ["2025", "2024", "2023"]), ("privacy_officer", ["2025", "2024", "2023"])]
)
def test_the_list_shows_each_reader_their_releases_latest_first(client_of, table, coordinator, privacy_officer, part, years):
    blank(table, period="2025", status="prepared", by=coordinator)
    blank(table, period="2024", status="approved", by=coordinator, of=privacy_officer)
    lifecycle.withdraw(blank(table, period="2023", status="prepared", by=coordinator), by=coordinator)

    response = client_of(cast.the(part)).get(reverse("reports:list"))

    assert re.findall(r">(20\d\d)</a>", response.content.decode()) == years


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    client_of, table, coordinator, privacy_officer, steering, number, django_assert_num_queries
):
    for year in range(number):
        blank(table, period=str(2020 + year), status="approved", by=coordinator, of=privacy_officer)
    client = client_of(steering)

    with django_assert_num_queries(12):  # six of them belong to the test's own transaction
        client.get(reverse("reports:list"))


# The page of a release -----------------------------------------------------------------------------------------------------------


def test_the_steering_committee_reads_seven_figures(client_of, steering, approved):
    response = client_of(steering).get(page(approved))

    assert response.status_code == 200
    assert [figure.name for figure in response.context["figures"]] == [
        "Situations",
        "Risk categories",
        "Age",
        "Sex or gender",
        "Agencies’ sectors",
        "Resolution",
        "Time to first contact",
    ]
    assert "The table accepted about 120 situations" in text(response)
    assert "How these numbers are protected" in text(response)


@pytest.mark.parametrize("part", ["coordinator", "privacy_officer"])
def test_a_waiting_release_is_read_by_those_who_prepare_and_approve(client_of, waiting, part):
    assert "does not see it until" in text(client_of(cast.the(part)).get(page(waiting)))


def test_a_waiting_release_does_not_exist_for_the_steering_committee(client_of, steering, waiting):
    assert [client_of(steering).get(page(waiting, verb)).status_code for verb in ("release", "approve", "withdraw", "download")] == [
        404
    ] * 4


@pytest.mark.parametrize("part", ["originator", "stranger", "chair", "administrator"])
def test_an_approved_release_does_not_exist_for_others(client_of, approved, part):
    assert [client_of(cast.the(part)).get(page(approved, verb)).status_code for verb in ("release", "approve", "download")] == [404] * 3


def test_the_page_of_a_release_asks_nothing_of_any_situation(client_of, steering, approved):
    client = client_of(steering)

    with CaptureQueriesContext(connection) as asked:
        client.get(page(approved))
        client.get(page(approved, "download"))

    rooms = {room for query in asked.captured_queries for room in re.findall(r'"((?:situations|responses|meetings)_\w+)"', query["sql"])}
    assert rooms == set()


def test_the_page_of_a_release_costs_few_queries(client_of, steering, approved, django_assert_num_queries):
    client = client_of(steering)

    with django_assert_num_queries(14):  # six of them belong to the test's own transaction
        client.get(page(approved))


def test_reading_is_on_the_record_once_for_one_opening(client_of, steering, approved, later):
    client = client_of(steering)

    client.get(page(approved))
    client.get(page(approved))
    once = acts(steering)
    with later(minutes=16):
        lifecycle.record_reading(approved, by=steering)

    assert (once, acts(steering)) == ([LedgerAct.RELEASE_READ], [LedgerAct.RELEASE_READ] * 2)


def test_in_french_every_row_has_its_french_name(client_of, steering, approved):
    response = client_of(steering, language="fr-ca").get(page(approved))

    assert '<html lang="fr-ca">' in response.content.decode()
    assert [label in text(response) for label in ("Santé mentale", "40 à 59 ans", "En moins de 24 heures", "Services policiers")] == [
        True
    ] * 4


def test_every_number_of_the_page_is_one_that_is_shown(client_of, steering, approved):
    shown = {cell.value for cell in approved.cells.all()} - {None}
    shares = {(200 * value + 120) // 240 for value in shown}
    drawn = client_of(steering).get(page(approved)).content.decode()

    columns = re.findall(r'<td role="cell"\s+class="n"[^>]*>(?:<span[^>]*>)?([^<]*)<', drawn)
    numbers = [cell for cell in columns if cell != "not shown" and not cell.startswith("5% or") and not cell.startswith("95% or")]
    assert [number for number in numbers if int(number.rstrip("%")) not in (shares if number.endswith("%") else shown)] == []


def test_a_number_that_is_not_shown_says_so_in_picture_and_table(client_of, steering, approved):
    hidden = approved.cells.filter(value=None).count()

    response = client_of(steering).get(page(approved)).content.decode()

    tables = re.findall(r'<span class="not-shown">', response)
    assert len(tables) == 2 * hidden - approved.cells.filter(value=None, denominator=None).count()
    assert len(re.findall(r'class="none"', response)) == 2 * hidden  # a picture for a wide screen and one for a phone


def test_hidden_rows_look_alike_whether_nobody_or_somebody_stands_behind_them(client_of, steering, approved):
    response = client_of(steering).get(page(approved)).content.decode()

    hidden = {row.split("</th>")[1] for row in re.findall(r'<tr role="row">(.*?)</tr>', response, re.DOTALL) if row.count("not-shown") == 2}
    assert len(hidden) == 1


def test_a_release_whose_numbers_were_changed_is_not_shown(client_of, steering, approved):
    ReleaseCell.objects.create(
        table=approved.table,
        release=approved,
        catalogue_table="K1",
        position=999,
        codes=["counted:more"],
        label_en="More",
        label_fr="Plus",
        value=5,
    )

    response = client_of(steering).get(page(approved))

    assert response.status_code == 409
    assert "not those that were prepared" in text(response)


def test_a_withdrawn_release_is_gone_for_the_steering_committee(client_of, steering, coordinator, approved):
    lifecycle.withdraw(approved, by=coordinator)

    assert client_of(steering).get(page(approved)).status_code == 404
    assert "This release is withdrawn" in text(client_of(coordinator).get(page(approved)))


# What a figure says -----------------------------------------------------------------------------------------------------------------


def figure(release, name):
    drawn = figures.figures(release, release.cells.all(), zone=release.table.zone)
    return next(each for each in drawn if each.name == name)


@pytest.fixture
def small(table, coordinator):
    """Forty situations: too few for percentages."""
    everyone = [cast.the(part).agency for part in ("originator", "in_the_room", "lead", "assisting", "stranger")]
    answered(brought(table, 20, by=everyone, age_group_id="age_group:40-59"), hours=20)
    answered(brought(table, 20, by=everyone), hours=30)
    return lifecycle.prepare(table, year=YEAR, by=coordinator)


def test_below_fifty_situations_numbers_are_said_and_no_share(small):
    age = figure(small, "Age")

    count = small.cells.get(codes=["age_group:40-59"]).value
    assert age.finding == f"The age group “40–59 years” was recorded in about {count} situations"
    assert (age.has_shares, {line.share_words for line in age.lines}) == (False, {""})
    assert f"Of about {small.cells.get(codes=[]).value} accepted situations" in age.about


def test_a_finding_names_all_that_share_the_largest_number(small):
    cells = list(small.cells.all())
    for cell in cells:
        if cell.catalogue_table == "K2":
            cell.value = 20 if cell.codes in (["age_group:40-59"], ["age_group:60+"]) else None

    age = next(each for each in figures.figures(small, cells, zone=small.table.zone) if each.name == "Age")

    assert age.finding == "“40–59 years”, “60 years and over”: each in about 20 situations"
    assert [line.label for line in age.lines if line.is_found] == ["40–59 years", "60 years and over"]


def test_risks_are_drawn_by_size_and_the_place_of_a_hidden_one_tells_nothing(approved):
    cells = list(approved.cells.all())
    risks = [cell for cell in cells if cell.catalogue_table == "K5"]
    for place, cell in enumerate(risks):
        cell.value = (None, 15, 40)[place % 3]

    drawn = next(each for each in figures.figures(approved, cells, zone=approved.table.zone) if each.name == "Risk categories")

    told = [line.count for line in drawn.lines]
    hidden = [cell.label_en for cell in risks if cell.value is None]
    assert told == [40] * told.count(40) + [15] * told.count(15) + [None] * len(hidden)
    assert drawn.not_shown == hidden


def test_a_finding_never_speaks_of_what_is_left(approved):
    cells = list(approved.cells.all())
    for table in ("K2", "K4", "K10"):
        for cell in cells:
            if cell.catalogue_table == table and cell.value is not None and REST.intersection(cell.codes):
                cell.value = 1000

    drawn = figures.figures(approved, cells, zone=approved.table.zone)

    assert [line.label for each in drawn for line in each.lines if line.is_found and line.count == 1000] == []


def test_where_no_number_is_shown_the_finding_says_that(approved):
    cells = list(approved.cells.all())
    for cell in cells:
        cell.value = None

    drawn = figures.figures(approved, cells, zone=approved.table.zone)

    assert {each.finding for each in drawn} == {"Too few situations to name a finding"}


@pytest.mark.parametrize(("part", "words"), [(120, "95% or more"), (60, "about 50%"), (5, "5% or less")])
def test_a_share_near_none_or_all_is_not_said_exactly(approved, part, words):
    cells = list(approved.cells.all())
    for cell in cells:
        cell.value = {(): 120, ("age_group:40-59",): part}.get(tuple(cell.codes))

    age = next(each for each in figures.figures(approved, cells, zone=approved.table.zone) if each.name == "Age")

    assert age.finding == f"The age group “40–59 years” was recorded in {words} of situations"


# Preparing, approving, withdrawing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["steering", "privacy_officer", "chair", "originator"])
def test_only_the_coordinator_prepares(client_of, part):
    assert client_of(cast.the(part)).get(reverse("reports:prepare")).status_code == 403


def test_the_coordinator_prepares_a_finished_year(client_of, table, coordinator):
    brought(table, 25)
    client = client_of(coordinator)

    asked = client.get(reverse("reports:prepare"))
    response = client.post(reverse("reports:prepare"), {"year": YEAR})

    assert f'<option value="{YEAR}">' in asked.content.decode()
    assert response.url == page(Release.objects.get())
    assert acts(coordinator) == [LedgerAct.RELEASE_PREPARED]


def test_a_year_that_is_not_offered_is_refused_beside_its_field(client_of, table, coordinator):
    brought(table, 25)

    response = client_of(coordinator).post(reverse("reports:prepare"), {"year": 2019})

    assert (response.status_code, Release.objects.count()) == (200, 0)
    assert "Error:" in response.content.decode().partition("</title>")[0]


def test_a_year_with_too_few_situations_is_refused_in_a_sentence(client_of, table, coordinator):
    brought(table, 12)
    NumberCounter.objects.update(last=25)  # many more were heard than accepted

    response = client_of(coordinator).post(reverse("reports:prepare"), {"year": YEAR})

    assert (response.status_code, Release.objects.count()) == (409, 0)
    assert "Too few situations were accepted in 2025." in text(response)


def test_without_a_finished_year_the_page_says_when_one_can_be_released(client_of, coordinator):
    assert "can be released from January 31" in text(client_of(coordinator).get(reverse("reports:prepare")))


def test_one_form_prepares_one_release(client_of, table, coordinator):
    brought(table, 25)
    client = client_of(coordinator)
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(reverse("reports:prepare")).content.decode())[1]

    first, second = (client.post(reverse("reports:prepare"), {"year": YEAR, "form_token": token}) for _time in range(2))

    assert (first.url, Release.objects.count()) == (second.url, 1)


def test_the_privacy_officer_sees_what_is_hidden_and_approves(client_of, privacy_officer, waiting):
    client = client_of(privacy_officer)

    asked = client.get(page(waiting, "approve"))
    response = client.post(page(waiting, "approve"))

    hidden = waiting.cells.filter(catalogue_table="K2", value=None).values_list("label_en", flat=True)
    assert " · ".join(hidden) in text(asked)
    assert (response.url, Release.objects.get().status) == (page(waiting), "approved")
    assert acts(privacy_officer)[-1] == LedgerAct.RELEASE_APPROVED


@pytest.mark.parametrize("part", ["coordinator", "steering"])
def test_those_who_read_a_release_do_not_approve_it(client_of, waiting, approved, part):
    assert client_of(cast.the(part)).post(page(approved, "approve")).status_code == 403


def test_the_coordinator_does_not_approve_what_waits(client_of, coordinator, waiting):
    assert client_of(coordinator).post(page(waiting, "approve")).status_code == 403
    assert Release.objects.get().status == "prepared"


def test_a_privacy_officer_who_prepared_it_does_not_approve_it(client_of, table, coordinator, waiting):
    appoint(coordinator, table=table, role=Role.PRIVACY_OFFICER, by="tests")

    client = client_of(coordinator)

    assert "Approve this release" not in text(client.get(page(waiting)))
    assert client.post(page(waiting, "approve")).status_code == 403


def test_the_steering_committee_does_not_withdraw(client_of, steering, approved):
    assert client_of(steering).post(page(approved, "withdraw")).status_code == 403


def test_a_release_is_withdrawn_after_being_asked_once_more(client_of, coordinator, approved):
    client = client_of(coordinator)

    asked = client.get(page(approved, "withdraw"))
    client.post(page(approved, "withdraw"))

    assert "The year is not released a second time." in text(asked)
    assert (Release.objects.get().status, acts(coordinator)[-1]) == ("withdrawn", LedgerAct.RELEASE_WITHDRAWN)


# The sheet --------------------------------------------------------------------------------------------------------------------------------


def sheet(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_sheet_holds_the_same_numbers_in_the_same_order(client_of, steering, approved):
    response = client_of(steering).get(page(approved, "download"))

    drawn = figures.figures(approved, approved.cells.all(), zone=approved.table.zone)
    read = [(line.label, "not shown" if line.count is None else str(line.count)) for each in drawn for line in each.lines]
    assert [(row[2], row[3]) for row in sheet(response)[1:]] == read
    assert len(read) == approved.cells.count()
    assert response["Content-Disposition"] == 'attachment; filename="release-2025.csv"'


def test_a_label_that_would_act_as_a_formula_does_not(client_of, table, steering, privacy_officer, coordinator):
    Entry.objects.filter(pk="age_group:40-59").update(label_en="=1+1")
    brought(table, 25)
    release = lifecycle.approve(lifecycle.prepare(table, year=YEAR, by=coordinator), by=privacy_officer)

    assert "'=1+1" in [row[2] for row in sheet(client_of(steering).get(page(release, "download")))]


def test_taking_the_sheet_is_on_the_record(client_of, steering, approved):
    client_of(steering).get(page(approved, "download"))

    assert acts(steering) == [LedgerAct.EXPORTED]


def test_today_and_tomorrow_the_sheet_is_the_same_whatever_happened_between(client_of, table, steering, approved):
    client = client_of(steering)
    today = client.get(page(approved, "download")).content

    brought(table, 30, age_group_id="age_group:0-5")

    assert client.get(page(approved, "download")).content == today
