import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _

from reports.enums import LIVE, TIERS, Status
from reports.querysets import ReleaseQuerySet
from reports.suppression import Tier


def key():
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


def table():
    return models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")


def member(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Release(models.Model):
    """A frozen set of published figures of one table and period; one person prepares it, another approves it."""

    id = key()
    table = table()
    tier = models.CharField(_("readers"), max_length=2, choices=TIERS, default=Tier.STEERING.value)
    period = models.CharField(_("period"), max_length=7)  # 2025; later also 2025-Q1 and 2025-03, which nest in it
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.PREPARED)
    catalogue_version = models.PositiveSmallIntegerField()
    config_hash = models.CharField(max_length=64)  # of the rules by which cells were shown
    data_hash = models.CharField(max_length=64)  # of the cells, so that a changed one is noticed
    built_at = models.DateTimeField(_("prepared"))
    prepared_by = member()
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = member(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = member(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-built_at"]
        constraints = [
            models.UniqueConstraint(fields=["table", "tier", "period"], condition=Q(status__in=LIVE), name="one_live_release_per_period"),
            models.CheckConstraint(
                name="release_period_is_a_year_a_quarter_or_a_month",
                condition=Regex(F("period"), r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$"),
            ),
            models.CheckConstraint(
                name="release_is_approved_by_another_person",
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                violation_error_message=_("A release is approved by somebody else than the person who prepared it."),
            ),
            models.CheckConstraint(
                name="release_approval_is_whole",
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="release_approved_iff_it_says_so",
                condition=Q(status=Status.APPROVED, approved_at__isnull=False)
                | Q(status=Status.PREPARED, approved_at=None)
                | Q(status=Status.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="release_withdrawn_by_someone_iff_withdrawn",
                condition=Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | Q(~Q(status=Status.WITHDRAWN), withdrawn_at=None, withdrawn_by=None),
            ),
        ]

    def __str__(self):
        return self.period

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.PREPARED


class ReleaseCell(models.Model):
    """One published number, or one that is not shown. No true count was ever here, nor why a number is not shown.

    The labels are those of the day on which it was built, so that a release reads the same for ever.
    """

    id = key()
    table = table()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="cells")
    catalogue_table = models.CharField(max_length=8)  # K5: which table of the catalogue
    position = models.PositiveSmallIntegerField()  # in the catalogue's order, never the numbers'
    codes = ArrayField(models.CharField(max_length=160))  # the set of situations that is counted (reports.suppression)
    label_en = models.CharField(max_length=160)
    label_fr = models.CharField(max_length=160)
    value = models.PositiveIntegerField(null=True)  # rounded; none: not shown, whatever the reason
    denominator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="a_cell_has_its_place_in_a_release")]

    def __str__(self):
        return f"{self.catalogue_table} {self.position}"
