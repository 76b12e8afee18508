"""The way in: an invitation's link, opened once."""

import uuid

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from agencies import lifecycle
from agencies.forms.people import ConfirmForm, JoinForm
from agencies.models import Appointment, Member, SituationTable
from agencies.names import own_name
from agencies.step_up import remember_proof

JOB = "invitation"  # who acts when a link is asked for by someone who has not joined yet


def _invited(uid) -> Member | None:
    """The person whom the link names, as long as an invitation to them stands."""
    try:
        key = uuid.UUID(force_str(urlsafe_base64_decode(uid)))
    except ValueError:  # what cannot be read names nobody
        return None
    return Member.objects.active().filter(pk=key, joined_at=None).first()


def _table_of(member) -> SituationTable | None:
    """The table to which the person was invited; none for whom only the agency names, to stand in for others."""
    appointment = Appointment.objects.filter(member=member).select_related("table").order_by("-starts_at").first()
    return appointment.table if appointment else None


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request, uid, token):
    """Choose a password, say how you are called and addressed, and be signed in; whoever else is signed in in this browser no longer is."""
    member = _invited(uid)
    if member is None or not default_token_generator.check_token(member, token):
        return render(
            request, "agencies/join_closed.html", {"uid": uid, "is_invited": member is not None, "form": ConfirmForm()}, status=410
        )
    form = JoinForm(request.POST or None, member=member, initial={"full_name": member.full_name, "language": get_language()})
    if form.is_valid():
        said = {name: given for name, given in form.cleaned_data.items() if name != "again"}
        member = lifecycle.accept_invitation(member, **said)
        remember_proof(request, member, method="password")
        return perform_login(request, member, email_verification="none", redirect_url=reverse("agencies:come_in"))
    other = str(request.user) if request.user.is_authenticated else ""
    invited = {"table": str(_table_of(member) or ""), "agency": own_name(member.agency)}
    invited["email"] = "" if "email" in form.fields else member.email
    return render(request, "agencies/join.html", {"form": form, "other": other, **invited})


@require_safe
def come_in(request):
    """After the password and the second factor: to the agreement where one awaits a signature, otherwise to the first page."""
    return redirect("agencies:agreements" if request.user.standing.unsigned else "start")


@login_not_required
@require_http_methods(["POST"])
def ask_again(request, uid):
    """A fresh link to the address that was invited; the answer is the same whether an invitation stands or not."""
    member = _invited(uid)
    if member is not None:
        lifecycle.invite_again(member, table=_table_of(member), by=JOB)
    return render(request, "agencies/join_asked.html")
