"""What leaves by mail: that something awaits the reader, and where. Never a number, a name or a fact about anyone."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import clock
from agencies.days import date_format
from agencies.enums import Notice
from agencies.lifecycle import awaits_signature, invitation_address
from agencies.models import Agreement, Outbox
from cms_table.faults import contained
from meetings.enums import State
from meetings.models import Meeting
from reports.enums import Act
from reports.models import Release
from reports.policies import permitted_with
from responses.models import Engagement, FollowUp, Response, Step

log = logging.getLogger(__name__)
TRIED_AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=2)  # a mail that could not be sent for so long would no longer be of use

SENTENCES = {
    Notice.INVITATION: gettext_lazy("You are invited to sit at the table. The link opens once and lets you choose a password."),
    Notice.AGREEMENT_DUE: gettext_lazy("An agreement of the table awaits your signature."),
    Notice.MEETING_MOVED: gettext_lazy("A meeting of the table was moved. It now begins %(moment)s."),
    Notice.MEETING_CANCELLED: gettext_lazy("The meeting of %(moment)s does not take place."),
    Notice.EMERGENCY_CALLED: gettext_lazy("An emergency session is called for %(moment)s, and your agency has a seat."),
    Notice.ENGAGED: gettext_lazy("The table recorded your agency in a response. The first contact is due within 48 hours."),
    Notice.ASKED: gettext_lazy("The agencies that respond ask whether your agency can help. Please answer yes or no."),
    Notice.CONTACT_DUE: gettext_lazy("A first contact that your agency leads is due by %(moment)s."),
    Notice.STEP_DUE: gettext_lazy("A step that your agency took on is due by %(moment)s."),
    Notice.REPORT_BACK_DUE: gettext_lazy("A report-back of your agency is due at the next meeting."),
    Notice.FOLLOW_UP_DUE: gettext_lazy("A follow-up question awaits an answer by number."),
    Notice.HELP_ASKED: gettext_lazy("An agency that responds with yours asks for help."),
    Notice.RELEASE_DUE: gettext_lazy("A release of the table was prepared. Please read it, and approve it or withdraw it."),
}


def _takes_part(mail) -> bool:
    # Asked of the reader, not of the agency: who stepped out is told nothing.
    return Response.objects.under_way().of(mail.recipient.agency_id).visible_to(mail.recipient).filter(pk=mail.subject_id).exists()


def _awaits_signature(mail) -> bool:
    agreement = Agreement.objects.filter(pk=mail.subject_id).first()
    return agreement is not None and awaits_signature(agreement, mail.recipient)


def _awaits_approval(mail) -> bool:
    release = Release.objects.visible_to(mail.recipient).filter(pk=mail.subject_id).first()
    return release is not None and Act.APPROVE in permitted_with(mail.recipient, release)


# Whether a mail is still true when its time comes. What is not named here is always true.
STILL_TRUE = {
    Notice.INVITATION: lambda mail: mail.recipient.joined_at is None,
    Notice.AGREEMENT_DUE: _awaits_signature,
    Notice.MEETING_MOVED: lambda mail: (
        Meeting.objects.visible_to(mail.recipient).planned().filter(pk=mail.subject_id, starts_at=mail.moment).exists()
    ),
    Notice.MEETING_CANCELLED: lambda mail: (
        Meeting.objects.visible_to(mail.recipient).filter(pk=mail.subject_id, state=State.CANCELLED).exists()
    ),
    Notice.EMERGENCY_CALLED: lambda mail: Meeting.objects.visible_to(mail.recipient).to_come().filter(pk=mail.subject_id).exists(),
    Notice.ENGAGED: _takes_part,
    Notice.ASKED: lambda mail: Engagement.objects.asked().filter(response=mail.subject_id, agency=mail.recipient.agency_id).exists(),
    Notice.CONTACT_DUE: lambda mail: _takes_part(mail) and Response.objects.awaiting_contact().filter(pk=mail.subject_id).exists(),
    Notice.STEP_DUE: lambda mail: (
        Step.objects.planned()
        .filter(pk=mail.subject_id, owner=mail.recipient.agency_id, response__in=Response.objects.visible_to(mail.recipient))
        .exists()
    ),
    Notice.FOLLOW_UP_DUE: lambda mail: (
        FollowUp.objects.open().filter(pk=mail.subject_id, response__in=Response.objects.visible_to(mail.recipient)).exists()
    ),
    Notice.HELP_ASKED: _takes_part,
    Notice.RELEASE_DUE: _awaits_approval,
}


def compose(mail) -> EmailMessage:
    """The message of one waiting mail, in the reader's language."""
    with translation.override(mail.recipient.language):
        zone = mail.table.zone if mail.table else None
        moment = date_format(timezone.localtime(mail.moment, zone), "DATETIME_FORMAT") if mail.moment else ""
        address = invitation_address(mail.recipient) if mail.notice == Notice.INVITATION else mail.address
        body = render_to_string(
            "email/notice.txt",
            {
                "name": mail.recipient.full_name,
                "sentence": SENTENCES[Notice(mail.notice)] % {"moment": moment},
                "link": settings.SITE_ADDRESS + address,
                "table": str(mail.table or ""),
                "practice": settings.PRACTICE,
            },
        )
        subject = str(Notice(mail.notice).label)
        if settings.PRACTICE:
            subject = _("[Practice] %(subject)s") % {"subject": subject}
        return EmailMessage(subject=subject, body=body, to=[mail.recipient.email])


def send_waiting(limit: int = 100) -> int:
    """Send what is due and still true; each mail in a transaction of its own, at most once. Returns how many left."""
    left = 0
    due = Outbox.objects.filter(sent_at=None, dropped_at=None, send_at__lte=clock.now()).values_list("pk", flat=True)[:limit]
    for key in list(due):
        with contained(send_waiting):
            try:
                left += _send(key)
            except Exception:
                # What cannot be written makes room for the others; the fault itself is named in the log.
                Outbox.objects.filter(pk=key, sent_at=None).update(send_at=clock.now() + TRIED_AGAIN_AFTER)
                raise
    return left


def _send(key) -> bool:
    """Whether this mail left: it was due, still true, and the mail server took it."""
    with transaction.atomic():
        mail = (
            Outbox.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("recipient", "table")
            .filter(pk=key, sent_at=None)
            .first()
        )
        if mail is None:
            return False
        now = clock.now()
        is_true = mail.recipient.is_active and STILL_TRUE.get(mail.notice, lambda mail: True)(mail)
        if not is_true or now - mail.send_at > GIVEN_UP_AFTER:
            mail.dropped_at = now
            mail.save()
            return False
        # Marked before it leaves: a crash in between loses a reminder, it never sends one twice.
        mail.sent_at = now
        mail.save()
        message = compose(mail)
    try:
        message.send(fail_silently=False)
    except OSError as unreachable:  # smtplib's errors are OSErrors
        log.warning("Mail could not be sent (%s); trying again in five minutes.", type(unreachable).__name__)
        Outbox.objects.filter(pk=key).update(sent_at=None, send_at=now + TRIED_AGAIN_AFTER)
        return False
    return True
