"""The few pages that belong to no floor: the way to each role's first page, the language, help, what we promise."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from agencies import lifecycle
from agencies.enums import Language
from meetings.policies import sections_of
from meetings.views.start import start as first_page


@require_safe
def start(request):
    """Each role's first page; for someone who is only on the steering committee, the releases."""
    if sections_of(request.user, request.table) == ["steering"]:
        return redirect("reports:list")
    return first_page(request)


@login_not_required
@require_POST
def language(request):
    """The other language, on the same page; kept for the next visit, and in the member's profile."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if chosen in Language.values:
        remember_language(request, response, chosen)
    return response


def remember_language(request, response, chosen: str) -> None:
    """For the next visit, on this device and in the member's profile."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=settings.PRODUCTION
    )
    if request.user.is_authenticated and request.user.language != chosen:
        lifecycle.choose_language(request.user, language=chosen, by=request.user)


@login_not_required
@require_safe
def help_page(request):
    """Help, by role, short."""
    return render(request, "pages/help.html")


@login_not_required
@require_safe
def privacy(request):
    """What the table promises, what it holds and for how long, in plain words."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def accessibility(request):
    """How accessible it is, what is known to be missing, and whom to tell."""
    return render(request, "pages/accessibility.html")


@login_not_required
def not_here(request, key=""):
    """A door of the sign-in library that stays closed."""
    raise Http404


@login_not_required
@require_safe
def up(request):
    """That the server answers; for the launcher and a proxy."""
    return HttpResponse("up", content_type="text/plain")
