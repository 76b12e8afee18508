"""The colours of static/css/tokens.css, held against the contrast that the look promises."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
TABLE = (Path(settings.BASE_DIR) / "static/css/table.css").read_text()

# What is read, on what it stands. WCAG asks 4.5 to 1; the look promises 6.
TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunk"), ("ink", "practice"),
    ("ink", "accent-wash"), ("ink", "done-wash"), ("ink", "wait-wash"), ("ink", "owed-wash"), ("ink", "still-wash"),
    ("ink-soft", "paper"), ("ink-soft", "surface"), ("ink-soft", "sunk"),
    ("accent", "paper"), ("accent", "surface"), ("accent-strong", "paper"), ("accent-strong", "surface"), ("accent-strong", "accent-wash"),
    ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("done", "done-wash"), ("done", "surface"), ("done", "paper"), ("wait", "wait-wash"), ("wait", "surface"), ("wait", "paper"),
    ("wait", "practice"), ("owed", "owed-wash"), ("owed", "surface"), ("owed", "paper"), ("still", "still-wash"), ("still", "paper"),
]  # fmt: skip
# What must be seen but is not read. WCAG asks 3 to 1; the look promises 3.7.
MARKS = [
    ("edge", "paper"), ("edge", "surface"), ("edge", "sunk"), ("accent", "paper"), ("accent", "surface"), ("accent", "accent-wash"),
    ("owed", "surface"), ("focus-ring", "paper"), ("focus-ring", "surface"), ("focus-ring", "focus-halo"), ("wait", "practice"),
]  # fmt: skip


def colours(block):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = colours(TOKENS.split("@media")[0])
DARK_BY_SYSTEM = colours(TOKENS.split('not([data-bs-theme="light"])')[1].split("}")[0])
DARK_BY_PAGE = colours(TOKENS.split(':root[data-bs-theme="dark"]')[1].split("}")[0])


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("palette", [LIGHT, DARK_BY_SYSTEM], ids=["light", "dark"])
def test_every_text_stands_at_six_to_one_or_better(palette):
    too_faint = [(text, ground) for text, ground in TEXT if contrast(palette[text], palette[ground]) < 6]

    assert too_faint == []


@pytest.mark.parametrize("palette", [LIGHT, DARK_BY_SYSTEM], ids=["light", "dark"])
def test_every_line_and_ring_can_be_seen(palette):
    too_faint = [(mark, ground) for mark, ground in MARKS if contrast(palette[mark], palette[ground]) < 3.7]

    assert too_faint == []


def test_dark_is_the_same_whether_the_system_or_the_page_asks_for_it():
    assert DARK_BY_SYSTEM == DARK_BY_PAGE


def test_dark_names_every_colour_that_light_names():
    assert sorted(DARK_BY_SYSTEM) == sorted(LIGHT)


def test_the_parts_take_every_colour_from_the_tokens():
    on_screen = TABLE.split("@media print")[0]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", on_screen) == []


def test_the_parts_use_only_tokens_that_exist():
    used = set(re.findall(r"var\(--([a-z0-9-]+)", TABLE))
    named = set(re.findall(r"--([a-z0-9-]+):", TOKENS + TABLE))

    assert used - named == set()


def test_there_is_no_pure_red():
    red = [name for name, colour in [*LIGHT.items(), *DARK_BY_SYSTEM.items()] if int(colour[1:3], 16) > 170 and int(colour[3:5], 16) < 90]

    assert red == []
