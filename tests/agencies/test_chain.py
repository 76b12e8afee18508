"""The chain over the ledger: what was sealed cannot be changed, removed or added to unnoticed, whoever owns the server."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction

from agencies import chain, ledger
from agencies.enums import LedgerAct
from agencies.models import LedgerEntry, LedgerSeal, LedgerWaiting
from tests.owner import as_owner, connected_as

SWITCHED_OFF = "ALTER TABLE agencies_ledgerentry DISABLE TRIGGER USER; ALTER TABLE agencies_ledgerseal DISABLE TRIGGER USER"


def three_entries():
    return [ledger.record(LedgerAct.EXPORTED, by="tests", codes=[f"number:{number}"]) for number in range(3)]


def found():
    return {(str(finding.fault), finding.row) for finding in ledger.verify().findings}


def done(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def owner(django_db_setup, django_db_blocker):
    """All that the test does, it does as the owner of every table, with the triggers switched off; in the end it is undone."""
    web = connections["default"]
    connections["default"] = connections["owner"].copy(alias="default")
    try:
        with django_db_blocker.unblock(), transaction.atomic():
            ledger.seal()
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = web


@pytest.fixture
def sealed(owner):
    """Three entries in one block, and three in the next; the triggers are off from now on."""
    entries = three_entries()
    ledger.seal()
    three_entries()
    ledger.seal()
    done(SWITCHED_OFF)
    return entries


# 1. Sealing ----------------------------------------------------------------------------------------------------
def test_what_is_sealed_stands_in_order_in_one_block(db):
    ledger.seal()
    entries = three_entries()

    ledger.seal()

    assert LedgerSeal.objects.latest("number").entries == [entry.pk for entry in entries]
    assert (LedgerWaiting.objects.count(), ledger.verify().findings) == (0, [])


def test_each_block_builds_on_the_one_before(db):
    for _block in range(2):
        three_entries()
        ledger.seal()

    last, before = LedgerSeal.objects.order_by("-number")[:2]
    assert (last.number, last.previous) == (before.number + 1, before.hash)


def test_nothing_new_is_no_block(db):
    ledger.seal()

    assert (ledger.seal(), ledger.head().number) == (0, LedgerSeal.objects.count())


def test_many_entries_are_several_blocks(db):
    ledger.seal()
    LedgerEntry.objects.bulk_create(ledger.entry(LedgerAct.EXPORTED, by="tests") for _each in range(1100))

    assert ledger.seal() == 1100
    assert [len(block.entries) for block in LedgerSeal.objects.order_by("-number")[:3]] == [100, 500, 500]


def test_whatever_an_entry_holds_is_sealed_as_the_verifier_reads_it(db, originator):
    odd = ['"', "\\", "\n\t\x1f\x7f", "é’ﬁ\u202e", "null", "{}"]

    ledger.record(LedgerAct.EXPORTED, by=originator, subject=originator, audience=originator, relation="OR", codes=odd)
    ledger.seal()

    assert found() == set()


GONE_AGAIN = """
ALTER TABLE agencies_ledgerentry DISABLE TRIGGER USER;
DELETE FROM agencies_ledgerwaiting USING agencies_ledgerentry AS entry WHERE entry.id = entry_id AND codes = '{late}';
DELETE FROM agencies_ledgerentry WHERE codes = '{late}';
ALTER TABLE agencies_ledgerentry ENABLE TRIGGER USER
"""


@pytest.fixture
def late(django_db_setup):
    """Another page's transaction, which has written an entry and has not ended."""
    other = connected_as("default")
    other.cursor().execute(
        "INSERT INTO agencies_ledgerentry (id, at, act, by_job, subject, subject_id, relation, codes)"
        " VALUES (gen_random_uuid(), now(), 'exported', 'tests', '', '', '', '{late}')"
    )
    yield other
    other.close()
    as_owner(GONE_AGAIN)


def test_an_entry_whose_transaction_ends_late_is_sealed_in_a_later_block(late, db):
    ledger.seal()
    three_entries()
    (sealed_first, number) = (ledger.seal(), ledger.head().number)
    late.commit()

    sealed_then = ledger.seal()

    entry = LedgerEntry.objects.get(codes=["late"])
    assert (sealed_first, sealed_then, LedgerSeal.objects.get(number=number + 1).entries) == (3, 1, [entry.pk])


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO agencies_ledgerseal SELECT number + 1, sealed_at, previous, hash, entries, digests FROM agencies_ledgerseal",
        "UPDATE agencies_ledgerseal SET hash = ''",
        "DELETE FROM agencies_ledgerseal",
        "INSERT INTO agencies_ledgerwaiting (entry_id) VALUES (gen_random_uuid())",
        "DELETE FROM agencies_ledgerwaiting",
        "UPDATE agencies_ledgerentry SET codes = '{}'",
        "DELETE FROM agencies_ledgerentry",
        "ALTER TABLE agencies_ledgerentry DISABLE TRIGGER USER",
    ],
)
def test_the_web_writes_no_block_and_changes_no_entry(db, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        done(statement)


# 2. Verifying: by the one who owns the tables -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        "act = 'printed'",
        "at = at + interval '1 microsecond'",
        "written_at = written_at - interval '1 second'",
        "by_job = 'nobody'",
        "by_id = gen_random_uuid()",
        "agency_id = gen_random_uuid()",
        "table_id = gen_random_uuid()",
        "situation_id = gen_random_uuid()",
        "subject = 'member'",
        "subject_id = 'x'",
        "audience_id = gen_random_uuid()",
        "relation = 'OR'",
        "codes = '{}'",
    ],
)
def test_an_entry_that_was_changed_is_named(sealed, change):
    done(f"UPDATE agencies_ledgerentry SET {change} WHERE id = %s", sealed[1].pk)

    assert found() == {("changed", str(sealed[1].pk))}


