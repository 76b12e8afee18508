"""What an agency did at the table, counted for its own lead and for nobody else."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from agencies import lifecycle as agencies
from agencies.clock import now
from meetings import lifecycle as meetings
from meetings.activity import activity_of
from responses import lifecycle as responses
from situations import lifecycle
from tests import cast

PAGE = reverse("meetings:activity")


def lead_of(member, table):
    """The member, as lead of the agency too."""
    agencies.appoint(member, table=table, role="agency_lead", by="tests")
    return type(member).objects.get(pk=member.pk)


def this_year(table):
    return localtime(now(), table.zone).year


def counts(member, table, *kinds, year=None):
    found = activity_of(member.agency, table, year=year or this_year(table), member=member)
    return [found.of(kind) for kind in kinds]


@pytest.mark.parametrize("part", [part for part in cast.PARTS if part != "agency_lead"])
def test_only_an_agencys_lead_reads_it(client_of, part):
    assert client_of(cast.the(part)).get(PAGE).status_code == 403


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_the_lead_reads_the_own_agencys(client_of, agency_lead, language):
    page = client_of(agency_lead, language=language).get(PAGE)

    assert (page.status_code, str(agency_lead.agency) in page.content.decode()) == (200, True)


def test_what_was_brought_counts_once_it_is_submitted_and_with_what_was_accepted(table, originator, response):
    cast.a_draft(table, by=originator)
    cast.a_submitted(table, by=originator)

    assert counts(originator, table, "brought", "accepted", "led") == [2, 1, 0]


def test_responses_count_for_those_who_lead_and_assist(table, lead, assisting, originator, response):
    assert [counts(each, table, "led", "assisted") for each in (lead, assisting, originator)] == [[1, 0], [0, 1], [0, 0]]


def test_a_first_contact_is_counted_once_it_is_made_or_its_time_has_passed(table, lead, response, later):
    year = this_year(table)  # in which the table decided
    before = counts(lead, table, "in_time", "clocks", year=year)
    with later(hours=49):
        late = counts(lead, table, "in_time", "clocks", year=year)
    with later(hours=1):
        responses.record_contact(response, result="contact_result:CON-01", agency=lead.agency, by=lead)
        made = counts(lead, table, "in_time", "clocks", year=year)

    assert (before, late, made) == ([0, 0], [0, 1], [1, 1])


def test_a_meeting_counts_once_it_is_closed_and_whoever_came_was_the_agency(table, lead, stranger, chair, meeting):
    during = counts(lead, table, "attended", "met")
    meetings.close_meeting(meeting, by=chair)

    assert (during, counts(lead, table, "attended", "met"), counts(stranger, table, "attended", "met")) == ([0, 0], [1, 1], [0, 1])


def test_what_was_not_brought_forward_stands_by_month_and_reason(client_of, table, originator):
    for reason in ("", "alone", "alone"):
        lifecycle.count_not_brought(table, agency=originator.agency, by=originator, reason=reason)

    page = client_of(lead_of(originator, table)).get(PAGE)

    assert page.context["not_brought"].reasons == [("Our agency can act alone", 2), ("No reason noted", 1)]
    assert [count for _month, count in page.context["not_brought"].months] == [3]


def test_what_the_lead_stepped_out_of_is_in_no_count(table, lead, originator, response):
    for member in (lead, originator):
        lifecycle.recuse(response.situation, member=member, by=member)

    assert (counts(lead, table, "led"), counts(originator, table, "brought", "accepted")) == ([0], [0, 0])


def test_another_agencys_or_tables_activity_is_in_no_count(table, sealed_table, stranger, originator, response):
    assert counts(stranger, table, "brought", "led", "assisted", "steps", "reports") == [0] * 5
    assert counts(originator, sealed_table, "brought", "accepted") == [0, 0]


def test_the_page_says_the_year_in_a_sentence_with_its_denominator(client_of, table, lead, response, later):
    member, year = lead_of(lead, table), this_year(table)
    with later(hours=49):
        page = client_of(member).get(PAGE, {"year": year})

    assert page.context["finding"] == ("No situation brought. First contact within 48 hours in 0 of the 1 response that your agency led.")
    assert page.context["owed"].words == "1 thing is owed now. The time of 1 has passed."


def test_a_year_before_the_first_seat_is_this_year(client_of, table, agency_lead):
    page = client_of(agency_lead).get(PAGE, {"year": "1999"})

    assert page.context["year"] == this_year(table)


def test_the_lead_finds_it_from_the_first_page_and_beside_the_own_people(client_of, agency_lead):
    client = client_of(agency_lead)

    assert [PAGE in client.get(reverse(name)).content.decode() for name in ("start", "agencies:people")] == [True, True]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client_of, table, originator, rows, django_assert_num_queries):
    for _each in range(rows):
        cast.a_submitted(table, by=originator)
    client = client_of(lead_of(originator, table))
    client.get(PAGE)

    with django_assert_num_queries(15):
        client.get(PAGE)
