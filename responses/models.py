import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.vocabulary import of_list
from responses.enums import IssueState, Part, Standing, StepState
from responses.querysets import EngagementQuerySet, FollowUpQuerySet, ResponseQuerySet, StepQuerySet, SystemicIssueQuerySet
from situations.models.situation import code, codes


def key():
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


def table():
    return models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")


def member(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


def agency(**options):
    return models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", **options)


class Response(models.Model):
    """The coordinated response to one situation: one lead, the assisting agencies, the clock from acceptance to first contact."""

    id = key()
    table = table()
    situation = models.OneToOneField("situations.Situation", on_delete=models.PROTECT, related_name="response")
    accepted_at = models.DateTimeField()  # when the table found the risk acute: the clock starts
    huddle_at = models.DateTimeField(_("huddle"), null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True)  # the clock stops
    proposed_reason = code(_("proposed conclusion"))
    proposed_factors_lowered = codes(_("factors lowered"))
    proposed_at = models.DateTimeField(null=True)
    proposed_by = member(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["accepted_at"]
        indexes = [
            models.Index(fields=["table", "accepted_at"], condition=Q(first_contact_at=None), name="response_clock_runs")
        ]  # overdue lists, tick
        constraints = [
            models.CheckConstraint(
                name="response_contact_follows_acceptance",
                condition=Q(first_contact_at=None) | Q(first_contact_at__gte=models.F("accepted_at")),
                violation_error_message=_("A first contact comes after the table’s decision."),
            ),
            models.CheckConstraint(
                name="response_proposal_is_whole", condition=Q(proposed_at=None) ^ Q(proposed_at__isnull=False, proposed_by__isnull=False)
            ),
            models.CheckConstraint(name="response_proposal_is_a_conclusion", condition=of_list("proposed_reason", "conclusion_reason")),
        ]

    def __str__(self):
        return str(self.situation)


class Engagement(models.Model):
    """An agency in a response: lead or assisting, asked, taking part, declined or left."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="engagements")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="engagements")
    part = models.CharField(max_length=9, choices=Part)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.ENGAGED)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-part", "since"]
        indexes = [models.Index(fields=["agency", "standing"], name="engagement_of_agency")]  # what my agency owes
        constraints = [
            models.UniqueConstraint(
                fields=["response"], condition=Q(part=Part.LEAD, standing=Standing.ENGAGED), name="one_lead_per_response"
            ),
            models.UniqueConstraint(
                fields=["response", "agency"],
                condition=Q(standing__in=[Standing.ENGAGED, Standing.ASKED]),
                name="an_agency_takes_part_once",
            ),
            models.CheckConstraint(
                name="engagement_until_iff_over",
                condition=Q(standing__in=[Standing.LEFT, Standing.DECLINED], until__isnull=False)
                | Q(standing__in=[Standing.ASKED, Standing.ENGAGED], until=None),
            ),
        ]

    def __str__(self):
        return f"{self.agency}: {self.get_part_display()}"


class Step(models.Model):
    """One coded step of the plan: who, what, by when, done."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="steps")
    step_type = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("step"))
    owner = agency(verbose_name=_("who does it"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(max_length=8, choices=StepState, default=StepState.PLANNED)
    planned_by = member()
    settled_at = models.DateTimeField(null=True)
    settled_by = member(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["owner", "due_at"], condition=Q(state=StepState.PLANNED), name="step_owed")]  # what my agency owes
        constraints = [
            models.CheckConstraint(name="step_is_a_kind_of_step", condition=of_list("step_type", "step_type")),
            models.CheckConstraint(
                name="step_settled_iff_not_planned",
                condition=Q(state=StepState.PLANNED, settled_at=None, settled_by=None)
                | Q(~Q(state=StepState.PLANNED), settled_at__isnull=False, settled_by__isnull=False),
                violation_error_message=_("A step is settled by someone at a time, or still planned."),
            ),
        ]

    def __str__(self):
        return f"{self.step_type_id}"


class Contact(models.Model):
    """One try at the door, by whom and with which result."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="contacts")
    agency = agency()
    result = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("result"))
    at = models.DateTimeField(_("when"))
    recorded_by = member()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(name="contact_result_is_a_result", condition=of_list("result", "contact_result"))]

    def __str__(self):
        return self.result_id


class ServiceMobilised(models.Model):
    """A service, and how far it came: informed, connected, engaged, refused, or not available here."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    mobilization = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("how far"))
    agency = agency(null=True, blank=True, verbose_name=_("by which agency"))
    recorded_by = member()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(name="service_is_a_service", condition=of_list("service", "service")),
            models.CheckConstraint(name="mobilization_is_a_kind_of_mobilization", condition=of_list("mobilization", "mobilization_type")),
        ]

    def __str__(self):
        return self.service_id


class ReportBack(models.Model):
    """The coded update that the table hears, by number."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="report_backs")
    report = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("report"))
    agency = agency()
    at = models.DateTimeField()
    recorded_by = member()

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(name="report_is_a_report_back", condition=of_list("report", "report_back_code"))]

    def __str__(self):
        return self.report_id


class FollowUp(models.Model):
    """The question 30 and 90 days after the conclusion, asked by number of the agency that led."""

    id = key()
    table = table()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="follow_ups")
    agency = agency()
    day = models.PositiveSmallIntegerField(choices=[(30, _("after 30 days")), (90, _("after 90 days"))])
    due_at = models.DateTimeField()
    answer = code(_("answer"))
    answered_at = models.DateTimeField(null=True)
    answered_by = member(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["agency", "due_at"], condition=Q(answered_at=None), name="follow_up_owed")]  # what my agency owes
        constraints = [
            models.UniqueConstraint(fields=["response", "day"], name="each_follow_up_is_asked_once"),
            models.CheckConstraint(name="follow_up_is_a_follow_up", condition=of_list("answer", "follow_up_code")),
            models.CheckConstraint(
                name="follow_up_answer_is_whole",
                condition=Q(answer=None, answered_at=None, answered_by=None)
                | Q(answer__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.response}: {self.day}"


class SystemicIssue(models.Model):
    """What stands in the way of many: a code, a de-identified line, an owner, a state; never tied to a situation."""

    id = key()
    table = table()
    issue_type = models.ForeignKey("agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("kind"))
    line = models.CharField(_("in one line, without anything about a person"), max_length=160, blank=True)
    owner = agency(null=True, blank=True, verbose_name=_("who takes it up"))
    state = models.CharField(_("state"), max_length=9, choices=IssueState, default=IssueState.RAISED)
    raised_by = member()
    raised_for = agency(null=True)
    raised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = SystemicIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [models.CheckConstraint(name="issue_is_a_kind_of_issue", condition=of_list("issue_type", "systemic_issue_type"))]

    def __str__(self):
        return self.issue_type_id
