"""Legal holds: what keeps words from being forgotten, asked for by one person and confirmed by another."""

from types import SimpleNamespace

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import ledger
from agencies.access import Refused, require
from agencies.actor import for_the_table
from agencies.days import date_format
from agencies.limits import limited
from agencies.step_up import stepped_up
from situations import lifecycle, policies
from situations.enums import Act
from situations.forms.find import NOT_THERE
from situations.forms.hold import HoldForm
from situations.models import LegalHold, Situation


@require_safe
def holds(request):
    """Every hold at the table that holds now, the one to be looked at soonest first, and what waits for a second person."""
    require(Act.READ_HOLDS in policies.permitted_with_holds(request.user, request.table))
    ledger.look_at_a_list(request.table, by=request.user, of="holds")
    with for_the_table("hold"):
        standing = list(_standing(request).select_related("situation__table", "asked_by", "confirmed_by"))
    return render(request, "situations/holds.html", {"holds": [_line(hold, request) for hold in standing]})


def _standing(request):
    """The holds of this table that hold now; through the table's door, so the reader's stepping out is asked for here."""
    return LegalHold.objects.holding().at(request.table).not_stepped_out_by(request.user)


def _line(hold, request) -> SimpleNamespace:
    zone = request.table.zone
    return SimpleNamespace(
        pk=hold.pk,
        reference=_named(hold, request.user),
        reason=hold.get_reason_display(),
        until=date_format(localtime(hold.review_at, zone), "DATE_FORMAT"),
        asked_by=hold.asked_by.full_name,
        confirmed_by=hold.confirmed_by.full_name if hold.confirmed_by else "",
        can_confirm=hold.confirmed_by is None and hold.asked_by_id != request.user.pk,
    )


def _named(hold, member) -> str:
    """Its number for those who keep the table; for who oversees it, as in the record, the beginning of its key."""
    return hold.situation.reference if policies.reads_numbers(member, hold.situation) else str(hold.situation_id)[:8]


@require_http_methods(["GET", "POST"])
@stepped_up
@limited("search")
def ask_for_hold(request):
    """One person says which situation, why and until when."""
    require(Act.READ_HOLDS in policies.permitted_with_holds(request.user, request.table))
    form = HoldForm(request.POST or None, zone=request.table.zone)
    if form.is_valid():
        situation = _numbered(form.cleaned_data["number"], request)
        if situation is None:
            form.add_error("number", NOT_THERE)
        else:
            try:
                lifecycle.ask_for_hold(situation, reason=form.cleaned_data["reason"], review_at=form.review_at(), by=request.user)
            except Refused as refused:
                form.add_error("until", refused.sentence)
            else:
                messages.success(request, _("The hold is asked for. It holds from now on; a second person confirms it within a week."))
                return redirect("situations:holds")
    return render(request, "situations/ask_for_hold.html", {"form": form})


def _numbered(number, request) -> Situation | None:
    with for_the_table("hold"):
        rows = Situation.objects.holdable_by(request.user).filter(table=request.table)
        return rows.numbered(number).select_related("table").order_by("-year").first()


@require_http_methods(["GET", "POST"])
@stepped_up
def confirm_hold(request, pk):
    """A second person agrees, once they are sure."""
    what = [
        _("The words of this situation are kept until the day named, and are not forgotten before."),
        _("Your name goes on the record."),
    ]
    return _decided(request, pk, lifecycle.confirm_hold, title=_("Confirm the hold"), what=what, said=_("The hold is confirmed."))


@require_http_methods(["GET", "POST"])
@stepped_up
def end_hold(request, pk):
    """It is not needed any more."""
    what = [_("If the table’s days have passed, its words are forgotten within minutes."), _("Your name goes on the record.")]
    return _decided(request, pk, lifecycle.end_hold, title=_("End the hold"), what=what, said=_("The hold has ended."))


def _decided(request, pk, verb, *, title, what, said):
    require(Act.READ_HOLDS in policies.permitted_with_holds(request.user, request.table))
    with for_the_table("hold"):
        hold = get_object_or_404(_standing(request).select_related("situation__table"), pk=pk)
    form = Form(request.POST or None)
    if request.method == "POST":
        verb(hold, by=request.user)
        messages.success(request, said)
        return redirect("situations:holds")
    page = {"title": title, "what": what, "form": form, "submit": title, "cancel_url": reverse("situations:holds")}
    return render(request, "components/confirm.html", page | {"reference": _named(hold, request.user), "back_words": _("Legal holds")})
