"""The floor plan holds: imports run down, rooms keep their size, rules live once, and every field is classified."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

HOUSE = Path(__file__).parent.parent
FLOORS = ["agencies", "situations", "responses", "meetings", "reports", "practice", "cms_table"]  # from the ground up
ROOMS = sorted(path for floor in FLOORS for path in (HOUSE / floor).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))


def name_of(path):
    return path.relative_to(HOUSE).as_posix()


def imported(path):
    """The names of the modules that a file imports, in whichever way."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


def strings(path):
    return [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def climbs(path):
    floor = FLOORS.index(path.relative_to(HOUSE).parts[0])
    above = FLOORS[floor + 1 :]
    by_import = [module for module in imported(path) if module.split(".")[0] in above]
    by_string = [text for text in strings(path) if re.fullmatch(rf"({'|'.join(above) or '-'})\.[A-Z]\w+", text)]
    return by_import + by_string


def test_imports_run_down_the_floors_and_never_up():
    assert {name_of(path): climbs(path) for path in ROOMS if climbs(path)} == {}


def test_nothing_imports_practice_but_the_roof():
    importers = {name_of(path) for path in ROOMS if any(module.split(".")[0] == "practice" for module in imported(path))}

    assert {name for name in importers if not name.startswith(("practice/", "cms_table/"))} == set()


def test_only_disclosure_sealing_lifecycle_and_the_models_name_sealed_text():
    allowed = {
        "situations/disclosure.py",
        "situations/sealing.py",
        "cms_table/management/commands/data_dictionary.py",  # says of which datum its words are
        "situations/models/sealed.py",
        "situations/models/__init__.py",
    }

    assert {name_of(path) for path in ROOMS if re.search(r"\bSealedText\b", path.read_text())} - allowed == set()


def test_only_sealing_imports_cryptography():
    assert [name_of(path) for path in ROOMS if any(module.startswith("cryptography") for module in imported(path))] == [
        "situations/sealing.py"
    ]


def views():
    return [path for path in ROOMS if "views" in path.parts or path.name in ("views.py", "pages.py")]


def test_views_reach_situations_through_visible_to():
    guards = ("visible_to", "lookable_by", "holdable_by")
    unguarded = {}
    for path in views():
        if found := [hit for hit in re.findall(r"Situation\.objects\.(\w+)", path.read_text()) if hit not in guards]:
            unguarded[name_of(path)] = found

    assert unguarded == {}


def test_no_view_fetches_one_row_but_through_what_its_reader_may_see():
    bare = {name_of(path): set(re.findall(r"get_object_or_404\(([A-Z]\w+), pk=", path.read_text())) for path in views()}

    assert {name: found for name, found in bare.items() if found} == {"agencies/views/vocabularies.py": {"Entry"}}  # every table's words


def test_no_view_takes_everything():
    assert [name_of(path) for path in views() if re.search(r"\.objects\.all\(\)", path.read_text())] == []


def test_whether_a_page_opens_is_asked_of_a_policy():
    asking = re.compile(r"roles_at\([^)]*\)\s*[&|=-]|(?<!\.)roles\s*[&-]\s|\.holds\(")
    pages = [*views(), HOUSE / "cms_table/context.py"]

    assert {name_of(path): asking.findall(path.read_text()) for path in pages if asking.search(path.read_text())} == {}


def test_nobody_but_a_lifecycle_assigns_a_stage():
    assigning = {
        name_of(path)
        for path in ROOMS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) and target.attr == "stage" for target in node.targets)
    }

    assert assigning == {"situations/lifecycle/stages.py", "situations/disclosure.py"}  # the latter on its own plain value


def test_no_page_changes_a_row_by_itself():
    writing = {
        name_of(path): hits for path in views() if (hits := re.findall(r"\.objects\b[^\n]*\.(?:update|create|delete)\(", path.read_text()))
    }

    assert writing == {}


def test_grants_are_given_and_ended_by_lifecycles_only():
    granting = {path for path in ROOMS if re.search(r"disclosure\.(grant|end|move_ends)\(", path.read_text())}

    assert {name_of(path) for path in granting if path.parts[-2] != "lifecycle"} == set()


