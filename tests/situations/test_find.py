"""A situation is found by its number, however it is typed; and what is not there for a member does not exist."""

import pytest
from django.urls import reverse

from agencies import clock
from agencies.models import LedgerEntry
from meetings import lifecycle as meetings
from situations import lifecycle
from situations.models import NumberCounter, Situation
from situations.numbers import Number, number_in
from tests import cast

FIND = reverse("situations:find")


def find(client, typed):
    return client.post(FIND, {"number": typed})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-031", (2026, 31)),
        ("2026 31", (2026, 31)),
        ("2026–031", (2026, 31)),
        ("2026/31", (2026, 31)),
        (" RMT-2026-031. ", (2026, 31)),
        ("no. 2026-31", (2026, 31)),
        ("26-31", (2026, 31)),
        ("2026031", (2026, 31)),
        ("31", (None, 31)),
        ("#031", (None, 31)),
        ("2026", (None, 2026)),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed, number):
    assert number_in(typed) == Number(year=number[0], sequence=number[1])


@pytest.mark.parametrize("typed", ["", "Heron", "-", "2026-9999999", "12-3-31", "206-31", "²", "99999999999"])
def test_what_holds_no_number_is_none(typed):
    assert number_in(typed) is None


@pytest.mark.parametrize("part", ["originator", "lead", "assisting", "chair", "recorder", "coordinator"])
@pytest.mark.parametrize("typed", ["{}-001", "{} 1", "1", "001"])
def test_whoever_may_know_of_it_is_led_to_it(client_of, response, part, typed):
    page = find(client_of(cast.the(part)), typed.format(clock.now().year))

    assert (page.status_code, page.url) == (302, reverse("situation", args=[response.situation_id]))


def test_a_number_that_is_not_theirs_reads_like_one_that_does_not_exist(client_of, stranger, response):
    client = client_of(stranger)
    year = clock.now().year

    said = [find(client, number).context["form"].errors["number"] for number in (f"{year}-001", f"{year}-555", "1", "555")]

    assert said == [["There is no situation with this number that you may know of. Check the number, or look in the list."]] * 4


def test_whoever_stepped_out_does_not_find_it(client_of, response, chair):
    lifecycle.recuse(response.situation, member=chair, by=chair)

    assert find(client_of(chair), "1").status_code == 200


def test_another_tables_number_is_not_found_here(client_of, sealed_table, response, originator):
    assert find(client_of(originator, at=sealed_table), "1").status_code == 200


def test_what_was_typed_stays_in_its_field_and_what_is_wrong_says_what_to_type(client_of, chair):
    page = find(client_of(chair), "Heron")

    assert 'value="Heron"' in page.content.decode()
    assert page.context["form"].errors["number"] == [
        "Type a number such as 2026-031: the year, then its place in the year. Or the second part alone."
    ]


def test_of_several_years_this_years_is_opened_and_otherwise_they_are_offered(
    client_of, table, chair, originator, meeting, later, response
):
    year = clock.now().year
    meetings.close_meeting(meeting, by=chair)
    with later(days=366):
        again = cast.an_open_meeting(table, by=chair)
        item = cast.the_item_of(cast.a_submitted(table, by=originator), again, by=chair)
        this_years = find(client_of(chair), "1")
    with later(days=800):
        offered = find(client_of(chair), "1")

    assert this_years.url == reverse("situation", args=[item.situation_id])
    assert [row.record.name for row in offered.context["table"].rows] == [f"{year + 1}-001", f"{year}-001"]


@pytest.mark.parametrize("part", ["steering", "administrator", "privacy_officer", "observer"])
def test_who_has_no_list_of_situations_finds_none(client_of, part):
    assert client_of(cast.the(part)).get(FIND).status_code == 403


def test_neither_address_nor_record_holds_the_number(client_of, table, chair, response):
    page = find(client_of(chair), "2031-077")

    assert "2031" not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]
    entries = LedgerEntry.objects.filter(by_id=chair.pk)
    assert [entry for entry in entries if "2031-077" in str(vars(entry)) or "2031" in str(entry.codes)] == []  # a random key can hold 2031


def test_finding_never_counts_a_number_up(client_of, table, chair, response):
    before = list(NumberCounter.objects.values_list("year", "last"))

    find(client_of(chair), "2031-077")

    assert list(NumberCounter.objects.values_list("year", "last")) == before


@pytest.mark.parametrize("name", ["start", "situations:list"])
@pytest.mark.parametrize("part", ["originator", "coordinator", "chair"])
def test_the_field_stands_on_the_first_page_and_on_the_list(client_of, part, name):
    page = client_of(cast.the(part)).get(reverse(name), follow=True).content.decode()

    assert f'action="{FIND}"' in page


def test_it_speaks_french(client_of, chair):
    assert find(client_of(chair, language="fr-ca"), "1").status_code == 200


def test_it_costs_few_questions(client_of, chair, response, django_assert_num_queries):
    client = client_of(chair)
    find(client, "1")

    with django_assert_num_queries(24):  # of which the counter that all servers share asks about half
        find(client, "1")


@pytest.mark.django_db
def test_the_year_nought_is_no_year_and_finds_nothing(submitted):
    found = [Situation.objects.numbered(Number(year=year, sequence=submitted.sequence)).count() for year in (None, 0)]

    assert found == [1, 0]
