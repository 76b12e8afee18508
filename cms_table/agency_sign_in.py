"""Sign-in by an agency's own OpenID Connect provider: a second way for who is known already, never a way to become known.

Matched by who issued the name and the name itself, ``(iss, sub)``, which its member linked while signed in; the e-mail address that
a provider may say is not even asked for. Sources: OpenID Connect Core 1.0 (3.1.3.7), OWASP ASVS 5.0 (6.8, 7.6, 10.2, 10.5).
"""

import time
from functools import cache

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from joserfc.errors import JoseError
from requests import RequestException

from agencies import lifecycle
from agencies.models import AgencySignIn
from agencies.step_up import AT_THE_AGENCY, remember_proof, require_proof
from cms_table import tries
from cms_table.openid import Provider

ASKED = "agency_sign_in"  # in the session: by whom, and where to go on
# Never "none", never by a shared secret (ASVS 5.0, 9.1.2).
SIGNED_BY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
PATIENCE = 4  # seconds for each answer of a provider: a page waits for it
LEEWAY = 60  # seconds by which two servers' clocks may differ


class Unbelievable(Exception):
    """What came back is not what was asked for."""


def _provider(id: str) -> Provider:
    found = next((provider for provider in settings.AGENCY_SIGN_INS if provider.id == id), None)
    if found is None:
        raise Http404
    return found


@cache
def _client_of(provider: Provider):
    """What speaks with the provider; its addresses and keys are asked for once, a new key again."""
    return OAuth().register(
        provider.id,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


def _ready(provider: Provider):
    """The client, once the provider has said that it is the one that was named, and how it signs."""
    client = _client_of(provider)
    said = client.load_server_metadata()
    if said.get("issuer") != provider.issuer:
        _client_of.cache_clear()
        raise Unbelievable("issuer")
    said["id_token_signing_alg_values_supported"] = sorted(SIGNED_BY & set(said.get("id_token_signing_alg_values_supported") or ["RS256"]))
    return client


@login_not_required
@require_POST
def begin(request, id):
    """On to the agency's own sign-in; for who is signed in here already, to link the two, which asks who they are first."""
    provider = _provider(id)
    if request.user.is_authenticated:
        require_proof(request, back=reverse("agencies:sign_ins"))
    goes_on = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(goes_on, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    request.session[ASKED] = {"by": str(request.user.pk or ""), "next": goes_on if is_here else ""}
    wishes = {"max_age": settings.SESSION_LONGEST} | ({"acr_values": " ".join(provider.acr)} if provider.acr else {})
    back = settings.SITE_ADDRESS + reverse("agency_arrived", args=[provider.id])
    try:
        return _ready(provider).authorize_redirect(request, back, **wishes)
    except (OAuthError, RequestException, Unbelievable, ValueError, KeyError):
        return _failed(request, provider)


@login_not_required
@require_safe
def arrive(request, id):
    """Back from the agency's sign-in, with a code that counts once."""
    provider = _provider(id)
    asked = request.session.pop(ASKED, None)
    try:
        if asked is None:
            raise Unbelievable("not asked for")
        claims = _claims(request, provider)
    except (OAuthError, JoseError, RequestException, Unbelievable, ValueError, KeyError):
        return _failed(request, provider)
    if asked["by"] != str(request.user.pk or ""):  # somebody else sat down meanwhile, or the sign-in ended
        return _failed(request, provider)
    if request.user.is_authenticated:
        lifecycle.link_agency_sign_in(request.user, issuer=claims["iss"], subject=claims["sub"], by=request.user)
        messages.success(request, _("From now on you can also sign in at %(agency)s.") % {"agency": provider.name})
        return redirect("agencies:sign_ins")
    link = AgencySignIn.objects.of(claims["iss"], claims["sub"])
    if link is None:
        return _failed(request, provider, is_unknown=True)
    return _come_in(request, link.member, has_shown_a_factor=provider.shows_a_second_factor(claims), goes_on=asked["next"])


def _claims(request, provider: Provider) -> dict:
    """Who the provider says it is: signed, for us, for this very question, not too old. Raises what the library raises."""
    client = _ready(provider)
    expected = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}}
    claims = client.authorize_access_token(request, claims_options=expected, leeway=LEEWAY).get("userinfo")
    if not claims or not claims.get("sub"):
        raise Unbelievable("no name")
    if time.time() - claims.get("auth_time", time.time()) > settings.SESSION_LONGEST + LEEWAY:
        raise Unbelievable("an old sign-in")
    return claims


def _come_in(request, member, *, has_shown_a_factor: bool, goes_on: str):
    """In at once, where the agency asked for a second factor; otherwise the table's own is asked for, as after a password."""
    if not has_shown_a_factor:
        return perform_login(request, member, email_verification="none", redirect_url=goes_on or None)
    remember_proof(request, member, method="mfa", type=AT_THE_AGENCY)
    adapter = get_adapter()
    adapter.login(request, member)
    return adapter.post_login(
        request, member, email_verification="none", signal_kwargs=None, email=None, signup=False, redirect_url=goes_on or None
    )


def _failed(request, provider: Provider, *, is_unknown: bool = False):
    """Nothing was changed; why it failed is for the provider's own record, and not for who stands before the page."""
    tries.failed(member=request.user if request.user.is_authenticated else None, code="agency")
    back = reverse("agencies:sign_ins") if request.user.is_authenticated else reverse("account_login")
    said = {"provider": provider, "back_url": back, "is_unknown": is_unknown}
    return render(request, "account/agency_sign_in_failed.html", said, status=403)
