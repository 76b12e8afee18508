"""What members and agencies sign before they come to the table."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import lifecycle, policies, signatures
from agencies.access import require
from agencies.enums import Act, AgreementKind, Notice
from agencies.forms.people import PublishForm, SignatureFilterForm, SignForm
from agencies.lifecycle import reminders
from agencies.models import Agreement, Member
from agencies.narrowing import is_narrowed, left_as, paged
from agencies.tables import SignatureTable


def _readable(member):
    """The agreements that the member may read: of every table at which a role is held, counting or not."""
    return Agreement.objects.filter(table__in={each.table_id for each in member.standing.held}).select_related("table")


def _kept(request):
    require(Act.KEEP_AGREEMENTS in policies.permitted(request.user, request.table))
    return Agreement.objects.filter(table=request.table).select_related("table")


@require_safe
def agreements(request):
    """The reader's own agreements; for a coordinator also where everyone's stand."""
    may = policies.permitted(request.user, request.table) if request.table else set()
    kept = Agreement.objects.filter(table=request.table).newest() if Act.KEEP_AGREEMENTS in may else []
    return render(
        request,
        "agencies/agreements.html",
        {"own": signatures.own(request.user), "kept": [{"pk": each.pk, "name": str(each)} for each in kept], "may": may},
    )


@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """One version, in both languages; to read, and to sign."""
    agreement = get_object_or_404(_readable(request.user), pk=pk)
    own = next((row for row in signatures.own(request.user) if row["pk"] == pk), None)
    held = {(each.table_id, each.role) for each in request.user.standing.held}
    may_sign = agreement.is_for_members or policies.may_sign_for_agency(request.user, agreement.table_id, held)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        require(may_sign)
        if form.is_valid():
            lifecycle.sign_agreement(agreement, by=request.user)
            messages.success(request, _("Signed: %(agreement)s.") % {"agreement": agreement})
            return _onward(request.user)
    texts = [{"lang": "en-CA", "text": agreement.text_en}, {"lang": "fr-CA", "text": agreement.text_fr}]
    return render(
        request,
        "agencies/sign.html",
        {
            "name": str(agreement),
            "table": str(agreement.table),
            "published_at": agreement.published_at,
            "own": own,
            "may_sign": may_sign and (own is None or own["state"] != "signed"),
            "texts": texts[::-1] if agreement.text == agreement.text_fr else texts,
            "form": form,
        },
    )


def _onward(member):
    """The next agreement that the member has to sign, otherwise the first page."""
    to_sign = [
        row for row in signatures.own(Member.objects.get(pk=member.pk)) if row["may_sign"] and row["state"] in ("missing", "expired")
    ]
    return redirect("agencies:sign", to_sign[0]["pk"]) if to_sign else redirect("start")


@require_http_methods(["GET", "POST"])
def publish(request):
    """A new version: written, looked at, published; everyone who has to sign is told by mail."""
    _kept(request)
    form = PublishForm(request.POST or None)
    step = request.POST.get("step", "preview")
    if form.is_valid() and step == "publish":
        agreement = lifecycle.publish_agreement(request.table, **form.cleaned_data, by=request.user)
        awaited, _without_lead = signatures.awaited_from(agreement, signatures.everyones(agreement))
        lifecycle.remind_of(agreement, to=[member for member in awaited if member.pk != request.user.pk])
        messages.success(request, _("Published. Everyone who has to sign is told by mail."))
        return redirect("agencies:sign" if agreement.is_for_members else "agencies:signatures", agreement.pk)
    if form.is_valid() and step == "preview":
        given = form.cleaned_data
        texts = [{"lang": "en-CA", "text": given["text_en"]}, {"lang": "fr-CA", "text": given["text_fr"]}]
        name = AgreementKind(given["kind"]).label
        return render(request, "agencies/publish_preview.html", {"form": form, "texts": texts, "name": name})
    if step == "change":
        form = PublishForm(initial=form.data.dict())
    return render(request, "agencies/publish.html", {"form": form})


@require_safe
def signatures_of(request, pk):
    """Who signed this version, who is missing, whose signature expires within 30 days."""
    agreement = get_object_or_404(_kept(request), pk=pk)
    if before := left_as(request, keeps=["state"]):
        return redirect(before)
    rows = signatures.everyones(agreement)
    awaited, without_lead = signatures.awaited_from(agreement, rows)
    form = SignatureFilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    table = paged(SignatureTable([row for row in rows if state in ("", row["state"])]), request, is_narrowed=is_narrowed(form))
    return render(
        request,
        "agencies/signatures.html",
        {
            "pk": agreement.pk,
            "name": str(agreement),
            "table": table,
            "filter_form": form,
            "awaited": len(awaited),
            "without_lead": ", ".join(without_lead),
            "reminded": lifecycle.told_of(agreement),
        },
    )


@require_POST
def remind(request, pk):
    """One mail to each whose signature is awaited or expires soon."""
    agreement = get_object_or_404(_kept(request), pk=pk)
    awaited, _without_lead = signatures.awaited_from(agreement, signatures.everyones(agreement))
    reminder = lifecycle.remind_of(agreement, to=awaited, by=request.user)
    said = _("A reminder is on its way to everyone whose signature is awaited.")
    messages.success(request, f"{said} {reminder.leaving}" if reminder else said)
    return redirect("agencies:signatures", agreement.pk)


@require_POST
def take_back_reminder(request, pk):
    """What was just reminded of is not sent after all."""
    agreement = get_object_or_404(_kept(request), pk=pk)
    reminders.take_back(Notice.AGREEMENT_DUE, subject=agreement.pk, table=request.table, by=request.user)
    messages.success(request, _("The reminder is taken back. No mail leaves."))
    return redirect("agencies:signatures", agreement.pk)
