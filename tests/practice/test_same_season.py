"""The same seed plays the same season."""

from django.db import transaction

from practice import players
from situations.models import Situation
from tests.practice.conftest import NOW

FACTS = [
    "table__name_en", "stage", "year", "sequence", "discussion_type", "age_group", "sex_gender", "language_of_service", "affected_persons",
    "risk_factors", "protective_factors", "study_flags", "attempts", "emergency_checks", "criteria", "consent", "legal_ground",
    "discussed_before", "earlier_number", "decision", "criteria_not_met", "decision_reason", "tally_met", "tally_not_met",
    "tally_question", "conclusion_reason", "factors_lowered", "originating_agency__name",
]  # fmt: skip


def facts():
    return list(Situation.objects.order_by("opened_at").values_list(*FACTS))


def test_the_same_seed_plays_the_same_coded_facts(db):
    told = []
    for _time in range(2):
        with transaction.atomic():
            players.play(password="practice-canoe-kettle-12", seed=3, weeks=2, now=NOW)
            told.append(facts())
            transaction.set_rollback(True)

    assert told[0] == told[1]
    assert len(told[0]) > 5
