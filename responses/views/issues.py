"""What stands in the way of many: raised by an agency, taken up by another, never tied to a situation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from agencies.access import require
from agencies.models import Agency, Seat
from agencies.seating import sit_at
from responses import lifecycle, policies
from responses.disclosure import disclose_issue
from responses.enums import Act, IssueState
from responses.forms import IssueChangeForm, IssueFilterForm, IssueForm
from responses.models import SystemicIssue
from responses.tables import IssueTable


@require_safe
def issue_list(request):
    """The table's systemic issues, newest first, by kind and state."""
    may = policies.permitted_at(request.user.standing, request.table.pk)
    require(Act.READ_ISSUES in may)
    form = IssueFilterForm(request.GET)
    narrowed = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    issues = SystemicIssue.objects.of_tables([request.table]).filter(**narrowed).select_related("issue_type", "owner")
    table = IssueTable([disclose_issue(issue, may_change=policies.may_change(request.user, issue)) for issue in issues])
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "responses/issues.html", {"table": table, "filter_form": form, "may": may})


@require_http_methods(["GET", "POST"])
def raise_issue(request):
    """Name what stands in the way; the line is read for anything about a person before it is kept."""
    require(Act.RAISE_ISSUE in policies.permitted_at(request.user.standing, request.table.pk))
    form = IssueForm(request.POST or None)
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
