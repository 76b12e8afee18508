"""Where one is signed in: every browser, each to be signed out from here, or all at once."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import lifecycle
from agencies.devices import device_in_words
from agencies.models import SignIn
from agencies.step_up import stepped_up


@require_safe
def sign_ins(request):
    """Each browser, the one in use first; when it was last used is said to the minute."""
    here = request.session.session_key
    rows = [
        {
            "mark": each.mark,
            "device": device_in_words(each.device),
            "began_at": each.began_at,
            "seen_at": each.seen_at,
            "is_here": each.pk == here,
        }
        for each in SignIn.objects.that_last(request.user)
    ]
    return render(request, "agencies/sign_ins.html", {"rows": sorted(rows, key=lambda row: not row["is_here"])})


@require_POST
@stepped_up
def end_sign_in(request, mark):
    """Whoever sits at that browser is led to the door."""
    if not lifecycle.sign_out(request.user, mark=mark, but=request.session.session_key, by=request.user):
        raise Http404
    messages.success(request, _("You are signed out there."))
    return redirect("agencies:sign_ins")


@require_POST
@stepped_up
def sign_out_everywhere(request):
    """This browser too: whoever fears for their password begins anew at the door."""
    lifecycle.sign_out(request.user, by=request.user, code="everywhere")
    logout(request)
    return redirect("account_login")
