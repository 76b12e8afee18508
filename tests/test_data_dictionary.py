"""The data dictionary says what the models say, of every field."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Seat
from cms_table.management.commands import data_dictionary


def test_the_data_dictionary_is_what_the_models_say():
    call_command("data_dictionary", "--check")


def test_a_data_dictionary_that_has_fallen_behind_is_noticed(tmp_path, monkeypatch):
    behind = tmp_path / "data-dictionary.md"
    behind.write_text("# Data dictionary\n")
    monkeypatch.setattr(data_dictionary, "WRITTEN", behind)

    with pytest.raises(CommandError) as refused:
        call_command("data_dictionary", "--check")

    assert str(refused.value) == data_dictionary.STALE
    assert behind.read_text() == "# Data dictionary\n"


def test_writing_it_brings_it_up_to_date(tmp_path, monkeypatch):
    monkeypatch.setattr(data_dictionary, "WRITTEN", tmp_path / "data-dictionary.md")

    call_command("data_dictionary", stdout=StringIO())
    call_command("data_dictionary", "--check")

    assert data_dictionary.WRITTEN.read_text().splitlines()[0] == "# Data dictionary"


def test_a_field_that_says_nothing_of_itself_is_refused():
    said = data_dictionary.meanings_of(Seat._meta.get_field("agency"), "Seat.unheard_of", comment="", spoken="")

    with pytest.raises(CommandError, match=r"Seat\.unheard_of says nothing of itself"):
        list(said)


def test_a_field_that_stands_nowhere_in_the_matrix_is_refused(monkeypatch):
    monkeypatch.setitem(data_dictionary.GROUND_FLOOR, "Seat.directory", ["table", "starts_at", "ends_at"])

    with pytest.raises(CommandError, match=r"Seat\.agency stands in no datum of the matrix"):
        data_dictionary.described(Seat)


def test_a_coded_field_names_its_list():
    assert data_dictionary.lists_of(Seat) == {}
    assert data_dictionary.lists_of(data_dictionary.apps.get_model("responses", "Contact")) == {"result": "contact_result"}
    assert data_dictionary.lists_of(data_dictionary.apps.get_model("situations", "Situation"))["risk_factors"] == "risk_factor"
