"""What a member may do with a situation: one answer draws the button and bars the door."""

from agencies.enums import Role
from situations.disclosure import letter
from situations.enums import Act, Relation, Stage


def permitted(member, situation, relations) -> set[Act]:
    """The acts open to ``member``, who stands in ``relations`` to the row ``situation``. Asks nothing, changes nothing."""
    acts: set[Act] = set()
    is_originator = Relation.ORIGINATOR in relations
    if is_originator and situation.stage == Stage.DRAFT:
        acts |= {Act.EDIT, Act.SUBMIT, Act.DISCARD}
    if is_originator and situation.stage in (Stage.SUBMITTED, Stage.PRESENTED):
        acts |= {Act.EDIT, Act.WITHDRAW}
    if is_originator and situation.stage == Stage.SUBMITTED:
        acts.add(Act.CALL_EMERGENCY)
    if is_originator and situation.stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.PRESENTED):
        acts.add(Act.PRINT_ANSWERS)
    if is_originator:
        acts.add(Act.READ_LOOKS)
    if Relation.COORDINATOR in relations and member.standing.holds(situation.table_id, Role.COORDINATOR):
        if letter("profile_and_factors", situation.stage, {Relation.COORDINATOR}) == "W" and situation.stage in (
            Stage.CONCLUDED,
            Stage.PURGED,
            Stage.ENDED_EARLY,
        ):
            acts.add(Act.CORRECT)
    if (
        relations & {Relation.IN_THE_ROOM, Relation.ENGAGED, Relation.CHAIR, Relation.ORIGINATOR, Relation.COORDINATOR}
        and situation.stage != Stage.DRAFT
    ):
        acts.add(Act.STEP_OUT)
    if situation.table.names_are_sealed:
        if letter("identifiers", situation.stage, relations) == "W":
            acts.add(Act.WRITE_IDENTIFIERS)
        if letter("identifiers", situation.stage, relations) in "RW":
            acts.add(Act.REVEAL)
    return acts
