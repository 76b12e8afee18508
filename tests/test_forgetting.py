"""A memory that forgets: by stage and table, by itself, with a tombstone, held back only by two people; and again after a restore."""

import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import Error, transaction

from agencies import clock
from agencies.access import OutOfOrder, Refused
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, SituationTable
from cms_table import forgetting
from cms_table.obstacles import Obstacle
from meetings import lifecycle as meetings
from meetings.models import AgendaItem
from responses import lifecycle as responses
from situations import lifecycle
from situations.enums import DISCARDED, HoldReason, Stage
from situations.models import LegalHold, SealedText, Situation, SituationKey, Tombstone
from tests import canaries, cast

pytestmark = [pytest.mark.django_db, pytest.mark.own_stages]


@pytest.fixture(autouse=True)
def _keys_of_this_test(tmp_path, settings):
    settings.SEALING_KEYS = tmp_path


@pytest.fixture
def concluded():
    """A situation that was concluded a moment ago."""
    return canaries.town_at("concluded", is_room_open=False).situation


def words_left(situation) -> int:
    return SealedText.objects.filter(situation=situation.pk).count() + SituationKey.objects.filter(situation=situation.pk).count()


def stage_of(situation) -> str:
    return Situation.objects.values_list("stage", flat=True).get(pk=situation.pk)


# --- by itself, by the table's settings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "stage"), [(29.9, Stage.CONCLUDED), (30.1, Stage.PURGED)])
def test_thirty_days_after_the_conclusion_the_words_are_forgotten(concluded, later, days, stage):
    with later(days=days):
        forgetting.forget_what_is_due(by="tests")

    assert (stage_of(concluded), words_left(concluded) == 0) == (stage, stage == Stage.PURGED)


def test_a_table_may_forget_sooner(concluded, later):
    SituationTable.objects.filter(pk=concluded.table_id).update(retention_days=0)

    forgetting.forget_what_is_due(by="tests")

    assert stage_of(concluded) == Stage.PURGED


@pytest.mark.parametrize(("days", "left"), [(13.9, 1), (14.1, 0)])
def test_a_draft_on_which_nobody_writes_is_gone_after_fourteen_days(draft, later, days, left):
    with later(days=days):
        forgetting.forget_what_is_due(by="tests")

    assert (Situation.objects.filter(pk=draft.pk).count(), words_left(draft) > 0) == (left, bool(left))


def test_a_draft_on_which_somebody_writes_stays(draft, originator, later):
    with later(days=10):
        lifecycle.save_answers(draft, by=originator, age_group="age_group:18-24")

    with later(days=20):
        forgetting.forget_what_is_due(by="tests")

    assert Situation.objects.filter(pk=draft.pk).count() == 1


@pytest.mark.parametrize(("years", "left"), [(6.9, 1), (7.1, 0)])
def test_after_seven_years_the_coded_facts_go_too(years, left, later):
    situation = canaries.town_at("purged", is_room_open=False).situation

    with later(days=365.25 * years):
        forgetting.forget_what_is_due(by="tests")

    assert (Situation.objects.filter(pk=situation.pk).count(), AgendaItem.objects.filter(situation=situation.pk).count() > 0) == (
        left,
        bool(left),
    )


def test_that_it_was_is_still_on_the_record_when_its_codes_are_gone(later):
    situation = canaries.town_at("rejected", is_room_open=False).situation

    with later(days=365.25 * 8):
        forgetting.forget_what_is_due(by="tests")

    acts = set(LedgerEntry.objects.filter(situation_id=situation.pk).values_list("act", flat=True))
    assert {LedgerAct.PRESENTED, LedgerAct.REJECTED, LedgerAct.CODES_FORGOTTEN} <= acts


def test_what_is_due_in_thirty_days_is_said_and_nothing_is_changed(concluded, draft, capsys):
    call_command("purge", "--dry-run")

    said = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[1:] for line in said[:-1]] == [
        [str(draft.table), "no number", "a draft"],
        [str(concluded.table), concluded.reference, "words and plan"],
    ]
    assert (said[-1], stage_of(concluded), stage_of(draft)) == ("Due within 30 days: 2.", Stage.CONCLUDED, Stage.DRAFT)


