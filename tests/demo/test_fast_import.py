"""Writing a repository from a list of commits: the history that was asked for, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from weibao.demo.fast_import import NewCommit, write_repository
from weibao.demo.hours import HOUR, MINUTE
from weibao.demo.repository_growth import NewFiles, commits_of
from weibao.demo.staged_record import DraftedEntry, Merge, StagedRecord
from weibao.history.commit import Identity
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

WHO = Identity("韩雪", "han.xue@yuanting.example")
AT = 1_790_000_000
PATH = "records/tickets/2026/09/21/T20260921-000000.yaml"
HEADER = {"id": "T20260921-000000", "kind": "fault", "title": "试"}


def step(minutes: int, event: str, by: str, branch: str = "") -> DraftedEntry:
    at = AT + minutes * MINUTE
    return DraftedEntry(at, event, by, {}, by, at + 30, branch)


def test_commits_have_their_people_their_times_and_their_parents(tmp_path: Path) -> None:
    commits = [
        NewCommit(WHO, AT, "一\n", (), {"records/a.txt": b"1\n"}),
        NewCommit(WHO, AT + 60, "二\n", (0,), {"records/b.txt": b"2\n"}),
        NewCommit(WHO, AT + 70, "三\n", (0,), {"records/c.txt": b"3\n"}),
        NewCommit(WHO, AT + 90, "合\n", (1, 2), {"records/c.txt": b"3\n"}),
    ]

    head = write_repository(tmp_path / "r", commits, {}, {})[-1]
    history = read_snapshot(Git(tmp_path / "r"), "HEAD").history

    last = history.commits[head]
    assert (last.author, last.committer, last.commit_time) == (WHO, WHO, AT + 90)
    assert [history.commits[one].subject for one in last.parents] == ["二", "三"]
    assert sorted(one.name for one in (tmp_path / "r/records").iterdir()) == [
        "a.txt",
        "b.txt",
        "c.txt",
    ]


def test_what_git_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    nobody = Identity("<<", "a\nb")

    with pytest.raises(Refusal, match="Git did not make the example"):
        write_repository(tmp_path / "r", [NewCommit(nobody, AT, "一\n", (), {})], {}, {})
    assert not (tmp_path / "r").exists()


def test_an_empty_folder_is_empty_again_when_git_refuses(tmp_path: Path) -> None:
    nobody = Identity("<<", "a\nb")

    with pytest.raises(Refusal):
        write_repository(tmp_path, [NewCommit(nobody, AT, "一\n", (), {})], {}, {})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Refusal, match="cannot be made"):
        write_repository(tmp_path / "file" / "r", [], {}, {})


def test_two_people_who_add_to_one_record_both_keep_their_lines() -> None:
    steps = (
        step(0, "opened", "han-xue"),
        step(10, "arrived", "xu-feng", "site/a"),
        step(20, "updated", "han-xue"),
        step(30, "restored", "xu-feng", "site/a"),
    )
    merge = Merge("site/a", AT + 50 * MINUTE, "han-xue")
    record = StagedRecord("ticket", "T20260921-000000", PATH, HEADER, steps, merge=merge)

    commits = commits_of([], [record])

    assert [one.parents for one in commits] == [(), (0,), (0,), (1,), (2, 3)]
    merged = commits[-1].files[PATH].decode().splitlines()
    assert [line.split("event: ")[1].split(",")[0] for line in merged if "event" in line] == [
        "opened",
        "updated",
        "arrived",
        "restored",
    ]


def test_steps_that_one_person_records_at_one_time_are_one_commit() -> None:
    opened, told = step(0, "opened", "han-xue"), step(1, "notified", "han-xue")
    both = (opened, DraftedEntry(told.at, told.event, told.by, {}, told.by, opened.recorded))

    commits = commits_of([], [StagedRecord("ticket", "T20260921-000000", PATH, HEADER, both)])

    assert [one.message for one in commits] == ["T20260921-000000 opened, notified: 试\n"]


def test_configuration_comes_before_what_is_recorded_at_the_same_instant() -> None:
    change = NewFiles(AT + 30, "lin-lan", "配置", {"records/contract.yaml": b"id: x\n"})
    record = StagedRecord(
        "ticket", "T20260921-000000", PATH, HEADER, (step(0, "opened", "han-xue"),)
    )

    commits = commits_of([change], [record])

    assert [list(one.files) for one in commits] == [["records/contract.yaml"], [PATH]]
    assert commits[1].time - commits[0].time < HOUR
