"""The visibility matrix, cell by cell, through every address: what a member finds anywhere is what the matrix gives.

The file is read here, and asked through the doors; the relations in which each of the cast stands are a literal.
"""

import os
from pathlib import Path

import pytest
import yaml
from django.core import mail
from django.urls import reverse

from cms_table.mail import send_waiting
from tests import canaries, cast
from tests.crawl import visit

pytestmark = pytest.mark.django_db
POLICY = yaml.safe_load((Path(__file__).parent.parent / "situations" / "visibility.yaml").read_text())
HEARD = ["presented", "rejected", "withdrawn", "identifying", "ended_early", "responding", "concluded"]  # an item can be open
ACTING = ["responding", "concluded", "purged"]
AFTER_ACCEPTANCE = ["identifying", "ended_early", "responding", "concluded"]
# at which stages a datum has been written at all
WRITTEN = {
    "number_stage_dates": [stage for stage in canaries.STAGES if stage not in ("draft", "submitted")],
    "filter1_worksheet": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "aer_criteria": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "profile_and_factors": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "why_now": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn", "ended_early", "purged")],
    "consent_and_ground": canaries.STAGES,
    "positions": ["presented", *AFTER_ACCEPTANCE, "purged"],
    "decision": ["rejected", "withdrawn"],
    "involvement": [*AFTER_ACCEPTANCE, "purged"],
    "steps": ["responding", "concluded"],
    "contacts_and_clock": ACTING,
    "services_mobilised": ACTING,
    "report_backs": ACTING,
    "conclusion": ["ended_early", "concluded", "purged"],
    "follow_up": ["concluded", "purged"],
    "systemic_issues": canaries.STAGES,
}


def relations_of(part, stage, *, is_room_open) -> set[str]:
    """How one of the cast stands to the situation: what the table did in ``canaries.town_at``, written out."""
    by_role = {"chair": {"CH"}, "recorder": {"CO"}, "coordinator": {"CO"}, "steering": {"SC"}, "administrator": {"AD"}}
    relations = set(by_role.get(part, set()))
    if part == "originator":
        relations.add("OR")
    if part in ("lead", "assisting") and stage in ACTING:
        relations.add("EN")
    if is_room_open and part in ("originator", "in_the_room", "lead", "assisting"):
        relations.add("IR")
    if is_room_open and part == "observer" and stage in ("presented", "rejected", "withdrawn"):
        relations.add("IR")
    return relations


def letter(datum, stage, relations) -> str:
    row = POLICY["data"][datum].get(stage) or POLICY["data"][datum].get("always") or "- - - - - - - - -"
    given = dict(zip(POLICY["relations"], row.split(), strict=True))
    return max((given[relation] for relation in relations), key="-L#ORW".index, default="-")


def may_find(part, stage, *, is_room_open, is_sealed=False) -> set[str]:
    """The canaries that the matrix lets this member find, anywhere in the house, without a reveal."""
    relations = relations_of(part, stage, is_room_open=is_room_open)
    found = set()
    if is_sealed and stage in ("responding", "concluded") and letter("plan_text", stage, relations) in "RW":
        found.add(canaries.UNDER_SEAL["plan_text"])
    for datum, stages in WRITTEN.items():
        if datum == "systemic_issues" or stage not in stages:
            continue
        given = letter(datum, stage, relations)
        if datum == "number_stage_dates":
            found |= {f"{canaries.PREFIX}-"} if given in "RW" else set()
        elif datum in canaries.SAID_BY:
            speakers = canaries.SPEAKERS if given in "RW" else [part] if given == "O" and part in canaries.SPEAKERS else []
            found |= {f"zq-{datum}-{speaker}-" for speaker in speakers}
        elif given in "RW":
            found.add(canaries.canary(datum))
    if part == "originator" and letter("discussed_before", stage, {"OR"}) == "W":
        found.add(canaries.EARLIER)  # its writer alone
    if part not in ("administrator", "observer"):
        found.add(canaries.WORDS["systemic_issues"])  # seated agencies, chair, coordinator, steering, privacy officer
    return found


def also_given(part, stage, address) -> set[str]:
    """What one address may hold beyond the situation's own cells: numbers in the minutes, and a writer's own earlier number."""
    given = set()
    if address.startswith("meetings:minutes") and part not in ("administrator", "observer", "steering"):
        given.add(f"{canaries.PREFIX}-")  # the row ``minutes``: numbers, decisions, tallies; members of seated agencies
    if part == "originator" and letter("discussed_before", stage, {"OR"}) == "R":
        given.add(canaries.EARLIER)
    return given


# These stand as another of the cast does; `make exhaustive` asks them too.
TWINS = set() if os.environ.get("EXHAUSTIVE") else {"colleague", "recorder", "assisting"}
ASKED = [part for part in cast.PARTS if part not in TWINS]
WHOLE = ("draft", "identifying", "concluded")  # at these the ground floor is opened too
VARIANTS = [(stage, False) for stage in canaries.STAGES] + [(stage, True) for stage in HEARD]


# Where names are written under seal only these differ: from Filter 3 on, and what is left at the end.
SEALED = [("identifying", True), ("responding", True), ("concluded", False)]
HOUSES = [(cast.TABLE, *variant) for variant in VARIANTS] + [(cast.SEALED_TABLE, *variant) for variant in SEALED]


def named(variant) -> str:
    at, stage, is_room_open = variant
    return f"{'sealed-' if at == cast.SEALED_TABLE else ''}{stage}{'-room' if is_room_open else ''}"


@pytest.mark.parametrize(("at", "stage", "is_room_open"), HOUSES, ids=map(named, HOUSES))
def test_each_member_finds_what_the_matrix_gives_and_nothing_else(client_of, at, stage, is_room_open):
    town, is_sealed = canaries.town_at(stage, is_room_open=is_room_open, at=at), at == cast.SEALED_TABLE

    wrong = {}
    for part in ASKED:
        client = client_of(cast.the(part), language="fr-ca" if is_room_open else "en-ca", at=town.table)
        where = visit(client, town, is_whole=stage in WHOLE and not is_sealed)
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
