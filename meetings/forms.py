"""What is asked around a meeting; each form offers only what this table, this meeting and this member may choose."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import clock
from agencies.forms.days import within_reach
from agencies.forms.named import AgencySelect
from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary, choices
from agencies.names import own_name
from meetings.disclosure import answered_first
from meetings.enums import Kind, Mode
from meetings.rhythm import YEARS_AHEAD

CHOOSE = ("", _("Choose one"))
SESSION_IN = timedelta(minutes=15)  # an emergency session begins, unless told otherwise


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


class LeaveForm(forms.Form):
    """Which item is left without a decision: the one that was open when the chair was asked."""

    leaving = forms.UUIDField(widget=forms.HiddenInput)


# --- the calendar --------------------------------------------------------------------------------------------------------------


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


# --- attendance ----------------------------------------------------------------------------------------------------------------


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


class ExtendForm(forms.Form):
    minutes = forms.TypedChoiceField(choices=[("15", "15"), ("30", "30")], coerce=int)


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


# --- what agencies say -----------------------------------------------------------------------------------------------------------


class AnswerForm(forms.Form):
    """One agency's answer at the open filter: a position, or how it is involved."""

    answer = forms.ChoiceField()

    def __init__(self, *args, vocabulary, **options):
        super().__init__(*args, **options)
        self.answers = choices(vocabulary)
        self.fields["answer"].choices = self.answers


class AnswersForm(forms.Form):
    """The recorder's sheet: one answer for each agency that is here, kept as they speak. ``said`` is what stands, by agency."""

    def __init__(self, *args, agencies, vocabulary, said, **options):
        super().__init__(*args, **options)
        self.agencies = {str(agency.pk): agency for agency in answered_first(agencies, said)}
        self.said = {agency.pk: said[agency.pk] for agency in agencies if agency.pk in said}  # not of whoever stepped out since
        self.answers = answers = choices(vocabulary)
        for pk, agency in self.agencies.items():
            stands = said.get(agency.pk)
            self.fields[f"said_{pk}"] = forms.ChoiceField(
                label=agency.name, choices=answers, widget=forms.RadioSelect, required=False, initial=stands.key if stands else None
            )

    def heads(self) -> list:
        """The answers, as the heads of their columns."""
        return [words for _key, words in self.answers] if self.agencies else []

    def rows(self) -> list:
        """For each agency its name and the answers as radio buttons."""
        return [SimpleNamespace(name=agency.name, lang=agency.lang, field=self[f"said_{pk}"]) for pk, agency in self.agencies.items()]

    def changed(self) -> list:
        """Pairs of an agency and its answer, for those that differ from what stands."""
        given = [(agency, self.cleaned_data.get(f"said_{pk}")) for pk, agency in self.agencies.items()]
        stands = {pk: each.key for pk, each in self.said.items()}
        return [(agency, key) for agency, key in given if key and key != stands.get(agency.pk)]


# --- what the table decides ------------------------------------------------------------------------------------------------------


