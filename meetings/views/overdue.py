"""What is past its time, by number: of the whole table for its own people, of one's own agency for the others."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agencies import ledger
from agencies.access import require
from meetings.forms import OverdueFilterForm
from meetings.owed import OVERSEEING, looks_at, overdue
from meetings.tables import OverdueTable
from responses import policies
from responses.enums import Act
from responses.policies import relations_at


@require_safe
def overdue_list(request):
    """First contacts past 48 hours, steps, report-backs not given at the last meeting, follow-ups: all, or of one kind."""
    standing, table = request.user.standing, request.table
    require(Act.READ_OVERDUE in policies.permitted_at(standing, table.pk))
    form = OverdueFilterForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    rows = OverdueTable([owed for owed in overdue(request.user, table) if kind in ("", owed.kind)])
    RequestConfig(request, paginate={"per_page": 25}).configure(rows)
    on_the_page = [row.record for row in rows.paginated_rows]
    ledger.look_at_a_list(table, by=request.user, of="overdue", shown=looks_at(on_the_page))
    is_whole = bool(relations_at(standing, table.pk) & OVERSEEING)
    return render(request, "meetings/overdue.html", {"table": rows, "filter_form": form, "is_whole": is_whole})
