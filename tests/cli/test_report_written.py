"""``weibao report PERIOD``: a version that was issued is written as it was issued, whatever came later.

The scene: a fault of November, the month closed on 2 December. There is a format of this test's own, which
writes down all that a paper says and how it is set.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from errno import ENOSPC
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.audited import CONTRACT_FILE, change_file, worked_fault
from building.commands import TICKET, Weibao
from building.sightings import keep_log
from weibao.cli.commands import paper as papers
from weibao.history.git.reader import Git
from weibao.history.outside import read_logs
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import format_instant, parse_instant
from weibao.render.papers.all_papers import FORMATS
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.format import PaperFormat, PaperSetting
from weibao.render.papers.identity import paper_number
from weibao.render.papers.paper import Facts, Paper, said
from weibao.report.closed_months import logs_named
from weibao.report.opening import book_of
from weibao.report.papers.period_report import named_periods, period_report
from weibao.workspace.papers import commissioning, filing

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport

CLOSE = "records/reports/2026/2026-11.yaml"
PAPER = "WB-monthly-hd-2026-2026-11-v{}.zh.said"
BY = ("--by", "chen-jie")
NAME, ROLE = "陈洁", "PaperText(texts=('项目经理',))"


def _said(paper: Paper, setting: PaperSetting) -> bytes:
    return f"{paper}\n{setting}".encode()


@pytest.fixture
def closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    form = PaperFormat(name="said", title="", write=_said)
    monkeypatch.setattr(commissioning, "FORMATS", (form,))
    weibao = Weibao(worked_fault(tmp_path / "clone"), monkeypatch, capsys)
    weibao.set_clock("2026-12-02T09:00:00+08:00")
    assert weibao("report", "close", "2026-11").code == 0
    return weibao


def at(weibao: Weibao, moment: str, *command: str) -> Ran:
    weibao.set_clock(f"2026-12-{moment}:00+08:00")
    ran = weibao(*command)
    assert ran.code == 0, ran.err
    return ran


def written(weibao: Weibao, *options: str, period: str = "2026-11") -> bytes:
    """The bytes of a report, at the clock's time."""
    file = weibao.repository.path / "paper.said"
    ran = weibao("report", period, "-f", "said", "-o", "paper.said", "--force", *options)
    assert ran.code == 0, ran.err
    return file.read_bytes()


def remark(text: str, *options: str) -> tuple[str, ...]:
    return ("report", "remark", "2026-11", "--section", "sign_off", "--text", text, *options, *BY)


def issue(*files: str) -> tuple[str, ...]:
    named = [word for file in files for word in ("--file", file)]
    return ("report", "issue", "2026-11", "--report", "monthly", *named, *BY)


def names(weibao: Weibao) -> set[str]:
    return {path.name for path in weibao.repository.path.glob("WB-*")}


def seen(weibao: Weibao) -> dict[str, str]:
    """Every commit that there is, seen when it was made."""
    told = weibao.repository.git("log", "--format=%H %cI").splitlines()
    return dict(line.split() for line in told)


@pytest.fixture
def issued(closed: Weibao) -> Weibao:
    """Its first version written and issued, with one remark."""
    keep_log(closed.repository, seen(closed))
    at(closed, "03T09:00", *remark("机房空调将到期"))
    at(closed, "03T09:10", "report", "2026-11", "-f", "said")
    at(closed, "03T09:20", *issue(*names(closed)))
    return closed


def book(weibao: Weibao) -> Book:
    """The Book of HEAD, at the end of the year."""
    return book_of(
        read_snapshot(Git(weibao.repository.path)), parse_instant("2027-01-20T09:00:00+08:00")
    )


def report(weibao: Weibao, version: int | None = None, name: str = "2026-11") -> PeriodReport:
    """What a version of a report is made of."""
    found = book(weibao)
    named = commissioning.period_named(found, name, commissioning.REPORTS)
    logs = read_logs(Git(weibao.repository.path), logs_named(found))
    return period_report(found, named, logs, version)


