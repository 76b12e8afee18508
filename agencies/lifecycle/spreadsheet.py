"""How agencies and people of a spreadsheet come to the table: all of them, or none."""

from django.db import transaction

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.folding import folded
from agencies.lifecycle.people import invite
from agencies.lifecycle.tables import add_agency, give_seat
from agencies.models import Agency


@transaction.atomic
def bring_in(table, *, agencies: list[dict], people: list[dict], by) -> None:
    """Agencies that are new are added and seated, known ones seated; each person is invited with their roles.

    An agency is a dict of ``name``, ``name_language``, ``sector``, ``agency_type`` (the last two keys of entries); a person
    one of ``email``, ``full_name``, ``telephone``, ``language``, ``agency`` (its name, or '') and ``roles``.
    """
    known = {folded(agency.name): agency for agency in Agency.objects.order_by("name")}
    for described in agencies:
        name = folded(described["name"])
        if name in known:
            give_seat(table, agency=known[name], by=by)
        else:
            known[name] = add_agency(**described, table=table, by=by)
    for person in people:
        agency = known[folded(person["agency"])] if person["agency"] else None
        invite(**{**person, "agency": agency}, table=table, by=by)
    ledger.record(LedgerAct.IMPORTED, by=by, table=table, codes=[f"agencies:{len(agencies)}", f"people:{len(people)}"])
