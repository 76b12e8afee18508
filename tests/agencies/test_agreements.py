"""Agreements are read, signed, published, and asked for."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import AgreementKind, LedgerAct
from agencies.models import Agreement, AgreementSignature, LedgerEntry, Member, Outbox
from cms_table.mail import send_waiting

TEXTS = {"text_en": "What is said here stays here.\n\nAlways.", "text_fr": "Ce qui se dit ici reste ici."}


@pytest.fixture
def confidentiality(table, coordinator):
    """A version that every member signs; the coordinator has."""
    agreement = lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, **TEXTS, by=coordinator)
    lifecycle.sign_agreement(agreement, by=coordinator)
    return agreement


@pytest.fixture
def sharing(table, coordinator):
    """A version that each agency's lead signs."""
    return lifecycle.publish_agreement(table, kind=AgreementKind.INFORMATION_SHARING, **TEXTS, by=coordinator)


def page_of(agreement, name="sign"):
    return reverse(f"agencies:{name}", args=[agreement.pk])


def test_a_member_reads_the_version_in_both_languages(confidentiality, in_the_room, client_of):
    said = client_of(in_the_room).get(page_of(confidentiality)).content.decode()

    assert [words in said for words in ("What is said here stays here.", "Ce qui se dit ici reste ici.", "<p>Always.</p>")] == [True] * 3


def test_in_french_the_french_text_stands_first(confidentiality, in_the_room, client_of):
    page = client_of(in_the_room, language="fr-ca").get(page_of(confidentiality))

    assert [each["lang"] for each in page.context["texts"]] == ["fr-CA", "en-CA"]


def test_a_member_signs_and_goes_on(confidentiality, in_the_room, client_of):
    page = client_of(in_the_room).post(page_of(confidentiality), {"is_read": "on"})

    signature = AgreementSignature.objects.get(agreement=confidentiality, signed_by=in_the_room)
    assert (page.url, signature.agency_id) == (reverse("start"), None)
    assert LedgerEntry.objects.filter(act=LedgerAct.AGREEMENT_SIGNED, by_id=in_the_room.pk, subject_id=str(confidentiality.pk)).count() == 1


def test_without_saying_that_it_is_read_nothing_is_signed(confidentiality, in_the_room, client_of):
    page = client_of(in_the_room).post(page_of(confidentiality), {"form_token": uuid.uuid4()})

    assert (page.status_code, "Confirm that you have read the agreement." in page.content.decode()) == (200, True)
    assert not AgreementSignature.objects.filter(signed_by=in_the_room).exists()


def test_after_signing_one_the_next_follows(confidentiality, sharing, agency_lead, client_of):
    page = client_of(agency_lead).post(page_of(confidentiality), {"is_read": "on"})

    assert page.url == page_of(sharing)


def test_an_agencys_lead_signs_for_the_agency(sharing, agency_lead, client_of):
    client_of(agency_lead).post(page_of(sharing), {"is_read": "on"})

    assert AgreementSignature.objects.get(agreement=sharing).agency == agency_lead.agency


def test_a_representative_reads_it_and_does_not_sign_for_the_agency(sharing, in_the_room, client_of):
    client = client_of(in_the_room)

    assert client.get(page_of(sharing)).context["may_sign"] is False
    assert client.post(page_of(sharing), {"is_read": "on"}).status_code == 403
    assert not AgreementSignature.objects.filter(agreement=sharing).exists()


def test_an_earlier_version_is_not_signed_any_more(confidentiality, table, in_the_room, coordinator, client_of):
    lifecycle.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, **TEXTS, by=coordinator)

    page = client_of(in_the_room).post(page_of(confidentiality), {"is_read": "on"})

    assert (page.status_code, "There is a newer version" in page.content.decode()) == (409, True)


def test_an_agreement_of_a_table_where_one_is_not_known_is_not_there(confidentiality, client_of):
    outsider = Member.objects.create_user("outside@table.example", full_name="Out Side")

    assert client_of(outsider).get(page_of(confidentiality)).status_code == 404


def test_ones_own_agreements_say_how_they_stand(confidentiality, sharing, in_the_room, client_of):
    lifecycle.sign_agreement(confidentiality, by=in_the_room)

    own = client_of(in_the_room).get(reverse("agencies:agreements")).context["own"]

    assert [(row["name"], row["state"], row["may_sign"]) for row in own] == [
        ("Confidentiality agreement 1", "signed", True),
        ("Information-sharing agreement 1", "missing", False),
    ]


def test_a_coordinator_looks_at_a_version_before_it_is_published(coordinator, client_of):
    page = client_of(coordinator).post(reverse("agencies:publish"), {"kind": "confidentiality", "valid_months": 12, **TEXTS})

    assert ("nothing is published yet" in page.content.decode(), Agreement.objects.count()) == (True, 0)


def test_the_text_can_be_changed_after_the_preview(coordinator, client_of):
    posted = {"kind": "confidentiality", "valid_months": 12, **TEXTS, "step": "change"}

    page = client_of(coordinator).post(reverse("agencies:publish"), posted)

    assert (page.context["form"]["text_en"].value(), page.context["form"].is_bound) == (TEXTS["text_en"], False)


