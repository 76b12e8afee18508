"""What is answered and decided of one item."""

from datetime import datetime
from types import SimpleNamespace

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.forms.named import AgencySelect
from agencies.models.vocabulary import Vocabulary, choices
from agencies.names import own_name
from meetings.disclosure import answered_first
from meetings.forms.asking import answer, day, hour, reasons


class LeaveForm(forms.Form):
    """Which item is left without a decision: the one that was open when the chair was asked."""

    leaving = forms.UUIDField(widget=forms.HiddenInput)


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

    ``agencies`` are those that can answer, ``said`` their answers, ``absent`` the seated agencies that are not here. ``is_unnamed``:
    names are written under seal at this table, and who it is was not written yet; nobody can write it once the response is recorded.
    """

    PARTS = [("lead", _("Lead")), ("assisting", _("Assisting")), ("none", pgettext_lazy("part in a response", "None"))]
    OWN_ERRORS_AT = "parts"  # where it stands who leads: no one agency's answer is wrong
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

    without_names = forms.BooleanField(
        label=_("Record the response without it"),
        error_messages={"required": _("Wait until who it is is written, or say that you go on without it.")},
    )

    def __init__(self, *args, begins, ends, zone, agencies, said, absent, is_unnamed, **options):
        super().__init__(*args, **options)
        self.ends, self.zone = ends, zone
        if not is_unnamed:
            del self.fields["without_names"]
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
            self.add_error(None, sentence)
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
