"""How the commands read in a terminal: golden files in both languages, and what must not harm.

``UPDATE_GOLDEN=1 pytest tests/view`` writes the golden files anew: review the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.book import WHOLE_LOG
from building.commands import PATH, TICKET, Weibao, process, record_repository
from building.contract import a_ticket, entry, ticket_path
from building.repository import clean_environment

if TYPE_CHECKING:
    from building.repository import Repository

GOLDEN = Path(__file__).parent / "golden"
COMMIT = re.compile(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b|\b[0-9a-f]{8}\b")
LATE, PLAIN = "T20261119-1ATE22", "T20261120-0PEN22"


def a_busy_morning(path: Path) -> Repository:
    """A ticket closed with each step committed as it was done; one overdue; one paused."""
    repository = record_repository(path, log=WHOLE_LOG[:1])
    for line in WHOLE_LOG[1:]:
        repository.append(PATH, line)
        late = "11:50" if "arrived, by: li-qiang}" in line else line[20:25]
        repository.commit(at=f"2026-11-20T{late}:40+08:00")
    repository.append(
        PATH,
        entry(
            "2026-11-20T14:10:00+08:00",
            "justified",
            target="arrive",
            cause="迟记",
            improvement="到场即记",
        ),
    )
    repository.write(
        ticket_path(LATE),
        a_ticket(
            LATE,
            severity=2,
            reported_at="2026-11-19T09:00:00+08:00",
            log=[
                entry("2026-11-19T09:05:00+08:00", "opened", by="wang-lei"),
                entry("2026-11-19T09:30:00+08:00", "acknowledged"),
                entry("2026-11-19T09:40:00+08:00", "assigned", by="wang-lei", to="li-qiang"),
            ],
        ),
    )
    repository.write(
        ticket_path(PLAIN),
        a_ticket(
            PLAIN,
            severity=3,
            reported_at="2026-11-20T10:00:00+08:00",
            log=[
                entry("10:05", "opened", by="wang-lei"),
                entry("10:10", "acknowledged", note="等客户开门"),
                entry("10:20", "paused", reason="site_access"),
            ],
        ),
    )
    repository.commit(at="2026-11-20T14:20:00+08:00")
    return repository


@pytest.fixture
def busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command after a busy morning."""
    weibao = Weibao(a_busy_morning(tmp_path / "clone"), monkeypatch, capsys)
    weibao.set_clock("2026-11-20T14:30:00+08:00")
    return weibao


def assert_golden(name: str, text: str) -> None:
    """The text is what the golden file has; commit ids are masked."""
    masked = COMMIT.sub(lambda found: "0" * len(found[0]), text)
    masked = "".join(f"{line.rstrip()}\n" for line in masked.splitlines())
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(masked, encoding="utf-8", newline="\n")
    assert masked == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("sla",),
        ("explain", "7K3Q9M"),
        ("explain", "0PEN22"),
        ("ticket", "show", "7K3Q9M"),
        ("ticket", "list"),
        ("check",),
        ("rule", "X201"),
        ("ticket", "ack", "--help"),
    ],
    ids="-".join,
)
def test_a_command_reads_as_its_golden_file(
    busy: Weibao, command: tuple[str, ...], lang: str
) -> None:
    ran = busy(*command, lang=lang)
    assert ran.code == 0, ran.err
    assert_golden(f"{'-'.join(one.strip('-') for one in command)}.{lang}", ran.out)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_read_as_their_golden_file(busy: Weibao, lang: str) -> None:
    text = busy.repository.read(PATH)
    changed = text.replace("已联系客户", "已联系").replace(
        "by: wang-lei, to: li-qiang", "by: wang-lei, to: li-qang"
    )
    busy.repository.write(PATH, changed)
    busy.repository.write("records/notes.txt", "x\n")
    ran = busy("check", lang=lang)
    assert ran.code == 1
    assert_golden(f"check-findings.{lang}", ran.out)
    annotated = busy("check", "--format", "github", lang=lang)
    assert annotated.code == 1
    assert_golden(f"check-annotations.{lang}", annotated.out)


def test_verdicts_can_be_chosen_by_month_severity_and_ticket(busy: Weibao) -> None:
    def shown(*options: str) -> set[str]:
        return set(re.findall(r"T\d{8}-\w{6}", busy("sla", *options).out))

    assert shown() == {TICKET, LATE, PLAIN}
    assert shown("--severity", "2") == {LATE}
    assert shown("--ticket", "0PEN22") == {PLAIN}
    assert shown("--month", "2026-11") >= {TICKET, LATE}
    assert shown("--month", "2026-10") == set()


