"""One situation at any stage, in which every datum carries a canary that names it, in both languages.

A canary is a vocabulary entry that is already retired: no form offers it, so it can stand on a page only because
somebody was shown what the situation says.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from agencies import clock
from agencies.models import Entry, SituationTable
from meetings import lifecycle as meetings
from meetings.models import AgendaItem, Meeting
from practice.proof import cast
from responses import lifecycle as responses
from responses.models import Response
from situations import lifecycle as situations
from situations.models import Situation

PREFIX = "ZQN"  # of the situation's number
EARLIER = "1987-654"
# canary: the vocabulary in which it is an entry
ENTRIES = {
    "filter1_worksheet": ["attempt", "emergency_check"],
    "aer_criteria": ["criterion"],
    "profile_and_factors": [
        "discussion_type",
        "age_group",
        "sex_gender",
        "language_of_service",
        "risk_factor",
        "protective_factor",
        "study_flag",
    ],
    "consent_and_ground": ["consent", "legal_ground"],
    "decision": ["withdrawal_reason", "deferral_reason"],
    "steps": ["step_type"],
    "contacts_and_clock": ["contact_result"],
    "services_mobilised": ["service", "mobilization_type"],
    "report_backs": ["report_back_code"],
    "conclusion": ["early_end_reason"],
    "follow_up": ["follow_up_code"],
}
# the same vocabulary carries two: what the table did not accept, and how what it accepted ended
OF_CONCLUSION_REASONS = {"decision": "conclusion_reason:REJ-ZQ", "conclusion": "conclusion_reason:END-ZQ"}
WORDS = {"why_now": "zq-why_now", "systemic_issues": "zq-systemic_issues"}
UNDER_SEAL = {"identifiers": "zq-identifiers", "plan_text": "zq-plan_text"}  # at a table where names are written
# what an agency said: one's own, and another's
SAID_BY = {"positions": "position", "involvement": "involvement"}
SPEAKERS = ["lead", "in_the_room"]


def canary(datum: str) -> str:
    return f"zq-{datum}"


@dataclass
class Town:
    """Everything that an address may ask for."""

    table: SituationTable
    situation: Situation
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    response: Response | None = None
    issue: object = None
    closed_meeting: Meeting | None = None
    extra: dict = field(default_factory=dict)


def _entry(vocabulary, code, said, marks=()):
    return Entry.objects.create(
        pk=f"{vocabulary}:{code}",
        vocabulary=vocabulary,
        code=code,
        label_en=f"{said} en",
        label_fr=f"{said} fr",
        group_en="Birds",
        group_fr="Oiseaux",
        marks=list(marks),
        retired_at=clock.now(),
    )


def release_canaries() -> None:
    """Let them fly: one retired entry for each datum and list."""
    for datum, vocabularies in ENTRIES.items():
        for vocabulary in vocabularies:
            _entry(vocabulary, "ZQ", canary(datum), ["stops_clock"] if vocabulary == "contact_result" else [])
    for datum, key in OF_CONCLUSION_REASONS.items():
        vocabulary, code = key.split(":")
        _entry(vocabulary, code, canary(datum), ["accepted" if datum == "conclusion" else "rejected"])
    for datum, vocabulary in SAID_BY.items():
        for speaker in SPEAKERS:
            _entry(vocabulary, f"ZQ-{speaker}", f"{canary(datum)}-{speaker}-")


ANSWERS = cast.ANSWERS | {
    "discussion_type": "discussion_type:ZQ",
    "age_group": "age_group:ZQ",
    "sex_gender": "sex_gender:ZQ",
    "language_of_service": "language_of_service:ZQ",
    "affected_persons": ["age_group:ZQ"],
    "risk_factors": ["risk_factor:ZQ"],
    "protective_factors": ["protective_factor:ZQ"],
    "study_flags": ["study_flag:ZQ"],
    "attempts": ["attempt:ZQ"],
    "emergency_checks": cast.ANSWERS["emergency_checks"] | {"emergency_check:ZQ": "done"},
    "criteria": [*cast.ANSWERS["criteria"], "criterion:ZQ"],
    "consent": "consent:ZQ",
    "legal_ground": "legal_ground:ZQ",
    "earlier_number": EARLIER,
}
STAGES = ["draft", "submitted", "presented", "rejected", "withdrawn", "identifying", "ended_early", "responding", "concluded", "purged"]


def town_at(stage, *, is_room_open, table) -> Town:
    """The situation at ``stage``, at a table where the cast sits; with ``is_room_open`` its item is open and they are in the room."""
    release_canaries()
    SituationTable.objects.filter(pk=table.pk).update(number_prefix=PREFIX)
    table.refresh_from_db()
    originator, chair = cast.the("originator"), cast.the("chair")
    situation = cast.a_draft(table, by=originator, answers=ANSWERS, why_now=WORDS["why_now"])
    town = Town(table=table, situation=situation)
    town.issue = responses.raise_issue(
        table, issue_type="systemic_issue_type:SYS-01", line=WORDS["systemic_issues"], agency=originator.agency, by=originator
    )
    if stage != "draft":
        _go_on(town, stage, chair=chair)
    if not is_room_open and town.item is not None and Meeting.objects.get(pk=town.meeting.pk).is_open:
        meetings.close_meeting(town.meeting, by=chair)
    town.situation = Situation.objects.get(pk=situation.pk)
    assert town.situation.stage == stage
    return town


def _go_on(town, stage, *, chair) -> None:
    situations.submit(town.situation, by=cast.the("originator"))
    town.meeting = cast.an_open_meeting(town.table, by=chair) if stage != "submitted" else cast.a_planned_meeting(town.table)
    if stage == "submitted":
        return
    town.item = cast.the_item_of(town.situation, town.meeting, by=chair)
    for speaker in SPEAKERS:
        member = cast.the(speaker)
        meetings.take_position(town.item, agency=member.agency, position=f"position:ZQ-{speaker}", by=member)
    meetings.step_out(town.item, member=cast.the("recused"), by=cast.the("recused"))
    if stage == "rejected":
        meetings.reject(town.item, criteria_not_met=["criterion:AER-B"], reason=OF_CONCLUSION_REASONS["decision"], by=chair)
    elif stage == "withdrawn":
        meetings.withdraw(Situation.objects.get(pk=town.situation.pk), reason="withdrawal_reason:ZQ", by=cast.the("originator"))
    elif stage != "presented":
        _accept(town, stage, chair=chair)


def _accept(town, stage, *, chair) -> None:
    meetings.accept(town.item, by=chair)
    if town.table.names_are_sealed:
        who = dict.fromkeys(("name", "born", "address"), UNDER_SEAL["identifiers"])
        situations.write_identifiers(town.situation, **who, by=cast.the("originator"))
    for speaker in SPEAKERS:
        member = cast.the(speaker)
        meetings.say_involvement(town.item, agency=member.agency, involvement=f"involvement:ZQ-{speaker}", by=member)
    if stage == "ended_early":
        meetings.end_early(town.item, reason="early_end_reason:ZQ", by=chair)
    elif stage != "identifying":
        _respond(town, stage, chair=chair)


def _respond(town, stage, *, chair) -> None:
    lead, assisting = cast.the("lead"), cast.the("assisting")
    meetings.respond(town.item, lead=lead.agency, assisting=[assisting.agency], asked=[cast.the("stranger").agency], by=chair)
    town.response = Response.objects.select_related("situation__table", "table").get(situation=town.situation)
    responses.plan_step(town.response, step_type="step_type:ZQ", owner=assisting.agency, due_at=clock.now() + timedelta(days=1), by=lead)
    responses.record_contact(town.response, agency=lead.agency, result="contact_result:ZQ", by=lead)
    responses.record_service(town.response, service="service:ZQ", mobilization="mobilization_type:ZQ", agency=lead.agency, by=lead)
    if town.table.names_are_sealed:
        situations.write_plan(town.situation, text=UNDER_SEAL["plan_text"], by=lead)
    meetings.close_meeting(town.meeting, by=chair)
    town.closed_meeting = town.meeting
    town.meeting = cast.an_open_meeting(town.table, by=chair)
    town.item = meetings.open_item(town.meeting.items.get(situation=town.situation), by=chair)
    meetings.hear_report(town.item, agency=lead.agency, report="report_back_code:ZQ", by=lead)
    if stage in ("concluded", "purged"):
        _conclude(town, stage, chair=chair)


def _conclude(town, stage, *, chair) -> None:
    town.item.outcome = ""  # the same item both heard a report and concludes
    meetings.conclude(AgendaItem.objects.get(pk=town.item.pk), reason=OF_CONCLUSION_REASONS["conclusion"], factors_lowered=[], by=chair)
    follow_up = town.response.follow_ups.order_by("day").first()
    with cast.later(days=31):
        responses.answer_follow_up(follow_up, answer="follow_up_code:ZQ", by=cast.the("lead"))
    if stage == "purged":
        meetings.close_meeting(town.meeting, by=chair)
        responses.purge(Situation.objects.get(pk=town.situation.pk), by=cast.BY)
