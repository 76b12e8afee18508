"""Who sits at the table."""

from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import clock, ledger, policies
from agencies.access import require
from agencies.directory import matching, people_at, seated_at
from agencies.enums import Act, LedgerAct
from agencies.forms.people import PeopleFilterForm
from agencies.limits import limited
from agencies.narrowing import asked_of, is_narrowed, left_as, paged
from agencies.spreadsheets import download, written_csv
from agencies.step_up import stepped_up
from agencies.tables import DirectoryTable


@require_http_methods(["GET", "HEAD", "POST"])
def directory(request):
    """The agencies that have a seat, their people, roles, telephone and language."""
    may = policies.permitted(request.user, request.table)
    require(Act.READ_DIRECTORY in may)
    if before := left_as(request, keeps=["agency", "role"]):
        return redirect(before)
    rows = people_at(request.table)
    form = PeopleFilterForm(asked_of(request), rows=rows)
    found = matching(rows, **form.cleaned_data) if form.is_valid() else rows
    without_answers = [] if any(row["telephone"] for row in rows) else ["telephone"]  # a column that says nothing takes room
    table = paged(DirectoryTable(found, exclude=without_answers), request, is_narrowed=is_narrowed(form))
    present = {row["agency_id"] for row in rows}
    without = [{"name": agency.name, "lang": agency.name_language} for agency in seated_at(request.table) if agency.pk not in present]
    return render(request, "agencies/directory.html", {"table": table, "filter_form": form, "without": without, "may": may})


@require_POST
@stepped_up
@limited("export")
def export(request):
    """The directory as a sheet; that it left is on the record."""
    require(Act.EXPORT_DIRECTORY in policies.permitted(request.user, request.table))
    heads = [_("Agency"), _("Name"), _("Roles"), _("Telephone"), _("E-mail address"), _("Language")]
    columns = ["agency", "name", "roles", "telephone", "email", "language"]
    rows = sorted(people_at(request.table), key=lambda row: (row["agency_folded"], row["name_folded"]))
    ledger.record(LedgerAct.EXPORTED, by=request.user, table=request.table, codes=["directory", f"rows:{len(rows)}"])
    today = localtime(clock.now(), request.table.zone).date()
    sheet = written_csv([heads, *([row[column] for column in columns] for row in rows)])
    return download(sheet, filename=f"directory-{today}.csv")
