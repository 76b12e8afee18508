"""Which meetings, arrivals and items."""

from django.db import models
from django.db.models import Q

from meetings.enums import Kind, State


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The meetings of the member's tables; an emergency session only for the seats that were called, and the table's own people."""
        standing = member.standing
        seated = standing.seated_tables
        of_the_table = {table for table, _role in standing.roles} - seated
        called = Q(kind=Kind.REGULAR) | Q(called_agencies=member.agency_id)
        overseeing = standing.tables_as("chair", "recorder", "coordinator", "privacy_officer")
        return self.filter(
            Q(table__in=overseeing) | Q(table__in=of_the_table, kind=Kind.REGULAR) | (Q(table__in=seated) & called)
        ).distinct()

    def planned(self):
        return self.filter(state=State.PLANNED)

    def under_way(self):
        return self.filter(state=State.OPEN)

    def to_come(self):
        """Planned or under way, soonest first."""
        return self.filter(state__in=[State.PLANNED, State.OPEN]).order_by("starts_at")

    def past(self):
        return self.filter(state=State.CLOSED).order_by("-starts_at")


class AttendanceQuerySet(models.QuerySet):
    def present(self):
        """Those who are here now."""
        return self.filter(left_at=None)
