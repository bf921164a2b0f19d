"""A filled-in workbook, read by the form: every cell as what it says, or told as wrong with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from weibao.importing.sheet import Sheet, TableCell
from weibao.language import CODES, N_, language
from weibao.model.naming import folded
from weibao.model.schema.validation import is_a, meaning
from weibao.workspace.setup.workbook.sheet_forms import (
    CONTRACT,
    SHEETS,
    CellForm,
    ColumnForm,
    SheetForm,
)
from weibao.workspace.setup.workbook.vocabularies import Vocabulary, length_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.importing.sheet import TableFile
    from weibao.language import Language

Filled = str | int | tuple[str, ...]
_BETWEEN = re.compile(r"[、，,；;/\n]+")
_DAY = re.compile(r"(\d{4})\D(\d{1,2})(?:\D(\d{1,2}))?\D?")
_MONTH_ALONE = N_("“{found}” is no day: write it with its year, month and day, as 2026-12-31.")
MISSING = N_("There is nothing here: “{column}” is needed.")
NO_CHOICE = N_("“{found}” is none of: {known}.")
NO_SUCH = N_("“{found}” does not do here. {what}.")
NO_COUNT = N_("“{found}” is no whole number.")
NO_LENGTH = N_("“{found}” is no length of time: write 30m, 4h, 2d or 1wd, with its unit.")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell: its address (``人员!E4``), a message id, and the facts that fill it."""

    address: str
    message: str
    facts: Mapping[str, object]

    def told(self, words: Language) -> str:
        """It in one line, in a language."""
        shown = {key: _shown(key, value, words) for key, value in self.facts.items()}
        return f"{self.address}: {words.text(self.message, **shown)}"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that is not empty: the values by the keys of their columns, and where each stands."""

    values: Mapping[str, Filled]
    places: Mapping[str, str]

    def said(self, key: str) -> str:
        """A text; "" where there is none."""
        return str(self.values.get(key, ""))

    def names(self, key: str) -> tuple[str, ...]:
        """Several texts; none where nothing stands there."""
        found = self.values.get(key, ())
        return found if isinstance(found, tuple) else (str(found),)

    def fault(self, key: str, message: str, **facts: object) -> CellFault:
        """What is wrong with the value of a column."""
        return CellFault(self.places[key], message, facts)


def _shown(key: str, value: object, words: Language) -> str:
    match value:
        case str() if key == "what":
            return meaning(value)[words.code]
        case str() if key in {"column", "sheet"}:
            return words.text(value)
        case Vocabulary():
            return words.listing(value.shown(word, words) for word in value.words)
        case tuple():
            return words.listing(map(str, value))
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """The rows of each sheet, by its key, and what is wrong with single cells."""

    rows: Mapping[str, tuple[FilledRow, ...]]
    faults: tuple[CellFault, ...]

    @property
    def contract(self) -> FilledRow:
        """The one row of the contract's sheet."""
        return self.rows[CONTRACT.key][0]


def filled_workbook(file: TableFile) -> FilledWorkbook:
    """What a workbook says, by the sheets and the columns that the form has; whatever else is in it is not read."""
    by_name = {folded(sheet.name): sheet for sheet in file.sheets}
    rows: dict[str, tuple[FilledRow, ...]] = {}
    faults: list[CellFault] = []
    for form in SHEETS:
        titles = _titles(form.title)
        sheet = next((by_name[title] for title in titles if title in by_name), None)
        if sheet is None:
            title = language(CODES[0]).text(form.title)
            faults.append(CellFault(f"{title}!A1", N_("There is no such sheet."), {}))
            rows[form.key] = ()
            continue
        read = _on_its_side(sheet, form) if form is CONTRACT else _rows(sheet, form)
        rows[form.key] = tuple(_filled(row, form, faults) for row in read)
    return FilledWorkbook(rows, tuple(faults))


def _titles(message: str) -> tuple[str, ...]:
    return tuple(folded(language(code).text(message)) for code in CODES)


Cells = dict[str, TableCell]


def _columns(cells: Iterable[TableCell], form: SheetForm) -> Iterator[tuple[int, ColumnForm]]:
    """The columns that a row of titles names."""
    known = {
        title: column
        for column in form.columns
        for title in (*_titles(column.title), folded(column.also))
    }
    for place, cell in enumerate(cells):
        if cell.text and (column := known.get(folded(cell.text))) is not None:
            yield place, column


