"""The keys of words: a new wrapping key each week, the old one destroyed, and what goes on when none can be reached."""

import logging
import os
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from agencies.actor import acting_as
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry
from cms_table.timers import turn_wrapping_key
from meetings import lifecycle as meetings
from meetings.models import AgendaItem
from situations import keyring, lifecycle, sealing
from situations.models import SealedText, Situation, SituationKey
from tests import cast
from tests.situations.conftest import PLAN, WHO

pytestmark = [pytest.mark.django_db, pytest.mark.own_stages]
WEEK = timedelta(days=7)


@pytest.fixture
def keys(settings, tmp_path):
    """A folder of keys of one's own, outside the database."""
    settings.SEALING_KEYS = tmp_path / "keys"
    return settings.SEALING_KEYS


def recorded(act):
    return [codes[0] for codes in LedgerEntry.objects.filter(act=act).order_by("at").values_list("codes", flat=True)]


def wrapped_with(situation):
    return SituationKey.objects.get(pk=situation.pk).wrapped_with


# --- the wrapping key turns -----------------------------------------------------------------------------------------------------


def test_each_week_there_is_a_new_wrapping_key_and_two_weeks_later_the_old_one_is_gone(keys, draft, later):
    lying = []
    for days in (0, 6, 7, 13, 14, 15):
        with later(days=days):
            turn_wrapping_key()
            lying.append(keyring.names())

    assert lying == [["0001"], ["0001"], ["0001", "0002"], ["0001", "0002"], ["0002", "0003"], ["0002", "0003"]]
    assert (recorded(LedgerAct.KEY_MADE), recorded(LedgerAct.KEY_DESTROYED)) == (["0001", "0002", "0003"], ["0001"])


def test_what_was_sealed_is_read_on_when_the_key_turns(keys, draft, later):
    turn_wrapping_key()

    for week in (1, 2, 3):
        with later(days=7 * week):
            turn_wrapping_key()

    assert (sealing.unseal(draft, "why_now"), wrapped_with(draft)) == (cast.WHY_NOW, "0004")


def test_to_turn_again_changes_nothing(keys, draft, later):
    turn_wrapping_key()
    with later(days=8):
        turn_wrapping_key()
        before = (keyring.names(), bytes(SituationKey.objects.get(pk=draft.pk).wrapped), LedgerEntry.objects.count())

        turn_wrapping_key()

    assert (keyring.names(), bytes(SituationKey.objects.get(pk=draft.pk).wrapped), LedgerEntry.objects.count()) == before


def test_what_was_stopped_halfway_goes_on(keys, table, originator, later):
    drafts = [cast.a_draft(table, by=originator) for _each in range(3)]
    turn_wrapping_key()
    keyring.make()  # the power went before the entry was written, and before any key was wrapped anew
    sealing.wrap_anew("0002", most=1)
    halfway = sorted(wrapped_with(each) for each in drafts)

    turn_wrapping_key()

    assert (halfway, {wrapped_with(each) for each in drafts}, recorded(LedgerAct.KEY_MADE)) == (
        ["0001", "0001", "0002"],
        {"0002"},
        ["0001", "0002"],
    )


def test_a_key_that_still_wraps_something_is_not_destroyed(keys, draft, later):
    turn_wrapping_key()
    with later(days=7):
        turn_wrapping_key()
    SituationKey.objects.filter(pk=draft.pk).update(wrapped=bytes(60), wrapped_with="0001")  # what cannot be unwrapped

    with later(days=15):
        turn_wrapping_key()

    assert "0001" in keyring.names()


def test_whoever_asks_the_keeper_is_told_of_every_key(keys, draft):
    with acting_as(None):
        assert (SituationKey.objects.exists(), sealing.is_wrapped("0001"), sealing.is_wrapped("0002")) == (False, True, False)


def test_a_destroyed_key_is_overwritten_before_it_is_removed(keys, draft):
    other = keys / "kept.link"
    os.link(keys / "0001.key", other)
    secret = other.read_bytes()

    keyring.destroy("0001")

    assert (keyring.names(), secret in other.read_bytes(), len(secret)) == ([], False, 32)


def test_what_a_dump_of_the_database_holds_is_unreadable_once_its_key_is_destroyed(keys, draft, later):
    turn_wrapping_key()
    dumped = SituationKey.objects.get(pk=draft.pk)
    for days in (7, 14):
        with later(days=days):
            turn_wrapping_key()

    dumped.save()

    with pytest.raises(sealing.OutOfReach):
        sealing.unseal(draft, "why_now")


def test_no_process_remembers_a_key(keys, draft):
    assert sealing.unseal(draft, "why_now") == cast.WHY_NOW

    keyring.destroy("0001")

    with pytest.raises(sealing.OutOfReach):
        sealing.unseal(draft, "why_now")


