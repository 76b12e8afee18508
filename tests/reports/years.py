"""Whole years of a table, for counting.

They are written as rows and not played through the lifecycles: two hundred situations would take minutes there. Every
constraint of the database holds for them, and ``test_counting`` counts played ones too.
"""

import random
from datetime import UTC, datetime, timedelta

from agencies.models import Agency
from agencies.models.vocabulary import Entry
from responses.enums import Part, Standing
from responses.models import Engagement, Response
from situations.enums import ENDED_STAGES, Decision, Stage
from situations.models import NumberCounter, Situation

YEAR = 2025
# How often factors of a category are named at tables, as weights.
# fmt: off
CATEGORIES = {
    "ALC": 9, "ANB": 5, "BAS": 5, "COG": 4, "VIC": 5, "CRI": 14, "DRG": 12, "ELD": 5, "EMO": 3, "GAM": 1, "GNG": 1, "HOU": 10, "MEN": 17,
    "SCH": 6, "MIS": 5, "PEE": 4, "PAR": 5, "PHY": 9, "PVI": 5, "POV": 3, "SHA": 2, "SVI": 2, "SOC": 3, "SUI": 5, "SUP": 3,
    "THR": 2, "UNE": 4,
}
# fmt: on
NOON = datetime(YEAR, 6, 2, 17, 0, tzinfo=UTC)


def brought(table, number, *, year=YEAR, by=None, stage=Stage.CONCLUDED, varied=(), **fields):
    """So many accepted situations of a year, each about somebody else, brought by the table's agencies in turn.

    ``varied`` holds, for each, the fields in which they differ.
    """
    agencies = by or list(Agency.objects.order_by("name"))
    counter, _new = NumberCounter.objects.get_or_create(table=table, year=year)
    presented_at = fields.pop("presented_at", NOON.replace(year=year))
    has_ended = stage in ENDED_STAGES
    if has_ended and stage != Stage.REJECTED:
        fields.setdefault("conclusion_reason_id", "conclusion_reason:ORL-01")
    rows = Situation.objects.bulk_create(
        Situation(
            table=table,
            stage=stage,
            year=year,
            sequence=counter.last + place + 1,
            opened_at=presented_at - timedelta(days=1),
            submitted_at=presented_at - timedelta(days=1),
            presented_at=presented_at,
            decided_at=presented_at,
            decision=Decision.REJECTED if stage == Stage.REJECTED else Decision.ACCEPTED,
            **{
                "originating_agency": agencies[place % len(agencies)],
                "ended_at": presented_at + timedelta(days=20) if has_ended else None,
                **fields,
                **(varied[place] if varied else {}),
            },
        )
        for place in range(number)
    )
    counter.last += number
    counter.save()
    return rows


def answered(situations, *, hours=None, engaged=()):
    """Their responses: first contact after so many hours (or none yet), with these agencies besides the one that brought it.

    ``engaged`` may draw them anew for each.
    """
    responses = Response.objects.bulk_create(
        Response(
            table_id=each.table_id,
            situation=each,
            accepted_at=each.decided_at,
            first_contact_at=None if hours is None else each.decided_at + timedelta(hours=hours),
        )
        for each in situations
    )
    Engagement.objects.bulk_create(
        Engagement(
            table_id=response.table_id,
            response=response,
            agency=agency,
            part=Part.ASSISTING,
            standing=Standing.ENGAGED,
            since=response.accepted_at,
        )
        for response in responses
        for agency in (engaged() if callable(engaged) else engaged)
    )


def a_year(table, *, situations=200, year=YEAR, seed=1):
    """A year shaped like published ones: common answers common, rare ones rare; the same for the same seed."""
    dice = random.Random(seed)
    agencies = _three_of_each_sector()
    ages = dict(zip(_keys("age_group"), [1, 2, 14, 16, 12, 22, 22, 11], strict=True))
    sexes = dict(zip(_keys("sex_gender"), [48, 50, 1, 1], strict=True))
    endings = {"conclusion_reason:ORL-01": 70, "conclusion_reason:AER-02": 20, "conclusion_reason:OTH-01": 6, "early_end_reason:EAR-01": 4}
    factors = {f"risk_factor:{category}-01": weight for category, weight in CATEGORIES.items()}

    def one(weights):
        return dice.choices(list(weights), list(weights.values()))[0]

    rows = brought(
        table,
        situations,
        year=year,
        varied=[
            {
                "originating_agency": dice.choice(agencies),
                "age_group_id": one(ages),
                "sex_gender_id": one(sexes),
                "risk_factors": sorted(set(dice.choices(list(factors), list(factors.values()), k=8))),
                "conclusion_reason_id": one(endings),
            }
            for _each in range(situations)
        ],
    )
    responded = [row for row in rows if not row.conclusion_reason_id.startswith("early")]
    for part, hours in enumerate([3, 20, 20, 30, 40, 90, None]):
        answered(responded[part::7], hours=hours, engaged=lambda: dice.sample(agencies, 3))


def _three_of_each_sector():
    kinds = [("01", "16"), ("02", "07"), ("04", "01"), ("05", "12"), ("06", "21"), ("10", "29"), ("11", "31"), ("12", "24")]
    return [
        Agency.objects.get_or_create(
            name=f"Agency {sector}-{number}", defaults={"sector_id": f"sector:SEC-{sector}", "agency_type_id": f"agency_type:AGT-{kind}"}
        )[0]
        for sector, kind in kinds
        for number in range(3)
    ]


def _keys(vocabulary):
    return list(Entry.objects.of(vocabulary).values_list("pk", flat=True))
