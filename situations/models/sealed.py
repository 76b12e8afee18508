import uuid

from django.conf import settings
from django.db import models

from situations.enums import WordKind


class SituationKey(models.Model):
    """A situation's own key, wrapped by a key that is not in the database. Destroying it forgets every word."""

    situation = models.OneToOneField("situations.Situation", primary_key=True, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    wrapped_with = models.CharField(max_length=32)  # the name of the wrapping key
    created_at = models.DateTimeField()

    def __str__(self):
        return self.wrapped_with


class SealedText(models.Model):
    """Words that a person typed about a situation, readable only with its key. No lookup leads here from a situation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, related_name="+")
    situation = models.ForeignKey("situations.Situation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=WordKind)
    ciphertext = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            # one current text of each kind; reasons are dated entries and may be several
            models.UniqueConstraint(
                fields=["situation", "kind"],
                condition=models.Q(kind__in=[WordKind.WHY_NOW, WordKind.IDENTIFIERS, WordKind.PLAN]),
                name="one_sealed_text_per_kind",
            )
        ]
        indexes = [models.Index(fields=["situation"], name="sealed_text_of_situation")]

    def __str__(self):
        return self.get_kind_display()


class WordCell(models.Model):
    """One cell of the matrix that gives words, as the database knows it; the file is the policy, this is its copy for the second wall."""

    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=12)
    relation = models.CharField(max_length=2)
    is_written = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "stage", "relation"], name="a_cell_stands_once")]

    def __str__(self):
        return f"{self.kind}, {self.stage}: {self.relation}"
