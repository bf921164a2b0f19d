"""An old register of many rows: read out of CSV and of a workbook, and worked out into records."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

from openpyxl import Workbook

from benchmarks.race import Subject
from weibao.importing.mapping import read_mapping
from weibao.importing.records import worked_out
from weibao.importing.rows import rows_of, sheet_of
from weibao.model.load import load_records
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROWS = 20_000
_HEAD = ("工单号", "报修时间", "故障现象", "级别", "响应时间", "恢复时间", "原因")
_MAPPING = """\
import: 1
kind: ticket
source: desk
header: 1
rows: {from: 2}
dates: {zone: Asia/Shanghai, year: 2025, serials: 1900, between: [2025-01-01, 2025-12-31]}
number: {column: 工单号}
fields:
  title: {column: 故障现象}
  severity: {column: 级别, map: {三级: 3}}
  reported_at: {column: 报修时间}
events:
  - {event: acknowledged, at: {column: 响应时间, after: reported_at}, by: unknown}
  - {event: resolved, at: {column: 恢复时间, after: reported_at}, by: unknown, cause: {column: 原因, blank: unknown}}
"""


def register_subjects(files: Mapping[str, bytes]) -> Sequence[Subject]:
    """The csv module alone, the two kinds of file, and the records of the rows; ``files`` are a contract's."""
    text, workbook = _csv(), _workbook()
    mapping = read_mapping("imports/desk.yaml", _MAPPING.encode())
    rows = rows_of(sheet_of(read_table_file(".csv", text), mapping), mapping)
    records, _ = load_records(files)
    assert records is not None
    return (
        Subject("Python's `csv` alone", partial(_read, text)),
        Subject("a CSV file read", partial(read_table_file, ".csv", text)),
        Subject("a workbook read", partial(read_table_file, ".xlsx", workbook)),
        Subject("records worked out of the rows", partial(worked_out, mapping, rows, records)),
    )


def _rows() -> list[tuple[str, ...]]:
    return [
        (
            f"GD-{number:05}",
            f"2025-{number % 12 + 1:02}-{number % 28 + 1:02} 09:12",
            "端口不通",
            "三级",
            "09:20",
            "10:30",
            "端口松动",
        )
        for number in range(ROWS)
    ]


def _csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows((_HEAD, *_rows()))
    return out.getvalue().encode()


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in (_HEAD, *_rows()):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))
