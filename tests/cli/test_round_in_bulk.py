"""The checks of a round in bulk: all but some, a filled form, a walk on a terminal; each in one commit."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from building.contract import ASSETS, another_asset, ticket_path
from building.keyboard import DOWN, ENTER, ESC, keys
from building.refusing import refused
from weibao.cli.framework import terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.commands import Ran, Weibao

PLAN = "quarterly-inspection"
CHECK = ("inspection", "check")
RESULT, READING, TICKET, NOTE = range(8, 12)


@pytest.fixture
def round_(weibao: Weibao) -> str:
    """A round of two switches, begun at half past nine; it is a quarter to eleven."""
    register = ASSETS + another_asset("acc-sw-02").replace("核心交换机 1", "接入交换机 2")
    weibao.repository.write("records/assets.yaml", register)
    weibao.repository.commit("设备", at="2026-11-20T09:25:00+08:00")
    ran = weibao("inspection", "start", PLAN)
    assert ran.code == 0, ran.err
    weibao.set_clock("2026-11-20T10:45:00+08:00")
    (record,) = re.findall(r"I20261120-\w{6}", ran.out)
    return record


def head(weibao: Weibao) -> str:
    return weibao.repository.head


def commits_since(weibao: Weibao, commit: str) -> int:
    return int(weibao.repository.git("rev-list", "--count", f"{commit}..HEAD"))


def left(weibao: Weibao, record: str) -> dict[str, list[str]]:
    shown = json.loads(weibao("inspection", "show", record, "--format", "json").out)
    return {one["asset"]: one["items"] for one in shown["round"]["coverage"]["left"]}


def statuses(weibao: Weibao, record: str) -> dict[tuple[str, str], str]:
    shown = json.loads(weibao("inspection", "show", record, "--format", "json").out)
    return {(one["asset"], one["item"]): one["status"] for one in shown["checks"]}


def test_all_that_is_left_is_recorded_at_once_but_for_what_is_excepted(
    weibao: Weibao, round_: str
) -> None:
    before = head(weibao)
    excepted = "core-sw-01/temperature＝47，acc-sw-02/appearance"
    ran = weibao(*CHECK, round_[-6:], "--all", "ok", "--except", excepted)
    assert ran.code == 0, ran.err
    assert commits_since(weibao, before) == 1
    assert "Recorded together: ok 2 and warning 1" in ran.out
    assert "Still to look at: acc-sw-02 (appearance)" in ran.out
    assert left(weibao, round_) == {"acc-sw-02": ["appearance"]}
    assert statuses(weibao, round_)["core-sw-01", "temperature"] == "warning"
    log = weibao.repository.read(ticket_path(round_))
    assert 'value: 47, unit: "°C", status: warning' in log
    times = re.findall(r"at: (\S+), event: checked", log)
    assert len(set(times)) == 3
    assert max(times) <= "2026-11-20T10:45:00+08:00"
    assert weibao("check").code == 0


def test_some_of_it_is_named_and_what_was_skipped_is_not_well(weibao: Weibao, round_: str) -> None:
    skip = ("--asset", "acc-sw-02", "--reason", "停电")
    assert weibao("inspection", "skip", round_, *skip).code == 0
    only = ("--asset", "core-sw-01,acc-sw-02", "--item", "appearance")
    assert weibao(*CHECK, round_, "--all", "ok", *only).code == 0
    assert statuses(weibao, round_) == {("core-sw-01", "appearance"): "ok"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--all", "ok", "--except", "core-sw-09"), "No equipment is called “core-sw-09”."),
        (("--all", "ok", "--except", "core-sw-01/heat"), "No checklist item is called “heat”."),
        (("--all", "ok", "--except", "core-sw-01=47"), "does not say of which item"),
        (("--all", "ok", "--except", "core-sw-01/temperature="), "does not say of which item"),
        (("--all", "ok", "--except", "core-sw-01=skipped"), "does not say of which item"),
        (("--all", "ok", "--except", "core-sw-01/temperature=hot"), "is no number"),
        (("--all", "ok", "--except", "core-sw-01/temperature=63"), "names its ticket"),
        (("--all", "ok", "--asset", "core-sw-09"), "No equipment is called “core-sw-09”."),
        (("--all", "ok", "--value", "3"), "--all does not go with --value."),
        (("--all", "ok", "--walk"), "--all does not go with --walk."),
        (("--from", "x.csv", "--asset", "core-sw-01"), "--from does not go with --asset."),
        (("--except", "core-sw-01", "--asset", "a", "--item", "b"), "belongs to --all"),
        (("--walk",), "nobody is here to answer"),
        (("--from", "no.csv"), "no.csv cannot be read"),
        (("--from", "no.ods"), "A form is an XLSX or a CSV file"),
        (("--all", "failed"), "must be one of ok and not_applicable"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    weibao: Weibao, round_: str, more: tuple[str, ...], said: str
) -> None:
    assert said in refused(weibao, *CHECK, round_, *more).err


def test_equipment_items_and_the_line_of_the_plan_are_called_by_their_names_too(
    weibao: Weibao, round_: str
) -> None:
    only = ("--asset", "核心交换机 1", "--item", "温度")
    ran = weibao(*CHECK, round_, "--all", "ok", *only, "--except", "核心交换机１/设备温度＝47")
    assert ran.code == 0, ran.err
    assert statuses(weibao, round_) == {("core-sw-01", "temperature"): "warning"}
    assert (
        "has begun already"
        in refused(weibao, "inspection", "start", "季度", "--period", "2026-Q4").err
    )
    assert "has no inspection “月度”" in refused(weibao, "inspection", "start", "月度").err


def test_checks_for_which_there_was_no_time_are_refused_once(weibao: Weibao) -> None:
    register = ASSETS + "".join(another_asset(f"acc-sw-{number}") for number in range(400))
    weibao.repository.write("records/assets.yaml", register)
    weibao.repository.commit("设备", at="2026-11-20T09:25:00+08:00")
    (record,) = re.findall(r"I20261120-\w{6}", weibao("inspection", "start", PLAN).out)
    ran = refused(weibao, *CHECK, record, "--all", "ok")
    assert ran.err.count("do not fit") == 1
    assert "X203" not in ran.err
    assert weibao(*CHECK, record, "--all", "ok", "--asset", "core-sw-01").code == 0


def test_without_a_terminal_the_round_must_be_named(weibao: Weibao, round_: str) -> None:
    assert round_
    assert "Which round" in refused(weibao, *CHECK, "--all", "ok").err


def form(weibao: Weibao, record: str, name: str, lang: str = "en") -> Path:
    path = weibao.repository.path / name
    path.unlink(missing_ok=True)
    ran = weibao("inspection", "form", record, str(path), lang=lang)
    assert ran.code == 0, ran.err
    return path


Table = list[list[str]]


def rewritten(path: Path, change: Callable[[Table], None], encoding: str = "utf-8-sig") -> Path:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    change(rows)
    written = io.StringIO()
    csv.writer(written, delimiter=";" if encoding == "gbk" else ",").writerows(rows)
    path.write_bytes(written.getvalue().encode(encoding))
    return path


def filled(**cells: str) -> Callable[[Table], None]:
    """Write into cells by their spreadsheet names: ``I6="ok"``."""

    def change(rows: Table) -> None:
        for name, value in cells.items():
            rows[int(name[1:]) - 1][ord(name[0]) - ord("A")] = value

    return change


ALL_WELL = filled(I6="ok", I7="正常", J7="", I8="OK", J9="38.5 °C")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_a_form_as_csv_is_filled_in_half_and_then_whole(
    weibao: Weibao, round_: str, encoding: str
) -> None:
    path = form(weibao, round_, "round.csv", lang="zh")
    before = head(weibao)
    ran = weibao(*CHECK, "--from", str(rewritten(path, filled(I6="ok", J9="46"), encoding)))
    assert ran.code == 0, ran.err
    assert commits_since(weibao, before) == 1
    assert left(weibao, round_) == {"acc-sw-02": ["temperature"], "core-sw-01": ["appearance"]}
    whole = form(weibao, round_, "rest.csv")
    assert (
        weibao(*CHECK, round_, "--from", str(rewritten(whole, filled(I6="ok", I7="ok")))).code == 0
    )
    assert left(weibao, round_) == {}
    assert statuses(weibao, round_)["core-sw-01", "temperature"] == "warning"
    assert commits_since(weibao, before) == 2


def test_the_same_form_filled_in_further_records_what_is_new(weibao: Weibao, round_: str) -> None:
    path = form(weibao, round_, "round.csv")
    assert weibao(*CHECK, "--from", str(rewritten(path, filled(I6="ok")))).code == 0
    ran = weibao(*CHECK, "--from", str(rewritten(path, ALL_WELL)))
    assert "1 of them was recorded already" in ran.out
    assert left(weibao, round_) == {}
    before = head(weibao)
    again = weibao(*CHECK, "--from", str(path))
    assert (again.code, commits_since(weibao, before)) == (0, 0)
    other = refused(weibao, *CHECK, "--from", str(rewritten(path, filled(I6="warning"))))
    assert "is recorded already, by li-qiang, and otherwise: ok" in other.err


def test_a_form_as_a_spreadsheet_is_written_when_the_round_begins_and_read_back(
    weibao: Weibao, round_: str
) -> None:
    assert round_
    path = weibao.repository.path / "next.xlsx"
    ran = weibao("inspection", "start", PLAN, "--period", "2027-Q1", "--form", str(path))
    assert ran.code == 0, ran.err
    assert "4 rows to fill in" in ran.out
    book = load_workbook(path)
    sheet = book.active
    assert [one.value for one in sheet[9]][:8] == [
        "4", "core-sw-01", "Core switch 1", "Suzhou plant 一号机房 02 柜 10U", "temperature",
        "Device temperature", "≤ 45", "°C",
    ]  # fmt: skip
    assert all(one.data_type in {"s", "n"} for row in sheet.iter_rows() for one in row)
    sheet["I6"], sheet["J7"], sheet["J9"] = "ok", 39, "38"
    sheet["I8"], sheet["L8"] = "skipped", "柜门锁着"
    book.save(path)
    weibao.set_clock("2026-11-20T11:00:00+08:00")
    ran = weibao(*CHECK, "--from", str(path))
    assert ran.code == 0, ran.err
    assert "Recorded together: ok 3 and skipped 1" in ran.out
    assert "Skipped, and not looked at: core-sw-01" in ran.out
    taken = refused(weibao, "inspection", "start", PLAN, "--period", "2027-Q2", "--form", str(path))
    assert "exists already" in taken.err


def test_a_percentage_of_a_spreadsheet_is_the_number_that_was_typed(
    weibao: Weibao, round_: str
) -> None:
    repository = weibao.repository
    plan = repository.read("records/plan.yaml").replace('"°C", warning', '"%", warning')
    repository.write("records/plan.yaml", plan)
    repository.commit("计划", at="2026-11-20T09:26:00+08:00")
    path = repository.path / "percent.xlsx"
    assert weibao("inspection", "form", round_, str(path)).code == 0
    book = load_workbook(path)
    book.active["J7"], book.active["J9"] = 0.55, 38
    book.active["J7"].number_format = "0%"
    book.save(path)
    assert weibao(*CHECK, "--from", str(path)).code == 0
    log = repository.read(ticket_path(round_))
    assert 'value: 55, unit: "%", status: warning' in log
    assert 'value: 38, unit: "%", status: ok' in log


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("J7", "=40+2", "J7: a formula stands here"),
        ("L7", "=cmd|x", "L7: a formula stands here"),
        ("J7", True, "J7: “True” is neither"),
        ("J7", "#DIV/0!", "J7: an error of the spreadsheet"),
    ],
)
def test_in_a_spreadsheet_too_nothing_is_worked_out(
    weibao: Weibao, round_: str, cell: str, value: object, said: str
) -> None:
    path = form(weibao, round_, "round.xlsx")
    book = load_workbook(path)
    book.active["I7"] = "ok"
    book.active[cell] = value
    book.save(path)
    assert said in refused(weibao, *CHECK, "--from", str(path)).err


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"J7": "=1+1"}, "J7: a formula stands here"),
        ({"J7": "３８"}, "J7: “３８” has digits or signs of full width."),
        ({"J7": "38 F"}, "J7: “38 F” is no number in °C."),
        ({"J7": "38,5"}, "J7: “38,5” is no number in °C."),
        ({"I7": "fine"}, "I7: “fine” is no result."),
        ({"I6": "skipped"}, "acc-sw-02 was skipped, and nothing says why."),
        ({"L6": "只有备注"}, "Line 6: How “appearance” came out must be said"),
        ({"I6": "failed"}, "Line 6: “appearance” failed on acc-sw-02, and a failed check names"),
        ({"I7": "ok", "J7": "70"}, "Line 7: By the checklist 70 °C is “failed”"),
        ({"I6": "failed", "K6": "ZZZZZZ"}, "ZZZZZZ"),
        ({"I6": "ok", "B6": "core-sw-01"}, "B6: row 1 is of “acc-sw-02”, and says “core-sw-01”."),
        ({"I6": "ok", "B6": "no-such"}, "B6: row 1 is of “acc-sw-02”, and says “no-such”."),
        ({"B8": "acc-sw-02"}, "B8: row 3 is of “core-sw-01”"),
        ({"I6": "ok", "E6": "lamps"}, "E6: row 1 is of “appearance”, and says “lamps”."),
        ({"J7": "38", "H7": "F"}, "H7: row 2 is of “°C”, and says “F”."),
        ({"I7": "ok", "A7": "1", "B7": "acc-sw-02", "E7": "appearance", "H7": ""}, "stands twice"),
        ({"I6": "ok", "A6": "77"}, "A6: the form has no row “77”."),
        ({"J5": "Value"}, "J5: this column is “Reading” in the form, and “Value” here."),
        ({"B2": "I20260101-AAAAAA"}, "The form is of I20260101-AAAAAA, and not of"),
        ({"B3": "hd-2027"}, "The form is of the contract “hd-2027”, and this is “hd-2026”."),
        ({"B4": "0"}, "was changed since the form was written."),
        ({"A1": "x"}, "This is no form of a round"),
    ],
)
def test_a_form_that_cannot_be_meant_so_is_refused_with_the_cell(
    weibao: Weibao, round_: str, cells: dict[str, str], said: str
) -> None:
    path = form(weibao, round_, "round.csv")
    rewritten(path, filled(I9="ok"))
    refusal = refused(weibao, *CHECK, round_, "--from", str(rewritten(path, filled(**cells))))
    assert said in refusal.err


def test_every_fault_is_named_at_once_in_chinese_too(weibao: Weibao, round_: str) -> None:
    path = rewritten(form(weibao, round_, "round.csv"), filled(I6="好", J7="=1", I8="不合格"))
    with pytest.MonkeyPatch.context():
        ran = weibao(*CHECK, "--from", str(path), lang="zh")
    assert ran.code == 2
    assert "I6：“好”不是结果。" in ran.err
    assert "J7：这里是公式“=1”" in ran.err
    assert "第 8 行：core-sw-01 的“appearance”不合格" in ran.err
    assert "有 3 处不能这样登记" in ran.err


def test_rows_may_be_sorted_and_taken_out_and_a_plan_that_changed_makes_a_form_stale(
    weibao: Weibao, round_: str
) -> None:
    path = rewritten(form(weibao, round_, "round.csv"), ALL_WELL)

    def turn(rows: Table) -> None:
        rows[5:] = [rows[8], rows[5]]

    assert weibao(*CHECK, "--from", str(rewritten(path, turn))).code == 0
    assert left(weibao, round_) == {"acc-sw-02": ["temperature"], "core-sw-01": ["appearance"]}
    repository = weibao.repository
    plan = repository.read("records/plan.yaml").replace("warning_above: 45", "warning_above: 40")
    repository.write("records/plan.yaml", plan)
    repository.commit("门限", at="2026-11-20T10:50:00+08:00")
    assert "was changed since" in refused(weibao, *CHECK, "--from", str(path)).err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "can_ask", lambda: True)


def walked(weibao: Weibao, keystrokes: str, *more: str) -> Ran:
    with keys(keystrokes):
        return weibao(*CHECK, "--walk", *more)


@pytest.mark.usefixtures("asked")
def test_a_walk_takes_a_key_for_each_piece_that_is_well_and_one_to_record_it(
    weibao: Weibao, round_: str
) -> None:
    before = head(weibao)
    ran = walked(weibao, ENTER + ENTER + ENTER, round_)
    assert (ran.code, ran.err) == (0, "")
    assert commits_since(weibao, before) == 1
    assert left(weibao, round_) == {}
    assert "Nothing is left to look at" in walked(weibao, ENTER, round_).err


@pytest.mark.usefixtures("asked")
def test_on_a_walk_a_piece_is_read_item_by_item_skipped_or_left_for_later(
    weibao: Weibao, round_: str
) -> None:
    each, skip, later = DOWN + ENTER, DOWN * 2 + ENTER, DOWN * 3 + ENTER
    ran = walked(
        weibao, ENTER + each + ENTER + "hot" + ENTER + "\x7f" * 3 + "46" + ENTER + later + ENTER
    )
    assert ran.code == 0, ran.err
    assert statuses(weibao, round_) == {
        ("acc-sw-02", "appearance"): "ok",
        ("acc-sw-02", "temperature"): "warning",
    }
    ran = walked(weibao, skip + ENTER + "柜门锁着" + ENTER + ENTER, round_)
    assert ran.code == 0, ran.err
    assert "Skipped, and not looked at: core-sw-01" in ran.out


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "keystrokes", [ESC, ENTER + ESC, ENTER + ENTER + ESC, ENTER * 2 + DOWN + ENTER]
)
def test_esc_and_no_at_the_end_write_nothing(weibao: Weibao, round_: str, keystrokes: str) -> None:
    before = head(weibao)
    assert walked(weibao, keystrokes, round_).code != 0
    assert head(weibao) == before
    assert weibao.repository.git("status", "--porcelain", "records") == ""
