"""What the practice floor asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.enums import Leap, Wish


class LeapForm(forms.Form):
    """How far the clock is moved; each answer is a button of its own."""

    leap = forms.TypedChoiceField(label=_("Move the clock"), choices=Leap.choices, coerce=Leap)


class WishForm(forms.Form):
    """What the newcomer asks for; each answer is a button of its own."""

    wish = forms.TypedChoiceField(label=_("What you would like"), choices=Wish.choices, coerce=Wish)


class ProofForm(forms.Form):
    """That a proof is run: one button, nothing to choose."""

    run = forms.TypedChoiceField(label=_("Run the proof"), choices=[("yes", _("Run it"))])
