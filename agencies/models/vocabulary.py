from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Regex, StartsWith
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """The lists of coded words. What a situation says, it says in entries of these."""

    AGE_GROUP = "age_group", _("Age groups")
    AGENCY_TYPE = "agency_type", _("Kinds of agency")
    ATTEMPT = "attempt", _("What was tried")
    CONCLUSION_REASON = "conclusion_reason", _("Conclusion reasons")
    CONSENT = "consent", _("Consent")
    CONTACT_RESULT = "contact_result", _("Results of a contact")
    CRITERION = "criterion", _("Criteria of acutely elevated risk")
    DEFERRAL_REASON = "deferral_reason", _("Deferral reasons")
    DISCUSSION_TYPE = "discussion_type", _("Kinds of situation")
    EARLY_END_REASON = "early_end_reason", _("Reasons to end early")
    EMERGENCY_CHECK = "emergency_check", _("Emergency checks")
    FOLLOW_UP_CODE = "follow_up_code", _("Follow-up answers")
    INVOLVEMENT = "involvement", _("Involvement")
    LANGUAGE_OF_SERVICE = "language_of_service", _("Languages of service")
    LEGAL_GROUND = "legal_ground", _("Legal grounds")
    MOBILIZATION_TYPE = "mobilization_type", _("How a service was mobilized")
    POSITION = "position", _("Positions")
    PROTECTIVE_FACTOR = "protective_factor", _("Protective factors")
    REPORT_BACK_CODE = "report_back_code", _("Report-back answers")
    RISK_FACTOR = "risk_factor", _("Risk factors")
    SECTOR = "sector", _("Sectors")
    SERVICE = "service", _("Services")
    SEX_GENDER = "sex_gender", _("Sex or gender")
    STEP_TYPE = "step_type", _("Kinds of step")
    STUDY_FLAG = "study_flag", _("Study flags")
    SYSTEMIC_ISSUE_TYPE = "systemic_issue_type", _("Kinds of systemic issue")
    WITHDRAWAL_REASON = "withdrawal_reason", _("Withdrawal reasons")


IN_BOTH = ("help", "synonyms", "group")  # said in both languages or in neither; the label, which is never empty, holds a constraint


class EntryQuerySet(models.QuerySet):
    def current(self):
        """The entries that may still be chosen."""
        return self.filter(retired_at=None)

    def of_agencies(self):
        """Those in which an agency is entered: the province's own list of sectors stands beside the table's, for counting."""
        return self.exclude(marks__contains=["RTD"])

    def of(self, vocabulary):
        """The entries of one list, in the list's order."""
        return self.filter(vocabulary=vocabulary).order_by("position", "code")


class Entry(models.Model):
    """One coded word of one list, in English and French; retired when no longer used, never deleted.

    The key is ``list:code``, such as ``risk_factor:ALC-01``: a stored code says by itself which list it is of, so that
    constraints can hold it and no page needs a join to compare it.
    """

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    vocabulary = models.CharField(_("list"), max_length=24, choices=Vocabulary, editable=False)
    code = models.CharField(_("code"), max_length=24)
    label_en = models.CharField(_("label in English"), max_length=160)
    label_fr = models.CharField(_("label in French"), max_length=160)
    help_en = models.CharField(_("help in English"), max_length=240, blank=True)
    help_fr = models.CharField(_("help in French"), max_length=240, blank=True)
    synonyms_en = models.CharField(_("also found as (English)"), max_length=240, blank=True)
    synonyms_fr = models.CharField(_("also found as (French)"), max_length=240, blank=True)
    group_code = models.CharField(_("group"), max_length=120, blank=True, editable=False)
    group_en = models.CharField(_("group in English"), max_length=120, blank=True)
    group_fr = models.CharField(_("group in French"), max_length=120, blank=True)
    is_sensitive = models.BooleanField(_("sensitive: needs twenty before it is published"), default=False)
    marks = ArrayField(models.CharField(max_length=32), default=list, blank=True, editable=False)
    rtd_code = models.CharField(_("provincial code"), max_length=32, null=True, blank=True)  # noqa: DJ001  unknown is not empty
    is_verified = models.BooleanField(_("a source confirms the label"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["vocabulary", "position", "code"]
        verbose_name = _("vocabulary entry")
        verbose_name_plural = _("vocabulary entries")
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="entry_code_once_per_list"),
            models.CheckConstraint(
                name="entry_says_it_in_both_languages",
                condition=~Q(label_en="") & ~Q(label_fr=""),
                violation_error_message=_("An entry has a label in English and in French."),
            ),
            models.CheckConstraint(name="entry_key_is_list_and_code", condition=Q(id=Concat(F("vocabulary"), Value(":"), F("code")))),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The entry in the reader's language."""
        return self.label_fr if (get_language() or "").startswith("fr") else self.label_en

    @property
    def is_one_sided(self) -> bool:
        """Whether it says in one language what it does not say in the other."""
        return any(bool(getattr(self, f"{said}_en")) != bool(getattr(self, f"{said}_fr")) for said in IN_BOTH)

    @property
    def help(self) -> str:
        return self.help_fr if (get_language() or "").startswith("fr") else self.help_en

    @property
    def group(self) -> str:
        return self.group_fr if (get_language() or "").startswith("fr") else self.group_en


def of_list(field: str, vocabulary: str):
    """The condition that a coded field, where it says anything, says it in an entry of this list."""
    return StartsWith(F(field), Value(f"{vocabulary}:"))


def all_of_list(field: str, vocabulary: str):
    """The condition that every code of an array field is an entry of this list."""
    return Regex(Func(F(field), Value(" "), function="array_to_string", output_field=TextField()), Value(f"^({vocabulary}:[^ ]+ ?)*$"))


def labels(keys) -> dict[str, str]:
    """The labels, in the reader's language, of the given entry keys; one query."""
    column = "label_fr" if (get_language() or "").startswith("fr") else "label_en"
    wanted = {key for key in keys if key}
    return dict(Entry.objects.filter(pk__in=wanted).values_list("pk", column)) if wanted else {}


def choices(vocabulary, *, grouped=False) -> list:
    """What a form may offer of one list: pairs of key and label, in the list's order, by group where asked."""
    entries = Entry.objects.of(vocabulary).current()
    if not grouped:
        return [(entry.pk, entry.label) for entry in entries]
    groups: dict[str, list] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append((entry.pk, entry.label))
    return list(groups.items())
