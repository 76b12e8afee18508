"""What is asked about a table, an agency, an entry of a vocabulary."""

import zoneinfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from agencies.enums import Naming
from agencies.folding import folded
from agencies.models import Agency, Entry, SituationTable
from agencies.models.vocabulary import IN_BOTH, Vocabulary

CHOOSE = ("", _("Choose one"))
NAMES = ["name_en", "name_fr", "name_oj"]
SITTINGS = ["time_zone", "weekdays", "starts_at", "length_minutes", "place"]
RULES = ["number_prefix", "decision_rule"]
FORGETTING = ["draft_days", "retention_days", "codes_years"]
# Where Canada's clocks differ, from east to west; offered before the rest of the world.
CANADIAN_ZONES = ["St_Johns", "Goose_Bay", "Halifax", "Moncton", "Toronto", "Iqaluit", "Winnipeg", "Rankin_Inlet", "Regina"]
CANADIAN_ZONES += ["Edmonton", "Cambridge_Bay", "Inuvik", "Vancouver", "Whitehorse"]


def time_zones() -> list:
    """The zones of Canada, then all that the world's zone list (IANA) knows: groups of a choice."""
    canadian = [f"America/{place}" for place in CANADIAN_ZONES]
    others = sorted(zoneinfo.available_timezones() - {*canadian})
    return [
        (_("In Canada"), [(zone, zone.partition("/")[2].replace("_", " ")) for zone in canadian]),
        (_("Elsewhere, and older names"), [(zone, zone.replace("_", " ")) for zone in others]),
    ]


class TableForm(forms.ModelForm):
    """A table's settings. Whether names are spoken or sealed is not among them: that is chosen once."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Meets on"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones,
        initial="America/Toronto",
        help_text=_("Meetings and days follow it. The zone is named after a large place in it: Sudbury keeps Toronto’s time."),
        error_messages={"invalid_choice": _("Choose a time zone of the list.")},
    )
    length_minutes = forms.IntegerField(label=_("Length in minutes"), min_value=15, max_value=480, initial=120)
    retention_days = forms.IntegerField(
        label=_("Forget the words of a concluded situation after (days)"),
        min_value=0,
        max_value=90,
        initial=30,
        help_text=_("Between 0 and 90."),
    )
    draft_days = forms.IntegerField(
        label=_("Forget an untouched draft after (days)"),
        min_value=1,
        max_value=90,
        initial=14,
        help_text=_("Between 1 and 90."),
    )
    codes_years = forms.IntegerField(
        label=_("Forget the coded facts of a situation after (years)"),
        min_value=1,
        max_value=10,
        initial=7,
        help_text=_("Between 1 and 10, counted from its end. Published figures stay."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    GROUPS = [
        (_("Name"), NAMES),
        (_("Meetings"), SITTINGS),
        (_("Numbers and decisions"), RULES),
        (_("How long things are kept"), FORGETTING),
    ]

    class Meta:
        model = SituationTable
        fields = [*NAMES, *SITTINGS, *RULES, *FORGETTING]
        widgets = {"starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version
        zone = self.fields["time_zone"]
        if self.is_bound and not zone.valid_value(self["time_zone"].value() or ""):  # the first of the list would look chosen
            zone.choices = [CHOOSE, *zone.choices]

    @property
    def helper(self) -> FormHelper:
        """The questions in groups, each under its heading."""
        helper = FormHelper()
        helper.layout = Layout(*(Fieldset(heading, *names) for heading, names in self.GROUPS))
        helper.render_hidden_fields = True
        return helper


class NewTableForm(TableForm):
    """A new table: its settings, and, for good, whether names are spoken or sealed."""

    naming = forms.ChoiceField(
        label=_("How names are kept"),
        choices=Naming,
        widget=forms.RadioSelect,
        initial=Naming.SPOKEN,
        help_text=_("This cannot be changed later. Choose “under seal” only where names cannot safely be spoken in the room."),
    )
    version = None

    GROUPS = [*TableForm.GROUPS, (_("Names of people"), ["naming"])]

    class Meta(TableForm.Meta):
        fields = [*NAMES, *SITTINGS, *RULES, *FORGETTING, "naming"]


class AgencyForm(forms.ModelForm):
    """An agency: its name as it writes it, its sector and kind."""

    sector = forms.ChoiceField(label=_("Sector"))
    agency_type = forms.ChoiceField(label=_("Kind of agency"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Agency
        fields = ["name", "name_language", "is_active"]
        labels = {"is_active": _("This agency is active")}
        help_texts = {"is_active": _("If not, its people cannot open any table.")}

    field_order = ["name", "name_language", "sector", "agency_type", "is_active", "version"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kept = [self.instance.sector_id, self.instance.agency_type_id]
        for name, vocabulary, own in (("sector", Vocabulary.SECTOR, kept[0]), ("agency_type", Vocabulary.AGENCY_TYPE, kept[1])):
            offered = [(entry.pk, entry.label) for entry in Entry.objects.of(vocabulary).current().of_agencies()]
            if own and own not in dict(offered):  # retired meanwhile: it keeps its label here
                offered = [*offered, (own, Entry.objects.get(pk=own).label)]
            self.fields[name].choices = [CHOOSE, *offered]
            self.initial[name] = own
        self.initial["version"] = self.instance.version

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = Agency.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if any(folded(other) == folded(name) for other in others):
            raise forms.ValidationError(_("There is already an agency with this name."))
        return name

    def changes(self) -> dict:
        """What the lifecycle's verb takes."""
        given = dict(self.cleaned_data)
        return given | {"sector_id": given.pop("sector"), "agency_type_id": given.pop("agency_type")}


