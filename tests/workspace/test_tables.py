"""A table file is read as it stands, or refused in a sentence; nothing in it is worked out."""

from __future__ import annotations

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from weibao.refusal import UsageRefusal
from weibao.workspace.tables.table_file import AN_ERROR, NO_OUTCOME, read_table_file

AT_HALF_PAST_EIGHT = datetime.fromisoformat("2026-11-09T08:30")


def workbook(fill) -> bytes:
    book = Workbook()
    fill(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def only_sheet(raw: bytes, suffix: str = ".xlsx", encoding: str = ""):
    (sheet,) = read_table_file(suffix, raw, encoding).sheets
    return sheet


def texts(sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def test_a_day_stays_a_day_and_a_number_the_number_that_it_was():
    def fill(sheet):
        sheet.title = "台账"
        sheet.append(["编号", "日期", "时间", "数量"])
        sheet.append(["0900", date(2026, 11, 9), AT_HALF_PAST_EIGHT, 20120012])

    sheet = only_sheet(workbook(fill))

    assert sheet.rows[1][1].value == date(2026, 11, 9)
    assert texts(sheet)[1] == ["0900", "2026-11-09", "2026-11-09 08:30:00", "20120012"]
    assert sheet.rows[1][3].address == "台账!D2"


def test_merged_cells_and_hidden_rows_are_told():
    def fill(sheet):
        for row in (["a", "b"], ["c", "d"], ["e", "f"]):
            sheet.append(row)
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[3].hidden = True

    sheet = only_sheet(workbook(fill))

    assert [(span.top, span.left, span.bottom, span.right) for span in sheet.merged] == [
        (1, 1, 2, 1)
    ]
    assert sheet.hidden == {3}


def test_a_formula_whose_outcome_nobody_saw_is_no_empty_cell():
    sheet = only_sheet(workbook(lambda sheet: sheet.append(["=1+1", "", "x"])))

    formula, empty, written = sheet.rows[0]
    assert (formula.odd, formula.empty) == (NO_OUTCOME, False)
    assert (empty.odd, empty.empty) == ("", True)
    assert written.odd == ""


def test_an_error_of_the_spreadsheet_is_no_text():
    def fill(sheet):
        sheet["A1"] = "#N/A"
        sheet["A1"].data_type = "e"

    assert only_sheet(workbook(fill)).rows[0][0].odd == AN_ERROR


def test_empty_rows_below_the_table_are_not_read():
    def fill(sheet):
        sheet.append(["a"])
        sheet.cell(row=1_000_000, column=1).number_format = "@"

    assert texts(only_sheet(workbook(fill))) == [["a"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_with_the_delimiters_in_use(encoding, delimiter):
    raw = f'编号{delimiter}故障\r\n1{delimiter}"二层；掉线,重启\n两次"\r\n'.encode(encoding)

    assert texts(only_sheet(raw, ".csv")) == [["编号", "故障"], ["1", "二层；掉线,重启\n两次"]]


@pytest.mark.parametrize(
    ("suffix", "raw", "encoding", "said"),
    [
        (".xlsx", b"no archive at all", "", "no XLSX workbook"),
        (".xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "", "encrypted"),
        (".csv", "编号,故障".encode("utf-16"), "", "no text in"),
        (".csv", "编号,故障".encode("gb18030"), "utf-8", "no text in"),
        (".csv", b"a,b", "klingon", "no text in"),
        (".csv", "編號,網路斷線".encode("big5"), "", "no text in"),
        (".csv", "No,障害が発生".encode("shift_jis"), "", "no text in"),
        (".csv", "No,Réseau coupé".encode("cp1252"), "", "no text in"),
        (".csv", b'No,Title\n1,"cut\n2,cable\n3,again\n', "", "cannot be read"),
        (".csv", b'No,Title\n1,"cut" off\n2,"cable"\n', "", "cannot be read"),
        (".ods", b"", "", "no kind of table"),
    ],
)
def test_what_is_no_table_is_refused(suffix, raw, encoding, said):
    with pytest.raises(UsageRefusal, match=said):
        read_table_file(suffix, raw, encoding)


def test_rare_characters_are_read_where_the_encoding_is_said():
    raw = "编号,張喆".encode("gb18030")

    assert texts(only_sheet(raw, ".csv", "gb18030")) == [["编号", "張喆"]]
    common = "编号,故障现象,报修时间,处理人,张喆".encode("gb18030")
    assert texts(only_sheet(common, ".csv"))[0][-1] == "张喆"


def test_an_archive_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(UsageRefusal, match="no XLSX workbook"):
        read_table_file(".xlsx", stream.getvalue())
