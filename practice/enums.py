"""The words of the practice floor."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Leap(TextChoices):
    """How the practice clock can be moved."""

    NEXT_MEETING = "next_meeting", _("To the next meeting")
    HOUR = "hour", _("1 hour on")
    DAY = "day", _("24 hours on")
    TWO_DAYS = "two_days", _("48 hours on")
    MONTH = "month", _("30 days on")
    REAL_TIME = "real_time", _("Back to the real time")


LENGTHS = {
    Leap.HOUR: timedelta(hours=1),
    Leap.DAY: timedelta(hours=24),
    Leap.TWO_DAYS: timedelta(hours=48),
    Leap.MONTH: timedelta(days=30),
}


class Guide(TextChoices):
    """For whom a first morning is told, step by step."""

    REPRESENTATIVE = "representative", _("As a representative")
    CHAIR = "chair", _("As the chair")


class Wish(TextChoices):
    """What a newcomer asks of the practice table."""

    AS_REPRESENTATIVE = "as_representative", _("Begin as a representative")
    AS_CHAIR = "as_chair", _("Begin as the chair")
    GO_ON = "go_on", _("Let the others go on")
    LAY_OUT = "lay_out", _("Lay out another morning")


BEGINS = {Wish.AS_REPRESENTATIVE: Guide.REPRESENTATIVE, Wish.AS_CHAIR: Guide.CHAIR}
