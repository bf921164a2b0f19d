"""``weibao import propose``, and lists brought in by it, on real repositories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao
from building.registers import REGISTERS, library_repository
from weibao.cli.framework import terminal
from weibao.cli.prompts import asking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LISTS = str(REGISTERS / "设备备件人员值班.xlsx")
REGISTER = str(REGISTERS / "工单台账.xlsx")
NOVEMBER = (REGISTER, "--sheet", "2026年11月")


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command, in a clone of the library's configuration."""
    made = Weibao(library_repository(tmp_path), monkeypatch, capsys)
    made.set_clock("2026-11-29T10:00:00+08:00")
    monkeypatch.chdir(made.repository.path)
    return made


def answered(weibao: Weibao, path: str, more: str = "") -> None:
    """Take the questions out of a mapping, and put in what a person adds."""
    text, _, _ = weibao.repository.read(path).partition("ask:\n")
    weibao.repository.write(path, text + more)


def test_what_is_asked_is_in_the_file_and_nothing_is_read_before_it_is_answered(
    weibao: Weibao,
) -> None:
    ran = weibao("import", "propose", *NOVEMBER)
    assert ran.code == 0, ran.err
    assert "? fields.severity: “请求” in “级别”" in ran.out
    text = weibao.repository.read("imports/wx.yaml")
    assert text.startswith("# Proposed from 工单台账.xlsx: 20 rows.")
    for command in ("preview", "run"):
        ran = weibao("import", command, "imports/wx.yaml", REGISTER)
        assert ran.code == 2
        assert "questions are open" in ran.err
    answered(weibao, "imports/wx.yaml")
    ran = weibao("import", "preview", "imports/wx.yaml", REGISTER, "--format", "json")
    counts = json.loads(ran.out)["counts"]
    assert (counts["accepted"], counts["rejected"], counts["skipped"]) == (11, 9, 1)


def test_a_mapping_that_is_there_is_not_written_over(weibao: Weibao) -> None:
    assert weibao("import", "propose", *NOVEMBER).code == 0
    weibao.repository.write("imports/wx.yaml", "mine\n")
    ran = weibao("import", "propose", *NOVEMBER)
    assert ran.code == 2
    assert weibao.repository.read("imports/wx.yaml") == "mine\n"
    assert weibao("import", "propose", *NOVEMBER, "--force").code == 0


def test_a_name_that_is_none_is_refused(weibao: Weibao) -> None:
    assert weibao("import", "propose", *NOVEMBER, "--source", "老 台账").code == 2
    ran = weibao("import", "propose", *NOVEMBER, "-o", "wx.yaml")
    assert ran.code == 2
    assert "no place for a mapping" in ran.err


def test_the_questions_speak_the_language_of_the_contract(weibao: Weibao) -> None:
    ran = weibao("import", "propose", *NOVEMBER, lang="zh")
    assert "不是合同的级别" in ran.out
    assert "不是合同的级别" in weibao.repository.read("imports/wx.yaml")


def test_on_a_terminal_what_is_answered_is_asked_no_more(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(question: str, choices: Mapping[str, str], _words: object) -> str:
        if "“请求”" in question:
            return "4"
        return "" if "（后降为三级）" in question else list(choices)[-1]

    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    monkeypatch.setattr(asking, "ask_one", answer)
    assert weibao("import", "propose", *NOVEMBER).code == 0
    text = weibao.repository.read("imports/wx.yaml")
    assert "请求: 4" in text
    assert text.count('\n  - "') == 1
    assert "（后降为三级）" in text.partition("ask:")[2]


@pytest.mark.parametrize(
    ("sheet", "name", "more", "file"),
    [
        ("设备台账", "assets", "dates: {serials: 1900}\n", "records/assets.yaml"),
        ("值班表", "rota", "", "records/duty.yaml"),
    ],
)
def test_a_list_comes_in_once(weibao: Weibao, sheet: str, name: str, more: str, file: str) -> None:
    path = f"imports/{name}.yaml"
    assert weibao("import", "propose", LISTS, "--sheet", sheet, "-o", path).code == 0
    assert weibao("import", "preview", path, LISTS).code == 2
    answered(weibao, path, more)
    text = weibao.repository.read(path)
    weibao.repository.write(path, text.replace("shifts: {", "shifts: {值: 08:00-08:00, "))
    before = weibao.repository.read(file)
    ran = weibao("import", "preview", path, LISTS)
    assert ran.code == (1 if name == "assets" else 0), ran.err
    assert weibao.repository.read(file) == before
    ran = weibao("import", "run", path, LISTS)
    assert ran.code == 2
    assert "Nobody is here to be asked" in ran.err
    assert weibao.repository.read(file) == before
    ran = weibao("import", "run", path, LISTS, "--yes")
    assert ran.code == 0, ran.err
    assert f"Changed: {file}" in ran.out
    head = weibao.repository.git("rev-parse", "HEAD")
    ran = weibao("import", "run", path, LISTS, "--yes")
    assert ran.code == 0
    assert "Nothing new" in ran.out
    assert weibao.repository.git("rev-parse", "HEAD") == head


def test_a_list_of_which_no_row_can_come_in_is_not_called_known(
    weibao: Weibao, tmp_path: Path
) -> None:
    devices = tmp_path / "devices.csv"
    devices.write_text("设备名称,资产编号,型号,场所\n书库交换机,A1,S1,三馆\n", encoding="utf-8")
    assert weibao("import", "propose", str(devices), "--source", "devices").code == 0
    answered(weibao, "imports/devices.yaml")
    ran = weibao("import", "run", "imports/devices.yaml", str(devices), "--yes")
    assert "✗ 2  书库交换机" in ran.out
    assert "has every row that can come in" in ran.out
    assert "says so already" not in ran.out


def test_the_rejected_rows_of_a_list_are_a_table_too(weibao: Weibao, tmp_path: Path) -> None:
    weibao("import", "propose", LISTS, "--sheet", "备件台账", "-o", "imports/spares.yaml")
    answered(weibao, "imports/spares.yaml")
    rejects = tmp_path / "rejects.csv"
    ran = weibao("import", "preview", "imports/spares.yaml", LISTS, "--rejects", str(rejects))
    assert ran.code == 1
    assert "cannot be received" in rejects.read_text(encoding="utf-8")


def test_telephone_numbers_stay_out_unasked(weibao: Weibao) -> None:
    weibao("import", "propose", LISTS, "--sheet", "人员", "-o", "imports/staff.yaml")
    answered(weibao, "imports/staff.yaml", "  phone: {column: 电话}\n")
    ran = weibao("import", "preview", "imports/staff.yaml", LISTS)
    assert ran.code == 2
    assert "column of telephone numbers" in ran.err
    answered(weibao, "imports/staff.yaml", "telephones: true\n")
    assert weibao("import", "preview", "imports/staff.yaml", LISTS).code == 0


def test_a_level_that_no_mapping_knows_keeps_a_register_out(weibao: Weibao) -> None:
    weibao("import", "propose", REGISTER, "--sheet", "2026年10月", "--source", "wx")
    answered(weibao, "imports/wx.yaml")
    ran = weibao("import", "preview", "imports/wx.yaml", REGISTER)
    assert ran.code == 1
    assert "0 come in" in ran.out
    assert "“紧急” in “紧急程度” means nothing here yet." in ran.out
