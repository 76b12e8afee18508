"""A day that the table's calendar can hold."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


def within_reach(given) -> None:
    """Refuse a day, or a moment, so far away that no clock of the world can be asked for it; a slip of the keyboard, mostly."""
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise ValidationError(_("Choose a day between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
