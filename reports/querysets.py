"""Which releases may this member read? One answer, here."""

from django.db import models
from django.db.models import Q

from reports.enums import DATUM, LIVE, Status
from reports.suppression import Tier
from responses.policies import relations_at
from situations.disclosure import letter
from situations.enums import Stage


def letter_at(table_id, member, tier: Tier = Tier.STEERING) -> str:
    """What a member gets of a table's releases, by the matrix: with R the approved ones are read, with W also those that wait."""
    return letter(DATUM[tier], Stage.CONCLUDED, relations_at(member.standing, table_id))  # the same at every stage


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The steering committee's releases that the member may read: whoever prepares or approves reads all, others the approved."""
        given = {table.pk: letter_at(table.pk, member) for table in member.standing.tables}
        writes = Q(table__in=[table for table, what in given.items() if what == "W"])
        reads = Q(table__in=[table for table, what in given.items() if what == "R"], status=Status.APPROVED)
        return self.filter(writes | reads, tier=Tier.STEERING)

    def live(self):
        """Those that were not taken back."""
        return self.filter(status__in=LIVE)

    def barring_another(self):
        """Those that keep their period from being released again: what waits, and whatever was approved once, even if taken back.

        A second version of a published year would show by its differences whom the first one counted.
        """
        return self.filter(Q(status__in=LIVE) | Q(approved_at__isnull=False))
