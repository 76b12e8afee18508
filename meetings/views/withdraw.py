"""The originator takes a situation back: before the meeting, or at the table before the decision."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models.vocabulary import Vocabulary
from meetings import lifecycle
from meetings.forms.item import ReasonForm
from meetings.views.confirmation import confirm
from situations.disclosure import disclose
from situations.enums import Act
from situations.views.guard import reach


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Are you sure? Then, with its reason, it is forgotten on every floor in the same moment."""
    situation = reach(request, pk, Act.WITHDRAW)
    form = ReasonForm(request.POST if request.method == "POST" else None, vocabulary=Vocabulary.WITHDRAWAL_REASON)
    if form.is_valid():
        lifecycle.withdraw(situation, **form.cleaned_data, by=request.user)
        messages.success(
            request, _("Withdrawn. Everything about the person is forgotten; its dates, its kind, the reason and the legal ground stay.")
        )
        return redirect("situation", situation.pk)
    what = [
        _("Everything about the person is forgotten at once: the profile, the factors, what was tried, and the words."),
        _("What agencies said of it at the table is forgotten too."),
        _("Kept are its dates, its kind, your agency, the reason, and the codes of consent and legal ground."),
        _("It cannot be undone. Print your answers first if you may bring it again."),
    ]
    known = disclose(situation, to=request.user, words=False, only=())
    return confirm(
        request,
        title=_("Withdraw this situation?"),
        what=what,
        form=form,
        submit=_("Withdraw and forget"),
        back=reverse("situation", args=[situation.pk]),
        back_words=_("The situation"),
        reference=known.reference if known.reads("number_stage_dates") else "",
    )
