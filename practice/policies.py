"""Who may do at a practice table what is not done at any other."""

from agencies.enums import Role


def may_prove(member, table) -> bool:
    """Whether the member may have this table's settings proven: its administrators may, who change them."""
    return table is not None and member.standing.holds(table.pk, Role.ADMINISTRATOR)
