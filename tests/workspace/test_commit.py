"""A step's commit is git's own: its hooks, its identity, its branch, and nothing but the step."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from building.commands import PATH
from building.pictures import png
from building.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran, Weibao

ACK = ("ticket", "ack", "7K3Q9M")
PICTURE = png()


def hook(repository: Repository, name: str, script: str) -> None:
    file = repository.write(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def refused(weibao: Weibao, *arguments: str) -> Ran:
    """The command, refused with 3, the clone being as it was."""
    repository = weibao.repository

    def state() -> tuple[str, ...]:
        listed = ("status", "--porcelain", "-uall"), ("ls-files", "--stage"), ("for-each-ref",)
        return tuple(repository.git(*one) for one in listed)

    before, text = state(), repository.read(PATH)
    ran = weibao(*arguments)
    assert ran.code == 3
    assert state() == before
    assert repository.read(PATH) == text
    return ran


def test_a_hook_that_refuses_leaves_the_file_and_the_index_as_they_were(weibao: Weibao) -> None:
    hook(weibao.repository, "pre-commit", "echo 不在变更窗口 >&2; exit 1")
    weibao.repository.write("notes.txt", "x\n")
    weibao.repository.git("add", "notes.txt")
    assert "不在变更窗口" in refused(weibao, *ACK).err


def test_a_hook_that_refuses_leaves_no_attachment_behind(weibao: Weibao) -> None:
    hook(weibao.repository, "pre-commit", "exit 1")
    weibao.repository.write("picture.png", PICTURE)
    refused(weibao, "ticket", "attach", "7K3Q9M", "picture.png")
    assert not list(weibao.repository.path.glob("records/attachments/**/*.png"))


def test_a_hook_that_refuses_leaves_no_new_ticket_behind(weibao: Weibao) -> None:
    hook(weibao.repository, "pre-commit", "exit 1")
    refused(
        weibao,
        *("ticket", "open", "--title", "x", "--severity", "1", "--reported-by", "zhang-gong"),
        *("--by", "wang-lei"),
    )


def test_the_hook_of_the_message_runs(weibao: Weibao) -> None:
    hook(weibao.repository, "commit-msg", 'printf "\\nChange: HD-2026\\n" >> "$1"')
    assert weibao(*ACK).code == 0
    assert weibao.repository.git("log", "-1", "--format=%B").endswith("\nChange: HD-2026")


def test_a_commit_that_cannot_be_signed_as_git_is_told_to_is_not_made(weibao: Weibao) -> None:
    weibao.repository.git("config", "commit.gpgsign", "true")
    weibao.repository.git("config", "gpg.program", str(weibao.repository.path / "no-such-gpg"))
    assert "Git did not make the commit" in refused(weibao, *ACK).err


def test_the_commit_is_made_by_whoever_git_says_and_the_entry_too(weibao: Weibao) -> None:
    weibao.repository.git("config", "user.email", "zhao.min@provider.example")
    assert weibao(*ACK).code == 0
    assert weibao.repository.git("log", "-1", "--format=%ae %cI") == (
        "zhao.min@provider.example 2026-11-20T09:30:00+08:00"
    )
    assert weibao.repository.read(PATH).endswith("event: acknowledged, by: zhao-min}\n")


@pytest.fixture
def bare_of_identities(weibao: Weibao, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clone where no variable says who makes a commit, or when, as on anybody's machine."""
    assert weibao.repository
    for name in tuple(os.environ):
        if name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_")):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("bare_of_identities")
