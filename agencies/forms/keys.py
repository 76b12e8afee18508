"""Whether letters act at the table: a member's own choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.enums import SingleKeys
from agencies.models import Member


class KeysForm(forms.ModelForm):
    """A letter alone, together with Alt and Shift, or no keys."""

    single_keys = forms.ChoiceField(label=_("What you press at the table"), choices=SingleKeys, widget=forms.RadioSelect)

    class Meta:
        model = Member
        fields = ["single_keys"]
