"""How it ends: the lead proposes a conclusion, and is asked again after 30 and 90 days."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import require
from agencies.models.vocabulary import labels
from responses import lifecycle
from responses.enums import Act
from responses.forms import FollowUpForm, ProposalForm
from responses.models import FollowUp
from responses.views.guard import fetch


@require_http_methods(["GET", "POST"])
def propose(request, pk):
    """The lead proposes how it ended, and which of the situation's risk factors were lowered; the table concludes."""
    known = fetch(request, pk)
    require(Act.PROPOSE in known.may and known.situation.reads("profile_and_factors"))
    named = labels(known.response.situation.risk_factors)
    form = ProposalForm(request.POST or None, factors=list(named.items()))
    if form.is_valid():
        lifecycle.propose_conclusion(known.response, **form.cleaned_data, by=request.user)
        messages.success(request, _("The table is asked to conclude at its next meeting."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/propose.html", {"known": known.situation, "form": form})


@require_http_methods(["GET", "POST"])
def follow_up(request, pk):
    """How it stands 30 or 90 days after the conclusion, by number and code."""
    asked = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    known = fetch(request, asked.response_id)
    require(Act.FOLLOW_UP in known.may)
    form = FollowUpForm(request.POST or None)
    if form.is_valid():
        lifecycle.answer_follow_up(asked, **form.cleaned_data, by=request.user)
        messages.success(request, _("The follow-up is answered."))
        return redirect("situation", known.situation.pk)
    return render(request, "responses/follow_up.html", {"known": known.situation, "day": asked.day, "form": form})
