"""Who is in the room while an item is open; every act at the table locks its meeting first."""

from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.access import OutOfOrder
from meetings.enums import ItemKind, State
from meetings.models import AgendaItem, Meeting
from situations import disclosure
from situations.enums import Relation, Stage
from situations.models import Recusal


def locked(meeting, *states: State) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("table").get(pk=meeting.pk)
    if states and meeting.state not in states:
        raise OutOfOrder(_("The meeting is %(state)s.") % {"state": meeting.get_state_display().lower()})
    return meeting


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
