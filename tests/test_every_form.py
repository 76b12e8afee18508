"""Every posting form of the house, half filled in, against all that could lose its words."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse

from agencies import lifecycle as agencies
from agencies.enums import AgreementKind
from agencies.models import Agency, Entry, Member
from cms_table.typed import opened
from practice.proof.crawl import addresses, arguments
from tests import canaries, cast
from tests.forms_of_a_page import forms_of
from tests.test_typed_words import hidden

pytestmark = pytest.mark.django_db
SAID = "Norah’s door, “twice” & again"
LINES = ("text", "email", "tel", "search", "textarea")


def attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else ""


def filled_in(form):
    """The form as somebody leaves it half-way: a sentence in every line, the last of every choice; and its own hidden fields."""
    typed, chosen, own = {}, {}, {}
    for asked in form.fields:
        name, kind, value = asked.get("name", ""), asked.get("type", "text"), asked.get("value", "")
        if asked["tag"] == "button":
            continue
        if kind in LINES:
            typed[name] = f"{SAID} {len(typed)}"
        elif kind == "select":
            chosen |= {name: asked["options"][-1]} if any(asked["options"]) else {}
        elif kind == "checkbox" or (kind == "radio" and value):
            chosen[name] = value or "on"
        elif kind == "hidden" and name != "csrfmiddlewaretoken":
            own[name] = value
    return typed, chosen, own


def lost(fields, page):
    """Which of the typed and chosen things the page does not hold."""
    held = unescape(page)
    marked = {attribute(tag, "value") or "on" for tag in re.findall(r"<(?:input|option)\b[^>]*\b(?:checked|selected)\b[^>]*>", page)}
    return {name for name, value in fields.items() if (value not in held if value.startswith(SAID) else value not in marked)}


def again(client, page, answer):
    """The page as it opens with the envelope that an answer carries."""
    envelope = hidden(answer, "typed")
    return client.post(page, {"typed": envelope}).content.decode() if envelope else "no envelope"


def what_is_lost(client_of, member, page):
    """For each form of the page that somebody types into: what each cause would lose."""
    client = client_of(member)
    shown = client.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    for form in forms_of(shown.content.decode().split("<main")[1], page):
        typed, chosen, own = filled_in(form)
        if not typed and not chosen:
            continue
        action, both = form.action, typed | chosen
        door = client_of(member)
        door.logout()
        strict = client_of(member)
        strict.handler.enforce_csrf_checks = True
        yield (
            action,
            {
                "error": lost_to_an_error(client, page, action, own | typed, typed),
                "sign-in": lost(both, again(client, page, door.post(action, own | both).content.decode())),
                "old form": not_in_the_envelope(both, hidden(strict.post(action, own | both).content.decode(), "typed"), member),
                "language": lost(both, client.post(page, own | both | {"read_in": "fr-ca"}).content.decode()),
                "way back": not_in_the_envelope(both, client.post("/typed/", own | both).content.decode(), member),
            },
        )


def not_in_the_envelope(fields, envelope, member):
    """The page opens with any envelope as it does with that of the door; so here it is only asked what is in it."""
    held = opened(envelope, member=member).fields if envelope else {}
    return {name for name, value in fields.items() if held.get(name) != value}


def lost_to_an_error(client, page, action, posted, typed):
    """Lines without their choices: the answer holds them, or leads back to them, or the act was done. Nothing that it did stays."""
    with transaction.atomic():
        answer = client.post(action, posted)
        transaction.set_rollback(True)
    if answer.status_code in (302, 303):
        return set()
    if hidden(answer.content.decode(), "typed"):
        return lost(typed, again(client, page, answer.content.decode()))
    return lost(typed, answer.content.decode())


def sweep(client_of, pages):
    """What is lost where; and how many forms there were."""
    wrong, forms = {}, 0
    for part, page in pages:
        for action, causes in what_is_lost(client_of, cast.the(part), page):
            forms += 1
            wrong |= {(page, action, cause): names for cause, names in causes.items() if names}
    return wrong, forms


def test_no_form_on_the_ground_floor_loses_a_word(client_of, table):
    with_key = [
        ("coordinator", "agencies:agency", Agency.objects.get(name="Larch Housing").pk),
        ("coordinator", "agencies:member", Member.objects.get(email="in_the_room@table.example").pk),
        ("coordinator", "agencies:entry", Entry.objects.get(pk="risk_factor:HOU-01").pk),
        ("coordinator", "agencies:add_entry", "sector"),
    ]
    without = {
        "coordinator": "agencies:invite agencies:publish agencies:add_agency agencies:table meetings:plan meetings:exceptions",
        "steering": "agencies:profile",
        "administrator": "agencies:add_table",
        "agency_lead": "agencies:delegate",
        "lead": "responses:raise_issue",
    }
    pages = [(part, reverse(name, args=[key])) for part, name, key in with_key]
    pages += [(part, reverse(name)) for part, names in without.items() for name in names.split()]

    wrong, forms = sweep(client_of, pages)

    assert wrong == {}
    assert forms == 13


def test_an_agreement_that_one_has_read_stays_read(client_of, table, coordinator):
    agreement = agencies.publish_agreement(table, kind=AgreementKind.CONFIDENTIALITY, text_en="Kept.", text_fr="Gardé.", by=coordinator)

    assert sweep(client_of, [("lead", reverse("agencies:sign", args=[agreement.pk]))]) == ({}, 1)


def pages_of(town, named):
    """The addresses of a town's pages: ``{part: "name name …"}``, with the key that each asks for."""
    for part, names in named.items():
        for name in names.split():
            wanted = dict(addresses())[name]
            yield from (
                (part, reverse(name, args=args)) for args in arguments(name, wanted, town)[: 1 if name.startswith("meetings:") else 7]
            )


