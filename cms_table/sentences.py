"""What a form asks to be put right, as a sentence that names the question; Django's own speak of "this field" and "this value"."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
NOT_OFFERED = {"invalid_choice", "invalid_list", "invalid_pk_value"}
# Codes of the validators, whose sentences are not among a field's own.
FROM_VALIDATORS = {
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "step_size",
    "max_digits",
    "max_decimal_places",
    "null_characters_not_allowed",
}


def sentences(field: BoundField) -> list[str]:
    """What is to be put right in one field: a form's own sentence as it stands, in place of Django's one that names the question."""
    raised = field.form.errors.as_data().get(field.name, [])
    return [words for error in raised for words in _said(error, field)]


def _said(error: ValidationError, field: BoundField) -> Iterator[str]:
    if not _is_djangos(error, field.field):
        yield from error.messages
        return
    plain = _plain(error, field)
    if plain:
        yield plain
        return
    for words in error.messages:
        yield f"{field.label} – {words}"


def _is_djangos(error: ValidationError, field: forms.Field) -> bool:
    own = {str(words) for kind in type(field).__mro__ for words in getattr(kind, "default_error_messages", {}).values()}
    codes = FROM_VALIDATORS | {"invalid"} if isinstance(field, forms.EmailField) else FROM_VALIDATORS
    return (error.code in codes and error.code not in field.error_messages) or str(error.message) in own


def _plain(error: ValidationError, field: BoundField) -> str:
    asked = {"field": field.label, **(error.params or {})}
    by_code = {
        "required": _required(field.field),
        "invalid": _written(field.field),
        "min_value": _("“%(field)s” is at least %(limit_value)s."),
        "max_value": _("“%(field)s” is at most %(limit_value)s."),
        "max_length": _("“%(field)s” has room for %(limit_value)s characters, and %(show_value)s are typed.")
        if "show_value" in asked
        else "",
    }
    not_offered = _("Choose one of the answers offered for “%(field)s”.")
    if isinstance(field.field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        not_offered = _("Choose only among the answers offered for “%(field)s”.")
    by_code |= dict.fromkeys(NOT_OFFERED, not_offered)
    return by_code.get(error.code or "", "") % asked


def _required(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Check “%(field)s”.")
    return _("Choose an answer for “%(field)s”.") if isinstance(field, CHOSEN) else _("Fill in “%(field)s”.")


def _written(field: forms.Field) -> str:
    """How an answer is written, by the kind of the field; a validator of one's own speaks for itself."""
    kinds = {
        forms.EmailField: _("“%(field)s” is written like name@agency.ca."),
        forms.IntegerField: _("“%(field)s” is a whole number."),
        forms.DateField: _("“%(field)s” is a day, written like 2026-03-31."),
        forms.TimeField: _("“%(field)s” is a time of day, written like 13:30."),
        forms.DateTimeField: _("“%(field)s” is a day and a time, written like 2026-03-31 13:30."),
    }
    return next((words for kind, words in kinds.items() if isinstance(field, kind)), "")