def test_a_step_asks_git_once_for_each_thing(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, run = [], subprocess.run

    def noted(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        words = command[command.index("-C") + 2 :]
        asked.append(next(word for word in words if not word.startswith("-")))
        return run(command, **options)

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", noted)
        assert weibao(*ACK).code == 0
    assert asked == ["rev-parse", "config", "status", "commit", "rev-parse"]
    assert weibao.repository.git("status", "--porcelain") == ""


@pytest.mark.usefixtures("bare_of_identities")
@pytest.mark.parametrize("setting", ["user.email", "author.email"])
def test_who_makes_the_commit_is_found_as_git_finds_it(weibao: Weibao, setting: str) -> None:
    weibao.repository.git("config", setting, "zhao.min@provider.example")
    assert weibao(*ACK).code == 0
    assert weibao.repository.git("log", "-1", "--format=%ae") == "zhao.min@provider.example"
    assert weibao.repository.read(PATH).endswith("event: acknowledged, by: zhao-min}\n")


@pytest.mark.usefixtures("bare_of_identities")
def test_a_variable_goes_before_the_setting(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "zhao.min@provider.example")
    assert weibao(*ACK).code == 0
    assert weibao.repository.read(PATH).endswith("event: acknowledged, by: zhao-min}\n")


@pytest.mark.usefixtures("bare_of_identities")
@pytest.mark.parametrize("name", ["", " .,; "])
def test_a_name_of_which_git_would_leave_nothing_is_none(weibao: Weibao, name: str) -> None:
    weibao.repository.git("config", "user.name", name)
    ran = refused(weibao, *ACK, "--by", "li-qiang")
    assert "Git does not know who you are" in ran.err


def test_a_file_that_was_not_committed_yet_is_committed_with_the_step(weibao: Weibao) -> None:
    weibao.repository.git("rm", "--cached", "-q", PATH)
    weibao.repository.git("commit", "-q", "-m", "x")
    hook(weibao.repository, "pre-commit", "echo asked >> asked.txt")
    assert weibao(*ACK).code == 0
    assert weibao.repository.git("show", "--name-only", "--format=", "HEAD") == PATH
    assert weibao.repository.read("asked.txt") == "asked\n"


def test_someone_whom_the_staff_do_not_list_must_be_named(weibao: Weibao) -> None:
    weibao.repository.git("config", "user.email", "someone@example.com")
    ran = weibao(*ACK)
    assert ran.code == 2
    assert "“someone@example.com”" in ran.err
    assert "--by" in ran.err
    assert weibao(*ACK, "--by", "li-qiang").code == 0


def test_without_an_identity_nothing_is_recorded(weibao: Weibao) -> None:
    weibao.repository.git("config", "--unset", "user.name")
    weibao.repository.git("config", "--unset", "user.email")
    weibao.repository.git("config", "user.useConfigOnly", "true")
    ran = refused(weibao, *ACK, "--by", "li-qiang")
    assert "Git does not know who you are" in ran.err
    assert "git config user.email" in ran.err


def test_a_detached_head_can_be_read_and_not_written(weibao: Weibao) -> None:
    weibao.repository.switch(weibao.repository.head)
    assert weibao("status").code == 0
    assert "git switch main" in refused(weibao, *ACK).err


def test_a_merge_half_done_must_be_finished_first(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.branch("other")
    repository.write("notes.txt", "a\n")
    repository.commit()
    repository.switch("main")
    repository.git("merge", "--no-ff", "--no-commit", "other")
    ran = refused(weibao, *ACK)
    assert "merge is half done" in ran.err
    assert "git merge --abort" in ran.err


def test_an_index_lock_left_behind_is_named_and_not_deleted(weibao: Weibao) -> None:
    lock = weibao.repository.write(".git/index.lock", "")
    ran = weibao(*ACK)
    assert ran.code == 3
    assert str(lock) in ran.err
    assert lock.exists()
    assert weibao.repository.read(PATH).count("\n  - ") == 1


def test_what_else_is_staged_or_changed_stays_as_it_is(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.write("records/duty.yaml", repository.read("records/duty.yaml") + "# 待定\n")
    repository.write("staged.txt", "x\n")
    repository.git("add", "staged.txt")
    assert weibao(*ACK).code == 0
    assert repository.git("show", "--name-only", "--format=", "HEAD") == PATH
    assert repository.git("status", "--porcelain").split("\n") == [
        "M records/duty.yaml",
        "A  staged.txt",
    ]


def test_an_attachment_that_git_is_told_to_ignore_is_committed_all_the_same(
    weibao: Weibao,
) -> None:
    weibao.repository.write(".gitignore", "*.png\n")
    weibao.repository.commit()
    weibao.repository.write("picture.png", PICTURE)
    assert weibao("ticket", "attach", "7K3Q9M", "picture.png").code == 0
    assert weibao.repository.git("ls-files", "records/attachments/*.png")
    assert weibao("check").code == 0


def test_variables_that_lead_git_elsewhere_are_ignored(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert weibao(*ACK).code == 0
    for name in ("GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert "acknowledged" in weibao.repository.git("log", "-1", "--format=%s")


def test_a_step_can_be_recorded_from_any_folder_and_in_a_linked_work_tree(
    weibao: Weibao, tmp_path: Path
) -> None:
    assert weibao(*ACK, folder=weibao.repository.path / "records" / "tickets").code == 0
    weibao.repository.git("worktree", "add", "-q", "-b", "night", str(tmp_path / "linked"))
    linked = tmp_path / "linked"
    assert weibao("ticket", "arrive", "7K3Q9M", folder=linked).code == 0
    assert "arrived" in (linked / PATH).read_text(encoding="utf-8")
    assert weibao("check", "records", folder=linked).code == 0
    assert weibao("check", "tickets", folder=weibao.repository.path / "records").code == 0


# Push


def test_a_push_brings_the_commit_to_the_remote(weibao: Weibao, tmp_path: Path) -> None:
    remote = weibao.repository.clone(tmp_path / "remote.git", "--bare")
    weibao.repository.git("remote", "add", "origin", str(remote.path))
    weibao.repository.git("push", "-q", "-u", "origin", "main")
    assert weibao(*ACK, "--push").code == 0
    assert remote.head == weibao.repository.head


def test_a_push_that_is_refused_leaves_the_commit_and_a_second_try_is_safe(
    weibao: Weibao, tmp_path: Path
) -> None:
    remote = weibao.repository.clone(tmp_path / "remote.git", "--bare")
    weibao.repository.git("remote", "add", "origin", str(remote.path))
    weibao.repository.git("push", "-q", "-u", "origin", "main")
    gate = remote.path / "hooks" / "pre-receive"
    gate.write_text("#!/bin/sh\necho 分支受保护 >&2; exit 1\n", encoding="utf-8")
    gate.chmod(0o755)
    ran = weibao(*ACK, "--push")
    assert ran.code == 3
    assert "分支受保护" in ran.err
    assert "weibao sync" in ran.err
    assert f"Commit: {weibao.repository.head[:12]}" in ran.out
    gate.unlink()
    assert weibao("ticket", "arrive", "7K3Q9M", "--push").code == 0
    assert remote.head == weibao.repository.head


def test_a_link_is_neither_read_through_nor_written_through(weibao: Weibao, tmp_path: Path) -> None:
    repository = weibao.repository
    tickets = repository.path / "records" / "tickets"
    tickets.rename(tmp_path / "outside")
    tickets.symlink_to(tmp_path / "outside", target_is_directory=True)
    outside = (tmp_path / "outside" / PATH.removeprefix("records/tickets/")).read_bytes()
    ran = weibao(*ACK)
    assert ran.code == 3
    assert "is a symbolic link" in ran.err
    assert (tmp_path / "outside" / PATH.removeprefix("records/tickets/")).read_bytes() == outside
