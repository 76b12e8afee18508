"""What the practice floor asks."""

from django import forms

from practice.enums import Leap


class LeapForm(forms.Form):
    """How far the clock is moved; each answer is a button of its own."""

    leap = forms.TypedChoiceField(choices=Leap.choices, coerce=Leap)