class NewAgencyForm(AgencyForm):
    """A new agency; it gets its seat at this table."""

    version = None

    class Meta(AgencyForm.Meta):
        fields = ["name", "name_language"]


class AgencyFilterForm(forms.Form):
    """What narrows the list of agencies."""

    words = forms.CharField(label=_("Search"), required=False, max_length=80)
    seat = forms.ChoiceField(
        label=_("At this table"), required=False, choices=[("", _("Any")), ("seated", _("Has a seat")), ("unseated", _("Has no seat"))]
    )


class EntryForm(forms.ModelForm):
    """An entry in both languages."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ["label_en", "label_fr", "help_en", "help_fr", "synonyms_en", "synonyms_fr", "rtd_code"]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("label_en", "label_fr", "synonyms_en", "synonyms_fr")}
        help_texts = {
            "synonyms_en": _("Other words under which people look for it, with semicolons between them."),
            "rtd_code": _("The code of the provincial database. Leave it empty if there is none."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def clean_rtd_code(self):
        return self.cleaned_data["rtd_code"] or None

    def clean(self):
        cleaned = super().clean()
        cleaned |= {name: " ".join(cleaned[name].split()) for name in self.Meta.widgets if cleaned.get(name)}
        for said in [each for each in IN_BOTH if f"{each}_en" in self.fields]:
            english, french = (cleaned.get(f"{said}_{language}") for language in ("en", "fr"))
            if bool(english) != bool(french):
                self.add_error(f"{said}_fr" if english else f"{said}_en", _("Say it in both languages, or in neither."))
        return cleaned


class NewEntryForm(EntryForm):
    """An entry of the table's own."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[A-Z0-9][A-Z0-9-]{1,22}$",
        help_text=_("Capital letters, digits and hyphens, such as LOC-01. The code is permanent."),
        error_messages={"invalid": _("Write the code in capital letters, digits and hyphens, such as LOC-01.")},
    )
    version = None
    field_order = ["code", "label_en", "label_fr", "help_en", "help_fr", "synonyms_en", "synonyms_fr", "rtd_code"]

    class Meta(EntryForm.Meta):
        pass

    def __init__(self, *args, vocabulary, **options):
        super().__init__(*args, **options)
        self.vocabulary = vocabulary

    def clean_code(self):
        if Entry.objects.filter(pk=f"{self.vocabulary}:{self.cleaned_data['code']}").exists():
            raise forms.ValidationError(_("This list already has this code, perhaps among the retired entries."))
        return self.cleaned_data["code"]


class WordsForm(forms.Form):
    """A search within one list."""

    words = forms.CharField(label=_("Search"), required=False, max_length=80)
