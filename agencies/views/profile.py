"""One's own page: how one is called and reached, at which tables one sits, when one signed in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import lifecycle, policies
from agencies.directory import IN_ORDER
from agencies.enums import Act, LedgerAct
from agencies.forms.keys import KeysForm
from agencies.forms.mail import AT_ONCE, MailForm, mail_in_words
from agencies.forms.people import PersonForm
from agencies.models import LedgerEntry, Member
from agencies.names import own_name
from agencies.obstacles import obstacles_of


@require_http_methods(["GET", "POST"])
def profile(request):
    """Name, telephone and language are one's own to change."""
    member = Member.objects.select_related("agency").get(pk=request.user.pk)
    form = PersonForm(request.POST or None, instance=member)
    if form.is_valid():
        lifecycle.change_member(member, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        response = redirect("agencies:profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax", httponly=True, secure=settings.PRODUCTION
        )
        return response
    standing = request.user.standing
    signed_in = LedgerEntry.objects.filter(by_id=request.user.pk, act=LedgerAct.SIGNED_IN).values_list("at", flat=True)[:5]
    tables = [
        {
            "pk": table.pk,
            "name": str(table),
            "roles": ", ".join(str(role.label) for role in sorted(standing.roles_at(table.pk), key=IN_ORDER.get)),
            "is_here": table == request.table,
        }
        for table in standing.tables
    ]
    return render(
        request,
        "agencies/profile.html",
        {
            "form": form,
            "own": {
                "email": member.email,
                "mail": mail_in_words(member),
                "has_calendar": member.calendar_key is not None,
                "keys": member.get_single_keys_display(),
            },
            "agency": own_name(request.user.agency),
            "tables": tables,
            "signed_in": list(signed_in),
            "obstacles": obstacles_of(request.user),
            "may_delegate": request.table is not None and Act.DELEGATE in policies.permitted(request.user, request.table),
        },
    )


@require_http_methods(["GET", "POST"])
def mail(request):
    """When mail comes is one's own to choose; what cannot wait comes at once."""
    form = MailForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if form.is_valid():
        lifecycle.choose_mail(request.user, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:profile")
    return render(request, "agencies/mail.html", {"form": form, "at_once": [each.label for each in AT_ONCE]})


@require_http_methods(["GET", "POST"])
def keys(request):
    """Whether letters act at the table is one's own to choose."""
    form = KeysForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if form.is_valid():
        lifecycle.choose_keys(request.user, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:profile")
    return render(request, "agencies/keys.html", {"form": form})


@require_POST
def sit_at(request, pk):
    """The table at which the member sits on this device."""
    if pk not in {table.pk for table in request.user.standing.tables}:
        raise Http404
    request.session["table"] = str(pk)
    return redirect("start")
