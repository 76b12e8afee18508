"""What stands in the way of many: raised by an agency, taken up by another, never tied to a situation."""

from types import SimpleNamespace

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import require
from agencies.folding import folded
from agencies.models import Agency, Seat
from agencies.narrowing import is_narrowed, left_as, paged
from agencies.seating import sit_at
from responses import lifecycle, policies
from responses.disclosure import disclose_issue
from responses.enums import Act, IssueState
from responses.forms import NOBODY, IssueChangeForm, IssueFilterForm, IssueForm
from responses.models import SystemicIssue
from responses.tables import IssueTable
from situations import coaching

MOST = 25  # cards in a column of the board; the list has all


@require_safe
def issue_list(request):
    """The table's systemic issues, as a board by state or as a list; of all, of one kind, of one agency."""
    may = policies.permitted_at(request.user.standing, request.table.pk)
    require(Act.READ_ISSUES in may)
    if before := left_as(request, keeps=["view", "state", "issue_type", "owner"]):
        return redirect(before)
    issues = list(SystemicIssue.objects.of_tables([request.table]).select_related("issue_type", "owner"))
    owners = {issue.owner_id: issue.owner for issue in issues if issue.owner}
    form = IssueFilterForm(request.GET, owners=sorted(owners.values(), key=lambda agency: folded(agency.name)))
    asked = form.cleaned_data if form.is_valid() else {}
    shown = [
        disclose_issue(issue, may_change=policies.may_change(request.user, issue)) for issue in issues if _is_asked_for(issue, **asked)
    ]
    is_list = request.GET.get("view") == "list"
    context = {
        "view": "list" if is_list else "board",
        "table": paged(IssueTable(shown), request, is_narrowed=is_narrowed(form)) if is_list else None,
        "board": [] if is_list else _board(shown, state=asked.get("state", "")),
        "is_empty": not shown,
        "filter_form": form,
        "may": may,
    }
    return render(request, "responses/issues.html", context)


def _is_asked_for(issue, *, state: str = "", issue_type: str = "", owner: str = "") -> bool:
    is_owners = not owner or (issue.owner_id is None if owner == NOBODY else str(issue.owner_id) == owner)
    return state in ("", issue.state) and issue_type in ("", issue.issue_type_id) and is_owners


def _board(shown, *, state: str) -> list:
    """A column for each state, or for the one that is asked for; in each the issue that changed last stands first."""
    columns = []
    for each in IssueState:
        if state not in ("", each):
            continue
        cards = sorted(
            (issue for issue in shown if issue.state == each), key=lambda issue: issue.changed_at or issue.raised_at, reverse=True
        )
        columns.append(
            SimpleNamespace(state=each.value, state_words=each.label, cards=cards[:MOST], how_many=len(cards), is_cut=len(cards) > MOST)
        )
    return columns


@require_http_methods(["GET", "POST"])
def raise_issue(request):
    """Name what stands in the way; the line is read for anything about a person before it is kept."""
    require(Act.RAISE_ISSUE in policies.permitted_at(request.user.standing, request.table.pk))
    form = IssueForm(request.POST or None)
    if coaching.is_pressed(request.POST):
        form = IssueForm(initial=coaching.pressed(request.POST, "line").dict())  # replaced as asked; nothing is raised by it
    if form.is_valid():
        agency = request.user.agency if request.user.standing.acts_for_agency_at(request.table.pk) else None
        lifecycle.raise_issue(
            request.table, issue_type=form.cleaned_data["issue_type"], line=form.cleaned_data["line"], agency=agency, by=request.user
        )
        messages.success(request, _("The issue is raised."))
        return redirect("responses:issues")
    return render(request, "responses/raise_issue.html", {"form": form})


@require_http_methods(["GET", "POST"])
def change_issue(request, pk):
    """Who takes an issue up, and where it stands."""
    standing = request.user.standing
    readable = [table for table in standing.tables if Act.READ_ISSUES in policies.permitted_at(standing, table.pk)]
    issue = get_object_or_404(SystemicIssue.objects.of_tables(readable).select_related("issue_type", "table"), pk=pk)
    sit_at(request, issue.table)
    require(policies.may_change(request.user, issue))
    owners = Agency.objects.filter(pk__in=Seat.objects.current().filter(table=issue.table_id).values("agency"))
    kept = {"state": issue.state, "owner": issue.owner_id, "version": issue.version}
    form = IssueChangeForm(request.POST or None, owners=owners, initial=kept)
    if form.is_valid():
        state = IssueState(form.cleaned_data["state"])
        lifecycle.change_issue(issue, state=state, owner=form.cleaned_data["owner"], version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The issue is changed."))
        return redirect("responses:issues")
    return render(request, "responses/change_issue.html", {"kind": issue.issue_type.label, "line": issue.line, "form": form})
