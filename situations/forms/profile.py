"""Who it is about, what raises the risk and what protects: codes only."""

from collections import Counter

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.forms import frequent, pickers
from situations.forms.step import StepForm, many

MOST_AFFECTED = 20  # of one age group


class AboutForm(StepForm):
    title = _("Who it is about")
    lead = _("Say what kind of situation it is, never who it is.")
    why = _("So the table knows which services fit. A coarse age group cannot be traced to one person.")
    asks = {"profile_and_factors": ("discussion_type", "age_group", "sex_gender", "language_of_service", "affected_persons")}
    lists = ("discussion_type", "age_group", "sex_gender", "language_of_service")

    discussion_type = forms.ChoiceField(label=_("What kind of situation is it?"), widget=forms.RadioSelect)
    language_of_service = forms.ChoiceField(label=_("Language of service"), help_text=_("In which language help would be best received."))
    age_group = forms.ChoiceField(label=_("Age group"), help_text=_("For a person. For a family, group or place, leave it empty."))
    sex_gender = forms.ChoiceField(label=_("Sex or gender"), widget=forms.RadioSelect, help_text=_("For a person."))

    def set_up(self, situation, known):
        super().set_up(situation, known)
        self.offer("discussion_type", "discussion_type")
        self.offer("age_group", "age_group", blank=True)
        self.offer("sex_gender", "sex_gender")
        self.offer("language_of_service", "language_of_service", blank=True)
        counted = Counter(situation.affected_persons) if "affected_persons" in self._written else {}
        for entry in self._offered["age_group"]:
            widget = forms.NumberInput(attrs={"inputmode": "numeric"})
            self.fields[f"affected_{entry.code}"] = forms.IntegerField(
                label=entry.label, required=False, min_value=0, max_value=MOST_AFFECTED, widget=widget
            )
            self.initial[f"affected_{entry.code}"] = counted.get(entry.pk)

    def answer_of(self, name):
        return "affected_persons" if name.startswith("affected_") else name

    def answers(self):
        found = super().answers()
        counts = [name for name in self.fields if name.startswith("affected_")]
        if counts and all(name in self.cleaned_data for name in counts):
            affected = [f"age_group:{name.removeprefix('affected_')}" for name in counts for __ in range(self.cleaned_data[name] or 0)]
            stored = self._situation.affected_persons
            found["affected_persons"] = stored if sorted(affected) == sorted(stored) else affected
        return found

    def parts(self):
        counts = [name for name in self.fields if name.startswith("affected_")]
        return [
            *self._part(["discussion_type", "language_of_service", "age_group", "sex_gender"]),
            *self._part(
                counts,
                heading=_("Others affected"),
                help=_("How many other people, of which age? Leave empty what you do not know."),
                is_folded=True,
            ),
        ]


class FactorsForm(StepForm):
    title = _("Risk factors")
    lead = _("What raises the risk? Choose each one that is there today, as far as you know.")
    why = _("The table judges the risk by them. They are codes, without words, so they can be counted later without telling a story.")
    asks = {"profile_and_factors": ("risk_factors",)}
    lists = ("risk_factor", "age_group")
    ends_in_picker = True
    remembers = "risk_factors"

    risk_factors = many(_("Risk factors"), "risk_factor")

    def set_up(self, situation, known):
        super().set_up(situation, known)
        is_minor = any("minor" in entry.marks for entry in self._offered["age_group"] if entry.pk == situation.age_group_id)
        self._fitting = pickers.fitting_age(self._offered["risk_factor"], is_minor=is_minor, kept=situation.risk_factors)
        self.fields["risk_factors"].choices = pickers.pairs(self._fitting)

    def parts(self):
        return self._picker(
            "risk_factors",
            heading=_("Risk factors"),
            find_label=_("Find a risk factor"),
            find_help=_("Type two letters, in English or French. “Eviction” finds Housing."),
            offered=self._fitting,
            every=self._offered["risk_factor"],
            frequent=frequent.CATEGORIES,
        )


class StrengthsForm(StepForm):
    title = _("What protects")
    lead = _("Choose what is strong already. It may stay empty.")
    why = _("Help begins with what is strong already.")
    asks = {"profile_and_factors": ("protective_factors", "study_flags")}
    lists = ("protective_factor", "study_flag")
    ends_in_picker = True
    remembers = "protective_factors"

    protective_factors = many(_("Protective factors"), "protective_factor", required=False)
    study_flags = many(_("Study flags"), "study_flag", required=False)

    def set_up(self, situation, known):
        super().set_up(situation, known)
        self.offer("protective_factors", "protective_factor")
        self.offer("study_flags", "study_flag")

    def parts(self):
        find_help = _("Type two letters, in English or French.")
        flags = self._picker("study_flags", heading=_("Study flags"), find_label=_("Find a study flag"), find_help=find_help)
        return self._picker(
            "protective_factors",
            heading=_("Protective factors"),
            find_label=_("Find a protective factor"),
            find_help=find_help,
            folded=flags,
        )
