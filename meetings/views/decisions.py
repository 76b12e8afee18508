"""What the table decides on the item that is open, recorded by the chair or the recorder."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import OutOfOrder, require
from agencies.models import Agency
from agencies.models.vocabulary import Vocabulary, labels
from meetings import lifecycle, policies
from meetings.agenda import before_the_table, item_for, sitting, wall
from meetings.disclosure import answers_of, has_open_steps, response_at_the_table, room_of
from meetings.enums import Act, Outcome
from meetings.forms.item import ConcludeForm, ReasonForm, RejectForm, ReportForm
from meetings.views.chair import respond_form
from meetings.views.confirmation import confirm

OF_THE_TABLE = {Act.DECIDE, Act.RESPOND, Act.END_EARLY, Act.KEEP_OPEN, Act.CONCLUDE}  # whoever keeps the table records these, in their time


def _allowed(request, pk, act):
    """The item and what may be known of it, where the act is open to the member; a late press is told what already happened."""
    item, known = item_for(request, pk)
    if act not in policies.permitted_item(request.user, item, known):
        require(act in OF_THE_TABLE and bool(policies.permitted(request.user, item.meeting) & {Act.CHAIR, Act.RECORD}))
        raise OutOfOrder(_what_happened(item, known))
    return item, known


def _what_happened(item, known) -> str:
    """Why an act of the table does not follow: who keeps the table may know the number, the outcome and the stage."""
    if item.outcome:
        said = {"number": known.reference, "time": time_format(wall(item.decided_at, item.meeting.table.zone), "TIME_FORMAT")}
        said["outcome"] = str(Outcome(item.outcome).label)
        return _("%(number)s: “%(outcome)s” was recorded at %(time)s.") % said
    if not item.is_open:
        return _("This item is not open.")
    return _("%(situation)s stands at “%(stage)s”; that act does not follow.") % {"situation": known.reference, "stage": known.stage.label}


def _back(request, item) -> str:
    """The page from which the decision was made: the console, or the recorder's screen."""
    is_chair = Act.CHAIR in policies.permitted(request.user, item.meeting)
    return reverse("meetings:chair" if is_chair else "meetings:recorder", args=[item.meeting_id])


@require_POST
def accept(request, pk):
    """The table finds the risk acute: Filter 3 opens."""
    item, _known = _allowed(request, pk, Act.DECIDE)
    lifecycle.accept(item, by=request.user)
    messages.success(request, _("Accepted. Filter 3 is open: who must act?"))
    return redirect(_back(request, item))


@require_http_methods(["GET", "POST"])
def reject(request, pk):
    """The table does not find the risk acute: which criteria are not met, why, and what is forgotten."""
    item, known = _allowed(request, pk, Act.DECIDE)
    form = RejectForm(request.POST or None)
    if form.is_valid():
        lifecycle.reject(item, **form.cleaned_data, by=request.user)
        messages.success(
            request,
            _("Not accepted. Everything about the person is forgotten; its number, its dates, the decision and the legal ground stay."),
        )
        return redirect(_back(request, item))
    return render(request, "meetings/reject.html", {"reference": known.reference, "form": form, "cancel_url": _back(request, item)})


