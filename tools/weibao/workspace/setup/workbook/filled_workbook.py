"""A filled-in workbook, read by the form: every cell as what it says, or told as wrong with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from weibao.importing.sheet import Sheet, TableCell, address
from weibao.language import N_, in_both
from weibao.model.naming import folded
from weibao.model.schema.validation import is_a, meaning
from weibao.workspace.setup.workbook.sheet_forms import (
    CONTENT,
    CONTRACT,
    ITEM,
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
_DAY = re.compile(
    r"(\d{4})(?:\D(\d{1,2})\D(\d{1,2})[日号]?|(\d\d)(\d\d))(?:00:00(?::00(?:\.0+)?)?)?"
)
_MONTH_ALONE = N_("“{found}” is no day: write it with its year, month and day, as 2026-12-31.")
MISSING = N_("There is nothing here: “{column}” is needed.")
NO_CHOICE = N_("“{found}” is none of: {known}.")
NO_SUCH = N_("“{found}” does not do here. {what}.")
NO_COUNT = N_("“{found}” is no whole number.")
NO_TITLES = N_("Something stands here, and no row has the titles of the columns: {titles}.")
NO_ROW = N_("There is no row here, and one at least is needed.")
TITLED_TWICE = N_("The column “{column}” stands twice, here and in {other}.")
MERGED = N_(
    "{cell}: merged with another cell, where alone a spreadsheet keeps what stands in both: unmerge them, and write it in each."
)
TOO_LONG = N_(
    "“{found}” is a number here, of which a spreadsheet keeps 15 digits and nothing else: make the cell text, and write it again."
)
AS_NUMBERS = N_(
    "Numbers, of which a spreadsheet drops zeros in front; where one is missing, make the cell text: {cells}"
)
UNREAD = N_("In no column that is known, and not read: {cells}")
HIDDEN = N_("Hidden, and read all the same: {cells}")
_DIGITS = 15
_WRITTEN_OUT = frozenset({"serial", "tag", "number", "phone", "id", "model"})
"""The columns of what is a text where a spreadsheet would make a number of it."""
_TOLD = 8
NO_LENGTH = N_("“{found}” is no length of time: write 30m, 4h, 2d or 1wd, with its unit.")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell: its address (``人员!E4``; "" of none), a message id, and the facts that fill it."""

    address: str
    message: str
    facts: Mapping[str, object]

    def told(self, words: Language) -> str:
        """It in one line, in a language."""
        shown = {key: words.fact(value) for key, value in self.named_facts().items()}
        told = words.text(self.message, **shown)
        return told if "cell" in shown or not self.address else f"{self.address}: {told}"

    def named_facts(self) -> dict[str, object]:
        """The facts, those that are words of ours with their names in both languages."""
        return {key: _named(key, value) for key, value in self.facts.items()}


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


def _named(key: str, value: object) -> object:
    match value:
        case str() if key == "what":
            return meaning(value)
        case str() if key in {"column", "sheet"}:
            return in_both(value)
        case Vocabulary():
            return tuple(map(value.in_both, value.words))
        case _:
            return value


@dataclass(frozen=True, slots=True)
class WorkbookNote:
    """What is not wrong, and not certain either: a message id, and the cells of which it is said."""

    message: str
    cells: tuple[str, ...]

    def told(self, words: Language) -> str:
        """It in one line, in a language; of many cells the first."""
        shown = (*self.cells[:_TOLD], *("…" for _ in self.cells[_TOLD : _TOLD + 1]))
        return words.text(self.message, cells=words.listing(shown))


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """The rows of each sheet, by its key, what is wrong with single cells, and what people should look at."""

    rows: Mapping[str, tuple[FilledRow, ...]]
    faults: tuple[CellFault, ...]
    notes: tuple[WorkbookNote, ...] = ()

    @property
    def contract(self) -> FilledRow:
        """The one row of the contract's sheet."""
        return self.rows[CONTRACT.key][0]


def filled_workbook(file: TableFile) -> FilledWorkbook:
    """What a workbook says, by the sheets and the columns that the form has; whatever else is in it is not read."""
    by_name = {folded(sheet.name): sheet for sheet in file.sheets}
    rows: dict[str, tuple[FilledRow, ...]] = {}
    faults: list[CellFault] = []
    noted: dict[str, list[str]] = {UNREAD: [], HIDDEN: [], AS_NUMBERS: []}
    for form in SHEETS:
        titles = _titles(form.title)
        sheet = next((by_name[title] for title in titles if title in by_name), None)
        if sheet is None:
            faults.append(CellFault("", N_("There is no sheet “{sheet}”."), {"sheet": form.title}))
            rows[form.key] = ()
            continue
        table = _on_its_side(sheet, form) if form is CONTRACT else _table(sheet, form)
        faults += table.faults
        noted[UNREAD] += table.unread
        noted[HIDDEN] += table.hidden
        noted[AS_NUMBERS] += (
            cell.address
            for row in table.rows
            for key, cell in row.items()
            if key in _WRITTEN_OUT and isinstance(cell.value, int | float)
        )
        rows[form.key] = tuple(_filled(row, form, faults) for row in table.rows)
        if form.required and not table.rows and not table.faults:
            faults.append(CellFault(address(sheet.name, 2, 1), NO_ROW, {}))
    notes = (WorkbookNote(message, tuple(cells)) for message, cells in noted.items() if cells)
    return FilledWorkbook(rows, tuple(faults), tuple(notes))


