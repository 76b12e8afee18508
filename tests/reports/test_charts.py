import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import Bar, Caption, Group, bar_chart, count_words, grouped_bar_chart, line_chart, percentage_words, stacked_bar_chart

CAPTION = Caption("risks", "Housing came up most", "Bars, one for each risk category.")
BARS = [Bar("Mental health", 60), Bar("Housing", 30, is_found=True), Bar("Gangs", None)]
GROUPS = [Group("Housing", (60, 40), is_found=True), Group("Gangs", (20, None))]
SERIES = ["this year", "last year"]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en-ca"):
        yield


def drawn(svg):
    """The wide drawing and the narrow one."""
    return ElementTree.fromstring(f"<figure>{svg}</figure>")


def wide(svg):
    return drawn(svg)[0]


def narrow(svg):
    return drawn(svg)[1]


def texts(svg):
    """What a drawing says, without its title and description."""
    return ["".join(text.itertext()) for text in svg.iter("text")]


def numbers(svg, tag, *attributes):
    return [tuple(float(piece.get(attribute)) for attribute in attributes) for piece in svg.iter(tag)]


CHARTS = {
    "bars": lambda values: bar_chart(
        [Bar(f"Row {letter}", value) for letter, value in zip("abcdef", values, strict=False)], caption=CAPTION
    ),
    "grouped": lambda values: grouped_bar_chart(
        [Group("A", values[:3]), Group("B", values[3:])], series=["new", "old", "older"], caption=CAPTION
    ),
    "stacked": lambda values: stacked_bar_chart(
        [Group("A", values[:3]), Group("B", values[3:])], series=["in time", "late", "never"], caption=CAPTION
    ),
    "line": lambda values: line_chart(
        [Bar(f"Point {letter}", value) for letter, value in zip("abcdef", values, strict=False)], caption=CAPTION
    ),
}
every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
unhurried = settings(deadline=None)  # a busy machine is no fault of the drawing
shown_values = st.lists(st.none() | st.integers(2, 200).map(lambda n: 5 * n), min_size=6, max_size=6)


# What it shows ---------------------------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers():
    [(mental_health,), (housing,)] = numbers(wide(bar_chart(BARS, caption=CAPTION)), "rect", "width")

    assert abs(mental_health - 2 * housing) <= 1  # pixels are whole


def test_each_bar_stands_beside_its_label_and_its_number():
    assert texts(wide(bar_chart(BARS, caption=CAPTION))) == ["Mental health", "60", "Housing", "30", "Gangs", "not shown"]


def test_rows_keep_their_order():
    backwards = list(reversed(BARS))

    assert texts(narrow(bar_chart(backwards, caption=CAPTION))) == ["Gangs", "not shown", "Housing", "30", "Mental health", "60"]


def test_the_finding_is_accented_and_bold():
    svg = wide(bar_chart(BARS, caption=CAPTION))

    assert [rect.get("class") for rect in svg.iter("rect")] == ["bar", "found"]
    assert ["".join(text.itertext()) for text in svg.iter("text") if text.get("class") == "v"] == ["60", "Housing", "30"]


def test_a_percentage_is_drawn_against_a_hundred():
    of_all, of_the_largest = (
        wide(bar_chart([Bar("Housing", 50)], caption=CAPTION, number=percentage_words, longest=longest)) for longest in (100, 0)
    )

    [(half,)], [(whole,)] = numbers(of_all, "rect", "width"), numbers(of_the_largest, "rect", "width")
    assert abs(2 * half - whole) <= 1


def test_a_bar_never_runs_over_the_sheet_although_it_is_longer_than_the_longest():
    [(start, length)] = numbers(wide(bar_chart([Bar("Housing", 200)], caption=CAPTION, longest=100)), "rect", "x", "width")

    assert start + length < 760


def test_a_grouped_chart_names_the_series_at_each_bar():
    assert texts(wide(grouped_bar_chart(GROUPS, series=SERIES, caption=CAPTION))) == [
        *["Housing", "60 this year", "40 last year"],
        *["Gangs", "20 this year", "not shown last year"],
    ]


def test_a_stacked_chart_names_each_part_under_the_bar():
    assert texts(wide(stacked_bar_chart(GROUPS, series=SERIES, caption=CAPTION))) == [
        *["Housing", "this year: 60 · last year: 40"],
        *["Gangs", "this year: 20 · last year: not shown"],
    ]


