"""The coordinator's desk: what awaits, what is overdue, what is incomplete at a table; counts, in one query."""

from datetime import timedelta
from types import SimpleNamespace

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.clock import TableNow
from agencies.enums import AgreementKind
from agencies.models import Agreement, AgreementSignature, Appointment, Seat, SituationTable
from meetings.models import Meeting
from meetings.owed import late_at
from situations.models import Situation

EXPIRES_SOON = timedelta(days=30)
# What is counted, in groups: its sentence, the page that shows it, and what narrows the page to it.
GROUPS = [
    (
        _("Awaits"),
        {
            "submitted": (
                ngettext_lazy("%(count)d situation waits to be heard", "%(count)d situations wait to be heard", "count"),
                "situations:list",
                "of=table&stage=submitted",
            ),
            "minutes": (
                ngettext_lazy(
                    "The minutes of %(count)d meeting wait for approval", "The minutes of %(count)d meetings wait for approval", "count"
                ),
                "meetings:list",
                "",
            ),
        },
    ),
    (
        _("Overdue"),
        {
            "contacts": (
                ngettext_lazy(
                    "%(count)d response is without contact after 48 hours",
                    "%(count)d responses are without contact after 48 hours",
                    "count",
                ),
                "responses:overdue",
                "kind=contact",
            ),
            "steps": (
                ngettext_lazy("Steps of %(count)d response are overdue", "Steps of %(count)d responses are overdue", "count"),
                "responses:overdue",
                "kind=step",
            ),
            "report_backs": (
                ngettext_lazy(
                    "%(count)d response was not reported back at the last meeting",
                    "%(count)d responses were not reported back at the last meeting",
                    "count",
                ),
                "responses:overdue",
                "kind=report_back",
            ),
            "follow_ups": (
                ngettext_lazy("%(count)d follow-up is overdue", "%(count)d follow-ups are overdue", "count"),
                "responses:overdue",
                "kind=follow_up",
            ),
        },
    ),
    (
        _("Incomplete"),
        {
            "unsigned": (
                ngettext_lazy(
                    "%(count)d agency’s signature on the agreement is missing or has run out",
                    "%(count)d agencies’ signatures on the agreement are missing or have run out",
                    "count",
                ),
                "agencies:signatures",
                "",
            ),
            "not_joined": (
                ngettext_lazy("%(count)d person has not opened the invitation", "%(count)d people have not opened the invitation", "count"),
                "agencies:people",
                "state=invited",
            ),
            "expiring": (
                ngettext_lazy("%(count)d signature expires within 30 days", "%(count)d signatures expire within 30 days", "count"),
                "agencies:agreements",
                "",
            ),
        },
    ),
]


# What a new table needs before it can meet: what each is called once it is done or while it waits, and where it is done.
FIRST_STEPS = {
    "has_seats": (_("Agencies have their seats"), _("Give the agencies their seats"), "agencies:agencies"),
    "has_people": (_("People are invited"), _("Invite the agencies’ people, or bring them in from a spreadsheet"), "agencies:people"),
    "has_agreement": (_("An agreement is published"), _("Publish the agreement that everyone signs"), "agencies:agreements"),
    "has_calendar": (_("Meetings are planned"), _("Set the rhythm of the meetings, and plan them"), "meetings:plan"),
}


def desk_of(table, *, member) -> list:
    """What awaits, is overdue or is incomplete at a table, in sentences with a link; what there is none of is left out. One query.

    At a table that has never met, its first steps stand above, until all are done.
    """
    counts = counts_at(table, member=member)
    return _first_steps(counts) + [
        SimpleNamespace(heading=heading, lines=lines)
        for heading, said in GROUPS
        if (
            lines := [
                SimpleNamespace(words=words % {"count": counts[name]}, url=_address(address, asked, counts), is_done=False)
                for name, (words, address, asked) in said.items()
                if counts[name]
            ]
        )
    ]


def _address(address, asked, counts) -> str:
    """Where a line leads; who has not signed stands on the page of the agreement that they are asked to sign."""
    url = reverse(address, args=[counts["sharing"]]) if address == "agencies:signatures" else reverse(address)
    return f"{url}?{asked}" if asked else url


def _first_steps(counts) -> list:
    if counts["has_met"] or all(counts[name] for name in FIRST_STEPS):
        return []
    lines = [
        SimpleNamespace(words=done if counts[name] else waits, url=reverse(address), is_done=counts[name])
        for name, (done, waits, address) in FIRST_STEPS.items()
    ]
    return [SimpleNamespace(heading=_("First steps"), lines=lines)]


def counts_at(table, *, member) -> dict[str, int]:
    """How many of each thing await, are overdue or are incomplete at a table, as ``member`` may know of them; and what it has at all."""
    visible = Situation.objects.visible_to(member).filter(table=table)
    # Of steps their readers are told in which responses some are late, never how many or whose.
    counts = {name: _count(rows, each="response" if name == "steps" else "pk") for name, rows in late_at(member, table).items()}
    counts |= {
        "submitted": _count(Situation.objects.awaiting_the_table().filter(pk__in=visible.values("pk"))),
        "minutes": _count(Meeting.objects.past().filter(table=table, minutes_approved_at=None)),
        "unsigned": _count(_seats_without_agreement(table)),
        "sharing": Subquery(_newest(table, kind=AgreementKind.INFORMATION_SHARING)),
        "not_joined": _count(
            Appointment.objects.current().filter(table=table, member__joined_at=None, member__is_active=True), each="member"
        ),
        "expiring": _count(_expiring(table)),
        "has_seats": Exists(Seat.objects.current().filter(table=table)),
        "has_people": Exists(Appointment.objects.current().filter(table=table).exclude(member=member)),
        "has_agreement": Exists(Agreement.objects.filter(table=table)),
        "has_calendar": Exists(Meeting.objects.filter(table=table)),
        "has_met": Exists(Meeting.objects.filter(table=table).exclude(opened_at=None)),
    }
    return SituationTable.objects.filter(pk=table.pk).values(**counts).get()


def _count(rows, *, each="pk"):
    """The number of rows, all of one table, as a part of a larger query."""
    counted = rows.order_by().values("table").annotate(number=Count(each, distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _newest(table, **kind):
    return Agreement.objects.filter(table=table, **kind).order_by("-number").values("pk")[:1]


def _seats_without_agreement(table):
    """The seats whose agency has not signed the newest information-sharing agreement, or has let it expire; none where there is none."""
    published = Agreement.objects.filter(table=table, kind=AgreementKind.INFORMATION_SHARING)
    newest = Subquery(_newest(table, kind=AgreementKind.INFORMATION_SHARING))
    signed = AgreementSignature.objects.filter(agency=OuterRef("agency"), agreement=newest, expires_at__gt=TableNow())
    return Seat.objects.current().filter(Exists(published), ~Exists(signed), table=table)


def _expiring(table):
    """The signatures on the newest agreements that expire within 30 days and are not renewed."""
    newest = [Q(agreement=Subquery(_newest(table, kind=kind))) for kind in AgreementKind.values]
    same = Q(agency=OuterRef("agency")) | Q(agency=None, signed_by=OuterRef("signed_by"))
    renewed = AgreementSignature.objects.filter(same, agreement=OuterRef("agreement"), expires_at__gt=OuterRef("expires_at"))
    soon = AgreementSignature.objects.filter(table=table, expires_at__gt=TableNow(), expires_at__lte=TableNow() + EXPIRES_SOON)
    return soon.filter(newest[0] | newest[1]).filter(~Exists(renewed))
