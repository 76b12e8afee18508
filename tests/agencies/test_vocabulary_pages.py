"""The coded words are read by all who sit at the table, and looked after in the browser."""

import pytest
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import LedgerAct
from agencies.models import Entry, LedgerEntry
from agencies.models.vocabulary import choices

LISTS = reverse("agencies:vocabularies")
SECTORS, ADD = reverse("agencies:vocabulary", args=["sector"]), reverse("agencies:add_entry", args=["sector"])
KEY = "sector:SEC-01"
ENTRY, RETIRE = (reverse(f"agencies:{name}", args=[KEY]) for name in ("entry", "retire_entry"))
SAID = {
    "label_en": "Schools",
    "label_fr": "Écoles",
    "help_en": "",
    "help_fr": "",
    "synonyms_en": "school;college",
    "synonyms_fr": "école;collège",
    "rtd_code": "",
}


def codes(table):
    return [row["code"] for row in table.data.data]


@pytest.mark.parametrize("address", [LISTS, SECTORS])
@pytest.mark.parametrize(
    ("part", "status"), [("in_the_room", 200), ("steering", 200), ("privacy_officer", 200), ("coordinator", 200), ("observer", 403)]
)
def test_whoever_sits_at_the_table_reads_the_words(request, part, status, address, client_of):
    assert client_of(request.getfixturevalue(part)).get(address).status_code == status


@pytest.mark.parametrize("address", [ADD, ENTRY, RETIRE])
@pytest.mark.parametrize(("part", "status"), [("coordinator", 200), ("administrator", 200), ("in_the_room", 403), ("chair", 403)])
def test_the_words_are_changed_by_coordinators_and_administrators(request, part, status, address, client_of):
    assert client_of(request.getfixturevalue(part)).get(address).status_code == status


def test_a_list_that_does_not_exist_is_not_there(coordinator, client_of):
    client = client_of(coordinator)

    missing = [reverse("agencies:vocabulary", args=["names"]), reverse("agencies:entry", args=["sector:NONE"])]
    assert [client.get(address).status_code for address in missing] == [404, 404]


def test_every_list_stands_there_with_its_counts(coordinator, client_of):
    lists = {each["key"]: each for each in client_of(coordinator).get(LISTS).context["lists"]}

    assert (len(lists), lists["risk_factor"]["offered"] >= 105, lists["sector"]["retired"]) == (27, True, 0)


def test_an_entry_is_found_in_either_language_and_by_what_else_it_is_called(coordinator, client_of):
    client = client_of(coordinator)
    address = reverse("agencies:vocabulary", args=["risk_factor"])

    found = [
        codes(client.get(address, {"words": words}).context["offered"])
        for words in ("alcohol abuse by person", "ABUS D'ALCOOL par la personne", "intoxicated")
    ]

    assert ["ALC-01" in each for each in found] == [True, True, True]


def test_an_entry_is_reworded_in_both_languages(coordinator, client_of):
    client_of(coordinator).post(ENTRY, SAID | {"version": Entry.objects.get(pk=KEY).version})

    entry = Entry.objects.get(pk=KEY)
    assert (entry.label_en, entry.label_fr, entry.code, entry.rtd_code) == ("Schools", "Écoles", "SEC-01", None)
    assert LedgerEntry.objects.filter(act=LedgerAct.ENTRY_CHANGED, by_id=coordinator.pk, subject_id=KEY).count() == 1


@pytest.mark.parametrize("field", ["label_en", "label_fr"])
def test_an_entry_is_never_without_a_language(coordinator, field, client_of):
    page = client_of(coordinator).post(ENTRY, SAID | {"version": 1, field: " "})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_a_stale_entry_shows_both_versions(coordinator, administrator, client_of):
    version = Entry.objects.get(pk=KEY).version
    lifecycle.change_entry(Entry.objects.get(pk=KEY), label_en="Education and schools", by=administrator)

    page = client_of(coordinator).post(ENTRY, SAID | {"version": version})

    shown = {each.label: (each.yours, each.theirs) for each in page.context["rows"]}
    assert (page.status_code, shown["Label in English"]) == (409, ("Schools", "Education and schools"))


def test_an_entry_of_the_tables_own_is_added_at_the_end(coordinator, client_of):
    client_of(coordinator).post(ADD, SAID | {"code": "LOC-01", "rtd_code": "X9"})

    added = Entry.objects.get(pk="sector:LOC-01")
    assert (added.rtd_code, choices("sector")[-1]) == ("X9", ("sector:LOC-01", "Schools"))


@pytest.mark.parametrize("code", ["SEC-01", "loc-01", "LOC 01", "", "A" * 30])
def test_a_code_that_is_taken_or_malformed_comes_back(coordinator, code, client_of):
    page = client_of(coordinator).post(ADD, SAID | {"code": code})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["code"])


def test_an_entry_is_retired_and_offered_again(coordinator, client_of):
    client = client_of(coordinator)

    client.post(RETIRE)
    retired = client.get(SECTORS).context
    offered_then = (KEY in dict(choices("sector")), codes(retired["retired"]))
    client.post(RETIRE)

    assert (offered_then, KEY in dict(choices("sector"))) == ((False, ["SEC-01"]), True)
    assert LedgerEntry.objects.filter(act=LedgerAct.ENTRY_CHANGED, by_id=coordinator.pk, subject_id=KEY).count() == 2


def test_the_words_are_looked_after_in_french(coordinator, client_of):
    client = client_of(coordinator, language="fr-ca")

    assert [client.get(address).status_code for address in (LISTS, SECTORS, ADD, ENTRY, RETIRE)] == [200] * 5


def test_a_list_costs_the_same_for_one_and_for_many(coordinator, client_of, django_assert_num_queries):
    client = client_of(coordinator)
    with django_assert_num_queries(11):
        one = client.get(SECTORS, {"words": "SEC-01"})
    with django_assert_num_queries(11):
        many = client.get(SECTORS)

    assert (len(codes(one.context["offered"])), len(codes(many.context["offered"]))) == (1, 22)


def test_the_list_of_lists_costs_few_queries(coordinator, client_of, django_assert_num_queries):
    client = client_of(coordinator)

    with django_assert_num_queries(11):
        client.get(LISTS)


def test_what_is_said_in_one_language_only_comes_back_with_a_sentence(coordinator, client_of):
    page = client_of(coordinator).post(ENTRY, SAID | {"version": 1, "help_en": "For all ages."})

    assert page.context["form"].errors == {"help_fr": ["Say it in both languages, or in neither."]}


@pytest.mark.parametrize(("part", "told"), [("coordinator", ["SEC-01"]), ("administrator", ["SEC-01"]), ("in_the_room", [])])
def test_whoever_can_put_it_right_reads_which_entry_is_said_in_one_language_only(request, part, told, client_of):
    Entry.objects.filter(pk=KEY).update(help_en="For all ages.")

    page = client_of(request.getfixturevalue(part)).get(SECTORS)

    assert page.context["one_sided"] == told
    assert ("in one language only" in page.content.decode()) == bool(told)
