"""Faults while a step is written: many writers, a kill, a full disk. Nothing is lost or half done."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, Weibao, process, record_repository
from building.contract import entry
from weibao.model.paths import UNFINISHED
from weibao.workspace.recording import recording
from weibao.workspace.recording.store import Replacement

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from building.repository import Repository

IN_PROGRESS = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:16", "acknowledged"),
)


def is_whole(repository: Repository, before: str, line: str) -> bool:
    """Whether the ticket is the old file or the new one; True for the new."""
    text = repository.read(PATH)
    assert text in {before, f"{before}{line}\n"}
    return text != before


DEADLY = """
import os, pathlib, signal
import weibao.workspace.recording.commit
left = {number}
def deadly(real):
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call
os.fsync = deadly(os.fsync)
pathlib.Path.replace = deadly(pathlib.Path.replace)
pathlib.Path.unlink = deadly(pathlib.Path.unlink)
weibao.workspace.recording.commit.run_git = deadly(weibao.workspace.recording.commit.run_git)
"""
"""Kills the process at the given one of its calls that write or that run git."""


def ended(running: subprocess.Popen[bytes]) -> int:
    """The exit code of a process; what it said is shown where the test fails."""
    said, complaint = running.communicate(timeout=60)
    sys.stderr.write((said + complaint).decode())
    return running.returncode


def test_eight_writers_at_once_lose_no_entry(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", log=IN_PROGRESS)
    times = [f"2026-11-20T09:2{number}:00+08:00" for number in range(8)]
    running = [
        process(repository, "ticket", "update", "7K3Q9M", "--at", at, "--note", at) for at in times
    ]
    for one in running:
        _, complaint = one.communicate(timeout=60)
        assert one.returncode == 0, complaint.decode()
    lines = repository.read(PATH).splitlines()[-8:]
    assert sorted(line.partition("at: ")[2][:25] for line in lines) == times
    commits = repository.git("log", "--reverse", "--format=%s", "-8").split("\n")
    assert [one[-25:] for one in commits] == [line.partition("at: ")[2][:25] for line in lines]
    assert {
        line.split("\t")[1]
        for line in repository.git("log", "--numstat", "--format=", "-8").split("\n")
    } == {"0"}
    assert repository.git("status", "--porcelain") == ""


def test_killed_at_any_moment_the_ticket_is_the_old_file_or_the_new(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", log=IN_PROGRESS)
    outcomes = set()
    for number in range(6, 15):
        before, at = repository.read(PATH), f"2026-11-20T09:17:{number:02}+08:00"
        deadly = DEADLY.format(number=number)
        update = ("ticket", "update", "7K3Q9M", "--at", at, "--note", at)
        code = ended(process(repository, *update, first=deadly))
        outcomes.add((code, is_whole(repository, before, entry(at, "updated", note=at))))
        repository.commit(paths=[PATH])
    assert (-signal.SIGKILL, False) in outcomes
    assert (-signal.SIGKILL, True) in outcomes
    assert ended(process(repository, "check")) == 0


def test_what_a_killed_writer_left_behind_is_no_record(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    left = repository.write(f"{PATH.rpartition('/')[0]}/{UNFINISHED}x3k9", "id: T2026")
    assert ended(process(repository, "check")) == 0
    done = process(repository, "ticket", "ack", "7K3Q9M", "--at", "2026-11-20T09:20:00+08:00")
    assert ended(done) == 0
    assert repository.git("ls-files", str(left)) == ""
    assert repository.git("show", "--name-only", "--format=", "HEAD") == PATH


def test_no_hook_can_commit_a_file_that_is_still_being_written(weibao: Weibao) -> None:
    hooks = weibao.repository.path / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    hook = hooks / "pre-commit"
    hook.write_text("#!/bin/sh\ngit add -A --force .\n", encoding="utf-8", newline="\n")
    hook.chmod(0o755)
    weibao.repository.write("records/own.txt", "mine")
    assert weibao("ticket", "ack", "7K3Q9M").code == 0
    committed = weibao.repository.git("ls-tree", "-r", "--name-only", "HEAD").split("\n")
    assert [path for path in committed if UNFINISHED in path] == []
    assert PATH in weibao.repository.git("show", "--name-only", "--format=", "HEAD")


def test_the_next_writer_clears_away_what_a_killed_one_left(weibao: Weibao) -> None:
    repository = weibao.repository
    before = repository.read(PATH)
    killed = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = process(repository, "ticket", "ack", "7K3Q9M", first=killed)
    assert ended(done) == -signal.SIGKILL
    left = [path for path in repository.path.rglob(f"{UNFINISHED}*") if path.is_file()]
    assert len(left) == 2
    assert repository.git("status", "--porcelain", "-uall", "--ignored") == ""
    assert repository.read(PATH) == before
    assert weibao("ticket", "ack", "7K3Q9M").code == 0
    assert [path for path in repository.path.rglob(f"{UNFINISHED}*") if path.is_file()] == []


@pytest.mark.parametrize("limit", [0, 400])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, limit: int) -> None:
    repository = record_repository(tmp_path / "clone")
    before = repository.read(PATH)
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    )
    running = process(repository, "ticket", "ack", "7K3Q9M", "--at", "-1s", first=limited)
    _, complaint = running.communicate(timeout=60)
    assert running.returncode == 3, complaint.decode()
    assert "cannot be written: File too large" in complaint.decode()
    assert repository.read(PATH) == before
    assert repository.git("status", "--porcelain", "--untracked-files=all") == ""


def test_a_folder_that_cannot_be_made_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    weibao.repository.write("records/tickets/2026/11/19", "not a folder\n")
    ran = weibao(
        *("ticket", "open", "--title", "x", "--severity", "1", "--reported-by", "zhang-gong"),
        *("--by", "wang-lei", "--reported-at", "2026-11-19T10:00:00+08:00"),
    )
    assert ran.code == 3
    assert "records/tickets/2026/11/19" in ran.err
    assert (
        weibao.repository.git("status", "--porcelain", "-uall") == "?? records/tickets/2026/11/19"
    )


@pytest.mark.parametrize("commits", [False, True])
def test_an_interrupt_keeps_the_step_where_git_has_it_and_takes_it_back_where_not(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    commits: bool,  # noqa: FBT001 - a case of the table
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    before, made = weibao.repository.read(PATH), recording.commit_files

    def interrupted(root: Path, paths: tuple[str, ...], message: str, *, surely_known: bool) -> str:
        if commits:
            made(root, paths, message, surely_known=surely_known)
        raise KeyboardInterrupt

    monkeypatch.setattr(recording, "commit_files", interrupted)
    assert weibao("ticket", "ack", "7K3Q9M").code == 130
    assert (weibao.repository.read(PATH) != before) is commits
    assert weibao.repository.git("status", "--porcelain", "-uall") == ""


def test_files_are_replaced_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"1")
    git_dir = tmp_path / ".git"
    git_dir.mkdir()
    replacement = Replacement(tmp_path, git_dir)
    replacement.put("old", b"2")
    replacement.put("deep/new", b"3")
    replacement.undo()
    assert (tmp_path / "old").read_bytes() == b"1"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["old"]
    replacement.put("old", b"4")
    replacement.keep()
    assert (tmp_path / "old").read_bytes() == b"4"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["old"]
