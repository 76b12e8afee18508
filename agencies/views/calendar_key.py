"""The secret address at which a member's own calendar programme reads when the table meets."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies import lifecycle
from agencies.step_up import stepped_up


@require_POST
@stepped_up
def make(request):
    """A new address, shown this once; an earlier one opens nothing any more. It outlasts the sign-in in which it was made."""
    secret = lifecycle.make_calendar_key(request.user, by=request.user)
    return render(request, "agencies/calendar_address.html", {"address": settings.SITE_ADDRESS + reverse("calendar_feed", args=[secret])})


@require_POST
def revoke(request):
    """The address opens nothing any more."""
    lifecycle.revoke_calendar_key(request.user, by=request.user)
    messages.success(request, _("The calendar’s address opens nothing any more."))
    return redirect("agencies:profile")
