"""Mail waits in the database and is sent by ``tick`` half a minute later, or at the reader's hour, if it is still true by then."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime

from agencies import clock
from agencies.enums import CAN_WAIT, MailChoice
from agencies.models import Outbox, SituationTable

SENT_AFTER = timedelta(seconds=30)


def take_back(notice, *, subject) -> bool:
    """What still waits of this cause is not sent: something newer takes its place, or it was undone. Whether none of it has left."""
    told = Outbox.objects.filter(notice=notice, subject_id=subject.pk)
    told.filter(sent_at=None, dropped_at=None).update(dropped_at=clock.now())
    return not told.exclude(sent_at=None).exists()


def post(
    notice,
    *,
    to,
    address: str,
    table,
    subject=None,
    moment: datetime | None = None,
    send_at: datetime | None = None,
    reminded_by=None,
) -> None:
    """Lay one mail for each member of ``to`` into the outbox; a cause that already waits is not laid in twice.

    ``address`` is the path that the mail links to, ``subject`` what it is about (asked again before it is sent),
    ``moment`` a time that it may name, ``reminded_by`` who reminds of it, where somebody does.
    """
    earliest = send_at or clock.now() + SENT_AFTER
    Outbox.objects.bulk_create(
        (
            Outbox(
                notice=notice,
                recipient=member,
                table_id=getattr(table, "pk", table),
                address=address,
                subject_id=getattr(subject, "pk", subject),
                moment=moment,
                reminded_by=reminded_by,
                send_at=leaves_at(notice, member, table=table, earliest=earliest),
            )
            for member in to
        ),
        ignore_conflicts=True,
    )


# One statement that reads and writes: that an address is known shows neither in what is asked of the database nor in how often.
TO_WHOEVER_HAS_THE_ADDRESS = " ".join(
    [
        "INSERT INTO agencies_outbox (id, notice, recipient_id, subject_id, address, created_at, send_at)",
        "SELECT %s, %s, known.id, known.id, %s, %s, %s FROM agencies_member AS known WHERE known.email = %s AND known.is_active",
        "ON CONFLICT DO NOTHING",
    ]
)


def post_to_address(notice, *, email: str, address: str) -> None:
    """Lay one mail into the outbox for the active member with this e-mail address, if there is one; it leaves with the next round.

    For who is not signed in: the same work is done whether a member has the address, and nothing of an unknown one is kept.
    ``email`` is in small letters, as members' addresses are; ``address`` is the path of the page from which the mail was asked for.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(TO_WHOEVER_HAS_THE_ADDRESS, [uuid.uuid4(), notice, address, now, now, email])


def comes_daily(notice, member) -> bool:
    """Whether the member wants this kind of mail once a day; what cannot wait comes at once whatever they chose."""
    is_chosen = member.mail == MailChoice.DAILY or (member.mail == MailChoice.BY_KIND and notice in member.mail_daily)
    return notice in CAN_WAIT and is_chosen


def leaves_at(notice, member, *, table, earliest: datetime) -> datetime:
    """When a mail leaves that may leave from ``earliest`` on: then, or at the member's next hour by the table's wall clock."""
    if not comes_daily(notice, member):
        return earliest
    if table is not None and not isinstance(table, SituationTable):
        table = SituationTable.objects.get(pk=table)
    zone = table.zone if table else ZoneInfo(settings.TIME_ZONE)
    today = localtime(earliest, zone).date()
    hours = (datetime.combine(today + timedelta(days=days), time(member.mail_hour), tzinfo=zone) for days in (0, 1))
    return next(hour for hour in hours if hour.timestamp() >= earliest.timestamp())


def wait_anew(member) -> None:
    """What waits for the member leaves as they now want it."""
    for mail in Outbox.objects.filter(recipient=member, sent_at=None, dropped_at=None, notice__in=CAN_WAIT).select_related("table"):
        earliest = max(mail.created_at + SENT_AFTER, clock.now())
        Outbox.objects.filter(pk=mail.pk, sent_at=None).update(send_at=leaves_at(mail.notice, member, table=mail.table, earliest=earliest))


def drop_waiting() -> int:
    """What waits is not sent any more: a season played in practice is over before its mail could leave. Returns how many."""
    return Outbox.objects.filter(sent_at=None, dropped_at=None).update(dropped_at=clock.now())