def test_the_findings_on_service_levels_become_annotations(busy: Weibao) -> None:
    ran = busy("sla", "--format", "github", "--ticket", "1ATE22")
    assert ran.code == 0
    assert ran.out.startswith(f"::warning file={ticket_path(LATE)},title=S101 ×3,line=4,col=11::")
    assert ran.out.count("::warning ") == ran.out.count("\n")


def test_the_commands_that_explain_ends_with_run_and_name_the_same_commits(busy: Weibao) -> None:
    lines = busy("explain", "7K3Q9M").out.splitlines()
    commands = [
        line.strip() for line in lines[lines.index("Check it by hand, with git alone:") + 1 :]
    ]
    assert len(commands) == 5
    for command in commands:
        done = subprocess.run(
            shlex.split(command),
            cwd=busy.repository.path,
            env=clean_environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, command
        assert done.stdout
        if "--numstat" in command:
            counted = re.findall(rb"^\d+\t(\d+)\t", done.stdout, re.MULTILINE)
            assert set(counted) == {b"0"}


@pytest.mark.parametrize("target", ["arrival", "restoration", "resolution"])
def test_the_step_that_stopped_a_clock_is_named_though_others_share_its_commit(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    target: str,
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    weibao.repository.append(PATH, *WHOLE_LOG[1:8])
    weibao.repository.commit(at="2026-11-20T13:00:00+08:00")
    weibao.set_clock("2026-11-20T14:00:00+08:00")
    ran = weibao("explain", "7K3Q9M")
    step = {"arrival": "Arrived on site", "restoration": "Restored", "resolution": "Resolved"}[
        target
    ]
    (paragraph,) = (one for one in ran.out.split("\n\n") if f" {target}\n" in one)
    assert f"“{step}” by 李强 stops the clock" in paragraph


def test_hostile_text_in_a_record_cannot_steer_a_terminal_or_a_workflow(busy: Weibao) -> None:
    hostile = r'"\e[2J\e]8;;http://evil.example\a点我\e]8;;\a"'
    busy.repository.append(PATH, entry("14:25", "updated", note=hostile))
    busy.repository.append(
        PATH, entry("14:26", "assigned", to="'x\n::error::假'".replace("\n", "%0A"), by="wang-lei")
    )
    for ran in (
        busy("check"),
        busy("check", "--format", "github"),
        busy("ticket", "ack", "7K3Q9M"),
    ):
        said = ran.out + ran.err
        assert ran.code == 1
        assert "\x1b" not in said
        assert "\x07" not in said
    annotations = busy("check", "--format", "github").out
    assert all(
        line.startswith(("::error ", "::warning ", "::notice "))
        for line in annotations.splitlines()
    )
    assert "%250A" in annotations or "X101" not in annotations


def test_a_commit_by_a_hostile_name_is_shown_harmless(busy: Weibao) -> None:
    busy.repository.append(ticket_path(PLAIN), entry("14:21", "resumed"))
    busy.repository.commit(at="2026-11-20T14:22:00+08:00", name="李\x1b[31m\u202e强")
    busy.repository.append(ticket_path(PLAIN), entry("14:23", "arrived"))
    busy.repository.commit(at="2026-11-20T14:24:00+08:00", name="李\x1b]0;title\x07强")
    said = busy("explain", "0PEN22").out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\x1b]0;title\\x07" in said


# Real processes


def test_a_reader_who_leaves_early_ends_the_command_quietly(tmp_path: Path) -> None:
    running = process(record_repository(tmp_path / "clone"), "rule")
    assert running.stdout is not None
    assert running.stdout.read(10)
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait(timeout=60) == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"COLUMNS": "40"},
        {"TERM": "dumb"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_poor_terminal_is_written_to_all_the_same(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    repository = a_busy_morning(tmp_path / "clone")
    for command in (("status",), ("explain", "7K3Q9M"), ("sla",)):
        running = process(
            repository, *command, now="2026-11-20T14:30:00+08:00", environment=environment
        )
        said, complaint = running.communicate(timeout=60)
        assert running.returncode == 0, complaint.decode()
        assert complaint == b""
        if "COLUMNS" in environment and command != ("explain", "7K3Q9M"):
            assert max(len(line) for line in said.decode().splitlines()) <= 40
