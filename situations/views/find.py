"""A situation is found by its number; what is not there for a member and what does not exist are one answer."""

from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import clock, ledger
from agencies.access import require
from agencies.limits import limited
from agencies.narrowing import ROWS, paged
from situations import policies
from situations.disclosure import where_readable
from situations.forms.find import NOT_THERE, FindForm
from situations.models import Situation
from situations.tables import SituationList


@require_http_methods(["GET", "POST"])
@limited("search")
def find(request):
    """Opens the situation with this number. It is posted: no number ever stands in an address, a title or a log.

    Without a year it is this year's, otherwise the only one there is; of several, the newest are offered.
    """
    require(bool(policies.permitted_at(request.user, request.table)))
    form = FindForm(request.POST or None)
    table = None
    if form.is_valid():
        found = _found(request, form.cleaned_data["number"])
        if len(found) == 1:
            return redirect("situation", found[0].pk)
        if found:
            table = _offered(request, found)
        else:
            form.add_error("number", NOT_THERE)
    return render(request, "situations/find.html", {"form": form, "table": table})


def _found(request, number) -> list:
    """The situations of this table that carry the number and may be known of by it, the newest first; one, if it is this year's."""
    rows = Situation.objects.visible_to(request.user).filter(where_readable("number_stage_dates", to=request.user), table=request.table)
    found = list(rows.numbered(number).order_by("-year")[:ROWS])
    this_year = localtime(clock.now(), request.table.zone).year
    return [row for row in found if row.year == this_year] or found


def _offered(request, found) -> SituationList:
    rows = Situation.objects.visible_to(request.user).filter(pk__in=[row.pk for row in found]).with_saved_at()
    ledger.look_at_a_list(request.table, by=request.user, of="situations")
    offered = SituationList(rows.select_related("table", "originating_agency"), to=request.user, caption=_("With this number, by year"))
    offered.orderable = False
    return paged(offered, request)
