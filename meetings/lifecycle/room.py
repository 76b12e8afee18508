"""Who is in the room while an item is open; every act at the table locks its meeting first."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.access import OutOfOrder, Refused
from meetings.enums import ItemKind, State
from meetings.models import AgendaItem, Meeting
from situations import disclosure
from situations.enums import Relation, Stage
from situations.models import Recusal

MAY_BE_OPENED_WITHIN = timedelta(days=1)  # the chair opens a meeting from an hour before it begins; with room to spare


def locked(meeting, *states: State) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("table").get(pk=meeting.pk)
    if states and meeting.state not in states:
        raise OutOfOrder(_("The meeting is %(state)s.") % {"state": meeting.get_state_display().lower()})
    return meeting


def lock_where_it_may_be_heard(situation) -> None:
    """Wait for the chair, as every act at the table does, before it is asked on whose agenda the situation stands.

    A meeting that is being opened takes what was submitted onto its agenda; read before, the agenda would be of the moment before.
    """
    soon = Q(state=State.OPEN) | Q(state=State.PLANNED, starts_at__lt=clock.now() + MAY_BE_OPENED_WITHIN)
    on_it = AgendaItem.objects.filter(situation=situation, closed_at=None).values("meeting")
    still = Q(state__in=[State.PLANNED, State.OPEN])
    meetings = Meeting.objects.filter(still, soon | Q(pk__in=on_it), table=situation.table_id)
    list(meetings.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def goes_on(meeting) -> None:
    """Nothing new is heard after the planned end, when the rights of the room have ended; the chair extends the meeting first."""
    if meeting.ends_at <= clock.now():
        raise Refused(_("The planned end has passed. Extend the meeting first, then go on."))


def open_item_of(meeting) -> AgendaItem | None:
    return meeting.items.filter(opened_at__isnull=False, closed_at=None).select_related("situation__table", "meeting__table").first()


def let_in(item, attendances, *, by) -> None:
    """Those present are in the room, unless they stepped out; observers hear Filter 2 only."""
    observers_hear = item.kind == ItemKind.NEW and item.situation.stage in (Stage.SUBMITTED, Stage.PRESENTED)
    recused = set(Recusal.objects.filter(situation=item.situation, ended_at=None).values_list("member_id", flat=True))
    members = [
        attendance.member
        for attendance in attendances
        if attendance.member_id not in recused and (attendance.agency_id is not None or (attendance.is_observer and observers_hear))
    ]
    if members and item.meeting.ends_at > clock.now():
        disclosure.grant(item.situation, relation=Relation.IN_THE_ROOM, to=members, by=by, ends_at=item.meeting.ends_at)
