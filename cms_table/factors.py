"""Second factors: a code from a phone, or a passkey; sealed at rest, on the record, and never the last one away.

The sign-in library checks them; what it leaves open is here and in ``SecondFactorMiddleware`` (docs/decisions/0023).
"""

import os
import secrets
from contextlib import suppress
from functools import wraps

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as of_codes
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as of_phones
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn import views as of_passkeys
from django import forms
from django.conf import settings
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import lifecycle
from agencies.access import Refused
from agencies.step_up import has_used_a_factor, remember_proof, stepped_up
from practice import codes
from situations import sealing

Kind = Authenticator.Type
PLACE = b"second factor"
KEYS_AWAY = _(
    "Codes cannot be checked now: the key to them is not where it belongs. A passkey still works. Tell the table’s administrator; "
    "nothing is lost."
)


class SealedFactors(DefaultMFAAdapter):
    """What a code is checked with lies sealed in the database, under a key of its own beside the wrapping keys.

    That key does not turn as they do: a turn would lock everybody out. While it is away no code opens anything, and the page
    says so; a passkey, which needs no secret of ours, still does.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not open the table. Wait for the next code, and type that one."),
        "cannot_delete_authenticator": _("This is your only second factor. Set up another one first."),
    }

    def encrypt(self, text: str) -> str:
        # A passkey holds nothing sealed, and stands already when the recovery codes are made beside it.
        is_first = not Authenticator.objects.exclude(type=Kind.WEBAUTHN).exists()
        return sealing.sealed_with(_key(is_first=is_first), text, place=PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return sealing.opened_with(_key(), encrypted_text, place=PLACE)
        except sealing.Unreadable as broken:
            raise Refused(KEYS_AWAY) from broken

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Kind.RECOVERY_CODES).exists()

    def get_totp_issuer(self) -> str:
        return gettext("The Table (practice)") if settings.PRACTICE else gettext("The Table")

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return pgettext("a device", "Passkey %(number)d") % {"number": number}


def _key(*, is_first: bool = False) -> bytes:
    """The factors' own key; it is made only where no factor is sealed yet. Raises ``Refused``."""
    place = settings.SEALING_KEYS / "factors.key"
    try:
        if is_first and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = place.with_suffix(f".{secrets.token_hex(4)}.half")
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            with suppress(FileExistsError):  # another process was quicker: its key is the one
                os.link(half, place)
            half.unlink()
        return place.read_bytes()
    except OSError as missing:
        raise Refused(KEYS_AWAY) from missing


ON_THE_PHONE = _("The six digits on your phone")


def code_field(label) -> forms.CharField:
    """Where a code is typed: with the digits of a telephone, and with what the browser's own keeper of codes offers."""
    return forms.CharField(
        label=label,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PhoneForm(totp_forms.ActivateTOTPForm):
    """The first code of a phone, which proves that it has the secret.

    Until then the secret waits in the session, sealed like the others, and stays the same when the page comes again: in the other
    language, or after a wrong code, the phone need not be set up once more.
    """

    code = code_field(ON_THE_PHONE)

    def __init__(self, *args, user, **options):
        forms.Form.__init__(self, *args, **options)
        self.user = user
        self.secret = _secret_in_waiting(context.request.session)
        self.fields["code"].initial = codes.offered(self.secret, member=user)


def _secret_in_waiting(session) -> str:
    kept = session.get(totp.SECRET_SESSION_KEY)
    if kept:
        return get_adapter().decrypt(kept)
    secret = totp.generate_totp_secret()
    session[totp.SECRET_SESSION_KEY] = get_adapter().encrypt(secret)
    return secret


class CodeForm(base_forms.AuthenticateForm):
    """The second step at the door: a code from the phone, or one of the recovery codes."""

    code = code_field(_("Code from your phone, or a recovery code"))

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        self.fields["code"].initial = codes.of_member(user)


class PasskeyForm(webauthn_forms.AddWebAuthnForm):
    """What the browser says of a new passkey, and its name. It opens the table by itself, so it asks for a finger or a PIN."""

    def __init__(self, *args, user, **options):
        super().__init__(*args, user=user, **options)
        self.fields["credential"].error_messages["required"] = _("The device did not make a passkey. Press “Set up a passkey” again.")
        self.fields["name"].label = _("What you call this device")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs = {"maxlength": 60, "autocomplete": "off"}
        self.fields["passwordless"] = forms.BooleanField(initial=True, widget=forms.HiddenInput)


class PhoneView(of_phones.ActivateTOTPView):
    """A phone; where one was set up before, the new one takes its place in the same moment."""

    def dispatch(self, request, *args, **kwargs):
        return super(of_phones.ActivateTOTPView, self).dispatch(request, *args, **kwargs)  # past "remove the other one first"

    def form_valid(self, form):
        Authenticator.objects.filter(user=self.request.user, type=Kind.TOTP).delete()
        return super().form_valid(form)


def on_the_record(view):
    """A view that changes the factors of who asks: after a fresh proof, one at a time, and with an entry for each that came or went."""

    @stepped_up
    @wraps(view)
    def recorded(request, *args, **kwargs):
        if request.method == "POST":
            lifecycle.hold_factors(request.user)
        before = lifecycle.factors_of(request.user)
        response = view(request, *args, **kwargs)
        after = lifecycle.factors_of(request.user)
        lifecycle.record_factors(request.user, before=before, after=after)
        if set(after) - set(before) and not has_used_a_factor(request):
            request.session.cycle_key()
            remember_proof(request, request.user, method="mfa")
        return response

    return recorded


def _not_the_last(view):
    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.method == "POST" and lifecycle.has_one_factor(request.user):
            raise Refused(SealedFactors.error_messages["cannot_delete_authenticator"])
        return view(request, *args, **kwargs)

    return kept


set_up_phone = on_the_record(PhoneView.as_view())
remove_phone = on_the_record(of_phones.deactivate_totp)
add_passkey = on_the_record(of_passkeys.add_webauthn)
remove_passkey = on_the_record(_not_the_last(of_passkeys.remove_webauthn))
make_codes = on_the_record(of_codes.generate_recovery_codes)


@require_safe
def back_to_all(request):
    """The library's list of passkeys is part of the page of all factors."""
    return redirect("mfa_index")
