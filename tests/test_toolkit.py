"""What the toolkit breaks for who cannot see, hear or press well stays out of the house; each row says what, and why."""

import ast
import re
from pathlib import Path

import pytest
from django import forms

from cms_table.gallery import gallery
from tests.test_house import FLOORS, ROOMS, TEMPLATES, name_of

HOUSE = Path(__file__).parent.parent
# What is broken out of the box: the pattern, and what it does.
IN_CODE = {
    r"\bInline(Radios|Checkboxes|Field)\b|form-inline": "hides its errors, or loses its labels",
    r"\b(TabHolder|Tab|Accordion|AccordionGroup|Modal|PrependedText|AppendedText|UneditableField)\(": "hides errors",
    r"\bSplitDateTime(Field|Widget)|\bMultiWidget\b|\bMultiValueField\b|SelectDateWidget": "makes fields without a name",
    r"form_show_errors\s*=\s*False|form_show_labels\s*=\s*False": "points to an error that is not there",
    r"helper\.attrs|form_tag\s*=\s*True": "writes the form’s own name on each group of answers",
    r"\bCheckBoxColumn\b|\bBooleanColumn\b": "makes boxes without a name, and signs without words",
    r"django_tables2/bootstrap5|DJANGO_TABLES2_TEMPLATE = \"django_tables2": "has no caption, and a label not translated",
    r"aria-label[\"']:\s*[\"'][A-Z]": "says a name that no catalogue translates",
}
IN_TEMPLATES = {
    r"\bbtn-close\b": "is a button without a name",
    r"data-bs-toggle|class=\"[^\"]*\b(toast|carousel|modal|tooltip|popover)\b": "is gone before it is read, or keeps the focus",
    r"\b(text|btn-outline|bg)-(warning|info)\b": "is too faint",
    r"\btabindex=\"[1-9]": "breaks the order of the page",
    r"<canvas\b": "is nothing to who does not see it",
    r"{%\s*crispy\b": "draws a form past the frame, with its token and its summary",
    r"(?<!-)\btitle=\"": "is a name that only a mouse finds",
    r"<a\s(?![^>]*\bhref=)[^>]*>|<a>|<div[^>]*\bonclick": "cannot be reached by a key",
    r"\bplaceholder=": "is a label that goes when one types",
    r"\{#(?!.*#\})": "is a note over two lines, which the page shows",
}


def found_in(paths, patterns):
    return {
        f"{name_of(path)}: {match.group()} {why}"
        for path in paths
        for pattern, why in patterns.items()
        if (match := re.search(pattern, path.read_text()))
    }


def test_no_form_is_laid_out_in_a_way_that_loses_labels_or_errors():
    assert found_in([path for path in ROOMS if path.name != "gallery.py"], IN_CODE) == set()


def test_no_page_uses_what_is_not_there_for_everyone():
    assert found_in(TEMPLATES, IN_TEMPLATES) == set()


@pytest.mark.parametrize(
    "planted", ["InlineRadios('a')", "TabHolder(", "SplitDateTimeField()", "form_show_errors = False", "CheckBoxColumn()"]
)
def test_what_is_planted_in_code_is_noticed(planted):
    assert [pattern for pattern in IN_CODE if re.search(pattern, planted)] != []


@pytest.mark.parametrize(
    "planted", ['<button class="btn-close">', '<p class="text-info">', '<p title="x">', "<a>x</a>", "<a class='x'>x</a>", "{# one\ntwo #}"]
)
def test_what_is_planted_in_a_template_is_noticed(planted):
    assert [pattern for pattern in IN_TEMPLATES if re.search(pattern, planted)] != []


def forms_of_the_house():
    """Every form class that is written in the house."""
    seen, waiting = set(), [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return {each for each in seen if each.__module__.split(".")[0] in FLOORS}


def test_no_form_asks_two_things_in_one_field():
    from cms_table import urls  # noqa: F401  every view, and so every form, is imported

    several = {
        f"{form.__name__}.{name}"
        for form in forms_of_the_house()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.MultiWidget)
    }
    assert several == set()


def test_no_field_has_words_inside_itself_instead_of_a_label():
    from cms_table import urls  # noqa: F401

    inside = {
        f"{form.__name__}.{name}"
        for form in forms_of_the_house()
        for name, field in form.base_fields.items()
        if field.widget.attrs.keys() & {"placeholder", "title", "aria-label"}
    }
    by_the_sign_in_library = {  # each form takes them out; what stays of the first, table.css does not draw
        *("SignInForm.password", "ForgottenPasswordForm.email"),
        *(f"NewPasswordForm.{name}" for name in ("oldpassword", "password1", "password2")),
        *(f"{form}.{name}" for form in ("FirstPasswordForm", "PasswordByMailForm") for name in ("password1", "password2")),
    }
    assert inside - by_the_sign_in_library == set()


def test_every_table_says_its_caption():
    without = {
        f"{name_of(path)}: {node.name}"
        for path in ROOMS
        if path.stem == "tables" or "tables" in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Attribute) and base.attr == "Table" for base in node.bases)
        and "caption" not in ast.unparse(node)
    }
    assert without == set()


def test_every_table_of_a_template_has_a_caption_and_heads_with_a_scope():
    broken = {
        name_of(path)
        for path in TEMPLATES
        for table in re.findall(r"<table\b.*?</table>", path.read_text(), flags=re.DOTALL)
        if "<caption" not in table or re.search(r"<th\b(?![^>]*\bscope=)", table)
    }
    assert broken == set()


def test_a_form_with_errors_says_them_at_each_field_and_once_at_the_top(rf):
    html = gallery(rf.get("/components/?errors")).content.decode()

    fields = set(re.findall(r'id="(id_\w+)_error"', html))
    assert fields != set()
    assert {field for field in fields if not re.search(rf'aria-describedby="[^"]*\b{field}_error\b', html)} == set()
    assert html.count('class="error-summary"') == 1
    assert re.search(r"<label[^>]*>[^<]*\*", html) is None
