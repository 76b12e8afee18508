"""What a practice table can do and no other: move its clock, for everyone who sits there; go by a guide."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Refused
from agencies.enums import LedgerAct
from agencies.models import PracticeClock
from meetings.models import Meeting
from practice.enums import LENGTHS, Guide, Leap
from practice.models import FirstMorning

BEFORE_A_MEETING = timedelta(minutes=5)


def next_meeting_at(table, *, member) -> datetime | None:
    """When the next meeting begins, of those the member may know of that are not open; None where none is planned."""
    later = Meeting.objects.visible_to(member).planned().filter(table=table, starts_at__gt=clock.now())
    return later.order_by("starts_at").values_list("starts_at", flat=True).first()


def is_about_to_begin(starts_at: datetime) -> bool:
    """Whether a meeting begins within five minutes; to it the clock leaps up to its very beginning, to others no further than that."""
    return starts_at <= clock.now() + BEFORE_A_MEETING


@transaction.atomic
def move_clock(leap: Leap, *, table, by) -> datetime:
    """Move the clock for everyone; returns the moment that it now is. Refused where no clock stands, as in every real installation."""
    hands = PracticeClock.objects.select_for_update().first()
    if hands is None:
        raise Refused(_("The clock of this table cannot be moved."))
    now = clock.now()
    if leap == Leap.REAL_TIME:
        passed = timedelta(seconds=-hands.seconds)
    elif leap == Leap.NEXT_MEETING:
        starts_at = next_meeting_at(table, member=by)
        if starts_at is None:
            raise Refused(_("No later meeting is planned."))
        passed = starts_at - now if is_about_to_begin(starts_at) else starts_at - BEFORE_A_MEETING - now
    else:
        passed = LENGTHS[leap]
    hands.seconds += passed.total_seconds()
    hands.save()
    ledger.record(LedgerAct.CLOCK_MOVED, by=by, table=table, codes=[leap])
    return now + passed


@transaction.atomic
def begin(guide: Guide, *, by) -> None:
    """The guide counts for the member from this moment on; begun anew, what was done before no longer does."""
    FirstMorning.objects.update_or_create(member=by, guide=guide, defaults={"began_at": Now()})
