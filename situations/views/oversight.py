"""Oversight: a dated correction of what was coded wrongly, and a look with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import Refused
from agencies.actor import for_the_table
from agencies.models import Member
from agencies.seating import sit_at
from situations import lifecycle
from situations.disclosure import disclose
from situations.enums import WORDLESS_STAGES, Act
from situations.forms import pickers
from situations.forms.oversight import CorrectionForms, LookForm, StepInForm
from situations.models import Situation
from situations.views.guard import reach


@require_http_methods(["GET", "POST"])
def look(request, pk):
    """A privacy officer says why they look; the reason goes on the record, and opens the situation for a quarter of an hour."""
    with for_the_table("look_with_reason"):  # before the reason is given nothing of it is theirs; it is only found
        situation = get_object_or_404(Situation.objects.lookable_by(request.user).select_related("table"), pk=pk)
    sit_at(request, situation.table)
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.look_with_reason(situation, reason=form.cleaned_data["reason"], by=request.user)
        return redirect("situation", situation.pk)
    what = [
        _("You do not take part in this situation. Your look, and why, go on the record."),
        _("The agency that brought it can read that you looked."),
        _("It is open to you for 15 minutes."),
    ]
    page = {"title": _("Look at a situation"), "what": what, "form": form, "submit": _("Look"), "cancel_url": reverse("agencies:ledger")}
    return render(request, "components/confirm.html", page)


@require_http_methods(["GET", "POST"])
def step_in(request, pk):
    """The privacy officer lets somebody in again who stepped out by mistake; why goes on the record."""
    situation = reach(request, pk, Act.LET_IN_AGAIN)
    out = Member.objects.filter(recusals__situation=situation, recusals__ended_at=None).select_related("agency")
    if not out:
        raise Refused(_("Nobody has stepped out of this situation."))
    form = StepInForm(request.POST if request.method == "POST" else None, out=out)
    if form.is_valid():
        member = next(each for each in out if str(each.pk) == form.cleaned_data["member"])
        lifecycle.let_in_again(situation, member=member, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("%(name)s may know of it again.") % {"name": member})
        return redirect("situation", situation.pk)
    what = [
        _("They may know again what everyone else may know who is what they are."),
        _("While the table hears it, they are in the room once the chair opens it again."),
        _("Your name and the reason go on the record."),
    ]
    page = {"title": _("Let someone in again"), "what": what, "form": form, "submit": _("Let them in again")}
    return render(request, "components/confirm.html", page | {"cancel_url": reverse("situation", args=[situation.pk])})


@require_http_methods(["GET", "POST"])
def correct(request, pk):
    """The coordinator corrects coded facts of a situation that has ended, with a reason; the ledger dates it."""
    situation = reach(request, pk, Act.CORRECT)
    known = disclose(situation, to=request.user, only=["profile_and_factors", "conclusion"])
    has_key = situation.stage not in WORDLESS_STAGES
    forms = CorrectionForms(
        request.POST, situation=situation, known=known, has_key=has_key, typed=pickers.typed(request.typed or request.POST)
    )
    if forms.are_valid():
        reason = forms.reason.cleaned_data
        lifecycle.correct(
            situation,
            reason=reason["reason"],
            words=reason.get("words", ""),
            version=forms.facts[0].cleaned_data["version"],
            by=request.user,
            **forms.changes(),
        )
        messages.success(request, _("The correction is kept, with its date and reason."))
        return redirect("situation", situation.pk)
    return render(request, "situations/correct.html", {"facts": forms.facts, "reason": forms.reason, "pk": pk})
