"""A contract out of a workbook: what it says becomes records, and what says nothing certain is told by its cell."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from building.commands import Weibao, record_repository
from building.repository import Repository
from building.wheel import small_wheel
from building.workbook import CONTRACT, MAKER, SHEETS, fill, with_cell
from weibao.language import language
from weibao.model.load import load_records
from weibao.refusal import Exit
from weibao.workspace.setup.workbook.differences import differences, left_out
from weibao.workspace.setup.workbook.written_workbook import written_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

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


def test_a_year_whose_notice_nobody_knows_is_told_by_its_cell(
    weibao: Weibao, tmp_path: Path
) -> None:
    other = begun(weibao, tmp_path, contract={**CONTRACT, "节假日通知年份": "2026、2027"})
    assert other.code == Exit.USAGE
    assert "合同!B12: 这里不知道“2027”年的放假通知" in other.err
    known = begun(weibao, tmp_path, contract={**CONTRACT, "节假日通知年份": "2026"})
    assert known.code == 0, known.err


def test_a_calendar_that_covers_the_term_is_not_spoken_of(weibao: Weibao, tmp_path: Path) -> None:
    shorter = begun(weibao, tmp_path, contract={**CONTRACT, "截止日": "2026-12-31"})
    assert shorter.code == 0, shorter.err
    assert "工作日历只到" not in shorter.out


SAID: tuple[tuple[str, Sheets, str], ...] = (
    ("人员!C3", with_cell("人员", 3, "到岗日期", "2026年7月"), "不是日期"),
    ("人员!B3", with_cell("人员", 3, "岗位", "店小二"), "“店小二”不在可选的词里"),
    ("人员!E3", with_cell("人员", 3, "邮箱", "何欣"), "电子邮件地址"),
    ("人员!G3", with_cell("人员", 3, "驻场", "月球"), "“月球”不在“场所与业务”之列：总馆"),
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

    told = [line for line in ran.err.splitlines() if line.startswith((f"{cell}:", f"{cell}："))]
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


def applied(weibao: Weibao, workbook: Path, sheet: str, cells: dict[str, Any]) -> Ran:
    """A workbook of the configuration applied, some of its cells changed."""
    book = load_workbook(workbook)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(workbook)
    return weibao("--lang", "zh", "config", "apply", str(workbook), "--yes")


def edited(weibao: Weibao, tmp_path: Path, sheet: str, cells: dict[str, Any]) -> Ran:
    """The configuration written to a workbook, some of its cells changed, and applied."""
    workbook = tmp_path / "配置.xlsx"
    assert weibao("--lang", "zh", "config", "export", str(workbook), "--force").code == 0
    return applied(weibao, workbook, sheet, cells)


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


def with_row(sheet: str, row: dict[str, Any], below: int) -> Sheets:
    """The sheets with another row, like the one that stands ``below`` rows under the titles but for ``row``."""
    return {**SHEETS, sheet: [*SHEETS[sheet], {**SHEETS[sheet][below - 1], **row}]}


FAULTS: tuple[tuple[str, Sheets, str], ...] = (
    ("值班!A4", with_row("值班", {}, 1), "写了两次"),
    ("级别!A3", with_row("级别", {}, 1), "写了两次"),
    ("备件!G3", with_row("备件", {}, 1), "写了两次"),
    ("备件!B3", with_row("备件", {"名称": "电源", "序列号（一行一件）": "P1"}, 1), "业务板"),
    (
        "备件!G3",
        with_row("备件", {"序列号（一行一件）": None, "入库日期": "2026.7.6"}, 1),
        "必须填写",
    ),
    ("设备!F2", with_cell("设备", 2, "序列号", 2102350123456789012), "15 位"),
    ("值班!D3", with_row("人员", {"编号": "qin2", "邮箱": None}, 3), "不止一个叫“秦枫”"),
    (
        "计划!G2",
        with_cell("计划", 2, "检查表（项目：单位：警告：不合格；…）", "温度：°C：1：2：3"),
        "四段",
    ),
    (
        "计划!G2",
        with_cell("计划", 2, "检查表（项目：单位：警告：不合格；…）", "温度：°C：nan"),
        "不是数",
    ),
)


@pytest.mark.parametrize(
    ("cell", "sheets", "said"), FAULTS, ids=[row[0] + row[2] for row in FAULTS]
)
def test_nothing_in_the_workbook_is_dropped_unsaid(
    weibao: Weibao, tmp_path: Path, cell: str, sheets: Sheets, said: str
) -> None:
    ran = begun(weibao, tmp_path, sheets=sheets)

    told = [line for line in ran.err.splitlines() if line.startswith(f"{cell}:")]
    assert ran.code == Exit.USAGE
    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize(
    ("item", "value", "cell"),
    [
        ("截止日", "2026-01-01", "合同!B7"),
        ("时区", "北京", "合同!B11"),
        ("正式分支", "a b", "合同!B10"),
    ],
)
def test_what_is_wrong_with_the_contract_is_told_by_its_cell(
    weibao: Weibao, tmp_path: Path, item: str, value: str, cell: str
) -> None:
    ran = begun(weibao, tmp_path, contract={**CONTRACT, item: value})

    assert ran.code != 0
    assert cell in ran.err


@pytest.mark.parametrize(
    "written", ["20260701", "2026-07-01 00:00:00", "２０２６年７月１日", 20260701]
)
def test_a_day_is_read_as_people_write_it(weibao: Weibao, tmp_path: Path, written: Any) -> None:
    ran = begun(weibao, tmp_path, contract={**CONTRACT, "起始日": written})

    assert ran.code == 0, ran.err
    assert "start: 2026-07-01" in (tmp_path / "new/records/contract.yaml").read_text("utf-8")


def reshaped(weibao: Weibao, tmp_path: Path, reshape: Callable[[Workbook], None]) -> Ran:
    """A contract begun from the workbook filled in, whose sheets were ``reshape``d before."""
    workbook = tmp_path / "开户.xlsx"
    workbook.write_bytes(blank())
    fill(workbook)
    book = load_workbook(workbook)
    reshape(book)
    book.save(workbook)
    given = ("--from", str(workbook), "--by", MAKER)
    wheel = str(small_wheel(tmp_path / "wheel"))
    return weibao("--lang", "zh", "init", str(tmp_path / "new"), *given, "--wheel", wheel)


SHAPES: tuple[tuple[str, Callable[[Workbook], Any], str], ...] = (
    ("设备!E1", lambda book: book["设备"].cell(1, 2, "型号"), "出现了两次"),
    ("设备!A1", lambda book: book["设备"].delete_rows(1), "各列的标题"),
    ("设备!G3", lambda book: book["设备"].merge_cells("G2:G3"), "合并"),
    ("联系人!A2", lambda book: book["联系人"].delete_rows(2, 300), "至少要有一行"),
    ("没有工作表“人员”", lambda book: setattr(book["人员"], "title", "员工"), ""),
)


@pytest.mark.parametrize(("cell", "reshape", "said"), SHAPES, ids=[row[0] for row in SHAPES])
def test_a_sheet_that_cannot_be_read_whole_is_refused(
    weibao: Weibao, tmp_path: Path, cell: str, reshape: Callable[[Workbook], None], said: str
) -> None:
    ran = reshaped(weibao, tmp_path, reshape)

    assert ran.code == Exit.USAGE
    assert any(line.startswith(cell) and said in line for line in ran.err.splitlines()), ran.err


def hidden_and_moved(book: Workbook) -> None:
    book["设备"].row_dimensions[3].hidden = True
    book["设备"].insert_cols(1)
    book["设备"]["A1"].value, book["设备"]["A2"].value = "台账序号", 1
    book["设备"]["G2"].value = 20120012
    book.move_sheet("设备", -5)


def test_what_people_should_look_at_is_told_and_the_rest_is_read(
    weibao: Weibao, tmp_path: Path
) -> None:
    ran = reshaped(weibao, tmp_path, hidden_and_moved)

    assert ran.code == 0, ran.err
    assert "没有读取：设备!A1 台账序号" in ran.out
    assert "也照样读取：设备!3" in ran.out
    assert "设为文本后重填：设备!G2" in ran.out


@pytest.fixture
def exported(weibao: Weibao, tmp_path: Path) -> Path:
    """A workbook of the configuration, since whose writing somebody else has changed a model."""
    workbook = tmp_path / "配置.xlsx"
    assert weibao("--lang", "zh", "config", "export", str(workbook)).code == 0
    repository = weibao.repository
    assets = (repository.path / "records/assets.yaml").read_text("utf-8")
    repository.write("records/assets.yaml", assets.replace("S12708", "S12710", 1))
    repository.commit("A model was wrong")
    return workbook


def test_an_old_workbook_undoes_nothing_that_others_have_changed(
    weibao: Weibao, exported: Path
) -> None:
    ran = applied(weibao, exported, "设备", {"H2": "B02柜"})

    assets = (weibao.repository.path / "records/assets.yaml").read_text("utf-8")
    assert ran.code == 0, ran.err
    assert "S12710" in assets
    assert "B02柜" in assets
    assert "保持现状" in ran.out


def test_what_both_have_changed_is_refused_and_named(weibao: Weibao, exported: Path) -> None:
    before = weibao.repository.git("rev-parse", "HEAD")

    ran = applied(weibao, exported, "设备", {"E2": "S12712"})

    assert ran.code == Exit.USAGE
    assert "assets.core-sw-01.model" in ran.err
    assert weibao.repository.git("rev-parse", "HEAD") == before


def test_a_workbook_of_a_commit_that_is_not_here_is_refused(weibao: Weibao, exported: Path) -> None:
    book = load_workbook(exported)
    row = next(row for row in book["合同"].iter_rows() if row[0].value.startswith("导出自提交"))

    ran = applied(weibao, exported, "合同", {row[1].coordinate: "1" * 40})

    assert ran.code == Exit.USAGE
    assert "111111111111" in ran.err


def test_a_cell_that_is_emptied_takes_nothing_out_and_is_told(
    weibao: Weibao, tmp_path: Path
) -> None:
    ran = edited(weibao, tmp_path, "设备", {"E2": None})

    assert "assets.core-sw-01.model" in ran.out
    assert "S12708" in (weibao.repository.path / "records/assets.yaml").read_text("utf-8")


def test_of_several_roles_the_one_whose_row_is_gone_stays() -> None:
    roles = [
        {"role": "desk", "from": "2026-01-01"},
        {"role": "engineer", "from": "2026-02-01"},
    ]
    written = {"staff": {"people": {"san": {"name": "张三", "roles": roles}}}}
    wanted = {"staff": {"people": {"san": {"name": "张三", "roles": roles[1:]}}}}

    found = differences(wanted, written, written, "zh")

    assert found.puts == {}
    assert left_out(written, wanted) == (("staff", ("people", "san", "roles", 0)),)


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
    assert "没有尚未入库" in again.out
    received = [entry.data["serials"] for entry in records_in(new.path).spares.log]
    assert received == [["LPU1"]]
