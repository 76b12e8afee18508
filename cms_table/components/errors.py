"""What a form asks to be put right: first on the page, and in its title."""

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.translation import pgettext

from cms_table.sentences import sentences

register = template.Library()

register.filter("sentences", sentences)


def forms_among(values, *, is_bound=True):
    """The bound forms among a page's values, once each, in the order in which the page was given them; or the unbound ones."""
    seen = []
    for value in values:
        if isinstance(value, (list, tuple)):
            candidates = forms_among(value, is_bound=is_bound)
        elif isinstance(value, BaseFormSet) and value.is_bound:
            candidates = [value, *value.forms]
        else:
            candidates = [value] if isinstance(value, BaseForm) and value.is_bound == is_bound else []
        seen += [form for form in candidates if not any(form is one for one in seen)]
    return seen


def _target(field):
    """The id that a link to a field leads to: in a group of answers, the first."""
    if field.is_hidden:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


def _errors(forms):
    """What the forms ask to be put right, in page order: pairs of the id to go to (or none) and the words.

    A form's own errors lead where its ``OWN_ERRORS_AT`` says, to the id of the group that they are about.
    """
    found = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [("", words) for words in form.non_form_errors()]
            continue
        found += [(getattr(form, "OWN_ERRORS_AT", ""), words) for words in form.non_field_errors()]
        for field in (form[name] for name in form.fields if name in form.errors):
            found += [(_target(field), words) for words in sentences(field)]
    return found


@register.simple_tag(takes_context=True)
def error_summary(context, *forms):
    """First on a page whose form has errors: how many, each a link to its field. Without arguments it finds the page's own forms."""
    errors = _errors(forms_among(forms or context.flatten().values()))
    return render_to_string("components/error_summary.html", {"errors": errors}) if errors else ""


@register.simple_tag(takes_context=True)
def title_prefix(context, *forms):
    """ "Error: " at the beginning of the page's title when one of its forms has an error."""
    return pgettext("beginning of a page title", "Error:") + " " if _errors(forms_among(forms or context.flatten().values())) else ""
