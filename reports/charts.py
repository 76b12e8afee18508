"""The pictures of a release: bars and lines as SVG, drawn from shown numbers and from nothing else.

Every length, every height and the end of every axis follows from the numbers shown; a number that is not shown has a dashed mark
without length and the words "not shown". Colours are classes of the table's style sheet (``bar``, ``found``, ``base``, ``none``,
``v``, ``soft``), so that they follow dark and high-contrast screens; lines carry ``currentColor`` to be seen without it. Each
chart comes twice, wide and for a phone, and the style sheet shows one. The page puts the same numbers beside it in a table.
"""

import textwrap
from collections.abc import Callable, Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.suppression import PUBLIC_RULES, Rules

NumberWords = Callable[[int], str]

# Pixels of the drawing, which the page scales to its width; text is 16 px, as in the style sheet.
LETTER = 8.2  # a letter's mean width, rather wide, since a label must not run into its bar
LINE = 20  # from one line of text to the next
ROW_GAP = 14
PLOT_HEIGHT = 200

TEXT = {anchor: f'<text class="{{}}" x="{{}}" y="{{}}" text-anchor="{anchor}">{{}}</text>' for anchor in ("start", "middle", "end")}
NOT_SHOWN = '<text class="soft" font-style="italic" x="{}" y="{}" text-anchor="{}">{}{}</text>'


class Bar(NamedTuple):
    """One row, or one point of a line: its label and its number, None where it is not shown.

    The found one is that of which the figure's heading speaks.
    """

    label: str
    value: int | None
    is_found: bool = False


class Group(NamedTuple):
    """One row of a grouped or stacked chart: its label, and a number or None for each series, in the order of the series."""

    label: str
    values: Sequence[int | None]
    is_found: bool = False


class Caption(NamedTuple):
    """What is read aloud: the finding, and what is drawn. ``name`` makes the ids, and is unique on its page."""

    name: str
    title: str
    description: str


def count_words(value: int) -> str:
    """A count as the reader's language writes it."""
    return number_format(value, force_grouping=True)


def percentage_words(value: int, rules: Rules = PUBLIC_RULES) -> str:
    """A percentage from ``suppression.percentage`` as the reader's language writes it, its two ends by what they stand for."""
    if value >= rules.top_percentage:
        return _("%(percentage)d%% or more") % {"percentage": value}
    if value <= rules.bottom_percentage:
        return _("%(percentage)d%% or less") % {"percentage": value}
    # Translators: in French, with a no-break space before the sign.
    return _("%(percentage)d%%") % {"percentage": value}


def bar_chart(bars: Sequence[Bar], *, caption: Caption, number: NumberWords = count_words, longest: int = 0) -> SafeString:
    """Horizontal bars, one a row, in the order given.

    ``longest`` is the number whose bar would take the whole width (100 for percentages); the largest shown number if that is more.
    """
    rows = [_Row(bar.label, bar.is_found, [_Strip([bar.value], [_at_the_end(bar.value, number)])]) for bar in bars]
    return _wide_and_narrow(rows, caption=caption, longest=longest)


def grouped_bar_chart(
    groups: Sequence[Group], *, series: Sequence[str], caption: Caption, number: NumberWords = count_words, longest: int = 0
) -> SafeString:
    """Horizontal bars, in each row one for each series with its name at its end; else as ``bar_chart``."""
    rows = [
        _Row(
            group.label,
            group.is_found,
            [_Strip([value], [_at_the_end(value, number, of)]) for of, value in zip(series, group.values, strict=True)],
        )
        for group in groups
    ]
    return _wide_and_narrow(rows, caption=caption, longest=longest)


def stacked_bar_chart(
    groups: Sequence[Group], *, series: Sequence[str], caption: Caption, number: NumberWords = count_words, longest: int = 0
) -> SafeString:
    """One bar a row, its parts in the order of the series, each named with its number under the bar; else as ``bar_chart``.

    A part that is not shown has no length: the bar is as long as its shown parts together.
    """
    rows = [
        _Row(
            group.label,
            group.is_found,
            [_Strip(group.values, [_named(of, value, number) for of, value in zip(series, group.values, strict=True)], is_stacked=True)],
        )
        for group in groups
    ]
    return _wide_and_narrow(rows, caption=caption, longest=longest)


def line_chart(points: Sequence[Bar], *, caption: Caption, number: NumberWords = count_words) -> SafeString:
    """A line over time from left to right, above a base line that stands for none; broken where a number is not shown.

    A phone shows bars instead: on 320 pixels a year of months could not be read otherwise.
    """
    rows = [_Row(point.label, point.is_found, [_Strip([point.value], [_at_the_end(point.value, number)])]) for point in points]
    return format_html("{}{}", _line(points, caption, number), _bars(rows, NARROW, caption, longest=0))


