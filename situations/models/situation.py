import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.vocabulary import all_of_list, of_list
from situations.enums import ENDED_STAGES, FORGOTTEN_STAGES, NUMBERED_STAGES, Decision, DiscussedBefore, Stage
from situations.querysets import SituationQuerySet

# Which list each coded field speaks; constraints, forms and the data dictionary read it.
CODED = {
    "discussion_type": "discussion_type",
    "age_group": "age_group",
    "sex_gender": "sex_gender",
    "language_of_service": "language_of_service",
    "consent": "consent",
    "legal_ground": "legal_ground",
}
CODED_LISTS = {
    "affected_persons": "age_group",
    "risk_factors": "risk_factor",
    "protective_factors": "protective_factor",
    "study_flags": "study_flag",
    "attempts": "attempt",
    "criteria": "criterion",
    "criteria_not_met": "criterion",
    "factors_lowered": "risk_factor",
}


def code(label, **options):
    """A coded answer: one entry of a vocabulary, or nothing."""
    return models.ForeignKey(
        "agencies.Entry", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=label, **options
    )


def codes(label):
    """Coded answers: any number of entries of one vocabulary, by key."""
    return ArrayField(models.CharField(max_length=64), verbose_name=label, default=list, blank=True)


def number_of(year: int, sequence: int, *, prefix: str) -> str:
    """The number under which a situation is spoken of, such as 2026-031, after its table's prefix where there is one."""
    return f"{prefix}-{year}-{sequence:03d}" if prefix else f"{year}-{sequence:03d}"


class Situation(models.Model):
    """What is brought to the table: a person, family, group or place at acutely elevated risk. Codes only, never a word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="situations")
    originating_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="situations_brought")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=1)

    # its number, given when it is presented: per table and local year, never reused
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)

    # its dates
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    presented_at = models.DateTimeField(null=True)  # the first time, kept through deferral
    decided_at = models.DateTimeField(null=True)
    responding_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    # Filter 1: the profile, coded
    discussion_type = code(_("kind of situation"))
    age_group = code(_("age group"))
    sex_gender = code(_("sex or gender"))
    language_of_service = code(_("language of service"))
    affected_persons = codes(_("others affected, by age group"))  # one age group for each person
    risk_factors = codes(_("risk factors"))
    protective_factors = codes(_("protective factors"))
    study_flags = codes(_("study flags"))
    # Filter 1: the worksheet
    attempts = codes(_("what was tried"))
    emergency_checks = models.JSONField(_("emergency checks"), default=dict, blank=True)  # entry key -> done | not_needed
    criteria = codes(_("criteria of acutely elevated risk"))
    # Filter 1: consent, and whether it was discussed before
    consent = code(_("consent"))
    legal_ground = code(_("legal ground"))
    discussed_before = models.CharField(_("discussed before"), max_length=8, choices=DiscussedBefore, blank=True)
    earlier_number = models.CharField(
        _("earlier number"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^([A-Za-z]{1,8}-)?\d{4}-\d{1,6}$", _("Write the number like 2026-031."))],
    )

    # Filter 2: what the table decided
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    criteria_not_met = codes(_("criteria not met"))
    decision_reason = code(_("reason"))
    tally_met = models.PositiveSmallIntegerField(default=0)
    tally_not_met = models.PositiveSmallIntegerField(default=0)
    tally_question = models.PositiveSmallIntegerField(default=0)

    # how it ended
    conclusion_reason = code(_("conclusion"))
    factors_lowered = codes(_("factors lowered"))

    objects = SituationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["table", "stage", "submitted_at"], name="situation_agenda"),  # the agenda, the coordinator's desk
            models.Index(fields=["originating_agency", "-opened_at"], name="situation_brought"),  # what an agency brought
            models.Index(fields=["table", "-year", "-sequence"], name="situation_by_number"),  # the list of a table, finding by number
            models.Index(fields=["ended_at"], condition=Q(purged_at=None), name="situation_to_purge"),  # tick
        ]
        constraints = [
            models.UniqueConstraint(fields=["table", "year", "sequence"], name="situation_number_once_per_table_and_year"),
            models.CheckConstraint(
                name="situation_number_is_whole",
                condition=Q(year=None, sequence=None) | Q(year__isnull=False, sequence__isnull=False),
                violation_error_message=_("A number has a year and a sequence, or is not given yet."),
            ),
            models.CheckConstraint(
                name="situation_presented_has_its_number",
                condition=~Q(stage__in=NUMBERED_STAGES) | Q(sequence__isnull=False, presented_at__isnull=False),
                violation_error_message=_("A situation before the table has a number."),
            ),
            models.CheckConstraint(
                name="situation_ended_at_iff_ended",
                condition=Q(stage__in=ENDED_STAGES, ended_at__isnull=False) | Q(~Q(stage__in=ENDED_STAGES), ended_at=None),
                violation_error_message=_("A situation has an end exactly when it has ended."),
            ),
            models.CheckConstraint(name="situation_purged_at_iff_purged", condition=Q(stage=Stage.PURGED) ^ Q(purged_at=None)),
            models.CheckConstraint(
                name="situation_forgotten_holds_nothing_of_the_person",
                condition=~Q(stage__in=FORGOTTEN_STAGES)
                | Q(
                    age_group=None,
                    sex_gender=None,
                    language_of_service=None,
                    affected_persons=[],
                    risk_factors=[],
                    protective_factors=[],
                    study_flags=[],
                    attempts=[],
                    emergency_checks={},
                    criteria=[],
                    discussed_before="",
                    earlier_number="",
                    conclusion_reason=None,
                    factors_lowered=[],
                ),
                violation_error_message=_("Of a situation that was not accepted, nothing of the person stays."),
            ),
            *[
                models.CheckConstraint(name=f"situation_{field}_is_of_its_list", condition=of_list(field, vocabulary))
                for field, vocabulary in CODED.items()
            ],
            *[
                models.CheckConstraint(name=f"situation_{field}_are_of_their_list", condition=all_of_list(field, vocabulary))
                for field, vocabulary in CODED_LISTS.items()
            ],
        ]

    def __str__(self):
        return self.reference or str(_("New situation"))

    @property
    def reference(self) -> str:
        """The number under which it is spoken of, such as 2026-031; empty until it is presented."""
        return "" if self.sequence is None else number_of(self.year, self.sequence, prefix=self.table.number_prefix)

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED_STAGES


class NumberCounter(models.Model):
    """The last number given at a table in a local year; locked while the next is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "year"], name="one_counter_per_table_and_year")]

    def __str__(self):
        return f"{self.year}: {self.last}"
