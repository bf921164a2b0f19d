"""A contract out of a workbook: what it says becomes records, and what says nothing certain is told by its cell."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from building.commands import Weibao, record_repository
from building.repository import Repository
from building.wheel import small_wheel
from building.workbook import CONTRACT, MAKER, fill, with_cell
from weibao.language import language
from weibao.model.load import load_records
from weibao.refusal import Exit
from weibao.workspace.setup.workbook.written_workbook import written_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran
    from building.workbook import Sheets
    from weibao.model.records import Records

NOW = "2026-11-30T09:00:00+08:00"


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    weibao = Weibao(record_repository(tmp_path / "elsewhere"), monkeypatch, capsys)
    weibao.set_clock(NOW)
    return weibao


@cache
def blank() -> bytes:
    return written_workbook(language("zh"), {})


def begun(weibao: Weibao, tmp_path: Path, *, by: str = MAKER, **filled: Any) -> Ran:
    workbook = tmp_path / "开户.xlsx"
    workbook.write_bytes(blank())
    fill(workbook, **filled)
    wheel = str(small_wheel(tmp_path / "wheel"))
    given = ("--from", str(workbook), "--by", by, "--wheel", wheel)
    return weibao("--lang", "zh", "init", str(tmp_path / "new"), *given)


def records_in(folder: Path) -> Records:
    paths = folder.rglob("records/**/*")
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }
    records, findings = load_records(files, {})
    assert findings == ()
    assert records is not None
    return records


def test_a_filled_in_workbook_is_a_contract_that_passes_its_check(
    weibao: Weibao, tmp_path: Path
) -> None:
    ran = begun(weibao, tmp_path)
    records = records_in(tmp_path / "new")

    assert ran.code == 0, ran.err
    assert {asset.serial for asset in records.assets.values()} == {"0020120012", "FW1"}
    assert records.assets["gdzc-001"].services == ("service-1",)
    assert records.staff.people["qin.feng"].certificates[0].vendor == "huawei"
    assert records.spares.log == (), (
        "a receipt is a record, and the first record settles what is agreed"
    )
    assert records.plan.checklists["plan-1"][1].failed_above == 60
    assert Repository(tmp_path / "new", init=False).git("rev-list", "--count", "HEAD") == "1"


def test_the_template_says_what_to_do_next(weibao: Weibao, tmp_path: Path) -> None:
    ran = weibao("init", "c", "--template", str(tmp_path / "new.xlsx"))

    assert ran.code == 0, ran.err
    assert "weibao init c --from" in ran.out
    assert not (weibao.repository.path / "c").exists()


def test_a_calendar_that_ends_before_the_contract_says_so(weibao: Weibao, tmp_path: Path) -> None:
    longer = begun(weibao, tmp_path)
    assert "工作日历只到 2026年12月31日" in longer.out


def test_a_calendar_that_covers_the_term_is_not_spoken_of(weibao: Weibao, tmp_path: Path) -> None:
    shorter = begun(weibao, tmp_path, contract={**CONTRACT, "截止日": "2026-12-31"})
    assert shorter.code == 0, shorter.err
    assert "工作日历只到" not in shorter.out


SAID: tuple[tuple[str, Sheets, str], ...] = (
    ("人员!C3", with_cell("人员", 3, "到岗日期", "2026年7月"), "不是日期"),
    ("人员!B3", with_cell("人员", 3, "岗位", "店小二"), "“店小二”不在可选的词里"),
    ("人员!E3", with_cell("人员", 3, "邮箱", "何欣"), "电子邮件地址"),
    ("人员!G3", with_cell("人员", 3, "驻场", "月球"), "“月球”不在工作表“场所与业务”里：总馆"),
    ("级别!D2", with_cell("级别", 2, "响应", "30"), "连单位一起写"),
    ("级别!A2", with_cell("级别", 2, "级别", "高"), "不是整数"),
    ("设备!C2", with_cell("设备", 2, "类别", ""), "“类别”必须填写"),
    ("设备!D3", with_cell("设备", 3, "厂商", "某某厂"), "huawei"),
    ("设备!F3", with_cell("设备", 3, "序列号", "第三台"), "序列号"),
    ("设备!F3", with_cell("设备", 3, "序列号", "=1+1"), "没有算出的结果"),
    ("设备!M3", with_cell("设备", 3, "编号", "GDZC-001"), "写了两次"),
    ("备件!I2", with_cell("备件", 2, "供货单位", ""), "“供货单位”必须填写"),
    (
        "计划!G2",
        with_cell("计划", 2, "检查表（项目：单位：警告：不合格；…）", "温度：°C：热"),
        "“热”不是数",
    ),
    ("联系人!E2", with_cell("联系人", 2, "邮箱", "a b@c"), "电子邮件地址"),
)


@pytest.mark.parametrize(("cell", "sheets", "said"), SAID, ids=[row[0] + row[2] for row in SAID])
def test_a_cell_that_says_nothing_certain_is_told_by_its_place(
    weibao: Weibao, tmp_path: Path, cell: str, sheets: Sheets, said: str
) -> None:
    ran = begun(weibao, tmp_path, sheets=sheets)

    told = [line for line in ran.err.splitlines() if line.startswith(f"{cell}:")]
    assert ran.code == Exit.USAGE
    assert len(told) == 1
    assert said in told[0]
    assert not (tmp_path / "new").exists()


def test_what_is_wrong_with_the_records_is_told_by_the_row_that_it_comes_from(
    weibao: Weibao, tmp_path: Path
) -> None:
    ran = begun(weibao, tmp_path, sheets=with_cell("设备", 3, "维保自", "2031-01-01"))

    assert ran.code != 0
    assert "设备!A3" in ran.err
    assert not (tmp_path / "new").exists()


def test_one_serial_number_twice_is_told_by_its_row(weibao: Weibao, tmp_path: Path) -> None:
    ran = begun(weibao, tmp_path, sheets=with_cell("设备", 3, "序列号", "0020120012"))

    assert ran.code == 0, ran.err
    assert "设备!A3" in ran.out


def test_whoever_begins_it_is_one_of_its_people(weibao: Weibao, tmp_path: Path) -> None:
    ran = begun(weibao, tmp_path, by="路人 <someone@else.example>")

    assert ran.code == Exit.USAGE
    assert "someone@else.example" in ran.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["开户.csv", "开户.xlsx"])
def test_what_is_no_workbook_is_refused(weibao: Weibao, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no workbook")

    wheel = str(small_wheel(tmp_path / "wheel"))
    ran = weibao("init", str(tmp_path / "new"), "--from", str(tmp_path / name), "--wheel", wheel)

    assert ran.code == Exit.USAGE
    assert not (tmp_path / "new").exists()


def edited(weibao: Weibao, tmp_path: Path, sheet: str, cells: dict[str, Any]) -> Ran:
    """The configuration written to a workbook, some of its cells changed, and applied."""
    workbook = tmp_path / "配置.xlsx"
    assert weibao("--lang", "zh", "config", "export", str(workbook), "--force").code == 0
    book = load_workbook(workbook)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(workbook)
    return weibao("--lang", "zh", "config", "apply", str(workbook), "--yes")


def test_a_workbook_that_was_written_out_says_nothing_new(weibao: Weibao, tmp_path: Path) -> None:
    before = weibao.repository.git("rev-parse", "HEAD")

    ran = edited(weibao, tmp_path, "设备", {})

    assert ran.code == 0, ran.err
    assert weibao.repository.git("rev-parse", "HEAD") == before


def test_a_changed_cell_changes_its_line_and_no_other(weibao: Weibao, tmp_path: Path) -> None:
    ran = edited(weibao, tmp_path, "设备", {"E2": "S9999"})

    shown = weibao.repository.git("show", "--format=", "--unified=0", "HEAD").splitlines()
    changed = [line for line in shown if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert ran.code == 0, ran.err
    assert [line[0] for line in changed] == ["-", "+"]
    assert "S9999" in changed[1]


def test_a_row_that_is_gone_takes_nothing_out(weibao: Weibao, tmp_path: Path) -> None:
    empty = dict.fromkeys([f"{letter}2" for letter in "ABCDEFGHIJKLM"])

    ran = edited(weibao, tmp_path, "设备", empty)

    assert "core-sw-01" in ran.out
    assert "core-sw-01" in (weibao.repository.path / "records/assets.yaml").read_text("utf-8")


def test_what_lies_in_the_depots_is_received_afterwards_and_once(
    weibao: Weibao, tmp_path: Path
) -> None:
    assert begun(weibao, tmp_path).code == 0
    new = Repository(tmp_path / "new", init=False)
    new.git("config", "user.name", "林越")
    new.git("config", "user.email", "lin.yue@yunling.example")
    command = ("-C", str(new.path), "--lang", "zh", "config", "stock", str(tmp_path / "开户.xlsx"))

    first = weibao(*command)
    again = weibao(*command)

    assert first.code == 0, first.err
    assert "都已入库" in again.out
    received = [entry.data["serials"] for entry in records_in(new.path).spares.log]
    assert received == [["LPU1"]]