def test_an_entry_that_was_removed_is_named(sealed):
    done("DELETE FROM agencies_ledgerentry WHERE id = %s", sealed[1].pk)

    assert found() == {("removed", str(sealed[1].pk))}


def test_an_entry_that_was_removed_before_it_was_sealed_is_named(sealed):
    done("ALTER TABLE agencies_ledgerentry ENABLE TRIGGER ledger_waits")
    entry = ledger.record(LedgerAct.EXPORTED, by="tests")

    done("DELETE FROM agencies_ledgerentry WHERE id = %s", entry.pk)
    ledger.seal()

    assert found() == {("removed", str(entry.pk))}


def test_an_entry_that_was_inserted_beside_the_triggers_is_named(sealed):
    inserted = ledger.record(LedgerAct.EXPORTED, by="tests")
    ledger.seal()

    assert found() == {("inserted", str(inserted.pk))}


def test_an_entry_that_is_inserted_for_an_earlier_day_is_named(sealed):
    done("ALTER TABLE agencies_ledgerentry ENABLE TRIGGER ledger_waits")
    late = ledger.record(LedgerAct.EXPORTED, by="tests")
    done("UPDATE agencies_ledgerentry SET written_at = written_at - interval '2 hours' WHERE id = %s", late.pk)

    ledger.seal()

    assert found() == {("late", str(late.pk))}


def test_a_block_that_was_changed_is_named(sealed):
    first = LedgerSeal.objects.order_by("-number")[1]
    done("UPDATE agencies_ledgerseal SET sealed_at = sealed_at + interval '1 second' WHERE number = %s", first.number)

    assert found() == {("seal_changed", str(first.number))}


REWRITE = f"""
UPDATE agencies_ledgerseal AS seal SET digests = (
    SELECT array_agg({chain._DIGEST} ORDER BY held.place)
    FROM unnest(seal.entries) WITH ORDINALITY AS held (id, place) JOIN agencies_ledgerentry AS entry ON entry.id = held.id
) WHERE number = %s;
UPDATE agencies_ledgerseal AS seal SET hash = {chain._HASH} WHERE number = %s
"""


def test_a_block_that_was_written_anew_with_its_hash_is_named_by_the_next(sealed):
    first = LedgerSeal.objects.order_by("-number")[1]
    done("UPDATE agencies_ledgerentry SET act = 'printed' WHERE id = %s", sealed[1].pk)

    done(REWRITE, first.number, first.number)

    assert found() == {("seal_changed", str(first.number))}


def test_a_chain_that_was_written_anew_to_its_end_is_told_by_paper(sealed):
    printed = f"{ledger.head().number} {ledger.head().short}"
    done("UPDATE agencies_ledgerentry SET act = 'printed' WHERE id = %s", ledger.LedgerEntry.objects.latest("written_at", "id").pk)

    done(REWRITE, ledger.head().number, ledger.head().number)

    assert (ledger.verify().findings, [str(each.fault) for each in ledger.verify(printed=printed).findings]) == ([], ["not_as_printed"])


def test_a_block_that_was_removed_is_named_with_what_it_held(sealed):
    first = LedgerSeal.objects.order_by("-number")[1]

    done("DELETE FROM agencies_ledgerseal WHERE number = %s", first.number)

    assert found() == {("seal_removed", str(first.number)), *(("inserted", str(entry.pk)) for entry in sealed)}


# 3. The command and the printed form ---------------------------------------------------------------------------------------
def test_the_command_says_that_all_is_as_it_was_sealed(db):
    three_entries()
    ledger.seal()
    said, head = StringIO(), ledger.head()

    call_command("verify_ledger", printed=f"{head.number} {head.short}", stdout=said)

    assert said.getvalue().splitlines()[-1] == f"Nothing was changed, removed or inserted. The last block is {head.number} {head.short}."


def test_the_command_names_each_row_and_fails(sealed):
    done("DELETE FROM agencies_ledgerentry WHERE id = %s", sealed[1].pk)
    said = StringIO()

    with pytest.raises(CommandError, match="1 row is not as it was sealed"):
        call_command("verify_ledger", stdout=said)

    assert f"An entry was removed: {sealed[1].pk}" in said.getvalue()


@pytest.mark.parametrize("printed", ["", "1", "1 0000", "x 0000 0000 0000 0000 0000", "999999 0000 0000 0000 0000 0000"])
def test_a_wrong_or_half_typed_form_is_not_as_printed(db, printed):
    ledger.seal()

    assert [str(each.fault) for each in ledger.verify(printed=printed).findings] == (["not_as_printed"] if printed else [])


def test_the_timers_seal(db):
    three_entries()

    call_command("tick", "--once")

    assert LedgerWaiting.objects.count() == 0
