"""Asking that the words of a situation are kept longer."""

from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.days import within_reach
from situations.enums import HoldReason
from situations.forms.find import FindForm


class HoldForm(FindForm):
    """Which situation, why in law, and until which day; that day ends at midnight by the table's clock."""

    reason = forms.ChoiceField(
        label=_("Why does the law ask for it?"),
        choices=HoldReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the law asks for it.")},
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("At most 180 days ahead. Then it is looked at again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day like 2026-03-31.")},
        validators=[within_reach],
    )

    def __init__(self, data=None, *, zone):
        super().__init__(data)
        self._zone = zone

    def review_at(self) -> datetime:
        """The end of the chosen day."""
        return datetime.combine(self.cleaned_data["until"], time.max, tzinfo=self._zone)
