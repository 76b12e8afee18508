"""What happens by itself: mail, the calendar, reminders, forgetting. Each does at most once what is due, and nothing else."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies import clock, ledger, outbox
from agencies.actor import for_the_table
from agencies.enums import LedgerAct, Notice
from agencies.models import FormToken, Member, SignIn, SituationTable
from cms_table import forgetting, mail
from cms_table.faults import contained
from meetings import lifecycle as meetings
from meetings.models import Meeting
from responses.clock import due_at
from responses.models import FollowUp, Response, Step
from situations import lifecycle as situations

BY = "tick"
PLANNED_AHEAD = timedelta(weeks=12)
REMINDED_BEFORE = timedelta(hours=8)  # when the clock turns clay
TOKENS_KEPT = timedelta(days=2)


def plan_calendars() -> None:
    """Every table's calendar reaches twelve weeks ahead."""
    for table in SituationTable.objects.filter(is_active=True):
        with contained(plan_calendars), transaction.atomic():
            meetings.plan_meetings(table, until=(clock.now() + PLANNED_AHEAD).astimezone(table.zone).date(), by=BY)


def close_meetings() -> None:
    """A meeting that nobody closed ends by itself, four hours after its planned end."""
    for meeting in Meeting.objects.forgotten():
        with contained(close_meetings), transaction.atomic():
            meetings.close_forgotten(meeting, by=BY)


@transaction.atomic
def remind() -> None:
    """Only those who owe something are reminded, once for each cause and day."""
    now = clock.now()
    soon = now + REMINDED_BEFORE
    for response in Response.objects.awaiting_contact().select_related("table").filter(accepted_at__lte=soon - timedelta(hours=48)):
        for engagement in response.engagements.taking_part().filter(part="lead"):
            due = due_at(response.accepted_at)
            _post_once(Notice.CONTACT_DUE, response, agency=engagement.agency_id, situation=response.situation_id, moment=due)
    for step in Step.objects.planned().filter(due_at__lte=soon).select_related("table", "response"):
        _post_once(Notice.STEP_DUE, step, agency=step.owner_id, situation=step.response.situation_id, moment=step.due_at)
    for follow_up in FollowUp.objects.open().select_related("table", "response"):
        _post_once(Notice.FOLLOW_UP_DUE, follow_up, agency=follow_up.agency_id, situation=follow_up.response.situation_id)


def _post_once(notice, subject, *, agency, situation, moment=None) -> None:
    since = clock.now() - timedelta(days=1)
    told = outbox.Outbox.objects.filter(notice=notice, subject_id=subject.pk, created_at__gt=since)
    told = told.exclude(reminded_by__isnull=False, dropped_at__isnull=False)  # a reminder that somebody took back told nobody
    to = Member.objects.acting_for(agency, subject.table).exclude(pk__in=told.values("recipient"))
    outbox.post(notice, to=to, table=subject.table, address=reverse("situation", args=[situation]), subject=subject, moment=moment)


def purge() -> int:
    """What is due is forgotten: drafts on which nobody writes, words after the end, coded facts after years; then it is kept outside."""
    forgotten = forgetting.forget_what_is_due(by=BY)
    forgetting.keep_outside()
    return forgotten


@transaction.atomic
def sweep() -> None:
    """Form tokens and sessions that can no longer be used are removed; whose session ended because nobody was there is recorded."""
    FormToken.objects.filter(posted_at__lt=clock.now() - TOKENS_KEPT).delete()
    ended = SignIn.objects.select_for_update(of=("self",), skip_locked=True).filter(expire_date__lt=timezone.now())
    over = list(ended.select_related("member"))
    for gone in over:
        if gone.member is not None:
            is_long_day = gone.expire_date - gone.began_at >= timedelta(seconds=settings.SESSION_LONGEST)
            ledger.record(LedgerAct.SIGNED_OUT, by=gone.member, codes=["long_day" if is_long_day else "idle"])
    SignIn.objects.filter(pk__in=[gone.pk for gone in over]).delete()


def seal() -> None:
    """What came to the ledger since is sealed; the loop does it oftener than the rest, so that little is ever unsealed."""
    ledger.seal()


def turn_wrapping_key() -> None:
    """Weekly a new wrapping key; the old one dies a week later, when nothing that lives is wrapped by it."""
    situations.turn_wrapping_key(by=BY)


ROUND = [plan_calendars, close_meetings, remind, purge, turn_wrapping_key, mail.send_waiting, sweep, seal]


def run_once() -> None:
    """Every timer once; one that fails does not keep the others from their work."""
    for timer in ROUND:
        with contained(timer), for_the_table(BY):
            timer()
