"""What is past its time, by number: of the whole table for its own people, of one's own agency for the others."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agencies.access import require
from meetings.owed import OVERSEEING, overdue
from meetings.tables import OverdueTable
from responses import policies
from responses.enums import Act
from responses.policies import relations_at


@require_safe
def overdue_list(request):
    """First contacts past 48 hours, steps, report-backs not given at the last meeting, follow-ups."""
    standing, table = request.user.standing, request.table
    require(Act.READ_OVERDUE in policies.permitted_at(standing, table.pk))
    rows = OverdueTable(overdue(request.user, table))
    RequestConfig(request, paginate={"per_page": 25}).configure(rows)
    return render(request, "meetings/overdue.html", {"table": rows, "is_whole": bool(relations_at(standing, table.pk) & OVERSEEING)})