@pytest.mark.parametrize("app", ["situations", "responses", "meetings", "reports"])
def test_every_field_stands_in_the_matrix_or_is_never_shown(app):
    policy = import_module(f"{app}.disclosure")
    classified = {f"{model}.{field}" for model, fields in policy.NEVER_SHOWN.items() for field in fields}
    classified |= {f"{key.split('.')[0]}.{field}" for key, fields in policy.FIELDS.items() for field in fields}

    there = {f"{model.__name__}.{field.name}" for model in apps.get_app_config(app).get_models() for field in model._meta.fields}
    assert (sorted(there - classified), sorted(classified - there)) == ([], [])


@pytest.mark.parametrize("app", ["situations", "responses", "meetings", "reports"])
def test_every_classified_field_names_a_datum_of_the_matrix(app):
    revealed = import_module("situations.disclosure").REVEALED

    assert {key for key in import_module(f"{app}.disclosure").FIELDS if key.split(".")[1] not in revealed} == set()


def test_rooms_keep_their_size():
    budgets = {"models": 300, "lifecycle": 300, "views": 250}
    large = {}
    for path in ROOMS:
        kind = next((kind for kind in budgets if kind in path.parts or path.stem == kind), None)
        lines = len(path.read_text().splitlines())
        if kind and lines > budgets[kind]:
            large[name_of(path)] = lines

    assert large == {}


def test_templates_keep_their_size():
    assert {name_of(path): lines for path in TEMPLATES if (lines := len(path.read_text().splitlines())) > 120} == {}


def test_every_include_sees_only_what_it_is_handed():
    wide = {
        name_of(path): found
        for path in TEMPLATES
        if (found := [tag for tag in re.findall(r"{%\s*include [^%]*%}", path.read_text()) if not re.search(r"\bonly\s*%}", tag)])
    }

    assert wide == {}


def test_every_form_that_posts_carries_a_token():
    without = []
    for path in TEMPLATES:
        if path.parts[-2] in ("account", "allauth") or "allauth" in path.parts:
            continue  # the sign-in library guards its own forms
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), flags=re.DOTALL):
            carries_it = re.search(r"{% form_token %}|{% form_frame\b|{{ frame }}", form)  # a form's frame holds the token
            if not carries_it and "{% url 'language' %}" not in form and "account_logout" not in form:
                without.append(name_of(path))

    assert without == []


def test_no_form_lets_the_browser_write_its_words_to_the_disk():
    """For opening its pages again, a browser writes down what stands in their fields, unless the form says not to. A password has none."""
    forms = [(name_of(path), form) for path in TEMPLATES for form in re.findall(r"<form\b[^>]*id=\"typed\"[^>]*", path.read_text())]

    assert [name for name, form in forms if 'autocomplete="off"' not in form and "/account/" not in name and "/mfa/" not in name] == []


# A script or style inside a page, or text that is not escaped.
INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son\w+\s*=|\|\s*safe\w*\b|autoescape\s+off", re.IGNORECASE)


def test_no_page_holds_a_script_or_a_style_of_its_own_or_text_that_is_not_escaped():
    assert [name_of(path) for path in TEMPLATES if INLINE.search(path.read_text())] == []


def test_no_code_calls_a_text_safe_that_it_has_not_escaped():
    assert [name_of(path) for path in ROOMS if re.search(r"mark_safe|SafeString\(", path.read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        "<style>p {}</style>",
        "<p\n style = 'color: red'>",
        "<script>go()</script>",
        "<script\n defer>go()</script>",
        '<a href="/" onclick="go()">',
        "<BODY ONLOAD=go()>",
        "{{ words|safe }}",
        "{{ words | safeseq }}",
        "{% autoescape off %}",
    ],
)
def test_what_is_planted_in_a_page_is_noticed(planted):
    assert INLINE.search(planted) is not None


@pytest.mark.django_db
def test_there_is_no_admin_site_that_could_save_a_row_past_the_lifecycles():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)

    assert (apps.is_installed("django.contrib.admin"), "django_admin_log" in tables) == (False, False)


def test_modules_are_named_for_their_contents():
    junk = {"utils.py", "helpers.py", "common.py", "services.py", "signals.py", "misc.py"}

    assert [name_of(path) for path in ROOMS if path.name in junk] == []
