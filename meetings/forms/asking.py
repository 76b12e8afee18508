"""What the forms of a meeting ask with: days, hours, one answer of a list, and the press of a button."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.days import within_reach
from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary

CHOOSE = ("", _("Choose one"))


def day(label, **options):
    return forms.DateField(
        label=label, validators=[within_reach], widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def hour(label, **options):
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def answer(label, sentence, **options):
    """One answer of a list, as radio buttons; ``sentence`` asks for it when it is left out."""
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, error_messages={"required": sentence}, **options)


def reasons(mark: str) -> list:
    """The reasons with which something ends that stands so: accepted, or rejected; by group where there are several."""
    groups: dict[str, list] = {}
    for entry in Entry.objects.of(Vocabulary.CONCLUSION_REASON).current().filter(marks__contains=[mark]):
        groups.setdefault(entry.group, []).append((entry.pk, entry.label))
    return list(groups.items()) if len(groups) > 1 else next(iter(groups.values()), [])


class ConfirmForm(forms.Form):
    """Nothing but the press of a button."""
