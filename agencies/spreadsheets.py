"""Sheets that come and go: read whatever a desk saves (CSV or XLSX), written so that no cell can act as a formula."""

import csv
import io
import re
import warnings
import zipfile
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.access import Refused

LARGEST_FILE = 1_000_000  # bytes
LARGEST_UNPACKED = 30_000_000  # bytes: an XLSX is a packed folder, and a small one can hide a very large one
MOST_ROWS = 1000
LAST_ROW = 20_000  # below it nothing is read: a sheet can be formatted down to its millionth row
MOST_COLUMNS = 40
LONGEST_CELL = 500
# What a spreadsheet program takes for the start of a formula, the wide forms of East Asian keyboards included.
ACTS_AS_FORMULA = re.compile(r"^[\s]*[=+\-@＝＋－＠\t\r]")
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")


class Unreadable(Refused):
    """A sheet that cannot be read; its text is the sentence for whoever chose it."""


# 1. Written ---------------------------------------------------------------------------------------------------
def safe_cell(value):
    """The value as it may stand in a cell: text that would act as a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = HIDDEN.sub("", str(value))
    return f"'{text}" if ACTS_AS_FORMULA.match(text) else text


def written_csv(rows) -> bytes:
    """Rows (the first one the heads) as CSV that spreadsheet programs open with its accents right."""
    sheet = io.StringIO()
    csv.writer(sheet, quoting=csv.QUOTE_MINIMAL).writerows([safe_cell(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def written_xlsx(sheets: dict) -> bytes:
    """A workbook: each sheet's name with its rows, the first one the heads."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy, and needed by two pages
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", str(name))[:31])
        for row in rows:
            sheet.append([safe_cell(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = max(14, min(48, len(str(cell.value)) + 4))
        sheet.freeze_panes = "A2"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def download(content: bytes, *, filename: str) -> HttpResponse:
    """The file as the browser saves it; ``filename`` ends in .csv or .xlsx."""
    kind = "text/csv; charset=utf-8" if filename.endswith(".csv") else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{filename}"'})


# 2. Read --------------------------------------------------------------------------------------------------------
def plain_cell(value) -> str:
    """A cell's text, spaces trimmed, without the apostrophe that ``safe_cell`` puts before what would act as a formula."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a telephone number that the program took for a quantity
    text = " ".join(HIDDEN.sub("", str(value)).split())
    return text[1:] if text.startswith("'") and ACTS_AS_FORMULA.match(text[1:]) else text


def read(content: bytes, *, filename: str) -> list[tuple[int, list[str]]]:
    """The rows of the (first) sheet that hold anything, each with its number as the program shows it.

    Raises ``Unreadable``, whose text is a sentence, for what is too large, too long, damaged or of another kind.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than 1 MB. Leave out pictures and other sheets."))
    is_workbook = content.startswith(b"PK\x03\x04")
    if content.startswith(b"\xd0\xcf\x11\xe0") or (not is_workbook and filename.lower().endswith((".xlsx", ".xls", ".ods"))):
        raise Unreadable(_("This file cannot be read as a spreadsheet. Save it as XLSX or CSV and choose it again."))
    rows = _rows_of_workbook(content) if is_workbook else _rows_of_csv(content)
    kept = []
    for number, row in enumerate(rows, start=1):
        cells = [plain_cell(cell) for cell in row[:MOST_COLUMNS]]
        if not any(cells):
            continue
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable(_("A cell of row %(row)s is longer than 500 characters.") % {"row": number})
        while not cells[-1]:
            cells.pop()  # a workbook's rows are as wide as its widest
        kept.append((number, cells))
        if len(kept) > MOST_ROWS + 1:
            raise Unreadable(_("The sheet has more than 1,000 rows. Bring them in in parts."))
    if not kept:
        raise Unreadable(_("The sheet is empty."))
    return kept


def _rows_of_csv(content: bytes):
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as damaged:
        raise Unreadable(_("This file cannot be read as a spreadsheet. Save it as XLSX or CSV and choose it again.")) from damaged


def _decoded(content: bytes) -> str:
    # What desks save: UTF-8 with or without its mark, "Unicode text", and the Windows of North America.
    for encoding in ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The letters of this file cannot be read. Save it as XLSX or as CSV in UTF-8 and choose it again."))


def _rows_of_workbook(content: bytes):
    from openpyxl import load_workbook  # noqa: PLC0415  heavy, and needed by one page

    damaged = _("This file cannot be read as a spreadsheet. Save it as XLSX or CSV and choose it again.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise Unreadable(_("The file is larger than it seems. Leave out pictures and other sheets."))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it holds things which we do not read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size
            rows = list(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True))
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl passes on whatever the damaged part made its parsers say
        raise Unreadable(damaged) from error
    return rows
