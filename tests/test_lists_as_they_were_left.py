"""Every list is found again as its reader left it, says what it does not show, how many there are, and offers all."""

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import AgreementKind
from responses import lifecycle as responses
from tests import cast

# Each list, who reads it, what narrows it, and what is never kept of it.
LISTS = [
    ("situations:list", "coordinator", {"stage": "responding", "sort": "-name"}, {"page": "1"}),
    ("agencies:directory", "in_the_room", {"role": "chair", "per_page": "50"}, {"words": "ann", "page": "1"}),
    ("agencies:people", "coordinator", {"state": "joined", "sort": "-agency"}, {"words": "ann"}),
    ("agencies:agencies", "coordinator", {"seat": "seated", "sort": "people"}, {"words": "heron"}),
    ("agencies:ledger", "coordinator", {"act": "role_given", "per_page": "100"}, {"day": "2026-01-01"}),
    ("responses:overdue", "coordinator", {"kind": "step", "sort": "lead"}, {"page": "2"}),
    ("meetings:list", "in_the_room", {"kind": "emergency", "per_page": "50"}, {"past": "2"}),
    ("reports:list", "steering", {"sort": "status"}, {"page": "2"}),
]


@pytest.mark.parametrize(("name", "part", "kept", "let_go"), LISTS, ids=[each[0] for each in LISTS])
def test_a_list_is_found_as_it_was_left_but_for_what_was_typed(client_of, response, name, part, kept, let_go):
    client, address = client_of(cast.the(part)), reverse(name)
    client.get(address, kept | let_go)

    back = client.get(address)

    assert (back.status_code, back.url) == (302, f"{address}?" + "&".join(f"{key}={value}" for key, value in kept.items()))


@pytest.mark.parametrize(("name", "part", "kept", "let_go"), LISTS, ids=[each[0] for each in LISTS])
def test_all_of_it_is_shown_again_and_stays(client_of, response, name, part, kept, let_go):
    client, address = client_of(cast.the(part)), reverse(name)
    client.get(address, kept)

    client.get(address, {"show": "all"})

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
@pytest.mark.parametrize(("name", "part", "kept", "let_go"), LISTS[:-1], ids=[each[0] for each in LISTS[:-1]])
def test_a_narrowed_list_says_so_and_offers_all(client_of, response, name, part, kept, let_go, language):
    page = client_of(cast.the(part), language=language).get(reverse(name), kept).content.decode()

    assert ('<p class="narrowed">' in page, '<a class="btn btn-link" href="?' in page) == (True, True)


def test_showing_all_keeps_the_order_and_the_number_of_rows(client_of, coordinator):
    page = client_of(coordinator).get(reverse("agencies:people"), {"state": "joined", "sort": "-agency", "per_page": "50"})

    assert 'href="?sort=-agency&amp;per_page=50">Show all</a>' in page.content.decode()


def test_what_makes_no_sense_is_not_said_to_narrow(client_of, coordinator):
    page = client_of(coordinator).get(reverse("agencies:people"), {"state": "asleep"}).content.decode()

    assert '<p class="narrowed">' not in page


def test_a_list_of_one_table_says_nothing_of_how_another_tables_was_left(client_of, sealed_table, coordinator):
    client = client_of(coordinator)
    client.get(reverse("agencies:people"), {"state": "ended"})

    session = client.session
    session["table"] = str(sealed_table.pk)
    session.save()

    assert client.get(reverse("agencies:people")).status_code == 200


def test_a_narrowed_list_in_which_nothing_stands_asks_to_ask_for_less(client_of, coordinator):
    page = client_of(coordinator).get(reverse("agencies:people"), {"state": "ended"}).content.decode()

    assert "Nothing fits what you asked for. Ask for less, or show all." in page


def test_people_are_narrowed_to_those_who_have_not_come_yet(client_of, table, coordinator, agency_lead):
    rows = client_of(coordinator).get(reverse("agencies:people"), {"state": "invited"}).context["table"].rows

    assert [row.record["state"] for row in rows] == ["invited"] * len(rows)


def test_signatures_are_narrowed_to_those_that_are_missing(client_of, table, coordinator):
    texts = {"text_en": "What is heard here stays here.", "text_fr": "Ce qui est dit ici reste ici.", "valid_months": 12}
    agreement = lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, **texts, by=coordinator)
    lifecycle.sign_agreement(agreement, by=coordinator)
    client = client_of(coordinator)

    found = {
        state: {
            row.record["state"]
            for row in client.get(reverse("agencies:signatures", args=[agreement.pk]), {"state": state}).context["table"].rows
        }
        for state in ("signed", "missing")
    }

    assert found == {"signed": {"signed"}, "missing": {"missing"}}


def test_a_list_says_how_many_there_are(client_of, table, originator):
    for _each in range(3):
        responses.raise_issue(table, issue_type="systemic_issue_type:SYS-01", line="", agency=originator.agency, by=originator)

    page = client_of(originator).get(reverse("responses:issues"), {"view": "list"}).content.decode()

    assert "3 in all" in page


@pytest.mark.parametrize("name", ["agencies:people", "agencies:directory", "agencies:agencies"])
def test_words_that_are_searched_for_stand_in_no_address(client_of, coordinator, name):
    client, address = client_of(coordinator), reverse(name)

    found = client.post(address, {"words": "in_the_room larch", "sort": "-name", "form_token": str(uuid.uuid4())})

    assert (found.status_code, "larch" in found.url.lower(), "sort=-name" in found.url) == (302, False, True)
    assert "in_the_room larch" in client.get(found.url).content.decode()


def test_words_are_found_again_by_order_and_page_and_let_go_with_the_mark(client_of, coordinator):
    client, address = client_of(coordinator), reverse("agencies:people")
    mark = parse_qs(urlsplit(client.post(address, {"words": "steering"}).url).query)["words"][0]

    found = [
        len(client.get(address, asked).context["table"].rows)
        for asked in ({"words": mark, "sort": "-name"}, {"words": "steering"}, {"show": "all"})
    ]

    assert (found[0], found[1] > 5, found[1]) == (1, True, found[2])
