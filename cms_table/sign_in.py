"""What is asked at the door, in the house's own words."""

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _


def _ask_for_the_address(field) -> None:
    field.label = _("E-mail address")
    field.widget.attrs.pop("placeholder", None)  # it would say the label once more, and vanish with the first letter


class SignInForm(LoginForm):
    """The address that was invited, and the password."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_the_address(self.fields["login"])


class ForgottenPasswordForm(ResetPasswordForm):
    """The address to which the way to a new password is sent."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _ask_for_the_address(self.fields["email"])
