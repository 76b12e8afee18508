"""Rare combinations of coded answers, by published shares: said while the writer can still act, and never in the way."""

import csv
import re
from pathlib import Path

import pytest
from django.urls import reverse

from agencies.models import Entry
from situations import lifecycle, rarity
from situations.rarity import Rare, rare
from tests.situations.test_intake import post

PERSON = "discussion_type:PER"
RARE = {
    "discussion_type": PERSON,
    "age_group": "age_group:12-17",
    "sex_gender": "sex_gender:F",
    "language_of_service": "language_of_service:FR",
}
COMMON = {**RARE, "age_group": "age_group:18-24", "sex_gender": "sex_gender:M", "language_of_service": "language_of_service:EN"}


@pytest.fixture
def empty(table, originator):
    return lifecycle.open_situation(table, agency=originator.agency, by=originator)


def told_on(page):
    return [" ".join(re.sub("<[^>]+>", "", each).split()) for each in re.findall(r"<div data-rare>(.*?)</div>", page, re.DOTALL)]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            ["age_group:12-17", "sex_gender:F", "language_of_service:FR"],
            Rare(("age_group:12-17", "sex_gender:F", "language_of_service:FR"), 3),
        ),
        (["age_group:12-17", "sex_gender:M", "language_of_service:EN"], None),
        (["age_group:12-17", "language_of_service:FR"], None),
        (["sex_gender:X", "age_group:18-24", "language_of_service:EN"], Rare(("sex_gender:X",), 2)),
        (["age_group:12-17", "language_of_service:OTH", "sex_gender:F"], Rare(("age_group:12-17", "language_of_service:OTH"), 2)),
        ([None, "", "study_flag:SF-06"], None),
    ],
)
def test_the_fewest_answers_that_few_share_are_told(keys, told):
    assert rare(keys) == told


def test_an_answer_without_a_published_share_says_nothing_and_hides_nothing():
    answers = ["age_group:12-17", "sex_gender:F", "language_of_service:FR"]

    assert rare([*answers, "study_flag:SF-06"]) == rare(answers)
    assert rare(["age_group:18-24", "study_flag:SF-06"]) is None


@pytest.mark.django_db
def test_each_share_is_of_an_entry_and_has_its_source():
    path = Path(rarity.__file__).parent / "published_shares.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))

    assert [row["entry"] for row in rows if not (row["source"] and row["of"] and 0 < float(row["share"]) < 1)] == []
    assert {row["entry"] for row in rows} - set(Entry.objects.values_list("pk", flat=True)) == set()


@pytest.mark.parametrize("page", ["why now", "check"])
def test_what_is_rare_is_said_where_it_can_be_changed(client_of, originator, empty, page):
    client = client_of(originator)
    post(client, empty, 1, **RARE)
    url = reverse("situations:check", args=[empty.pk]) if page == "check" else reverse("situations:intake", args=[empty.pk, 7])

    shown = client.get(url).content.decode()

    assert told_on(shown) == [
        "Few share these answers 12–17 years · Female · French. By published shares, about 3 of the 200 situations of a year. "
        "The room could guess who it is. If an answer is not needed to help, change it to a wider or an unknown one. Change these answers"
    ]
    assert f'href="{reverse("situations:intake", args=[empty.pk, 1])}?back=check"' in shown


def test_nothing_is_said_of_what_many_share_and_nothing_is_in_the_way(client_of, originator, empty):
    client = client_of(originator)
    post(client, empty, 1, **COMMON)
    common = client.get(reverse("situations:check", args=[empty.pk])).content.decode()

    changed = post(client, empty, 1, **RARE)

    assert (told_on(common), changed.status_code) == ([], 302)


def test_it_is_said_in_french(client_of, originator, empty):
    client = client_of(originator, language="fr-ca")
    post(client, empty, 1, **RARE)

    page = client.get(reverse("situations:check", args=[empty.pk])).content.decode()

    assert [told[:45] for told in told_on(page)] == ["Peu de situations partagent ces réponses 12 à"]
