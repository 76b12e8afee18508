"""What is typed or pressed at the wall."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code that the chair reads out."""

    code = forms.CharField(
        label=_("The wall’s code"),
        max_length=20,
        help_text=_("Eight letters and digits, which the chair’s screen shows. Small letters and spaces do not matter."),
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )


class BlankForm(forms.Form):
    """Whether the wall is blank from now on: said, not turned over, so that a second press changes nothing."""

    is_blank = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")
