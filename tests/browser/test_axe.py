"""No page and no error state breaks a rule that axe knows, WCAG 2.2 AA included, in English at 1280 and French at 320 pixels."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser.conftest import OpenHouse, sign_in

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What leaves the pages: files, other languages, the way out.
NO_PAGE = {
    "situations:print_answers",
    "agencies:export_directory",
    "agencies:import_template",
    "account_logout",
    "reports:download",
    "components",
}
ON_PAPER = {"meetings:paper"}  # a sheet to print has the width of paper
# Forms that refuse to be empty: their error state is looked at too. The address of one is found by following the links.
REFUSES_TO_BE_EMPTY = {
    "situations:intake",
    "meetings:reject",
    "meetings:defer",
    "responses:plan_step",
    "responses:service",
    "responses:raise_issue",
    "agencies:invite",
    "agencies:publish",
    "agencies:add_agency",
    "agencies:delegate",
    "agencies:sign",
}


EMPTY = """
for (const field of document.querySelectorAll("main form[method=post] :is(input, textarea)")) {
  if (["radio", "checkbox"].includes(field.type)) field.checked = false;
  else if (!["hidden", "submit"].includes(field.type)) field.value = "";
}
"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    opened = OpenHouse(tmp_path_factory.mktemp("furnished"), is_furnished=True)
    yield opened
    opened.close()


def name_of(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def broken(page) -> list[str]:
    """The rules that the page breaks, each with the place."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]


def doors(page):
    """The addresses to which the page's links lead."""
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [urlsplit(link).path for link in links if urlsplit(link).scheme.startswith("http")]


def walk(page, start="/"):
    """Follow every link, one address of each kind, and say what is broken where."""
    seen, waiting, wrong = set(), [start], {}
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or name in seen or name in NO_PAGE:
            continue
        seen.add(name)
        page.goto(path)
        wrong[name] = broken(page)
        wide = name not in ON_PAPER and page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        wrong[name] += ["wider than the screen"] if wide else []
        waiting += doors(page)
        if name in REFUSES_TO_BE_EMPTY:
            page.evaluate(EMPTY)
            button = page.locator("main form[method=post] .btn-primary:visible")
            if button.count():
                button.first.click()
                page.wait_for_load_state()
            if page.locator(".error-summary").count():
                wrong[f"{name}, with errors"] = broken(page)
    return {name: rules for name, rules in wrong.items() if rules}, seen


WIDE, NARROW = ("en-CA", 1280), ("fr-CA", 320)
SEATS = [
    (part, *screen)
    for part in ("originator", "lead", "chair", "coordinator", "privacy_officer", "administrator")
    for screen in (WIDE, NARROW)
]
# Their pages are those of the others, or few: once each.
SEATS += [("recorder", *WIDE), ("steering", *NARROW), ("observer", *NARROW)]


@pytest.mark.parametrize(("part", "language", "width"), SEATS)
def test_no_page_breaks_a_rule(furnished, chromium, part, language, width):
    page = sign_in(chromium, furnished, part, language=language, width=width)

    wrong, seen = walk(page)
    page.context.close()

    assert wrong == {}
    assert len(seen) > 5


def test_the_sign_in_page_and_its_error_break_no_rule(furnished, chromium):
    context = chromium.new_context(base_url=furnished.address)
    page = context.new_page()
    page.goto("/accounts/login/")
    first = broken(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()

    assert (first, broken(page)) == ([], [])
    assert re.search("Error|Erreur", page.title())
    context.close()
