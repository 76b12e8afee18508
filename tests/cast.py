"""Who sits at the table in the tests, and builders that go the way the table goes: through the lifecycles."""

from datetime import timedelta

from agencies import clock
from agencies import lifecycle as agencies
from agencies.enums import Naming, Role
from agencies.models import Member, SituationTable
from meetings import lifecycle as meetings
from meetings.models import Meeting
from practice import codes
from responses.models import Response
from situations import lifecycle as situations

TABLE = "Birch Lake Rapid Mobilization Table"
SEALED_TABLE = "Spruce Bay East Table"
BY = "tests"

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
AT_THE_TABLE = ["originator", "in_the_room", "lead", "assisting", "recused", "observer"]

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


def seat_everyone():
    """Two tables, six agencies, fifteen people; the same cast sits at both."""
    tables = [
        agencies.create_table(name_en=TABLE, name_fr="Table du lac des Bouleaux", name_oj="Weweni", weekdays=[1, 3], by=BY),
        agencies.create_table(
            name_en=SEALED_TABLE, name_fr="Table du lac Est", weekdays=[2], naming=Naming.SEALED, number_prefix="EST", by=BY
        ),
    ]
    seated = {}
    for name, (sector, agency_type) in AGENCIES.items():
        seated[name] = agencies.add_agency(name=name, sector=sector, agency_type=agency_type, by=BY)
        for table in tables:
            agencies.give_seat(table, agency=seated[name], by=BY)
    for part, (agency, roles) in PARTS.items():
        for table in tables:
            member = agencies.invite(
                email=f"{part}@table.example",
                full_name=f"{part.title()} Person",
                agency=seated.get(agency),
                roles=roles,
                table=table,
                by=BY,
            )
        Member.objects.filter(pk=member.pk).update(joined_at=clock.now())
    codes.give_phones(Member.objects.all())


def the(part) -> Member:
    """One of the cast, fetched afresh."""
    return Member.objects.get(email=f"{part}@table.example")


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


def a_submitted(table, *, by, **options):
    """A situation before the table's next meeting."""
    return situations.submit(a_draft(table, by=by, **options), by=by)


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


def accepted(item, *, by):
    """Two agencies found the risk acute, one had a question; the table accepted."""
    for part, position in [("originator", "MET"), ("lead", "MET"), ("in_the_room", "ASK")]:
        member = the(part)
        meetings.take_position(item, agency=member.agency, position=f"position:{position}", by=member)
    meetings.step_out(item, member=the("recused"), by=the("recused"))
    return meetings.accept(item, by=by)


def a_response_to(item, *, by, close=True):
    """The lead and one assisting agency act; the item is closed."""
    for part, involvement in [("lead", "NOW"), ("assisting", "HELP"), ("in_the_room", "NONE")]:
        member = the(part)
        meetings.say_involvement(item, agency=member.agency, involvement=f"involvement:{involvement}", by=member)
    meetings.respond(item, lead=the("lead").agency, assisting=[the("assisting").agency], by=by)
    if close:
        meetings.close_item(item, by=by)
    return Response.objects.select_related("situation__table").get(situation=item.situation)


def the_table(name=TABLE) -> SituationTable:
    return SituationTable.objects.get(name_en=name)


def an_open_meeting_after(response, *, by, present=AT_THE_TABLE):
    """The next meeting of the table, under way, when the response reports back; the earlier one is closed."""
    for earlier in Meeting.objects.under_way().filter(table=response.table):
        meetings.close_meeting(earlier, by=by)
    return an_open_meeting(response.table, by=by, present=present)