AGAIN = ("--at", "2026-11-20T20:00:00+08:00", "--reason", "当晚又坏了", "--by", "li-qiang")
REVISE = ("report", "revise", "2026-11", "--report", "monthly", "--reason", "当晚复发", *BY)


def parts(raw: bytes) -> set[str]:
    """Which of the remarks of this test are in a paper."""
    told = raw.decode()
    return {text for text in ("机房空调将到期", "补记的说明", "修订后的说明") if text in told}


def test_an_issued_version_is_the_same_to_the_byte_whatever_comes_later(issued: Weibao) -> None:
    first = (issued.repository.path / PAPER.format(1)).read_bytes()
    assert sha256(first).hexdigest() in issued.repository.read(CLOSE).splitlines()[-1]
    assert parts(first) == {"机房空调将到期"}

    at(issued, "09T10:00", *remark("补记的说明", "--at", "2026-12-03 09:05"))
    at(issued, "10T09:00", "ticket", "reopen", TICKET, *AGAIN)
    change_file(
        issued.repository, CONTRACT_FILE, "name: {", "name: { ", at="2026-12-11T09:00:00+08:00"
    )
    late = dict.fromkeys(issued.repository.git("rev-list", "HEAD~5..HEAD").split())
    keep_log(issued.repository, seen(issued) | dict.fromkeys(late, "2026-12-12T09:00:00+08:00"))
    said = next(line for line in issued.repository.read(CLOSE).splitlines() if "将到期" in line)
    change_file(issued.repository, CLOSE, f"{said}\n", "", at="2026-12-13T09:00:00+08:00")
    issued.set_clock("2027-02-01T09:00:00+08:00")

    assert written(issued, "--version", "1") == first
    second = written(issued)
    assert second != first
    assert parts(second) == {"补记的说明"}, "and what was taken out since is an error of its own"
    assert b"-v2" in second


def test_what_is_withheld_today_is_withheld_of_a_closed_month_but_in_a_version_that_was_issued(
    issued: Weibao,
) -> None:
    first = (issued.repository.path / PAPER.format(1)).read_bytes()
    at(issued, "09T10:00", *remark("补记的说明"))
    told = written(issued).decode()
    assert ROLE in told
    assert NAME not in told
    for day, before, after in (("10", "roles", "names"), ("11", "names", "none")):
        change_file(
            issued.repository, CONTRACT_FILE, f"people: {before}", f"people: {after}",
            at=f"2026-12-{day}T09:00:00+08:00",
        )  # fmt: skip
        now = written(issued).decode()
        assert (ROLE in now) is (after == "names"), "nothing is told that either of them withholds"
        assert NAME not in now
    assert written(issued, "--version", "1") == first


def test_a_serial_number_that_is_withheld_bears_no_number_in_a_paper(closed: Weibao) -> None:
    at(closed, "03T09:00", *remark("已更换 2102HD0001"))
    assert "已更换 〔序列号〕" in written(closed).decode()
    assert "已更换 2102HD0001" in written(closed, "--internal").decode()


def test_a_revision_makes_a_version_that_lists_what_came_out_otherwise(issued: Weibao) -> None:
    first = written(issued)
    at(issued, "08T09:00", "ticket", "reopen", TICKET, *AGAIN)
    assert [report(issued, version).restated for version in (1, 2)] == [(), ()]
    at(issued, "09T09:00", *REVISE)
    second = written(issued)
    at(issued, "09T09:10", *issue("paper.said"), "--language", "zh")
    told = ("--note", "再次派人", "--by", "li-qiang", "--at", "2026-11-20 20:10")
    at(issued, "10T09:00", "ticket", "ack", TICKET, *told)

    assert written(issued) == second
    assert written(issued, "--version", "1") == first
    write = ("report", "2026-11", "-f", "said", "-o", "paper.said", "--force")
    assert "Version 2, issued at 2026-12-09 09:10: this very file" in issued(*write).out
    assert "not the file that was issued" in issued(*write, "--font-dir", "f").out
    assert "no file of this kind" in issued(*write, "--lang", "both").out
    written(issued)
    again = issued(*issue("paper.said"), "--language", "zh")
    assert (again.code, "Version 2 of this report was issued" in again.err) == (2, True)
    assert [report(issued, version).version for version in (None, 1, 2, 3)] == [2, 1, 2, 3]
    turned = report(issued).restated
    assert {found.turned.verdict.target for found in turned} >= {"restore"}
    landed = {format_instant(found.landed or 0, book(issued).zone) for found in turned}
    assert landed == {"2026-12-08T09:00:00+08:00"}
    assert report(issued, 1).restated == ()


