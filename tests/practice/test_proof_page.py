"""The page "Prove my settings": for the administrators of a practice copy, and nowhere else."""

import re
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies import lifecycle as agencies
from agencies.turns import Turn, is_taken
from cms_table.management.commands.serve import Prover
from cms_table.processes import Processes
from practice.proof import notes, run
from tests import cast
from tests.owner import connected_as

pytestmark = pytest.mark.django_db
PAGE = "/prove-my-settings/"
A_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Toronto")).timestamp()


@pytest.fixture(autouse=True)
def notes_of_its_own(settings, tmp_path):
    """What is asked for and found lies in a folder of the test's own."""
    settings.VAR = tmp_path


@pytest.fixture
def page(client_of, administrator):
    """The page as an administrator reads it, as text."""
    browser = client_of(administrator)
    return lambda: str(browser.get(PAGE).content.decode())


def found(table, *, stages=("draft",), who=("stranger",)):
    notes.keep(table, run.prove(table, stages=stages, who=who))


@pytest.fixture
def proof_elsewhere(db):
    """Another process that proves: it holds the lock on a connection of its own."""
    other = connected_as("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [Turn.PROOF])
    yield
    other.close()


def test_a_morning_that_is_laid_out_is_no_proof(db):
    other = connected_as("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [Turn.MORNING])
    taken = (is_taken(Turn.MORNING), is_taken(Turn.PROOF))
    other.close()

    assert taken == (True, False)


@pytest.mark.parametrize("part", ["coordinator", "chair", "originator"])
def test_it_is_for_administrators_only(client_of, part):
    assert client_of(cast.the(part)).get(PAGE).status_code == 403


def test_at_a_real_table_there_is_no_such_page(client_of, administrator, settings):
    browser = client_of(administrator)
    settings.PRACTICE = False

    assert (browser.get(PAGE).status_code, browser.get(f"{PAGE}draft/").status_code) == (404, 404)


def test_settings_lead_to_it(client_of, administrator, coordinator):
    pages = [client_of(member).get(reverse("agencies:settings")).content.decode() for member in (administrator, coordinator)]

    assert [PAGE in page for page in pages] == [True, False]


def test_it_begins_for_whoever_serves_the_pages(client_of, administrator, table):
    answer = client_of(administrator).post(PAGE, {"run": "yes"})

    assert (answer.status_code, answer.url, notes.asked()["table"]) == (302, PAGE, str(table.pk))


def test_while_one_runs_the_second_is_told_so(client_of, administrator, proof_elsewhere, table):
    notes.tell(table, percent=40, stage="identifying")

    said = client_of(administrator).post(PAGE, {"run": "yes"}, follow=True).content.decode()

    assert "A proof is running already." in said
    assert "It is at the stage “Filter 3: who must act”." in said
    assert notes.asked() is None


def test_while_one_runs_the_page_says_since_when_and_offers_no_second(page, proof_elsewhere, table):
    notes._write(notes._place("running"), {"at": A_NOON})
    notes.tell(table, percent=40, stage="identifying")

    running = page()

    assert "It began at 12:00." in running
    assert 'name="run"' not in running


def test_that_it_was_asked_for_stands_in_one_box(client_of, administrator):
    said = client_of(administrator).post(PAGE, {"run": "yes"}, follow=True).content.decode()

    assert said.count("The proof begins within a few seconds.") == 1
    assert said.count("The proof was asked for at ") == 1
    assert 'name="run"' not in said


def test_on_the_command_line_the_second_goes_away(proof_elsewhere):
    with pytest.raises(CommandError, match="A proof is running"):
        call_command("prove")


def test_a_proof_that_was_interrupted_says_so(page, table):
    notes.tell(table, percent=40, stage="identifying")

    assert "The last proof was interrupted." in page()


def test_a_proof_that_nobody_began_says_who_can(page, table):
    notes.ask(table)
    notes._write(notes._place("asked"), notes.asked() | {"at": 0})

    assert "manage.py prove" in page()


def test_green_is_said_with_a_word_and_a_sign(page, table):
    found(table)

    assert re.search(r'class="badge is-done"><svg.*?</svg>As decided, at every stage', page())


def test_red_comes_first_with_address_and_who(page, table, settings):
    with_leaks = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = "tests.leaky_urls"
    found(table, stages=["presented"])
    settings.ROOT_URLCONF = with_leaks

    said = page()

    assert "Representative of an agency that stayed away" in said
    assert "<code>leak_comment 200</code>" in said
    assert said.index("leak_comment") < said.index("Stage by stage")


def test_a_stage_is_shown_cell_by_cell(client_of, administrator, table):
    found(table, who=["originator", "stranger"])

    said = client_of(administrator).get(f"{PAGE}draft/").content.decode()

    assert re.findall(r"<strong>([^<]+)</strong> · OR\b", said) == ["Representative of the agency that brought it, in the room"]
    assert "not as decided" not in said
    assert client_of(administrator).get(f"{PAGE}presented/").status_code == 404  # it was not played


def test_a_change_of_settings_makes_it_out_of_date(page, table):
    found(table)
    before = page()
    agencies.change_table(table, retention_days=20, by="tests")

    hint = "Settings, roles or the matrix have changed since."
    assert (hint in before, hint in page()) == (False, True)


def test_what_is_kept_holds_no_canary(table):
    found(table, stages=["presented"], who=["in_the_room"])

    kept = "".join(path.read_text() for path in notes._place("x").parent.iterdir())
    assert [word for word in ("zq-", "ZQN-") if word in kept] == []


def test_in_french_nothing_is_left_in_english(client_of, administrator, table):
    found(table, who=["originator", "nobody"])
    browser = client_of(administrator, language="fr-ca")

    said = browser.get(PAGE).content.decode() + browser.get(f"{PAGE}draft/").content.decode()

    assert [word for word in ("Prove", "as decided", "Representative of", "What was looked for") if word in said] == []


@pytest.fixture
def one_stage(monkeypatch):
    """A proof of one stage, asked by two: the command's own way through, in seconds."""
    monkeypatch.setattr(run.prove, "__kwdefaults__", run.prove.__kwdefaults__ | {"stages": ["draft"], "who": ["stranger", "nobody"]})


def test_the_command_says_that_it_is_as_decided_and_keeps_what_it_found(one_stage, table, capsys):
    notes.ask(table)

    call_command("prove", "--asked")

    assert re.fullmatch(r"1 stages in \d+ seconds: as decided.\n", capsys.readouterr().out)
    assert (notes.asked(), notes.going_on(), notes.last(table)["is_as_decided"]) == (None, None, True)


def test_the_command_ends_with_1_when_something_is_red(one_stage, table, settings, capsys):
    settings.ROOT_URLCONF = "tests.leaky_urls"

    with pytest.raises(SystemExit) as ended:
        call_command("prove", table=table.name_fr)

    assert ended.value.code == 1
    assert "draft stranger profile_and_factors found leak_comment 200 leak_header 200" in capsys.readouterr().out


def test_at_a_real_table_the_command_does_nothing(settings):
    settings.PRACTICE = False

    with pytest.raises(CommandError, match="never at a real table"):
        call_command("prove")


def test_whoever_serves_the_pages_begins_once_what_is_asked_for(tmp_path, table):
    notes._write(notes._place("asked"), {"table": str(table.pk), "at": 1})
    begun = []
    prover = Prover(Processes(tmp_path), start=lambda *words: begun.append(words) or subprocess.Popen(["true"]))

    for _again in range(2):
        prover.look_after()
    notes.ask(table)
    for _again in range(2):
        prover.look_after()
    prover.running.wait()

    assert begun == [("prove", "--asked")]
