"""What each may know of a response, datum by datum."""

from datetime import timedelta

import pytest

from agencies import clock
from responses import lifecycle
from responses.clock import Clock
from responses.disclosure import MAKERS, chip, disclose_response, due_chip
from responses.models import Response
from situations.disclosure import disclose
from situations.models import Situation
from situations.withheld import Exists, Withheld
from tests import cast

HOUR = timedelta(hours=1)


def known_of(response, part):
    """What the member of this part may know: each datum as R (a value), # (that it exists) or - (withheld)."""
    member = cast.the(part)
    row = Situation.objects.visible_to(member).select_related("table", "originating_agency").get(pk=response.situation_id)
    fetched = Response.objects.select_related("situation__table").get(pk=response.pk)
    told = disclose_response(fetched, disclose(row, to=member, words=False), to=member)
    letters = {Exists: "#", Withheld: "-"}
    return {datum: letters.get(type(getattr(told, datum)), "R") for datum in MAKERS}, told


# Of the matrix, at the stage of responding.
RESPONDING = {
    "lead": "R R R R R R -",
    "assisting": "R R R R R R -",
    "originator": "R # - - R - -",
    "chair": "R R # R R R -",
    "coordinator": "R R # R R R -",
}


@pytest.mark.parametrize("part", RESPONDING)
def test_each_knows_of_a_response_what_the_matrix_gives(response, part):
    given, _told = known_of(response, part)

    data = ["lead_and_assisting", "contacts_and_clock", "steps", "services_mobilised", "report_backs", "conclusion", "follow_up"]
    assert given == dict(zip(data, RESPONDING[part].split(), strict=True))


def test_who_acts_is_named_by_part(response, lead, stranger):
    lifecycle.ask(response, agency=stranger.agency, by=lead)

    _given, told = known_of(response, "originator")

    who = told.lead_and_assisting
    assert (who.lead.name, [each.name for each in who.assisting], [each.name for each in who.asked], told.part) == (
        "Otter Mental Health",
        ["Granite Police Service"],
        ["Fern Income Support"],
        "",
    )


def test_a_step_is_ours_where_our_agency_does_it(response, lead):
    lifecycle.plan_step(response, step_type="step_type:STP-04", owner=lead.agency, due_at=clock.now() - HOUR, by=lead)

    steps = [known_of(response, part)[1].steps.rows for part in ("lead", "assisting")]

    assert [[(step.what, step.is_ours, step.due.state) for step in rows] for rows in steps] == [
        [("Safety plan", True, "owed")],
        [("Safety plan", False, "owed")],
    ]


def test_a_proposal_is_read_by_those_who_decide_and_not_by_the_originator(response, lead):
    lifecycle.propose_conclusion(response, reason="conclusion_reason:ORL-01", factors_lowered=["risk_factor:HOU-01"], by=lead)

    told = {part: known_of(response, part)[1].conclusion for part in ("chair", "originator")}

    assert (told["chair"].reason, len(told["chair"].factors_lowered), bool(told["originator"])) == ("Connected to services", 1, False)


@pytest.mark.parametrize(
    ("passed", "contacted", "drawn"),
    [
        (1, None, ("wait", True)),
        (41, None, ("owed", True)),
        (49, None, ("owed", False)),
        (49, 30, ("done", False)),
        (80, 60, ("done", False)),
    ],
)
def test_the_clock_is_drawn_by_its_state(passed, contacted, drawn):
    began = clock.now()

    shown = chip(Clock(accepted_at=began, now=began + passed * HOUR, contacted_at=began + contacted * HOUR if contacted else None))

    assert (shown.state, shown.left is not None) == drawn


def test_a_due_time_is_owed_once_it_has_passed(table):
    now = clock.now()

    assert [due_chip(now + hours * HOUR, zone=table.zone, now=now).state for hours in (-1, 1)] == ["owed", "wait"]
