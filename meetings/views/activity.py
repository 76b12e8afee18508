"""What one's own agency did at the table, a year on a page, for its lead."""

from types import SimpleNamespace

from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.access import require
from agencies.clock import TableNow
from agencies.days import date_format
from agencies.names import own_name
from meetings import policies
from meetings.activity import QUARTERS, activity_of, years_of
from meetings.enums import Act, Kind
from meetings.models import Meeting
from meetings.owed import owed_by
from situations.enums import NotBroughtReason

# What is counted, in the order of the page; of a pair, the first out of the second.
LINES = [
    (gettext_lazy("Considered, not brought forward"), "not_brought", ""),
    (gettext_lazy("Brought to the table"), "brought", ""),
    (gettext_lazy("Of those, accepted by the table"), "accepted", "brought"),
    (gettext_lazy("Responses led"), "led", ""),
    (gettext_lazy("First contact within 48 hours, where it is known by now"), "in_time", "clocks"),
    (gettext_lazy("Responses assisted"), "assisted", ""),
    (gettext_lazy("Steps done"), "steps", ""),
    (gettext_lazy("Report-backs given"), "reports", ""),
    (gettext_lazy("Regular meetings at which your agency was present"), "attended", "met"),
]


@require_safe
def activity(request):
    """The year's counts by quarter, what is owed now, and what was not brought forward by month and reason."""
    require(Act.READ_ACTIVITY in policies.permitted_at(request.user, request.table))
    member, table = request.user, request.table
    years = years_of(member.agency, table)
    this_year = localtime(clock.now(), table.zone).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else this_year
    found = activity_of(member.agency, table, year=year, member=member)
    context = {
        "agency": own_name(member.agency),
        "year": year,
        "years": [SimpleNamespace(year=each, is_here=each == year) for each in years],
        "finding": _finding(found),
        "owed": _owed(member, table) if year == this_year else None,
        "lines": _lines(found, until=_quarter_now(table) if year == this_year else QUARTERS[-1]),
        "not_brought": _not_brought(found),
    }
    return render(request, "meetings/activity.html", context)


def _quarter_now(table) -> int:
    return (localtime(clock.now(), table.zone).month + 2) // 3


def _lines(found, *, until: int) -> list:
    """Each count with its four quarters and the year; of a quarter to come nothing is said."""
    return [
        SimpleNamespace(
            words=words,
            quarters=[
                SimpleNamespace(name=_quarter(each), said=_said(found, kind, of, each) if each <= until else "", is_to_come=each > until)
                for each in QUARTERS
            ],
            year=_said(found, kind, of, 0),
        )
        for words, kind, of in LINES
    ]


def _quarter(number: int) -> str:
    return [_("Jan. to March"), _("April to June"), _("July to Sept."), _("Oct. to Dec.")][number - 1]


def _said(found, kind: str, of: str, quarter: int) -> str:
    if not of:
        return str(found.of(kind, quarter))
    whole = found.of(of, quarter)
    return _("%(part)d of %(whole)d") % {"part": found.of(kind, quarter), "whole": whole} if whole else ""


def _finding(found) -> str:
    """The year in a sentence or two, each with its denominator."""
    brought = found.of("brought")
    said = [
        _("No situation brought.")
        if not brought
        else ngettext(
            "%(count)d situation brought, %(accepted)d accepted.", "%(count)d situations brought, %(accepted)d accepted.", brought
        )
        % {"count": brought, "accepted": found.of("accepted")}
    ]
    if clocks := found.of("clocks"):
        said.append(
            ngettext(
                "First contact within 48 hours in %(part)d of the %(count)d response that your agency led.",
                "First contact within 48 hours in %(part)d of the %(count)d responses that your agency led.",
                clocks,
            )
            % {"part": found.of("in_time"), "count": clocks}
        )
    if running := found.of("led") - clocks:
        said.append(
            ngettext("For %(count)d more, the 48 hours are still running.", "For %(count)d more, the 48 hours are still running.", running)
            % {"count": running}
        )
    return " ".join(said)


def _owed(member, table) -> SimpleNamespace:
    """How much is owed now and how much of it is late, in words; and whether anything is."""
    to_come = Meeting.objects.visible_to(member).filter(table=table, kind=Kind.REGULAR, ends_at__gt=TableNow()).to_come()
    owed = owed_by(member, table, meeting=to_come.select_related("table").first())
    late = sum(each.due_at < clock.now() and each.due.state == "owed" for each in owed)
    if not owed:
        return SimpleNamespace(words=_("Nothing is owed now."), is_any=False)
    how_many = ngettext("%(count)d thing is owed now.", "%(count)d things are owed now.", len(owed)) % {"count": len(owed)}
    past = ngettext("The time of %(late)d has passed.", "The time of %(late)d has passed.", late) % {"late": late}
    return SimpleNamespace(words=f"{how_many} {past}" if late else how_many, is_any=True)


def _not_brought(found) -> SimpleNamespace:
    """What was not brought forward, by month and by reason; a month or a reason without any is left out."""
    words = {"": _("No reason noted"), **dict(NotBroughtReason.choices)}
    first = clock.now().replace(day=1)
    return SimpleNamespace(
        months=[
            (date_format(first.replace(year=found.year, month=month), "YEAR_MONTH_FORMAT"), count)
            for month, count in sorted(found.months.items())
        ],
        reasons=[(words[reason], count) for reason, count in sorted(found.reasons.items(), key=lambda pair: -pair[1])],
    )
