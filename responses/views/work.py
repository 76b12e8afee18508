"""At the door and after it: contacts, steps, services, and the report that the table hears."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import require
from responses import lifecycle
from responses.enums import Act, StepState
from responses.forms import ContactForm, ReportForm, ServiceForm, SettleForm, StepForm
from responses.models import Step
from responses.views.guard import fetch


@require_http_methods(["GET", "POST"])
def contact(request, pk):
    """The doorstep: contact made, tried without contact, or need help; one press each."""
    known = fetch(request, pk)
    require(Act.CONTACT in known.may)
    form = ContactForm(request.POST or None, accepted_at=known.response.accepted_at)
    if form.is_valid():
        lifecycle.record_contact(known.response, agency=request.user.agency, **form.cleaned_data, by=request.user)
        helped = form.cleaned_data["result"] == lifecycle.NEED_HELP
        messages.success(request, _("The other agencies are asked for help.") if helped else _("What happened at the door is recorded."))
        return redirect("situation", known.situation.pk)
    groups = [{"name": name, "results": results} for name, results in form.groups]
    return render(request, "responses/contact.html", {"known": known.situation, "form": form, "groups": groups})


@require_http_methods(["GET", "POST"])
def plan_step(request, pk):
    """One step of the plan: what, who, by when."""
    known = fetch(request, pk)
    require(Act.PLAN_STEP in known.may)
    form = StepForm(request.POST or None, owners=known.agencies())
    if form.is_valid():
        lifecycle.plan_step(known.response, **form.cleaned_data, by=request.user)
        messages.success(request, _("The step is planned."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/step.html", {"known": known.situation, "form": form})


@require_POST
def settle_step(request, pk):
    """A step is done, or no longer needed."""
    step = get_object_or_404(Step.objects.visible_to(request.user), pk=pk)
    known = fetch(request, step.response_id)
    require(Act.FINISH_STEP in known.may)
    form = SettleForm(request.POST)
    require(form.is_valid())
    state = StepState(form.cleaned_data["state"])
    lifecycle.settle_step(step, state=state, by=request.user)
    said = _("Done: %(step)s.") if state == StepState.DONE else _("No longer needed: %(step)s.")
    messages.success(request, said % {"step": step.step_type.label})
    return redirect("situation", known.situation.pk)


@require_http_methods(["GET", "POST"])
def service(request, pk):
    """A service, and how far it came; also one that does not exist here."""
    known = fetch(request, pk)
    require(Act.SERVICE in known.may)
    form = ServiceForm(request.POST or None, agencies=known.agencies())
    if form.is_valid():
        lifecycle.record_service(known.response, **form.cleaned_data, by=request.user)
        messages.success(request, _("The service is recorded."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/service.html", {"known": known.situation, "form": form})


@require_http_methods(["GET", "POST"])
def report_back(request, pk):
    """The coded report that the table hears, given before the meeting."""
    known = fetch(request, pk)
    require(Act.REPORT_BACK in known.may)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        lifecycle.report_back(known.response, agency=request.user.agency, **form.cleaned_data, by=request.user)
        messages.success(request, _("The table hears your report, at its meeting under way or the next one."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/report_back.html", {"known": known.situation, "form": form})