def test_one_that_cannot_be_forgotten_holds_up_no_other(later, monkeypatch):
    first, second = (one_more_concluded() for _ in range(2))
    purge = forgetting.VERBS[forgetting.WORDS]

    def breaks_on_the_first(situation, *, by):
        if situation.pk == first.pk:
            raise OSError
        purge(situation, by=by)

    monkeypatch.setitem(forgetting.VERBS, forgetting.WORDS, breaks_on_the_first)
    with later(days=31):
        forgetting.forget_what_is_due(by="tests")

    assert (stage_of(first), stage_of(second)) == (Stage.CONCLUDED, Stage.PURGED)


def one_more_concluded() -> Situation:
    """One more situation that was concluded."""
    chair, table = cast.the("chair"), cast.the_table()
    submitted = cast.a_submitted(table, by=cast.the("originator"))
    meeting = cast.an_open_meeting(table, by=chair)
    response = cast.a_response_to(cast.accepted(cast.the_item_of(submitted, meeting, by=chair), by=chair), by=chair)
    later_meeting = cast.an_open_meeting_after(response, by=chair)
    meetings.refresh_agenda(later_meeting)
    item = meetings.open_item(later_meeting.items.get(situation=submitted), by=chair)
    meetings.conclude(item, reason="conclusion_reason:ORL-01", factors_lowered=[], by=chair)
    meetings.close_meeting(later_meeting, by=chair)
    return Situation.objects.get(pk=submitted.pk)


# --- the tombstone -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["rejected", "withdrawn", "ended_early", "purged"])
def test_a_tombstone_says_how_it_came_to_it_how_many_texts_and_which_key(stage):
    situation = canaries.town_at(stage, is_room_open=False).situation

    stone = Tombstone.objects.get()

    assert (stone.pk, stone.how, stone.texts, len(stone.key_fingerprint)) == (situation.pk, stage, 1, 64)


def test_a_draft_that_is_discarded_leaves_its_tombstone_and_nothing_else(draft, originator):
    lifecycle.discard(draft, by=originator)

    assert (Tombstone.objects.get(pk=draft.pk).how, Situation.objects.filter(pk=draft.pk).exists()) == (DISCARDED, False)


def test_what_is_forgotten_twice_has_one_tombstone(concluded, later):
    with later(days=31):
        forgetting.forget_what_is_due(by="tests")
        before = Tombstone.objects.get()
        lifecycle.forget_again(concluded.pk, table_id=concluded.table_id, how=Stage.PURGED, at=clock.now(), by="tests")

    assert Tombstone.objects.get().written_at == before.written_at


@pytest.mark.parametrize("act", [lambda stone: stone.delete(), lambda stone: Tombstone.objects.update(how="purged")])
def test_a_tombstone_is_not_changed_and_not_removed(draft, originator, act):
    lifecycle.discard(draft, by=originator)

    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        act(Tombstone.objects.get())


# --- a legal hold --------------------------------------------------------------------------------------------------------------------


def held(situation, *, days=100):
    officer = cast.the("privacy_officer")
    return lifecycle.ask_for_hold(situation, reason=HoldReason.COURT, review_at=clock.now() + timedelta(days=days), by=officer)


def test_what_two_people_hold_is_not_forgotten(concluded, coordinator, later):
    lifecycle.confirm_hold(held(concluded), by=coordinator)

    with later(days=60):
        forgetting.forget_what_is_due(by="tests")

    assert stage_of(concluded) == Stage.CONCLUDED


def test_a_hold_that_nobody_confirms_holds_for_a_week(concluded, later):
    SituationTable.objects.filter(pk=concluded.table_id).update(retention_days=0)
    held(concluded)

    stages = []
    for days in (6.9, 7.1):
        with later(days=days):
            forgetting.forget_what_is_due(by="tests")
        stages.append(stage_of(concluded))

    assert stages == [Stage.CONCLUDED, Stage.PURGED]


def test_when_its_review_day_has_passed_a_hold_holds_nothing(concluded, coordinator, later):
    lifecycle.confirm_hold(held(concluded, days=100), by=coordinator)

    with later(days=101):
        forgetting.forget_what_is_due(by="tests")

    assert stage_of(concluded) == Stage.PURGED


def test_when_a_hold_is_ended_what_is_due_is_forgotten(concluded, coordinator, later):
    hold = held(concluded)
    lifecycle.confirm_hold(hold, by=coordinator)

    with later(days=60):
        lifecycle.end_hold(hold, by=coordinator)
        forgetting.forget_what_is_due(by="tests")

    assert stage_of(concluded) == Stage.PURGED


