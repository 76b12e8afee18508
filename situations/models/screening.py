import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from situations.enums import NotBroughtReason
from situations.querysets import NotBroughtForwardQuerySet


class NotBroughtForward(models.Model):
    """How many situations an agency considered in a month and did not bring forward (Filter 1): a count, and nothing about anyone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"))  # its first day, by the table's clock
    reason = models.CharField(_("reason"), max_length=9, choices=NotBroughtReason, blank=True)
    how_many = models.PositiveIntegerField(_("how many"), default=0)

    objects = NotBroughtForwardQuerySet.as_manager()

    class Meta:
        ordering = ["month", "reason"]
        constraints = [
            # also the index of an agency's own page
            models.UniqueConstraint(fields=["agency", "table", "month", "reason"], name="not_brought_is_counted_once"),
            models.CheckConstraint(
                name="not_brought_is_counted_by_month",
                condition=Q(month__day=1),
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}: {self.how_many}"
