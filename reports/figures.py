"""A release as its readers see it: figure by figure, said, drawn and set from the numbers shown and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agencies.days import date_format
from reports.catalogue import REST, RULES, Period
from reports.charts import Bar, Caption, bar_chart, count_words, percentage_words
from reports.suppression import Rules, Tier, percentage


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said around one table of the catalogue. A finding speaks of one shown number, and is true whatever the hidden ones are."""

    name: Promise
    question: Promise
    column: Promise
    by_count: Promise
    by_percentage: Promise | str = ""
    note: Promise | str = ""


WORDS = {
    "K1": Words(
        name=gettext_lazy("Situations"),
        question=gettext_lazy("How many situations came to the table?"),
        column=gettext_lazy("The table’s decision"),
        by_count=gettext_lazy("The table accepted about %(count)s situations"),
        note=gettext_lazy("Of situations that were not accepted, only this total is published."),
    ),
    "K5": Words(
        name=gettext_lazy("Risk categories"),
        question=gettext_lazy("Which risks came up?"),
        column=gettext_lazy("Risk category"),
        by_count=gettext_lazy("“%(label)s” came up in about %(count)s situations"),
        by_percentage=gettext_lazy("“%(label)s” came up in %(share)s of situations"),
        note=gettext_lazy("One situation can have several categories, so the numbers do not add up to the total."),
    ),
    "K2": Words(
        name=gettext_lazy("Age"),
        question=gettext_lazy("How old were the people?"),
        column=gettext_lazy("Age group"),
        by_count=gettext_lazy("The age group “%(label)s” was recorded in about %(count)s situations"),
        by_percentage=gettext_lazy("The age group “%(label)s” was recorded in %(share)s of situations"),
        note=gettext_lazy("Where a situation is about several people or a place, an age group may not be recorded."),
    ),
    "K3": Words(
        name=gettext_lazy("Sex or gender"),
        question=gettext_lazy("Which sex or gender was recorded?"),
        column=gettext_lazy("Sex or gender"),
        by_count=gettext_lazy("“%(label)s” was recorded in about %(count)s situations"),
        by_percentage=gettext_lazy("“%(label)s” was recorded in %(share)s of situations"),
    ),
    "K8": Words(
        name=gettext_lazy("Agencies’ sectors"),
        question=gettext_lazy("Which sectors brought the situations?"),
        column=gettext_lazy("Sector"),
        by_count=gettext_lazy("Agencies of the sector “%(label)s” brought about %(count)s situations"),
        by_percentage=gettext_lazy("Agencies of the sector “%(label)s” brought %(share)s of situations"),
        note=gettext_lazy("Agencies that serve one population count with community and cultural services."),
    ),
    "K4": Words(
        name=gettext_lazy("Resolution"),
        question=gettext_lazy("How did the situations end?"),
        column=gettext_lazy("Resolution"),
        by_count=gettext_lazy("About %(count)s situations ended with “%(label)s”"),
        by_percentage=gettext_lazy("“%(label)s” is how %(share)s of situations ended"),
        note=gettext_lazy("A situation that was open on %(cut_off)s counts as still open."),
    ),
    "K10": Words(
        name=gettext_lazy("Time to first contact"),
        question=gettext_lazy("How soon was first contact made?"),
        column=gettext_lazy("Time to first contact"),
        by_count=gettext_lazy("“%(label)s”: first contact in about %(count)s situations"),
        by_percentage=gettext_lazy("“%(label)s”: first contact in %(share)s of situations"),
        note=gettext_lazy("The clock starts with the table’s decision. What was not reached before %(cut_off)s counts as no contact."),
    ),
}


BY_SIZE = {"K5", "K8"}  # risk categories and sectors; ages, hours and endings have an order of their own


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a figure's table: its label, its number and its share in words, none where they are not shown."""

    label: str
    count: int | None
    count_words: str
    share_words: str
    is_found: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: its finding in a sentence, what it is a share of, its picture, and the same numbers in rows."""

    id: str
    name: str
    finding: str
    about: str
    chart: SafeString
    column: str
    caption: str
    has_shares: bool
    lines: list[Line]

    @property
    def not_shown(self) -> list[str]:
        """The labels of the rows whose numbers are not shown, in the catalogue's order."""
        return [line.label for line in self.lines if line.count is None]

    @property
    def shown(self) -> int:
        return len(self.lines) - len(self.not_shown)


def period_of(release, zone: ZoneInfo) -> Period:
    """The year of a release by its table's wall clock."""
    return Period(year=int(release.period), zone=zone, tier=Tier(release.tier))