def test_on_a_phone_the_name_of_a_part_stays_with_its_number():
    svg = narrow(stacked_bar_chart(GROUPS[:1], series=["contact within 24 h", "contact within 48 h"], caption=CAPTION))

    assert texts(svg) == ["Housing", "contact within 24 h: 60", "contact within 48 h: 40"]


def test_the_parts_of_a_stack_follow_each_other():
    [(first, length), (second, _), _] = numbers(wide(stacked_bar_chart(GROUPS, series=SERIES, caption=CAPTION)), "rect", "x", "width")

    assert second == first + length


def test_the_parts_of_a_stack_differ_in_lightness_and_have_an_outline():
    parts = [*wide(stacked_bar_chart(GROUPS[:1], series=SERIES, caption=CAPTION)).iter("rect")]

    assert [(part.get("fill-opacity"), part.get("stroke")) for part in parts] == [("1.0", "currentColor"), ("0.6", "currentColor")]


def test_a_line_is_as_high_as_its_numbers():
    svg = wide(line_chart([Bar("May", 10), Bar("June", 20)], caption=CAPTION))

    [(may,), (june,)] = numbers(svg, "circle", "cy")
    [(base,)] = numbers(svg, "line", "y1")
    assert base - june == 2 * (base - may)


def test_a_line_is_broken_where_a_number_is_not_shown():
    months = [Bar("May", 10), Bar("June", 20), Bar("July", None), Bar("August", 15), Bar("September", 20), Bar("October", 15)]

    svg = wide(line_chart(months, caption=CAPTION))

    assert [len(line.get("points").split()) for line in svg.iter("polyline")] == [2, 3]


def test_a_phone_reads_a_line_as_bars():
    months = [Bar("May", 10), Bar("June", None)]

    assert ElementTree.tostring(narrow(line_chart(months, caption=CAPTION))) == ElementTree.tostring(
        narrow(bar_chart(months, caption=CAPTION))
    )


@pytest.mark.parametrize(
    ("low", "is_under"), [(60, True), pytest.param(5, False, id="a point so low that its number would run into the labels")]
)
def test_a_number_beside_a_rising_line_stands_under_its_point(low, is_under):
    svg = wide(line_chart([Bar("May", low), Bar("June", 100)], caption=CAPTION))

    heights = {"".join(text.itertext()): float(text.get("y")) for text in svg.iter("text")}
    [(may,), (june,)] = numbers(svg, "circle", "cy")
    assert (heights[str(low)] > may, heights["100"] > june) == (is_under, False)


def test_only_a_wide_chart_needs_a_base_line():
    assert [[line.get("class") for line in svg.iter("line")] for svg in drawn(bar_chart(BARS[:2], caption=CAPTION))] == [["base"], []]


# What it does not show ------------------------------------------------------------------------------------------------------


def test_a_number_that_is_not_shown_has_a_dashed_mark_without_length():
    [mark] = [line for line in wide(bar_chart(BARS, caption=CAPTION)).iter("line") if line.get("class") == "none"]

    assert (mark.get("x1"), mark.get("stroke-dasharray")) == (mark.get("x2"), "4 4")


@every_chart
def test_every_number_that_is_not_shown_is_said_to_be_not_shown(chart):
    for svg in drawn(chart([10, None, 20, None, None, 10])):
        assert " ".join(texts(svg)).count("not shown") == 3
        assert [line.get("class") for line in svg.iter("line")].count("none") == 3


@every_chart
def test_a_chart_of_which_nothing_is_shown_has_no_bar_and_no_point(chart):
    svg = drawn(chart([None] * 6))

    assert [piece.tag for piece in svg.iter() if piece.tag in {"rect", "circle", "polyline"}] == []


@every_chart
@unhurried
@given(shown_values)
def test_every_number_in_the_text_is_a_shown_one(chart, values):
    svg = drawn(chart(values))

    said = {int(number) for text in svg.itertext() for number in re.findall(r"\d+", text.replace(",", ""))}

    assert said == set(values) - {None}