def test_no_form_of_a_situation_that_is_brought_loses_a_word(client_of):
    town = canaries.town_at("draft", is_room_open=False)

    wrong, forms = sweep(client_of, pages_of(town, {"originator": "situations:intake situations:check"}))

    assert wrong == {}
    assert forms == 7


def test_no_form_at_the_table_loses_a_word(client_of):
    town = canaries.town_at("presented", is_room_open=True)
    planned = cast.a_planned_meeting(town.table)
    named = {
        "chair": "meetings:chair meetings:reject meetings:defer",
        "recorder": "meetings:recorder",
        "in_the_room": "meetings:member",
    }
    named |= {"privacy_officer": "situations:look", "originator": "meetings:withdraw"}
    pages = [*pages_of(town, named), ("chair", reverse("meetings:attendance", args=[town.meeting.pk]))]
    pages += [("coordinator", reverse("meetings:move", args=[planned.pk]))]

    wrong, forms = sweep(client_of, pages)

    assert wrong == {}
    assert forms == 5


def test_no_form_of_those_who_act_loses_a_word(client_of):
    town = canaries.town_at("identifying", is_room_open=True)

    wrong, forms = sweep(
        client_of, pages_of(town, {"chair": "meetings:chair meetings:respond meetings:end_early", "recorder": "meetings:recorder"})
    )

    assert wrong == {}
    assert forms == 4


def test_no_form_of_a_response_loses_a_word(client_of):
    town = canaries.town_at("responding", is_room_open=True)
    lead = "contact plan_step service report_back ask hand_over propose"
    named = {"lead": " ".join(f"responses:{name}" for name in lead.split()), "originator": "responses:change_issue"}
    named |= {"chair": "meetings:chair meetings:conclude", "recorder": "meetings:recorder"}

    wrong, forms = sweep(client_of, pages_of(town, named))

    assert wrong == {}
    assert forms == 9


def test_no_form_of_what_has_ended_loses_a_word(client_of):
    town = canaries.town_at("concluded", is_room_open=False)

    assert sweep(client_of, pages_of(town, {"lead": "responses:follow_up", "coordinator": "situations:correct"})) == ({}, 3)