def test_a_half_typed_page_is_opened_for_its_half_day_though_the_key_has_turned(keys, draft, later):
    letters = sealing.envelope("half typed")
    turn_wrapping_key()

    with later(days=7):
        turn_wrapping_key()
        opened = sealing.opened(letters)
    with later(days=14):
        turn_wrapping_key()

    assert opened == "half typed"
    with pytest.raises(sealing.Unreadable):
        sealing.opened(letters)


def test_of_two_who_make_the_same_key_both_have_one_that_is_whole(keys, monkeypatch):
    monkeypatch.setattr(keyring, "names", lambda: [])  # as each of the two read the folder before the other's key lay there

    names = [keyring.make(), keyring.make()]
    first = keyring.key("0001")

    assert (names, keyring.key("0001") == first, sorted(each.name for each in keys.iterdir())) == (["0001", "0001"], True, ["0001.key"])


def test_a_first_key_is_never_made_beside_words_whose_keys_are_away(keys, draft):
    keys.rename(keys.with_name("away"))

    with acting_as(None), pytest.raises(sealing.OutOfReach):
        sealing.newest_wrapping_key()
    assert keys.exists() is False


def test_the_keys_lie_where_nobody_else_reads_them(keys, draft):
    assert (oct(keys.stat().st_mode & 0o777), oct((keys / "0001.key").stat().st_mode & 0o777)) == ("0o700", "0o600")


# --- when the keys are out of reach ---------------------------------------------------------------------------------------------

AWAY = "Words can be neither read nor kept now: their keys are out of reach."


@pytest.fixture
def away(keys, request):
    """The folder is moved away, and comes back when the test is over."""

    def move():
        keys.rename(keys.with_name("away"))

    return move


def test_a_page_says_that_words_are_out_of_reach_and_shows_what_is_coded(away, item, originator, client_of):
    away()

    page = client_of(originator).get(reverse("situation", args=[item.situation_id]))

    said = page.content.decode()
    assert (page.status_code, AWAY in said, cast.WHY_NOW in said, item.situation.reference in said) == (200, True, False, True)


def test_a_meeting_goes_on_without_the_keys(away, item, chair, in_the_room, client_of):
    away()
    member, console = client_of(in_the_room), client_of(chair)
    here = [reverse(f"meetings:{name}", args=[item.meeting_id]) for name in ("member", "detail")]
    at_the_chair = reverse("meetings:chair", args=[item.meeting_id])

    pages = [member.get(page).status_code for page in here] + [console.get(at_the_chair).status_code]
    answer = member.post(reverse("meetings:position", args=[item.pk]), {"answer": "position:MET"})
    console.post(reverse("meetings:accept", args=[item.pk]))
    row = AgendaItem.objects.select_related("situation").get(pk=item.pk)
    meetings.check_out(row.meeting, member=in_the_room, by=in_the_room)

    assert (pages, answer.status_code, row.situation.stage) == ([200, 200, 200], 302, "identifying")


def test_without_the_keys_nothing_is_revealed_and_no_entry_says_so(
    away, keys, sealed_item, sealed_table, originator, in_the_room, client_of
):
    lifecycle.write_identifiers(sealed_item.situation, **WHO, by=originator)
    away()

    answer = client_of(in_the_room, at=sealed_table).post(reverse("meetings:reveal", args=[sealed_item.situation_id]))

    assert (answer.status_code, AWAY in answer.content.decode(), LedgerEntry.objects.filter(act=LedgerAct.REVEALED).exists()) == (
        409,
        True,
        False,
    )


def test_what_was_typed_is_not_lost_in_the_database_when_it_cannot_be_sealed(away, draft, originator):
    away()

    with pytest.raises(sealing.OutOfReach):
        lifecycle.write_why_now(draft, text="Another sentence.", by=originator)


def test_what_is_not_accepted_is_forgotten_also_without_the_keys(away, item, chair):
    away()

    meetings.reject(item, criteria_not_met=["criterion:AER-B"], reason="conclusion_reason:REJ-01", by=chair)

    assert sealing.has_words(item.situation) is False


def test_the_timers_wait_for_the_keys(away, draft):
    away()

    turn_wrapping_key()

    assert recorded(LedgerAct.KEY_MADE) == []


# --- the second wall, in raw SQL ------------------------------------------------------------------------------------------------


def kinds_read(member, situation) -> set[str]:
    """The sealed texts of a situation that the database gives the web's own role, while this member asks."""
    with transaction.atomic(), acting_as(member), connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM situations_sealedtext WHERE situation_id = %s", [situation.pk])
        return {kind for (kind,) in cursor.fetchall()}