@every_chart
@unhurried
@given(shown_values)
def test_every_other_number_is_a_coordinate(chart, values):
    coordinates = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "viewBox"}
    looks = {"stroke-dasharray", "fill-opacity", "font-weight"}

    with_numbers = {name for piece in drawn(chart(values)).iter() for name, value in piece.attrib.items() if re.search(r"\d", value)}

    assert with_numbers <= coordinates | looks


@pytest.mark.parametrize("chart", [CHARTS["bars"], CHARTS["grouped"], CHARTS["line"]])
@unhurried
@given(shown_values)
def test_a_sheet_is_as_high_whatever_its_numbers(chart, values):
    some, none = ([svg.get("viewBox") for svg in drawn(chart(these))] for these in (values, [None] * 6))

    assert some == none


@every_chart
@unhurried
@given(shown_values)
def test_nothing_is_drawn_beside_the_sheet(chart, values):
    for svg, width in zip(drawn(chart(values)), (760, 320), strict=True):
        assert all(0 <= x <= x + length <= width for x, length in numbers(svg, "rect", "x", "width"))
        assert all(5 <= x <= width - 5 for (x,) in numbers(svg, "circle", "cx"))
        beside = [text for text in svg.iter("text") if text.get("text-anchor", "start") == "start"]
        assert all(float(text.get("x")) + 8 * len("".join(text.itertext())) <= width for text in beside)


# Who reads it ---------------------------------------------------------------------------------------------------------------


@every_chart
def test_a_chart_is_one_image_that_says_its_finding_and_what_is_drawn(chart):
    for svg in drawn(chart([10, 20, 30, 40, 50, 60])):
        title, description = svg.find("title"), svg.find("desc")

        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == ("Housing came up most", "Bars, one for each risk category.")


@every_chart
def test_no_two_parts_of_a_page_have_one_id(chart):
    ids = [piece.get("id") for piece in drawn(chart([10, 20, 30, 40, 50, 60])).iter() if piece.get("id")]

    assert ids == ["risks-wide-title", "risks-wide-desc", "risks-narrow-title", "risks-narrow-desc"]


@every_chart
def test_the_style_sheet_finds_the_wide_and_the_narrow_drawing(chart):
    svgs = [*drawn(chart([10, 20, 30, 40, 50, 60]))]

    assert [svg.get("class") for svg in svgs] == ["bars bars-wide", "bars bars-narrow"]
    assert [svg.get("viewBox").split()[2] for svg in svgs] == ["760", "320"]


@every_chart
def test_a_chart_carries_no_style_and_no_script(chart):
    pieces = [*drawn(chart([10, None, 30, 40, 50, 60])).iter()]

    assert {piece.tag for piece in pieces} <= {"figure", "svg", "title", "desc", "text", "tspan", "rect", "line", "circle", "polyline"}
    assert [name for piece in pieces for name in piece.attrib if name == "style" or name.startswith("on")] == []


def test_a_label_cannot_become_a_part_of_the_drawing():
    svg = bar_chart([Bar("<script>&", 10)], caption=Caption("risks", "<b>", "&"))

    assert isinstance(svg, SafeString)
    assert texts(wide(svg)) == ["<script>&", "10"]


def test_a_long_label_is_set_in_several_lines_that_do_not_run_into_the_next_row():
    svg = wide(
        bar_chart([Bar("Antisocial or negative behaviour in the neighbourhood or at school", 10), Bar("Gangs", 20)], caption=CAPTION)
    )

    heights = {"".join(text.itertext()): float(text.get("y")) for text in svg.iter("text")}
    assert [text for text in heights if text[0].isalpha()] == [
        "Antisocial or negative",
        "behaviour in the neighbourhood",
        "or at school",
        "Gangs",
    ]
    assert heights["Gangs"] - heights["or at school"] >= 20


@pytest.mark.parametrize("chart", [bar_chart, line_chart])
def test_a_chart_without_rows_is_empty(chart):
    assert texts(drawn(chart([], caption=CAPTION))) == []


# Numbers in words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en-ca", "1,250"), ("fr-ca", "1\xa0250")])
def test_a_count_is_written_in_the_readers_language(language, words):
    with translation.override(language):
        assert count_words(1250) == words


@pytest.mark.parametrize(("value", "words"), [(5, "5% or less"), (6, "6%"), (94, "94%"), (95, "95% or more")])
def test_a_percentage_at_its_ends_says_what_it_stands_for(value, words):
    assert percentage_words(value) == words
