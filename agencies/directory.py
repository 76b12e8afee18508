"""Who sits at a table: agencies with their people, read in a few queries and put in order without accents."""

from agencies.enums import AGENCY_ROLES, Role
from agencies.folding import folded
from agencies.models import Agency, Appointment, Member, Seat

LAST = "\uffff"  # those who act for no agency stand after all agencies
IN_ORDER = {role: place for place, role in enumerate(Role)}


def seated_at(table) -> list[Agency]:
    """The agencies that have a seat at the table now."""
    seats = Seat.objects.current().filter(table=table, agency__is_active=True).select_related("agency")
    return sorted((seat.agency for seat in seats), key=lambda agency: folded(agency.name))


def people_at(table) -> list[dict]:
    """A row for each person who is something at the table now: who, for whom, which roles, how to reach them; by name.

    A role for an agency counts here while the agency has its seat.
    """
    seated = {agency.pk for agency in seated_at(table)}
    current = Appointment.objects.current().filter(table=table, member__is_active=True).select_related("member__agency")
    rows: dict[object, dict] = {}
    for appointment in current:
        if appointment.role in AGENCY_ROLES and appointment.member.agency_id not in seated:
            continue
        row = rows.setdefault(appointment.member_id, row_of(appointment.member))
        row["held"].append(Role(appointment.role))
    return _finished(rows.values())


def everyone_at(table, *, agency_id=None) -> list[dict]:
    """The same for those who look after the people: also who is invited, who has left, who holds no role now.

    With ``agency_id`` only that agency's own people. ``state`` is 'joined', 'invited' or 'ended'.
    """
    people = Member.objects.filter(agency=agency_id) if agency_id else Member.objects.at_table(table)
    rows = {person.pk: row_of(person) for person in people.select_related("agency")}
    for member_id, role in Appointment.objects.current().filter(table=table, member__in=list(rows)).values_list("member", "role"):
        rows[member_id]["held"].append(Role(role))
    return _finished(rows.values())


def row_of(person) -> dict:
    """What a list shows of one person; ``name_folded`` and ``agency_folded`` are for order and search."""
    return {
        "pk": person.pk,
        "name": person.full_name,
        "name_folded": folded(person.full_name),
        "agency_id": person.agency_id,
        "agency": person.agency.name if person.agency else "",
        "agency_lang": person.agency.name_language if person.agency else "",
        "agency_folded": folded(person.agency.name) if person.agency else LAST,
        "held": [],
        "telephone": person.telephone,
        "email": person.email,
        "language": person.get_language_display(),
        "state": "ended" if not person.is_active else "joined" if person.joined_at else "invited",
    }


def _finished(rows) -> list[dict]:
    finished = []
    for row in rows:
        held = sorted(set(row["held"]), key=IN_ORDER.get)
        finished.append(row | {"held": held, "roles": ", ".join(str(role.label) for role in held)})
    return sorted(finished, key=lambda row: row["name_folded"])


def matching(rows: list[dict], words: str, *, agency: str = "", role: str = "", state: str = "") -> list[dict]:
    """The rows in whose name, agency, address or telephone every one of ``words`` stands; of one agency, with one role or state."""
    wanted = folded(words).split()
    return [
        row
        for row in rows
        if all(word in f"{row['name_folded']} {row['agency_folded']} {row['email']} {row['telephone']}" for word in wanted)
        and (not agency or str(row["agency_id"]) == agency)
        and (not role or role in row["held"])
        and state in ("", row["state"])
    ]
