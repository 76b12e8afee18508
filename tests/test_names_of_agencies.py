"""An agency's name is marked with the language that it is written in, wherever it stands, so that it is spoken rightly."""

import pytest

from agencies.models import Agency
from agencies.names import OwnName, sentence_with
from tests import canaries, cast
from tests.pseudo_locale import Reader
from tests.test_pseudo_locale import pages

pytestmark = pytest.mark.django_db

SYLLABICS = "ᐗᐌᓂ ᐃᓇᑳᓀᓯᐎᓐ"
# A page's title, an option and a label that is only heard cannot hold two languages.
HOLDS_ONE_LANGUAGE = {"title", "option", "td data-label"}
SEATS = {"presented": ["in_the_room", "chair", "recorder", "coordinator"], "responding": ["lead", "in_the_room", "originator", "chair"]}


def unmarked(page) -> set[str]:
    """The elements in which the name stands without its language."""
    reader = Reader()
    reader.feed(page)
    return {said.where for said in reader.said if SYLLABICS in said.text} - HOLDS_ONE_LANGUAGE


@pytest.mark.parametrize("stage", SEATS)
def test_a_name_in_anishinaabemowin_says_that_it_is(client_of, stage):
    opened = list(pages(canaries.town_at(stage, is_room_open=True)))
    Agency.objects.filter(name__in=["Larch Housing", "Otter Mental Health", "Heron School Board"]).update(name_language="oj")
    for each in Agency.objects.filter(name_language="oj"):
        Agency.objects.filter(pk=each.pk).update(name=f"{SYLLABICS} {each.name}")

    found, marked = {}, 0
    for part in SEATS[stage]:
        client = client_of(cast.the(part))
        for name, path in opened:
            response = client.get(path)
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                page = response.content.decode()
                marked += page.count('lang="oj"')
                if where := unmarked(page):
                    found[name] = found.get(name, set()) | where

    assert found == {}
    assert marked > 50


def test_the_sweep_notices_a_name_without_its_language():
    assert unmarked(f'<p>By <span lang="oj">{SYLLABICS}</span></p><td>{SYLLABICS}</td>') == {"td"}


def test_a_sentence_marks_the_name_in_it_and_escapes_the_rest():
    said = sentence_with("%(agency)s leads, by <%(day)s>.", agency=OwnName("ᐗᐌᓂ", "oj"), day="a & b")

    assert str(said) == '<span lang="oj">ᐗᐌᓂ</span> leads, by &lt;a &amp; b&gt;.'
