"""What narrows the list of what is overdue, and which of its lines a button belongs to."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OverdueFilterForm(forms.Form):
    """Which kind of thing that is overdue is listed."""

    kind = forms.ChoiceField(
        label=_("What is overdue"),
        required=False,
        choices=[
            ("", pgettext_lazy("what is overdue", "Any")),
            ("contact", _("First contacts")),
            ("step", _("Steps")),
            ("report_back", _("Report-backs")),
            ("follow_up", _("Follow-ups")),
        ],
    )


class OverdueLineForm(forms.Form):
    """Which line of what is overdue a button belongs to."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("contact", "step", "report_back", "follow_up")])
    pk = forms.UUIDField()
