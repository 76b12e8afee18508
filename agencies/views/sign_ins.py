"""Where one is signed in: every browser, each to be signed out from here, or all at once."""

from django.conf import settings
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
    linked = set(request.user.agency_sign_ins.values_list("issuer", flat=True))
    agencies = [{"id": each.id, "name": each.name, "is_linked": each.issuer in linked} for each in settings.AGENCY_SIGN_INS]
    return render(request, "agencies/sign_ins.html", {"rows": sorted(rows, key=lambda row: not row["is_here"]), "agencies": agencies})


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
def unlink_agency(request, id):
    """The agency's own sign-in opens the table no more."""
    provider = next((each for each in settings.AGENCY_SIGN_INS if each.id == id), None)
    if provider is None:
        raise Http404
    lifecycle.unlink_agency_sign_in(request.user, issuer=provider.issuer, by=request.user)
    messages.success(request, _("From now on you sign in here only."))
    return redirect("agencies:sign_ins")


@require_POST
@stepped_up
def sign_out_everywhere(request):
    """This browser too: whoever fears for their password begins anew at the door."""
    lifecycle.sign_out(request.user, by=request.user, code="everywhere")
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")
