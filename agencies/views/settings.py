"""The table's settings, and the way to everything that a coordinator or administrator looks after."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import lifecycle, policies
from agencies.access import require
from agencies.enums import Act, Role
from agencies.forms.tables import NewTableForm, TableForm


@require_safe
def overview(request):
    """What can be looked after here, one line each."""
    may = policies.permitted(request.user, request.table)
    require(Act.OPEN_SETTINGS in may)
    return render(request, "agencies/settings.html", {"table": str(request.table), "may": may})


@require_http_methods(["GET", "POST"])
def table(request):
    """This table's settings. Whether names are spoken or sealed is shown, and does not change."""
    require(Act.OPEN_SETTINGS in policies.permitted(request.user, request.table))
    # A form writes what was typed into its instance before anything is saved; the page around it stands at the table as it is.
    form = TableForm(request.POST or None, instance=copy(request.table))
    if form.is_valid():
        lifecycle.change_table(request.table, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:settings")
    return render(request, "agencies/table.html", {"form": form, "naming": request.table.get_naming_display()})


@require_http_methods(["GET", "POST"])
def add_table(request):
    """Another table of this installation; whoever adds it is its administrator."""
    require(Act.ADD_TABLE in policies.permitted(request.user, request.table))
    form = NewTableForm(request.POST or None)
    if form.is_valid():
        created = lifecycle.create_table(**form.cleaned_data, by=request.user)
        lifecycle.appoint(request.user, table=created, role=Role.ADMINISTRATOR, by=request.user)
        request.session["table"] = str(created.pk)
        messages.success(request, _("The table is there. You now sit at it as its administrator: invite a coordinator first."))
        return redirect("agencies:settings")
    return render(request, "agencies/add_table.html", {"form": form})
