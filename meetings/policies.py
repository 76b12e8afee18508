"""What a member may do with the calendar, in a meeting, or with the item that is open: one answer draws the button and bars the door."""

from agencies.enums import AGENCY_ROLES, Role
from meetings.disclosure import READS, letter_at
from meetings.enums import Act, ItemKind, State
from situations.enums import Relation, Stage

PLACES = (*AGENCY_ROLES, Role.OBSERVER, Role.CHAIR, Role.RECORDER, Role.COORDINATOR)  # who may be at the table
KEEPERS = (Role.CHAIR, Role.RECORDER, Role.COORDINATOR)  # who record what the table decided

# The sections of a first page, and who reads each (experience, Between meetings).
FIRST_PAGE = {
    "sitting": {Role.CHAIR, Role.RECORDER},
    "agency": AGENCY_ROLES,
    "desk": {Role.COORDINATOR},
    "oversight": {Role.PRIVACY_OFFICER},
    "steering": {Role.STEERING},
    "administration": {Role.ADMINISTRATOR},
    "observing": {Role.OBSERVER},
}


def permitted_at(member, table) -> set[Act]:
    """The acts open to ``member`` in the table's calendar, and with what the agency did at its meetings and between them."""
    acts: set[Act] = set()
    if member.standing.roles_at(table.pk):
        acts.add(Act.READ_CALENDAR)
    if member.standing.holds(table.pk, Role.COORDINATOR):
        acts.add(Act.PLAN)
    if member.standing.holds(table.pk, Role.AGENCY_LEAD):
        acts.add(Act.READ_ACTIVITY)  # of one's own agency only (four-filters, Roles)
    return acts


def sections_of(member, table) -> list[str]:
    """The sections of the member's first page at the table, in their order: one for each thing that the member is there."""
    held = member.standing.roles_at(table.pk)
    return [name for name, readers in FIRST_PAGE.items() if held & readers]


def permitted(member, meeting) -> set[Act]:
    """The acts open to ``member`` in a meeting that exists for them; whether it is too early is the act's own sentence."""
    acts: set[Act] = set()
    holds = lambda *roles: member.standing.holds(meeting.table_id, *roles)  # noqa: E731  asked eight times
    is_to_come = meeting.state in (State.PLANNED, State.OPEN)
    attendance = letter_at("attendance", member, meeting.table_id)
    if letter_at("agenda_line", member, meeting.table_id) in READS:
        acts.add(Act.READ_AGENDA)
    if attendance in READS:
        acts.add(Act.READ_ATTENDANCE)
    if is_to_come and attendance == "W":
        acts.add(Act.TAKE_ATTENDANCE)
    if is_to_come and holds(*PLACES):
        acts |= {Act.CHECK_IN, Act.CHECK_OUT}
    if is_to_come and holds(Role.CHAIR):
        acts |= {Act.CHAIR, Act.UNDO, Act.SIGN_IN_WALL}
    if meeting.state != State.CANCELLED and holds(*KEEPERS):
        acts.add(Act.SHOW_WALL)  # of a closed meeting it says that it is closed
    if is_to_come and holds(Role.RECORDER, Role.COORDINATOR):
        acts.add(Act.RECORD)
    if meeting.state == State.PLANNED and holds(Role.CHAIR):
        acts.add(Act.OPEN_MEETING)
    if meeting.state == State.OPEN and holds(Role.CHAIR):
        acts |= {Act.OPEN_ITEM, Act.EXTEND, Act.CLOSE_MEETING}
    if meeting.state == State.PLANNED and (holds(Role.COORDINATOR) or meeting.called_by_id == member.pk):
        acts |= {Act.MOVE, Act.CANCEL}
    if meeting.state == State.CLOSED and letter_at("minutes", member, meeting.table_id) in READS:
        acts.add(Act.READ_MINUTES)
        if holds(Role.CHAIR) and meeting.minutes_approved_at is None:
            acts.add(Act.APPROVE_MINUTES)
    return acts


def permitted_item(member, item, known) -> set[Act]:
    """The acts open to ``member`` with an item, given what they may know of its situation (``known``, None for nothing)."""
    if known is None or not item.is_open or not item.meeting.is_open:
        return set()
    acts: set[Act] = set()
    if item.kind == ItemKind.NEW:
        acts |= _while_new(member, item, known)
    elif known.stage == Stage.RESPONDING:
        acts |= _while_reporting(member, item, known)
    if Relation.ORIGINATOR in known.relations or member.standing.holds(item.table_id, Role.CHAIR):
        acts.add(Act.RECUSE_OTHERS)
    return acts


def _while_new(member, item, known) -> set[Act]:
    acts: set[Act] = set()
    acts_for_agency = member.standing.acts_for_agency_at(item.table_id)
    if known.stage == Stage.PRESENTED:
        if acts_for_agency and known.answers_for_itself("positions"):
            acts.add(Act.POSITION)
        if known.writes("positions"):
            acts.add(Act.POSITION_FOR_OTHERS)
        if known.writes("decision"):
            acts.add(Act.DECIDE)
    if known.stage == Stage.IDENTIFYING:
        if acts_for_agency and known.answers_for_itself("involvement"):
            acts.add(Act.INVOLVEMENT)
        if known.writes("involvement"):
            acts.add(Act.INVOLVEMENT_FOR_OTHERS)
        if known.writes("lead_and_assisting"):
            acts.add(Act.RESPOND)
        if known.writes("conclusion"):
            acts.add(Act.END_EARLY)
    return acts


def _while_reporting(member, item, known) -> set[Act]:
    """The matrix lets chairs hear reports, and those who act, the recorder and the coordinator write them."""
    acts: set[Act] = set()
    if member.standing.holds(item.table_id, *KEEPERS) and known.writes("conclusion"):
        acts |= {Act.KEEP_OPEN, Act.CONCLUDE}
    if Relation.ENGAGED in known.relations:
        acts.add(Act.REPORT_BACK)
    if Relation.COORDINATOR in known.relations and known.writes("report_backs"):
        acts.add(Act.REPORT_BACK_FOR_OTHERS)
    return acts
