"""The visibility matrix, cell by cell, through every address: what a member finds anywhere is what the matrix gives.

The file is asked through the doors; who of the cast stands how to the situation is a literal, here and in ``practice/proof/matrix.py``.
"""

import os

import pytest
from django.core import mail
from django.urls import reverse

from cms_table.mail import send_waiting
from practice.proof.crawl import visit
from practice.proof.matrix import HEARD, also_given, letter, may_find, relations_of
from tests import canaries, cast

pytestmark = pytest.mark.django_db
IS_EXHAUSTIVE = bool(os.environ.get("EXHAUSTIVE"))
TWINS = {"colleague", "recorder", "assisting"}  # these stand as another of the cast does
SEES_THE_ROOM = {"chair", "recused"}  # they stand the same whether an item is open or not, but what is before them changes
WHOLE = canaries.STAGES if IS_EXHAUSTIVE else ("concluded",)  # at these the ground floor is opened too
VARIANTS = [(stage, False) for stage in canaries.STAGES] + [(stage, True) for stage in HEARD]


# Where names are written under seal only these differ, from Filter 3 on and in what is left at the end: who may read them, and who
# has the most reason to look.
UNDER_SEAL = {"originator", "in_the_room", "lead", "chair", "coordinator", "administrator", "recused", "stranger"}
SEALED = [("identifying", True), ("responding", True), ("concluded", False)]
HOUSES = [(cast.TABLE, *variant) for variant in VARIANTS] + [(cast.SEALED_TABLE, *variant) for variant in SEALED]


def named(variant) -> str:
    at, stage, is_room_open = variant
    return f"{'sealed-' if at == cast.SEALED_TABLE else ''}{stage}{'-room' if is_room_open else ''}"


NO_RELATION = {part: set() for part in ("colleague", "agency_lead", "recused", "stranger")}
BY_ROLE = {
    "chair": {"CH"},
    "recorder": {"CO"},
    "coordinator": {"CO"},
    "steering": {"SC"},
    "administrator": {"AD"},
    "privacy_officer": {"PO"},
}
ALWAYS = NO_RELATION | BY_ROLE


@pytest.mark.parametrize(
    ("stage", "is_room_open", "stand"),
    [
        ("draft", False, {"originator": {"OR"}, "in_the_room": set(), "lead": set(), "assisting": set(), "observer": set()}),
        ("presented", True, {"originator": {"OR", "IR"}, "in_the_room": {"IR"}, "lead": {"IR"}, "assisting": {"IR"}, "observer": {"IR"}}),
        ("identifying", True, {"originator": {"OR", "IR"}, "in_the_room": {"IR"}, "lead": {"IR"}, "assisting": {"IR"}, "observer": set()}),
        ("responding", False, {"originator": {"OR"}, "in_the_room": set(), "lead": {"EN"}, "assisting": {"EN"}, "observer": set()}),
    ],
)
def test_the_cast_stands_to_the_situation_as_the_table_did(stage, is_room_open, stand):
    assert {part: relations_of(part, stage, is_room_open=is_room_open) for part in cast.PARTS} == ALWAYS | stand


def asked(stage, *, is_room_open, at) -> list[str]:
    """Who opens everything: in short nobody twice who stands the same twice; ``make exhaustive`` asks everyone everywhere."""
    parts = [part for part in cast.PARTS if IS_EXHAUSTIVE or part not in TWINS]
    if at == cast.SEALED_TABLE and not IS_EXHAUSTIVE:
        return [part for part in parts if part in UNDER_SEAL]
    if IS_EXHAUSTIVE or not is_room_open:
        return parts
    in_the_room, otherwise = ({part: relations_of(part, stage, is_room_open=is_open) for part in parts} for is_open in (True, False))
    return [part for part in parts if in_the_room[part] != otherwise[part] or part in SEES_THE_ROOM]


def test_in_short_everyone_is_asked_once_at_each_stage_and_again_where_the_room_makes_a_difference():
    everyone = {part for part in cast.PARTS if IS_EXHAUSTIVE or part not in TWINS}

    assert {frozenset(asked(stage, is_room_open=False, at=cast.TABLE)) for stage in canaries.STAGES} == {frozenset(everyone)}
    assert {"originator", "in_the_room", "lead", "chair", "recused"} <= set(asked("identifying", is_room_open=True, at=cast.TABLE))


@pytest.mark.parametrize(("at", "stage", "is_room_open"), HOUSES, ids=map(named, HOUSES))
def test_each_member_finds_what_the_matrix_gives_and_nothing_else(client_of, at, stage, is_room_open):
    town, is_sealed = canaries.town_at(stage, is_room_open=is_room_open, at=at), at == cast.SEALED_TABLE

    wrong, only_posted = {}, set()
    for part in asked(stage, is_room_open=is_room_open, at=at):
        client = client_of(cast.the(part), language="fr-ca" if is_room_open else "en-ca", at=town.table)
        where = visit(client, town, is_whole=stage in WHOLE and not is_sealed, only_posted=None if IS_EXHAUSTIVE else only_posted)
        may = may_find(part, stage, is_room_open=is_room_open, is_sealed=is_sealed)
        where = {address: hits - also_given(part, stage, address) for address, hits in where.items()}
        found = set().union(*where.values())
        if found - may:
            wrong[f"{part} found"] = {address: sorted(hits - may) for address, hits in where.items() if hits - may}
        if may - found:
            wrong[f"{part} did not find"] = sorted(may - found)

    assert wrong == {}


SEALED_EVERYWHERE = [(stage, False) for stage in canaries.STAGES] + [(stage, True) for stage in HEARD]


@pytest.mark.parametrize(("stage", "is_room_open"), SEALED_EVERYWHERE)
def test_a_reveal_gives_who_it_is_to_those_whom_the_matrix_names_and_to_nobody_else(client_of, stage, is_room_open):
    town = canaries.town_at(stage, is_room_open=is_room_open, at=cast.SEALED_TABLE)
    address = reverse("meetings:reveal", args=[town.situation.pk])

    given = {
        part for part in cast.PARTS if canaries.UNDER_SEAL["identifiers"] in said_by(client_of(cast.the(part), at=town.table), address)
    }

    relations = {part: relations_of(part, stage, is_room_open=is_room_open) for part in cast.PARTS}
    assert given == {part for part, those in relations.items() if letter("identifiers", stage, those) in "RW"}


def said_by(client, address) -> str:
    answer = client.post(address)
    return answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize("stage", canaries.STAGES)
def test_mail_holds_no_datum_of_the_matrix(stage, later):
    canaries.town_at(stage, is_room_open=False)

    with later(hours=47):
        from cms_table.timers import remind

        remind()
        send_waiting(limit=1000)

    said = "".join(message.subject + message.body for message in mail.outbox)
    assert [word for word in ("zq-", canaries.PREFIX, canaries.EARLIER, *cast.AGENCIES) if word in said] == []
