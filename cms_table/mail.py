"""What leaves by mail: that something awaits the reader, and where. Never a number, a name or a fact about anyone."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies import clock
from agencies.days import date_format
from agencies.enums import CAN_WAIT, Notice
from agencies.lifecycle import invitation_address
from agencies.models import Outbox
from cms_table.awaiting import still_true
from cms_table.faults import contained
from cms_table.sign_in import new_password_address

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
    Notice.RECOVERY_ASKED: gettext_lazy(
        "Somebody asks to let a member in anew who lost their phone. It takes a second person: please read it, and confirm or decline."
    ),
    Notice.RELEASE_DUE: gettext_lazy("A release of the table was prepared. Please read it, and approve it or withdraw it."),
    Notice.NEW_DEVICE: gettext_lazy("You signed in on a device that is new to the table. If it was not you, sign out everywhere."),
    Notice.NEW_PASSWORD: gettext_lazy("Someone, most likely you, asked for a new password at the table. Open this link to choose one:"),
}
# The same, when the coordinator reminds of what is past its time.
REMINDERS = {
    Notice.CONTACT_DUE: gettext_lazy("The coordinator reminds you: a first contact that your agency leads was due by %(moment)s."),
    Notice.STEP_DUE: gettext_lazy("The coordinator reminds you: a step that your agency took on is past its time."),
    Notice.REPORT_BACK_DUE: gettext_lazy("The coordinator reminds you: a report-back of your agency was due at the last meeting."),
    Notice.FOLLOW_UP_DUE: gettext_lazy("The coordinator reminds you: a follow-up question still awaits an answer by number."),
}


# Links that open the door once: made when the letter leaves, so that none lies in the database.
MADE_WHEN_IT_LEAVES = {Notice.INVITATION: invitation_address, Notice.NEW_PASSWORD: new_password_address}
WORDED_BY_ITSELF = {Notice.NEW_PASSWORD: "email/new_password.txt"}


def sentence_of(mail) -> str:
    """What a mail says, in the language of the moment; a time in it by the table's wall clock."""
    notice = Notice(mail.notice)
    said = (REMINDERS if mail.reminded_by_id else {}).get(notice) or SENTENCES[notice]
    zone = mail.table.zone if mail.table else None
    return said % {"moment": date_format(timezone.localtime(mail.moment, zone), "DATETIME_FORMAT") if mail.moment else ""}


def compose(mails: list) -> EmailMessage:
    """One message of what waits for one reader, in the reader's language."""
    reader = mails[0].recipient
    with translation.override(reader.language):
        links: dict[str, list[str]] = {}  # what several things have in common is said once, with the link of each
        for mail in mails:
            links.setdefault(sentence_of(mail), []).append(settings.SITE_ADDRESS + _link_of(mail))
        tables = dict.fromkeys(str(mail.table) for mail in mails if mail.table)
        body = render_to_string(
            WORDED_BY_ITSELF.get(mails[0].notice, "email/notice.txt"),
            {"name": reader.full_name, "links": links, "table": ", ".join(tables), "practice": settings.PRACTICE},
        )
        subject = str(Notice(mails[0].notice).label)
        if len(mails) > 1:
            subject = ngettext("%(count)d thing awaits you", "%(count)d things await you", len(mails)) % {"count": len(mails)}
        if settings.PRACTICE:
            subject = _("[Practice] %(subject)s") % {"subject": subject}
        return EmailMessage(subject=subject, body=body, to=[reader.email])


def _link_of(mail) -> str:
    """The path to which a mail leads."""
    made = MADE_WHEN_IT_LEAVES.get(mail.notice)
    return made(mail.recipient) if made else mail.address


def send_waiting(limit: int = 100) -> int:
    """Send what is due and still true; each message in a transaction of its own, at most once. Returns how many left."""
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


def _waiting():
    """What has neither left nor been dropped, locked, as far as nobody else holds it."""
    waiting = Outbox.objects.filter(sent_at=None, dropped_at=None).select_related("recipient", "table")
    return waiting.select_for_update(of=("self",), skip_locked=True)


def _send(key) -> bool:
    """Whether a message left: this mail was due, still true, and the mail server took it; with it leaves what can wait for company."""
    with transaction.atomic():
        mail = _waiting().filter(pk=key).first()
        if mail is None or not _kept([mail]):
            return False
        told = [mail, *_company_of(mail)]
        message = compose(told)
        # Marked before it leaves: a crash in between loses a reminder, it never sends one twice.
        keys, now = [each.pk for each in told], clock.now()
        Outbox.objects.filter(pk__in=keys).update(sent_at=now)
    try:
        message.send(fail_silently=False)
    except OSError as unreachable:  # smtplib's errors are OSErrors
        log.warning("Mail could not be sent (%s); trying again in five minutes.", type(unreachable).__name__)
        Outbox.objects.filter(pk__in=keys).update(sent_at=None, send_at=now + TRIED_AGAIN_AFTER)
        return False
    return True


def _kept(mails: list) -> list:
    """Those of one reader's mails that are still true and not too old to be of use; the others are dropped."""
    reader, now = mails[0].recipient, clock.now()
    fresh = [mail for mail in mails if reader.is_active and now - mail.created_at <= GIVEN_UP_AFTER]
    kept = still_true(fresh, to=reader)
    Outbox.objects.filter(pk__in={mail.pk for mail in mails} - {mail.pk for mail in kept}).update(dropped_at=now)
    return kept


def _company_of(mail) -> list:
    """What else is due for the same reader and can wait: it leaves in the same message."""
    if mail.notice not in CAN_WAIT:
        return []
    others = _waiting().filter(recipient=mail.recipient_id, notice__in=CAN_WAIT, send_at__lte=clock.now()).exclude(pk=mail.pk)
    can_be_written = [each for each in others if _can_be_written(each)]
    return _kept(can_be_written) if can_be_written else []


def _can_be_written(mail) -> bool:
    try:
        return bool(sentence_of(mail))
    except Exception:  # its own turn comes, and then the log names the fault
        return False
