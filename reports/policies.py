"""What a member may do with releases: one answer draws the button and bars the door."""

from agencies.enums import Role
from reports.enums import Act, Status
from reports.querysets import letter_at


def permitted(member, table_id) -> set[Act]:
    """The acts open to a member at a table as a whole; the visibility matrix says who reads and who writes."""
    letter = letter_at(table_id, member)
    acts: set[Act] = set()
    if letter in "RW":
        acts.add(Act.READ)
    if letter == "W" and member.standing.holds(table_id, Role.COORDINATOR):
        acts.add(Act.PREPARE)
    return acts


def permitted_with(member, release) -> set[Act]:
    """The acts open to a member with one release that they may read.

    The coordinator prepares and the privacy officer approves; whoever prepared it does not approve it, whatever else they are.
    """
    standing, table_id = member.standing, release.table_id
    acts = {Act.READ} & permitted(member, table_id)
    if letter_at(table_id, member) != "W":
        return acts
    oversees = standing.holds(table_id, Role.PRIVACY_OFFICER)
    if oversees and release.status == Status.PREPARED and release.prepared_by_id != member.pk:
        acts.add(Act.APPROVE)
    if release.status != Status.WITHDRAWN and (oversees or standing.holds(table_id, Role.COORDINATOR)):
        acts.add(Act.WITHDRAW)
    return acts
