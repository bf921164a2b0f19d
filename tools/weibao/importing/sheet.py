"""A sheet of a table file as a value: its cells, which of them are merged, and which rows are hidden.

Nothing is worked out here: a number is the number that stands in the cell, a text is the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""What a cell may hold; "" is nothing. A date without a time of day stays a date."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a sheet.

    Attributes:
        address: where it is, with its sheet if the file has sheets: ``人员!E4``.
        value: what stands in it.
        odd: why that is not what somebody wrote there, a message id with ``{cell}``; "" if it is.
    """

    address: str
    value: CellValue = ""
    odd: str = ""

    @property
    def text(self) -> str:
        """What stands in it as text, without the spaces around; a number as it is written, a time in ISO 8601."""
        match self.value:
            case str():
                return self.value.strip()
            case float() if self.value.is_integer():
                return str(int(self.value))
            case datetime():
                return self.value.isoformat(" ")
            case _:
                return str(self.value)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.odd and self.text == ""


@dataclass(frozen=True, slots=True)
class MergedCells:
    """Merged cells: the first and the last row and column, numbered from 1, both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes:
        name: as the workbook calls it; "" of a CSV file.
        rows: its rows from the first on, each with as many cells as the widest.
        merged: the merged cells; what stands in them stands in the first one alone.
        hidden: the numbers of the rows that the spreadsheet does not show, from 1.
        widths: of a CSV file, how many cells each row has as it is written.
    """

    name: str
    rows: tuple[tuple[TableCell, ...], ...]
    merged: tuple[MergedCells, ...] = ()
    hidden: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table file: the digest of its bytes (``sha256``, hexadecimal), and its sheets in their order."""

    sha256: str
    sheets: tuple[Sheet, ...]


def letters(column: int) -> str:
    """What a spreadsheet calls a column, numbered from 1: ``A`` … ``Z``, ``AA`` and so on."""
    said = ""
    while column:
        column, letter = divmod(column - 1, 26)
        said = chr(ord("A") + letter) + said
    return said


def address(sheet: str, row: int, column: int) -> str:
    """Where a cell is, row and column numbered from 1: ``人员!E4``, of a file without sheets ``E4``."""
    return f"{sheet}!{letters(column)}{row}" if sheet else f"{letters(column)}{row}"
