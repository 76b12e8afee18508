"""Filter 1 inside an agency: what is considered and not brought forward is counted, for itself and nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from agencies import clock
from agencies.access import OutOfOrder, Refused
from agencies.models import LedgerEntry
from situations import lifecycle
from situations.models import NotBroughtForward
from tests import cast

PAGE = reverse("situations:not_brought")


def counted(agency):
    return {(row.month.isoformat(), row.reason): row.how_many for row in NotBroughtForward.objects.filter(agency=agency)}


def press(client, way="more", **asked):
    return client.post(PAGE, {"way": way, **asked})


def this_month(table):
    return lifecycle.months_open(table)[0].isoformat()


@pytest.mark.parametrize("part", ["originator", "colleague", "agency_lead"])
def test_one_press_counts_one_for_ones_own_agency(client_of, table, part):
    member = cast.the(part)

    page = press(client_of(member))

    assert (page.status_code, counted(member.agency)) == (302, {(this_month(table), ""): 1})


@pytest.mark.parametrize("part", ["chair", "recorder", "coordinator", "steering", "privacy_officer", "administrator", "observer"])
def test_who_acts_for_no_agency_counts_nothing(client_of, part):
    assert press(client_of(cast.the(part))).status_code == 403


def test_a_reason_may_be_given_and_one_more_be_taken_back(client_of, table, originator):
    client = client_of(originator)
    for way in ("more", "more", "less"):
        press(client, way, reason="alone")

    assert counted(originator.agency) == {(this_month(table), "alone"): 1}


def test_last_month_can_still_be_put_right_and_no_month_before_it(table, originator):
    _this, last = lifecycle.months_open(table)
    lifecycle.count_not_brought(table, agency=originator.agency, by=originator, month=last)

    with pytest.raises(Refused):
        lifecycle.count_not_brought(table, agency=originator.agency, by=originator, month=date(last.year - 1, 1, 1))
    assert counted(originator.agency) == {(last.isoformat(), ""): 1}


def test_in_january_last_month_is_december(table, at):
    moment = clock.now().replace(year=2027, month=1, day=15)

    with at(moment):
        assert lifecycle.months_open(table) == [date(2027, 1, 1), date(2026, 12, 1)]


def test_nothing_is_taken_back_where_nothing_is_counted(table, originator):
    with pytest.raises(OutOfOrder):
        lifecycle.take_back_not_brought(table, agency=originator.agency, by=originator)

    assert counted(originator.agency) == {}


@pytest.mark.parametrize("asked", [{"way": "much"}, {"reason": "revenge"}, {"month": "soon"}])
def test_what_makes_no_sense_counts_nothing(client_of, originator, asked):
    page = press(client_of(originator), **{"way": "more", **asked})

    assert (page.status_code, counted(originator.agency)) == (200, {})


def test_another_agencys_counts_stand_on_no_page_of_mine(client_of, table, originator, lead):
    for _press in range(7):
        lifecycle.count_not_brought(table, agency=lead.agency, by=lead, reason="connected")

    months = client_of(originator).get(PAGE).context["months"]

    assert [line.how_many for month in months for line in month.lines] == [0] * 12


def test_it_is_on_the_record_for_whoever_pressed_and_not_for_the_coordinator(client_of, table, originator, coordinator):
    press(client_of(originator), reason="alone")

    entry = LedgerEntry.objects.get(act="not_brought")
    read = client_of(coordinator).get(reverse("agencies:ledger"), {"act": "not_brought"}).context["rows"]
    assert (entry.by_id, entry.agency_id, entry.situation_id, entry.codes, read) == (
        originator.pk,
        originator.agency_id,
        None,
        ["+1"],
        [],
    )


@pytest.mark.parametrize("reader", ["privacy_officer", "administrator", "chair", "steering", "colleague"])
def test_nobody_else_reads_on_the_record_that_it_was_counted(client_of, originator, reader):
    press(client_of(originator), reason="alone")

    page = client_of(cast.the(reader)).get(reverse("agencies:ledger"))
    rows = page.context["rows"] if page.status_code == 200 else []
    assert [row for row in rows if str(row["act"]) == "Counted what was not brought forward"] == []


def test_who_counted_reads_it_among_their_own(client_of, originator):
    client = client_of(originator)
    press(client)

    rows = client.get(reverse("agencies:ledger"), {"mine": ""}).context["rows"]
    assert [str(row["act"]) for row in rows].count("Counted what was not brought forward") == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_page_costs_the_same_for_one_row_and_for_three(client_of, table, originator, rows, language, django_assert_num_queries):
    for reason in ["", "alone", "connected"][:rows]:
        lifecycle.count_not_brought(table, agency=originator.agency, by=originator, reason=reason)
    client = client_of(originator, language=language)
    client.get(PAGE)

    with django_assert_num_queries(11):
        client.get(PAGE)
