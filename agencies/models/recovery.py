import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies import clock

WAITS = timedelta(hours=72)  # for the second of the two; afterwards it is asked anew


class RecoveryQuerySet(models.QuerySet):
    def waiting(self):
        """Asked, and neither confirmed nor declined in time."""
        return self.filter(confirmed_at=None, declined_at=None, asked_at__gt=clock.now() - WAITS)


class Recovery(models.Model):
    """Somebody lost what opens the table to them: one of two people asked to let them in anew, the other confirms or declines."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recoveries")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    is_asked_by_keeper = models.BooleanField()  # otherwise by the agency's lead: then only one who keeps the table confirms
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    declined_at = models.DateTimeField(_("declined"), null=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recovery_takes_two",
                condition=(Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by"))) & ~Q(asked_by=F("member")) & ~Q(confirmed_by=F("member")),
                violation_error_message=_("Two people let somebody in anew, and neither of them is that person."),
            ),
            models.CheckConstraint(
                name="recovery_confirmed_by_iff_confirmed_at",
                condition=Q(confirmed_by=None, confirmed_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message=_("A confirmation has a person and a moment, or neither."),
            ),
        ]
        indexes = [models.Index(fields=["member", "-asked_at"], name="recoveries_of_member")]  # the page of the person

    def __str__(self):
        return f"{self.member} ({self.asked_at:%Y-%m-%d})"
