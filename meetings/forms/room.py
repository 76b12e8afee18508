"""Who is there: checked in, marked by the chair, or asked to step out."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agencies.names import own_name
from meetings.enums import Mode
from meetings.forms.asking import answer


class CheckInForm(forms.Form):
    """In the room, or by video."""

    mode = forms.ChoiceField(choices=Mode.choices, required=False)

    def clean_mode(self):
        return Mode(self.cleaned_data["mode"] or Mode.ROOM)


class AttendanceForm(forms.Form):
    """One press of the list: this person is in the room, or by video, or has left. ``places`` are those with a place at the table."""

    room = forms.ChoiceField(required=False)
    video = forms.ChoiceField(required=False)
    left = forms.ChoiceField(required=False)

    def __init__(self, *args, places, **options):
        super().__init__(*args, **options)
        self.places = {str(member.pk): member for member in places}
        for name in ("room", "video", "left"):
            self.fields[name].choices = [(pk, pk) for pk in self.places]

    def clean(self):
        cleaned = super().clean()
        pressed = [(name, cleaned[name]) for name in ("room", "video", "left") if cleaned.get(name)]
        if len(pressed) != 1:
            raise forms.ValidationError(_("Choose one person of the list."))
        cleaned["pressed"], cleaned["member"] = pressed[0][0], self.places[pressed[0][1]]
        return cleaned


class RecuseForm(forms.Form):
    """Who knows the person and is asked to step out: one of those present."""

    member = answer(_("Who steps out"), _("Choose who steps out."))

    def __init__(self, *args, present, **options):
        super().__init__(*args, **options)
        self.present = {str(member.pk): member for member in present}
        self.fields["member"].choices = [
            (pk, format_html("{} ({})", member.full_name, own_name(member.agency) or "–")) for pk, member in self.present.items()
        ]

    def clean_member(self):
        return self.present[self.cleaned_data["member"]]


class UndoForm(forms.Form):
    """What the chair was shown as done last, and the page on which that was."""

    done = forms.UUIDField()
    page = forms.ChoiceField(choices=[(name, name) for name in ("chair", "attendance")])