@require_http_methods(["GET", "POST"])
def defer(request, pk):
    """The table hears it again another day."""
    item, known = _allowed(request, pk, Act.DECIDE)
    form = ReasonForm(request.POST or None, vocabulary=Vocabulary.DEFERRAL_REASON)
    if form.is_valid():
        lifecycle.defer(item, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Deferred. It keeps its number and comes again at the next meeting."))
        return redirect(_back(request, item))
    what = [_("The situation keeps its number and its first date, and comes again at the next meeting.")]
    page = {"title": _("Defer to a later meeting"), "what": what, "form": form, "submit": _("Defer"), "back": _back(request, item)}
    return confirm(request, **page, reference=known.reference)


@require_http_methods(["GET", "POST"])
def respond(request, pk):
    """Filter 4: one lead, the assisting agencies, absent ones asked, the huddle's time."""
    item, known = _allowed(request, pk, Act.RESPOND)
    room, said = room_of(item.meeting, item=item), answers_of(item, known)
    form = respond_form(request.POST or None, item=item, room=room, said=said)
    if form.is_valid():
        chosen = form.cleaned_data
        agencies = Agency.objects.in_bulk([chosen["lead"], *chosen["assisting"], *chosen["asked"]])
        named = {str(pk): agency for pk, agency in agencies.items()}
        lifecycle.respond(
            item,
            lead=named[chosen["lead"]],
            assisting=[named[pk] for pk in chosen["assisting"]],
            asked=[named[pk] for pk in chosen["asked"]],
            huddle_at=chosen["huddles_at"],
            by=request.user,
        )
        messages.success(request, _("The response is recorded. From now on only those who act know."))
        return redirect(_back(request, item))
    shown = before_the_table(item, known, zone=item.meeting.table.zone)
    context = {"item": shown, "meeting": sitting(item.meeting), "form": form, "cancel_url": _back(request, item)}
    return render(request, "meetings/respond.html", context)


@require_http_methods(["GET", "POST"])
def end_early(request, pk):
    """Nobody else need act."""
    item, known = _allowed(request, pk, Act.END_EARLY)
    form = ReasonForm(request.POST or None, vocabulary=Vocabulary.EARLY_END_REASON)
    if form.is_valid():
        lifecycle.end_early(item, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Ended early. Its words are forgotten."))
        return redirect(_back(request, item))
    what = [_("Every word about the situation is forgotten at once. Its coded facts stay."), _("This cannot be taken back.")]
    page = {"title": _("End early"), "what": what, "form": form, "submit": _("End early"), "back": _back(request, item)}
    return confirm(request, **page, reference=known.reference)


@require_POST
def report(request, pk):
    """The coded report of an engaged agency, entered for it; the situation stays open unless the table concludes."""
    item, known = _allowed(request, pk, Act.REPORT_BACK_FOR_OTHERS)
    response = response_at_the_table(known.pk, known, zone=item.meeting.table.zone)
    form = ReportForm(request.POST, engaged=[response.lead, *response.assisting])
    if form.is_valid():
        agency = Agency.objects.get(pk=form.cleaned_data["agency"])
        lifecycle.hear_report(item, agency=agency, report=form.cleaned_data["report"], by=request.user)
        messages.success(request, _("The report is kept."))
        return redirect("meetings:recorder", item.meeting_id)
    request.read_at = _back(request, item)
    shown = before_the_table(item, known, zone=item.meeting.table.zone)
    return render(request, "meetings/report.html", {"item": shown, "form": form, "cancel_url": _back(request, item)})


@require_POST
def keep_open(request, pk):
    """The table keeps the response going."""
    item, _known = _allowed(request, pk, Act.KEEP_OPEN)
    lifecycle.keep_open(item, by=request.user)
    messages.success(request, _("Kept open."))
    return redirect(_back(request, item))


@require_http_methods(["GET", "POST"])
def conclude(request, pk):
    """The table ends the response; the lead's proposal is chosen beforehand."""
    item, known = _allowed(request, pk, Act.CONCLUDE)
    form = ConcludeForm(request.POST or None, factors=_factors(item, known), initial=_proposed(item))
    if form.is_valid():
        lowered = form.cleaned_data.get("factors_lowered", [])
        lifecycle.conclude(item, reason=form.cleaned_data["reason"], factors_lowered=lowered, by=request.user)
        messages.success(request, _("Concluded. The agency that led is asked again after 30 and 90 days."))
        return redirect(_back(request, item))
    response = response_at_the_table(known.pk, known, zone=item.meeting.table.zone)
    context = {"reference": known.reference, "proposed": response.proposed, "has_open_steps": has_open_steps(known)}
    context |= {"form": form, "cancel_url": _back(request, item)}
    return render(request, "meetings/conclude.html", context)


def _factors(item, known) -> list:
    """The situation's risk factors by key, for those who may read them."""
    keys = item.situation.risk_factors if known.reads("profile_and_factors") else []
    named = labels(keys)
    return [(key, named[key]) for key in keys]


def _proposed(item) -> dict:
    response = item.situation.response
    return {"reason": response.proposed_reason_id, "factors_lowered": response.proposed_factors_lowered}
