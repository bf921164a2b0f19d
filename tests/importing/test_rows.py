"""From a sheet to the rows that an import is worked out of: headers, merged cells, marks; or a clear refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building.registers import MAPPING, ROWS, library, register
from weibao.importing.mapping import read_mapping
from weibao.importing.records import worked_out
from weibao.importing.rows import NO_VALUE, TOO_WIDE, read_rows, rows_of, rows_text, sheet_of
from weibao.importing.sheet import MergedCells, Sheet, TableCell, TableFile
from weibao.refusal import UsageRefusal
from weibao.workspace.tables.table_file import read_table_file

TWO_LINES = MAPPING.replace("header: 1\n", "header: [1, 2]\n").replace("from: 2", "from: 3")


def mapping_of(text: str):
    return read_mapping("imports/desk.yaml", text.encode())


def sheet(*rows: tuple[str, ...], merged: tuple[MergedCells, ...] = ()) -> Sheet:
    cells = tuple(
        tuple(TableCell(f"{row}/{column}", text) for column, text in enumerate(line, 1))
        for row, line in enumerate(rows, 1)
    )
    return Sheet("", cells, merged)


def table(text: str) -> TableFile:
    return read_table_file(".csv", text.encode())


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageRefusal) as refused:
        rows_of(
            table(register(*ROWS).replace("恢复时间", "完成时间")).sheets[0], mapping_of(MAPPING)
        )
    assert refused.value.facts["columns"] == ("“恢复时间”",)
    assert "完成时间" in refused.value.facts["there"]


def test_the_sheet_is_the_one_that_the_mapping_names() -> None:
    file = TableFile("", (sheet(("a",)), replace(sheet(("b",)), name="十月")))
    named = mapping_of(MAPPING + "sheet: 十月\n")
    assert sheet_of(file, named).name == "十月"
    with pytest.raises(UsageRefusal):
        sheet_of(file, mapping_of(MAPPING + "sheet: 九月\n"))
    with pytest.raises(UsageRefusal):
        sheet_of(file, mapping_of(MAPPING))


def test_two_lines_that_clash_are_told_apart_by_the_upper_one() -> None:
    head = register().strip().split(",")
    upper = tuple(
        "报修" if word == "报修时间" else "处理" if word == "恢复时间" else "" for word in head
    )
    lower = tuple("时间" if word in {"报修时间", "恢复时间"} else word for word in head)
    line = tuple(ROWS[0].split(","))
    clash = TWO_LINES.replace("报修时间", "时间")
    with pytest.raises(UsageRefusal) as refused:
        rows_of(sheet(upper, lower, line), mapping_of(clash))
    assert refused.value.facts["columns"] == ("报修/时间", "处理/时间")
    told = TWO_LINES.replace("报修时间", "报修/时间").replace("恢复时间", "处理/时间")
    (row,) = rows_of(sheet(upper, lower, line), mapping_of(told))
    assert row.cells["报修/时间"] == "2026-10-08 09:12"
    assert row.cells["处理/时间"] == "10:30"


def test_what_is_merged_is_said_of_each_row_and_one_of_one_number_goes_on() -> None:
    mapping = mapping_of(MAPPING.replace("rows: {from: 2}", "rows: {from: 2, merged: fill_down}"))
    head, first = (tuple(line.split(",")) for line in (register().strip(), ROWS[0]))
    second = ("", "", "同上", "", "", "另一台", *[""] * 5)
    merged = (MergedCells(2, 1, 3, 1), MergedCells(2, 2, 3, 2))
    one, other = rows_of(sheet(head, first, second, merged=merged), mapping)
    assert (one.continues, other.continues) == (0, 2)
    assert (other.cells["工单号"], other.cells["设备"]) == ("GD-1", "另一台")
    assert other.cells["级别"] == ""
    plain = rows_of(sheet(head, first, second, merged=merged), mapping_of(MAPPING))
    assert [row.continues for row in plain] == [0, 0]


def test_a_formula_without_its_value_is_marked_and_an_empty_row_is_left_out() -> None:
    head, first = (tuple(line.split(",")) for line in (register().strip(), ROWS[0]))
    read = sheet(head, ("",) * len(head), first)
    odd = replace(read.rows[2][1], value="", odd="{cell}: a formula")
    rows = (*read.rows[:2], (read.rows[2][0], odd, *read.rows[2][2:]))
    (row,) = rows_of(replace(read, rows=rows), mapping_of(MAPPING))
    assert (row.number, row.marks) == (3, (NO_VALUE,))


def test_a_row_of_more_cells_than_columns_is_rejected_and_not_read_shifted() -> None:
    mapping = mapping_of(MAPPING)
    rows = (ROWS[0].replace("主控板告警", "主控板告警,业务中断"), ROWS[1], ROWS[2])
    read = rows_of(table(register(*rows)).sheets[0], mapping)
    assert [row.marks for row in read] == [(TOO_WIDE,), (), ()]
    found = worked_out(mapping, read, library())
    assert [row.rows for row in found.rejected] == [(2,)]
    assert "more cells" in str(found.rejected[0].why)
    within = register(ROWS[0].replace("主控板告警", '"主控板告警,业务中断"'), *ROWS[1:])
    assert [row.marks for row in rows_of(table(within).sheets[0], mapping)] == [(), (), ()]


def test_numbers_that_differ_in_their_width_alone_are_one() -> None:
    mapping = mapping_of(MAPPING)
    rows = (ROWS[0], ROWS[1].replace("GD-2", "ＧＤ-１"), ROWS[2])
    found = worked_out(mapping, rows_of(table(register(*rows)).sheets[0], mapping), library())
    assert [row.rows for row in found.rejected] == [(2,), (3,)]


def test_a_telephone_number_is_told_of_wherever_it_is_read() -> None:
    mapping = mapping_of(MAPPING)
    rows = (ROWS[0].replace("主控板告警", "断网，请回电13800138000"), ROWS[2])
    found = worked_out(mapping, rows_of(table(register(*rows)).sheets[0], mapping), library())
    told = [
        [flag.about for flag in row.flags if flag.word == "telephone"] for row in found.accepted
    ]
    assert told == [[("故障现象",)], []]


@pytest.mark.parametrize("damage", ["another,column\n", "", '"', "row,continues,marks\n"])
def test_rows_of_another_mapping_are_refused(damage: str) -> None:
    with pytest.raises(UsageRefusal):
        read_rows("desk", damage.encode(), mapping_of(MAPPING).columns)


def test_a_row_whose_number_is_none_is_refused() -> None:
    mapping = mapping_of(MAPPING)
    rows = rows_of(table(register(*ROWS)).sheets[0], mapping)
    text = rows_text(rows, mapping.columns).replace("\n2,", "\nx,")
    with pytest.raises(UsageRefusal):
        read_rows("desk", text.encode(), mapping.columns)