def test_quarters_and_years_are_of_the_same_closes(closed: Weibao) -> None:
    closed.set_clock("2027-01-20T09:00:00+08:00")
    assert b"Provisional" in written(closed, "--lang", "en", period="2026-Q4")
    assert closed("report", "close", "2026-10").code == 2  # nothing had landed yet
    assert closed("report", "close", "2026-12").code == 0
    quarter = report(closed, name="2026-Q4")
    assert [month.close is not None for month in quarter.months] == [False, True, True]
    december = report(closed, name="2026-12")
    assert [month.name for month in december.before] == ["2026-11"]
    assert (december.provisional, december.book.commit) == (False, december.months[0].book.commit)


REFUSED = {
    "a month that has not begun": (("2027-01",), "There are: 2026-01"),
    "a month of no term": (("2031-05",), "no period of the contract"),
    "no period": (("2026-Q7",), "no period of the contract"),
    "no version": (("2026-11", "-f", "said", "--version", "3"), "Versions 1 to 1 can be written"),
    "no format": (("2026-11", "-f", "odt"), "There are: said"),
    "a template that is not there": (
        ("2026-11", "-f", "said", "--template", "x"),
        "cannot be read",
    ),
    "a folder that is not there": (("2026-11", "-f", "said", "-o", "x/y"), "cannot be written"),
}


def test_what_there_is_no_report_of_is_refused_with_what_there_is(closed: Weibao) -> None:
    for case, (options, told) in REFUSED.items():
        ran = closed("report", *options)
        assert (ran.code in {2, 3}, told in ran.err) == (True, True), (case, ran)
    assert names(closed) == set()


def test_another_file_is_never_written_over_unasked(closed: Weibao) -> None:
    other = closed.repository.path / PAPER.format(1)
    other.write_bytes(b"mine")
    ran = closed("report", "2026-11", "-f", "said")
    assert (ran.code, "is another file" in ran.err, other.read_bytes()) == (2, True, b"mine")
    assert closed("report", "2026-11", "-f", "said", "--force").code == 0
    assert closed("report", "2026-11", "-f", "said").code == 0
    assert other.read_bytes() != b"mine"
    assert [path.name for path in other.parent.glob(".weibao*")] == []


