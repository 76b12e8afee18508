"""What stands inside a posting form."""

import uuid
from copy import copy

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext

from cms_table import typed

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context):
    """A token of its own for every form that is shown: its second post finds the first one's result.

    With it goes the table at which the device is, not the page's: a form that was opened at one table acts at no other;
    and to whom it was shown, on which page, so that what is typed into it finds back there (typed.py).
    """
    request = getattr(context, "request", None)
    table, token = getattr(request, "device_table", None), uuid.uuid4()
    page = "" if request is None else getattr(request, "read_at", None) or request.get_full_path()
    shown = typed.shown(getattr(request, "user", None), token=token, page=page) if page else ""
    return format_html(
        '<input type="hidden" name="form_token" value="{}"><input type="hidden" name="at_table" value="{}">'
        '<input type="hidden" name="typed_on" value="{}">',
        token, table.pk if table else "", shown,
    )  # fmt: skip


def fields_of(form):
    """The form's fields, by its own layout if it has one."""
    helper = getattr(form, "helper", None)
    if helper is None:
        return as_crispy_form(form)
    helper = copy(helper)
    helper.form_tag, helper.disable_csrf = False, True
    return render_crispy_form(form, helper)


@register.simple_tag(takes_context=True)
def form_frame(context, form=None):
    """What stands inside every posting ``<form method="post" novalidate>``: the guard against forgery, the token, the fields."""
    guard = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", ""))
    return format_html("{}{}{}", guard, form_token(context), "" if form is None else fields_of(form))


@register.simple_block_tag(takes_context=True)
def table_form(context, content, form, submit, *, cancel="", cancel_url="", action=""):
    """A whole posting form with one primary button; what the block holds stands between the fields and the button."""
    return render_to_string(
        "components/form.html",
        {
            "frame": form_frame(context, form),
            "content": content,
            "submit": submit,
            "cancel": cancel or gettext("Cancel"),
            "cancel_url": cancel_url,
            "action": action,
            "multipart": form.is_multipart(),
        },
    )
