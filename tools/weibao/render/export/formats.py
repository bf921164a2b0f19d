"""The tables as files: CSV, a workbook, a database; each with a table of what every column means.

The same Book gives the same bytes. In CSV and in a workbook a text is never a formula.
"""

from __future__ import annotations

import io
import sqlite3
from datetime import date, datetime
from typing import TYPE_CHECKING

from weibao.render.export.tables import ColumnKind, ExportedColumn, ExportedTable
from weibao.render.words.csv_text import csv_text
from weibao.render.words.plain import plain_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from weibao.render.export.tables import Value

COLUMNS = "columns"
"""The name of the table that describes the columns of all."""
_LONGEST = 32_767
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook says when it was made, and knows no zone
_STORED = {ColumnKind.INTEGER: "INTEGER", ColumnKind.BOOLEAN: "INTEGER", ColumnKind.NUMBER: "REAL"}


def with_dictionary(tables: Sequence[ExportedTable]) -> tuple[ExportedTable, ...]:
    """The tables after the one that says what each of their columns means."""
    columns = tuple(
        ExportedColumn(key, ColumnKind.TEXT, title, "")
        for key, title in (
            ("table", "表 · Table"),
            ("table_holds", "内容 · What it holds"),
            ("column", "列 · Column"),
            ("kind", "类型 · Kind"),
            ("title", "名称 · Title"),
            ("description", "说明 · Description"),
        )
    )
    rows = tuple(
        (
            table.name,
            table.description,
            column.key,
            column.kind.value,
            column.title,
            column.description,
        )
        for table in tables
        for column in table.columns
    )
    return (ExportedTable(COLUMNS, "各列说明 · Columns", "", columns, rows), *tables)


def _csv(tables: Sequence[ExportedTable]) -> dict[str, bytes]:
    """A file a table; it begins with a byte order mark, without which Excel takes Chinese for another encoding."""
    return {
        f"{table.name}.csv": csv_text(
            [[column.key for column in table.columns], *map(_worded, table.rows)], plain_lines
        ).encode("utf-8-sig")
        for table in with_dictionary(tables)
    }


def _worded(row: tuple[Value, ...]) -> list[Value]:
    return [str(value).lower() if isinstance(value, bool) else value for value in row]


def _xlsx(tables: Sequence[ExportedTable]) -> dict[str, bytes]:
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _EPOCH})
    styles = {
        ColumnKind.DAY: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        ColumnKind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
    }
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F5"})
    for table in with_dictionary(tables):
        sheet = book.add_worksheet(table.name)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, 12 if column.kind is ColumnKind.INTEGER else 24)
            sheet.write_string(0, place, column.key, head)
        for number, row in enumerate(table.rows, 1):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                _write_cell(sheet, (number, place), value, column.kind, styles.get(column.kind))
        sheet.freeze_panes(1, 1)
    book.close()
    return {"": out.getvalue()}


def _write_cell(
    sheet: Worksheet, at: tuple[int, int], value: Value, kind: ColumnKind, style: Format | None
) -> None:
    match value, kind:
        case None, _:
            pass
        case bool(), _:
            sheet.write_boolean(*at, value)
        case str(), ColumnKind.DAY:
            sheet.write_datetime(*at, date.fromisoformat(value), style)
        case str(), ColumnKind.MOMENT:
            local = datetime.fromisoformat(value).replace(tzinfo=None)
            sheet.write_datetime(*at, local, style)
        case str(), _:
            sheet.write_string(*at, plain_lines(value)[:_LONGEST])
        case _:
            sheet.write_number(*at, value)


def _sqlite(tables: Sequence[ExportedTable]) -> dict[str, bytes]:
    base = sqlite3.connect(":memory:")
    try:
        with base:
            for table in with_dictionary(tables):
                columns = ",".join(
                    f'"{column.key}" {_STORED.get(column.kind, "TEXT")}' for column in table.columns
                )
                base.execute(f'CREATE TABLE "{table.name}" ({columns})')
                places = ",".join("?" for _ in table.columns)
                base.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', table.rows)  # noqa: S608 - names are the schema's
        return {"": base.serialize()}
    finally:
        base.close()


EXPORTS: Mapping[str, Callable[[Sequence[ExportedTable]], Mapping[str, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "sqlite": _sqlite,
}
"""The formats by name: each makes files of the tables, by their names; of one alone the name is ""."""
