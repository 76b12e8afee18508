"""A response, or its conclusion, that was recorded a moment ago is taken back: nobody has acted on it, and its mail never leaves."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import outbox
from agencies.access import Refused
from agencies.enums import LedgerAct, Notice
from agencies.models import LedgerEntry
from responses.enums import Standing
from responses.models import Engagement, FollowUp, Response
from situations import lifecycle as situations

# What an agency does in a response, beside what recording it does by itself.
TAKEN_UP = (LedgerAct.JOINED, LedgerAct.DECLINED, LedgerAct.LEFT, LedgerAct.HANDED_OVER)
TAKEN_UP += (LedgerAct.STEP_DONE, LedgerAct.CONTACT_RECORDED, LedgerAct.SERVICE_RECORDED)
TAKEN_UP += (LedgerAct.REPORTED_BACK, LedgerAct.CONCLUSION_PROPOSED)


@transaction.atomic
def undo_response(situation, *, stood: dict[str, Any], by) -> None:
    """The table has not recorded who acts. Refused once an agency has acted in the response, or its mail has left.

    The row goes, so that the response can be recorded anew; the record keeps that it was, and that it was undone.
    """
    response = Response.objects.select_for_update(of=("self", "situation")).select_related("situation").get(situation=situation.pk)
    engagements = list(response.engagements.select_for_update(of=("self",)))
    if _is_taken_up(response, engagements):
        raise Refused(_("An agency has already acted in this response, so it can no longer be undone."))
    for notice in (Notice.ENGAGED, Notice.ASKED):
        if not outbox.take_back(notice, subject=response):
            raise Refused(_("The mail about this response has already left, so it can no longer be undone."))
    response.delete()
    situations.undo(situation, stood=stood, by=by)


def _is_taken_up(response, engagements: list[Engagement]) -> bool:
    """Whether anything stands in it that recording it has not put there: an agency that came later, a step, an act."""
    steps = int(situations.owes_notice(response.situation))
    done = LedgerEntry.objects.filter(situation_id=response.situation_id, act__in=TAKEN_UP)
    return len({each.since for each in engagements}) > 1 or response.steps.count() > steps or done.exists()


@transaction.atomic
def undo_conclusion(situation, *, stood: dict[str, Any], by) -> None:
    """The table has not ended the response: it goes on, and whoever was asked to join is still asked."""
    ended_at = situation.ended_at
    FollowUp.objects.filter(response__situation=situation.pk).delete()
    asked = Engagement.objects.filter(response__situation=situation.pk, standing=Standing.DECLINED, until=ended_at)
    asked.update(standing=Standing.ASKED, until=None)
    situations.undo(situation, stood=stood, by=by)
