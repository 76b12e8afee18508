"""The wall: as a member's own screen, on the projector's computer where nobody signs in, and what the chair does about it."""

from allauth.core.internal import ratelimit  # its public door counts posts only
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import ledger
from agencies.access import Refused, require
from agencies.record import DOOR
from meetings import lifecycle, policies
from meetings.agenda import meeting_for, sitting
from meetings.enums import Act
from meetings.forms.wall import BlankForm, CodeForm
from meetings.live import REFRESH, follow
from meetings.models import Meeting, WallSignIn
from meetings.views.live import count
from meetings.wall import wall_for, wall_of

# --- by a member who chairs or records -----------------------------------------------------------------------------------------


@require_safe
def wall(request, pk):
    """The wall in a window of one's own, such as on a second screen."""
    meeting = meeting_for(request, pk)
    require(Act.SHOW_WALL in policies.permitted(request.user, meeting))
    moves = follow(meeting)
    shown = wall_for(meeting, member=request.user)
    if shown.lines or shown.item:
        ledger.look_at_a_list(meeting.table, by=request.user, of="wall")
    return _drawn(request, shown, moves, door=reverse("live"), blank=reverse("meetings:blank_wall", args=[meeting.pk]))


@require_http_methods(["GET", "POST"])
def show_wall(request, pk):
    """How the wall is opened: in a window here, or by a code on another computer; and where it is open by one."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.SHOW_WALL in may)
    code = ""
    if request.method == "POST":
        require(Act.SIGN_IN_WALL in may)
        code = lifecycle.make_wall_code(meeting, by=request.user)
    opened = [localtime(made.opened_at, meeting.table.zone).time() for made in meeting.wall_sign_ins.opened().order_by("opened_at")]
    where = {"code": f"{code[:4]} {code[4:]}".strip(), "address": settings.SITE_ADDRESS + reverse("the_wall"), "opened": opened}
    response = render(request, "meetings/show_wall.html", {"meeting": sitting(meeting), "where": where, "may": may})
    response.counted_at = request.path if code else ""  # sent again, it leads to the page without a code: a code is shown once
    return response


@require_POST
def blank_wall(request, pk):
    """The wall is blank, or shows again."""
    meeting = meeting_for(request, pk)
    require(Act.SHOW_WALL in policies.permitted(request.user, meeting))
    lifecycle.blank_wall(meeting, is_blank=_is_blank(request), by=request.user)
    return redirect("meetings:wall" if "on_the_wall" in request.POST else "meetings:chair", meeting.pk)


@require_POST
def end_wall(request, pk):
    """The wall goes out on every computer where nobody is signed in."""
    meeting = meeting_for(request, pk)
    require(Act.SIGN_IN_WALL in policies.permitted(request.user, meeting))
    ended = lifecycle.end_wall_sign_ins(meeting, by=request.user)
    said = ngettext("The wall’s sign-in has ended.", "The wall’s sign-ins have ended, on %(count)s computers.", ended) % {"count": ended}
    messages.success(request, said if ended else _("The wall was open on no other computer."))
    return redirect("meetings:show_wall", meeting.pk)


def _is_blank(request) -> bool:
    form = BlankForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose whether the wall is blank."))
    return form.cleaned_data["is_blank"]


# --- on a computer where nobody signs in -----------------------------------------------------------------------------------------


@login_not_required
@require_http_methods(["GET", "POST"])
def screen(request):
    """The wall of the one meeting for which a code was typed here; without one, where to type it."""
    sign_in = None if request.method == "POST" else _sign_in(request)
    if sign_in is not None:
        meeting = _meeting_of(sign_in)
        moves = follow(meeting)
        with translation.override(sign_in.made_by.language):  # nobody reads here: it is the language of whoever opened it
            page = _drawn(request, wall_of(meeting), moves, door=reverse("the_wall_live"), blank=reverse("the_wall_blank"))
            page.headers["Content-Language"] = translation.get_language()
        return page
    return _code(request)


def _code(request):
    """Where a code is typed; the right one opens the wall on this computer."""
    if request.method == "POST" and not ratelimit.consume(request, app="allauth.account", action="wall"):
        return get_resolver().resolve_error_handler(429)(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            key = lifecycle.open_wall(form.cleaned_data["code"])
        except Refused as refused:
            lifecycle.refuse_wall_code()
            form.add_error("code", refused.sentence)
        else:
            opened = redirect("the_wall")
            opened.set_cookie(
                settings.WALL_COOKIE_NAME, key, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
            )
            return opened
    has_ended = request.method == "GET" and settings.WALL_COOKIE_NAME in request.COOKIES
    is_live = REFRESH in request.headers  # an open wall asks for itself anew: it is open no longer
    page = render(request, "meetings/wall_code.html", {"form": form, "has_ended": has_ended}, status=403 if is_live else 200)
    if has_ended and not is_live:
        page.delete_cookie(settings.WALL_COOKIE_NAME, path="/", samesite="Strict")
    return page


@login_not_required
@require_safe
def screen_live(request):
    """As ``live``, for an open wall: it is known by its cookie, and ends when that ends."""
    sign_in = _sign_in(request)
    if sign_in is None:
        raise Http404
    key = request.COOKIES[settings.WALL_COOKIE_NAME]
    return count(request, _meeting_of(sign_in).beat, table=sign_in.table_id, session=key)


@login_not_required
@require_POST
def screen_blank(request):
    """Whoever stands at the wall's own keyboard blanks it, or shows it again: the one thing that can be done there."""
    sign_in = _sign_in(request)
    if sign_in is not None:
        lifecycle.blank_wall(sign_in.meeting, is_blank=_is_blank(request), by=DOOR)
    return redirect("the_wall")


def _sign_in(request) -> WallSignIn | None:
    """By which sign-in this computer shows a wall; None where it has none, or none any more."""
    key = request.COOKIES.get(settings.WALL_COOKIE_NAME, "")
    return WallSignIn.objects.of(lifecycle.hash_of_key(key)).select_related("meeting", "made_by").first() if key else None


def _meeting_of(sign_in) -> Meeting:
    return Meeting.objects.with_beat().select_related("table").get(pk=sign_in.meeting_id)


def _drawn(request, shown, moves, *, door: str, blank: str) -> HttpResponse:
    return render(request, "meetings/wall.html", {"wall": shown, "live": moves, "door": door, "blank": blank})
