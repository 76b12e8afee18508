"""Agencies and people from a spreadsheet: chosen, previewed, brought in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import imports, lifecycle, policies
from agencies.access import require
from agencies.enums import Act
from agencies.forms.records import PreviewedForm, SheetForm
from agencies.models.vocabulary import labels
from agencies.spreadsheets import Unreadable, download, written_xlsx


@require_http_methods(["GET", "POST"])
def upload(request):
    """Choose a sheet; what it would bring in is shown before anything is written."""
    require(Act.IMPORT in policies.permitted(request.user, request.table))
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        rows = form.cleaned_data["sheet"]
        try:
            plan = imports.plan(rows, table=request.table, member=request.user)
        except Unreadable as unreadable:
            form.add_error("sheet", unreadable.sentence)
        else:
            return _previewed(request, plan, PreviewedForm.holding(rows, member=request.user, table=request.table))
    columns = [str(head) for head, _words in imports.COLUMNS.values()]
    return render(request, "agencies/import.html", {"form": form, "columns": columns})


def _previewed(request, plan, form):
    named = labels({each[column] for each in plan.agencies for column in ("sector", "agency_type")})
    agencies = [each | {"sector": named.get(each["sector"], ""), "kind": named.get(each["agency_type"], "")} for each in plan.agencies]
    people = [each | {"roles": ", ".join(str(role.label) for role in each["roles"])} for each in plan.people]
    return render(
        request,
        "agencies/import_preview.html",
        {
            "form": form,
            "agencies": [each for each in agencies if each["state"] != "known"],
            "people": [each for each in people if each["state"] != "known"],
            "known": len([each for each in [*agencies, *people] if each["state"] == "known"]),
            "wrong": [{"row": row, "sentence": sentence} for row, sentence in plan.wrong],
            "wrong_rows": [
                (f"row-{row}", _("Row %(number)s: %(sentence)s") % {"number": row, "sentence": sentence}) for row, sentence in plan.wrong
            ],
            "brings_anything": plan.brings_anything,
        },
    )


@require_POST
def confirm(request):
    """What was previewed is brought in, all of it or nothing; the invitations leave by mail."""
    require(Act.IMPORT in policies.permitted(request.user, request.table))
    form = PreviewedForm(request.POST, member=request.user, table=request.table)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("rows", [])))
        return redirect("agencies:import")
    plan = imports.plan(form.cleaned_data["rows"], table=request.table, member=request.user)
    if plan.wrong:  # something changed since the preview
        return _previewed(request, plan, PreviewedForm.holding(form.cleaned_data["rows"], member=request.user, table=request.table))
    lifecycle.bring_in(request.table, agencies=_columns(plan.agencies, AGENCY), people=_columns(plan.people, PERSON), by=request.user)
    messages.success(request, _("Imported. The invitations are on their way."))
    return redirect("agencies:people")


AGENCY = ("name", "name_language", "sector", "agency_type")
PERSON = ("email", "full_name", "telephone", "language", "agency", "roles")


def _columns(rows, names) -> list[dict]:
    return [{name: row[name] for name in names} for row in rows if row["state"] != "known"]


@require_safe
def template(request):
    """The sheet to fill in, in the reader's language, with the words that it may hold."""
    require(Act.IMPORT in policies.permitted(request.user, request.table))
    sheets = imports.template(table=request.table, member=request.user)
    return download(written_xlsx(sheets), filename="agencies-and-people.xlsx")
