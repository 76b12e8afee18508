"""The two doors before every page of one situation: is it there for this member, and may they do this with it?"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agencies import ledger
from agencies.access import OutOfOrder, require
from agencies.seating import sit_at
from situations import policies
from situations.enums import OPEN_STAGES, UNDER_SEAL, Act, Relation
from situations.models import Situation
from situations.querysets import relations_of, strongest
from situations.tables import moment_words

# What an originator could once do, until the situation moved on.
OVERTAKEN = {Act.EDIT, Act.SUBMIT, Act.DISCARD, Act.WITHDRAW, Act.PRINT_ANSWERS}


def reach(request, pk, act: Act):
    """The row behind an address, for a member who may do this with it; otherwise 404, or 403. The look is recorded.

    The originator, whose agency may always know where it stands, reads in a sentence what has overtaken the act.
    """
    rows = Situation.objects.visible_to(request.user).with_saved_at().select_related("table", "originating_agency")
    situation = get_object_or_404(rows, pk=pk)
    if act in UNDER_SEAL and not situation.table.names_are_sealed:
        raise Http404
    sit_at(request, situation.table)
    relations = relations_of(situation, request.user)
    may = policies.permitted(request.user, situation, relations)
    if act in OVERTAKEN - may and Relation.ORIGINATOR in relations:
        raise OutOfOrder(
            _("This situation stands at “%(stage)s”. At this stage that cannot be done.") % {"stage": situation.get_stage_display()}
        )
    require(act in may)
    ledger.look(situation, by=request.user, relation=strongest(relations))
    return situation


def saved_words(situation) -> str:
    """ "Saved 10:42", by the table's clock."""
    if situation.stage not in OPEN_STAGES or situation.saved_at is None:
        return ""
    return _("Saved %(moment)s") % {"moment": moment_words(situation.saved_at, situation.table.zone)}
