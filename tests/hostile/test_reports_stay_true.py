"""Reports say what they cannot count, of which file they are, and that a close was changed; each has an honest twin.

The scene: a fault of November with severity 1, which is over, and the month that is closed on 2 December.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest

from building.audited import CONTRACT_FILE, change_file, worked_fault
from building.commands import PATH, TICKET, Weibao
from weibao.workspace.papers.issuing import is_attached

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran

CLOSE = "records/reports/2026/2026-11.yaml"
HIDDEN = "\u202e"
"""A character that makes what follows it read backwards: no record may hold it."""

WRITE = ("report", "2026-11", "-f", "md", "-o", "report.zh.md", "--force")
ISSUE = ("report", "issue", "2026-11", "--report", "monthly", "--by", "chen-jie", "--file")
DELIVERABLES = "deliverables: [{kind: monthly, due_within: 3d, from: 2026-11-01}]\n"


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    made = Weibao(worked_fault(tmp_path / "clone"), monkeypatch, capsys)
    made.set_clock("2026-12-02T09:00:00+08:00")
    return made


def close(weibao: Weibao) -> None:
    assert weibao("report", "close", "2026-11").code == 0


def written(weibao: Weibao, *options: str) -> tuple[Ran, str]:
    """What the command says, and the report."""
    ran = weibao(*WRITE, *options)
    return ran, (weibao.repository.path / "report.zh.md").read_text("utf-8")


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_a_record_that_cannot_be_read_is_named_before_every_figure(
    weibao: Weibao, *, closed: bool
) -> None:
    path = weibao.repository.path / PATH
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("title: ", f"title: {HIDDEN}", 1), "utf-8")
    weibao.repository.commit("改标题", at="2026-11-21T09:00:00+08:00")
    if closed:
        close(weibao)
    ran, told = written(weibao)
    assert (ran.code, f"Not counted, because they cannot be read: 1 ({TICKET})" in ran.out) == (
        1,
        True,
    )
    assert f"有 1 条记录无法读取，未计入：{TICKET}" in told.split("\n## ")[0], (
        "the marks come first"
    )
    summary = told[told.index("\n## 2") :]
    records, audited, first = summary.split("\n- ")[1:4]
    assert records.startswith("未计入的记录")
    assert TICKET in records
    assert "不可靠" in audited
    assert first.startswith("承诺"), "and the figures come after that"
    paper = weibao("paper", "asset-ledger", "-f", "md", "-o", "-", lang="zh")
    assert "有 1 条记录无法读取，未计入" in paper.out


def test_of_records_that_can_all_be_read_nothing_is_said(weibao: Weibao) -> None:
    close(weibao)
    ran, told = written(weibao)
    assert (ran.code, "Not counted" in ran.out, "未计入的记录" in told) == (0, False, False)


def test_a_file_that_is_not_the_version_is_not_issued(weibao: Weibao) -> None:
    close(weibao)
    path = weibao.repository.path
    (path / "junk.zh.pdf").write_bytes(b"127.0.0.1 localhost\n" * 5)
    (path / "junk.zh.md").write_bytes(b"127.0.0.1 localhost\n" * 5)
    written(weibao)
    raw = (path / "report.zh.md").read_bytes()
    (path / "changed.zh.md").write_bytes(raw + "另行约定\n".encode())
    for file, options, told in (
        ("junk.zh.pdf", (), "no file of the format"),
        ("junk.zh.pdf", ("--set-otherwise",), "no file of the format"),
        ("junk.zh.odt", (), "cannot be read"),
        ("junk.zh.md", (), "not the same bytes"),
        ("changed.zh.md", (), "not the same bytes"),
        ("junk.zh.md", ("--set-otherwise",), "that number is nowhere in it"),
    ):
        ran = weibao(*ISSUE, file, *options)
        assert (ran.code, told in ran.err) == (2, True), (file, ran)
    assert "issued" not in weibao.repository.read(CLOSE)
    written(weibao, "--internal")
    assert weibao(*ISSUE, "report.zh.md").code == 2, "what is internal is not for the customer"
    said, _ = written(weibao)
    command = said.out.partition("To issue it: weibao ")[2].split()
    ran = weibao(*command, "--by", "chen-jie")
    assert (ran.code, "report.zh.md: to the byte the version" in ran.out) == (0, True), ran.err
    assert "Report issued" in ran.out, "and not the word that is said of a spare"


def test_a_file_that_was_set_otherwise_is_known_by_its_number(weibao: Weibao) -> None:
    close(weibao)
    _, told = written(weibao)
    other = weibao.repository.path / "other.zh.md"
    other.write_text(told.replace("-v1", "-v12"), "utf-8")
    assert weibao(*ISSUE, "other.zh.md", "--set-otherwise").code == 2
    other.write_text(f"{told}\n", "utf-8")
    ran = weibao(*ISSUE, "other.zh.md", "--set-otherwise")
    assert (ran.code, "its bytes were not compared. The number WB-monthly" in ran.out) == (
        0,
        True,
    ), ran.err
    assert "or changed by hand" in written(weibao)[0].out, "nobody knows which of it was"


def test_a_pdf_that_was_set_otherwise_is_known_by_the_facts_in_it() -> None:
    facts = b'{"number": "WB-1-v1"}\n'
    packed = zlib.compress(facts)
    assert is_attached(b"%PDF-1.7\nstream\n" + packed + b"\nendstream\n", facts)
    assert is_attached(b"%PDF-1.7\nstream\r\n" + facts + b"\nendstream\n", facts)
    other = zlib.compress(facts.replace(b"v1", b"v2"))
    assert not is_attached(b"%PDF-1.7\nstream\n" + other + b"\nendstream\n", facts)


@pytest.mark.parametrize("tampered", [False, True], ids=["honest", "tampered"])
def test_a_close_that_was_changed_after_the_issue_makes_no_report(
    weibao: Weibao, *, tampered: bool
) -> None:
    close(weibao)
    written(weibao)
    assert weibao(*ISSUE, "report.zh.md").code == 0
    if tampered:
        change_file(
            weibao.repository, CLOSE, "breached: ", "breached: 4", at="2026-12-04T09:00:00+08:00"
        )
    weibao.set_clock("2026-12-05T09:00:00+08:00")
    for command in (WRITE, (*WRITE, "--version", "1")):
        ran = weibao(*command)
        assert (ran.code, "E150" in ran.err) == ((3, True) if tampered else (0, False)), (
            command,
            ran.err,
        )


def test_a_remark_that_claims_an_earlier_time_shows_when_it_was_made(weibao: Weibao) -> None:
    close(weibao)
    remark = ("report", "remark", "2026-11", "--section", "risks", "--by", "chen-jie", "--text")
    assert weibao(*remark, "如期写的说明").code == 0
    assert weibao(*remark, "补写的说明", "--at", "2026-12-01 10:00").code == 0
    _, told = written(weibao)
    signed = [line for line in told.splitlines() if line.startswith("> — ")]
    assert [line.partition("，")[2] for line in signed] == [
        "2026-12-02 09:00（自报 12-01 10:00）",
        "2026-12-02 09:00",
    ]


def test_what_comes_next_leaves_out_the_report_itself(weibao: Weibao) -> None:
    text = weibao.repository.read(CONTRACT_FILE)
    weibao.repository.write(CONTRACT_FILE, text + DELIVERABLES)
    weibao.repository.commit("合同", at="2026-11-30T09:00:00+08:00")
    close(weibao)
    _, told = written(weibao)
    following = told[told.index("31 天") :]
    assert "2026-12-03" not in following.split("\n## ")[0]


def test_each_file_says_the_command_that_makes_it(weibao: Weibao) -> None:
    close(weibao)
    for options in ((), ("--lang", "en"), ("--internal", "--lang", "both"), ("--lang", "both")):
        _, told = written(weibao, *options)
        (command,) = set(re.findall(r"weibao report [^`|<\n]*-f md", told))
        again = weibao(*command.split()[1:], "-o", "again.md", "--force")
        assert again.code == 0, again.err
        assert (weibao.repository.path / "again.md").read_text("utf-8") == told
