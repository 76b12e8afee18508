"""When the table sits: plans, exceptions, what is moved, called or extended."""

from datetime import datetime, timedelta

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import clock
from agencies.names import own_name
from meetings.enums import Kind
from meetings.forms.asking import answer, day, hour
from meetings.rhythm import YEARS_AHEAD

SESSION_IN = timedelta(minutes=15)  # an emergency session begins, unless told otherwise


class PlanForm(forms.Form):
    """How far the rhythm's sittings are laid into the calendar."""

    until = day(_("Plan until"), help_text=_("The calendar always reaches twelve weeks ahead by itself."))

    def __init__(self, *args, table, **options):
        super().__init__(*args, **options)
        self.today = localtime(clock.now(), table.zone).date()
        self.fields["until"].initial = self.today + timedelta(weeks=26)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if until > self.today + timedelta(days=366 * YEARS_AHEAD):
            raise forms.ValidationError(_("Choose a day within the next five years."))
        return until


class ExceptionForm(forms.Form):
    """A day on which the calendar differs from the rhythm."""

    on = day(_("Day"))
    is_extra = forms.TypedChoiceField(
        label=_("On this day"),
        choices=[("no", _("The table does not sit")), ("yes", _("The table sits"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the table sits on this day.")},
    )

    def __init__(self, *args, table, **options):
        super().__init__(*args, **options)
        self.today = localtime(clock.now(), table.zone).date()

    def clean_on(self):
        if self.cleaned_data["on"] < self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return self.cleaned_data["on"]


class StartForm(forms.Form):
    """When a meeting begins, by the wall clock of its table."""

    on = day(_("Day"))
    at = hour(_("Begins at"))

    def __init__(self, *args, table, begins: datetime, **options):
        super().__init__(*args, **options)
        self.zone = table.zone
        begins = localtime(begins, table.zone)
        self.fields["on"].initial, self.fields["at"].initial = begins.date(), begins.time().replace(second=0, microsecond=0)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on") and cleaned.get("at"):
            cleaned["starts_at"] = datetime.combine(cleaned["on"], cleaned["at"], tzinfo=self.zone)
            if cleaned["starts_at"] <= clock.now():
                self.add_error("at", _("Choose a time that is still to come."))
        return cleaned


class MoveForm(StartForm):
    """The same, with the version that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EmergencyForm(StartForm):
    """Which seats are called, and when. No seat is chosen beforehand: fewer who hear is safer."""

    seats = answer(
        _("Who is called"),
        _("Say who is called."),
        choices=[("these", _("The agencies that I choose here")), ("all", _("All agencies at the table"))],
        initial="these",
    )
    agencies = forms.MultipleChoiceField(
        label=_("Agencies"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one agency.")}
    )
    field_order = ["seats", "agencies", "on", "at"]

    def __init__(self, *args, seated, **options):
        super().__init__(*args, **options)
        self.seated = {str(agency.pk): agency for agency in seated}
        self.fields["agencies"].choices = [(pk, own_name(agency)) for pk, agency in self.seated.items()]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seats") == "all":
            self.errors.pop("agencies", None)
            cleaned["called"] = list(self.seated.values())
        else:
            cleaned["called"] = [self.seated[pk] for pk in cleaned.get("agencies", [])]
        return cleaned


class ExtendForm(forms.Form):
    minutes = forms.TypedChoiceField(choices=[("15", "15"), ("30", "30")], coerce=int)


class MeetingFilterForm(forms.Form):
    """Which kind of meeting is listed."""

    kind = forms.ChoiceField(
        label=_("Kind of meeting"), required=False, choices=[("", pgettext_lazy("kind of meeting", "Any")), *Kind.choices]
    )