def test_a_template_that_is_none_is_refused_by_its_own_name(
    closed: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commissioning, "FORMATS", FORMATS)
    closed.repository.write("own.docx", "no document")
    ran = closed("report", "2026-11", "-f", "docx", "--template", "own.docx", "-o", "report.docx")
    assert (ran.code, "own.docx" in ran.err) == (3, True)
    assert not (closed.repository.path / "report.docx").exists()


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(
    closed: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = closed("report", "2026-11", "-f", "said", "-o", "nowhere/report.said")
    assert (ran.code, "nowhere/report.said" in ran.err) == (3, True)

    def full(file: Path, content: bytes) -> None:
        raise OSError(ENOSPC, "No space left on device", str(file))

    monkeypatch.setattr(filing, "put_in_place", full)
    ran = closed("report", "2026-11", "-f", "said")
    assert (ran.code, PAPER.format(1) in ran.err) == (3, True)
    assert list(closed.repository.path.glob("*.said")) == []


@pytest.mark.parametrize("copied", [False, True], ids=["tampered", "two closes"])
def test_a_close_that_does_not_stand_makes_no_report(closed: Weibao, *, copied: bool) -> None:
    if copied:
        closed.repository.write("records/reports/2027/2026-11.yaml", closed.repository.read(CLOSE))
        closed.repository.commit("又一份", at="2026-12-04T09:00:00+08:00")
    else:
        change_file(closed.repository, CLOSE, "met: ", "met: 1", at="2026-12-04T09:00:00+08:00")
    closed.set_clock("2026-12-05T09:00:00+08:00")
    ran = closed("report", "2026-11", "-f", "said")
    assert ran.code == 3
    assert ("R302" if copied else "E150") in ran.err
    assert names(closed) == set()


def test_the_site_and_the_fonts_are_those_of_the_contract_and_the_caller(closed: Weibao) -> None:
    repository = closed.repository
    repository.write("mkdocs.yml", "site_name: x\nsite_url: https://ops.example/hd/\n")
    repository.commit("站点", at="2026-12-03T09:00:00+08:00")
    closed.set_clock("2026-12-20T09:00:00+08:00")
    assert b"ops.example" not in written(closed), "the site was not there when the month was closed"
    assert b"site='https://ops.example/hd/'" in written(closed, period="2026-12")
    folders = str((str(repository.path / "f"), str(repository.path / "g"))).rstrip(")").encode()
    assert b"fonts=" + folders in written(closed, "--font-dir", "f", "--font-dir", "g")


def test_what_is_internal_is_in_the_internal_edition_alone(closed: Weibao) -> None:
    at(closed, "03T09:00", *remark("机房空调将到期", "--internal"))
    assert parts(written(closed)) == set()
    inside = written(closed, "--internal")
    assert parts(inside) == {"机房空调将到期"}
    assert "内部" in inside.decode()
    closed("report", "2026-11", "-f", "said", "--internal", "--lang", "both")
    assert names(closed) == {PAPER.format(1).replace(".zh", "-internal.both")}


def test_a_paper_of_a_record_is_named_by_the_end_of_its_id(
    closed: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = PaperKind(
        name="slip",
        title="",
        explained="",
        subject="ticket",
        place=99,
        write=lambda asked: Paper(
            kind="slip",
            number=paper_number("slip", asked),
            title=said(f"{asked.subject} {asked.blank}"),
            languages=(asked.voice.language.code,),
            marks=(),
            cover=Facts("cover", ()),
            sections=(),
            commit=asked.audit.book.commit,
            as_of="",
        ),
        can_be_blank=True,
    )
    monkeypatch.setattr(papers.paper, "commands", dict(papers.paper.commands))
    monkeypatch.setattr(papers, "KINDS", (slip,))
    papers.add_kind(slip)
    shown = closed("paper", "list").out
    assert "slip TICKET" in shown
    ran = closed("paper", "slip", "7k3q9m/2", "-f", "said", "--blank", "-o", "-", lang="zh")
    assert (ran.code, f"{TICKET}/2 True" in ran.out) == (0, True)
    assert closed("paper", "slip", "ZZZZZZ", "-f", "said").code == 2
    assert closed("paper", "slip", "-f", "said").code == 2
    assert names(closed) == set()


def test_every_period_of_a_term_has_a_name_of_its_own(closed: Weibao) -> None:
    """Of thirteen months the last is a quarter and a year by itself, which end in the same ones."""
    contract = book(closed).records.contract
    odd = replace(contract, start=date(2025, 12, 1), end=date(2026, 12, 31))
    named = [period.name for period in named_periods(odd)]
    assert len(named) == len(set(named))
    assert [name for name in named if "Q4" in name] == ["2026-Q4", "2026-Q4-2026-12"]
    assert [name for name in named if len(name) == 4 or name.startswith("2026-2026")] == [
        "2026",
        "2026-2026-12",
    ]
