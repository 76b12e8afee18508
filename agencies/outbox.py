"""Mail waits in the database and is sent by ``tick`` half a minute later, if it is still true by then."""

from datetime import datetime, timedelta

from agencies import clock
from agencies.models import Outbox

SENT_AFTER = timedelta(seconds=30)


def take_back(notice, *, subject) -> None:
    """What still waits of this cause is not sent: something newer takes its place."""
    Outbox.objects.filter(notice=notice, subject_id=subject.pk, sent_at=None, dropped_at=None).update(dropped_at=clock.now())


def post(notice, *, to, address: str, table, subject=None, moment: datetime | None = None, send_at: datetime | None = None) -> None:
    """Lay one mail for each member of ``to`` into the outbox; a cause that already waits is not laid in twice.

    ``address`` is the path that the mail links to, ``subject`` what it is about (asked again before it is sent),
    ``moment`` a time that it may name.
    """
    Outbox.objects.bulk_create(
        (
            Outbox(
                notice=notice,
                recipient=member,
                table_id=getattr(table, "pk", table),
                address=address,
                subject_id=getattr(subject, "pk", subject),
                moment=moment,
                send_at=send_at or clock.now() + SENT_AFTER,
            )
            for member in to
        ),
        ignore_conflicts=True,
    )


def drop_waiting() -> int:
    """What waits is not sent any more: a season played in practice is over before its mail could leave. Returns how many."""
    return Outbox.objects.filter(sent_at=None, dropped_at=None).update(dropped_at=clock.now())
