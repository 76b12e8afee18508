"""What goes of a response when its situation is forgotten: the plan with the words, the coded facts after years."""

from datetime import datetime

from django.db import transaction

from responses.models import Response, Step
from situations import lifecycle as situations


@transaction.atomic
def purge(situation, *, by) -> None:
    """A month after the end the words are gone, and with them the plan; coded facts of the response stay."""
    Step.objects.filter(response__situation=situation).delete()
    situations.purge(situation, by=by)


@transaction.atomic
def forget_again(pk, *, table_id, how: str, at: datetime, by) -> None:
    """What a backup brought back of a situation that is forgotten is forgotten again, its plan too."""
    Step.objects.filter(response__situation=pk).delete()
    situations.forget_again(pk, table_id=table_id, how=how, at=at, by=by)


@transaction.atomic
def forget_codes(situation, *, by) -> None:
    """After the table's years the coded facts of the response go with those of the situation."""
    Response.objects.filter(situation=situation).delete()
    situations.forget_codes(situation, by=by)
