"""One press: considered, not brought forward."""

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.enums import NotBroughtReason

MORE, LESS = "more", "less"


class CountForm(forms.Form):
    """One more or one less, for a reason or none, in one of the months that can still be changed."""

    way = forms.ChoiceField(choices=[(MORE, _("One more")), (LESS, _("One less"))])
    reason = forms.ChoiceField(choices=[("", ""), *NotBroughtReason.choices], required=False)
    month = forms.DateField(required=False)
