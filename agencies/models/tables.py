import uuid
import zoneinfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.enums import DecisionRule, Naming
from agencies.folding import Folded


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that the world's zone list (IANA) does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a known time zone. Write it like America/Toronto."), params={"name": name})


class SituationTable(models.Model):
    """A standing Rapid Mobilization Table; one installation can hold several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_oj = models.CharField(_("name in Anishinaabemowin"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Toronto", validators=[validate_time_zone])
    number_prefix = models.CharField(
        _("number prefix"), max_length=8, blank=True, help_text=_("Stands before each number, such as RMT in RMT-2026-031. May stay empty.")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("meets on"), default=list, help_text=_("0 is Monday."))
    starts_at = models.TimeField(_("meetings begin at"), default="13:30")
    length_minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=120)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where the table sits, such as a room, or by video."))
    decision_rule = models.CharField(_("decision rule"), max_length=12, choices=DecisionRule, default=DecisionRule.CONSENSUS)
    naming = models.CharField(_("names"), max_length=8, choices=Naming, default=Naming.SPOKEN)
    retention_days = models.PositiveSmallIntegerField(
        _("days until a concluded situation’s words are forgotten"), default=30, help_text=_("Between 0 and 90.")
    )
    draft_days = models.PositiveSmallIntegerField(_("days until a draft that nobody writes on is forgotten"), default=14)
    codes_years = models.PositiveSmallIntegerField(_("years until coded facts are forgotten"), default=7)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = [Folded("name_en")]
        constraints = [
            models.CheckConstraint(
                name="table_is_named_in_both_languages",
                condition=~Q(name_en="") & ~Q(name_fr=""),
                violation_error_message=_("A table has a name in English and in French."),
            ),
            models.CheckConstraint(
                name="table_retention_at_most_90_days",
                condition=Q(retention_days__lte=90),
                violation_error_message=_("Words are kept for at most 90 days after a conclusion."),
            ),
            models.CheckConstraint(
                name="table_keeps_drafts_and_codes_no_longer_than_it_needs",
                condition=Q(draft_days__gte=1, draft_days__lte=90, codes_years__gte=1, codes_years__lte=10),
                violation_error_message=_("A draft is kept for at most 90 days, coded facts for at most 10 years."),
            ),
            models.CheckConstraint(
                name="table_meeting_between_15_minutes_and_8_hours",
                condition=Q(length_minutes__gte=15, length_minutes__lte=480),
                violation_error_message=_("A meeting lasts between 15 minutes and 8 hours."),
            ),
        ]

    def __str__(self):
        return self.name_fr if (get_language() or "").startswith("fr") else self.name_en

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The table's wall clock."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def names(self) -> list[dict]:
        """The table's names, the reader's language first: text and language of each."""
        named = [{"text": self.name_en, "lang": "en-CA"}, {"text": self.name_fr, "lang": "fr-CA"}]
        if (get_language() or "").startswith("fr"):
            named.reverse()
        if self.name_oj:
            named.append({"text": self.name_oj, "lang": "oj"})
        return named

    @property
    def names_are_sealed(self) -> bool:
        return self.naming == Naming.SEALED
