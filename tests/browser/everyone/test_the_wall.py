"""The wall can be read from eight metres, and never has to be scrolled: in both languages, in each of its states, on a usual picture."""

import math
import os
from pathlib import Path

import pytest
from django.db import transaction

from tests.browser.everyone.occasions import on_the_wall
from tests.browser.everyone.studio import opened
from tests.conftest import browser_of

pytestmark = pytest.mark.browser
DISTANCE, WIDTH = 8_000, 2_000  # millimetres: the last row, and a picture two metres wide
SMALLEST, PREFERRED = 16, 20  # minutes of arc, of a capital letter (ISO 9241-303)
CAPITAL = 0.7  # of a letter's size: 0.70 (Segoe UI, San Francisco, Roboto) to 0.73 (Liberation Sans); the smallest counts
PICTURES = [(1920, 1080), (1280, 720)]
TO_PRESS = ".practice, .btn, .visually-hidden"  # what is read by whoever stands beside the computer
# Of each text that is drawn: its size in hundredths of the picture's width.
SIZES = """(aside) => {
  const found = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, inside = node.parentElement;
    const isHidden = !inside.checkVisibility() || getComputedStyle(inside).position === "absolute" || inside.closest(aside);
    if (!node.data.trim() || isHidden || inside.closest("template, script")) continue;
    found[node.data.trim()] = parseFloat(getComputedStyle(inside).fontSize) / innerWidth * 100;
  }
  return found;
}"""
BEYOND = """() => {
  const beyond = [...document.querySelectorAll("main *")].filter((each) => {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    const isCut = style.display !== "inline" && each.scrollWidth > each.clientWidth + 2;
    return box.width > 1 && style.position !== "absolute" && (isCut || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
  });
  const page = document.documentElement, scrolls = page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;
  return [...beyond.map((each) => each.className.baseVal ?? (each.className || each.tagName)), ...(scrolls ? ["the page"] : [])];
}"""


def minutes_of_arc(size: float) -> float:
    """How large a capital letter looks from the last row, when its text has ``size`` hundredths of the picture's width."""
    return math.degrees(2 * math.atan(size / 100 * WIDTH * CAPITAL / 2 / DISTANCE)) * 60


def walls(language) -> list[tuple[str, str]]:
    with transaction.atomic():
        every = [(name, answer.content.decode()) for name, answer, _act in on_the_wall(browser_of, language)]
        transaction.set_rollback(True)
    return [(name, html) for name, html in every if "on-the-wall" in html]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_each_wall_is_read_from_eight_metres_and_never_scrolled(in_the_house, chromium, language):
    every = in_the_house(walls, language)

    wrong = []
    with opened(chromium, language=language) as studio:
        for width, height in PICTURES:
            studio.window(width, height)
            for name, html in every:
                studio.show(html)
                if shots := os.environ.get("SHOTS"):
                    studio.page.screenshot(path=Path(shots) / f"{language}-{width}-{name}.png")
                beyond, sizes = studio.page.evaluate(BEYOND), studio.page.evaluate(SIZES, TO_PRESS)
                small = [text for text, size in sizes.items() if minutes_of_arc(size) < SMALLEST]
                wrong += [(language, width, name, beyond, small)] if beyond or small else []

    assert (wrong, len(every)) == ([], 11)