class RejectForm(forms.Form):
    """Which criteria are not met, and why it ends here."""

    criteria_not_met = forms.MultipleChoiceField(
        label=_("Which criteria are not met"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say which criteria are not met.")},
    )
    reason = answer(_("Reason"), _("Choose the reason."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["criteria_not_met"].choices = choices(Vocabulary.CRITERION)
        self.fields["reason"].choices = reasons("rejected")


class ReasonForm(forms.Form):
    """A reason of one list."""

    reason = answer(_("Reason"), _("Choose the reason."))

    def __init__(self, *args, vocabulary, **options):
        super().__init__(*args, **options)
        self.fields["reason"].choices = choices(vocabulary)


class RespondForm(forms.Form):
    """One lead, the assisting agencies, absent ones that are asked, and when the huddle is.

    ``agencies`` are those that can answer, ``said`` their answers, ``absent`` the seated agencies that are not here.
    """

    PARTS = [("lead", _("Lead")), ("assisting", _("Assisting")), ("none", _("None"))]
    ASSISTS = frozenset({"involvement:HELP", "involvement:NOW"})  # preselected as assisting
    asked = forms.MultipleChoiceField(label=_("Ask an agency that is not here"), widget=forms.CheckboxSelectMultiple, required=False)
    huddle = answer(
        _("When do they huddle"),
        _("Say when they huddle."),
        choices=[("after", _("Right after the meeting")), ("later", _("At another time"))],
        initial="after",
    )
    huddle_on = day(_("Day of the huddle"), required=False, help_text=_("Only if they huddle at another time."))
    huddle_at = hour(_("Time of the huddle"), required=False, help_text=_("Only if they huddle at another time."))

    def __init__(self, *args, begins, ends, zone, agencies, said, absent, **options):
        super().__init__(*args, **options)
        self.ends, self.zone = ends, zone
        self.said = {agency.pk: said[agency.pk] for agency in agencies if agency.pk in said}
        self.agencies = {str(agency.pk): agency for agency in answered_first(agencies, said)}
        self.absent = {str(agency.pk): agency for agency in absent}
        self.fields["asked"].choices = [(pk, own_name(agency)) for pk, agency in self.absent.items()]
        self.fields["huddle_on"].initial = localtime(begins, zone).date()
        for name in ("huddle_on", "huddle_at"):  # neither optional nor always asked: the help says when
            self.fields[name].is_asked_when = True
        for pk, agency in self.agencies.items():
            self.fields[f"part_{pk}"] = forms.ChoiceField(
                label=agency.name,
                choices=self.PARTS,
                widget=forms.RadioSelect,
                required=False,
                initial="assisting" if agency.pk in said and said[agency.pk].key in self.ASSISTS else "none",
            )

    def rows(self) -> list:
        """For each agency what it said, and its part as radio buttons."""
        return [
            SimpleNamespace(name=agency.name, lang=agency.lang, says=self.said.get(agency.pk), field=self[f"part_{pk}"])
            for pk, agency in self.agencies.items()
        ]

    def clean(self):
        cleaned = super().clean()
        parts = {pk: cleaned.get(f"part_{pk}") for pk in self.agencies}
        leads = [pk for pk, part in parts.items() if part == "lead"]
        if not parts:
            self.add_error(None, _("No agency is at the table that could lead. Check in who is here first."))
        elif len(leads) != 1:
            sentence = _("Choose the one agency that leads.") if not leads else _("Only one agency leads. Let the others assist.")
            self.add_error(f"part_{leads[-1]}" if leads else next((f"part_{pk}" for pk in parts), None), sentence)
        cleaned["lead"] = leads[0] if leads else None
        cleaned["assisting"] = [pk for pk, part in parts.items() if part == "assisting"]
        cleaned["huddles_at"] = self._huddle(cleaned)
        return cleaned

    def _huddle(self, cleaned):
        if cleaned.get("huddle") != "later":
            return self.ends
        for name, sentence in (("huddle_on", _("Say on which day they huddle.")), ("huddle_at", _("Say at what time they huddle."))):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if not (cleaned.get("huddle_on") and cleaned.get("huddle_at")):
            return None
        return datetime.combine(cleaned["huddle_on"], cleaned["huddle_at"], tzinfo=self.zone)


class ReportForm(forms.Form):
    """Which engaged agency reports what."""

    agency = forms.ChoiceField(
        label=_("Which agency reports"), widget=AgencySelect, error_messages={"required": _("Choose which agency reports.")}
    )
    report = answer(_("Report"), _("Choose what it reports."))

    def __init__(self, *args, engaged, **options):
        super().__init__(*args, **options)
        self.engaged = {str(agency.pk): agency for agency in engaged}
        self.fields["agency"].choices = [(pk, agency.name) for pk, agency in self.engaged.items()]
        self.fields["agency"].widget.languages = {pk: agency.lang for pk, agency in self.engaged.items()}
        self.fields["report"].choices = choices(Vocabulary.REPORT_BACK_CODE)


class ConcludeForm(forms.Form):
    """How it ended, and which of the situation's risk factors are lowered; ``factors`` are its own, by key."""

    reason = answer(_("How it ended"), _("Choose how it ended."))
    factors_lowered = forms.MultipleChoiceField(
        label=_("Which risk factors are lower now"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, factors, **options):
        super().__init__(*args, **options)
        self.fields["reason"].choices = reasons("accepted")
        self.fields["factors_lowered"].choices = factors
        if not factors:
            del self.fields["factors_lowered"]


# --- lists ---------------------------------------------------------------------------------------------------------------------


class MeetingFilterForm(forms.Form):
    """Which kind of meeting is listed."""

    kind = forms.ChoiceField(
        label=_("Kind of meeting"), required=False, choices=[("", pgettext_lazy("kind of meeting", "Any")), *Kind.choices]
    )


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
