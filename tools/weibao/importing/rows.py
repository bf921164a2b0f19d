"""The rows of a register as they were read, which is what an import is worked out of.

A sheet is turned into them once: the columns that the mapping names, what is merged said of each of its rows.
As text they are ``imports/NAME.csv``, and reading that gives the same rows again.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.importing.mapping import rows_path
from weibao.language import N_
from weibao.model.naming import folded
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.importing.mapping import ImportMapping
    from weibao.importing.sheet import Sheet, TableFile

_OWN = ("row", "continues", "marks")
HIDDEN, NO_VALUE, TOO_WIDE = "hidden", "no-value", "too-wide"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of a register.

    Attributes:
        number: its line in the sheet.
        continues: the line of the row that it goes on from, by merged cells; 0 if it begins one.
        marks: that it is hidden, has a formula without its value, or (of a CSV file) more cells than the header.
        cells: what stands in the columns of the mapping, by their names.
    """

    number: int
    continues: int
    marks: tuple[str, ...]
    cells: Mapping[str, str]


def sheet_of(table: TableFile, mapping: ImportMapping) -> Sheet:
    """The sheet that a mapping is of.

    Raises:
        UsageRefusal: the file has none that is called so, or several and the mapping names none.
    """
    sheets = [sheet for sheet in table.sheets if mapping.sheet in {"", sheet.name}]
    if len(sheets) == 1:
        return sheets[0]
    names = tuple(sheet.name or N_("the one of a CSV file") for sheet in table.sheets)
    if sheets:
        raise UsageRefusal(
            N_("The mapping does not say which sheet, and the file has several: {sheets}."),
            mend=N_("Write sheet: NAME in the mapping."),
            sheets=names,
        )
    raise UsageRefusal(
        N_("The mapping is of the sheet “{sheet}”; the file has: {sheets}."),
        mend=N_("Give the file that the mapping was written for, or a mapping of this sheet."),
        sheet=mapping.sheet,
        sheets=names,
    )


def rows_of(sheet: Sheet, mapping: ImportMapping) -> tuple[ImportRow, ...]:
    """The rows of a sheet that have anything in them.

    Raises:
        UsageRefusal: a column that the mapping names is not there, or several are called so.
    """
    places = _places(sheet, mapping)
    filled, continued = _merged(sheet, mapping)
    too_wide = _too_wide(sheet, mapping)
    found = []
    for number, row in enumerate(sheet.rows[mapping.first - 1 :], mapping.first):
        if all(cell.empty for cell in row):
            continue
        cells = {}
        for name, columns in places.items():
            texts = (filled.get((number, column)) or row[column].text for column in columns)
            cells[name] = "\n".join(text.replace("\r\n", "\n") for text in texts if text)
        marks = [HIDDEN] if number in sheet.hidden else []
        if any(row[column].odd for columns in places.values() for column in columns):
            marks.append(NO_VALUE)
        if number in too_wide:
            marks.append(TOO_WIDE)
        found.append(ImportRow(number, continued.get(number, 0), tuple(marks), cells))
    return tuple(found)


def _too_wide(sheet: Sheet, mapping: ImportMapping) -> frozenset[int]:
    """The rows of a CSV file that have more cells than its header: in a text of theirs stands what divides cells."""
    named = max(
        (width for line in mapping.header for width in sheet.widths[line - 1 : line]), default=0
    )
    return frozenset(line for line, width in enumerate(sheet.widths, 1) if width > named)


