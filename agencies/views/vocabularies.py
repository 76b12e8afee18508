"""The lists of coded words: read by all, looked after by coordinators and administrators."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import lifecycle, policies
from agencies.access import require
from agencies.enums import Act
from agencies.folding import folded
from agencies.forms.people import ConfirmForm
from agencies.forms.tables import EntryForm, NewEntryForm, WordsForm
from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary
from agencies.narrowing import is_narrowed, left_as, paged
from agencies.tables import EntryTable

RETIRED = "retired-"  # before what the address asks of the second list of a page


def _may(request, act):
    may = policies.permitted(request.user, request.table)
    require(act in may)
    return may


def _list(key) -> Vocabulary:
    if key not in Vocabulary.values:
        raise Http404
    return Vocabulary(key)


@require_safe
def vocabularies(request):
    """Every list, with how many entries it offers and how many are retired."""
    may = _may(request, Act.READ_VOCABULARIES)
    counted = (
        Entry.objects.order_by()
        .values("vocabulary")
        .annotate(offered=Count("pk", filter=Q(retired_at=None)), retired=Count("pk", filter=Q(retired_at__isnull=False)))
    )
    counts = {row["vocabulary"]: row for row in counted}
    none = {"offered": 0, "retired": 0}
    lists = [{"key": each.value, "name": str(each.label), **counts.get(each.value, none)} for each in Vocabulary]
    lists.sort(key=lambda each: folded(each["name"]))
    return render(request, "agencies/vocabularies.html", {"lists": lists, "may": may})


@require_safe
def vocabulary(request, list):
    """One list: what is offered, and apart from it what is retired."""
    may = _may(request, Act.READ_VOCABULARIES)
    chosen = _list(list)
    if before := left_as(request, keeps=[], prefixes=["", RETIRED]):
        return redirect(before)
    form = WordsForm(request.GET)
    wanted = folded(form.cleaned_data["words"]).split() if form.is_valid() else []
    rows = [row for row in map(_row, Entry.objects.of(chosen)) if all(word in row["searched"] for word in wanted)]
    may_change = Act.CHANGE_VOCABULARIES in may
    offered = EntryTable([row for row in rows if not row["is_retired"]], caption=_("Entries that can be chosen"), may_change=may_change)
    retired = EntryTable(
        [row for row in rows if row["is_retired"]],
        caption=_("No longer offered, kept for what was said with them"),
        may_change=may_change,
        prefix=RETIRED,
    )
    return render(
        request,
        "agencies/vocabulary.html",
        {
            "key": chosen.value,
            "name": chosen.label,
            "offered": paged(offered, request, is_narrowed=is_narrowed(form)),
            "retired": paged(retired, request),
            # Only whoever can put it right is told.
            "one_sided": [row["code"] for row in rows if row["is_one_sided"] and not row["is_retired"]] if may_change else [],
            "filter_form": form,
            "may": may,
        },
    )


def _row(entry) -> dict:
    words = [entry.code, entry.label_en, entry.label_fr, entry.synonyms_en, entry.synonyms_fr, entry.group_en, entry.group_fr]
    return {
        "pk": entry.pk,
        "code": entry.code,
        "label_en": entry.label_en,
        "label_en_folded": folded(entry.label_en),
        "label_fr": entry.label_fr,
        "label_fr_folded": folded(entry.label_fr),
        "rtd_code": entry.rtd_code,
        "is_retired": entry.retired_at is not None,
        "is_one_sided": entry.is_one_sided,
        "searched": folded(" ".join(words)),
    }


@require_http_methods(["GET", "POST"])
def add_entry(request, list):
    """An entry of the table's own."""
    _may(request, Act.CHANGE_VOCABULARIES)
    chosen = _list(list)
    form = NewEntryForm(request.POST or None, vocabulary=chosen.value)
    if form.is_valid():
        lifecycle.add_entry(vocabulary=chosen.value, **form.cleaned_data, by=request.user)
        messages.success(request, _("The entry is in the list."))
        return redirect("agencies:vocabulary", chosen.value)
    return render(request, "agencies/add_entry.html", {"form": form, "key": chosen.value, "name": chosen.label})


@require_http_methods(["GET", "POST"])
def entry(request, pk):
    """One entry, in both languages. Its code never changes."""
    _may(request, Act.CHANGE_VOCABULARIES)
    kept = get_object_or_404(Entry, pk=pk)
    form = EntryForm(request.POST or None, instance=kept)
    if form.is_valid():
        lifecycle.change_entry(kept, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:vocabulary", kept.vocabulary)
    facts = {
        "pk": pk,
        "code": kept.code,
        "list": kept.vocabulary,
        "list_name": kept.get_vocabulary_display(),
        "retired_at": kept.retired_at,
    }
    return render(request, "agencies/entry.html", {"form": form, "entry": facts})


@require_http_methods(["GET", "POST"])
def retire(request, pk):
    """An entry is no longer offered, or is offered again; after a second look."""
    _may(request, Act.CHANGE_VOCABULARIES)
    kept = get_object_or_404(Entry, pk=pk)
    is_retired = kept.retired_at is None
    if request.method == "POST":
        lifecycle.retire_entry(kept, is_retired=is_retired, by=request.user)
        messages.success(request, _("The entry is retired.") if is_retired else _("The entry is offered again."))
        return redirect("agencies:vocabulary", kept.vocabulary)
    retiring = [_("“%(label)s” is no longer offered anywhere."), _("What was said with it keeps its label, in pages and in releases.")]
    restoring = [_("“%(label)s” is offered again, in its old place in the list.")]
    return render(
        request,
        "components/confirm.html",
        {
            "form": ConfirmForm(),
            "title": _("Retire this entry") if is_retired else _("Offer an entry again"),
            "what": [sentence % {"label": kept.label} for sentence in (retiring if is_retired else restoring)],
            "submit": _("Retire this entry") if is_retired else _("Offer it again"),
            "cancel_url": reverse("agencies:entry", args=[pk]),
        },
    )
