import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.clock import TableNow
from agencies.folding import Folded
from agencies.models.vocabulary import of_list


class Agency(models.Model):
    """A partner organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name, as the agency writes it"), max_length=120, unique=True)
    name_language = models.CharField(
        _("language of the name"),
        max_length=5,
        choices=[("en-CA", _("English")), ("fr-CA", _("French")), ("oj", "Anishinaabemowin")],
        default="en-CA",
    )
    sector = models.ForeignKey(
        "agencies.Entry", on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"), limit_choices_to={"vocabulary": "sector"}
    )
    agency_type = models.ForeignKey(
        "agencies.Entry",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kind of agency"),
        limit_choices_to={"vocabulary": "agency_type"},
    )
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = [Folded("name")]
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(name="agency_sector_is_a_sector", condition=of_list("sector", "sector")),
            models.CheckConstraint(name="agency_type_is_a_kind_of_agency", condition=of_list("agency_type", "agency_type")),
        ]

    def __str__(self):
        return self.name


class CurrentQuerySet(models.QuerySet):
    def current(self):
        """Those that hold now, by the table's clock."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=TableNow()), starts_at__lte=TableNow())


class Seat(models.Model):
    """An agency's place at a table, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = [Folded("agency__name")]
        constraints = [
            models.UniqueConstraint(fields=["table", "agency"], condition=Q(ends_at=None), name="one_open_seat_per_agency_and_table"),
            models.CheckConstraint(name="seat_ends_after_it_starts", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))),
        ]

    def __str__(self):
        return f"{self.agency} – {self.table}"
