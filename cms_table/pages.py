"""The few pages that belong to no floor: the way to each role's first page, the language, help, what we promise."""

from datetime import date

from allauth.core.internal import ratelimit  # its public door answers with a page
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from agencies import lifecycle
from agencies.enums import Language, Role
from agencies.folding import Folded
from agencies.models import Member
from cms_table import keeping, typed
from cms_table.guides import GUIDES
from cms_table.helping import SECTIONS
from meetings.policies import sections_of
from meetings.views.start import start as first_page

STATED_ON = date(2026, 11, 22)  # the day on which the accessibility statement was last held against the pages


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
    response = HttpResponseRedirect(back)  # an address; ``redirect`` would take a word for the name of a page
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
    """Help for every page, in short parts, and the pages to print."""
    parts = [
        {"id": name, "heading": heading, "template": f"pages/help/{name}.html"}
        for name, heading in SECTIONS.items()
        if name != "practice" or settings.PRACTICE
    ]
    guides = [{"title": guide.title, "url": reverse("guide", args=[guide.role])} for guide in GUIDES.values()]
    return render(request, "pages/help.html", {"parts": parts, "guides": guides})


@login_not_required
@require_safe
def guide(request, role):
    """What one role does, on one page to print."""
    if role not in GUIDES:
        raise Http404
    return render(request, "pages/guide.html", {"guide": GUIDES[role]})


@login_not_required
@require_safe
def privacy(request):
    """What the table promises, what it holds and for how long, in plain words."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def accessibility(request):
    """How accessible it is, what is known to be missing, and whom to tell: for who is signed in, the table's coordinators by name."""
    table = getattr(request, "table", None)
    coordinators = [str(each) for each in Member.objects.holding(table, Role.COORDINATOR).order_by(Folded("full_name"))] if table else []
    return render(request, "pages/accessibility.html", {"coordinators": coordinators, "stated_on": STATED_ON})


@login_not_required
def not_here(request, **named):
    """A door of the sign-in library that stays closed."""
    raise Http404


@login_not_required
@require_safe
def up(request):
    """That the server answers; for the launcher and a proxy."""
    return HttpResponse("up", content_type="text/plain")


@csrf_exempt  # it changes nothing and shows nothing: what comes in goes out, sealed for who typed it
@login_not_required
@require_POST
def seal_typed(request):
    """What is typed and not sent, as an envelope for the page into which it was typed."""
    if not ratelimit.consume(request, app="allauth.account", action="typed"):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return HttpResponse(typed.enveloped(request.POST), content_type="text/plain")


@csrf_exempt  # from a page that was closed, whose guard may be of an earlier sign-in; it only shows
@login_not_required
@require_POST
def typed_again(request):
    """From a closed page: the door, or, for who is signed in again, the way on to what they had typed."""
    envelope, page = request.POST.get("typed", ""), request.POST.get("next", "")
    if not request.user.is_authenticated:
        return keeping.sign_in_page(request, envelope, page)
    held = typed.opened(envelope, member=request.user)
    return redirect("start") if held is None else keeping.lead_on(request, envelope)
