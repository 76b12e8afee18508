"""Asking that the words of a situation are kept longer."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.forms.days import within_reach
from situations.enums import HoldReason
from situations.forms.find import FindForm
from situations.models import LegalHold


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

    def clean_until(self) -> date:
        """Asked before the number is looked up: a day that cannot be would tell for nothing which numbers there are."""
        day, now = self.cleaned_data["until"], clock.now()
        if not now < self._end_of(day) <= now + LegalHold.LONGEST:
            raise forms.ValidationError(LegalHold.TOO_FAR)
        return day

    def review_at(self) -> datetime:
        """The end of the chosen day."""
        return self._end_of(self.cleaned_data["until"])

    def _end_of(self, day: date) -> datetime:
        return datetime.combine(day, time.max, tzinfo=self._zone)