def figures(release, cells: Iterable, *, zone: ZoneInfo) -> list[Figure]:
    """The figures of a release in the catalogue's order; ``cells`` are all of its cells, in their order. No query."""
    cells = list(cells)
    by_id = {cell.pk: cell for cell in cells}
    tables: dict[str, list] = {}
    for cell in cells:
        tables.setdefault(cell.catalogue_table, []).append(cell)
    period, rules = period_of(release, zone), RULES[Tier(release.tier)]
    return [_figure(table, of, by_id, period, rules) for table, of in tables.items()]


def _figure(table: str, cells: list, by_id: dict, period: Period, rules: Rules) -> Figure:
    words = WORDS[table]
    whole = by_id[cells[0].denominator_id].value if cells[0].denominator_id else None
    has_shares = whole is not None and whole >= rules.min_denominator
    shares = {cell.pk: percentage(cell.value, whole, rules=rules) if has_shares else None for cell in cells}
    found = _found(cells, shares)
    finding = _finding(words, found, shares, rules)
    cells = _in_order(table, cells)
    bars = [Bar(_label(cell), shares[cell.pk] if has_shares else cell.value, is_found=cell in found) for cell in cells]
    number = (lambda value: percentage_words(value, rules)) if has_shares else count_words
    caption = Caption(table.lower(), finding, _("A bar for each row. The table below holds the same numbers."))
    return Figure(
        id=table.lower(),
        name=str(words.name),
        finding=finding,
        about=_about(words, whole, period, is_share=cells[0].denominator_id is not None, rules=rules),
        chart=bar_chart(bars, caption=caption, number=number),
        column=str(words.column),
        caption=_("The same numbers. Counts are rounded to %(base)s.") % {"base": rules.base},
        has_shares=has_shares,
        lines=[_line(cell, shares[cell.pk], rules, is_found=cell in found) for cell in cells],
    )


def _line(cell, share: int | None, rules: Rules, *, is_found: bool) -> Line:
    return Line(
        label=_label(cell),
        count=cell.value,
        count_words="" if cell.value is None else count_words(cell.value),
        share_words="" if share is None else percentage_words(share, rules),
        is_found=is_found,
    )


def _label(cell) -> str:
    return cell.label_fr if (get_language() or "").startswith("fr") else cell.label_en


def _found(cells: list, shares: dict) -> list:
    """The cells of which the finding speaks: the largest number that is read, of equals each; never one that counts what is left."""
    telling = [cell for cell in cells if cell.value is not None and not REST.intersection(cell.codes)]
    read = {cell.pk: cell.value if shares[cell.pk] is None else shares[cell.pk] for cell in telling}
    return [cell for cell in telling if read[cell.pk] == max(read.values())]


def _in_order(table: str, cells: list) -> list:
    """The rows as they are drawn: where the words have no order of their own, by the number shown; what is left, then what is hidden, last.

    What is hidden keeps the catalogue's order, so that its place says nothing of its size.
    """
    if table not in BY_SIZE:
        return cells
    return sorted(cells, key=lambda cell: (cell.value is None, bool(REST.intersection(cell.codes)), -(cell.value or 0)))


def _finding(words: Words, found: list, shares: dict, rules: Rules) -> str:
    if not found:
        return _("Too few situations to name a finding")
    first, share = found[0], shares[found[0].pk]
    if share is None:
        said = _("about %(count)s") % {"count": count_words(first.value)}
    else:
        said = percentage_words(share, rules)
        if rules.bottom_percentage < share < rules.top_percentage:  # its two ends say "or less", "or more" themselves
            said = _("about %(percentage)s") % {"percentage": said}
    if len(found) > 1:
        labels = _(", ").join(_("“%(label)s”") % {"label": _label(cell)} for cell in found)
        several = _("%(labels)s: each in %(number)s of situations") if share is not None else _("%(labels)s: each in %(number)s situations")
        return several % {"labels": labels, "number": said}
    if share is None:
        return str(words.by_count) % {"label": _label(first), "count": count_words(first.value)}
    return str(words.by_percentage) % {"label": _label(first), "share": said}


def _about(words: Words, whole: int | None, period: Period, *, is_share: bool, rules: Rules) -> str:
    """The question, what the numbers are a share of, the period, and what has to be known to read them; all in whole sentences."""
    said = {"year": period.year, "whole": "" if whole is None else count_words(whole)}
    if not is_share:
        of = _("Situations first presented in %(year)s.") % said
    elif whole is None:
        of = _("Accepted situations first presented in %(year)s. How many there were is not shown.") % said
    elif whole < rules.min_denominator:
        of = _("Of about %(whole)s accepted situations first presented in %(year)s.") % said
    else:
        of = _("Share of about %(whole)s accepted situations first presented in %(year)s.") % said
    note = str(words.note) % {"cut_off": date_format(period.cut_off_day)}
    return " ".join(sentence for sentence in (str(words.question), of, note) if sentence)
