import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from situations.enums import Relation
from situations.querysets import DisclosureQuerySet


class Disclosure(models.Model):
    """The right to see: who stands to which situation in which relation, from when to when, and who decided it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="disclosures")
    relation = models.CharField(max_length=2, choices=Relation)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "ends_at", "situation"], name="disclosure_to_agency"),  # visible_to
            models.Index(fields=["member", "ends_at", "situation"], name="disclosure_to_member"),  # visible_to
            models.Index(fields=["situation", "relation", "member"], name="disclosure_of_situation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="disclosure_has_one_audience",
                condition=Q(member=None, agency__isnull=False) | Q(member__isnull=False, agency=None),
                violation_error_message=_("A right to see is given to a member or to an agency."),
            ),
            models.CheckConstraint(name="disclosure_ends_after_it_begins", condition=Q(ends_at=None) | Q(ends_at__gte=F("granted_at"))),
            models.CheckConstraint(
                name="agencies_originate_and_engage_members_sit",
                condition=Q(relation__in=[Relation.ORIGINATOR, Relation.ENGAGED], agency__isnull=False)
                | Q(relation__in=[Relation.IN_THE_ROOM, Relation.PRIVACY_OFFICER], member__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {self.agency or self.member}"


class Recusal(models.Model):
    """That a member stepped out of a situation: it is gone for them, whatever else they are, until they step in again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="recusals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    recused_at = models.DateTimeField()
    recused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["situation", "member"], condition=Q(ended_at=None), name="one_recusal_at_a_time")]

    def __str__(self):
        return str(self.member)