def test_whoever_asks_for_a_hold_does_not_confirm_it(concluded, privacy_officer):
    hold = held(concluded)

    with pytest.raises(Refused, match="cannot confirm"):
        lifecycle.confirm_hold(hold, by=privacy_officer)


@pytest.mark.parametrize("days", [-1, 181])
def test_a_hold_is_looked_at_again_within_180_days(concluded, days):
    with pytest.raises(Refused, match="180 days"):
        held(concluded, days=days)


@pytest.mark.parametrize("stage", ["draft", "submitted", "presented", "identifying", "rejected", "withdrawn", "ended_early", "purged"])
def test_what_the_table_may_forget_at_once_and_what_is_forgotten_cannot_be_held(stage):
    situation = canaries.town_at(stage, is_room_open=False).situation

    with pytest.raises(OutOfOrder):
        held(situation)


def test_what_the_table_responds_to_can_be_held():
    hold = held(canaries.town_at("responding", is_room_open=False).situation)

    assert list(LegalHold.objects.holding()) == [hold]


def test_what_is_held_is_not_forgotten_whoever_asks_for_it(concluded):
    held(concluded)

    with pytest.raises(OutOfOrder, match="law asks"):
        responses.purge(concluded, by="tests")
    assert (stage_of(concluded), words_left(concluded) > 0) == (Stage.CONCLUDED, True)


def while_forgetting(monkeypatch, what, then):
    """The first of its kind is forgotten, and before the next one comes ``then`` happens to the others."""
    verb, done = forgetting.VERBS[what], []

    def forgotten(situation, *, by):
        verb(situation, by=by)
        if not done:
            done.append(situation.pk)
            then(situation)

    monkeypatch.setitem(forgetting.VERBS, what, forgotten)


def test_what_became_held_after_the_list_was_made_is_not_forgotten(later, monkeypatch, caplog):
    first, second = (one_more_concluded() for _ in range(2))
    while_forgetting(monkeypatch, forgetting.WORDS, lambda gone: held(second if gone.pk == first.pk else first))

    with later(days=31):
        forgotten = forgetting.forget_what_is_due(by="tests")

    stages = sorted(stage_of(each) for each in (first, second))
    assert (forgotten, stages, caplog.messages) == (1, [Stage.CONCLUDED, Stage.PURGED], [])


def test_a_draft_that_was_written_on_after_the_list_was_made_stays(draft, originator, later, monkeypatch, caplog):
    other = lifecycle.open_situation(draft.table, agency=originator.agency, by=originator)

    def write(gone):
        lifecycle.save_answers(other if gone.pk == draft.pk else draft, by=originator, age_group="age_group:18-24")

    while_forgetting(monkeypatch, forgetting.DRAFT, write)
    with later(days=20):
        forgotten = forgetting.forget_what_is_due(by="tests")

    assert (forgotten, Situation.objects.filter(pk__in=[draft.pk, other.pk]).count(), caplog.messages) == (1, 1, [])


def test_a_draft_that_its_agency_threw_away_meanwhile_is_no_fault(draft, originator, later, monkeypatch, caplog):
    other = lifecycle.open_situation(draft.table, agency=originator.agency, by=originator)
    while_forgetting(monkeypatch, forgetting.DRAFT, lambda gone: lifecycle.discard(other if gone.pk == draft.pk else draft, by=originator))

    with later(days=20):
        forgotten = forgetting.forget_what_is_due(by="tests")

    assert (forgotten, caplog.messages) == (1, [])


def test_a_hold_is_on_the_record_by_whom_and_why(concluded, coordinator):
    hold = held(concluded)
    lifecycle.confirm_hold(hold, by=coordinator)
    lifecycle.end_hold(hold, by=coordinator)

    acts = [LedgerAct.HOLD_ASKED, LedgerAct.HOLD_CONFIRMED, LedgerAct.HOLD_ENDED]
    entries = LedgerEntry.objects.filter(situation_id=concluded.pk, act__in=acts).order_by("written_at", "at")
    assert {(entry.act, tuple(entry.codes)) for entry in entries} == {(act, ("court",)) for act in acts}


def test_one_situation_has_one_hold_at_a_time(concluded):
    held(concluded)

    with pytest.raises(Refused, match="held already"):
        held(concluded)
    assert LegalHold.objects.count() == 1


