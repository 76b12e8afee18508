"""Who sits at the table in a proof, and builders that go the way the table goes: through the lifecycles."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from agencies import clock
from agencies import lifecycle as agencies
from agencies.enums import Role
from agencies.models import Agency, Member
from meetings import lifecycle as meetings
from meetings.models import Meeting
from practice import codes
from situations import lifecycle as situations

# part: agency, roles. ``colleague`` sits at a desk while ``in_the_room`` is at the table; ``stranger`` has a seat and stays away.
PARTS = {
    "originator": ("Heron School Board", [Role.REPRESENTATIVE]),
    "in_the_room": ("Larch Housing", [Role.REPRESENTATIVE]),
    "colleague": ("Larch Housing", [Role.REPRESENTATIVE]),
    "lead": ("Otter Mental Health", [Role.REPRESENTATIVE]),
    "assisting": ("Granite Police Service", [Role.REPRESENTATIVE]),
    "recused": ("Sorrel Health Centre", [Role.REPRESENTATIVE]),
    "stranger": ("Fern Income Support", [Role.REPRESENTATIVE]),
    "agency_lead": ("Larch Housing", [Role.AGENCY_LEAD]),
    "chair": (None, [Role.CHAIR]),
    "recorder": (None, [Role.RECORDER]),
    "coordinator": (None, [Role.COORDINATOR]),
    "steering": (None, [Role.STEERING]),
    "privacy_officer": (None, [Role.PRIVACY_OFFICER]),
    "administrator": (None, [Role.ADMINISTRATOR]),
    "observer": (None, [Role.OBSERVER]),
}
AGENCIES = {
    "Heron School Board": ("sector:SEC-01", "agency_type:AGT-16"),
    "Larch Housing": ("sector:SEC-11", "agency_type:AGT-31"),
    "Otter Mental Health": ("sector:SEC-05", "agency_type:AGT-12"),
    "Granite Police Service": ("sector:SEC-04", "agency_type:AGT-01"),
    "Sorrel Health Centre": ("sector:SEC-02", "agency_type:AGT-09"),
    "Fern Income Support": ("sector:SEC-10", "agency_type:AGT-29"),
}
NOBODY = "nobody"  # who has not signed in
AT_THE_TABLE = ["originator", "in_the_room", "lead", "assisting", "recused", "observer"]
BY = "proof"
DELEGATED_FOR = timedelta(days=120)  # longer than any situation of a proof lasts

WHY_NOW = "Has not come to class for three weeks. Sleeps in different places and told a teacher that going home is not safe."
ANSWERS = {
    "discussion_type": "discussion_type:PER",
    "age_group": "age_group:12-17",
    "sex_gender": "sex_gender:F",
    "language_of_service": "language_of_service:FR",
    "affected_persons": ["age_group:0-5", "age_group:30-39"],
    "risk_factors": ["risk_factor:HOU-01", "risk_factor:ALC-02"],
    "protective_factors": ["protective_factor:PF-EDU-01"],
    "study_flags": ["study_flag:SF-02"],
    "attempts": ["attempt:TRY-01", "attempt:TRY-03"],
    "emergency_checks": {"emergency_check:911": "not_needed", "emergency_check:DTR": "done", "emergency_check:MHA": "not_needed"},
    "criteria": ["criterion:AER-A", "criterion:AER-B", "criterion:AER-C", "criterion:AER-D"],
    "consent": "consent:UNABLE",
    "legal_ground": "legal_ground:CYFSA292",
    "discussed_before": "yes",
    "earlier_number": "2024-007",
}
# Under which names the cast has come: where a town already sits at the table, those of a proof must not be anybody's there.
_domain: ContextVar[str] = ContextVar("domain_of_the_cast", default="table.example")


@contextmanager
def known_at(domain: str) -> Iterator[None]:
    """Within the block the cast is the one with addresses at ``domain``."""
    before = _domain.set(domain)
    try:
        yield
    finally:
        _domain.reset(before)


def address(part: str) -> str:
    return f"{part}@{_domain.get()}"


def the(part: str) -> Member:
    """One of the cast, fetched afresh."""
    return Member.objects.get(email=address(part))


def seat(tables: Iterable, *, people: Mapping = PARTS, by: str = BY, marked: str = "") -> None:
    """The agencies and ``people`` (part: agency, roles) sit at each of the tables; ``marked`` follows the agencies' names."""
    seated = {}
    for name, (sector, agency_type) in AGENCIES.items():
        seated[name] = agencies.add_agency(name=name + marked, sector=sector, agency_type=agency_type, by=by)
        for table in tables:
            agencies.give_seat(table, agency=seated[name], by=by)
    for part, (agency, roles) in people.items():
        for table in tables if part != NOBODY else ():
            _come(part, table, agency=seated.get(agency), roles=roles, by=by)
    codes.give_phones(Member.objects.filter(email__in=map(address, people)))


def _come(part: str, table, *, agency: Agency | None, roles, by) -> None:
    lasting = [role for role in roles if role != Role.ALTERNATE]
    full_name = f"{part.title()} Person"
    member = agencies.invite(email=address(part), full_name=full_name, agency=agency, roles=lasting, table=table, by=by)
    if Role.ALTERNATE in roles:  # a dated delegation
        agencies.appoint(member, table=table, role=Role.ALTERNATE, ends_at=clock.now() + DELEGATED_FOR, by=by)
    Member.objects.filter(pk=member.pk).update(joined_at=clock.now())


def later(**passed):
    """The clock stands so much later than it did."""
    return clock.moved_by(clock.offset_seconds() + timedelta(**passed).total_seconds())


def a_draft(table, *, by, answers=ANSWERS, why_now=WHY_NOW):
    """A draft with every answer of Filter 1."""
    situation = situations.open_situation(table, agency=by.agency, by=by)
    situation = situations.save_answers(situation, by=by, **answers)
    situations.write_why_now(situation, text=why_now, by=by)
    situation.refresh_from_db()
    return situation


def a_planned_meeting(table, *, starts_in=timedelta(minutes=5)):
    """A meeting that begins in five minutes."""
    now = clock.now()
    return Meeting.objects.create(
        table=table, rhythm_at=now + starts_in, starts_at=now + starts_in, ends_at=now + starts_in + timedelta(hours=2)
    )


def an_open_meeting(table, *, by, present=AT_THE_TABLE):
    """A meeting under way; ``present`` have checked in."""
    meeting = meetings.open_meeting(a_planned_meeting(table), by=by)
    for part in present:
        member = the(part)
        meetings.check_in(meeting, member=member, by=member)
    return meeting


def the_item_of(situation, meeting, *, by):
    """The situation's item on the meeting's agenda, presented."""
    meetings.refresh_agenda(meeting)
    return meetings.open_item(meeting.items.get(situation=situation), by=by)
