"""What was done last at the table is undone, within half a minute, by whoever chairs."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import Refused, require
from meetings import lifecycle, policies
from meetings.agenda import meeting_for
from meetings.enums import Act
from meetings.forms.room import UndoForm
from meetings.just_done import undoable


@require_POST
def undo(request, pk):
    """The last thing done is undone; the page says what it was."""
    meeting = meeting_for(request, pk)
    may = policies.permitted(request.user, meeting)
    require(Act.UNDO in may)
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Refused(lifecycle.TOO_LATE)
    shown = undoable(meeting, member=request.user, may=may)
    lifecycle.undo(meeting, done=form.cleaned_data["done"], by=request.user)
    messages.success(request, _("Undone: %(what)s.") % {"what": shown.words})
    return redirect(f"meetings:{form.cleaned_data['page']}", meeting.pk)