def unedited(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> FilledWorkbook:
    """What a workbook says that was written with these rows, and left as it was."""
    filled = {
        form.key: tuple(
            FilledRow(
                {key: value for key, value in row.items() if value not in {None, "", ()}},
                dict.fromkeys((column.key for column in form.columns), ""),
            )
            for row in rows.get(form.key, ())
        )
        for form in SHEETS
    }
    return FilledWorkbook(filled, ())


def _titles(message: str) -> tuple[str, ...]:
    return tuple(map(folded, in_both(message).values()))


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


@dataclass(frozen=True, slots=True)
class _SheetRead:
    """A sheet as it is read: its rows by the keys of the columns, and what of it is in doubt."""

    rows: tuple[Cells, ...]
    faults: tuple[CellFault, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def _table(sheet: Sheet, form: SheetForm) -> _SheetRead:
    """The rows below the titles, those that are empty left out."""
    titled = ((number, list(_columns(row, form))) for number, row in enumerate(sheet.rows))
    head, columns = next(((number, found) for number, found in titled if len(found) > 1), (-1, []))
    if not columns:
        standing = next((cell for row in sheet.rows for cell in row if not cell.empty), None)
        titles = tuple(in_both(column.title) for column in form.columns)
        return _SheetRead(
            (), (CellFault(standing.address, NO_TITLES, {"titles": titles}),) if standing else ()
        )
    places = dict(columns)
    below = sheet.rows[head + 1 :]
    merged = set(_merged(sheet))
    rows = [
        (
            number,
            {
                column.key: replace(row[place], odd=MERGED)
                if row[place].empty and (number, place + 1) in merged
                else row[place]
                for place, column in columns
            },
        )
        for number, row in enumerate(below, head + 2)
    ]
    standing_rows = [
        (number, cells) for number, cells in rows if not all(cell.empty for cell in cells.values())
    ]
    unread = (
        f"{cell.address} {cell.text}".strip()
        for place, cell in enumerate(sheet.rows[head])
        if place not in places and any(not row[place].empty for row in below)
    )
    return _SheetRead(
        tuple(cells for _, cells in standing_rows),
        tuple(_titled_twice(sheet.rows[head], columns)),
        tuple(unread),
        tuple(f"{sheet.name}!{number}" for number, _ in standing_rows if number in sheet.hidden),
    )


def _titled_twice(
    row: Iterable[TableCell], columns: Iterable[tuple[int, ColumnForm]]
) -> Iterator[CellFault]:
    cells = tuple(row)
    first: dict[str, int] = {}
    for place, column in columns:
        other = first.setdefault(column.key, place)
        if other != place:
            facts = {"column": column.title, "other": cells[other].address}
            yield CellFault(cells[place].address, TITLED_TWICE, facts)


def _merged(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The row and column of each cell in which something stands that a spreadsheet keeps in another."""
    for span in sheet.merged:
        if span.top > len(sheet.rows) or sheet.rows[span.top - 1][span.left - 1].empty:
            continue
        for row in range(span.top, min(span.bottom, len(sheet.rows)) + 1):
            yield from ((row, column) for column in range(span.left, span.right + 1))


def _on_its_side(sheet: Sheet, form: SheetForm) -> _SheetRead:
    """The one row of a sheet in which an item and its content stand beside each other."""
    found: Cells = {}
    titles: dict[str, TableCell] = {}
    faults: list[CellFault] = []
    unread: list[str] = []
    heading = {title for message in (ITEM, CONTENT) for title in _titles(message)}
    for row in sheet.rows:
        if len(row) < 2 or folded(row[0].text) in heading:
            continue
        column = next((column for _, column in _columns(row[:1], form)), None)
        if column is None:
            unread += [
                f"{row[0].address} {row[0].text}".strip() for _ in row[1:2] if not row[1].empty
            ]
        elif column.key in found:
            facts = {"column": column.title, "other": titles[column.key].address}
            faults.append(CellFault(row[0].address, TITLED_TWICE, facts))
        else:
            found[column.key], titles[column.key] = row[1], row[0]
    return _SheetRead((found,), tuple(faults), tuple(unread))


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
    if column.key in _WRITTEN_OUT and isinstance(cell.value, float | int):
        whole = isinstance(cell.value, int) or cell.value.is_integer()
        if not whole or len(found) > _DIGITS:
            return _wrong(cell, TOO_LONG)
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
            date(*(int(part) for part in found.groups() if part)).isoformat()
            if found
            else _wrong(cell, _MONTH_ALONE)
        )
    except ValueError:
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
