"""What one chose lately is offered again, to oneself alone; what is frequent is known from what others published."""

import re

import pytest
from django.urls import reverse

from situations import lifecycle
from situations.forms import frequent
from tests import cast


def bring(table, *, by, factors):
    draft = lifecycle.open_situation(table, agency=by.agency, by=by)
    return lifecycle.save_answers(draft, by=by, risk_factors=factors)


def offered_again(client, situation, step=2):
    page = client.get(reverse("situations:intake", args=[situation.pk, step])).content.decode()
    part = re.search(r"data-lately.*?</ul>", page, re.S)
    return re.findall(r'data-key="([^"]+)"', part[0]) if part else []


@pytest.fixture
def fresh(table, in_the_room):
    return lifecycle.open_situation(table, agency=in_the_room.agency, by=in_the_room)


def test_what_one_chose_in_ones_other_drafts_is_offered_the_newest_first(client_of, table, in_the_room, fresh):
    bring(table, by=in_the_room, factors=["risk_factor:HOU-01", "risk_factor:ALC-01"])
    bring(table, by=in_the_room, factors=["risk_factor:GAM-01", "risk_factor:HOU-01"])

    offered = offered_again(client_of(in_the_room), fresh)

    assert offered == ["risk_factor:GAM-01", "risk_factor:HOU-01", "risk_factor:ALC-01"]


def test_what_is_chosen_here_already_is_not_offered(client_of, table, in_the_room, fresh):
    bring(table, by=in_the_room, factors=["risk_factor:HOU-01", "risk_factor:ALC-01"])
    lifecycle.save_answers(fresh, by=in_the_room, risk_factors=["risk_factor:HOU-01"])

    assert offered_again(client_of(in_the_room), fresh) == ["risk_factor:ALC-01"]


def test_what_a_colleague_or_another_agency_chose_is_not_offered(client_of, table, in_the_room, colleague, originator, fresh):
    bring(table, by=colleague, factors=["risk_factor:GAM-01"])
    bring(table, by=originator, factors=["risk_factor:ALC-01"])

    assert offered_again(client_of(in_the_room), fresh) == []


def test_what_is_forgotten_is_not_offered(client_of, table, originator):
    draft = cast.a_draft(table, by=originator)
    fresh = lifecycle.open_situation(table, agency=originator.agency, by=originator)
    known = offered_again(client_of(originator), fresh)

    lifecycle.discard(draft, by=originator)

    assert (len(known) > 0, offered_again(client_of(originator), fresh)) == (True, [])


def test_another_list_is_offered_its_own(client_of, table, in_the_room, fresh):
    draft = bring(table, by=in_the_room, factors=["risk_factor:HOU-01"])
    lifecycle.save_answers(draft, by=in_the_room, protective_factors=["protective_factor:PF-SOC-01"])

    assert offered_again(client_of(in_the_room), fresh, step=3) == ["protective_factor:PF-SOC-01"]


def test_frequent_categories_stand_first_in_the_order_of_the_published_shares(client_of, in_the_room, fresh):
    page = client_of(in_the_room).get(reverse("situations:intake", args=[fresh.pk, 2])).content.decode()

    shelf = page.split("data-frequent")[1].split("<h3>")[1]
    assert re.findall(r'role="group" aria-label="([^"]+)"', shelf) == [
        "Mental Health",
        "Criminal Involvement",
        "Drugs",
        "Alcohol",
        "Housing",
        "Antisocial/Negative Behaviour",
        "Negative Peers",
    ]


def test_the_published_shares_name_categories_that_there_are(table):
    assert frequent.CATEGORIES == ("MEN", "CRI", "DRG", "ALC", "HOU", "ANB", "PEE")
