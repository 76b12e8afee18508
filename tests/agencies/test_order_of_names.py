"""Names stand in the order in which people look for them: accents, capitals and ligatures do not count."""

import pytest
from django.db.models import F, Value

from agencies import lifecycle
from agencies.folding import ACCENTED, Folded, folded
from agencies.models import Agency, Member, SituationTable

LOOKED_FOR = ["eau Claire", "École du Nord", "Ecole Sainte-Anne", "Étoile", "Odette", "Œuvre", "Paul", "Zoé"]


def test_agencies_stand_in_order_whatever_their_accents(coordinator):
    for name in reversed(LOOKED_FOR):
        lifecycle.add_agency(name=name, sector="sector:SEC-01", agency_type="agency_type:AGT-16", by=coordinator)

    assert [agency.name for agency in Agency.objects.filter(name__in=LOOKED_FOR)] == LOOKED_FOR


def test_people_stand_in_order_whatever_their_accents(db):
    for place, name in enumerate(reversed(LOOKED_FOR)):
        Member.objects.create_user(f"{place}@table.example", full_name=name)

    assert [member.full_name for member in Member.objects.filter(full_name__in=LOOKED_FOR)] == LOOKED_FOR


def test_the_filter_of_a_list_offers_agencies_in_order(client_of, coordinator, table):
    lifecycle.add_agency(name="École du Nord", sector="sector:SEC-01", agency_type="agency_type:AGT-16", table=table, by=coordinator)

    page = client_of(coordinator).get("/situations/")
    names = [str(name) for _key, name in page.context["filter_form"].fields["agency"].choices][1:]
    assert names == sorted(names, key=folded)
    assert names.index("École du Nord") < names.index("Fern Income Support")


@pytest.mark.parametrize("name", [*LOOKED_FOR, *ACCENTED, "L’Œuvre", "ÆON"])
def test_the_database_compares_as_python_does(db, name):
    there = SituationTable.objects.annotate(said=Value(name), compared=Folded(F("said"))).values_list("compared", flat=True).first()

    assert there.replace("’", "'") == folded(name)
