"""At which of a member's tables a page is."""

from django.utils import timezone


def sit_at(request, table) -> None:
    """The page is of this table: it names it, the reader's roles there, and its hour, whichever table this device was at before.

    Only for this page, and only where the member has a role that counts at the table.
    """
    if table in request.user.standing.tables:
        request.table = table
        timezone.activate(table.zone)  # the middleware puts the former one back
