"""The words of a release."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.suppression import Tier


class Status(TextChoices):
    """Where a release stands: built and waiting for a second person, approved for its readers, or taken back."""

    PREPARED = "prepared", pgettext_lazy("release", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("release", "Approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("release", "Withdrawn")


LIVE = frozenset({Status.PREPARED, Status.APPROVED})
TIERS = [(Tier.STEERING.value, _("Steering committee")), (Tier.PUBLIC.value, _("Everyone"))]
# Which row of the visibility matrix says who reads a tier.
DATUM = {Tier.STEERING: "releases_steering", Tier.PUBLIC: "releases_public"}


class Act(TextChoices):
    """What a member may do with releases; policies answer, templates and views ask."""

    READ = "read"
    PREPARE = "prepare"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
