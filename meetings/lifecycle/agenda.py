"""What comes before the table, and in which order."""

from meetings.enums import ItemKind, Kind
from meetings.models import AgendaItem, Meeting
from situations.enums import Stage
from situations.models import Situation


def awaiting(table):
    """What comes before the table's next regular meeting: report-backs, oldest number first, then new situations.

    The agenda is a query until the meeting opens; what stands on a session's agenda is not in it, unless that session did not take place.
    """
    elsewhere = AgendaItem.objects.filter(closed_at=None, meeting__in=Meeting.objects.to_come().order_by())
    waiting = (
        Situation.objects.filter(table=table).exclude(pk__in=elsewhere.values("situation")).select_related("table", "originating_agency")
    )
    report_backs = waiting.filter(stage=Stage.RESPONDING).order_by("year", "sequence")
    unfinished = waiting.filter(stage__in=[Stage.PRESENTED, Stage.IDENTIFYING]).order_by("year", "sequence")
    new = waiting.filter(stage=Stage.SUBMITTED).order_by("submitted_at")
    return report_backs, unfinished, new


def refresh_agenda(meeting) -> None:
    """Put on the open meeting's agenda what has come since: submitted situations, responses that were recorded elsewhere."""
    if meeting.kind != Kind.REGULAR:
        return
    last = meeting.items.count()
    on_it = set(meeting.items.values_list("situation_id", flat=True))
    report_backs, unfinished, new = awaiting(meeting.table)
    today = [] if last else list(report_backs)  # what was accepted at this very meeting does not report back at it
    fresh = [(ItemKind.REPORT_BACK, row) for row in today] + [(ItemKind.NEW, row) for row in [*unfinished, *new]]
    AgendaItem.objects.bulk_create(
        AgendaItem(table_id=meeting.table_id, meeting=meeting, situation=row, kind=kind, position=last + place)
        for place, (kind, row) in enumerate(((kind, row) for kind, row in fresh if row.pk not in on_it), start=1)
    )


def forget_items(situation) -> None:
    """After the table's years its lines leave the minutes, with who said what; called when the coded facts are forgotten."""
    AgendaItem.objects.filter(situation=situation).delete()