# --- an old backup -------------------------------------------------------------------------------------------------------------------


def test_what_is_forgotten_is_written_beside_the_keys(draft, originator):
    lifecycle.discard(draft, by=originator)
    forgetting.keep_outside()

    (line,) = (settings.SEALING_KEYS / forgetting.LIST).read_text().splitlines()
    assert (line.split()[:3], Tombstone.objects.filter(kept_outside_at=None).count()) == (
        [str(draft.pk), str(draft.table_id), DISCARDED],
        0,
    )


def restored(situation, how) -> None:
    """The list says that it was forgotten; the database, an older one, knows nothing of it."""
    line = f"{situation.pk} {situation.table_id} {how} {clock.now().isoformat()} -\n"
    (settings.SEALING_KEYS / forgetting.LIST).write_text(line)


@pytest.mark.parametrize(
    ("before", "how", "after"),
    [
        ("draft", DISCARDED, None),
        ("submitted", "rejected", "withdrawn"),  # it had no number yet
        ("presented", "rejected", "rejected"),
        ("presented", "purged", "rejected"),  # that it was accepted is not known any more
        ("identifying", "ended_early", "ended_early"),
        ("responding", "purged", "purged"),
        ("concluded", "purged", "purged"),
    ],
)
def test_what_a_backup_brings_back_is_forgotten_again(before, how, after):
    situation = canaries.town_at(before, is_room_open=False).situation
    restored(situation, how)

    forgotten = forgetting.forget_again(by="restore")

    stage = Situation.objects.filter(pk=situation.pk).values_list("stage", flat=True).first()
    assert (forgotten, stage, words_left(situation)) == (1, after, 0)


def test_forgetting_again_twice_changes_nothing_more():
    restored(canaries.town_at("responding", is_room_open=False).situation, "purged")

    assert [forgetting.forget_again(by="restore") for _ in range(2)] == [1, 0]


def test_without_the_list_beside_the_keys_the_table_does_not_open(draft, originator):
    lifecycle.discard(draft, by=originator)
    forgetting.keep_outside()
    (settings.SEALING_KEYS / forgetting.LIST).unlink()

    assert forgetting.is_list_missing()


def test_the_list_is_on_the_disk_before_the_tombstones_say_so(draft, originator, monkeypatch):
    lifecycle.discard(draft, by=originator)
    sync, seen = os.fsync, []

    def synced(handle):
        sync(handle)
        seen.append((len((settings.SEALING_KEYS / forgetting.LIST).read_text().splitlines()), Tombstone.objects.get().kept_outside_at))

    monkeypatch.setattr(os, "fsync", synced)
    forgetting.keep_outside()

    assert seen == [(1, None)]


@pytest.mark.parametrize(
    "torn", ["5b0c7a52-0a3a", "5b0c7a52-0a3a-4c6e-9d6f-2f4b6f1f2a10 5b0c7a52-0a3a-4c6e-9d6f-2f4b6f1f2a10 purged 2026", "\x00\x00"]
)
def test_a_last_line_that_was_broken_off_is_passed_over(torn):
    restored(canaries.town_at("responding", is_room_open=False).situation, "purged")
    with (settings.SEALING_KEYS / forgetting.LIST).open("a") as kept:
        kept.write(torn)

    assert forgetting.forget_again(by="restore") == 1


def test_a_line_that_was_broken_off_gives_way_to_the_next(draft, originator):
    lifecycle.discard(draft, by=originator)
    (settings.SEALING_KEYS / forgetting.LIST).write_text("5b0c7a52-0a3a-4c6e-9d6f-2f4b6f1f2a10 5b0c")

    forgetting.keep_outside()

    lines = (settings.SEALING_KEYS / forgetting.LIST).read_text().splitlines()
    assert [line.split()[0] for line in lines] == [str(draft.pk)]


def test_where_another_line_cannot_be_read_the_table_does_not_open_and_forgets_nothing_by_half():
    situation = canaries.town_at("responding", is_room_open=False).situation
    restored(situation, "purged")
    path = settings.SEALING_KEYS / forgetting.LIST
    path.write_text(path.read_text() + "5b0c7a52-0a3a\n" + path.read_text())

    with pytest.raises(Obstacle, match=r"Line 2 of .*forgotten\.txt cannot be read: put the list back"):
        forgetting.forget_again(by="restore")
    assert stage_of(situation) == Stage.RESPONDING
