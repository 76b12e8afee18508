"""Sign-in: by invitation only, in the member's own language, on the record."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import ledger, lifecycle
from agencies.enums import Language, LedgerAct
from agencies.models import Member
from agencies.step_up import is_proven
from cms_table import keeping, presence, tries

log = logging.getLogger(__name__)


class WithAgency(AuthenticationBackend):
    """The member who asks comes with the agency, which every page names."""

    def get_user(self, user_id):
        member = Member.objects.select_related("agency").filter(pk=user_id).first()
        return member if member and self.user_can_authenticate(member) else None


class ByInvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: a coordinator or an agency's lead invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("No sign-in has this e-mail address and this password together. Check both, and try again."),
        "enter_current_password": _("Type the password that you have now."),
        "incorrect_password": _("This is not your password."),
        "unknown_email": _("No sign-in has this e-mail address."),
        "rate_limited": _("Too many tries. Try again in a few minutes."),
        "too_many_login_attempts": _("Too many tries that failed. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request):
        return False

    def authentication_failed(self, request, **credentials):
        """A password that did not fit is on the record, without what was typed."""
        tries.failed(member=tries.whose(credentials.get("email") or ""), code="password")

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tries.limited(member=tries.whose(credentials.get("email") or ""), code="password")
            raise

    def pre_login(self, request, user, **kwargs):
        """Between the password and the second factor lies a page: what was brought to the door waits in the session, sealed as it is."""
        request.session["brought"] = {name: request.POST[name] for name in ("reads_in", "typed") if name in request.POST}
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app, **kwargs):
        """One rule for what is the library's and what is the table's own: a proof, of whichever kind, lasts five minutes."""
        return not is_proven(context.request)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        brought = request.session.pop("brought", {})
        chosen = brought.get("reads_in", "")  # pressed at the door just now; otherwise the profile says it
        if chosen in Language.values and chosen != user.language:
            lifecycle.choose_language(user, language=chosen, by=user)
            user.language = chosen
        if "typed" in brought:
            response = keeping.after_sign_in(request, user, response, brought["typed"])
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", httponly=True, secure=settings.PRODUCTION)
        presence.begin(request, user, response)
        ledger.record(LedgerAct.SIGNED_IN, by=user)
        return response

    def set_password(self, user, password):
        """A new password ends every other sign-in; the one in which it was chosen goes on."""
        super().set_password(user, password)
        session = getattr(context.request, "session", None)
        lifecycle.sign_out(user, by=user, but=(session and session.session_key) or "", code="new_password")

    def get_password_change_redirect_url(self, request):
        return reverse("agencies:profile")

    def logout(self, request):
        with transaction.atomic():
            ledger.record(LedgerAct.SIGNED_OUT, by=request.user)
            super().logout(request)

    def send_mail(self, template_prefix, email, context):
        """A mail server that is away breaks no page: what was done, such as a new password, stays done."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as unreachable:  # smtplib's errors are OSErrors
            log.warning("Mail could not be sent (%s).", type(unreachable).__name__)

    def format_email_subject(self, subject):
        return gettext("[Practice] %(subject)s") % {"subject": subject} if settings.PRACTICE else subject