def _places(sheet: Sheet, mapping: ImportMapping) -> dict[str, tuple[int, ...]]:
    """By the mapping's columns, where they are, from 0; a name that is said of several is of all."""
    heads = heads_of(sheet, mapping.header)
    missing, found = [], {}
    for name in mapping.columns:
        whole = [
            place for place, head in enumerate(heads) if folded("/".join(head)) == folded(name)
        ]
        there = whole or [
            place for place, head in enumerate(heads) if head and folded(head[-1]) == folded(name)
        ]
        if not there:
            missing.append(name)
        elif len({heads[place] for place in there}) > 1:
            raise UsageRefusal(
                N_("Several columns are called “{column}”: {columns}."),
                mend=N_("Write in the mapping which one, as UPPER/LOWER."),
                column=name,
                columns=tuple("/".join(heads[place]) for place in there),
            )
        found[name] = tuple(there)
    if missing:
        raise UsageRefusal(
            N_("The sheet has no column {columns}; it has: {there}."),
            mend=N_(
                "Give the file that the mapping was written for, or mend the names in the mapping."
            ),
            columns=tuple(f"“{name}”" for name in missing),
            there=tuple(dict.fromkeys("/".join(head) for head in heads if head)),
        )
    return found


def heads_of(sheet: Sheet, header: Sequence[int]) -> list[tuple[str, ...]]:
    """What each column is called: by the lower line of the header, and before it by the upper where that differs."""
    lines = [sheet.rows[line - 1] if line <= len(sheet.rows) else () for line in header]
    width = max(map(len, lines), default=0)
    over = {
        (row, column): (span.top, span.left)
        for span in sheet.merged
        for row in range(span.top, min(span.bottom, max(header)) + 1)
        for column in range(span.left, span.right + 1)
        if span.top in header
    }
    heads = []
    for column in range(1, width + 1):
        words = []
        for line in header:
            row, place = over.get((line, column), (line, column))
            words.append(_one_line(sheet.rows[row - 1][place - 1].text))
        heads.append(tuple(dict.fromkeys(filter(None, words))))
    return heads


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _merged(
    sheet: Sheet, mapping: ImportMapping
) -> tuple[dict[tuple[int, int], str], dict[int, int]]:
    """What merged cells say below and beside their first, and which row goes on from which.

    A row goes on from another where the cell of its number is merged with that one's.
    """
    filled: dict[tuple[int, int], str] = {}
    continued: dict[int, int] = {}
    if not mapping.fill_down:
        return filled, continued
    numbers = {
        place + 1
        for place, head in enumerate(heads_of(sheet, mapping.header))
        if head and folded(mapping.number) in {folded(head[-1]), folded("/".join(head))}
    }
    for span in sheet.merged:
        if span.top < mapping.first:
            continue
        text = sheet.rows[span.top - 1][span.left - 1].text if span.top <= len(sheet.rows) else ""
        for row in range(span.top, span.bottom + 1):
            for column in range(span.left, span.right + 1):
                filled[row, column - 1] = text
            if row > span.top and numbers & set(range(span.left, span.right + 1)):
                continued[row] = span.top
    return filled, continued


def rows_text(rows: Iterable[ImportRow], columns: Sequence[str]) -> str:
    """The rows as ``imports/NAME.csv`` has them: RFC 4180 in UTF-8, lines ended by LF."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow((*_OWN, *columns))
    for row in rows:
        told = (row.number, row.continues or "", " ".join(row.marks))
        writer.writerow((*told, *(row.cells[column] for column in columns)))
    return written.getvalue()


def read_rows(name: str, raw: bytes, columns: Sequence[str]) -> tuple[ImportRow, ...]:
    """The rows of ``imports/NAME.csv``.

    Raises:
        UsageRefusal: they are of another mapping, or nothing that an import wrote.
    """
    try:
        text = raw.decode()
        head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        if tuple(head) != (*_OWN, *columns):
            raise ValueError(head)  # noqa: TRY301 - the same as what the numbers raise
        rows = tuple(_rows(lines, columns))
    except (ValueError, csv.Error):
        raise UsageRefusal(
            N_("{path} has not the columns that the mapping reads, or is no file of rows."),
            mend=N_("Put back the file that came in with the import: git log -- {path}"),
            path=rows_path(name),
        ) from None
    return rows


def _rows(lines: Iterable[Sequence[str]], columns: Sequence[str]) -> Iterator[ImportRow]:
    for number, continues, marks, *cells in lines:
        yield ImportRow(
            int(number),
            int(continues or 0),
            tuple(marks.split()),
            dict(zip(columns, cells, strict=True)),
        )
