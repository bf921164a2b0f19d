"""A form as a file, CSV or a spreadsheet, and back into cells; nothing in it is ever worked out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.words.csv_text import cell, csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM_MARK = "weibao-round-form-1"
"""What the first cell of a form says."""
LARGEST = 8 * 1024 * 1024
"""Bytes of a form at most; a round of thousands of items has less than one million."""
_UNPACKED = 64 * 1024 * 1024
_MOST_ROWS = 20_000
_WIDTHS = (6, 18, 24, 28, 14, 20, 14, 8, 12, 12, 20, 40)
_FORMULA = ("=", "＝", "@", "＠")
A_FORMULA = N_("{cell}: a formula stands here, “{found}”, and not what was seen.")
A_DATE = N_("{cell}: the spreadsheet has made a date of it, “{found}”.")
_ODD = {
    "f": A_FORMULA,
    "e": N_("{cell}: an error of the spreadsheet stands here, “{found}”."),
    "b": N_("{cell}: “{found}” is neither a number nor a text."),
}
"""What is said of a cell that holds something else than a number or a text, by its kind."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text, or its number; ``odd`` says so where it is neither, a message id."""

    address: str
    value: float | str
    odd: str = ""

    @property
    def text(self) -> str:
        """What stands in it, without the spaces around; a number as it is written."""
        return f"{self.value:g}" if isinstance(self.value, (int, float)) else self.value.strip()


NONE = SheetCell("", "")


def written(suffix: str, table: Sequence[Sequence[str]], choices: Sequence[str]) -> bytes:
    """The table as a file of this kind; ``choices`` are offered for a result.

    CSV begins with a byte order mark, without which Excel takes Chinese for another encoding.
    """
    if _is_xlsx(suffix):
        return _workbook(table, choices)
    return b"\xef\xbb\xbf" + csv_text(table).encode()


def read_cells(suffix: str, raw: bytes) -> list[list[SheetCell]]:
    """The cells of a form, row by row.

    Raises:
        Refusal: it cannot be read as a file of its kind.
    """
    if len(raw) > LARGEST:
        raise UsageRefusal(N_("The form is larger than {limit} bytes."), limit=LARGEST)
    return _cells_of_workbook(raw) if _is_xlsx(suffix) else _cells_of_csv(raw)


def require_form_name(suffix: str) -> None:
    """Refuse a file of another kind; and one that needs a library which is not here."""
    if suffix.lower() not in {".xlsx", ".csv"}:
        raise UsageRefusal(
            N_("A form is an XLSX or a CSV file, and not “{suffix}”."),
            mend=N_("Name it so: {example}"),
            suffix=suffix or "–",
            example="round.xlsx | round.csv",
        )
    if _is_xlsx(suffix):
        import openpyxl  # noqa: F401 - what lacks it is refused before anything is written


def _is_xlsx(suffix: str) -> bool:
    return suffix.lower() == ".xlsx"


def _cells_of_csv(raw: bytes) -> list[list[SheetCell]]:
    """CSV in UTF-8, or as a Chinese Excel saves it; divided by commas, semicolons or tabs."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            raise UsageRefusal(
                N_("The form is no text: it is neither UTF-8 nor GB 18030."),
                mend=N_("Save it as CSV UTF-8, or as XLSX."),
            ) from None
    mark = text.partition("\n")[0].replace('"', "").removeprefix(FORM_MARK)[:1]
    delimiter = mark if mark in {",", ";", "\t"} else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UsageRefusal(N_("The form cannot be read: {reason}"), reason=error) from None
    return [
        [_of_text(f"{_letters(column)}{number}", value) for column, value in enumerate(row)]
        for number, row in enumerate(rows, 1)
    ]


def _of_text(address: str, value: str) -> SheetCell:
    odd = A_FORMULA if value.strip().startswith(_FORMULA) else ""
    return SheetCell(address, value.removeprefix("'"), odd)


def _letters(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column % 26)}"


def _cells_of_workbook(raw: bytes) -> list[list[SheetCell]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _UNPACKED:
            raise UsageRefusal(N_("The form is larger than {limit} bytes."), limit=_UNPACKED)
        sheet = load_workbook(io.BytesIO(raw)).active
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise UsageRefusal(
            N_("The form is no XLSX file that can be read."),
            mend=N_("Save it as XLSX, or as CSV UTF-8."),
        ) from None
    if sheet is None or not hasattr(sheet, "iter_rows") or sheet.max_row > _MOST_ROWS:
        raise UsageRefusal(N_("The form has no sheet that can be read."))
    return [
        [
            _of_cell(found.coordinate, found.value, found.data_type, found.number_format)
            for found in row
            if found.coordinate
        ]
        for row in sheet.iter_rows(max_col=len(_WIDTHS))
    ]


def _of_cell(address: str, value: object, kind: str, shape: str) -> SheetCell:
    """A cell as it is read: a formula is not what it came to when somebody last looked.

    What was typed as 95% is kept by a spreadsheet as 0.95 of that shape.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return SheetCell(address, f"{value * 100:.10g}%" if "%" in shape else value)
    text = "" if value is None else str(value)
    if isinstance(value, (date, time)):
        return SheetCell(address, text, A_DATE)
    if text.lstrip().startswith(_FORMULA):
        return SheetCell(address, text, A_FORMULA)
    return SheetCell(address, text, _ODD.get(kind, ""))


def _workbook(table: Sequence[Sequence[str]], choices: Sequence[str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active or book.create_sheet()
    titles = next(number for number, row in enumerate(table, 1) if len(row) == len(_WIDTHS))
    for number, row in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            one = sheet.cell(number, column)
            one.value = cell(value) if value else None
            one.data_type = "s" if value else "n"
            one.number_format = "@" if value else "General"
            one.alignment = Alignment(vertical="top", wrap_text=number > titles)
            if number == titles:
                one.font = Font(bold=True)
            if number > titles and not value and column > len(_WIDTHS) - 4:
                one.protection = Protection(locked=False)
                one.fill = PatternFill("solid", fgColor="FFFBE6")
    for letter, width in zip("ABCDEFGHIJKL", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = sheet.cell(titles + 1, 7)
    offered = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offered.add(f"I{titles + 1}:I{max(len(table), titles + 1)}")
    sheet.add_data_validation(offered)
    sheet.protection.sheet = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
