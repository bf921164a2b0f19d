"""The workbook as a file: sheets with titles, lists to choose from, cells of text for what only looks like a number."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.importing.sheet import letters
from weibao.workspace.setup.workbook.sheet_forms import (
    COMMIT,
    CONTENT,
    CONTRACT,
    ITEM,
    LISTS,
    SHEETS,
    CellForm,
    ColumnForm,
)
from weibao.workspace.setup.workbook.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from weibao.language import Language

_ROWS = 200
"""Rows below the titles in which a list is offered and a text stays text."""
_BETWEEN = {"zh": "、", "en": ", "}


def written_workbook(words: Language, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """A workbook in a language, with the rows of each sheet by its key; a sheet without rows is to be filled in."""
    from openpyxl import Workbook

    book = Workbook()
    lists = book.active or book.create_sheet()
    lists.title = words.text(LISTS)
    for place, vocabulary in enumerate(VOCABULARIES, 1):
        lists.cell(1, place).value = words.text(vocabulary.name)
        for row, word in enumerate(vocabulary.words, 2):
            lists.cell(row, place).value = vocabulary.shown(word, words)
        lists.column_dimensions[letters(place)].width = 20
    for form in SHEETS:
        sheet = book.create_sheet(words.text(form.title))
        given = rows.get(form.key, ())
        if form is CONTRACT:
            _on_its_side(sheet, words, given[0] if given else {})
        else:
            _table(sheet, form.columns, words, given)
    book.move_sheet(lists, len(SHEETS))
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _on_its_side(sheet: Worksheet, words: Language, given: Mapping[str, Any]) -> None:
    for place, title in enumerate((ITEM, CONTENT), 1):
        _title(sheet, 1, place, words.text(title), required=True)
    columns = (column for column in CONTRACT.columns if column.key != COMMIT or COMMIT in given)
    for row, column in enumerate(columns, 2):
        _title(sheet, row, 1, words.text(column.title), required=column.required)
        _cell(sheet, row, 2, column, given.get(column.key, ""), words)
    for place, width in ((1, 28), (2, 60)):
        sheet.column_dimensions[letters(place)].width = width


def _table(
    sheet: Worksheet,
    columns: Sequence[ColumnForm],
    words: Language,
    given: Sequence[Mapping[str, Any]],
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(_ROWS, len(given)) + 1
    for place, column in enumerate(columns, 1):
        _title(sheet, 1, place, words.text(column.title), required=column.required)
        sheet.column_dimensions[letters(place)].width = 24
        for row in range(2, last + 1):
            value = given[row - 2].get(column.key, "") if row - 2 < len(given) else ""
            _cell(sheet, row, place, column, value, words)
        if column.choices is not None:
            at = letters(VOCABULARIES.index(column.choices) + 1)
            named = words.text(LISTS).replace("'", "''")
            offered = DataValidation(
                "list",
                formula1=f"'{named}'!${at}$2:${at}${len(column.choices.words) + 1}",
                allow_blank=True,
                # Several may stand in a cell, which no list can offer.
                showErrorMessage=column.form is CellForm.CHOICE,
            )
            offered.add(f"{letters(place)}2:{letters(place)}{last}")
            sheet.add_data_validation(offered)
    sheet.freeze_panes = "B2"


def _title(sheet: Worksheet, row: int, place: int, text: str, *, required: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, place)
    cell.value = text
    cell.font = Font(bold=required)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.fill = PatternFill("solid", fgColor="EEF2F5")


def _cell(
    sheet: Worksheet, row: int, place: int, column: ColumnForm, value: Any, words: Language
) -> None:
    cell = sheet.cell(row, place)
    if column.form is CellForm.DAY:
        cell.number_format = "yyyy-mm-dd"
        cell.value = date.fromisoformat(value) if value else None
        return
    if column.form is CellForm.COUNT:
        cell.value = int(value) if value not in {"", None} else None
        return
    cell.number_format = "@"
    several = value if isinstance(value, tuple) else (value,) if value else ()
    said = [_shown(column, word, words) for word in several]
    text = _BETWEEN[words.code].join(filter(None, said))
    if text:
        cell.value = text
        cell.data_type = "s"


def _shown(column: ColumnForm, word: Any, words: Language) -> str:
    known = column.choices is not None and word in column.choices.words
    return column.choices.shown(word, words) if column.choices and known else str(word)
