"""Something cannot wait: a session is called for one situation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import clock
from agencies.models import Agency
from meetings import lifecycle
from meetings.forms.calendar import SESSION_IN, EmergencyForm
from situations.disclosure import disclose
from situations.enums import Act
from situations.views.guard import reach


@require_http_methods(["GET", "POST"])
def call(request, pk):
    """A representative picks the seats; they are mailed, and nobody else learns of it."""
    situation = reach(request, pk, Act.CALL_EMERGENCY)
    seated = Agency.objects.filter(is_active=True, seats__in=situation.table.seats.current()).exclude(pk=situation.originating_agency_id)
    form = EmergencyForm(request.POST or None, table=situation.table, begins=clock.now() + SESSION_IN, seated=seated)
    if form.is_valid():
        chosen = form.cleaned_data
        meeting = lifecycle.call_emergency(
            situation.table, situation=situation, agencies=chosen["called"], starts_at=chosen["starts_at"], by=request.user
        )
        messages.success(request, _("The session is called. The agencies are told by mail."))
        return redirect("meetings:detail", meeting.pk)
    known = disclose(situation, to=request.user, words=False, only=())
    return render(request, "meetings/emergency.html", {"situation": known, "form": form})
