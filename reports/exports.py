"""A release as a sheet: the same shown numbers as its page, in the same order and the same words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.spreadsheets import written_csv
from reports.figures import Figure


def as_csv(release, figures: Iterable[Figure]) -> bytes:
    """The figures as CSV, a row for each number; what is not shown says so, and why not is said for none."""
    not_shown = _("not shown")
    rows: list[list] = [[_("Period"), _("Table"), _("Row"), _("Situations, rounded"), _("Share")]]
    for figure in figures:
        for line in figure.lines:
            count = not_shown if line.count is None else line.count
            share = (line.share_words or not_shown) if figure.has_shares else ""
            rows.append([release.period, figure.name, line.label, count, share])
    return written_csv(rows)
