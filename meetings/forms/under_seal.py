"""What is typed at a table where names are written under seal. No browser keeps it, and none sends it to be spelled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.lifecycle import LONGEST_PLAN

KEPT_NOWHERE = {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off"}


class IdentifiersForm(forms.Form):
    """Who it is, as much as an agency needs to find the person in its own records."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120, widget=forms.TextInput(attrs=KEPT_NOWHERE))
    born = forms.CharField(
        label=_("Birth date"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=KEPT_NOWHERE),
        help_text=_("As far as it is known, such as 1984-03-09 or “about 1984”."),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200, widget=forms.TextInput(attrs=KEPT_NOWHERE))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(field) for field in ("name", "born", "address")):
            self.add_error("name", _("Write at least one of the three."))
        return cleaned


class PlanForm(forms.Form):
    """The plan in words, of those who act."""

    text = forms.CharField(
        label=_("Plan"),
        required=False,
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs=KEPT_NOWHERE | {"rows": 10}),
        help_text=_("What the coded steps cannot say. Up to 2,000 characters."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