def test_publishing_counts_up_and_tells_everyone_who_has_to_sign(table, coordinator, confidentiality, client_of):
    posted = {"kind": "confidentiality", "valid_months": 6, **TEXTS, "step": "publish"}

    page = client_of(coordinator).post(reverse("agencies:publish"), posted)

    published = Agreement.objects.get(table=table, number=2)
    told = Outbox.objects.filter(subject_id=published.pk)
    assert (page.url, published.valid_months, told.count()) == (page_of(published), 6, 14)  # the cast, without the coordinator
    assert LedgerEntry.objects.filter(act=LedgerAct.AGREEMENT_PUBLISHED, subject_id=str(published.pk)).count() == 1


def test_a_version_without_its_french_text_comes_back(coordinator, client_of):
    page = client_of(coordinator).post(reverse("agencies:publish"), {"kind": "confidentiality", "valid_months": 12, "text_en": "Quiet."})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["text_fr"])


@pytest.mark.parametrize("name", ["publish", "signatures", "remind"])
def test_others_than_coordinators_do_not_keep_agreements(confidentiality, name, administrator, in_the_room, client_of):
    lifecycle.sign_agreement(confidentiality, by=in_the_room)
    lifecycle.sign_agreement(confidentiality, by=administrator)
    address = reverse("agencies:publish") if name == "publish" else page_of(confidentiality, name)
    ask = "post" if name == "remind" else "get"

    assert [getattr(client_of(member), ask)(address).status_code for member in (in_the_room, administrator)] == [403, 403]


def test_a_coordinator_sees_who_signed_who_is_missing_and_who_expires_soon(confidentiality, coordinator, in_the_room, chair, client_of):
    lifecycle.sign_agreement(confidentiality, by=in_the_room)
    soon = lifecycle.sign_agreement(confidentiality, by=chair)
    AgreementSignature.objects.filter(pk=soon.pk).update(expires_at=soon.signed_at + timedelta(days=29))

    rows = client_of(coordinator).get(page_of(confidentiality, "signatures")).context["table"].data.data

    states = {row["name"]: row["state"] for row in rows}
    shown = [states[name] for name in ("In_The_Room Person", "Chair Person", "Stranger Person", "Coordinator Person")]
    assert shown == ["signed", "soon", "missing", "signed"]


def test_agencies_without_a_lead_are_named(confidentiality, sharing, coordinator, client_of):
    page = client_of(coordinator).get(page_of(sharing, "signatures"))

    without = "Fern Income Support, Granite Police Service, Heron School Board, Otter Mental Health, Sorrel Health Centre"
    assert page.context["without_lead"] == without


def test_everyone_whose_signature_is_awaited_is_reminded_in_one_click(confidentiality, coordinator, client_of, later):
    page = client_of(coordinator).post(page_of(confidentiality, "remind"))
    with later(seconds=31):
        send_waiting()

    assert page.url == page_of(confidentiality, "signatures")
    assert (len(mail.outbox), mail.outbox[0].subject) == (14, "[Practice] An agreement awaits your signature")


def test_a_reminder_does_not_leave_when_it_was_signed_meanwhile(confidentiality, coordinator, in_the_room, client_of, later):
    client_of(coordinator).post(page_of(confidentiality, "remind"))
    lifecycle.sign_agreement(confidentiality, by=in_the_room)

    with later(seconds=31):
        send_waiting()

    assert [message for message in mail.outbox if message.to == [in_the_room.email]] == []


def test_the_list_of_signatures_costs_the_same_for_one_and_for_three(
    confidentiality, coordinator, in_the_room, chair, client_of, django_assert_num_queries
):
    client = client_of(coordinator)
    with django_assert_num_queries(16):
        client.get(page_of(confidentiality, "signatures"))

    lifecycle.sign_agreement(confidentiality, by=in_the_room)
    lifecycle.sign_agreement(confidentiality, by=chair)
    with django_assert_num_queries(16):
        client.get(page_of(confidentiality, "signatures"))


def test_who_has_to_sign_is_reminded_once_a_day_and_for_half_a_minute_it_can_be_taken_back(confidentiality, coordinator, client_of):
    client = client_of(coordinator)
    client.post(page_of(confidentiality, "remind"))
    again = client.post(page_of(confidentiality, "remind")).status_code
    shown = client.get(page_of(confidentiality, "signatures")).content.decode()
    client.post(page_of(confidentiality, "take_back_reminder"))

    assert (again, "Take the reminder back" in shown) == (409, True)
    assert Outbox.objects.filter(subject_id=confidentiality.pk, dropped_at=None).count() == 0


def test_that_somebody_reminded_is_on_the_record(confidentiality, coordinator, client_of):
    client_of(coordinator).post(page_of(confidentiality, "remind"))

    assert LedgerEntry.objects.filter(act=LedgerAct.REMINDED, by_id=coordinator.pk, subject_id=str(confidentiality.pk)).count() == 1
