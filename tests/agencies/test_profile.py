"""One's own page."""

import pytest
from django.conf import settings
from django.urls import reverse

from agencies import ledger
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, Member

PROFILE = reverse("agencies:profile")


def test_name_telephone_and_language_are_ones_own_to_change(in_the_room, client_of):
    posted = {"full_name": "Ina Room", "telephone": "705 555-0110", "language": "fr-ca", "version": in_the_room.version}

    page = client_of(in_the_room).post(PROFILE, posted)

    changed = Member.objects.get(pk=in_the_room.pk)
    assert (changed.full_name, changed.telephone, changed.language) == ("Ina Room", "705 555-0110", "fr-ca")
    assert (page.url, page.cookies[settings.LANGUAGE_COOKIE_NAME].value) == (PROFILE, "fr-ca")
    assert LedgerEntry.objects.filter(act=LedgerAct.MEMBER_CHANGED, by_id=in_the_room.pk, subject_id=str(in_the_room.pk)).count() == 1


def test_a_name_is_needed(in_the_room, client_of):
    page = client_of(in_the_room).post(PROFILE, {"full_name": " ", "language": "en-ca", "version": in_the_room.version})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["full_name"])


def test_ones_own_sign_ins_stand_there_and_nobody_elses(in_the_room, colleague, client_of):
    for member in (in_the_room, colleague):
        ledger.record(LedgerAct.SIGNED_IN, by=member)

    assert len(client_of(in_the_room).get(PROFILE).context["signed_in"]) == 1


@pytest.mark.parametrize(
    "part", ["in_the_room", "chair", "coordinator", "steering", "privacy_officer", "administrator", "observer", "agency_lead"]
)
def test_everyone_has_a_profile_in_both_languages(request, part, client_of):
    member = request.getfixturevalue(part)

    assert [client_of(member, language=language).get(PROFILE).status_code for language in ("en-ca", "fr-ca")] == [200, 200]


def test_the_profile_costs_the_same_for_one_sign_in_and_for_three(in_the_room, client_of, django_assert_num_queries):
    client = client_of(in_the_room)
    ledger.record(LedgerAct.SIGNED_IN, by=in_the_room)
    with django_assert_num_queries(12):
        client.get(PROFILE)

    for _each in range(2):
        ledger.record(LedgerAct.SIGNED_IN, by=in_the_room)
    with django_assert_num_queries(12):
        client.get(PROFILE)


KEYS = reverse("agencies:keys")


def test_keys_at_the_table_are_on_until_one_chooses_otherwise(in_the_room, client_of):
    asked = client_of(in_the_room).get(KEYS).context["form"]["single_keys"].value()

    page = client_of(in_the_room).post(KEYS, {"single_keys": "off"})

    assert (asked, page.url, Member.objects.get(pk=in_the_room.pk).single_keys) == ("on", PROFILE, "off")
    entry = LedgerEntry.objects.get(act=LedgerAct.MEMBER_CHANGED, by_id=in_the_room.pk)
    assert (entry.codes, entry.subject_id) == (["single_keys"], str(in_the_room.pk))


def test_a_choice_of_keys_that_is_none_is_not_kept(in_the_room, client_of):
    page = client_of(in_the_room).post(KEYS, {"single_keys": "some"})

    assert (list(page.context["form"].errors), Member.objects.get(pk=in_the_room.pk).single_keys) == (["single_keys"], "on")
