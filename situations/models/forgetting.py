import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.clock import TableNow
from situations.enums import HoldReason
from situations.models.situation import Situation


class Tombstone(models.Model):
    """That the words of a situation are gone, and the key with them: when, how many texts, and which key it was. Only the keeper writes it.

    References are soft, so that it outlives what it speaks of. It is copied beside the wrapping keys, so that an old backup
    does not bring back what was forgotten after it was made.
    """

    situation_id = models.UUIDField(primary_key=True)
    table_id = models.UUIDField()
    how = models.CharField(max_length=12)  # the stage that it came to; "discarded" for a draft that is gone wholly
    texts = models.PositiveIntegerField()
    key_fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of the key as it lay wrapped; empty where no word was written
    forgotten_at = models.DateTimeField()  # the table's clock
    written_at = models.DateTimeField()  # the database's own
    kept_outside_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-forgotten_at"]
        indexes = [models.Index(fields=["written_at"], condition=Q(kept_outside_at=None), name="tombstone_to_keep_outside")]  # tick

    def __str__(self):
        return f"{self.situation_id}: {self.how}"


class LegalHoldQuerySet(models.QuerySet):
    def holding(self):
        """Those that keep words from being forgotten now: not ended, not past their review date, and asked for lately or confirmed."""
        return self.filter(ended_at=None, review_at__gt=TableNow()).filter(
            Q(confirmed_at__isnull=False) | Q(asked_at__gt=TableNow() - LegalHold.WAITS)
        )

    def at(self, table):
        return self.filter(table=table)

    def not_stepped_out_by(self, member):
        """Those on situations from which the member has not stepped out; of the others a member has nothing, whatever else they are."""
        return self.filter(situation__in=Situation.objects.not_stepped_out_by(member))


class LegalHold(models.Model):
    """A duty in law to keep the words of one situation longer; by two people, with a reason and a date at which it is looked at again."""

    WAITS = timedelta(days=7)  # for the second person; then a hold that was only asked for holds nothing
    LONGEST = timedelta(days=180)  # until it is looked at again
    TOO_FAR = _("Choose a day within the next 180 days.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=16, choices=HoldReason)
    review_at = models.DateTimeField(_("until"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["review_at"]
        constraints = [
            models.UniqueConstraint(fields=["situation"], condition=Q(ended_at=None), name="one_legal_hold_at_a_time"),
            models.CheckConstraint(name="legal_hold_is_by_two_people", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by"))),
            models.CheckConstraint(
                name="legal_hold_confirmed_is_whole",
                condition=Q(confirmed_at=None, confirmed_by=None) | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_reason_display()
