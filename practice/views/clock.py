"""The practice clock, and the letters: what takes two days at a real table takes a click here, and no mail leaves."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import clock
from agencies.days import date_format
from practice import letters, lifecycle
from practice.enums import Leap
from practice.forms import LeapForm

ONWARD = [Leap.HOUR, Leap.DAY, Leap.TWO_DAYS, Leap.MONTH]


@require_http_methods(["GET", "POST"])
def move_clock(request):
    """Anyone who is signed in moves the clock, for all."""
    zone = request.table.zone if request.table else None
    form = LeapForm(request.POST or None)
    if form.is_valid():
        moment = lifecycle.move_clock(form.cleaned_data["leap"], table=request.table, by=request.user)
        messages.success(request, _("Here it is now %(moment)s.") % {"moment": date_format(localtime(moment, zone), "DATETIME_FORMAT")})
        return redirect("practice_clock")
    next_meeting_at = lifecycle.next_meeting_at(request.table, member=request.user)
    context = {
        "now": localtime(clock.now(), zone),
        "is_moved": abs(clock.offset_seconds()) >= 60,
        "next_meeting_at": localtime(next_meeting_at, zone) if next_meeting_at else None,
        "is_about_to_begin": bool(next_meeting_at and lifecycle.is_about_to_begin(next_meeting_at)),
        "onward": ONWARD,
        "leaps": {leap.name: leap for leap in (Leap.NEXT_MEETING, Leap.REAL_TIME)},
        "form": form,
    }
    return render(request, "practice/clock.html", context)


@require_safe
def letter_box(request):
    """What would have left as mail, to whomever; everyone at a practice table is invented."""
    return render(request, "practice/letters.html", {"letters": letters.newest()})
