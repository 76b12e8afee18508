"""What awaits a member stands on a page of their own, as long as it is true, and nobody else's does."""

import pytest
from django.urls import reverse

from agencies import clock, outbox
from agencies.models import Outbox
from responses import lifecycle as responses
from tests import cast

AWAITING = reverse("awaiting")


def told(client):
    page = client.get(AWAITING)
    return [row.sentence for row in page.context["new"]], [row.sentence for row in page.context["read"]]


def test_what_was_told_and_is_still_true_stands_there_with_its_link(response, lead, client_of):
    mail = Outbox.objects.get(recipient=lead, notice="engaged")
    page = client_of(lead).get(AWAITING)

    assert [row.sentence for row in page.context["new"]] == [
        "The table recorded your agency in a response. The first contact is due within 48 hours."
    ]
    assert reverse("open_notice", args=[mail.pk]) in page.content.decode()


def test_opening_leads_to_what_it_is_about_and_counts_as_read(response, lead, client_of):
    mail, client = Outbox.objects.get(recipient=lead, notice="engaged"), client_of(lead)

    page = client.get(reverse("open_notice", args=[mail.pk]))

    assert page.url == reverse("situation", args=[response.situation_id])
    assert tuple(map(len, told(client))) == (0, 1)


def test_what_is_set_aside_counts_as_read(response, lead, client_of):
    mail, client = Outbox.objects.get(recipient=lead, notice="engaged"), client_of(lead)

    page = client.post(reverse("set_aside", args=[mail.pk]))

    assert (page.url, tuple(map(len, told(client)))) == (AWAITING, (0, 1))


def test_another_members_is_not_there(response, lead, assisting, client_of):
    mail, client = Outbox.objects.get(recipient=lead, notice="engaged"), client_of(assisting)

    answers = [client.get(reverse("open_notice", args=[mail.pk])), client.post(reverse("set_aside", args=[mail.pk]))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Outbox.objects.get(pk=mail.pk).read_at is None


def test_what_is_no_longer_true_is_gone(response, lead, chair, client_of):
    client = client_of(lead)
    before = told(client)[0]
    responses.conclude(response, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)

    assert (len(before), told(client)) == (1, ([], []))


def test_whoever_stepped_out_reads_nothing_of_it(response, lead, client_of):
    from situations import lifecycle as situations

    situations.recuse(response.situation, member=lead, by=lead)

    assert told(client_of(lead)) == ([], [])


def test_what_was_told_on_two_days_stands_there_once(response, lead, client_of, later):
    from cms_table.timers import remind

    Outbox.objects.all().delete()
    for hours in (41, 66):
        with later(hours=hours):
            remind()
            Outbox.objects.filter(sent_at=None).update(sent_at=clock.now())
    with later(hours=67):
        new, _read = told(client_of(lead))

    assert (Outbox.objects.filter(recipient=lead).count(), len(new)) == (2, 1)


def test_a_reminder_of_the_coordinator_stands_there_too(response, lead, coordinator, client_of, later):
    with later(hours=49):
        client_of(coordinator).post(reverse("responses:remind"), {"kind": "contact", "pk": response.pk})
        new, _read = told(client_of(lead))

    assert new[0].startswith("The coordinator reminds you: a first contact that your agency leads was due by")


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_it_is_empty_for_who_is_owed_nothing_from(stranger, client_of, language):
    page = client_of(stranger, language=language).get(AWAITING)

    assert (page.status_code, page.context["new"], page.context["read"]) == (200, [], [])


def test_it_holds_no_number_and_no_label(response, lead, client_of):
    said = client_of(lead).get(AWAITING).content.decode()

    assert [fact for fact in (response.situation.reference, cast.WHY_NOW, "Housing loss") if fact in said] == []


def test_the_page_costs_the_same_for_one_thing_and_for_three(response, lead, client_of, django_assert_num_queries):
    client = client_of(lead)
    with django_assert_num_queries(12):  # six of them the test’s own: where the clock stands, who asks, savepoints
        client.get(AWAITING)

    for notice in ("help_asked", "contact_due"):
        outbox.post(notice, to=[lead], table=response.table, address="/", subject=response)
    with django_assert_num_queries(12):
        client.get(AWAITING)
    assert len(told(client)[0]) == 3
