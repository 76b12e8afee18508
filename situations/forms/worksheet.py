"""What came before, how acute it is, and by what right it is told."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from situations import lifecycle
from situations.enums import DiscussedBefore, EmergencyAnswer, Relation
from situations.forms.step import StepForm, many
from situations.models import Situation


class BeforeForm(StepForm):
    title = _("What came before")
    lead = _("The table is for what one agency cannot lower alone.")
    why = _("What was tried shows why it takes several agencies. An earlier discussion tells the table to ask what has changed.")
    asks = {"filter1_worksheet": ("attempts",), "discussed_before": ("discussed_before", "earlier_number")}
    lists = ("attempt",)

    attempts = many(_("What has your agency tried?"), "attempt")
    discussed_before = forms.ChoiceField(
        label=_("Was this discussed at the table before?"), choices=DiscussedBefore, widget=forms.RadioSelect
    )
    earlier_number = forms.CharField(
        label=_("Its number then, if you remember it"),
        required=False,
        help_text=_("Like 2026-031. It is shown to your agency only."),
        validators=[rule for rule in Situation._meta.get_field("earlier_number").validators if isinstance(rule, RegexValidator)],
    )

    def set_up(self, situation, known):
        super().set_up(situation, known)
        self.offer("attempts", "attempt")
        if Relation.ORIGINATOR not in known.relations:
            self.fields.pop("earlier_number")  # an earlier number is never shown to anyone else than its writer

    def clean(self):
        cleaned = self.cleaned_data
        if cleaned.get("earlier_number") and cleaned.get("discussed_before") != DiscussedBefore.YES:
            self.add_error("earlier_number", _("You gave an earlier number, so answer that it was discussed before."))
        return super().clean()


class AcuteForm(StepForm):
    title = _("How acute it is")
    lead = _("The table is for what cannot wait.")
    why = _("The table hears only what meets all four criteria. It looks at them again together, and decides.")
    asks = {"filter1_worksheet": ("emergency_checks",), "aer_criteria": ("criteria",)}
    lists = ("emergency_check", "criterion")

    criteria = many(
        _("Which of the four criteria are met?"),
        "criterion",
        help_text=_(
            "All four are needed: something important is at stake, harm is likely, it would be serious, and one agency is not enough."
        ),
    )

    def set_up(self, situation, known):
        super().set_up(situation, known)
        self.offer("criteria", "criterion")
        for entry in self._offered["emergency_check"]:
            self.fields[f"check_{entry.code}"] = forms.ChoiceField(label=entry.label, choices=EmergencyAnswer, widget=forms.RadioSelect)
            self.initial[f"check_{entry.code}"] = situation.emergency_checks.get(entry.pk)
        self.order_fields([*self._checks(), "criteria"])

    def answer_of(self, name):
        return "emergency_checks" if name.startswith("check_") else name

    def add_lack(self, name, sentence):
        if not name.startswith("check_"):
            return super().add_lack(name, sentence)
        for check in self._checks():
            if not self.cleaned_data.get(check):
                question = self.fields[check].label
                self.add_error(check, _("Answer “done” or “not needed”: %(question)s") % {"question": question})
        return None

    def _checks(self):
        return [name for name in self.fields if name.startswith("check_")]

    def answers(self):
        found = super().answers()
        if checks := self._checks():
            keys = {f"emergency_check:{name.removeprefix('check_')}": self.cleaned_data.get(name) for name in checks}
            found["emergency_checks"] = {key: answer for key, answer in keys.items() if answer}
        return found

    def parts(self):
        return [
            *self._part(
                self._checks(),
                heading=_("First: is anyone in danger now?"),
                help=_("Then call 911 before you go on. Confirm each: it is done, or it is not needed. The form goes on either way."),
            ),
            *self._part(["criteria"]),
        ]


class ConsentForm(StepForm):
    title = _("Consent")
    lead = _("Ask for consent whenever it is safe to ask.")
    why = _("Privacy law asks by what right you tell it: the person’s consent, or a ground in law.")
    asks = {"consent_and_ground": ("consent", "legal_ground")}
    lists = ("consent", "legal_ground")

    consent = forms.ChoiceField(
        label=_("Did the person agree to be brought to the table?"),
        widget=forms.RadioSelect,
        help_text=_("Without consent, choose the legal ground below. Why nobody asked stays in your agency’s own records."),
    )
    legal_ground = forms.ChoiceField(
        label=_("Legal ground"),
        widget=forms.RadioSelect,
        help_text=_(
            "The law that your agency relies on without consent. Where written notice is owed, a step for it will be planned. "
            "For another authority, note in your agency’s own records which it is."
        ),
    )

    def set_up(self, situation, known):
        super().set_up(situation, known)
        self.offer("consent", "consent")
        self.offer("legal_ground", "legal_ground")
        owed = {entry.pk for entry in self._offered["legal_ground"] if "notice_owed" in entry.marks}
        says_so = gettext("%(ground)s: written notice to the person is owed")
        offered = self.fields["legal_ground"].choices
        self.fields["legal_ground"].choices = [(key, says_so % {"ground": words} if key in owed else words) for key, words in offered]

    def clean(self):
        cleaned = self.cleaned_data
        if cleaned.get("consent") in lifecycle.NEEDS_NO_GROUND:
            cleaned["legal_ground"] = ""
        return super().clean()
