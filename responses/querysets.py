"""Which responses, steps and follow-ups; a response is visible where its situation is."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.clock import TableNow
from responses.clock import LIMIT
from responses.enums import IssueState, Standing, StepState
from situations.enums import Stage
from situations.models import Recusal, Situation

ASKED_BEFORE = timedelta(days=7)  # a follow-up can be answered from a week before it is due


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

    def without_contact(self):
        """Accepted more than 48 hours ago, and not yet reached."""
        return self.awaiting_contact().filter(accepted_at__lt=TableNow() - LIMIT)

    def unheard_since(self, moment):
        """Those under way of which the table has had no report since ``moment``, a time or an expression of the database."""
        reports = self.model.report_backs.rel.related_model.objects.filter(response=OuterRef("pk"), at__gt=moment)
        return self.under_way().filter(~Exists(reports))


class EngagementQuerySet(models.QuerySet):
    def taking_part(self):
        return self.filter(standing=Standing.ENGAGED)

    def asked(self):
        return self.filter(standing=Standing.ASKED, response__situation__stage=Stage.RESPONDING)

    def awaiting(self, member):
        """The engagements to which the member can answer yes or no for the agency; not those of which they stepped out."""
        recused = Recusal.objects.filter(member=member, ended_at=None)
        return (
            self.asked()
            .filter(agency=member.agency_id, table__in=member.standing.seated_tables)
            .exclude(response__situation__in=recused.values("situation"))
        )


class OfAResponseQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those of the responses that the member may know of."""
        return self.filter(response__situation__in=Situation.objects.visible_to(member).values("pk"))


class StepQuerySet(OfAResponseQuerySet):
    def planned(self):
        return self.filter(state=StepState.PLANNED)

    def overdue(self):
        return self.planned().filter(due_at__lt=TableNow())


class FollowUpQuerySet(OfAResponseQuerySet):
    def due(self):
        """Asked by now, not answered."""
        return self.filter(answered_at=None, due_at__lte=TableNow())

    def open(self):
        """Those that can be answered: due within a week, or already."""
        return self.filter(answered_at=None, due_at__lte=TableNow() + ASKED_BEFORE)


class SystemicIssueQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=[IssueState.RAISED, IssueState.TAKEN_UP])

    def of_tables(self, tables):
        return self.filter(Q(table__in=tables))
