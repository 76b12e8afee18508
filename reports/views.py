"""What the table learned: a release is read, prepared, approved, withdrawn, downloaded. No page here counts anything."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies import spreadsheets
from agencies.access import Refused, require
from agencies.limits import limited
from agencies.narrowing import left_as, paged
from agencies.seating import sit_at
from agencies.step_up import stepped_up
from reports import exports, figures, lifecycle, policies
from reports.catalogue import RULES
from reports.enums import Act
from reports.forms import PrepareForm
from reports.models import Release
from reports.suppression import Tier
from reports.tables import ReleaseTable


@require_safe
def release_list(request):
    """The releases of the table, by year."""
    may = policies.permitted(request.user, request.table.pk)
    require(Act.READ in may)
    if before := left_as(request, keeps=[]):
        return redirect(before)
    releases = Release.objects.visible_to(request.user).filter(table=request.table)
    table = paged(ReleaseTable(releases), request)
    return render(request, "reports/list.html", {"table": table, "may": may, "is_empty": not table.rows})


@require_safe
def release(request, pk):
    """One year's figures: each said in a sentence, drawn, and set in a table."""
    row = _visible(request, pk)
    lifecycle.record_reading(row, by=request.user)
    return render(
        request,
        "reports/release.html",
        {
            "release": _plain(row),
            "figures": _figures(row),
            "rules": RULES[Tier(row.tier)],
            "may": policies.permitted_with(request.user, row),
        },
    )


@require_http_methods(["GET", "POST"])
def prepare(request):
    """Choose a finished year; its numbers are counted, protected and frozen, and wait for a second person."""
    require(Act.PREPARE in policies.permitted(request.user, request.table.pk))
    years = lifecycle.years_to_prepare(request.table)
    form = PrepareForm(request.POST or None, years=years)
    if form.is_valid():
        prepared = lifecycle.prepare(request.table, year=form.cleaned_data["year"], by=request.user)
        messages.success(request, _("The release is prepared. It waits for the privacy officer."))
        return redirect("reports:release", prepared.pk)
    return render(request, "reports/prepare.html", {"form": form, "has_years": bool(years)})


@require_http_methods(["GET", "POST"])
@stepped_up
def approve(request, pk):
    """The privacy officer sees what is shown and what is not, and lets the steering committee read it."""
    row = _visible(request, pk)
    require(Act.APPROVE in policies.permitted_with(request.user, row))
    shown = _figures(row)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.approve(row, by=request.user)
        messages.success(request, _("The release is approved. The steering committee can read it."))
        return redirect("reports:release", row.pk)
    return render(
        request,
        "reports/approve.html",
        {"release": _plain(row), "figures": shown, "rules": RULES[Tier(row.tier)], "form": form},
    )


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Take a release back; asked once more, since a year that was approved is not released again."""
    row = _visible(request, pk)
    require(Act.WITHDRAW in policies.permitted_with(request.user, row))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lifecycle.withdraw(row, by=request.user)
        messages.success(request, _("The release is withdrawn."))
        return redirect("reports:list")
    if row.is_waiting:
        what = [_("It was never approved, so nobody else has read it."), _("The year can be prepared again.")]
    else:
        what = [
            _("The steering committee no longer finds it."),
            _("What has been read stays known. The year is not released a second time."),
        ]
    return render(
        request,
        "components/confirm.html",
        {
            "title": _("Withdraw the release of %(year)s") % {"year": row.period},
            "what": what,
            "form": form,
            "submit": _("Withdraw this release"),
            "cancel_url": reverse("reports:release", args=[row.pk]),
        },
    )


@require_safe
@stepped_up(is_download=True)
@limited("export")
def download(request, pk):
    """The same numbers as a sheet; that they were taken is on the record."""
    row = _visible(request, pk)
    content = exports.as_csv(row, _figures(row))
    lifecycle.record_download(row, by=request.user)
    return spreadsheets.download(content, filename=f"{pgettext('file name', 'release')}-{row.period}.csv")


def _visible(request, pk) -> Release:
    """The release, if this member may read it."""
    releases = Release.objects.visible_to(request.user).select_related("table", "prepared_by", "approved_by")
    row = get_object_or_404(releases, pk=pk)
    sit_at(request, row.table)
    return row


def _figures(row) -> list[figures.Figure]:
    """Its figures; refused when its cells are not those that were counted and approved."""
    cells = list(row.cells.all())
    if lifecycle.fingerprint(cells) != row.data_hash:
        raise Refused(_("The numbers of this release are not those that were prepared. Tell the privacy officer."))
    return figures.figures(row, cells, zone=row.table.zone)


def _plain(row) -> SimpleNamespace:
    """What a page says of the release itself."""
    return SimpleNamespace(
        pk=row.pk,
        year=row.period,
        readers=row.get_tier_display(),
        status=row.status,
        built_on=row.built_at.astimezone(row.table.zone).date(),
        prepared_by=row.prepared_by.full_name,
        approved_on=row.approved_at.astimezone(row.table.zone).date() if row.approved_at else None,
        approved_by=row.approved_by.full_name if row.approved_by else "",
    )