class _Words(NamedTuple):
    """Some words beside a bar: a number, or that it is not shown, and whose it is."""

    text: str
    is_shown: bool
    series: str = ""


class _Strip(NamedTuple):
    """One bar with its parts, and the words at its end, or under it if it is stacked."""

    values: Sequence[int | None]
    words: list[_Words]
    is_stacked: bool = False


class _Row(NamedTuple):
    label: str
    is_found: bool
    strips: list[_Strip]


class _Frame(NamedTuple):
    """The sheet on which a chart is drawn."""

    size: str
    width: int
    thickness: int
    label_letters: int


WIDE = _Frame("wide", 760, 26, 30)
NARROW = _Frame("narrow", 320, 18, 38)


def _at_the_end(value: int | None, number: NumberWords, series: str = "") -> _Words:
    return _Words(_("not shown") if value is None else number(value), value is not None, series)


def _named(series: str, value: int | None, number: NumberWords) -> _Words:
    # Translators: a series and its number, such as “Within 24 h: 30”; in French with a no-break space before the colon.
    words = _("%(series)s: %(number)s") % {"series": series, "number": _("not shown") if value is None else number(value)}
    return _Words(words, value is not None)


def _wide_and_narrow(rows: list[_Row], *, caption: Caption, longest: int) -> SafeString:
    return format_html("{}{}", _bars(rows, WIDE, caption, longest=longest), _bars(rows, NARROW, caption, longest=longest))


def _bars(rows: list[_Row], frame: _Frame, caption: Caption, *, longest: int) -> SafeString:
    """The rows drawn one below the other; beside their labels on a wide sheet, under them on a narrow one."""
    strips = [strip for row in rows for strip in row.strips]
    label_letters = max((len(line) + row.is_found for row in rows for line in _lines(row.label, frame.label_letters)), default=0)
    start = round(label_letters * LETTER) + ROW_GAP if frame is WIDE else 0
    # Beside the bars there is room for the longest words, and for the marks of parts that are not shown.
    beside = max((len(f"{words.text} {words.series}") for strip in strips if not strip.is_stacked for words in strip.words), default=0)
    marks = max((strip.values.count(None) for strip in strips), default=0)
    room = frame.width - start - round(beside * LETTER) - 12 * marks - 12
    longest = max([longest, *(sum(value or 0 for value in strip.values) for strip in strips)])
    pieces = []
    top = ROW_GAP // 2
    for row in rows:
        drawn, top = _row(row, frame, start=start, top=top, scale=room / longest if longest else 0)
        pieces += drawn
    height = top - ROW_GAP // 2
    if frame is WIDE:
        pieces.append(format_html('<line class="base" stroke="currentColor" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', start, height))
    return _svg(frame, height, caption, pieces)


