"""What is asked of whoever prepares a release."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _


class PrepareForm(forms.Form):
    """Which finished year is counted."""

    def __init__(self, *args, years: Iterable[int], **options):
        super().__init__(*args, **options)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Year"),
            coerce=int,
            choices=[("", _("Choose one")), *((year, str(year)) for year in years)],
            error_messages={"required": _("Choose a year.")},
        )
