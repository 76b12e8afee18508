"""An administrator proves a practice copy's settings: every page is opened as everyone, and nothing of it stays."""

import pytest
from django.apps import apps
from django.db import connection

from agencies import lifecycle as agencies
from agencies.enums import Role
from practice.proof import run, stands
from tests import cast
from tests.owner import connected_as

pytestmark = pytest.mark.django_db


def cells(report, part):
    """What was found of each datum by one of those asked: how much, and whether that is as decided."""
    (stage,) = report["stages"]
    place = [who["part"] for who in stage["who"]].index(part)
    return {datum: (row[place][2], row[place][3]) for datum, row in stage["rows"].items()}


def test_a_house_without_a_fault_is_as_decided(table):
    report = run.prove(table, stages=["presented"], who=["originator_at_desk", "in_the_room", "stranger", "nobody"])

    assert (report["is_as_decided"], report["wrong"]) == (True, [])
    assert cells(report, "originator_at_desk")["profile_and_factors"] == ("all", True)
    assert cells(report, "in_the_room")["positions"] == ("some", True)
    assert {found for found, _ in cells(report, "nobody").values()} == {"none"}


def test_a_planted_leak_is_red_with_its_address_and_who(table, settings):
    settings.ROOT_URLCONF = "tests.leaky_urls"

    report = run.prove(table, stages=["presented"], who=["stranger"])

    assert {(wrong["who"], wrong["datum"], wrong["what"], *wrong["addresses"]) for wrong in report["wrong"]} == {
        ("stranger", "profile_and_factors", "found", "leak_comment 200", "leak_header 200"),
        ("stranger", "number_stage_dates", "found", "leak_export 200", "leak_title 200"),
        ("stranger", "discussed_before", "found", "leak_cookie 200"),
    }
    assert cells(report, "stranger")["profile_and_factors"] == ("all", False)


def test_a_page_that_breaks_is_red(table, settings):
    settings.ROOT_URLCONF = "tests.breaking_urls"

    report = run.prove(table, stages=["draft"], who=["stranger"])

    assert {(wrong["what"], *wrong["addresses"]) for wrong in report["wrong"]} == {
        ("broken", "breaks_misread 500"),
        ("broken", "breaks_twice 500"),
        ("broken", "breaks_unreachable 503"),
    }


def test_who_holds_two_roles_finds_what_either_of_them_gives(table, chair):
    agencies.appoint(chair, table=table, role=Role.STEERING, by="tests")
    agencies.invite(
        email="two@table.example",
        full_name="Two",
        agency=cast.the("stranger").agency,
        roles=[Role.REPRESENTATIVE, Role.CHAIR],
        table=table,
        by="tests",
    )

    people = run.people_for(stands.combinations(table))
    two = [
        next(part for part, (_, those) in people.items() if those == roles)
        for roles in ([Role.CHAIR, Role.STEERING], [Role.REPRESENTATIVE, Role.CHAIR])
    ]

    report = run.prove(table, stages=["draft"], who=two)

    assert [who["relations"] for who in report["stages"][0]["who"]] == [["CH", "SC"], ["OR", "CH"]]
    assert [cells(report, part)["filter1_worksheet"] for part in two] == [("none", True), ("all", True)]


def test_under_seal_names_are_revealed_and_asked_of_the_database_too(sealed_table):
    report = run.prove(sealed_table, stages=["responding"], who=["lead_at_desk", "chair"])

    assert report["wrong"] == []
    lead, chair = cells(report, "lead_at_desk"), cells(report, "chair")
    assert (lead["identifiers"], lead["plan_text"], lead["database_words"]) == (("all", True), ("all", True), ("all", True))
    assert (chair["identifiers"], chair["plan_text"], chair["database_row"]) == (("none", True), ("none", True), ("all", True))


def rows():
    models = [model for app in ("agencies", "situations", "meetings", "responses") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model.objects.count() for model in models if model._meta.managed}


def test_nothing_of_it_stays(table):
    before = rows()

    run.prove(table, stages=["draft"], who=["chair"])

    assert rows() == before


def test_whoever_works_meanwhile_does_not_wait(table, settings):
    """While a stage is played, another connection changes what a page would: the table, its numbers, the clock, a person."""
    statements = [
        "UPDATE agencies_situationtable SET place = 'Hall'",
        "UPDATE agencies_practiceclock SET seconds = 60",
        "UPDATE agencies_member SET telephone = '1'",
        "UPDATE situations_numbercounter SET last = last + 1",
        "UPDATE agencies_cache SET value = ''",
    ]
    proof = run.StageProof("responding", table, run.people_for([]), who=["chair"])
    with run._taken_back(), run.cast.known_at(run.DOMAIN):
        proof.play()
        with connected_as("default") as other, other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            for statement in statements:
                cursor.execute(statement)
            other.rollback()
        other.close()

    assert proof.wrong == []


def test_the_mark_of_what_it_stood_on_changes_with_settings_and_roles(table, chair):
    first = stands.digest(table)
    agencies.appoint(chair, table=table, role=Role.STEERING, by="tests")
    with_a_role = stands.digest(table)
    changed = agencies.change_table(table, retention_days=20, by="tests")

    assert len({first, with_a_role, stands.digest(changed)}) == 3


def test_a_moved_practice_clock_changes_nothing_of_the_proof(table):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_practiceclock SET seconds = 5000000")

    assert run.prove(table, stages=["identifying"], who=["in_the_room"])["wrong"] == []
