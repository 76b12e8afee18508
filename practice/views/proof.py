"""Prove my settings: an administrator has every page of a practice copy opened as everyone, and reads what was found."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import require
from practice import ground, policies
from practice.forms import ProofForm
from practice.proof import notes, stands, told
from situations.enums import Stage


def _bar_the_door(request) -> None:
    """Outside a practice copy there is no such page; in one it is for the administrators of its tables."""
    if not (settings.PRACTICE and ground.has_a_clock()):
        raise Http404
    require(policies.may_prove(request.user, request.table))


@require_http_methods(["GET", "POST"])
def prove(request):
    """What a proof is, whether one runs, and what the last one found; asking for one leaves it to whoever serves the pages."""
    _bar_the_door(request)
    going_on = notes.going_on()
    form = ProofForm(request.POST or None)
    if form.is_valid():
        if going_on and going_on["state"] in ("asked", "running"):
            messages.warning(request, _("A proof is running already. One at a time is enough: wait until it is done."))
        else:
            notes.ask(request.table)
            messages.success(request, _("The proof begins within a few seconds."))
        return redirect("practice_proof")
    report = notes.last(request.table)
    since = going_on and going_on.get("at")
    context = {
        "going_on": going_on,
        "since": datetime.fromtimestamp(since, UTC) if since else None,
        "stage": Stage(going_on["stage"]).label if going_on and going_on.get("stage") else "",
        "found": told.summary(report) if report else None,
        "is_out_of_date": bool(report) and report["digest"] != stands.digest(request.table),
        "form": form,
    }
    return render(request, "practice/proof.html", context)


@require_safe
def stage(request, stage):
    """What everyone found at one stage, cell by cell."""
    _bar_the_door(request)
    report = notes.last(request.table)
    shown = told.stage(report, stage) if report else None
    if shown is None:
        raise Http404
    return render(request, "practice/proof_stage.html", {"stage": shown})
