"""What still awaits a member of all that the table told them: asked before a mail leaves, and by the page that lists it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max, Q

from agencies import clock, signatures
from agencies.actor import for_the_table
from agencies.enums import Notice
from agencies.models import Recovery
from meetings.enums import State
from meetings.models import Meeting
from reports.enums import Act
from reports.models import Release
from reports.policies import permitted_with
from responses.models import Engagement, FollowUp, Response, Step


def still_true(mails: list, *, to) -> list:
    """Those of the mails to one member that are still true, in their order. At most two queries for each judge that is asked."""
    judged: dict[Any, list] = {}
    for mail in mails:
        judged.setdefault(_judge_of(mail), []).append(mail)
    kept = {mail.pk for judge, asked in judged.items() for mail in judge(asked, to)}
    return [mail for mail in mails if mail.pk in kept]


def _judge_of(mail) -> Callable:
    if mail.notice == Notice.REPORT_BACK_DUE and mail.reminded_by_id is not None:
        return _of_responses
    return JUDGES.get(mail.notice, _always)


def _always(mails, to):
    return mails


def _has_not_joined(mails, to):
    return mails if to.joined_at is None else []


def _of_responses(mails, to):
    """Asked of the reader, not of the agency: who stepped out is told nothing."""
    about = Response.objects.under_way().of(to.agency_id).visible_to(to).filter(pk__in=_subjects(mails))
    rows = about.annotate(last_reported_at=Max("report_backs__at")).values_list("pk", "first_contact_at", "last_reported_at")
    takes_part = {pk: (contacted, reported) for pk, contacted, reported in rows}

    def awaits(mail):
        contacted, reported = takes_part[mail.subject_id]
        if mail.notice == Notice.CONTACT_DUE:
            return contacted is None
        return mail.notice != Notice.REPORT_BACK_DUE or reported is None or reported < mail.created_at

    return [mail for mail in mails if mail.subject_id in takes_part and awaits(mail)]


def _of_steps(mails, to):
    """Of a step; or, where somebody reminds who may not know which step it is, of a response in which one is overdue."""
    subjects = _subjects(mails)
    known = Response.objects.visible_to(to)
    own = Step.objects.planned().filter(Q(pk__in=subjects) | Q(response__in=subjects), owner=to.agency_id, response__in=known)
    now = clock.now()
    owed = {
        key for pk, response, due_at in own.values_list("pk", "response", "due_at") for key in (pk, response) if key == pk or due_at < now
    }
    return [mail for mail in mails if mail.subject_id in owed]


def _of_follow_ups(mails, to):
    known = Response.objects.visible_to(to)
    return _among(mails, FollowUp.objects.open().filter(pk__in=_subjects(mails), agency=to.agency_id, response__in=known))


def _of_the_asked(mails, to):
    with for_the_table("asked"):
        asked = set(Engagement.objects.awaiting(to).filter(response__in=_subjects(mails)).values_list("response", flat=True))
    return [mail for mail in mails if mail.subject_id in asked]


def _of_meetings(mails, to):
    """What was said of a meeting, as long as it stands so and its time has not passed."""
    about = Meeting.objects.visible_to(to).filter(pk__in=_subjects(mails)).values_list("pk", "state", "starts_at", "ends_at")
    stands = {pk: (state, starts_at) for pk, state, starts_at, ends_at in about if ends_at > clock.now() or state == State.OPEN}

    def is_so(mail):
        state, starts_at = stands[mail.subject_id]
        if mail.notice == Notice.MEETING_CANCELLED:
            return state == State.CANCELLED
        if mail.notice == Notice.MEETING_MOVED:
            return state == State.PLANNED and starts_at == mail.moment
        return state in (State.PLANNED, State.OPEN)

    return [mail for mail in mails if mail.subject_id in stands and is_so(mail)]


def _of_recoveries(mails, to):
    return _among(mails, Recovery.objects.waiting().filter(pk__in=_subjects(mails)))


def _of_agreements(mails, to):
    awaited = {row["pk"] for row in signatures.own(to) if row["may_sign"] and row["state"] in signatures.AWAITED}
    return [mail for mail in mails if mail.subject_id in awaited]


def _of_releases(mails, to):
    about = Release.objects.visible_to(to).filter(pk__in=_subjects(mails))
    awaited = {release.pk for release in about if Act.APPROVE in permitted_with(to, release)}
    return [mail for mail in mails if mail.subject_id in awaited]


def _subjects(mails) -> set:
    return {mail.subject_id for mail in mails}


def _among(mails, rows) -> list:
    there = set(rows.values_list("pk", flat=True))
    return [mail for mail in mails if mail.subject_id in there]


# Who is asked whether a notice is still true. What is not named here is always true.
JUDGES: dict[str, Callable] = {
    Notice.INVITATION: _has_not_joined,
    Notice.RECOVERY_ASKED: _of_recoveries,
    Notice.AGREEMENT_DUE: _of_agreements,
    Notice.MEETING_MOVED: _of_meetings,
    Notice.MEETING_CANCELLED: _of_meetings,
    Notice.EMERGENCY_CALLED: _of_meetings,
    Notice.ENGAGED: _of_responses,
    Notice.ASKED: _of_the_asked,
    Notice.CONTACT_DUE: _of_responses,
    Notice.STEP_DUE: _of_steps,
    Notice.FOLLOW_UP_DUE: _of_follow_ups,
    Notice.HELP_ASKED: _of_responses,
    Notice.RELEASE_DUE: _of_releases,
}
