"""How an audit reads: golden files in both languages, and hostile text that can do nothing.

``UPDATE_GOLDEN=1 pytest tests/view`` writes the golden files anew: review the difference.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.audited import CONTRACT_FILE, change_file, worked_fault
from building.commands import PATH, Weibao, process
from building.contract import entry
from building.sightings import keep_log
from building.site import HARM, harmful_ticket
from weibao.render.words.csv_text import cell, csv_text

if TYPE_CHECKING:
    from building.repository import Repository

GOLDEN = Path(__file__).parent / "golden"
COMMIT = re.compile(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b")
DRAW = ("--sample", "5", "--seed", "2026")
HOSTILE = "\"=cmd|' /C calc'!A0 | <script>alert(1)</script> @someone #1 [x](javascript:y)\""


def audited(path: Path) -> Repository:
    """A fault with a step that came late, and a contract changed on a branch that the desk landed."""
    repository = worked_fault(path)
    repository.branch("people")
    change_file(
        repository,
        CONTRACT_FILE,
        "experience: {minimum: 2}",
        "experience: {minimum: 3}",
        at="2026-11-21T09:00:00+08:00",
    )
    repository.switch("main")
    repository.merge("people", at="2026-11-21T10:00:00+08:00", by="wang.lei@provider.example")
    return repository


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    command = Weibao(audited(tmp_path / "clone"), monkeypatch, capsys)
    command.set_clock("2026-11-23T12:00:00+08:00")
    return command


def assert_golden(name: str, text: str) -> None:
    """The text is what the golden file has; commit ids are masked."""
    masked = COMMIT.sub(lambda found: "0" * len(found[0]), text)
    masked = "".join(f"{line.rstrip()}\n" for line in masked.splitlines())
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(masked, encoding="utf-8", newline="\n")
    assert masked == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_audit_reads_as_its_golden_file(weibao: Weibao, lang: str) -> None:
    since = weibao.repository.git("rev-list", "--reverse", "HEAD").split()[2]
    ran = weibao("audit", "--since", since, *DRAW, lang=lang)

    assert_golden(f"audit.{lang}.txt", ran.out)
    assert ran.err == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["md", "csv"])
def test_a_worksheet_reads_as_its_golden_file(weibao: Weibao, form: str, lang: str) -> None:
    ran = weibao("audit", *DRAW, "--worksheet", form, lang=lang)

    assert_golden(f"audit-worksheet.{lang}.{form}", ran.out)


@pytest.mark.parametrize(("lang", "words"), [("en", "Sound"), ("zh", "可靠")])
def test_the_first_line_answers_whether_it_is_sound(weibao: Weibao, lang: str, words: str) -> None:
    damaged = weibao.repository.read(PATH).replace("event: arrived", "event: left")
    assert weibao("audit", lang=lang).out.startswith(f"✓ {words}")
    weibao.repository.write(PATH, damaged)
    weibao.repository.commit(at="2026-11-22T09:00:00+08:00")
    first = weibao("audit", lang=lang).out.splitlines()[0]

    assert first.startswith("✗ ")
    assert "L101" in first


def test_hostile_text_of_records_and_configuration_does_nothing_on_a_terminal(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    repository.append(PATH, entry("2026-11-22T09:00:00+08:00", "updated", note=HOSTILE))
    repository.write(f"records/tickets/2026/11/21/{HARM}.yaml", harmful_ticket())
    repository.commit(
        at="2026-11-22T09:01:00+08:00", by="eve@evil.example", name="Eve\x1b[31m\u202eEvE"
    )
    contract = repository.read(CONTRACT_FILE)
    repository.write(CONTRACT_FILE, contract.replace("name: 服务伙伴授权", f"name: {HOSTILE}"))
    repository.commit(at="2026-11-22T09:02:00+08:00", by="eve@evil.example", name="Eve\x1b]0;x\x07")
    repository.write(CONTRACT_FILE, contract.replace("\n", "\n\x1b[2J", 1).encode())
    repository.commit(at="2026-11-22T09:03:00+08:00")
    repository.write(CONTRACT_FILE, contract)
    repository.commit(at="2026-11-22T09:04:00+08:00")
    ran = weibao("audit", "--since", "HEAD~4", *DRAW)

    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
    assert "\u202e" not in ran.out
    assert "\\x1b[2J" in ran.out


def test_hostile_text_does_nothing_in_a_worksheet(weibao: Weibao) -> None:
    weibao.repository.append(PATH, entry("2026-11-22T09:00:00+08:00", "updated", note=HOSTILE))
    weibao.repository.commit(at="2026-11-22T09:01:00+08:00")
    table = weibao("audit", *DRAW, "--worksheet", "csv").out
    rows = list(csv.reader(io.StringIO(table)))
    markdown = weibao("audit", *DRAW, "--worksheet", "md").out

    assert "\x1b" not in table + markdown
    assert {len(row) for row in rows} == {12}
    assert [text for row in rows for text in row if text.startswith(("=", "+", "-", "@"))] == []
    assert any(text.startswith("'=cmd|") for row in rows for text in row)
    assert "<script>" not in markdown
    assert "javascript:y)" not in markdown.replace("&#", "")
    widths = {line.count("|") for line in markdown.splitlines() if line.startswith("|")}
    assert widths == {11}


def test_a_worksheet_leaves_room_for_what_was_seen(weibao: Weibao) -> None:
    heading, *rows = csv.reader(io.StringIO(weibao("audit", *DRAW, "--worksheet", "csv").out))

    assert heading[-3:] == ["Seen", "Seen by", "Remark"]
    assert {tuple(row[-3:]) for row in rows} == {("", "", "")}
    assert len(rows) == 1 + 7  # the report, and every entry


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=4))
def test_whatever_a_record_says_a_cell_stays_one_cell_and_no_formula(
    table: list[list[str]],
) -> None:
    read = list(csv.reader(io.StringIO(csv_text(table))))

    assert [len(row) for row in read] == [len(row) for row in table]
    for row, texts in zip(read, table, strict=True):
        assert row == [cell(text) for text in texts]
        assert not any(one.lstrip(" ").startswith(("=", "+", "-", "@")) for one in row)


@pytest.mark.parametrize("text", ["=1+1", "+86 512", "-1", "@SUM", "＝1", "  =1"])
def test_what_a_spreadsheet_would_carry_out_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_what_begins_otherwise_is_left_as_it_is() -> None:
    assert cell("2026-11-20 09:12") == "2026-11-20 09:12"
    assert cell("已联系客户 = 好") == "已联系客户 = 好"


def test_an_audit_is_written_to_a_narrow_terminal_and_to_one_without_utf8(tmp_path: Path) -> None:
    repository = audited(tmp_path / "clone")
    for environment in ({"COLUMNS": "40"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        running = process(
            repository, "audit", now="2026-11-23T12:00:00+08:00", environment=environment
        )
        said, complaint = running.communicate(timeout=60)
        assert (running.returncode, complaint) == (0, b"")
        if "COLUMNS" in environment:
            assert max(len(line) for line in said.decode().splitlines()) <= 40


def test_what_computes_it_again_brings_the_log_and_names_its_commit(weibao: Weibao) -> None:
    assert "seen" not in weibao("audit", lang="en").out.partition("Compute it again")[2]
    commit = weibao.repository.head
    tip = keep_log(weibao.repository, {commit: "2026-11-23T11:00:00+08:00"})

    told = weibao("audit", lang="en").out.partition("Compute it again")[2]
    told = told.replace("\\\n", "").splitlines()

    assert told[1] == "  weibao seen fetch"
    again = shlex.split(told[3])[1:]
    assert again[:3] == ["--seen", tip[:12], "sla"]
    assert json.loads(weibao(*again).out)["seen_log"] == tip
