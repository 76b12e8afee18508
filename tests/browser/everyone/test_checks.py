"""What is planted in a page is noticed: each check is shown a page that breaks its rule, and one that keeps all of them."""

import pytest

from tests.browser.everyone.studio import TAGS, opened

pytestmark = pytest.mark.browser

PAGE = """<!DOCTYPE html><html lang="en-ca"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/vendor/bootstrap/bootstrap.min.css"><link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/table.css"></head><body>
<main id="main" class="container" tabindex="-1">{main}</main></body></html>"""
CALM = "<h1>A page</h1><p>Words. <a href='#main'>Within a sentence</a> more words.</p><p><a class='btn' href='#main'>Go</a></p>"
FIELD = '<div class="field"><label class="form-label" for="name">Name</label>{error}<input class="form-control" id="name"{marks}></div>'
TOLD = '<div class="invalid-feedback" id="name_error"><p>Say the name</p></div>'
SUMMARY = '<div class="error-summary" tabindex="-1" autofocus><h2>One thing</h2><ul><li><a href="#name">Say the name</a></li></ul></div>'
MARKS = ' aria-describedby="name_error" aria-invalid="true"'
WHOLE = f"{SUMMARY}<h1>A form</h1>{FIELD.format(error=TOLD, marks=MARKS)}"
PLANTED = [
    ("order", "<h1>One</h1><h1>Two</h1>", "2 h1"),
    ("order", "<h1>One</h1><h3>Three</h3>", "h3 after h1"),
    ("order", "<h1>One</h1><p id='a'>x</p><p id='a'>y</p>", "the id a stands 2 times"),
    ("order", "<h1>One</h1><p aria-labelledby='gone'>x</p>", 'aria-labelledby="gone" leads nowhere'),
    ("order", "<h1>One</h1><p><a href='#gone'>x</a></p>", "#gone leads nowhere"),
    ("order", "<h1>One</h1><p><label for='n'>Name *</label><input id='n'></p>", "a star says “required”"),
    ("order", "<h1>One</h1><p><input></p>", "no label"),
    ("errors", WHOLE.replace(SUMMARY, ""), "outside of a summary"),
    ("errors", WHOLE.replace(" autofocus", ""), "the focus is at body"),
    ("errors", WHOLE.replace("#name", "#nowhere"), "leads to no field"),
    ("errors", WHOLE.replace('class="invalid-feedback"', 'class="invalid-feedback d-none"'), "an error that nobody sees"),
    ("errors", WHOLE.replace(' aria-describedby="name_error"', ""), "no field leads to"),
    ("errors", WHOLE.replace(' aria-invalid="true"', ""), "not marked as wrong"),
    ("errors", WHOLE.replace("<p>Say the name", "<p>Say something else"), "not in the summary"),
    ("goesOn", CALM, "at the top of the page"),
    ("focus", "<h1>x</h1><p><a class='btn' href='#main' style='outline: 0 !important'>Go</a></p>", "no ring"),
    ("focus", "<h1>x</h1><p><a class='btn' href='#main'>Go</a></p><div style='position: fixed; inset: 0'>y</div>", "lies over"),
    ("focus", "<h1>x</h1><p><a class='btn' href='#main' style='position: absolute; left: -99rem'>Go</a></p>", "out of sight"),
    ("reflow", "<h1>x</h1><p style='width: 99rem; max-width: none'>y</p>", "the window 320"),
    ("texts", "<h1>x</h1><p style='height: 1rem; overflow: hidden'>many words that need several lines on a phone</p>", "cut off"),
    ("texts", "<h1>x</h1><p style='margin-bottom: -2rem'>one</p><p>other</p>", "lie over each other"),
    ("spaced", "<h1>x</h1><p style='height: 1.7rem; width: 5.6rem; overflow: hidden'>narrow words</p>", "cut off"),
    ("still", "<h1>x</h1><p style='transition: opacity 1s'>y</p>", "moves"),
    ("lined", "<h1>x</h1><p><span class='notice' style='border: 0'>y</span></p>", "no line around"),
]  # fmt: skip


@pytest.fixture(scope="module")
def studio(chromium):
    with opened(chromium, language="en-ca") as studio:
        studio.window(320, 640)
        yield studio


def shown(studio, main, *, title="Error: a form"):
    studio.show(PAGE.format(main=main, title=title))


@pytest.mark.parametrize(("check", "main", "said"), PLANTED, ids=[f"{check}: {said}" for check, _main, said in PLANTED])
def test_what_is_planted_is_noticed(studio, check, main, said):
    shown(studio, main)

    found = studio.ask(check)

    assert [sentence for sentence in found if said in sentence] != [], found


def test_a_small_target_is_noticed_and_a_link_within_a_sentence_is_none(studio):
    shown(studio, "<h1>x</h1><p>Words <a href='#main' class='small'>inside</a>.</p><button class='as-link'>small</button>")

    assert [sentence.split(": ")[1] for sentence in studio.ask("targets", 44)] == ["button.as-link “small”"]


def test_what_axe_knows_is_noticed(studio):
    shown(studio, "<h1>x</h1><p style='color: #999'>faint</p><button style='width: 9px; height: 9px; padding: 0'></button>")

    assert {sentence.split(":")[0] for sentence in studio.ask("axeSays", TAGS)} >= {"color-contrast", "button-name"}


def test_a_title_that_does_not_begin_with_the_error_is_noticed(studio):
    shown(studio, WHOLE, title="A form")

    assert studio.ask("errors") == ["the title is “A form”"]


@pytest.mark.parametrize("check", ["order", "errors", "focus", "reflow", "texts", "spaced", "still", "lined"])
@pytest.mark.parametrize("main", [CALM, WHOLE], ids=["a page", "a form with an error"])
def test_a_page_that_keeps_the_rules_is_left_alone(studio, check, main):
    shown(studio, main)

    assert studio.ask(check) == []
