"""What the table holds, who may see it and when it is forgotten: a public page, made of the matrix, the settings and the models."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from agencies.actor import for_the_table
from agencies.models import SituationTable
from meetings import disclosure as of_meetings
from responses import disclosure as of_responses
from situations import disclosure as of_situations
from situations.enums import Stage
from situations.models import LegalHold, Situation
from situations.models.situation import CODED, CODED_LISTS
from situations.plainly import in_plain_words, is_always, stages_with
from situations.withheld import WORDS

# What goes with the words of a situation: the rows of these models are deleted then. Of all others the rows stay.
FORGOTTEN = {"Step"}
CODES = (*CODED, *CODED_LISTS, "conclusion_reason")


@login_not_required
@require_safe
def what_we_hold(request, revealed=of_situations.REVEALED):
    """In words that a reader without any training understands; ``revealed`` is the matrix."""
    return render(
        request,
        "pages/what_we_hold.html",
        {
            "sections": in_plain_words(revealed),
            "tables": [_kept_at(table) for table in SituationTable.objects.filter(is_active=True)],
            "codes": codes_that_stay(),
            "rest": data_that_stay(),
            "after_no": stages_with(revealed, Stage.REJECTED),
        },
    )


def _kept_at(table) -> dict:
    kept = {"days": table.retention_days, "draft_days": table.draft_days, "codes_years": table.codes_years}
    with for_the_table("hold"):  # how many, and nothing else
        holds = LegalHold.objects.holding().at(table).count()
    return {"names": table.names, "naming": table.get_naming_display(), "holds": holds} | kept


def codes_that_stay() -> list[str]:
    """The coded answers of a situation, as the model calls them."""
    return [capfirst(str(Situation._meta.get_field(name).verbose_name)) for name in CODES]


def data_that_stay() -> list:
    """The titles of what else stays of a situation: its own data that are more than codes, and the rows about it that are not deleted."""
    own = {key.split(".")[1]: fields for key, fields in of_situations.FIELDS.items() if key.startswith("Situation.")}
    about_it = [key.split(".") for policy in (of_responses, of_meetings) for key in policy.FIELDS]
    data = [datum for datum, fields in own.items() if set(fields) - set(CODES)]
    data += [datum for model, datum in about_it if model not in FORGOTTEN and datum not in own]
    return [WORDS[datum][0] for datum in dict.fromkeys(data) if not is_always(of_situations.REVEALED[datum])]