def _rows(sheet: Sheet, form: SheetForm) -> Iterator[Cells]:
    """The rows below the titles, those that are empty left out."""
    columns: list[tuple[int, ColumnForm]] = []
    for row in sheet.rows:
        if not columns:
            found = list(_columns(row, form))
            columns = found if len(found) > 1 else []
            continue
        cells = {column.key: row[place] for place, column in columns}
        if not all(cell.empty for cell in cells.values()):
            yield cells


def _on_its_side(sheet: Sheet, form: SheetForm) -> Iterator[Cells]:
    """The one row of a sheet in which an item and its content stand beside each other."""
    found = {
        column.key: row[1]
        for row in sheet.rows
        if len(row) > 1
        for _, column in _columns(row[:1], form)
    }
    yield found


def _filled(cells: Cells, form: SheetForm, faults: list[CellFault]) -> FilledRow:
    values: dict[str, Filled] = {}
    somewhere = next(iter(cells.values()), TableCell(f"{form.key}!A1"))
    places = {column.key: cells.get(column.key, somewhere).address for column in form.columns}
    for column in form.columns:
        cell = cells.get(column.key)
        if cell is None or cell.empty:
            if column.required:
                faults.append(CellFault(places[column.key], MISSING, {"column": column.title}))
            continue
        value = read_cell(cell, column)
        if isinstance(value, CellFault):
            faults.append(value)
        else:
            values[column.key] = value
    return FilledRow(values, places)


def read_cell(cell: TableCell, column: ColumnForm) -> Filled | CellFault:
    """What a cell says in a column of the form, or what is wrong with it."""
    if cell.odd:
        return CellFault(cell.address, cell.odd, {"cell": cell.address})
    return _READERS.get(column.form, _text)(cell, column)


def _text(cell: TableCell, column: ColumnForm) -> Filled | CellFault:
    if column.definition == "text":
        return cell.text
    found = _line(cell.text)
    what = column.definition or "line"
    return found if is_a(what, found) else _wrong(cell, NO_SUCH, what=what)


def _names(cell: TableCell, _column: ColumnForm) -> Filled | CellFault:
    return tuple(filter(None, map(str.strip, _BETWEEN.split(cell.text))))


def _count(cell: TableCell, _column: ColumnForm) -> Filled | CellFault:
    found = unicodedata.normalize("NFKC", _line(cell.text))
    return int(found) if found.isdecimal() else _wrong(cell, NO_COUNT)


def _length(cell: TableCell, column: ColumnForm) -> Filled | CellFault:
    alone = column.unit if cell.text.isdecimal() else ""
    return length_meant(cell.text + alone) or _wrong(cell, NO_LENGTH)


def _line(text: str) -> str:
    return " ".join(text.split())


def _wrong(cell: TableCell, message: str, **facts: object) -> CellFault:
    return CellFault(cell.address, message, {"found": cell.text, **facts})


def _day(cell: TableCell, _column: ColumnForm) -> Filled | CellFault:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    found = _DAY.fullmatch(folded(cell.text))
    try:
        return (
            date(*(int(part) for part in found.groups())).isoformat()
            if found
            else _wrong(cell, _MONTH_ALONE)
        )
    except (ValueError, TypeError):
        return _wrong(cell, _MONTH_ALONE)


def _chosen(cell: TableCell, column: ColumnForm) -> Filled | CellFault:
    if column.choices is None:
        return cell.text
    several = column.form is CellForm.CHOICES
    texts = _BETWEEN.split(cell.text) if several else [cell.text]
    found: list[str] = []
    for text in filter(None, map(str.strip, texts)):
        word = column.choices.meant(text)
        if word is None and column.definition and is_a(column.definition, text):
            word = text
        if word is None:
            return CellFault(cell.address, NO_CHOICE, {"found": text, "known": column.choices})
        found.append(word)
    return tuple(found) if several else found[0]


_READERS: Mapping[CellForm, Callable[[TableCell, ColumnForm], Filled | CellFault]] = {
    CellForm.NAMES: _names,
    CellForm.DAY: _day,
    CellForm.COUNT: _count,
    CellForm.LENGTH: _length,
    CellForm.CHOICE: _chosen,
    CellForm.CHOICES: _chosen,
}
"""By what stands in a cell; a text is read by :func:`_text`."""
