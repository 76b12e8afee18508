"""Who stands in for whom, from day to day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import clock, lifecycle, policies
from agencies.access import Refused, require
from agencies.days import date_format
from agencies.enums import Act, Role
from agencies.forms.people import ConfirmForm, DelegateForm
from agencies.models import Appointment
from agencies.step_up import stepped_up


def _lasting(request):
    """The delegations that hold or are to come: a representative's own, for an agency's lead those of the agency."""
    require(Act.DELEGATE in policies.permitted(request.user, request.table))
    lasting = Appointment.objects.filter(
        table=request.table, role=Role.ALTERNATE, ends_at__gt=clock.now(), member__agency=request.user.agency_id
    )
    if not policies.leads(request.user, request.user.agency_id, request.table):
        lasting = lasting.filter(stands_in_for=request.user)
    return lasting.select_related("member", "stands_in_for").order_by("starts_at")


@require_http_methods(["GET", "POST"])
@stepped_up
def delegate(request):
    """Choose an alternate of one's own agency, for whole days of the table."""
    lasting = _lasting(request)
    form = DelegateForm(request.POST or None, member=request.user, table=request.table)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("to", "stands_in_for", "starts_at", "ends_at")}
        try:
            lifecycle.delegate(**given, table=request.table, by=request.user)
        except Refused as refused:
            form.add_error("to", refused.sentence)
        else:
            messages.success(request, _("%(name)s stands in on these days.") % {"name": given["to"]})
            return redirect("agencies:delegate")
    delegations = [
        {
            "pk": each.pk,
            "name": str(each.member),
            "stands_in_for": str(each.stands_in_for or ""),
            "first_on": localtime(each.starts_at, request.table.zone).date(),
            "last_on": localtime(each.last_moment, request.table.zone).date(),
        }
        for each in lasting
    ]
    return render(
        request,
        "agencies/delegate.html",
        {
            "form": form,
            "delegations": delegations,
            "has_candidates": form.fields["to"].queryset.exists(),
            "may": policies.permitted(request.user, request.table),
        },
    )


@require_http_methods(["GET", "POST"])
def end_delegation(request, pk):
    """The alternate stands in no longer, after a second look."""
    delegation = get_object_or_404(_lasting(request), pk=pk)
    if request.method == "POST":
        lifecycle.end_appointment(delegation, by=request.user)
        messages.success(request, _("%(name)s no longer stands in.") % {"name": delegation.member})
        return redirect("agencies:delegate")
    last_on = date_format(localtime(delegation.last_moment, request.table.zone), "DATE_FORMAT")
    words = {"name": delegation.member, "day": last_on}
    return render(
        request,
        "components/confirm.html",
        {
            "form": ConfirmForm(),
            "title": _("End a delegation"),
            "what": [_("%(name)s stands in until %(day)s. End it now instead?") % words],
            "submit": _("End the delegation"),
            "cancel_url": reverse("agencies:delegate"),
        },
    )
