"""The second wall: what the database itself shows the web's own role, asked in its own language, without a page in between.

The matrix is asked again here: codes by row, sealed words by cell (docs/decisions/0022).
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import Error, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from agencies import clock
from agencies.actor import acting_as, current_member_id, current_work, for_the_table
from cms_table.urls import urlpatterns as house
from meetings import lifecycle as meetings
from practice.proof.matrix import HEARD, WORDS, kinds_shown, stands
from responses.models import Response, Step
from situations import lifecycle
from situations.models import Recusal, Situation
from tests import canaries, cast

pytestmark = pytest.mark.django_db
POLICY = yaml.safe_load((Path(__file__).parent.parent / "situations" / "visibility.yaml").read_text())
WALLED = {
    "meetings_involvement",
    "meetings_justdone",
    "meetings_position",
    "responses_contact",
    "responses_engagement",
    "responses_followup",
    "responses_reportback",
    "responses_response",
    "responses_servicemobilised",
    "responses_step",
    "situations_disclosure",
    "situations_legalhold",
    "situations_recusal",
    "situations_sealedtext",
    "situations_situation",
    "situations_situationkey",
    "situations_tombstone",
}
# Not walled though they name a situation: an agenda is every seat's, and the record has a page of its own rights. Two more tables
# hold addresses in which a situation's key can stand: a waiting letter, and where a form that was sent has led (docs/security.md).
OPEN_TO_THE_TABLE = {"meetings_agendaitem", "agencies_ledgerentry"}
OF_RIGHTS = {"situations_disclosure", "situations_recusal", "situations_legalhold", "situations_tombstone"}
OF_WHO_LEADS = {"meetings_justdone"}
HANGING = sorted(WALLED - OF_RIGHTS - OF_WHO_LEADS - {"situations_situation", "situations_sealedtext"})
VARIANTS = [(stage, False) for stage in canaries.STAGES] + [(stage, True) for stage in HEARD]
NAMES = [f"{stage}{'-room' if room else ''}" for stage, room in VARIANTS]


def rows(question, *given) -> list:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def count(table) -> int:
    return rows(f"SELECT count(*) FROM {table}")[0][0]


def refused(statement, *given) -> str:
    """Why the database does not carry a statement out, in one word; '' when it does."""
    try:
        with transaction.atomic():
            rows(f"{statement} RETURNING 1" if statement.startswith(("INSERT", "DELETE", "UPDATE")) else statement, *given)
    except Error as error:
        return next((word for word in ("row-level security", "permission denied", "must be owner") if word in str(error)), str(error))
    return ""


@pytest.mark.parametrize(("stage", "is_room_open"), VARIANTS, ids=NAMES)
def test_the_database_shows_a_situation_to_whom_the_matrix_shows_one(stage, is_room_open):
    canaries.town_at(stage, is_room_open=is_room_open)

    found = {}
    for part in cast.PARTS:
        with acting_as(cast.the(part)):
            found[part] = count("situations_situation")

    assert found == {part: int(bool(stands(part, stage, is_room_open=is_room_open))) for part in cast.PARTS}


@pytest.mark.parametrize("stage", ["identifying", "responding", "concluded", "purged"])
def test_what_hangs_on_a_situation_is_there_for_whom_the_situation_is(stage):
    canaries.town_at(stage, is_room_open=False)
    written = {table: count(table) for table in HANGING}

    wrong = {}
    for part in cast.PARTS:
        with acting_as(cast.the(part)):
            found = {table: count(table) for table in HANGING}
        if found != (written if stands(part, stage, is_room_open=False) else dict.fromkeys(HANGING, 0)):
            wrong[part] = found

    assert wrong == {}


@pytest.mark.parametrize("at", [cast.TABLE, cast.SEALED_TABLE])
@pytest.mark.parametrize(("stage", "is_room_open"), VARIANTS, ids=NAMES)
def test_the_database_shows_sealed_words_by_the_cells_of_the_matrix(stage, is_room_open, at):
    canaries.town_at(stage, is_room_open=is_room_open, at=at)
    written = {kind for (kind,) in rows("SELECT DISTINCT kind FROM situations_sealedtext")}

    wrong = {}
    for part in cast.PARTS:
        given = kinds_shown(part, stage, is_room_open=is_room_open)
        with acting_as(cast.the(part)):
            found = {kind for (kind,) in rows("SELECT DISTINCT kind FROM situations_sealedtext")}
        if found != given & written:
            wrong[part] = sorted(found)

    assert wrong == {}


def test_where_nobody_asks_nothing_is_shown():
    canaries.town_at("responding", is_room_open=True)

    with acting_as(None):
        found = {table: count(table) for table in WALLED}

    assert found == dict.fromkeys(WALLED, 0)


def test_the_same_questions_find_rows_where_the_table_itself_asks():
    canaries.town_at("responding", is_room_open=True)

    assert [
        table for table in ("situations_situation", "responses_response", "responses_step", "meetings_position") if not count(table)
    ] == []


def test_whoever_stepped_out_is_shown_nothing_of_it_whatever_else_they_are(accepted_item):
    chair = cast.the("chair")
    Recusal.objects.create(
        table=accepted_item.situation.table,
        situation=accepted_item.situation,
        member=chair,
        recused_at=accepted_item.opened_at,
        recused_by=chair,
    )

    with acting_as(chair):
        assert (count("situations_situation"), count("meetings_position")) == (0, 0)


def test_whoever_stepped_out_is_shown_no_hold_either():
    situation, coordinator, officer = (
        canaries.town_at("concluded", is_room_open=False).situation,
        cast.the("coordinator"),
        cast.the("privacy_officer"),
    )
    lifecycle.ask_for_hold(situation, reason="court", review_at=clock.now() + timedelta(days=90), by=officer)
    with acting_as(coordinator):
        before = count("situations_legalhold")

    lifecycle.recuse(situation, member=coordinator, by=coordinator)

    with acting_as(coordinator):
        out = (count("situations_legalhold"), rows("UPDATE situations_legalhold SET ended_at = table_now() RETURNING 1"))
    with acting_as(officer):
        assert (before, out, count("situations_legalhold")) == (1, (0, []), 1)


@pytest.fixture
def chair_out(accepted_item):
    """The chair has stepped out of a situation at Filter 3."""
    lifecycle.recuse(accepted_item.situation, member=cast.the("chair"), by=cast.the("chair"))
    return accepted_item.situation


@pytest.mark.parametrize("part", ["chair", "coordinator", "recused"])
@pytest.mark.parametrize("undo", ["UPDATE situations_recusal SET ended_at = table_now()", "DELETE FROM situations_recusal"])
def test_neither_who_stepped_out_nor_who_keeps_the_table_undoes_it(chair_out, part, undo):
    with acting_as(cast.the(part)):
        assert rows(f"{undo} RETURNING 1") == []


def test_who_oversees_privacy_lets_others_in_again_and_never_themselves(chair_out):
    officer = cast.the("privacy_officer")
    lifecycle.recuse(chair_out, member=officer, by=officer)

    with acting_as(officer):
        ended = rows("UPDATE situations_recusal SET ended_at = table_now() RETURNING member_id")

    assert {member for (member,) in ended} == {cast.the("chair").pk, cast.the("recused").pk}


def test_stepping_out_is_ones_own_to_do(accepted_item):
    chair = cast.the("chair")

    with acting_as(chair):
        lifecycle.recuse(accepted_item.situation, member=chair, by=chair)

        assert (rows("SELECT recused_by_id FROM situations_recusal WHERE member_id = asker()"), count("situations_situation")) == (
            [(chair.pk,)],
            0,
        )


def test_the_room_closes_by_the_clock_of_the_database_also_if_nobody_closes_it(accepted_item, in_the_room, later):
    with acting_as(in_the_room):
        before = count("situations_situation")

    with later(hours=3), acting_as(in_the_room):
        assert (before, count("situations_situation")) == (1, 0)


def test_a_role_that_has_ended_shows_nothing(submitted, chair, later):
    rows("UPDATE agencies_appointment SET ends_at = table_now() + interval '1 hour' WHERE member_id = %s RETURNING 1", chair.pk)
    with acting_as(chair):
        before = count("situations_situation")

    with later(hours=2), acting_as(chair):
        assert (before, count("situations_situation")) == (1, 0)


def test_an_agency_without_its_seat_is_shown_nothing(submitted, originator, later):
    rows("UPDATE agencies_seat SET ends_at = table_now() + interval '1 hour' WHERE agency_id = %s RETURNING 1", originator.agency_id)
    with acting_as(originator):
        before = count("situations_situation")

    with later(hours=2), acting_as(originator):
        assert (before, count("situations_situation")) == (1, 0)


# --- a page that forgets to ask -----------------------------------------------------------------------------------------------


def every_situation(request):
    """A page that forgot ``visible_to``."""
    steps = Step.objects.values_list("step_type_id", flat=True)
    return HttpResponse(" ".join([*(row.age_group_id for row in Situation.objects.all()), *steps]))


urlpatterns = [path("forgot/", every_situation, name="forgot"), *house]


@pytest.fixture
def a_forgetful_page():
    before, settings.ROOT_URLCONF = settings.ROOT_URLCONF, "tests.test_second_wall"
    yield "/forgot/"
    settings.ROOT_URLCONF = before


@pytest.mark.parametrize(
    ("part", "said"),
    [("stranger", ""), ("administrator", ""), ("steering", ""), ("privacy_officer", ""), ("originator", "age_group:12-17")],
)
def test_a_page_that_forgets_to_ask_shows_nothing_that_is_not_the_readers(client_of, submitted, a_forgetful_page, part, said):
    assert client_of(cast.the(part)).get(a_forgetful_page).content.decode() == said


# --- what the web's role cannot do about it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE situations_situation DISABLE ROW LEVEL SECURITY",
        "DROP POLICY the_table_let_them_know ON situations_situation",
        "INSERT INTO situations_wordcell (kind, stage, relation, is_written) VALUES ('why_now', 'purged', 'AD', false)",
        "DELETE FROM situations_wordcell",
        "INSERT INTO agencies_practiceclock (id, seconds) VALUES (1, 0)",
        "SET LOCAL ROLE cms_owner",
        "SET LOCAL ROLE cms_keeper",
    ],
)
def test_the_web_cannot_take_the_wall_down(stranger, statement):
    with acting_as(stranger):
        assert refused(statement) in ("permission denied", "must be owner")


def test_nobody_gives_themselves_a_right(submitted, stranger):
    with acting_as(stranger):
        why = refused(
            "INSERT INTO situations_disclosure (id, table_id, situation_id, relation, member_id, granted_at)"
            " VALUES (gen_random_uuid(), %s, %s, 'IR', %s, table_now())",
            submitted.table_id,
            submitted.pk,
            stranger.pk,
        )

    assert why == "row-level security"


def test_a_situation_is_not_opened_in_another_agencys_name(table, stranger, originator):
    with acting_as(stranger), pytest.raises(Error, match="row-level security"), transaction.atomic():
        lifecycle.open_situation(table, agency=originator.agency, by=stranger)


def test_what_is_not_shown_is_not_changed_either(response, stranger):
    with acting_as(stranger):
        assert (Situation.objects.update(version=99), Response.objects.update(version=99)) == (0, 0)


def test_forgetting_is_checked_also_by_who_sees_no_word(submitted, stranger):
    with acting_as(stranger):
        assert rows("SELECT words_left(%s)", submitted.pk) == [(True,)]


# --- the wall is whole -------------------------------------------------------------------------------------------------------------


def test_the_questions_of_a_page_are_never_compiled():
    assert rows("SHOW jit") == [("off",)]


def test_every_walled_table_is_walled_for_its_owner_too():
    forced = rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")

    assert {name for (name,) in forced} == WALLED


def test_whatever_names_a_situation_stands_behind_the_wall():
    naming = rows(
        "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND column_name IN ('situation_id', 'response_id', 'item_id') AND table_name NOT LIKE '%%\\_of\\_asker'"
    )

    assert {name for (name,) in naming} - OPEN_TO_THE_TABLE <= WALLED


# What the policies ask. These look as the owner, behind a barrier, and name whoever asks themselves.
OF_THE_ASKER = ["responses_of_asker", "situations_out_of_asker", "situations_right_of_asker"]


def test_no_view_shows_more_than_its_reader_may_read():
    options = rows(
        "SELECT relname, coalesce(reloptions, '{}') FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )

    own = [name for name, given in options if "security_invoker=true" not in given]
    assert (own, [name for name in own if "security_barrier=true" not in dict(options)[name]]) == (OF_THE_ASKER, [])


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (None, [0, 0, 0]),
        ("stranger", [0, 0, 0]),
        ("administrator", [0, 0, 0]),
        ("lead", [1, 0, 1]),
        ("coordinator", [1, 0, 0]),
        ("recused", [0, 1, 0]),
    ],
)
def test_what_the_wall_asks_shows_each_their_own_and_nobody_elses(response, part, shown):
    with acting_as(cast.the(part) if part else None):
        assert [rows(f"SELECT count(*) FROM {view}") for view in OF_THE_ASKER] == [[(each,)] for each in shown]


def test_the_cells_of_the_database_are_those_of_the_matrix():
    stand = {
        (kind, stage, relation, given == "W")
        for datum, kind in WORDS.items()
        for stage, row in POLICY["data"][datum].items()
        for relation, given in zip(POLICY["relations"], row.split(), strict=True)
        if given in "RLW"
    }

    assert set(rows("SELECT kind, stage, relation, is_written FROM situations_wordcell")) == stand


# Each door through the wall, and the files that go through it. A new one is a decision (docs/decisions/0022).
DOORS = {
    "BY": {"cms_table/timers.py"},  # the timers, as "tick"
    "BY_ITSELF": {"practice/players/responding.py"},
    "activity": {"meetings/activity.py"},  # an agency's own counts go on when its right to read has ended
    "agenda": {"meetings/agenda.py"},  # a line for each, with what the matrix gives of it
    "asked": {"cms_table/awaiting.py", "meetings/views/start.py", "responses/lifecycle/response.py", "responses/views/agencies.py"},
    "discard": {"situations/lifecycle/answers.py"},
    "hold": {"cms_table/what_we_hold.py", "situations/lifecycle/forgetting.py", "situations/views/holds.py"},
    "look_with_reason": {"situations/views/oversight.py"},
    "looks": {"situations/looks.py"},  # the privacy officer's: at which situations, by a reference that says nothing
    "minutes": {"meetings/views/minutes.py"},
    "next_meeting": {"meetings/views/start.py"},  # how much it hears
    "practice": {
        "cms_table/bench/scene.py",
        "practice/management/commands/practice.py",
        "practice/management/commands/simulate.py",
        "practice/players/morning.py",
        "practice/proof/run.py",
    },
    "purge": {"cms_table/management/commands/purge.py"},
    "recusal": {"situations/lifecycle/rights.py"},
    "restore": {"cms_table/management/commands/serve.py"},
    "rights": {"situations/disclosure.py"},
    "room": {"meetings/disclosure.py", "meetings/views/attendance.py"},  # how many are out of it
    "sitting": {"meetings/lifecycle/items.py", "meetings/lifecycle/sitting.py", "meetings/lifecycle/undoing.py"},
    "wall": {"meetings/wall.py"},  # numbers and stages, by name, and how many have answered
}
ROOMS = ("agencies", "situations", "responses", "meetings", "reports", "practice", "cms_table")


def test_the_doors_through_the_wall_are_these_and_no_others():
    root, found = Path(settings.BASE_DIR), {}
    for file in (each for room in ROOMS for each in (root / room).rglob("*.py")):
        for name in re.findall(r"(?<!def )(?<!_)for_the_table\(([^)]+)\)", file.read_text()):
            found.setdefault(name.strip('"'), set()).add(str(file.relative_to(root)))

    assert found == DOORS


def test_a_door_closes_behind_whoever_went_through(stranger, submitted, meeting):
    with acting_as(stranger):
        meetings.refresh_agenda(meeting)

        assert count("situations_situation") == 0


SET = "SELECT current_setting('app.work'), current_setting('app.member'), current_setting('app.clock_offset')"
DOORS_OF_A_BLOCK = pytest.mark.parametrize(
    "door",
    [lambda: for_the_table("purge"), lambda: acting_as(cast.the("chair")), lambda: clock.moved_by(60)],
    ids=["work", "actor", "clock"],
)


def who_asks_and_when() -> list:
    """What Python says, and what the database says, of who asks, for what work, and by which clock."""
    return [current_work(), current_member_id(), clock.offset_seconds(), *rows(SET)]


@DOORS_OF_A_BLOCK
def test_an_error_of_the_database_behind_a_door_is_the_one_that_is_read_and_the_door_closes(door):
    before = who_asks_and_when()

    with pytest.raises(ProgrammingError, match="no_such_table"), transaction.atomic(), door():
        rows("SELECT 1 FROM no_such_table")

    assert who_asks_and_when() == before


@DOORS_OF_A_BLOCK
def test_a_door_closes_also_where_only_what_was_done_behind_it_is_taken_back(door):
    before = who_asks_and_when()

    with pytest.raises(ProgrammingError, match="no_such_table"), door(), transaction.atomic():
        rows("SELECT 1 FROM no_such_table")

    assert who_asks_and_when() == before
