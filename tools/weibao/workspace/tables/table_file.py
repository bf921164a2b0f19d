"""A table file, read whole or refused: CSV by the standard library, XLSX by calamine.

Whoever fills in a table saves it with whatever is at hand: CSV comes in UTF-8 or in the encoding of a
Chinese Excel, divided by commas, semicolons or tabs. A workbook says more than its values: which cells
are merged, which rows are hidden, and where a formula stands whose outcome nobody ever saw.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import replace
from hashlib import sha256
from itertools import chain, repeat
from typing import TYPE_CHECKING

from weibao.importing.sheet import CellValue, MergedCells, Sheet, TableCell, TableFile, address
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.tables.json_rows import json_rows
from weibao.workspace.tables.untold import Untold, require_small, untold_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from python_calamine import CalamineSheet

LARGEST = 64 * 1024 * 1024
"""Bytes of a table file at most."""
_MOST_ROWS = 200_000
_MOST_COLUMNS = 1_000
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of the old Office begins, and the envelope around an encrypted new one."""
_CHINESE = "gb18030"
_COMMON_TO_RARE = 8
_DELIMITERS = (",", ";", "\t")
NO_OUTCOME = N_("{cell}: a formula stands here whose outcome the file does not hold.")
AN_ERROR = N_("{cell}: an error of the spreadsheet stands here, and no value.")


def read_table_file(suffix: str, raw: bytes, encoding: str = "") -> TableFile:
    """The sheets of a table file, by its name's suffix; a CSV file is one sheet without a name.

    ``encoding`` is that of a CSV file, "" for UTF-8 or else GB 18030, whichever it can be.

    Raises:
        UsageRefusal: it is none, is encrypted, or is larger than anybody's register.
        ModuleNotFoundError: XLSX is asked for, and the extra ``import`` is not here.
    """
    if len(raw) > LARGEST:
        raise UsageRefusal(N_("The file is larger than {limit} bytes."), limit=LARGEST)
    kind = suffix.lower()
    if kind == ".xlsx":
        sheets = _workbook(raw)
    elif kind in {".csv", ".tsv", ".txt"}:
        sheets = (_csv_sheet(raw, encoding),)
    elif kind == ".json":
        sheets = (_sheet("", json_rows(raw), (), Untold()),)
    else:
        raise UsageRefusal(
            N_("“{suffix}” is no kind of table that can be read."),
            mend=N_("Save it as XLSX, or as CSV UTF-8; of an API, as a JSON array."),
            suffix=suffix or "–",
        )
    return TableFile(sha256(raw).hexdigest(), sheets)


def _csv_sheet(raw: bytes, encoding: str) -> Sheet:
    text = _decoded(raw, encoding)
    try:
        # Strictly: a quotation mark that nothing closes would take the rows below it into its cell.
        rows = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        )
    except csv.Error as error:
        raise UsageRefusal(
            N_("The file cannot be read: {reason}"),
            mend=N_(
                "If it is about a quotation mark: one within a cell is written twice, and what one opens another closes. Or save it as XLSX."
            ),
            reason=error,
        ) from None
    sheet = _sheet("", rows, (), Untold())
    return replace(sheet, widths=tuple(map(len, rows[: len(sheet.rows)])))


def _decoded(raw: bytes, encoding: str) -> str:
    """The text of a CSV file, in the encoding said, or in one of two that can hold no other's text."""
    for name in (encoding,) if encoding else ("utf-8-sig", _CHINESE):
        try:
            text = raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if any(map(_is_of_no_text, set(text))):
            continue
        if encoding or name != _CHINESE or not _is_garbled(text):
            return text
    raise UsageRefusal(
        N_("The file is no text in {encodings}."),
        mend=N_("Save it as CSV UTF-8, or as XLSX; or say its encoding in the mapping (encoding)."),
        encodings=encoding or ("UTF-8", "GB 18030"),
    )


def _is_of_no_text(character: str) -> bool:
    """Of what bytes of another encoding, or of no text, are turned into: controls and private characters."""
    return character not in "\t\r\n\f" and unicodedata.category(character) in {"Cc", "Co", "Cn"}


def _is_garbled(text: str) -> bool:
    """Whether a text has more rare characters than Chinese has: bytes of another encoding (Big5, Latin-1) become those.

    The 6,763 characters of GB 2312 are all but a few of any Chinese text; accents and kana are none of the rare.
    """
    han = [character for character in text if unicodedata.category(character) == "Lo"]
    rare = sum(not _is_common(character) for character in han)
    return rare * _COMMON_TO_RARE > len(han)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """What divides the columns: of the three in use, the one that the first line has most of outside quotes."""
    bare = "".join(text.partition("\n")[0].split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _workbook(raw: bytes) -> tuple[Sheet, ...]:
    import python_calamine as calamine

    if raw.startswith(_ENCRYPTED):
        raise UsageRefusal(
            N_("The workbook is encrypted, or of a format before XLSX."),
            mend=N_("Open it and save it as XLSX without a password."),
        )
    require_small(raw)
    try:
        with calamine.load_workbook(io.BytesIO(raw)) as book:
            untold = untold_in(raw)
            return tuple(
                _read_sheet(book.get_sheet_by_name(sheet.name), untold.get(sheet.name, Untold()))
                for sheet in book.sheets_metadata
                if sheet.typ is calamine.SheetTypeEnum.WorkSheet
            )
    except (calamine.CalamineError, OSError, ValueError, KeyError):
        raise UsageRefusal(
            N_("This is no XLSX workbook that can be read."),
            mend=N_("Save it as XLSX, or as CSV UTF-8."),
        ) from None


def _read_sheet(sheet: CalamineSheet, untold: Untold) -> Sheet:
    if sheet.total_height > _MOST_ROWS or sheet.total_width > _MOST_COLUMNS:
        raise UsageRefusal(
            N_("The sheet “{sheet}” is larger than {rows} rows or {columns} columns."),
            mend=N_("Delete what is empty below and beside the table, and save it."),
            sheet=sheet.name,
            rows=_MOST_ROWS,
            columns=_MOST_COLUMNS,
        )
    merged = [
        MergedCells(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    merged.sort(key=lambda span: (span.top, span.left))
    return _sheet(sheet.name, sheet.to_python(skip_empty_area=False), merged, untold)


def _sheet(
    name: str, rows: Sequence[Sequence[CellValue]], merged: Iterable[MergedCells], untold: Untold
) -> Sheet:
    """A sheet without the empty rows at its end, each row as wide as the widest."""
    odd = untold.formulas | untold.errors
    standing = {number for number, row in enumerate(rows, 1) if any(map(_stands, row))}
    last = max(standing | {row for row, _ in odd}, default=0)
    width = max([len(row) for row in rows[:last]] + [column for _, column in odd], default=0)
    return Sheet(
        name,
        tuple(
            tuple(
                _cell(name, number, column, value, untold)
                for column, value in zip(range(1, width + 1), chain(row, repeat("")), strict=False)
            )
            for number, row in zip(range(1, last + 1), chain(rows, repeat(())), strict=False)
        ),
        tuple(merged),
        frozenset(number for number in untold.hidden if number <= last),
    )


def _stands(value: CellValue) -> bool:
    return value != "" and (not isinstance(value, str) or bool(value.strip()))


def _cell(sheet: str, row: int, column: int, value: CellValue, untold: Untold) -> TableCell:
    odd = ""
    if (row, column) in untold.formulas and value == "":
        odd = NO_OUTCOME
    elif (row, column) in untold.errors:
        odd = AN_ERROR
    return TableCell(address(sheet, row, column), value, odd)
