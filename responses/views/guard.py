"""The first two moves of every view of a response: fetch it through its situation's guard, and ask the policy."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies import ledger
from agencies.models import Agency
from agencies.seating import sit_at
from responses import policies
from responses.disclosure import part_of
from responses.enums import Standing
from responses.models import Response
from situations.disclosure import Disclosed, disclose
from situations.models import Situation
from situations.querysets import strongest


@dataclass(frozen=True, kw_only=True)
class Known:
    """A response that the member may know of, and what they may do in it."""

    response: Response
    situation: Disclosed
    part: str
    may: set

    def agencies(self, *standings: Standing):
        """The agencies that stand so in the response."""
        there = self.response.engagements.filter(standing__in=standings or [Standing.ENGAGED])
        return Agency.objects.filter(pk__in=there.values("agency"))


def fetch(request, pk) -> Known:
    """The response with the key ``pk``; 404 for whoever may not know its situation's number. The look is recorded."""
    rows = Situation.objects.visible_to(request.user).select_related("table", "originating_agency", "response")
    row = get_object_or_404(rows, response=pk)
    known = disclose(row, to=request.user, words=False, only=())
    if not known.reads("number_stage_dates"):
        raise Http404
    sit_at(request, row.table)
    ledger.look(row, by=request.user, relation=strongest(known.relations))
    part = part_of(row.response.engagements.all(), known, to=request.user)
    return Known(response=row.response, situation=known, part=part, may=policies.permitted(known, part))
