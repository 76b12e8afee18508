"""What is asked at the door, and of a password, in the house's own words."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    default_token_generator,
)
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import outbox
from agencies.enums import Notice
from agencies.passwords import WHAT_MAKES_ONE


def _ask_for_the_address(field) -> None:
    field.label = _("E-mail address")
    field.widget.attrs.pop("placeholder", None)  # it would say the label once more, and vanish with the first letter


class SignInForm(LoginForm):
    """The address that was invited, and the password."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_the_address(self.fields["login"])
        self.fields["password"].help_text = ""  # the way to a new password stands below the fields, not between them


class ForgottenPasswordForm(ResetPasswordForm):
    """The address to which the way to a new password is sent."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_the_address(self.fields["email"])

    def clean_email(self):
        """Whose address it is, is not asked here: the time that it takes would tell."""
        return get_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **options):
        """The mail is written and sent by the timers, for who is known; the request does the same work for everybody."""
        outbox.post_to_address(Notice.NEW_PASSWORD, email=self.cleaned_data["email"], address=reverse("account_reset_password"))
        return self.cleaned_data["email"]


def _ask_for_a_new_password(fields) -> None:
    fields["password1"].label, fields["password1"].help_text = _("New password"), WHAT_MAKES_ONE
    fields["password2"].label = _("The new password again")
    for field in fields.values():
        field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(ChangePasswordForm):
    """A new password, chosen by who knows the one before."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_a_new_password(self.fields)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = _("The password that you have now"), ""


class FirstPasswordForm(SetPasswordForm):
    """A password, chosen by a member who has none."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_a_new_password(self.fields)


class PasswordByMailForm(ResetPasswordKeyForm):
    """A new password, chosen by whom the mail reached."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_a_new_password(self.fields)


def new_password_address(member) -> str:
    """The path that opens the way to a new password: it works once, and for as long as settings say (PASSWORD_RESET_TIMEOUT)."""
    key = default_token_generator.make_token(member)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(member), "key": key})
