"""What is asked when a situation is brought, looked at, or corrected."""

from situations.forms.profile import AboutForm, FactorsForm, StrengthsForm
from situations.forms.submission import SubmitForm
from situations.forms.why_now import WhyNowForm, read
from situations.forms.worksheet import ConsentForm, WorksheetForm

__all__ = ["STEPS", "SubmitForm", "read", "step_of"]

STEPS = [AboutForm, FactorsForm, StrengthsForm, WorksheetForm, ConsentForm, WhyNowForm]


def step_of(answer: str) -> int:
    """The number of the step that asks for an answer."""
    return next(number for number, form in enumerate(STEPS, start=1) for fields in form.asks.values() if answer in fields)
