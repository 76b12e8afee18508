"""What is asked of those who respond; each form offers only what this response and this table allow."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import clock
from agencies.forms.days import within_reach
from agencies.forms.named import AgencySelect
from agencies.models import Agency, Entry
from agencies.models.vocabulary import Vocabulary, choices
from responses.enums import IssueState
from responses.lifecycle import NEED_HELP
from situations.coaching import read

MOMENT = {"type": "datetime-local"}
ASKED_FOR_TWO_DAYS = timedelta(hours=48)  # when a step is due unless told otherwise
CHOOSE = ("", _("Choose one"))


class ContactForm(forms.Form):
    """What happened at the door, and when; the results stand on the page as large buttons."""

    result = forms.ChoiceField(label=_("What happened"), error_messages={"required": _("Choose what happened.")})
    at = forms.DateTimeField(
        label=_("When, if it was earlier"),
        required=False,
        validators=[within_reach],
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty for now."),
    )

    def __init__(self, *args, accepted_at, **options):
        super().__init__(*args, **options)
        self.accepted_at = accepted_at
        self.results = list(Entry.objects.of(Vocabulary.CONTACT_RESULT).current())
        self.fields["result"].choices = [(entry.pk, entry.label) for entry in self.results]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The results under the doorstep's three headings: contact made, tried, need help."""

        def group(entry):
            if "stops_clock" in entry.marks:
                return "made"
            return "help" if entry.pk == NEED_HELP else "tried"

        return [(name, [(entry.pk, entry.label) for entry in self.results if group(entry) == name]) for name in ("made", "tried", "help")]

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at is None:
            return None
        if at > clock.now():
            raise forms.ValidationError(_("Choose a time that has passed."))
        if at < self.accepted_at.replace(second=0, microsecond=0):
            raise forms.ValidationError(_("Choose a time after the table’s decision."))
        return max(at, self.accepted_at)  # the field knows minutes only


class StepForm(forms.Form):
    """One coded step: what, who, by when."""

    step_type = forms.ChoiceField(label=_("Step"))
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=Agency.objects.none(), widget=AgencySelect, empty_label=CHOOSE[1])
    due_at = forms.DateTimeField(
        label=_("Due"), validators=[within_reach], widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args, owners, **options):
        super().__init__(*args, **options)
        self.fields["step_type"].choices = [CHOOSE, *choices(Vocabulary.STEP_TYPE)]
        self.fields["owner"].queryset = owners
        self.fields["due_at"].initial = timezone.localtime(clock.now() + ASKED_FOR_TWO_DAYS).replace(second=0, microsecond=0)

    def clean_due_at(self):
        due_at = self.cleaned_data["due_at"]
        if due_at <= clock.now():
            raise forms.ValidationError(_("Choose a time that is still to come."))
        return due_at


