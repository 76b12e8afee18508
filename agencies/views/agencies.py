"""The agencies of the community, and which of them have a seat at this table."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import lifecycle, policies
from agencies.access import require
from agencies.directory import everyone_at
from agencies.enums import Act
from agencies.folding import folded
from agencies.forms.people import ConfirmForm
from agencies.forms.tables import AgencyFilterForm, AgencyForm, NewAgencyForm
from agencies.models import Agency, Seat
from agencies.names import own_name, sentence_with
from agencies.narrowing import asked_of, is_narrowed, left_as, paged
from agencies.tables import AgencyTable


def _kept(request):
    require(Act.KEEP_AGENCIES in policies.permitted(request.user, request.table))
    return Agency.objects.select_related("sector", "agency_type")


def _seat(request, agency):
    return Seat.objects.current().filter(table=request.table, agency=agency).first()


@require_http_methods(["GET", "HEAD", "POST"])
def agencies(request):
    """Every agency of this installation, in order of its name."""
    kept = _kept(request)
    if before := left_as(request, keeps=["seat"]):
        return redirect(before)
    kept = kept.annotate(people=Count("members", filter=Q(members__is_active=True)))
    seated = set(Seat.objects.current().filter(table=request.table).values_list("agency", flat=True))
    form = AgencyFilterForm(asked_of(request))
    asked = form.cleaned_data if form.is_valid() else {"words": "", "seat": ""}
    rows = [_row(agency, is_seated=agency.pk in seated) for agency in kept]
    wanted = folded(asked["words"]).split()
    rows = [
        row
        for row in rows
        if all(word in f"{row['name_folded']} {row['sector_folded']} {row['kind_folded']}" for word in wanted)
        and asked["seat"] in ("", "seated" if row["is_seated"] else "unseated")
    ]
    table = paged(AgencyTable(rows), request, is_narrowed=is_narrowed(form))
    return render(request, "agencies/agencies.html", {"table": table, "filter_form": form})


def _row(agency, *, is_seated) -> dict:
    return {
        "pk": agency.pk,
        "name": agency.name,
        "name_folded": folded(agency.name),
        "lang": agency.name_language,
        "sector": agency.sector.label,
        "sector_folded": folded(agency.sector.label),
        "kind": agency.agency_type.label,
        "kind_folded": folded(agency.agency_type.label),
        "people": agency.people,
        "seat": "",
        "is_seated": is_seated,
        "is_active": agency.is_active,
    }


@require_http_methods(["GET", "POST"])
def add_agency(request):
    """A new agency; it gets its seat at this table at once."""
    _kept(request)
    form = NewAgencyForm(request.POST or None)
    if form.is_valid():
        agency = lifecycle.add_agency(**form.cleaned_data, table=request.table, by=request.user)
        messages.success(request, sentence_with(_("%(agency)s has its seat at this table."), agency=own_name(agency)))
        return redirect("agencies:agency", agency.pk)
    return render(request, "agencies/add_agency.html", {"form": form})


@require_http_methods(["GET", "POST"])
def agency(request, pk):
    """One agency: its name, sector and kind, its seat, its people."""
    kept = get_object_or_404(_kept(request), pk=pk)
    form = AgencyForm(request.POST or None, instance=kept)
    if form.is_valid():
        lifecycle.change_agency(kept, **form.changes(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:agency", pk)
    seat = _seat(request, kept)
    return render(
        request,
        "agencies/agency.html",
        {
            "pk": pk,
            "name": Agency.objects.values_list("name", "name_language").get(pk=pk),
            "form": form,
            "seated_at": seat.starts_at if seat else None,
            "people": [row for row in everyone_at(request.table, agency_id=pk) if row["state"] != "ended"],
            "table": str(request.table),
        },
    )


@require_POST
def give_seat(request, pk):
    """The agency has its place at this table from now on."""
    kept = get_object_or_404(_kept(request), pk=pk)
    lifecycle.give_seat(request.table, agency=kept, by=request.user)
    messages.success(request, sentence_with(_("%(agency)s has its seat at this table."), agency=own_name(kept)))
    return redirect("agencies:agency", pk)


@require_http_methods(["GET", "POST"])
def end_seat(request, pk):
    """The agency leaves this table, after a second look."""
    kept = get_object_or_404(_kept(request), pk=pk)
    seat = _seat(request, kept)
    back = reverse("agencies:agency", args=[pk])
    if seat is None:
        return redirect(back)
    if request.method == "POST":
        lifecycle.end_seat(seat, by=request.user)
        messages.success(request, sentence_with(_("%(agency)s no longer has a seat at this table."), agency=own_name(kept)))
        return redirect(back)
    return render(
        request,
        "components/confirm.html",
        {
            "form": ConfirmForm(),
            "title": _("End the seat of %(agency)s") % {"agency": kept},
            "what": [
                _("From now on its people cannot open this table."),
                _("If it takes part in a response, hand that over first."),
                _("What it did stays on the record, and it can have a seat again."),
            ],
            "submit": _("End the seat"),
            "cancel_url": back,
        },
    )
