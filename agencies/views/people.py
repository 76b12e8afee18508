"""The people of the table: invited, changed, given roles, and let go."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import clock, lifecycle, policies
from agencies.access import Refused, require
from agencies.directory import everyone_at, matching, row_of
from agencies.enums import Act, Role
from agencies.forms.people import ConfirmForm, GiveRoleForm, InviteForm, MembershipFilterForm, PersonForm
from agencies.models import Appointment, Member, Recovery
from agencies.names import own_name
from agencies.narrowing import asked_of, is_narrowed, left_as, paged
from agencies.step_up import stepped_up
from agencies.tables import PeopleTable


def _fetch(request, pk, act):
    """The person, the appointments that hold or are to come, and what may be done; the door is barred without ``act``."""
    person = get_object_or_404(Member.objects.at_table(request.table).select_related("agency"), pk=pk)
    lasting = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), member=person)
    appointments = list(lasting.select_related("stands_in_for", "table"))
    held = {(each.table_id, Role(each.role)) for each in appointments}
    may = policies.permitted_with_person(request.user, person, held, request.table)
    require(act in may)
    return person, appointments, may


@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    """Everyone at the table, for those who look after them; an agency's lead sees the agency's own people."""
    may = policies.permitted(request.user, request.table)
    require(Act.READ_PEOPLE in may)
    if before := left_as(request, keeps=["agency", "role", "state"]):
        return redirect(before)
    keeps = policies.keeps(request.user, request.table)
    rows = everyone_at(request.table, agency_id=None if keeps else request.user.agency_id)
    form = MembershipFilterForm(asked_of(request), rows=rows)
    found = matching(rows, **form.cleaned_data) if form.is_valid() else rows
    table = paged(PeopleTable(found), request, is_narrowed=is_narrowed(form))
    own = "" if keeps else own_name(request.user.agency)
    may_take_back = Act.INVITE_ALL_AGAIN in may and lifecycle.invited_all_again(request.table).exists()
    context = {"table": table, "filter_form": form, "may": may, "agency": own, "may_take_back": may_take_back}
    return render(request, "agencies/people.html", context)


@require_http_methods(["GET", "POST"])
@stepped_up
def invite(request):
    """Someone new: the invitation goes by mail."""
    require(Act.INVITE in policies.permitted(request.user, request.table))
    form = InviteForm(request.POST or None, member=request.user, table=request.table, initial={"agency": request.GET.get("agency")})
    person = _invited(form, request) if form.is_valid() else None
    if person is not None:
        said = _("%(name)s can already sign in and now has these roles.") % {"name": person} if person.joined_at else _on_its_way(person)
        messages.success(request, said)
        return redirect("agencies:member", person.pk)  # in the list the new name may stand on another page, or be narrowed away
    return render(request, "agencies/invite.html", {"form": form})


def _on_its_way(person) -> str:
    if settings.PRACTICE:
        return _("The invitation to %(name)s does not leave this practice table: in half a minute it is among the letters.") % {
            "name": person
        }
    return _("The invitation to %(name)s is on its way.") % {"name": person}


def _invited(form, request) -> Member | None:
    """The person, invited; or None, and the form says what stands in the way."""
    try:
        return lifecycle.invite(**form.cleaned_data, table=request.table, by=request.user)
    except Refused as refused:
        form.add_error("email", refused.sentence)
        return None


@require_http_methods(["GET", "POST"])
def member(request, pk):
    """One person: how to reach them, what they are at this table, and what can be changed."""
    if pk == request.user.pk:
        return redirect("agencies:profile")
    person, appointments, may = _fetch(request, pk, Act.READ_PERSON)
    form = PersonForm(request.POST or None, instance=person)
    if form.is_valid():
        require(Act.CHANGE_PERSON in may)
        lifecycle.change_member(person, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("agencies:member", pk)
    return _shown(request, person, appointments, may, form=form)


def _shown(request, person, appointments, may, *, form, role_form=None):
    here = [each for each in appointments if each.table_id == request.table.pk]
    role_form = role_form or GiveRoleForm(member=request.user, person=person, table=request.table, held={each.role for each in here})
    roles = [
        {
            "pk": each.pk,
            "role": each.get_role_display(),
            "starts_at": each.starts_at,
            "last_on": each.last_moment,
            "stands_in_for": str(each.stands_in_for or ""),
            "may_end": policies.may_end_role(request.user, person, each.role, each.table_id),
        }
        for each in here
    ]
    facts = row_of(person) | {"invited_at": person.invited_at, "joined_at": person.joined_at}
    context = {"person": facts, "roles": roles, "form": form, "role_form": role_form, "may": may, "recovery": _waiting(request, person)}
    return render(request, "agencies/member.html", context)


def _waiting(request, person) -> dict | None:
    """That somebody asked to let the person in anew, and whether the reader may be the second of the two."""
    recovery = Recovery.objects.waiting().filter(table=request.table, member=person).select_related("table", "asked_by").first()
    if recovery is None:
        return None
    may = policies.may_confirm_recovery(request.user, recovery, person)
    return {"asked_by": str(recovery.asked_by), "asked_at": recovery.asked_at, "may_confirm": may}


@require_POST
@stepped_up
def give_role(request, pk):
    """One more role at this table."""
    person, appointments, may = _fetch(request, pk, Act.GIVE_ROLE)
    held = {each.role for each in appointments if each.table_id == request.table.pk}
    form = GiveRoleForm(request.POST, member=request.user, person=person, table=request.table, held=held)
    if not form.is_valid():
        request.read_at = reverse("agencies:member", args=[pk])
        return _shown(request, person, appointments, may, form=PersonForm(instance=person), role_form=form)
    lifecycle.appoint(person, table=request.table, role=Role(form.cleaned_data["role"]), by=request.user)
    messages.success(request, _("The role is given."))
    return redirect("agencies:member", pk)


@require_http_methods(["GET", "POST"])
@stepped_up
def end_role(request, pk):
    """A role at this table ends, after a second look."""
    lasting = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), table=request.table)
    appointment = get_object_or_404(lasting.select_related("member"), pk=pk)
    require(policies.may_end_role(request.user, appointment.member, appointment.role, appointment.table_id))
    back = reverse("agencies:member", args=[appointment.member_id])
    if request.method == "POST":
        lifecycle.end_appointment(appointment, by=request.user)
        messages.success(request, _("The role has ended."))
        return redirect(back)
    words = {"name": appointment.member, "role": appointment.get_role_display()}
    return _confirm(
        request,
        title=_("End a role"),
        what=[
            _("%(name)s is no longer “%(role)s” at this table, from now on.") % words,
            _("What was done in this role stays on the record."),
        ],
        submit=_("End the role"),
        cancel_url=back,
    )


@require_http_methods(["GET", "POST"])
@stepped_up
def end_membership(request, pk):
    """A person leaves: every role ends, and they cannot sign in."""
    person, appointments, _may = _fetch(request, pk, Act.END_MEMBERSHIP)
    if request.method == "POST":
        lifecycle.end_membership(person, by=request.user)
        messages.success(request, _("The membership of %(name)s has ended.") % {"name": person})
        return redirect("agencies:people")
    ending = [_("The role “%(role)s” ends (%(table)s).") % {"role": each.get_role_display(), "table": each.table} for each in appointments]
    return _confirm(
        request,
        title=_("End the membership of %(name)s") % {"name": person},
        what=[
            _("%(name)s cannot sign in any more; open pages close.") % {"name": person},
            *ending,
            _("To come back, a new invitation is needed."),
        ],
        submit=_("End the membership"),
        cancel_url=reverse("agencies:member", args=[pk]),
    )


@require_POST
def invite_again(request, pk):
    """The invitation once more, with a fresh link."""
    person, _appointments, _may = _fetch(request, pk, Act.CHANGE_PERSON)
    lifecycle.invite_again(person, table=request.table, by=request.user)
    messages.success(request, _on_its_way(person))
    return redirect("agencies:member", pk)


def _confirm(request, **words):
    return render(request, "components/confirm.html", {"form": ConfirmForm(), **words})