def _row(row: _Row, frame: _Frame, *, start: int, top: int, scale: float) -> tuple[list[SafeString], int]:
    """One row, and the height at which the next one begins."""
    lines = _lines(row.label, frame.label_letters)
    label_class = "v" if row.is_found else "label"
    if frame is WIDE:
        label = _text_lines(lines, x=start - ROW_GAP, y=top + 18, anchor="end", classes=label_class)
        bottom_of_label, y = top + LINE * len(lines), top
    else:
        label = _text_lines(lines, x=0, y=top + 13, anchor="start", classes=label_class)
        bottom_of_label = y = top + LINE * len(lines)
    pieces = label
    for strip in row.strips:
        drawn, x = _parts(strip, frame, start=start, y=y, scale=scale, is_found=row.is_found)
        pieces += drawn
        y += frame.thickness
        if strip.is_stacked:
            lines_under = _filled(strip.words, int((frame.width - start - 4) / LETTER))
            pieces += _text_lines(lines_under, x=start + 4 if frame is WIDE else 0, y=y + 18, anchor="start", classes="soft")
            y += LINE * len(lines_under) + 2
        else:
            pieces.append(_end_words(strip.words[0], x=x + 8, y=y - frame.thickness // 2 + 6))
            y += 4
    return pieces, max(bottom_of_label, y) + ROW_GAP


def _parts(strip: _Strip, frame: _Frame, *, start: int, y: int, scale: float, is_found: bool) -> tuple[list[SafeString], int]:
    """The bar, part after part, and where it ends."""
    pieces, x = [], start
    for order, value in enumerate(strip.values):
        if value is None:
            x += 4
            pieces.append(_mark(x1=x, x2=x, y1=y, y2=y + frame.thickness))
            x += 4 if strip.is_stacked else 0
            continue
        length = round(value * scale)
        # The parts of a stack are told apart by an outline and by lightness, not by more colours than the table has.
        outline = (
            format_html(' stroke="currentColor" fill-opacity="{}"', round(1 - 0.8 * order / len(strip.values), 2))
            if strip.is_stacked
            else ""
        )
        pieces.append(
            format_html(
                '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>',
                "found" if is_found else "bar",
                x,
                y,
                length,
                frame.thickness,
                outline,
            )
        )
        x += length
    return pieces, x


def _line(points: Sequence[Bar], caption: Caption, number: NumberWords) -> SafeString:
    """The wide drawing of a line."""
    step = WIDE.width / max(len(points), 1)
    letters = max(int(step / LETTER), 4)
    labels = [_lines(point.label, letters) for point in points]
    largest = max((point.value or 0 for point in points), default=0)
    base = LINE + PLOT_HEIGHT
    pieces = [format_html('<line class="base" stroke="currentColor" x1="0" x2="{0}" y1="{1}" y2="{1}"/>', WIDE.width, base)]
    stretches: list[list[tuple[int, int]]] = [[]]
    for order, point in enumerate(points):
        x = round(step * (order + 0.5))
        if point.value is None:
            stretches.append([])
            words = _lines(_("not shown"), letters)
            pieces.append(_mark(x1=x - 12, x2=x + 12, y1=base - 4, y2=base - 4))
            pieces += [
                format_html(NOT_SHOWN, x, base - 12 - LINE * (len(words) - 1 - line), "middle", word, "") for line, word in enumerate(words)
            ]
        else:
            y = base - round(point.value * (PLOT_HEIGHT - LINE) / largest)
            stretches[-1].append((x, y))
            pieces.append(format_html('<circle class="{}" cx="{}" cy="{}" r="5"/>', "found" if point.is_found else "bar", x, y))
            # Under a point from which the line rises, where there is room above the base line; the line would cross it otherwise.
            beside = [near.value or 0 for near in (*points[max(order - 1, 0) : order], *points[order + 1 : order + 2])]
            is_under = max(beside, default=0) > point.value and y < base - 2 * LINE
            pieces += _text_lines([number(point.value)], x=x, y=y + 24 if is_under else y - 12, anchor="middle", classes="v")
        pieces += _text_lines(labels[order], x=x, y=base + LINE, anchor="middle", classes="v" if point.is_found else "label")
    lines = [
        format_html('<polyline class="line" fill="none" stroke="currentColor" points="{}"/>', " ".join(f"{x},{y}" for x, y in stretch))
        for stretch in stretches
        if len(stretch) > 1
    ]
    height = base + ROW_GAP + LINE * max((len(label) for label in labels), default=0)
    return _svg(WIDE, height, caption, [*lines, *pieces])


def _svg(frame: _Frame, height: int, caption: Caption, pieces: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="bars bars-{size}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-{size}-title {name}-{size}-desc">'
        '<title id="{name}-{size}-title">{title}</title><desc id="{name}-{size}-desc">{description}</desc>{pieces}</svg>',
        size=frame.size,
        width=frame.width,
        height=height,
        name=caption.name,
        title=caption.title,
        description=caption.description,
        pieces=reduce(add, pieces, format_html("{}", "")),  # safe and safe is safe, without escaping it twice
    )


def _mark(*, x1: int, x2: int, y1: int, y2: int) -> SafeString:
    """The mark of a number that is not shown: dashed, and of the same size whatever the number."""
    return format_html(
        '<line class="none" stroke="currentColor" stroke-dasharray="4 4" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        x1,
        x2,
        y1,
        y2,
    )


def _end_words(words: _Words, *, x: int, y: int) -> SafeString:
    series = format_html(' <tspan class="soft" font-weight="400" font-style="normal">{}</tspan>', words.series) if words.series else ""
    if words.is_shown:
        return format_html('<text class="v" x="{}" y="{}">{}{}</text>', x, y, words.text, series)
    return format_html(NOT_SHOWN, x, y, "start", words.text, series)


def _text_lines(lines: list[str], *, x: int, y: int, anchor: str, classes: str) -> list[SafeString]:
    return [format_html(TEXT[anchor], classes, x, y + LINE * order, line) for order, line in enumerate(lines)]


def _lines(text: str, letters: int) -> list[str]:
    text = str(text)
    return [text] if len(text) <= letters else textwrap.wrap(text, letters)


def _filled(words: list[_Words], letters: int) -> list[str]:
    """The words of a stack's parts in as few lines as hold them, no part broken over two lines unless it is longer than one."""
    lines = [""]
    for part in words:
        joined = f"{lines[-1]} · {part.text}" if lines[-1] else part.text
        if lines[-1] and len(joined) > letters:
            lines.append(part.text)
        else:
            lines[-1] = joined
    return [piece for line in lines for piece in _lines(line, letters)]
