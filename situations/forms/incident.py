"""What a suspected breach asks of the record."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.days import within_reach
from situations.enums import LookReason

LONGEST = timedelta(days=366)
MOMENT = {"type": "datetime-local"}


class IncidentForm(forms.Form):
    """Between which two moments, by whom, at which situation; and why it is asked, as a code."""

    since = forms.DateTimeField(
        label=_("From"),
        validators=[within_reach],
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Choose from when.")},
    )
    until = forms.DateTimeField(
        label=_("Until"),
        validators=[within_reach],
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("At most a year later."),
        error_messages={"required": _("Choose until when.")},
    )
    person = forms.ChoiceField(label=_("By whom"), required=False)
    situation = forms.RegexField(
        "^[0-9a-f]{8}$",
        label=_("At which situation"),
        required=False,
        help_text=_("Its eight letters and digits in the record. Leave it empty for all of them."),
        error_messages={"invalid": _("Type the eight letters and digits, as the record shows them.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("Why do you ask?"),
        choices=LookReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you ask.")},
    )

    def __init__(self, data=None, *, people):
        super().__init__(data)
        self.fields["person"].choices = [("", _("Anyone")), *people]

    def clean(self):
        given = super().clean()
        since, until = given.get("since"), given.get("until")
        if since and until:
            if until <= since:
                self.add_error("until", _("Choose a moment after the first."))
            elif until - since > LONGEST:
                self.add_error("until", _("Choose at most a year. For more, ask year by year."))
        return given
