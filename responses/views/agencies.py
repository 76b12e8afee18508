"""Who acts: an absent agency is asked, joins or declines; the lead is handed over; an assisting agency leaves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import require
from agencies.actor import for_the_table
from agencies.models import Agency, Seat
from agencies.names import own_name, sentence_with
from agencies.seating import sit_at
from responses import lifecycle
from responses.enums import Act, Part, Standing
from responses.forms import AgencyForm, AnswerForm, NoForm
from responses.models import Engagement
from responses.views.guard import fetch


@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """An agency that is not in the response is asked to help; it learns that it is asked, and by whom, and nothing else."""
    known = fetch(request, pk)
    require(Act.ASK in known.may)
    seated = Agency.objects.filter(is_active=True, pk__in=Seat.objects.current().filter(table=known.response.table_id).values("agency"))
    absent = seated.exclude(pk__in=known.agencies(Standing.ENGAGED, Standing.ASKED))
    form = AgencyForm(request.POST or None, agencies=absent)
    if form.is_valid():
        lifecycle.ask(known.response, **form.cleaned_data, by=request.user)
        messages.success(request, _("The agency is asked. It sees nothing of the situation until it joins."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/ask.html", {"known": known.situation, "form": form})


@require_http_methods(["GET", "POST"])
def answer_asked(request, pk):
    """Your agency is asked to help: it joins, and knows; or it cannot, and learns nothing more."""
    with for_the_table("asked"):  # the agency knows that it is asked, and by whom, and nothing of the situation
        engagement = get_object_or_404(Engagement.objects.awaiting(request.user).select_related("response__situation", "table"), pk=pk)
        lead = engagement.response.engagements.taking_part().select_related("agency").get(part=Part.LEAD)
    sit_at(request, engagement.table)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and form.cleaned_data["answer"] == "join":
        lifecycle.join(engagement, by=request.user)
        messages.success(request, _("Your agency takes part. Write the number in your own records."))
        return redirect("situation", engagement.response.situation_id)
    if form.is_valid():
        lifecycle.decline(engagement, by=request.user)
        messages.success(request, _("Your agency does not take part. Nothing of it stays with you."))
        return redirect("start")
    return render(request, "responses/answer_asked.html", {"lead": own_name(lead.agency), "form": form})


@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """Another agency of the response leads from now on; yours assists."""
    known = fetch(request, pk)
    require(Act.HAND_OVER in known.may)
    form = AgencyForm(request.POST or None, agencies=known.agencies().exclude(pk=request.user.agency_id))
    if form.is_valid():
        lifecycle.hand_over(known.response, to=form.cleaned_data["agency"], by=request.user)
        messages.success(
            request, sentence_with(_("%(agency)s leads from now on. Your agency assists."), agency=own_name(form.cleaned_data["agency"]))
        )
        return redirect("situation", known.situation.pk)
    return render(request, "responses/hand_over.html", {"known": known.situation, "form": form})


@require_http_methods(["GET", "POST"])
def leave(request, pk):
    """An assisting agency leaves the response, once it is sure; what it knew closes."""
    known = fetch(request, pk)
    require(Act.LEAVE in known.may)
    form = NoForm(request.POST or None)
    if request.method == "POST":
        lifecycle.leave(known.response, agency=request.user.agency, by=request.user)
        messages.success(request, _("Your agency has left the response."))
        return redirect("start")
    context = {
        "title": _("Leave the response"),
        "what": [
            _("The situation closes for your agency at once."),
            _("The other agencies see that yours has left. Steps of your agency must be settled first."),
        ],
        "form": form,
        "submit": _("Leave the response"),
        "cancel_url": reverse("situation", args=[known.situation.pk]),
    }
    return render(request, "components/confirm.html", context)
