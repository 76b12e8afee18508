"""At a table where names are written under seal: who it is, written and revealed on one's own device; and the plan in words.

Elsewhere these addresses are not there. No screen of chair, recorder or wall leads here, and none holds what stands here.
"""

import math
from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import clock
from agencies.step_up import stepped_up
from meetings.forms.asking import ConfirmForm
from meetings.forms.under_seal import IdentifiersForm, PlanForm
from meetings.models import AgendaItem, Meeting
from meetings.views.member import number_for
from situations import lifecycle as situations
from situations import policies
from situations.disclosure import disclose
from situations.enums import Act, Stage, WordKind
from situations.models import Situation
from situations.querysets import relations_of
from situations.views.guard import reach


@require_http_methods(["GET", "POST"])
def write_identifiers(request, pk):
    """The originator writes who it is, at Filter 3; it is not shown again without a reveal."""
    situation = reach(request, pk, Act.WRITE_IDENTIFIERS)
    version = situations.version_of(situation, WordKind.IDENTIFIERS)
    form = IdentifiersForm(request.POST or None, initial={"version": version})
    if form.is_valid():
        situations.write_identifiers(situation, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is under seal. Those in the room can reveal it now, each on their own device."))
        return redirect(_way_back(request.user, situation).url)
    return render(request, "meetings/identifiers.html", _around(request, situation) | {"form": form, "is_written": bool(version)})


@require_http_methods(["GET", "POST"])
@stepped_up
def reveal(request, pk):
    """Who it is: asked for by a press, shown by the answer to that press and never again without another."""
    situation = reach(request, pk, Act.REVEAL)
    is_written = situations.is_named(situation)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    may = policies.permitted(request.user, situation, relations_of(situation, request.user))
    page = _around(request, situation) | {
        "form": form,
        "is_written": is_written,
        "may": may,
        "is_late": situation.stage == Stage.RESPONDING,
    }
    if not (is_written and form.is_valid()):
        opening = situations.opening_of(situation, member=request.user)
        return render(request, "meetings/reveal.html", page | {"is_in_the_room": opening is not None and opening.is_in_the_room})
    identifiers, opening = situations.reveal(situation, by=request.user)
    seconds = max(0, math.ceil((opening.ends_at - clock.now()).total_seconds()))
    until = SimpleNamespace(
        seconds=seconds, time=localtime(opening.ends_at, situation.table.zone).time(), is_in_the_room=opening.is_in_the_room
    )
    response = render(request, "meetings/revealed.html", page | {"identifiers": identifiers, "until": until})
    response.counted_at = reverse("meetings:reveal", args=[pk])  # a page that is fetched anew asks again
    response["Refresh"] = f"{seconds}; url={response.counted_at}"  # also without a script it does not stay
    return response


@require_safe
def still_revealed(request, pk):
    """Asked by the page that shows it: whether it may stand there still. It says nothing, and is no look."""
    situation = get_object_or_404(Situation.objects.visible_to(request.user), pk=pk)
    opening = situations.opening_of(situation, member=request.user)
    if opening is None or opening.began_at is None:
        raise Http404
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def write_plan(request, pk):
    """Those who act write their plan in words, together."""
    situation = reach(request, pk, Act.WRITE_PLAN)
    known = disclose(situation, to=request.user, only=["plan_text"])
    form = PlanForm(request.POST or None, initial={"text": known.plan_text, "version": situations.version_of(situation, WordKind.PLAN)})
    if form.is_valid():
        situations.write_plan(situation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The plan is kept, for the agencies that act."))
        return redirect("situation", pk)
    return render(request, "meetings/plan_text.html", _around(request, situation) | {"form": form, "known": known})


def _around(request, situation) -> dict:
    """What stands around: the number, and the way back."""
    return {"reference": number_for(request.user, situation), "back": _way_back(request.user, situation), "pk": situation.pk}


def _way_back(member, situation) -> SimpleNamespace:
    """The member's own page of the meeting at which it is open, or the situation."""
    meeting = Meeting.objects.filter(pk__in=AgendaItem.objects.open().filter(situation=situation).values("meeting"))
    here = meeting.with_presence_of(member).first()
    if here is not None and here.here:
        return SimpleNamespace(url=reverse("meetings:member", args=[here.pk]), words=_("At the table"))
    return SimpleNamespace(url=reverse("situation", args=[situation.pk]), words=_("The situation"))
