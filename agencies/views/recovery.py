"""Letting somebody in anew who lost phone and codes: one asks, another confirms or declines."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import lifecycle, policies
from agencies.access import require
from agencies.enums import Act
from agencies.forms.people import ConfirmForm
from agencies.models import Appointment, Member, Recovery
from agencies.step_up import stepped_up


def _person(request, pk) -> Member:
    """Somebody of the table whom the reader looks after; others are not there."""
    person = get_object_or_404(Member.objects.at_table(request.table).select_related("agency"), pk=pk)
    held = set(Appointment.objects.current().filter(member=person).values_list("table_id", "role"))
    require(Act.ASK_RECOVERY in policies.permitted_with_person(request.user, person, held, request.table))
    return person


def _recovery(request, person) -> Recovery:
    waiting = Recovery.objects.waiting().filter(table=request.table, member=person)
    recovery = get_object_or_404(waiting.select_related("table"), member=person.pk)
    require(policies.may_confirm_recovery(request.user, recovery, person))
    return recovery


@require_http_methods(["GET", "POST"])
@stepped_up
def ask(request, pk):
    """The first of the two: after the person has said, in person or by telephone, that phone and codes are lost."""
    person = _person(request, pk)
    back = reverse("agencies:member", args=[pk])
    if request.method == "POST":
        lifecycle.ask_recovery(person, table=request.table, by=request.user)
        messages.success(request, _("It waits for a second person, who is told by mail."))
        return redirect(back)
    return _sure(
        request,
        title=_("Let %(name)s in anew") % {"name": person},
        what=[
            _("Do this only when you have spoken with %(name)s, and know the voice.") % {"name": person},
            _("A second person has to confirm it: the table’s coordinator or administrator, or the agency’s lead."),
            _("Until then, nothing changes."),
        ],
        submit=_("Ask the second person"),
        cancel_url=back,
    )


@require_http_methods(["GET", "POST"])
@stepped_up
def confirm(request, pk):
    """The second of the two."""
    person = _person(request, pk)
    recovery = _recovery(request, person)
    back = reverse("agencies:member", args=[pk])
    if request.method == "POST":
        lifecycle.confirm_recovery(recovery, by=request.user)
        messages.success(request, _("%(name)s gets an e-mail with a link, and begins anew.") % {"name": person})
        return redirect(back)
    return _sure(
        request,
        title=_("Let %(name)s in anew") % {"name": person},
        what=[
            _("%(asker)s asked for it. Confirm only when you, too, know that phone and codes are lost.") % {"asker": recovery.asked_by},
            _("Password, phone, passkeys and codes of %(name)s stop working now; open pages close.") % {"name": person},
            _("An e-mail brings a link that works once, for three days. Roles and agreements stay."),
        ],
        submit=_("Let in anew"),
        cancel_url=back,
    )


@require_POST
@stepped_up
def decline(request, pk):
    """The second of the two says no, or the need is gone."""
    person = _person(request, pk)
    lifecycle.decline_recovery(_recovery(request, person), by=request.user)
    messages.success(request, _("Declined. Everything stays as it is."))
    return redirect("agencies:member", pk)


def _sure(request, **words):
    return render(request, "components/confirm.html", {"form": ConfirmForm(), **words})
