"""What a member may do with a situation: one answer draws the button and bars the door."""

from agencies.enums import Role
from situations.disclosure import letter
from situations.enums import ENDED_STAGES, FORGOTTEN_STAGES, OPEN_STAGES, Act, Relation, Stage
from situations.querysets import OVERSEEING

# What Filter 1 asks, by the datum of the matrix; while the situation is open it is written where the matrix says W.
ASKED = ("profile_and_factors", "filter1_worksheet", "aer_criteria", "consent_and_ground", "discussed_before", "why_now")


def may_bring(member, table) -> bool:
    """Whether the member may bring a situation to this table: only for an agency that is seated there."""
    return table is not None and member.standing.acts_for_agency_at(table.pk)


def may_write_words(member, table) -> bool:
    """Whether the member writes words here that the checker reads: about a situation of their agency, or in a systemic issue."""
    return table is not None and (member.standing.acts_for_agency_at(table.pk) or member.standing.holds(table.pk, *OVERSEEING))


def permitted_at(member, table) -> set[Act]:
    """The lists open to ``member`` at a table: all its situations; what one's agency brought, where it responds, what it counted."""
    acts: set[Act] = set()
    if member.standing.holds(table.pk, *OVERSEEING):
        acts.add(Act.READ_TABLES_LIST)
    if member.standing.acts_for_agency_at(table.pk):
        acts |= {Act.READ_AGENCYS_LIST, Act.COUNT_NOT_BROUGHT}
    return acts


def permitted_with_looks(member, table) -> set[Act]:
    """Whose looks are open to ``member`` at a table: at what one's agency brought, those of one's own people, all of the table."""
    acts: set[Act] = set()
    if member.standing.acts_for_agency_at(table.pk):
        acts.add(Act.READ_LOOKS_AT_BROUGHT)
    if member.standing.holds(table.pk, Role.AGENCY_LEAD):
        acts.add(Act.READ_LOOKS_OF_PEOPLE)
    if member.standing.holds(table.pk, Role.PRIVACY_OFFICER):
        acts.add(Act.READ_LOOKS_OF_TABLE)
    return acts


def permitted_with_holds(member, table) -> set[Act]:
    """Whether the legal holds of a table are open to ``member``: to who coordinates it, and who oversees privacy."""
    return {Act.READ_HOLDS} if member.standing.holds(table.pk, Role.COORDINATOR, Role.PRIVACY_OFFICER) else set()


def reads_numbers(member, situation) -> bool:
    """Whether the situation's number may be read by who coordinates; whoever only oversees gives a reason first."""
    coordinates = member.standing.holds(situation.table_id, Role.COORDINATOR)
    return coordinates and letter("number_stage_dates", situation.stage, [Relation.COORDINATOR]) == "R"


def permitted(member, situation, relations) -> set[Act]:
    """The acts open to ``member``, who stands in ``relations`` to the row ``situation``. Asks nothing, changes nothing."""
    acts: set[Act] = set()
    is_originator = Relation.ORIGINATOR in relations
    if situation.stage in OPEN_STAGES and any(letter(datum, situation.stage, relations) == "W" for datum in ASKED):
        acts.add(Act.EDIT)
    if is_originator and situation.stage == Stage.DRAFT:
        acts |= {Act.SUBMIT, Act.DISCARD}
    if is_originator and situation.stage in (Stage.SUBMITTED, Stage.PRESENTED):
        acts.add(Act.WITHDRAW)
    if is_originator and situation.stage == Stage.SUBMITTED:
        acts.add(Act.CALL_EMERGENCY)
    if is_originator and situation.stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.PRESENTED):
        acts.add(Act.PRINT_ANSWERS)
    if letter("looks_in_the_ledger", situation.stage, relations) == "R":
        acts.add(Act.READ_LOOKS)
    coordinates = Relation.COORDINATOR in relations and member.standing.holds(situation.table_id, Role.COORDINATOR)
    if coordinates and situation.stage in ENDED_STAGES and letter("profile_and_factors", situation.stage, relations) == "W":
        acts.add(Act.CORRECT)
    if (
        relations & {Relation.IN_THE_ROOM, Relation.ENGAGED, Relation.CHAIR, Relation.ORIGINATOR, Relation.COORDINATOR}
        and situation.stage not in {Stage.DRAFT, *FORGOTTEN_STAGES}  # of what is forgotten nothing is left to know
    ):
        acts.add(Act.STEP_OUT)
    if Relation.PRIVACY_OFFICER in relations:
        acts.add(Act.LET_IN_AGAIN)
    return acts | _under_seal(situation, relations) if situation.table.names_are_sealed else acts


# What is done with words at a table where names are written under seal: the datum of the matrix, and which letter it needs.
SEALED_ACTS = {
    Act.WRITE_IDENTIFIERS: ("identifiers", "W"),
    Act.REVEAL: ("identifiers", "RW"),
    Act.WRITE_PLAN: ("plan_text", "W"),
}


def _under_seal(situation, relations) -> set[Act]:
    return {act for act, (datum, needs) in SEALED_ACTS.items() if letter(datum, situation.stage, relations) in needs}
