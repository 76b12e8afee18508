"""Filter 1, acted out: a draft, its answers, the sentence, and that it comes before the table."""

from datetime import datetime, timedelta

from practice.players.diary import hand_of
from practice.seasons import PlannedSituation
from situations import lifecycle as situations
from situations.models import Situation

CRITERIA = ("AER-A", "AER-B", "AER-C", "AER-D")
FIRST_PAGE = ("discussion_type", "age_group", "sex_gender", "language_of_service", "affected_persons")


def answers(planned: PlannedSituation, *, earlier_number: str) -> dict:
    """Every answer of Filter 1 as the lifecycle takes them: entry keys by field."""
    return {
        "discussion_type": f"discussion_type:{planned.discussion_type}",
        "age_group": f"age_group:{planned.age_group}" if planned.age_group else None,
        "sex_gender": f"sex_gender:{planned.sex_gender}" if planned.sex_gender else None,
        "language_of_service": f"language_of_service:{planned.language}",
        "affected_persons": [f"age_group:{age}" for age in planned.affected_ages],
        "risk_factors": [f"risk_factor:{code}" for code in planned.risk_factors],
        "protective_factors": [f"protective_factor:{code}" for code in planned.protective_factors],
        "study_flags": [f"study_flag:{code}" for code in planned.study_flags],
        "attempts": [f"attempt:{code}" for code in planned.attempts],
        "emergency_checks": {f"emergency_check:{code}": "done" if done else "not_needed" for code, done in planned.emergency_checks},
        "criteria": [f"criterion:{code}" for code in CRITERIA],
        "consent": f"consent:{planned.consent}",
        "legal_ground": f"legal_ground:{planned.legal_ground}" if planned.legal_ground else None,
        "discussed_before": planned.discussed_before,
        "earlier_number": earlier_number,
    }


def write_draft(
    planned: PlannedSituation, *, table, agency, by, at: datetime, earlier_number: str = "", is_half: bool = False
) -> Situation:
    """A draft with every answer; ``is_half``: only the first page of it is filled in."""
    said = answers(planned, earlier_number=earlier_number)
    with hand_of(by, at):
        situation = situations.open_situation(table, agency=agency, by=by)
    with hand_of(by, at + timedelta(minutes=2)):
        situation = situations.save_answers(situation, by=by, **{field: said[field] for field in FIRST_PAGE})
    if is_half:
        return situation
    with hand_of(by, at + timedelta(minutes=9)):
        situation = situations.save_answers(situation, by=by, **said)
        return situations.write_why_now(situation, text=planned.why_now, by=by)


def submit(situation: Situation, *, by, at: datetime) -> Situation:
    """It comes before the table's next meeting."""
    with hand_of(by, at):
        return situations.submit(situation, by=by)
