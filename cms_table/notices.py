"""What awaits a member: all that the table told them, or will, as long as it is still true; never a fact about anyone."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import clock, lifecycle
from agencies.enums import OF_THE_DOOR
from agencies.models import Outbox
from cms_table.awaiting import still_true
from cms_table.mail import sentence_of

REACHES_BACK = timedelta(days=30)
AT_MOST = 200  # rows that are asked whether they are still true


def _told(member):
    """What was told to the member, or will be, newest first."""
    rows = Outbox.objects.filter(recipient=member, dropped_at=None, created_at__gte=clock.now() - REACHES_BACK)
    return rows.exclude(notice__in=OF_THE_DOOR).order_by("-created_at")


@require_safe
def awaiting(request):
    """Each thing once, however often it was told; what was opened or set aside stands below."""
    seen: dict = {}
    for mail in _told(request.user).select_related("table")[:AT_MOST]:
        seen.setdefault((mail.notice, mail.subject_id), mail)
    rows = [_row(mail, request.table) for mail in still_true(list(seen.values()), to=request.user)]
    return render(
        request, "pages/awaiting.html", {"new": [row for row in rows if not row.is_read], "read": [row for row in rows if row.is_read]}
    )


def _row(mail, here) -> SimpleNamespace:
    return SimpleNamespace(
        pk=mail.pk,
        sentence=sentence_of(mail),
        at=localtime(mail.created_at, mail.table.zone if mail.table else None),
        table=str(mail.table) if mail.table and mail.table != here else "",
        is_read=mail.read_at is not None,
    )


@require_safe
def open_notice(request, pk):
    """On to the page that it is about; from now on it counts as read.

    The one page that is only read and yet settles something: a link can be opened in a tab of its own and come back to, and
    all that it settles is in which of the reader's own two lists the line stands.
    """
    mail = get_object_or_404(_told(request.user), pk=pk)
    lifecycle.mark_read(mail, by=request.user)
    return redirect(mail.address)


@require_POST
def set_aside(request, pk):
    """It counts as read without being opened."""
    lifecycle.mark_read(get_object_or_404(_told(request.user), pk=pk), by=request.user)
    messages.success(request, _("It counts as read."))
    return redirect("awaiting")
