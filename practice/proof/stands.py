"""On what a proof stands: the table's settings, which roles its members hold together, and the matrix; and whether that is still so."""

import hashlib
import json

from agencies.enums import Role
from agencies.models import Appointment, SituationTable
from practice.proof import matrix

NOT_A_SETTING = {"id", "version", "is_active", "name_en", "name_fr", "name_oj", "place"}  # who may know what does not go by these


def settings_of(table) -> dict[str, str]:
    """The table's settings, by field, as text."""
    return {
        field.name: str(getattr(table, field.attname)) for field in SituationTable._meta.concrete_fields if field.name not in NOT_A_SETTING
    }


def combinations(table) -> list[list[str]]:
    """The roles that members hold together at the table now, each combination once, roles in their order."""
    held: dict = {}
    for member_id, role in Appointment.objects.current().filter(table=table, member__is_active=True).values_list("member_id", "role"):
        held.setdefault(member_id, set()).add(role)
    return [list(each) for each in sorted({tuple(role for role in Role.values if role in roles) for roles in held.values()})]


def digest(table) -> str:
    """A mark that changes when settings, combinations of roles or the matrix do."""
    told = json.dumps([settings_of(table), combinations(table), matrix.FILE.read_text()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
