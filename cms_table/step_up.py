"""The page that asks once more who is there, before an important step; then the way leads back, with what was typed.

A password is enough, or a code, or the passkey: each is a thing that whoever sits down at an open page does not have.
"""

from urllib.parse import urlencode

from allauth.account.forms import ReauthenticateForm
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies.access import Refused
from agencies.step_up import page_before, remember_proof
from cms_table import keeping, typed
from cms_table.factors import ON_THE_PHONE, code_field
from practice import codes

PAGE = "account_reauthenticate"


def ask(request, *, back: str = "") -> HttpResponse:
    """In place of the act: the page that asks. What was typed is on it, sealed, and leads back to its form."""
    page = back or typed.page_of(request.POST) or (page_before(request) if request.method == "POST" else request.get_full_path())
    asked = {"next": page}
    if request.method != "POST":
        return redirect(f"{reverse(PAGE)}?{urlencode(asked)}")
    request.envelope, request.has_file = typed.enveloped(request.POST), bool(request.FILES)
    request.method, request.POST, request.GET = "GET", QueryDict(), QueryDict(urlencode(asked | {"again": "1"}))
    request.read_at = f"{reverse(PAGE)}?{request.GET.urlencode()}"
    response = step_up(request)
    response.status_code = 403
    return response


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def step_up(request):
    """Who is signed in shows it once more: by the password, a code or the passkey."""
    if request.method == "POST" and not ratelimit.consume(request, app="allauth.account", action="reauthenticate", user=request.user):
        raise Refused(_("Too many tries. Try again in a few minutes."))
    forms = _forms(request)
    posted = next((form for form in forms.values() if form is not None and form.is_bound), None)
    if posted is not None and posted.is_valid():
        _remember(request, posted)
        return _lead_back(request)
    asked = request.POST if request.method == "POST" else request.GET
    context = forms | {"next": _safe(request, asked.get("next", "")), "again": asked.get("again", ""), "js_data": None}
    if forms["passkey"] is not None:
        context["js_data"] = {"request_options": webauthn.begin_authentication(request.user)}
    return render(request, "account/reauthenticate.html", context)


def _forms(request) -> dict:
    """The ways in which this member can show it: the one that was posted is bound."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    ways = {
        "form": (ReauthenticateForm, "password", request.user.has_usable_password()),
        "code": (CodeAgainForm, "code", Authenticator.Type.TOTP in kinds),
        "passkey": (ReauthenticateWebAuthnForm, "credential", Authenticator.Type.WEBAUTHN in kinds),
    }
    made = {
        name: form(request.POST if field in request.POST else None, user=request.user, auto_id="id_again_%s") if is_there else None
        for name, (form, field, is_there) in ways.items()
    }
    if made["code"] is not None:
        made["code"].fields["code"] = code_field(ON_THE_PHONE)
        made["code"].fields["code"].help_text = _("From your authenticator app.")
        made["code"].fields["code"].initial = codes.of_member(request.user)
    if made["form"] is not None:
        made["form"].fields["password"].help_text = ""
        made["form"].fields["password"].widget.attrs = {"autocomplete": "current-password"}
    return made


def _remember(request, form) -> None:
    if isinstance(form, ReauthenticateForm):
        remember_proof(request, request.user, method="password", reauthenticated=True)
    else:
        form.save()
    request.session.cycle_key()  # what is proven now was not proven under the key before (ASVS 5.0, 7.2.4)


def _lead_back(request) -> HttpResponse:
    if request.POST.get("typed"):
        return keeping.lead_on(request, request.POST["typed"])
    if request.POST.get("again"):
        messages.info(request, _("Thank you. Nothing has been done yet: press the same button once more."))
    return HttpResponseRedirect(_safe(request, request.POST.get("next", "")))  # an address, never the name of a page


def _safe(request, page: str) -> str:
    is_here = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if is_here else reverse("start")
