"""What was typed and not sent, in the page that leads back to it."""

from django import template
from django.forms.utils import ErrorDict
from django.utils.html import format_html

from cms_table import typed
from cms_table.components.errors import forms_among

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_again(context):
    """After a change of language: what was typed stands in the page's forms again, unchecked. Stands before all that shows a form."""
    typed = getattr(getattr(context, "request", None), "typed", None)
    unbound = forms_among(context.flatten().values(), is_bound=False) if typed else []
    for form in unbound:
        if len(unbound) == 1 or any(form.add_prefix(name) in typed for name in form.fields):
            form.data, form.is_bound, form.cleaned_data, form._errors = typed, True, {}, ErrorDict()
    return ""


@register.simple_tag(takes_context=True)
def envelope(context):
    """What was typed before this page and not sent, sealed, as a hidden field: for the form that leads back to it; otherwise nothing."""
    request = getattr(context, "request", None)
    letters = typed.carried(request) if request is not None else ""
    return format_html('<input type="hidden" name="typed" value="{}">', letters) if letters else ""


@register.inclusion_tag("components/typed.html", takes_context=True)
def what_was_typed(context, page=""):
    """On a page that comes in place of an act: the way back to the form, with what was typed in it. Nothing where nothing was."""
    request = getattr(context, "request", None)
    if request is None:
        return {"envelope": ""}
    return {
        "envelope": typed.carried(request) or typed.enveloped(request.POST),
        "page": page or typed.page_of(request.POST),
        "has_file": bool(getattr(request, "has_file", request.FILES)),
    }


@register.filter
def has_typed_form(body):
    """Whether a part of a page holds the form, called ``typed``, whose words the other language keeps."""
    return 'id="typed"' in body
