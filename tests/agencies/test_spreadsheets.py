"""Sheets are read as desks save them, and written so that no cell acts as a formula."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from agencies.spreadsheets import LARGEST_FILE, Unreadable, plain_cell, read, safe_cell, written_csv, written_xlsx


@pytest.mark.parametrize("text", ["=1+1", "+1 705", "-2", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1"])
def test_text_that_would_act_as_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text)[0] == "'"


@pytest.mark.parametrize("value", ["Larch Housing", "l’Épinette", "705 555-0100", "a=b", 12, -3, 1.5, True])
def test_other_values_stay_as_they_are(value):
    assert safe_cell(value) == value


@given(some.text(max_size=40))
def test_no_text_ever_begins_like_a_formula(text):
    assert str(safe_cell(text)).strip()[:1] not in {*"=+-@＝＋－＠"}


@given(some.sampled_from(["+1 705 555 0100", "=A1", "Élise", "O’Neil", "a, b; c", 'say "so"']))
def test_what_is_written_is_read_again(text):
    assert read(written_csv([["Name"], [text]]), filename="a.csv")[1] == (2, [text])
    assert read(written_xlsx({"Sheet": [["Name"], [text]]}), filename="a.xlsx")[1] == (2, [text])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_whichever_way_a_desk_saves_it(encoding, delimiter):
    content = delimiter.join(["Organisme", "Courriel"]) + "\r\n" + delimiter.join(["École", "e@table.example"])

    assert read(content.encode(encoding), filename="a.csv") == [(1, ["Organisme", "Courriel"]), (2, ["École", "e@table.example"])]


def test_empty_rows_are_passed_over_and_numbers_are_those_of_the_sheet():
    assert read(b"Agency\n\n,\nLarch\n", filename="a.csv") == [(1, ["Agency"]), (4, ["Larch"])]


def test_a_telephone_number_that_became_a_quantity_is_a_number_again():
    assert plain_cell(7055550100.0) == "7055550100"


def a_workbook(rows):
    book, packed = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_is_read():
    assert read(a_workbook([["Agency", "Telephone"], [None, None], ["Larch", 7055550100]]), filename="a.xlsx") == [
        (1, ["Agency", "Telephone"]),
        (3, ["Larch", "7055550100"]),
    ]


def test_no_formula_stands_in_a_written_workbook():
    book = load_workbook(io.BytesIO(written_xlsx({"A": [["Name"], ["=1+1"]]})))

    assert [(cell.data_type, cell.value) for cell in book["A"]["A"]] == [("s", "Name"), ("s", "'=1+1")]


def a_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "a.csv", "The sheet is empty."),
        (b"\n\n,,\n", "a.csv", "The sheet is empty."),
        (b"a" * (LARGEST_FILE + 1), "a.csv", "The file is larger than 1 MB."),
        (b"\xd0\xcf\x11\xe0old", "a.xls", "This file cannot be read as a spreadsheet."),
        (b"%PDF-1.7", "a.xlsx", "This file cannot be read as a spreadsheet."),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "This file cannot be read as a spreadsheet."),
        (b"Agency\n" + b"x" * 501, "a.csv", "A cell of row 2 is longer than 500 characters."),
        (b"Agency\n" + b"x\n" * 1001, "a.csv", "The sheet has more than 1,000 rows."),
        (b"\x81\x8d\x8f\x90", "a.csv", "The letters of this file cannot be read."),
        (b'"never closed' + b"\n" * 200_000, "a.csv", "This file cannot be read as a spreadsheet."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, filename, sentence):
    with pytest.raises(Unreadable) as refused:
        read(content, filename=filename)

    assert str(refused.value).startswith(sentence)


def test_a_small_file_that_hides_a_large_one_is_refused():
    with pytest.raises(Unreadable) as refused:
        read(a_bomb(), filename="a.xlsx")

    assert str(refused.value).startswith("The file is larger than it seems.")
