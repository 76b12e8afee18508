"""Whoever was invited and has not come is invited once more, all together, after being told how many they are."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies import lifecycle, policies
from agencies.access import require
from agencies.enums import Act
from agencies.forms.people import ConfirmForm


def _sent(request) -> str:
    people = lifecycle.invite_all_again(table=request.table, by=request.user)
    said = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(people)) % {"count": len(people)}
    return f"{said} {_('They leave in half a minute; until then they can be taken back.')}" if people else said


def _taken_back(request) -> str:
    taken = lifecycle.take_back_invitations(table=request.table, by=request.user)
    return ngettext("%(count)d invitation is taken back.", "%(count)d invitations are taken back.", taken) % {"count": taken}


@require_http_methods(["GET", "POST"])
def invite_all_again(request):
    """The invitation once more, with a fresh link, to everyone who holds a role and has not joined; at most once a day.

    Until they leave they can be taken back, from the list of people.
    """
    require(Act.INVITE_ALL_AGAIN in policies.permitted(request.user, request.table))
    if request.method == "POST":
        messages.success(request, _taken_back(request) if "take_back" in request.POST else _sent(request))
        return redirect("agencies:people")
    people, told_today = lifecycle.not_joined(request.table)
    what = [
        ngettext(
            "%(count)d person gets the invitation again, with a fresh link.",
            "%(count)d people get the invitation again, each with a fresh link.",
            len(people),
        )
    ]
    if told_today:
        what.append(
            ngettext(
                "%(told)d was invited today already, and is left out.", "%(told)d were invited today already, and are left out.", told_today
            )
        )
    return render(
        request,
        "components/confirm.html",
        {
            "title": ngettext("Invite %(count)d person again", "Invite %(count)d people again", len(people)) % {"count": len(people)},
            "what": [each % {"count": len(people), "told": told_today} for each in what],
            "form": ConfirmForm(),
            "submit": _("Send the invitations again"),
            "cancel_url": reverse("agencies:people"),
            "back_words": _("People"),
        },
    )
