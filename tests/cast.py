"""Who sits at the table in the tests: the cast of the proof (``practice/proof/cast.py``), at two tables, and what is built with it."""

from agencies import lifecycle as agencies
from agencies.enums import Naming
from agencies.models import SituationTable
from meetings import lifecycle as meetings
from meetings.models import Meeting
from practice.proof.cast import (
    AGENCIES,
    ANSWERS,
    AT_THE_TABLE,
    PARTS,
    WHY_NOW,
    a_draft,
    a_planned_meeting,
    an_open_meeting,
    later,
    seat,
    the,
    the_item_of,
)
from responses.models import Response
from situations import lifecycle as situations

__all__ = [
    "AGENCIES",
    "ANSWERS",
    "AT_THE_TABLE",
    "PARTS",
    "WHY_NOW",
    "a_draft",
    "a_planned_meeting",
    "an_open_meeting",
    "later",
    "the",
    "the_item_of",
]

TABLE = "Birch Lake Rapid Mobilization Table"
SEALED_TABLE = "Spruce Bay East Table"
BY = "tests"


def seat_everyone():
    """Two tables, six agencies, fifteen people; the same cast sits at both."""
    tables = [
        agencies.create_table(name_en=TABLE, name_fr="Table du lac des Bouleaux", name_oj="Weweni", weekdays=[1, 3], by=BY),
        agencies.create_table(
            name_en=SEALED_TABLE, name_fr="Table du lac Est", weekdays=[2], naming=Naming.SEALED, number_prefix="EST", by=BY
        ),
    ]
    seat(tables, by=BY)


def a_submitted(table, *, by, **options):
    """A situation before the table's next meeting."""
    return situations.submit(a_draft(table, by=by, **options), by=by)


def accepted(item, *, by):
    """Two agencies found the risk acute, one had a question; the table accepted."""
    for part, position in [("originator", "MET"), ("lead", "MET"), ("in_the_room", "ASK")]:
        member = the(part)
        meetings.take_position(item, agency=member.agency, position=f"position:{position}", by=member)
    meetings.step_out(item, member=the("recused"), by=the("recused"))
    return meetings.accept(item, by=by)


def a_response_to(item, *, by, close=True):
    """The lead and one assisting agency act; the item is closed."""
    for part, involvement in [("lead", "NOW"), ("assisting", "HELP"), ("in_the_room", "NONE")]:
        member = the(part)
        meetings.say_involvement(item, agency=member.agency, involvement=f"involvement:{involvement}", by=member)
    meetings.respond(item, lead=the("lead").agency, assisting=[the("assisting").agency], by=by)
    if close:
        meetings.close_item(item, by=by)
    return Response.objects.select_related("situation__table").get(situation=item.situation)


def the_table(name=TABLE) -> SituationTable:
    return SituationTable.objects.get(name_en=name)


def an_open_meeting_after(response, *, by, present=AT_THE_TABLE):
    """The next meeting of the table, under way, when the response reports back; the earlier one is closed."""
    for earlier in Meeting.objects.under_way().filter(table=response.table):
        meetings.close_meeting(earlier, by=by)
    return an_open_meeting(response.table, by=by, present=present)