NAMED = {"originator": {"why_now", "identifiers"}, "in_the_room": {"why_now", "identifiers"}, "lead": {"why_now", "identifiers"}}
NAMED |= {"chair": {"why_now"}, "recorder": {"why_now"}, "coordinator": {"why_now"}}


@pytest.mark.parametrize("part", cast.PARTS)
def test_at_filter_3_the_database_gives_who_it_is_to_the_room_and_the_originator(named_item, part):
    at_the_table = NAMED | {"assisting": {"why_now", "identifiers"}}

    assert kinds_read(cast.the(part), named_item.situation) == at_the_table.get(part, set())


@pytest.mark.parametrize("part", cast.PARTS)
def test_at_filter_4_the_database_gives_who_it_is_and_the_plan_to_those_who_act(sealed_response, lead, part):
    lifecycle.write_plan(sealed_response.situation, text=PLAN, by=lead)
    given = {"lead": {"why_now", "identifiers", "plan"}, "assisting": {"why_now", "identifiers", "plan"}}
    given |= {part: {"why_now"} for part in ("originator", "coordinator", "recorder")}

    assert kinds_read(cast.the(part), sealed_response.situation) == given.get(part, set())


def test_nobody_set_reads_no_word_and_no_key(named_item):
    with acting_as(None):
        assert (SealedText.objects.count(), SituationKey.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["identifiers", "plan"])
def test_where_names_are_spoken_the_database_itself_refuses_one(accepted_item, originator, kind):
    with pytest.raises(ProgrammingError, match="names_and_plans_at_sealed_tables"), transaction.atomic():
        sealing.seal(accepted_item.situation, kind=kind, text="Wilhelmina Wren", by=originator)


# --- never anywhere else ----------------------------------------------------------------------------------------------------------


def test_who_it_is_stands_in_no_log_mail_ledger_session_cache_or_column(client_of, sealed_item, sealed_table, originator, lead, caplog):
    caplog.set_level(logging.DEBUG)
    client, situation = client_of(originator, at=sealed_table), sealed_item.situation
    client.post(reverse("meetings:write_identifiers", args=[situation.pk]), WHO | {"version": "0"})
    client.post(reverse("meetings:reveal", args=[situation.pk]))

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        stored = ""
        for (name,) in cursor.fetchall():
            with transaction.atomic():
                try:
                    cursor.execute(f"SELECT coalesce(string_agg(row::text, chr(10)), '') FROM \"{name}\" AS row")
                    stored += cursor.fetchone()[0]
                except ProgrammingError:
                    transaction.set_rollback(True)
    said = stored + caplog.text + "".join(letter.subject + letter.body for letter in mail.outbox)
    assert [words for words in WHO.values() if words in said or words.encode().hex() in said] == []
    assert len(stored) > 10_000


def test_addresses_and_titles_hold_nothing_of_who_it_is(client_of, named_item, sealed_table, in_the_room):
    answer = client_of(in_the_room, at=sealed_table).post(reverse("meetings:reveal", args=[named_item.situation_id]))

    page = answer.content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert [words for words in WHO.values() if words in title or any(words in link for link in links)] == []
    assert named_item.situation.reference not in title


def test_the_page_prints_its_number_alone(client_of, named_item, sealed_table, in_the_room):
    page = client_of(in_the_room, at=sealed_table).post(reverse("meetings:reveal", args=[named_item.situation_id])).content.decode()

    main = page[page.index("<main") :]
    assert ("reference-only" in main.split(">")[0], f'<p class="print-reference">{named_item.situation.reference}</p>' in main) == (
        True,
        True,
    )


@pytest.mark.parametrize("name", ["write_identifiers", "write_plan"])
def test_no_browser_keeps_what_is_typed_or_sends_it_to_be_spelled(client_of, sealed_item, sealed_table, originator, lead, chair, name):
    if name == "write_plan":
        cast.a_response_to(sealed_item, by=chair)
    client = client_of(originator if name == "write_identifiers" else lead, at=sealed_table)

    page = client.get(reverse(f"meetings:{name}", args=[sealed_item.situation_id])).content.decode().split("<main")[1]

    typed = [tag for tag in re.findall(r"<(?:input|textarea)[^>]*>", page) if 'type="hidden"' not in tag]
    assert [tag for tag in typed if 'autocomplete="off"' not in tag or 'spellcheck="false"' not in tag] == []
    assert len(typed) == (3 if name == "write_identifiers" else 1)


def test_ended_early_who_it_is_is_forgotten_at_once(named_item, chair):
    meetings.end_early(named_item, reason="early_end_reason:EAR-01", by=chair)

    assert sealing.has_words(Situation.objects.get(pk=named_item.situation_id)) is False
