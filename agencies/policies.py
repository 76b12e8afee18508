"""What a member may do with a table, an agency, a person: one answer draws the button and bars the door.

Source: the rows ``directory`` and ``vocabularies`` of the visibility matrix, and the roles of the four filters. Nothing
here leads to a situation.
"""

from agencies.enums import AGENCY_ROLES, KEEPING_ROLES, Act, Role

# Whoever oversees is not chosen by those who are overseen.
GIVEN_BY_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
# What an agency's lead gives to, and takes from, its own people; an alternate's role is a dated delegation.
GIVEN_BY_AGENCY_LEADS = frozenset({Role.REPRESENTATIVE})
TAKEN_BY_AGENCY_LEADS = frozenset({Role.REPRESENTATIVE, Role.ALTERNATE})


def permitted(member, table) -> set[Act]:
    """The acts open to ``member`` at ``table`` as a whole. Asks nothing but the member's standing, changes nothing."""
    held = member.standing.roles_at(table.pk)
    acts: set[Act] = set()
    if held - {Role.OBSERVER}:
        acts |= {Act.READ_DIRECTORY, Act.READ_VOCABULARIES}
    if held & KEEPING_ROLES:
        acts |= {Act.EXPORT_DIRECTORY, Act.CHANGE_VOCABULARIES, Act.OPEN_SETTINGS, Act.IMPORT, Act.KEEP_AGENCIES}
        acts |= {Act.READ_PEOPLE, Act.INVITE}
    if Role.COORDINATOR in held:
        acts |= {Act.KEEP_AGREEMENTS, Act.READ_RECORD, Act.INVITE_ALL_AGAIN}
    if Role.ADMINISTRATOR in held:
        acts.add(Act.ADD_TABLE)
    if Role.PRIVACY_OFFICER in held:
        acts |= {Act.READ_RECORD, Act.READ_LOOKS}
    if Role.AGENCY_LEAD in held:
        acts |= {Act.READ_PEOPLE, Act.INVITE, Act.DELEGATE}
    if Role.REPRESENTATIVE in held:
        acts.add(Act.DELEGATE)
    return acts


def keeps(member, table) -> bool:
    """Whether the member looks after everyone at the table; otherwise, if at all, after one agency's own people."""
    return member.standing.holds(table.pk, *KEEPING_ROLES)


def leads(member, agency_id, table) -> bool:
    """Whether the member is the lead of this agency at the table."""
    return agency_id is not None and agency_id == member.agency_id and member.standing.holds(table.pk, Role.AGENCY_LEAD)


def givable_roles(member, table) -> list[Role]:
    """The roles that the member may give at the table, in the order in which roles are listed."""
    if member.standing.holds(table.pk, Role.ADMINISTRATOR):
        given = set(Role) - {Role.ALTERNATE}
    elif member.standing.holds(table.pk, Role.COORDINATOR):
        given = set(Role) - {Role.ALTERNATE} - GIVEN_BY_ADMINISTRATORS
    elif member.standing.holds(table.pk, Role.AGENCY_LEAD):
        given = set(GIVEN_BY_AGENCY_LEADS)
    else:
        given = set()
    return [role for role in Role if role in given]


def permitted_with_agency(member, agency, table) -> set[Act]:
    """The acts open to ``member`` with one agency at ``table``."""
    if keeps(member, table):
        return {Act.KEEP_AGENCIES, Act.INVITE}
    return {Act.INVITE} if leads(member, agency.pk, table) else set()


def permitted_with_person(member, person, held, table) -> set[Act]:
    """The acts open to ``member`` with ``person``, who holds the roles ``held``: pairs of a table's id and a role.

    Nobody gives a role to themself or ends their own; a membership is ended by someone who may end all of its roles.
    """
    if person.pk == member.pk or not (keeps(member, table) or leads(member, person.agency_id, table)):
        return set()
    if not person.is_active:
        return {Act.READ_PERSON}
    acts = {Act.READ_PERSON, Act.CHANGE_PERSON, Act.GIVE_ROLE, Act.ASK_RECOVERY}
    if all(may_end_role(member, person, role, held_at) for held_at, role in held):
        acts.add(Act.END_MEMBERSHIP)
    return acts


def may_end_role(member, person, role, table_id) -> bool:
    """Whether the member may end this role of the person's at the table with this id."""
    standing = member.standing
    if person.pk == member.pk:
        return False
    if standing.holds(table_id, Role.ADMINISTRATOR):
        return True
    if standing.holds(table_id, Role.COORDINATOR):
        return role not in GIVEN_BY_ADMINISTRATORS
    is_own = person.agency_id is not None and person.agency_id == member.agency_id
    return is_own and standing.holds(table_id, Role.AGENCY_LEAD) and role in TAKEN_BY_AGENCY_LEADS


def may_confirm_recovery(member, recovery, person) -> bool:
    """Whether the member may be the second of the two who let ``person`` in anew: one of the two keeps the table, at least."""
    if member.pk in (person.pk, recovery.asked_by_id):
        return False
    is_lead = leads(member, person.agency_id, recovery.table)
    return keeps(member, recovery.table) or (recovery.is_asked_by_keeper and is_lead)


def may_sign_for_agency(member, table_id, held) -> bool:
    """Whether the member signs the agency's agreement: its lead does, also while nothing counts yet."""
    return member.agency_id is not None and (table_id, Role.AGENCY_LEAD) in held


def needs_an_agency(roles) -> bool:
    """Whether one of these roles can only be held for an agency."""
    return bool(set(roles) & AGENCY_ROLES)
