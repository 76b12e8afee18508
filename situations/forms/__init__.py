"""What is asked when a situation is brought, looked at, or corrected."""

from situations.forms.profile import AboutForm, FactorsForm, StrengthsForm
from situations.forms.submission import SubmitForm
from situations.forms.why_now import WhyNowForm, read
from situations.forms.worksheet import AcuteForm, BeforeForm, ConsentForm

__all__ = ["STEPS", "SubmitForm", "field_of", "read", "step_of"]

STEPS = [AboutForm, FactorsForm, StrengthsForm, BeforeForm, AcuteForm, ConsentForm, WhyNowForm]


def step_of(answer: str) -> int:
    """The number of the step that asks for an answer."""
    return next(number for number, form in enumerate(STEPS, start=1) for fields in form.asks.values() if answer in fields)


def field_of(answer: str) -> str:
    """Where on its step an answer is given: the id of its field, or of the first one of several."""
    if answer in ("age_group", "language_of_service", "earlier_number", "why_now"):
        return f"id_{answer}"
    return {"affected_persons": "others", "emergency_checks": "checks"}.get(answer, f"id_{answer}_0")