class ServiceForm(forms.Form):
    """A service, and how far it came."""

    service = forms.ChoiceField(label=_("Service"))
    mobilization = forms.ChoiceField(label=_("How far it came"), widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(
        label=_("By which agency"),
        queryset=Agency.objects.none(),
        widget=AgencySelect,
        required=False,
        empty_label=_("An agency outside the response"),
    )

    def __init__(self, *args, agencies, **options):
        super().__init__(*args, **options)
        self.fields["service"].choices = [CHOOSE, *choices(Vocabulary.SERVICE)]
        self.fields["mobilization"].choices = choices(Vocabulary.MOBILIZATION_TYPE)
        self.fields["agency"].queryset = agencies


class ReportForm(forms.Form):
    """The coded update that the table hears by number."""

    report = forms.ChoiceField(label=_("How it stands"), widget=forms.RadioSelect)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["report"].choices = choices(Vocabulary.REPORT_BACK_CODE)


class ProposalForm(forms.Form):
    """How the lead proposes to end it: one reason, and which of the situation's own factors were lowered."""

    reason = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    factors_lowered = forms.MultipleChoiceField(
        label=_("Risk factors that were lowered"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, factors: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        groups: dict[str, list] = {}
        for entry in Entry.objects.of(Vocabulary.CONCLUSION_REASON).current().filter(marks__contains=["accepted"]):
            groups.setdefault(entry.group, []).append((entry.pk, entry.label))
        self.fields["reason"].choices = list(groups.items())  # type: ignore[attr-defined]
        self.fields["factors_lowered"].choices = factors  # type: ignore[attr-defined]


class AgencyForm(forms.Form):
    """One agency, of those that fit the question."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none(), widget=AgencySelect, empty_label=CHOOSE[1])

    def __init__(self, *args, agencies, **options):
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies


class AnswerForm(forms.Form):
    """What an agency that is asked to join answers; the two answers stand on the page as buttons."""

    answer = forms.ChoiceField(
        label=_("Your agency’s answer"),
        choices=[("join", _("We take part")), ("decline", _("We cannot take part"))],
        error_messages={"required": _("Choose an answer.")},
    )


class SettleForm(forms.Form):
    """Whether a step is done, or no longer needed."""

    state = forms.ChoiceField(label=_("State"), choices=[("done", _("Done")), ("dropped", _("No longer needed"))])


class FollowUpForm(forms.Form):
    """How it stands 30 or 90 days later, as a code."""

    answer = forms.ChoiceField(label=_("How it stands now"), widget=forms.RadioSelect)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["answer"].choices = choices(Vocabulary.FOLLOW_UP_CODE)


class NoForm(forms.Form):
    """Nothing is asked but whether one is sure."""


class IssueForm(forms.Form):
    """What stands in the way of many: a kind, and one line in which nobody can be recognised."""

    issue_type = forms.ChoiceField(label=_("What stands in the way"))
    line = forms.CharField(
        label=_("In one line"),
        max_length=160,
        required=False,
        help_text=_("Say what is missing or slow. Leave out names, ages, places and anything about one person."),
    )
    is_confirmed = forms.BooleanField(label=_("I have read the line again: nobody can be recognised in it."), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["issue_type"].choices = [CHOOSE, *choices(Vocabulary.SYSTEMIC_ISSUE_TYPE)]
        if not self.is_bound or not self._is_doubted():
            self.fields["is_confirmed"].widget = forms.HiddenInput()

    @cached_property
    def reading(self) -> dict:
        """What the checker says of the line that stands in the form."""
        return read(self["line"].value() or "")

    def _is_doubted(self) -> bool:
        """Whether something in the line could identify someone; that it could not be checked is a doubt too."""
        return bool(self.reading["marks"]) or not self.reading["is_checked"]

    def clean(self):
        cleaned = super().clean()
        if self._is_doubted() and not cleaned.get("is_confirmed"):
            unread = _("The line could not be checked. Read it again yourself.")
            doubted = _("Some words could tell who it is. Write them in another way, or say that nobody can be recognised.")
            self.add_error("line", doubted if self.reading["is_checked"] else unread)
        return cleaned


class IssueChangeForm(forms.Form):
    """Who takes a systemic issue up, and where it stands."""

    state = forms.ChoiceField(label=_("Where it stands"), choices=IssueState, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        label=_("Who takes it up"), queryset=Agency.objects.none(), widget=AgencySelect, required=False, empty_label=_("No agency yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, owners, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = owners


NOBODY = "none"  # as an owner: no agency has taken it up


class IssueFilterForm(forms.Form):
    """Which systemic issues the board or the list shows."""

    state = forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[("", pgettext_lazy("state", "Any")), *IssueState.choices]
    )
    issue_type = forms.ChoiceField(label=_("What stands in the way"), required=False)

    owner = forms.ChoiceField(label=_("Who takes it up"), required=False, widget=AgencySelect)

    def __init__(self, *args, owners, **options):
        """``owners`` are the agencies that have taken one up here."""
        super().__init__(*args, **options)
        self.fields["issue_type"].choices = [("", pgettext_lazy("kind", "Any")), *choices(Vocabulary.SYSTEMIC_ISSUE_TYPE)]
        named = [(str(agency.pk), agency.name) for agency in owners]
        self.fields["owner"].choices = [("", pgettext_lazy("agency", "Any")), (NOBODY, _("No agency yet")), *named]
        self.fields["owner"].widget.languages = {str(agency.pk): agency.name_language for agency in owners}
