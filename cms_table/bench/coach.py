"""How much the checker of "why now" finds and how often it is wrong, over labelled sentences; and how long a line takes.

The sentences are invented, by writers who did not know the rules. Of each language's, one half ("tune") may be read
while the rules are written. The other half ("report") may not: its figures alone are printed, never a sentence of it,
so that they say what a member can expect of words that nobody has seen. Which half a sentence is in was drawn once (the
second set by its SHA-256, even or odd) and stands beside it; a third set, French, is all "tune",
and so is a fourth, of what readers of the pages found missed.
"""

import csv
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from situations.deidentification import marks

HERE = Path(__file__).parent
LANGUAGES = {"en": "English", "fr": "French"}
HALVES = ("tune", "report")
LEAST_FOUND, MOST_FALSE = 0.95, 1.0  # share of what should be marked; false marks per 100 words
RUNS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Counts over some sentences: what should be marked, what of it is, marks of nothing, and words."""

    sentences: int
    expected: int
    found: int
    false: int
    words: int

    @property
    def recall(self) -> float:
        return self.found / self.expected

    @property
    def false_per_100(self) -> float:
        return 100 * self.false / self.words


def labelled(language: str, half: str) -> list[tuple[str, list[str]]]:
    """The sentences of one half, each with the words that must be marked."""
    with (HERE / f"sentences_{language}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], [e for e in row["expected"].split("|") if e]) for row in csv.DictReader(file) if row["split"] == half]


def judged(sentence: str, expected: list[str], language: str) -> tuple[list[str], list[str]]:
    """(what should have been marked wholly and is not, marks that touch nothing of it)."""
    found = marks(sentence, language=language)
    marked = {at for mark in found for at in range(mark.start, mark.end)}
    spans = list(_spans(sentence, expected))
    missed = [sentence[span.start : span.stop] for span in spans if not all(at in marked for at in span if sentence[at].isalnum())]
    false = [mark.text for mark in found if not any(mark.start < span.stop and span.start < mark.end for span in spans)]
    return missed, false


def _spans(sentence: str, expected: list[str]) -> Iterator[range]:
    """Where the expected words stand; words that are expected twice stand there twice."""
    after: dict[str, int] = {}
    for words in expected:
        start = sentence.index(words, after.get(words, 0))
        after[words] = start + len(words)
        yield range(start, start + len(words))


def measure(language: str, half: str) -> Found:
    sentences = labelled(language, half)
    wrong = [judged(sentence, expected, language) for sentence, expected in sentences]
    expected = sum(len(expected) for _, expected in sentences)
    return Found(
        sentences=len(sentences),
        expected=expected,
        found=expected - sum(len(missed) for missed, _ in wrong),
        false=sum(len(false) for _, false in wrong),
        words=sum(len(sentence.split()) for sentence, _ in sentences),
    )


def milliseconds(language: str) -> list[float]:
    """What each line of both halves takes, in order of size: the best of several runs, since others use the processor too."""
    lines = [sentence for half in HALVES for sentence, _ in labelled(language, half)]
    best = [float("inf")] * len(lines)
    for _run in range(RUNS):
        for at, line in enumerate(lines):
            started = time.perf_counter()
            marks(line, language=language)
            best[at] = min(best[at], time.perf_counter() - started)
    return sorted(1000 * seconds for seconds in best)


def report() -> str:
    """Two tables in Markdown: what is found and wrongly marked, by language and half; and the time of a line."""
    rows = [
        "| Language | Half | Sentences | Found | Recall | False marks | Per 100 words | Target |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for language, name in LANGUAGES.items():
        for half in HALVES:
            had = measure(language, half)
            holds = had.recall >= LEAST_FOUND and had.false_per_100 <= MOST_FALSE
            verdict = "" if half == "tune" else f"≥ {LEAST_FOUND}, ≤ {MOST_FALSE:g}: " + ("held" if holds else "**missed**")
            rows.append(
                f"| {name} | {half} | {had.sentences} | {had.found} of {had.expected} | {had.recall:.3f}"
                f" | {had.false} in {had.words:,} words | {had.false_per_100:.2f} | {verdict} |"
            )
    rows += ["", "| Language | A line, ms: median | Middle half | 95 of 100 below | Longest |", "|---|---|---|---|---|"]
    for language, name in LANGUAGES.items():
        times = milliseconds(language)
        low, median, high = statistics.quantiles(times, n=4)
        rows.append(f"| {name} | {median:.2f} | {low:.2f}–{high:.2f} | {statistics.quantiles(times, n=20)[-1]:.2f} | {times[-1]:.2f} |")
    return "\n".join(rows)
