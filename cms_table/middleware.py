"""What every request goes through: who asks and what time it is, whether anything counts, and that an act counts once."""

import time
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import clock, ledger, lifecycle
from agencies.access import Refused, Stale
from agencies.actor import acting_as
from agencies.enums import Language, LedgerAct
from agencies.models import FormToken, PracticeClock
from agencies.sessions import lasts
from agencies.step_up import Unproven, has_used_a_factor
from cms_table import presence, step_up
from cms_table.keeping import plainly, read_on_in, with_every_word
from cms_table.pages import remember_language
from cms_table.typed import enveloped, page_of

# Pages that a member reaches before anything counts: to sign in and out, to read why, to sign, to be helped.
THE_WALL = {"the_wall", "the_wall_live", "the_wall_blank"}  # on the projector's computer; also where somebody is signed in there
BEFORE_ANYTHING_COUNTS = THE_WALL | {"language", "help", "guide", "privacy", "accessibility", "what_we_hold", "typed_again"}
BEFORE_ANYTHING_COUNTS_IN = {"obstacles", "agreements", "sign", "join", "come_in", "ask_again"}
BEFORE_ANYTHING_COUNTS_IN |= {"sign_ins", "end_sign_in", "sign_out_everywhere"}
# Pages that are reached before a second factor: to set one up, to sign out, to be helped, and those that know nobody.
BEFORE_A_FACTOR = BEFORE_ANYTHING_COUNTS - {"what_we_hold"} | {"up", "typed", "join", "ask_again", "calendar_feed"}
BEFORE_A_FACTOR |= {"account_login", "account_logout", step_up.PAGE, "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
ASKED_BY_A_SCRIPT = {
    "up",
    "autosave",
    "typed",
    "live",
    "the_wall_live",
}  # nobody reads where such a request is led; its view knows what is whose
SEALS_AND_OPENS = {"typed", "typed_again"}  # no act: what is only kept uses no form up, and is kept at whichever table


class UnreachableDatabaseMiddleware:
    """When the database does not answer, a plain page says so and asks to come back; no trace of the inside."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return unreachable(request) if isinstance(exception, OperationalError | InterfaceError) else None


def unreachable(request):
    response = render(request, "503.html", plainly(request), status=503, using="django")
    response["Retry-After"] = "3"
    return response


class PresenceMiddleware:
    """A session lasts while its member acts, and at the longest a working day (agencies/sessions.py); signing out leaves nothing.

    The cookies of the language and of the known device stay; neither says anything of anyone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if was_signed_in := request.user.is_authenticated:
            self._end_when_the_meeting_did(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            if presence.somebody_acted(request):
                presence.renew(request)
        elif was_signed_in:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _end_when_the_meeting_did(self, request):
        """The longer time is for a meeting under way; whoever used it up finds it gone when the meeting is over."""
        session = request.session
        is_late = time.time() - session.get("renewed", time.time()) > lasts(settings.IDLE_SECONDS)
        if is_late and presence.idle_seconds(request.user) == settings.IDLE_SECONDS:
            with transaction.atomic():
                ledger.record(LedgerAct.SIGNED_OUT, by=request.user, codes=["idle"])
                logout(request)


class ActorMiddleware:
    """Who asks, for ledger and database; at which table; and, in practice, what time it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        member = request.user if request.user.is_authenticated else None
        seconds = PracticeClock.objects.values_list("seconds", flat=True).first() or 0.0 if settings.PRACTICE else 0.0
        # Tests move the clock around the whole request; in a server nobody does, and the first summand is 0.
        with clock.moved_by(clock.offset_seconds() + seconds), acting_as(member):
            request.table = request.device_table = _table_of(request, member) if member else None
            if member:
                presence.change_key_with_roles(request, member)
            with timezone.override(request.table.zone if request.table else None):
                return self.get_response(request)


def _table_of(request, member):
    """The table at which the member sits on this device: the chosen one, otherwise the first, which then is the chosen one.

    So it is kept where there is only one, too: another that comes to it does not move the member.
    """
    tables = member.standing.tables
    chosen = request.session.get("table")
    table = next((table for table in tables if str(table.pk) == chosen), tables[0] if tables else None)
    if chosen is None and table is not None:
        request.session["table"] = str(table.pk)
    return table


class OtherLanguageMiddleware:
    """The other language, asked for from a half-typed form: the page comes again with what was typed, and nothing of it is kept.

    The switch is a button of that form. What it posts is set aside in ``request.typed`` and the page is asked for anew,
    so that no view binds, checks or saves it and no form token is used up; the page then puts it back into its form.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.typed = request.read_in = None
        response = self.get_response(request)
        if request.read_in and response.status_code < 400:
            remember_language(request, response, request.read_in)
        return response if request.typed is None else with_every_word(request, response)

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and request.POST.get("read_in") in Language.values:
            request.typed, request.POST, request.method = request.POST, QueryDict(), "GET"
            read_on_in(request, request.typed["read_in"])


class SecondFactorMiddleware:
    """A password alone opens nothing: whoever has no second factor yet sets one up first, whatever page they asked for.

    What counts is that this very session has used one. Somebody who came in by a password before its member had set up a factor
    is out once there is one. Source: OWASP ASVS 5.0, 6.3.3; the sign-in library has no setting for it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or has_used_a_factor(request):
            return None
        if lifecycle.has_factor(request.user):
            with transaction.atomic():
                ledger.record(LedgerAct.SIGNED_OUT, by=request.user, codes=["factor"])
                logout(request)
            return redirect(settings.LOGIN_URL)
        if request.resolver_match.url_name in BEFORE_A_FACTOR:
            return None
        return redirect("mfa_index")


class StandingMiddleware:
    """A member for whom nothing counts, such as one without a seat or a signed agreement, reads why, and whom to ask.

    So does, once, whoever sat at a table where nothing counts any more, before the page is one of another table.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not (request.user.standing.is_barred or _has_lost_the_table(request)):
            return None
        if _is_before_anything_counts(request) or request.resolver_match.url_name in ASKED_BY_A_SCRIPT:
            return None
        return redirect("agencies:obstacles")  # where the lost table is forgotten, once it is read


def _is_before_anything_counts(request) -> bool:
    match = request.resolver_match
    names = {match.url_name, *(match.view_name or "").split(":")}
    return bool(names & (BEFORE_ANYTHING_COUNTS | BEFORE_ANYTHING_COUNTS_IN)) or (match.url_name or "").startswith(("account_", "mfa_"))


def _has_lost_the_table(request) -> bool:
    """Whether the table at which the member sat on this device is one whose roles no longer count, or are no longer held."""
    chosen = request.session.get("table")
    return chosen is not None and chosen not in {str(table.pk) for table in request.user.standing.tables}


class ActMiddleware:
    """Every act counts once and in one transaction; what stands in its way is a sentence, never a trace.

    A posted form carries a token, unique in the database. The token's row is written in the act's own transaction, so
    that a second post waits for the first and then leads to the same place (house-rules, 8).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or request.resolver_match.url_name in SEALS_AND_OPENS:
            return None
        token = request.POST.get("form_token") if request.user.is_authenticated else None
        if not token:
            return None
        try:
            return self._once(request, token, lambda: view(request, *args, **kwargs))
        except (Refused, Stale, PermissionDenied, Http404, Unproven, ReauthenticationRequired) as exception:
            answer = self.process_exception(request, exception)
            if answer is None:
                raise
            return answer

    def _once(self, request, token, act):
        with transaction.atomic():
            try:
                posted, is_first = FormToken.objects.get_or_create(member=request.user, token=token, defaults={"posted_at": clock.now()})
            except (ValueError, TypeError) as malformed:
                raise PermissionDenied from malformed
            except Exception as invalid:
                if type(invalid).__name__ == "ValidationError":  # not a UUID
                    raise PermissionDenied from invalid
                raise
            if not is_first:
                return HttpResponseRedirect(posted.result or reverse("start"))
            if _was_opened_at_another_table(request):
                raise Refused(_("This page was opened at another of your tables. Go back to that table, then try again."))
            response = act()
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if response.status_code in (302, 303) and len(response.url) <= 200:
                posted.result = response.url
                posted.save()
            elif counted_at := getattr(response, "counted_at", ""):
                posted.result = counted_at  # it acted and showed its answer at once: sent again, it leads to the page that asks
                posted.save()
            else:
                posted.delete()  # the form came back with errors: the same form may be posted again
            return response

    def process_exception(self, request, exception):
        if isinstance(exception, Unproven | ReauthenticationRequired):
            return step_up.ask(request, back=getattr(exception, "back", ""))
        request.read_at = page_of(request.POST) or None  # the page to come back to, in either language
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": exception.sentence, "back": _back(request)}, status=409)
        if isinstance(exception, Stale):
            request.envelope = enveloped(request.POST, version=exception.version)  # of what its reader is shown now
            return render(request, "409.html", {"rows": exception.differences, "back_url": exception.back or request.path}, status=409)
        if request.user.is_authenticated and (isinstance(exception, PermissionDenied) or _is_of_a_key(request, exception)):
            # The act's transaction is rolled back; that it was refused stays on the record.
            with transaction.atomic():
                ledger.record(LedgerAct.REFUSED, by=request.user, table=request.table, codes=[request.resolver_match.view_name or ""])
        return None


def _was_opened_at_another_table(request) -> bool:
    """Whether the device has moved to another table since the form was shown, in another tab; to sit elsewhere is always possible."""
    shown_at, here = request.POST.get("at_table"), request.device_table
    if not shown_at or here is None or request.resolver_match.view_name == "agencies:sit_at" or _is_before_anything_counts(request):
        return False
    return shown_at != str(here.pk)


def _is_of_a_key(request, exception) -> bool:
    """Whether somebody asked for a thing by its key that is not there for them; whether there is such a thing is never said."""
    return isinstance(exception, Http404) and any(isinstance(value, UUID) for value in request.resolver_match.kwargs.values())


def _back(request) -> str:
    referrer = request.META.get("HTTP_REFERER", "")
    here = f"{request.scheme}://{request.get_host()}"
    return referrer.removeprefix(here) if referrer.startswith(f"{here}/") else reverse("start")
