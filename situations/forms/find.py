"""The number of a situation, typed as it comes to hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.numbers import number_in

LONGEST = 40
NOT_THERE = _("There is no situation with this number that you may know of. Check the number, or look in the list.")


class FindForm(forms.Form):
    """A situation's number; what is found is a ``Number``."""

    number = forms.CharField(
        label=_("Number of the situation"),
        max_length=LONGEST,
        help_text=_("Such as 2026-031. For one of this year, 31 is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "num"}),
        error_messages={"required": _("Type a number, such as 2026-031.")},
    )

    def clean_number(self):
        number = number_in(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("Type a number such as 2026-031: the year, then its place in the year. Or the second part alone.")
            )
        return number
