"""Help: every page leads to a part of it, guides fit every role, and the accessibility statement names whom to tell."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from cms_table.guides import GUIDES
from cms_table.helping import SECTION_OF, SECTIONS
from practice.proof.crawl import addresses

TEMPLATES = Path(__file__).parent.parent / "templates"


def test_every_page_has_its_part_of_the_help_and_no_part_explains_what_is_not_there():
    assert {name for name, _wanted in addresses()} - set(SECTION_OF) == set()
    assert set(SECTION_OF) - {name for name, _wanted in addresses()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "part"),
    [("start", "first-page"), ("situations:open", "bring"), ("meetings:list", "meetings"), ("agencies:profile", "profile")],
)
def test_the_foot_of_a_page_leads_to_its_part_of_the_help(client_of, originator, page, part):
    foot = client_of(originator).get(reverse(page)).content.decode().split("<footer")[1]

    assert re.findall(r'<li><a href="([^"]+)"', foot)[0] == f"/help/#{part}"


@pytest.mark.django_db
def test_the_help_page_holds_each_part_once(client):
    page = client.get(reverse("help")).content.decode()

    assert re.findall(r'<h2 id="([\w-]+)"', page) == [*SECTIONS, "stuck"]
    assert {path.stem for path in (TEMPLATES / "pages" / "help").iterdir()} == set(SECTIONS)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["help", "privacy"])
def test_help_asks_the_database_no_more_than_a_page_of_words(client, page, django_assert_num_queries):
    with django_assert_num_queries(7):  # the transaction's frame, and what time it is at a practice table
        client.get(reverse(page))


@pytest.mark.django_db
@pytest.mark.parametrize("role", GUIDES)
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_each_role_has_a_page_to_print_also_before_signing_in(client, role, language):
    client.cookies["language"] = language

    assert client.get(reverse("guide", args=[role])).status_code == 200


@pytest.mark.django_db
def test_a_role_that_is_none_has_no_page(client):
    assert client.get("/help/guide/mayor/").status_code == 404


@pytest.mark.django_db
def test_the_accessibility_statement_names_the_coordinators_to_members_only(client, client_of, originator, coordinator):
    address = reverse("accessibility")

    assert str(coordinator) in client_of(originator).get(address).content.decode()
    assert str(coordinator) not in client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["help", "accessibility"])
def test_the_pages_render_in_french(client_of, originator, page):
    assert client_of(originator, language="fr-ca").get(reverse(page)).status_code == 200
