"""What a member chose lately: offered again to that member alone, so that nobody's choices speak of what others bring."""

from django.db.models import OuterRef, Subquery

from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from situations.disclosure import where_readable

LATELY = 5  # situations that are looked through


def chosen_lately(field: str, *, by, among) -> list[str]:
    """The codes of the coded answer ``field`` that ``by`` gave in the situations ``among``, newest first; each once.

    Only situations in which this member saved this very answer count, and only while the member may still read it there.
    """
    saved = LedgerEntry.objects.filter(situation_id=OuterRef("pk"), by_id=by.pk, act=LedgerAct.DRAFT_SAVED, codes__contains=[field])
    own = among.filter(where_readable("profile_and_factors", to=by)).annotate(chosen_at=Subquery(saved.order_by("-at").values("at")[:1]))
    answers = own.exclude(chosen_at=None).order_by("-chosen_at").values_list(field, flat=True)[:LATELY]
    return list(dict.fromkeys(code for codes in answers for code in codes))
