"""What a member may do in a response, and with a systemic issue: one answer draws the button and bars the door."""

from agencies.enums import Role
from responses.enums import Act, Part
from situations.disclosure import letter
from situations.enums import Relation, Stage

# What those who act do, and the datum of the matrix that the act writes.
WRITES = {
    Act.CONTACT: "contacts_and_clock",
    Act.PLAN_STEP: "steps",
    Act.FINISH_STEP: "steps",
    Act.REPORT_BACK: "report_backs",
}
ENGAGED_AT = frozenset({Relation.ORIGINATOR, Relation.IN_THE_ROOM, Relation.ENGAGED})


def permitted(known, part: str) -> set[Act]:
    """The acts open to a member who knows ``known`` (a ``Disclosed``), and whose agency acts as ``part`` (see ``part_of``)."""
    acts: set[Act] = set()
    if known.stage == Stage.RESPONDING:
        acts |= _while_under_way(known, part)
    if known.writes("follow_up") and (part == Part.LEAD or Relation.COORDINATOR in known.relations):
        acts.add(Act.FOLLOW_UP)
    return acts


def _while_under_way(known, part: str) -> set[Act]:
    acts = {act for act, datum in WRITES.items() if part and known.writes(datum)}
    if known.writes("services_mobilised"):
        acts.add(Act.SERVICE)
    if known.writes("lead_and_assisting"):
        acts.add(Act.ASK)
    if part == Part.LEAD and known.writes("conclusion"):
        acts |= {Act.PROPOSE, Act.HAND_OVER}
    if part == Part.ASSISTING:
        acts.add(Act.LEAVE)
    return acts


def relations_at(standing, table_id) -> set[Relation]:
    """How a member stands to what a table holds beside its situations; who acts for a seated agency has all that the three give.

    Source: the first lines of the visibility matrix.
    """
    relations: set[Relation] = set(ENGAGED_AT) if standing.acts_for_agency_at(table_id) else set()
    held = {
        Relation.CHAIR: (Role.CHAIR,),
        Relation.COORDINATOR: (Role.RECORDER, Role.COORDINATOR),
        Relation.STEERING: (Role.STEERING,),
        Relation.ADMINISTRATOR: (Role.ADMINISTRATOR,),
        Relation.PRIVACY_OFFICER: (Role.PRIVACY_OFFICER,),
    }
    return relations | {relation for relation, roles in held.items() if standing.holds(table_id, *roles)}


def permitted_at(standing, table_id) -> set[Act]:
    """What a member may do at a table as a whole: read what is overdue and remind of it, and the systemic issues."""
    relations = relations_at(standing, table_id)
    given = letter("systemic_issues", Stage.RESPONDING, relations)  # the same at every stage
    acts: set[Act] = set()
    if given in "ORLW":
        acts.add(Act.READ_ISSUES)
    if relations & (ENGAGED_AT | {Relation.CHAIR, Relation.COORDINATOR}):
        acts |= {Act.RAISE_ISSUE, Act.READ_OVERDUE}
    if standing.holds(table_id, Role.COORDINATOR):
        acts.add(Act.REMIND)
    return acts


def may_change(member, issue) -> bool:
    """Whether the member may give a systemic issue an owner or a state: the table's people any, an agency the one it raised."""
    relations = relations_at(member.standing, issue.table_id)
    if letter("systemic_issues", Stage.RESPONDING, relations) == "W":
        return True
    is_own = issue.raised_for_id is not None and issue.raised_for_id == member.agency_id
    return is_own and Act.RAISE_ISSUE in permitted_at(member.standing, issue.table_id)
