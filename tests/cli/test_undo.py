"""``undo``: the last step is taken back while nobody else has it, and nothing besides it moves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET, Weibao
from building.contract import entry
from building.pictures import png

if TYPE_CHECKING:
    from building.repository import Repository

ACK = ("ticket", "ack", "7K3Q9M")
ISSUE = (
    *("spares", "issue", "--part", "hw-s12700-mpu", "--serial", "HDMPU1"),
    *("--depot", "suzhou-depot", "--ticket", "7K3Q9M"),
)
OPEN = ("ticket", "open", "--title", "断网", "--severity", "2", "--reported-by", "zhang-gong")


def state(repository: Repository) -> tuple[str, ...]:
    """What undo leaves as it was: the commit, what is staged, what is in the tree."""
    return (
        repository.head,
        repository.git("ls-files", "--stage"),
        repository.git("status", "--porcelain", "--untracked-files=all"),
        repository.git("diff"),
    )


@pytest.mark.parametrize(
    ("step", "noun"),
    [
        (ACK, "ticket"),
        (OPEN, "ticket"),
        ((*OPEN, "--emergency", "--reported-at", "09:00", "--dispatched-at", "09:05"), "ticket"),
        (("ticket", "attach", "7K3Q9M", "picture.png"), "ticket"),
        (ISSUE, "spares"),
        (("inspection", "start", "quarterly-inspection"), "inspection"),
    ],
)
def test_the_last_step_is_taken_back_and_nothing_else_moves(
    weibao: Weibao, step: tuple[str, ...], noun: str
) -> None:
    repository = weibao.repository
    repository.write("picture.png", png())
    repository.write("notes.md", "staged\n")
    repository.git("add", "notes.md")
    repository.write("notes.md", "staged\nnot staged\n")
    before = state(repository)
    files = {path for path in repository.path.glob("records/**/*") if path.is_file()}
    assert weibao(*step).code == 0
    taken = repository.head
    ran = weibao(noun, "undo")
    assert (ran.code, ran.err) == (0, "")
    assert state(repository) == before
    assert {path for path in repository.path.glob("records/**/*") if path.is_file()} == files
    assert f"git cherry-pick {taken[:12]}" in ran.out
    repository.git("reset", "--quiet", "--hard")
    repository.git("cherry-pick", taken)
    assert repository.head != before[0]


def refused(weibao: Weibao, *words: str) -> str:
    before = state(weibao.repository)
    ran = weibao(*words)
    assert (ran.code, ran.out) == (2, "")
    assert state(weibao.repository) == before
    return ran.err


def test_what_is_at_a_remote_or_on_another_branch_stays(weibao: Weibao) -> None:
    weibao(*ACK)
    weibao.repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    said = refused(weibao, "ticket", "undo")
    assert "is on origin/main too" in said
    assert "weibao ticket amend" in said
    weibao.repository.git("update-ref", "-d", "refs/remotes/origin/main")
    weibao.repository.git("branch", "kept")
    assert "is on kept too" in refused(weibao, "ticket", "undo")
    weibao.repository.git("branch", "-D", "kept")
    assert weibao("ticket", "undo").code == 0


def test_what_the_forge_has_seen_stays(weibao: Weibao) -> None:
    weibao(*ACK)
    repository = weibao.repository
    blob = repository.git(
        "hash-object", "-w", "--stdin", given=f'{{"commit": "{repository.head}"}}\n'.encode()
    )
    tree = repository.git("mktree", given=f"100644 blob {blob}\t2026-11-20.jsonl\n".encode())
    repository.git("update-ref", "refs/weibao/seen", repository.git("commit-tree", "-m", "x", tree))
    assert "The forge has seen" in refused(weibao, "ticket", "undo")


def test_only_the_last_step_of_the_record_that_is_named_is_taken_back(weibao: Weibao) -> None:
    opened = weibao(*OPEN).out[2:18]
    said = refused(weibao, "ticket", "undo", "7K3Q9M")
    assert f"is a step of {opened}" in said
    assert "weibao ticket undo" in said
    assert "weibao spares --help" in refused(weibao, "spares", "undo")
    assert weibao("ticket", "undo", opened[-6:]).code == 0


def test_checks_that_one_command_recorded_are_taken_back_together(weibao: Weibao) -> None:
    (record,) = re.findall(
        r"I\d{8}-\w{6}", weibao("inspection", "start", "quarterly-inspection").out
    )
    weibao.set_clock("2026-11-20T10:45:00+08:00")
    before = state(weibao.repository)
    assert weibao("inspection", "check", record, "--all", "ok").code == 0
    assert weibao.repository.head != before[0]
    ran = weibao("inspection", "undo")
    assert (ran.code, ran.err) == (0, "")
    assert state(weibao.repository) == before


def test_what_was_committed_by_hand_is_no_step(weibao: Weibao) -> None:
    repository = weibao.repository
    assert "no single step" in refused(weibao, "ticket", "undo")
    text = repository.read(PATH)
    repository.write(
        PATH,
        text + entry("09:20", "acknowledged") + "\n" + entry("09:21", "updated", note="x") + "\n",
    )
    repository.commit(f"{TICKET} acknowledged", at="2026-11-20T09:22:00+08:00")
    assert "no single step" in refused(weibao, "ticket", "undo")
    weibao("ticket", "update", TICKET, "--note", "x")
    repository.git("commit", "--amend", "-m", "anything")
    assert "no single step" in refused(weibao, "ticket", "undo")


def test_what_was_changed_after_the_step_is_not_lost(weibao: Weibao) -> None:
    weibao(*ACK)
    weibao("ticket", "update", "7K3Q9M", "--note", "x", "--no-commit")
    assert f"{PATH} was changed after the step" in refused(weibao, "ticket", "undo")


def test_a_lock_of_git_leaves_the_files_and_the_branch_as_they_were(weibao: Weibao) -> None:
    weibao(*OPEN)
    weibao.repository.write(".git/refs/heads/main.lock", "")
    before = state(weibao.repository)
    ran = weibao("ticket", "undo")
    assert ran.code == 2
    assert "Git did not take the commit back" in ran.err
    assert state(weibao.repository) == before
