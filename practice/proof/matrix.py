"""What the visibility matrix gives to whom of the cast: which canaries may be found, and which the database itself may show.

The matrix file is read here anew, not asked of the room that the pages ask (``situations/disclosure.py``): a fault there is found.
"""

from pathlib import Path

import yaml
from django.conf import settings

from agencies.enums import AGENCY_ROLES, Role
from practice.proof import canaries, cast

FILE = Path(settings.BASE_DIR) / "situations" / "visibility.yaml"
POLICY = yaml.safe_load(FILE.read_text())
HEARD = ["presented", "rejected", "withdrawn", "identifying", "ended_early", "responding", "concluded"]  # an item can be open
ACTING = ["responding", "concluded", "purged"]
AFTER_ACCEPTANCE = ["identifying", "ended_early", "responding", "concluded"]
# at which stages a datum has been written at all
WRITTEN = {
    "number_stage_dates": [stage for stage in canaries.STAGES if stage not in ("draft", "submitted")],
    "filter1_worksheet": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "aer_criteria": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "profile_and_factors": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn")],
    "why_now": [stage for stage in canaries.STAGES if stage not in ("rejected", "withdrawn", "ended_early", "purged")],
    "consent_and_ground": canaries.STAGES,
    "positions": ["presented", *AFTER_ACCEPTANCE, "purged"],
    "decision": ["rejected", "withdrawn"],
    "involvement": [*AFTER_ACCEPTANCE, "purged"],
    "steps": ["responding", "concluded"],
    "contacts_and_clock": ACTING,
    "services_mobilised": ACTING,
    "report_backs": ACTING,
    "conclusion": ["ended_early", "concluded", "purged"],
    "follow_up": ["concluded", "purged"],
    "systemic_issues": canaries.STAGES,
}
UNDER_SEAL = {"identifiers": ["identifying", "responding"], "plan_text": ["responding", "concluded"]}  # where names are written
WORDS = {"why_now": "why_now", "identifiers": "identifiers", "plan_text": "plan"}  # datum: the kind of its sealed words
BY_ROLE = {
    Role.CHAIR: "CH",
    Role.RECORDER: "CO",
    Role.COORDINATOR: "CO",
    Role.STEERING: "SC",
    Role.ADMINISTRATOR: "AD",
    Role.PRIVACY_OFFICER: "PO",
}
OF_THE_SEATED = ("OR", "IR", "EN")  # where no situation is meant: whoever acts for an agency with a seat
IN_THE_ROOM = ("originator", "in_the_room", "lead", "assisting")  # the observer leaves with the acceptance
ENGAGED = ("lead", "assisting")
KNOWING = {"OR", "IR", "EN", "CH", "CO"}  # relations in which a situation exists for somebody
READS_ISSUES = AGENCY_ROLES | {Role.CHAIR, Role.RECORDER, Role.COORDINATOR, Role.STEERING, Role.PRIVACY_OFFICER}
READS_MINUTES = READS_ISSUES - {Role.STEERING}


def relations_of(part, stage, *, is_room_open, people=cast.PARTS) -> set[str]:
    """How one of the cast stands to the situation: what the table did in ``canaries.town_at``, written out."""
    agency, roles = people[part]
    if part == cast.NOBODY:
        return {"AN"}
    if part == "recused":
        return set()
    relations = {BY_ROLE[role] for role in roles if role in BY_ROLE}
    if AGENCY_ROLES & set(roles):
        if agency == people["originator"][0]:
            relations.add("OR")
        if agency in {people[each][0] for each in ENGAGED} and stage in ACTING:
            relations.add("EN")
    if is_room_open and (part in IN_THE_ROOM or (part == "observer" and stage in ("presented", "rejected", "withdrawn"))):
        relations.add("IR")
    return relations


def letter(datum, stage, relations) -> str:
    """The most that these relations give of a datum at a stage."""
    row = POLICY["data"][datum].get(stage) or POLICY["data"][datum].get("always") or "- - - - - - - - -"
    given = dict(zip(POLICY["relations"], row.split(), strict=True))
    return max((given[relation] for relation in relations), key="-L#ORW".index, default="-")


def may_find(part, stage, *, is_room_open, is_sealed=False, people=cast.PARTS) -> set[str]:
    """The canaries that the matrix lets this member find, anywhere in the house, without a reveal."""
    agency, roles = people[part]
    relations = relations_of(part, stage, is_room_open=is_room_open, people=people)
    found = set()
    if is_sealed and stage in UNDER_SEAL["plan_text"] and letter("plan_text", stage, relations) in "RW":
        found.add(canaries.UNDER_SEAL["plan_text"])
    for datum, stages in WRITTEN.items():
        if datum == "systemic_issues" or stage not in stages:
            continue
        given = letter(datum, stage, relations)
        if datum == "number_stage_dates":
            found |= {f"{canaries.PREFIX}-"} if given in "RW" else set()
        elif datum in canaries.SAID_BY:
            own = [speaker for speaker in canaries.SPEAKERS if agency is not None and people[speaker][0] == agency]
            speakers = canaries.SPEAKERS if given in "RW" else own if given == "O" else []
            found |= {f"zq-{datum}-{speaker}-" for speaker in speakers}
        elif given in "RW":
            found.add(canaries.canary(datum))
    if "OR" in relations and letter("discussed_before", stage, {"OR"}) == "W":
        found.add(canaries.EARLIER)  # its writers alone
    if READS_ISSUES & set(roles):
        found.add(canaries.WORDS["systemic_issues"])
    return found


def also_given(part, stage, address, *, people=cast.PARTS) -> set[str]:
    """What one address may hold beyond the situation's own cells: numbers in the minutes, and a writer's own earlier number."""
    agency, roles = people[part]
    given = set()
    if address.startswith("meetings:minutes") and READS_MINUTES & set(roles):
        given.add(f"{canaries.PREFIX}-")  # the row ``minutes``: numbers, decisions, tallies; members of seated agencies
    is_its_writer = agency == people["originator"][0] and AGENCY_ROLES & set(roles)
    if is_its_writer and letter("discussed_before", stage, {"OR"}) == "R":
        given.add(canaries.EARLIER)
    return given


def may_be_revealed(part, stage, *, is_room_open, people=cast.PARTS) -> bool:
    """Whether the matrix lets this member reveal who it is, where names are written under seal."""
    return letter("identifiers", stage, relations_of(part, stage, is_room_open=is_room_open, people=people)) in "RW"


def stands(part, stage, *, is_room_open, people=cast.PARTS) -> set[str]:
    """The relations in which the situation is there for this member, also for the database; in a draft it is its agency's alone."""
    relations = relations_of(part, stage, is_room_open=is_room_open, people=people) & KNOWING
    return relations - {"CH", "CO"} if stage == "draft" else relations


def kinds_shown(part, stage, *, is_room_open, people=cast.PARTS) -> set[str]:
    """The kinds of sealed words that the database itself may show this member, as far as they are written."""
    relations = stands(part, stage, is_room_open=is_room_open, people=people)
    return {kind for datum, kind in WORDS.items() if letter(datum, stage, relations) in "RW"}
