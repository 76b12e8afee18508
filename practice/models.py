"""What the practice floor keeps of its own: since when a newcomer goes by a guide."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from practice.enums import Guide


class FirstMorning(models.Model):
    """A member goes by a guide since this moment; what was done before does not count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    guide = models.CharField(max_length=14, choices=Guide)
    began_at = models.DateTimeField(db_default=Now())  # the real clock, as the record's own: the practice clock can go back

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "guide"], name="one_first_morning_per_guide")]

    def __str__(self):
        return self.get_guide_display()
