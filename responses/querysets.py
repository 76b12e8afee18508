"""Which responses, steps and follow-ups; a response is visible where its situation is."""

from django.db import models
from django.db.models import Q

from agencies.clock import TableNow
from responses.enums import IssueState, Standing, StepState
from situations.enums import Stage
from situations.models import Situation


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The responses of the situations that the member may know of."""
        return self.filter(situation__in=Situation.objects.visible_to(member).values("pk"))

    def of(self, agency):
        """Those in which the agency takes part now."""
        return self.filter(engagements__in=self.model.engagements.rel.related_model.objects.taking_part().filter(agency=agency))

    def under_way(self):
        return self.filter(situation__stage=Stage.RESPONDING)

    def awaiting_contact(self):
        """Accepted, not yet reached: the clock runs."""
        return self.under_way().filter(first_contact_at=None)


class EngagementQuerySet(models.QuerySet):
    def taking_part(self):
        return self.filter(standing=Standing.ENGAGED)

    def asked(self):
        return self.filter(standing=Standing.ASKED, response__situation__stage=Stage.RESPONDING)


class StepQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=StepState.PLANNED)

    def overdue(self):
        return self.planned().filter(due_at__lt=TableNow())


class FollowUpQuerySet(models.QuerySet):
    def due(self):
        """Asked by now, not answered."""
        return self.filter(answered_at=None, due_at__lte=TableNow())


class SystemicIssueQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=[IssueState.RAISED, IssueState.TAKEN_UP])

    def of_tables(self, tables):
        return self.filter(Q(table__in=tables))
