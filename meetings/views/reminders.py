"""The coordinator reminds those who owe what is overdue: of one line with one press, of all of a kind after being told how many."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import require
from meetings.forms.asking import ConfirmForm
from meetings.forms.overdue import OverdueFilterForm, OverdueLineForm
from meetings.lifecycle import chasing
from meetings.owed import Owed, overdue
from responses import policies
from responses.enums import Act

# Who is reminded, where it is not the lead: to whom a step belongs, those who act know.
SAID = {"step": gettext_lazy("Reminded: whoever has the step."), "follow_up": gettext_lazy("Reminded: the agency that led.")}


def _line(request) -> Owed:
    """The line whose button was pressed, as far as the reader's own list holds it."""
    require(Act.REMIND in policies.permitted_at(request.user.standing, request.table.pk))
    form = OverdueLineForm(request.POST)
    asked = (form.cleaned_data["kind"], form.cleaned_data["pk"]) if form.is_valid() else None
    line = next((owed for owed in overdue(request.user, request.table) if (owed.kind, owed.pk) == asked), None)
    if line is None:
        raise Http404
    return line


@require_POST
def remind(request):
    """A mail to the people of the agency that owes it."""
    line = chasing.remind_of(_line(request), table=request.table, by=request.user)
    said = SAID[line.kind] if line.kind in SAID else _("Reminded: %(agency)s.") % {"agency": line.lead}
    messages.success(request, f"{said} {line.reminder.leaving}")
    return redirect("responses:overdue")


@require_POST
def take_back(request):
    """What was just reminded of is not sent after all."""
    chasing.take_back(_line(request), table=request.table, by=request.user)
    messages.success(request, _("The reminder is taken back. No mail leaves."))
    return redirect("responses:overdue")


@require_http_methods(["GET", "POST"])
def remind_all(request):
    """Of all that is overdue of one kind (``?kind=``), after a second look at how many; what was reminded of today is left out."""
    require(Act.REMIND in policies.permitted_at(request.user.standing, request.table.pk))
    kind = OverdueFilterForm(request.GET)
    if not kind.is_valid() or not kind.cleaned_data["kind"]:
        return redirect("responses:overdue")
    lines = [owed for owed in overdue(request.user, request.table) if owed.kind == kind.cleaned_data["kind"]]
    if request.method == "POST":
        told = chasing.remind(lines, table=request.table, by=request.user)
        said = ngettext("Reminded of %(count)d thing.", "Reminded of %(count)d things.", len(told)) % {"count": len(told)}
        first = min((each.reminder for each in told), key=lambda reminder: reminder.leaves_at, default=None)
        messages.success(request, f"{said} {first.leaving}" if first else said)
        return redirect("responses:overdue")
    lines = chasing.with_reminders(lines, table=request.table)
    told = sum(each.reminder is not None for each in lines)
    fresh = len(lines) - told
    page = {
        "title": ngettext("Remind of %(count)d thing", "Remind of %(count)d things", fresh) % {"count": fresh},
        "what": _what_happens(fresh=fresh, told=told),
        "form": ConfirmForm(),
        "submit": _("Remind"),
        "cancel_url": reverse("responses:overdue"),
        "back_words": _("What is overdue"),
    }
    return render(request, "components/confirm.html", page)


def _what_happens(*, fresh: int, told: int) -> list[str]:
    """What reminding of ``fresh`` things does, where ``told`` more were reminded of today already; in sentences."""
    what = [
        ngettext(
            "The people of the agency that owes it get one mail about %(count)d thing.",
            "The people of each agency that owes something get a mail, about %(count)d things in all.",
            fresh,
        ),
        _("The mail says what kind of thing is past its time, and holds nothing about any person."),
    ]
    if told:
        what.append(
            ngettext(
                "%(told)d was reminded of today already, and is left out.",
                "%(told)d were reminded of today already, and are left out.",
                told,
            )
        )
    return [each % {"count": fresh, "told": told} for each in what]
