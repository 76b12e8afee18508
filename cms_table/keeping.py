"""Where a post ends without its act, what was typed stays: at the door, on a page of refusal, and until it stands in its form again."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.enums import Language
from cms_table import typed

DOOR = "account_login"
BY_PASSKEY, BY_PASSWORD_AGAIN = "mfa_login_webauthn", "account_reauthenticate"
OPENS_ENVELOPES = {"typed_again"}  # its view looks by itself who is there
SEALS = "typed"
LONGEST_TO_SEAL = 1_200_000  # bytes as they come in; what is longer has no envelope (typed.LONGEST), and is not even read
ASKED_BY_A_SCRIPT = {"autosave", SEALS}  # nobody would read the page of sign-in


class TypedWordsMiddleware:
    """Whose sign-in ended while they typed signs in again, and finds the form as it was; so does who is led back from elsewhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name, is_signed_in = request.resolver_match.url_name, request.user.is_authenticated
        carries_it_on = name == (BY_PASSWORD_AGAIN if is_signed_in else BY_PASSKEY)  # the page does so by itself
        if name == SEALS and int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_TO_SEAL:
            return HttpResponse(status=413)
        if carries_it_on or request.method != "POST" or name in OPENS_ENVELOPES | ASKED_BY_A_SCRIPT:
            return None
        is_barred = not is_signed_in and getattr(view, "login_required", True)
        if "typed" in request.POST and is_barred:
            return sign_in_page(request, request.POST["typed"], request.get_full_path())
        if "typed" in request.POST:
            return _at_the_door(request) if name == DOOR else _show_again(request, request.POST["typed"])
        if is_barred and typed.is_typed_form(request):
            return sign_in_page(request, typed.enveloped(request.POST))
        return None


def _at_the_door(request) -> HttpResponse | None:
    """Who is in already is led on; where nobody signs in with the letters, the door is only shown, and keeps them and its way on."""
    if request.user.is_authenticated:
        return lead_on(request, request.POST["typed"])
    if "login" in request.POST:
        return None
    return sign_in_page(request, request.POST["typed"], request.POST.get("next") or request.GET.get("next", ""), status=200)


def _show_again(request, envelope: str) -> None:
    """The page is asked for as if by a link; what the envelope holds for its reader is set aside, and the page puts it into its form."""
    read_in = request.POST.get("read_in")
    request.method, request.POST = "GET", QueryDict()
    if read_in in Language.values:
        read_on_in(request, read_in)
    held = typed.opened(envelope, member=request.user)
    if held is None or held.is_sent or held.page != request.get_full_path():
        return
    if held.is_late:
        messages.warning(request, _("What you had typed was kept for twelve hours. It is gone now."))
        return
    _sit_back(request, held.table)
    request.typed = held.fields
    messages.info(request, _("What you typed is back in the form. It has not been sent. Look it over, then send it."))


def _sit_back(request, key: str) -> None:
    """The form acts at the table at which it was opened, though the device may have moved on in another tab."""
    opened_at = next((table for table in request.user.standing.tables if str(table.pk) == key), None) if key else None
    if opened_at is not None and opened_at != request.device_table:
        request.session["table"] = key
        request.table = request.device_table = opened_at


def read_on_in(request, language: str) -> None:
    """This answer and the next ones are in that language."""
    request.read_in = language
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def sign_in_page(request, envelope: str = "", page: str = "", *, status: int = 403) -> HttpResponse:
    """The door, with what was typed in the reader's own page; nothing says to another who opens it what that was, or whose."""
    page = page or typed.page_of(request.POST) or reverse("start")
    has_file = bool(request.FILES)
    request.method, request.POST, request.GET = "GET", QueryDict(), QueryDict(urlencode({"next": page}))
    request.read_at = f"{reverse(DOOR)}?{request.GET.urlencode()}"
    request.envelope, request.was_signed_out, request.has_file = envelope, True, has_file
    response = resolve(reverse(DOOR)).func(request)
    response.status_code = status
    return response


def after_sign_in(request, member, response: HttpResponse, envelope: str) -> HttpResponse:
    """Who typed it goes on with it; anybody else begins at the start, as if nothing had been there."""
    held = typed.opened(envelope, member=member)
    if held is None:
        response.headers["Location"] = reverse(settings.LOGIN_REDIRECT_URL)
        return response
    return lead_on(request, envelope, status=200)


def lead_on(request, envelope: str, *, status: int = 200) -> HttpResponse:
    """One step from here the form stands with what was typed: a button, since nothing of it may stand in an address."""
    held = typed.opened(envelope, member=request.user)
    request.envelope, request.has_file = envelope, bool(request.FILES)
    request.read_at = page = held.page if held else reverse("start")
    return render(request, "pages/typed_again.html", {"page": page}, status=status)


def with_every_word(request, response: HttpResponse) -> HttpResponse:
    """The page that was to show the typed words again; if it has no place for some of them any more, a page with those words."""
    is_page = response.status_code == 200 and not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
    left = typed.missing(request.typed, response.content.decode() if is_page else "")
    if not left:
        return response
    goes_to = response.headers.get("Location", "") or (request.get_full_path() if is_page else "")
    status = response.status_code if response.status_code >= 400 else 200
    shown = render(request, "pages/typed.html", {"texts": left, "goes_to": goes_to}, status=status)
    shown.cookies = response.cookies
    return shown


def plainly(request) -> dict:
    """What a page needs that asks nothing of the database: the envelope, the page of its form, the guard against forgery."""
    nothing = {"envelope": "", "page": "", "guard": ""}
    try:
        return {"envelope": typed.enveloped(request.POST), "page": typed.page_of(request.POST), "guard": get_token(request)}
    except Exception:  # the fault may lie in the request itself, or where the keys are; the page stands all the same
        return nothing
