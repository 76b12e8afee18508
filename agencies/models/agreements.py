import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.enums import AgreementKind


class AgreementQuerySet(models.QuerySet):
    def newest(self):
        """Of each kind at each table the version that counts: the one published last."""
        newer = Agreement.objects.filter(table=OuterRef("table"), kind=OuterRef("kind"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer)).order_by("table_id", "kind")

    def lacking(self, member):
        """The newest agreements that the member, or the member's agency, has not signed or not renewed. The view has the rule (0007)."""
        lacking = RawSQL("SELECT agreement_id FROM agencies_lacking WHERE member_id = %s", [member.pk])
        return self.filter(pk__in=lacking).order_by("table_id", "kind")


class Agreement(models.Model):
    """One version of what agencies or members sign before they may come to the table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    number = models.PositiveSmallIntegerField(_("version"))
    text_en = models.TextField(_("text in English"))
    text_fr = models.TextField(_("text in French"))
    valid_months = models.PositiveSmallIntegerField(_("valid for how many months"), default=12)
    published_at = models.DateTimeField(_("published"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["table", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "kind", "number"], name="agreement_versions_count_up"),
            models.CheckConstraint(
                name="agreement_is_written_in_both_languages",
                condition=~Q(text_en="") & ~Q(text_fr=""),
                violation_error_message=_("An agreement is written in English and in French."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_for_members(self) -> bool:
        """Whether each person signs it; otherwise an agency does, by its lead."""
        return self.kind == AgreementKind.CONFIDENTIALITY

    @property
    def text(self) -> str:
        return self.text_fr if (get_language() or "").startswith("fr") else self.text_en


class AgreementSignature(models.Model):
    """That an agency, or a member, signed a version; valid until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="signatures")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_at"]
        indexes = [
            models.Index(fields=["signed_by", "expires_at"], name="signature_of_member"),  # the gate, asked on every page
            models.Index(fields=["agency", "expires_at"], name="signature_of_agency"),
        ]

    def __str__(self):
        return f"{self.agreement}: {self.agency or self.signed_by}"
