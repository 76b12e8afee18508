"""Looking with a reason, and correcting what was coded wrongly."""

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.enums import CorrectionReason, LookReason, Stage, StepInReason
from situations.forms import pickers
from situations.forms.profile import AboutForm, FactorsForm, StrengthsForm
from situations.forms.step import StepForm, many


class LookForm(forms.Form):
    """Why a privacy officer looks: a code, since the ledger holds no typed word."""

    reason = forms.ChoiceField(
        label=_("Why do you look?"),
        choices=LookReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you look.")},
    )


class StepInForm(forms.Form):
    """Who is let in again, and why."""

    member = forms.ChoiceField(
        label=_("Who is let in again?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who is let in again.")}
    )
    reason = forms.ChoiceField(
        label=_("Why?"), choices=StepInReason, widget=forms.RadioSelect, error_messages={"required": _("Choose why they are let in again.")}
    )

    def __init__(self, data=None, *, out):
        """``out`` are the members who stepped out and may be let in."""
        super().__init__(data)
        self.fields["member"].choices = [(str(member.pk), _who(member)) for member in out]


def _who(member) -> str:
    return f"{member.full_name}, {member.agency}" if member.agency else member.full_name


class ConclusionForm(StepForm):
    """How it ended, in codes: the reason that the table gave, and which risk factors went down."""

    asks = {"conclusion": ("conclusion_reason", "factors_lowered")}
    lists = ("conclusion_reason", "early_end_reason", "risk_factor")

    conclusion_reason = forms.ChoiceField(label=_("Conclusion"))
    factors_lowered = many(_("Which risk factors went down?"), "risk_factor", required=False)

    def clean(self):
        if "conclusion_reason" in self.fields and not self.cleaned_data.get("conclusion_reason") and not self.errors:
            self.add_error("conclusion_reason", _("Choose how it ended."))
        return self.cleaned_data

    def set_up(self, situation, known):
        super().set_up(situation, known)
        ended_early = situation.stage == Stage.ENDED_EARLY
        reasons = self._offered["early_end_reason" if ended_early else "conclusion_reason"]
        fitting = [entry for entry in reasons if ended_early or "accepted" in entry.marks or entry.pk == situation.conclusion_reason_id]
        self.fields["conclusion_reason"].choices = [(entry.pk, entry.label) for entry in fitting]
        chosen = [entry for entry in self._offered["risk_factor"] if entry.pk in situation.risk_factors]
        self.fields["factors_lowered"].choices = [(entry.pk, entry.label) for entry in chosen]


class ReasonForm(forms.Form):
    """Why it is corrected: a code for the ledger, and more words while the situation still has its key."""

    reason = forms.ChoiceField(
        label=_("Why is it corrected?"),
        choices=CorrectionReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is corrected.")},
    )
    words = forms.CharField(
        label=_("In other words"),
        required=False,
        max_length=200,
        help_text=_("Without a name. It is kept sealed, and forgotten with the situation’s words."),
    )

    def __init__(self, data=None, *, has_key: bool, initial=None):
        super().__init__(data, initial=initial)
        if not has_key:
            del self.fields["words"]


class CorrectionForms:
    """The forms of one correction: the coded facts that the coordinator may write now, and the reason."""

    def __init__(self, posted, *, situation, known, has_key: bool, typed=None):
        """``posted`` is what the page sent; where a picker's button sent it, nothing is asked yet. ``typed`` are the searches."""
        stays = pickers.is_pressed(posted)
        options = {"situation": situation, "known": known, "is_finished": not stays, "typed": typed}
        kinds = [AboutForm, FactorsForm, StrengthsForm, ConclusionForm]
        may = [kind for kind in kinds if any(known.writes(datum) for datum in kind.asks)]
        self.facts = [kind(pickers.pressed(posted) or None, **options) for kind in may]
        self.reason = ReasonForm(None if stays else posted or None, has_key=has_key, initial=posted.dict())
        self.is_sent = bool(posted) and not stays

    def are_valid(self) -> bool:
        invalid = [form for form in [*self.facts, self.reason] if not form.is_valid()]  # each is asked, so that every error shows
        return self.is_sent and not invalid

    def changes(self) -> dict:
        """The coded facts as they shall stand; a factor that is not one of the risk factors any more cannot have gone down."""
        found = {field: value for form in self.facts for field, value in form.answers().items()}
        if "factors_lowered" in found:
            found["factors_lowered"] = [key for key in found["factors_lowered"] if key in found["risk_factors"]]
        return found
