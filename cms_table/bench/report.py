"""What the bench found, as Markdown."""

import os
import platform
import statistics
from pathlib import Path

import django
import psutil

from cms_table.bench.readers import Measured


def machine(postgres: str) -> str:
    """The machine in one line: figures without it say nothing."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores ({processor()}), {memory:.0f} GiB of memory, {system()}, Python {platform.python_version()},"
        f" Django {django.get_version()}, Postgres {postgres}, uvicorn with 2 workers"
    )


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()


def spread(values: list[float], digits: int) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def table(measured: list[Measured], floor: Measured) -> str:
    """One line for each page: what it cost, and how many times the floor that is; the floor last."""
    lines = [
        "| Page | Reader | CPU, ms | × the floor | Target | Median, ms | p95, ms | Postgres, CPU ms | Page, kB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in [*measured, floor]:
        target = "" if each is floor else f"≤ {each.most:.0f} ×: {'held' if round(each.ratio, 2) <= each.most else '**missed**'}"
        lines.append(
            f"| {each.name} | {each.reader} | {statistics.median(each.cpu):.1f} | {spread(each.ratios, 2)} | {target} |"
            f" {each.median:.1f} | {each.p95:.1f} | {statistics.median(each.database):.1f} | {each.kilobytes:.0f} |"
        )
    return "\n".join(lines)


def wall(measured: list[Measured], most: float = 1.15) -> str:
    """What each page costs behind the second wall, as a multiple of itself without it; CPU of the pages' server and of Postgres."""
    lines = ["| Page | Behind the second wall : without | Target |", "|---|---|---|"]
    for each in measured:
        held = round(statistics.median(each.walls), 2) <= most
        lines.append(f"| {each.name} | {spread(each.walls, 2)} | ≤ {most} : {'held' if held else '**missed**'} |")
    return "\n".join(lines)


def growth(fewer: list[Measured], more: list[Measured], most: float = 1.2) -> str:
    """What a page costs over the larger table, in terms of the smaller one; both in floors of their own run."""
    lines = ["| Page | Larger : smaller | Target |", "|---|---|---|"]
    for small, large in zip(fewer, more, strict=True):
        grown = large.ratio / small.ratio
        lines.append(f"| {small.name} | {grown:.2f} | ≤ {most} : {'held' if round(grown, 2) <= most else '**missed**'} |")
    return "\n".join(lines)


def starts(first: float, second: float) -> str:
    lines = ["| | Seconds | Target |", "|---|---|---|"]
    for what, took, most in (("clone to sign-in page", first, 25), ("second start", second, 4)):
        lines.append(f"| {what} | {took:.1f} | ≤ {most} : {'held' if took <= most else '**missed**'} |")
    return "\n".join(lines)
