"""A history that is not whole, or not what its commits say, is refused: never a verdict, never a pass."""

from __future__ import annotations

import os
import stat
import zlib
from hashlib import sha1
from typing import TYPE_CHECKING

import pytest

from building.contract import entry
from building.proving import PATH, day, opened, step
from building.repository import Repository
from hostile.threats import Ending, caught
from weibao.history.git import reader as git_module
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot, working_files
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "origin")
    opened(built)
    step(built, entry("09:20", "acknowledged"), "09:21")
    return built


def refused(path: Path) -> Refusal:
    """The refusal that reading the repository ends in."""
    with pytest.raises(Refusal) as caught:
        read_snapshot(Git(path))
    assert caught.value.exit_code is Exit.UNTRUSTED
    assert caught.value.mend
    return caught.value


def loose(repository: Repository, name: str) -> Path:
    """The file of a loose object."""
    object_id = repository.git("rev-parse", name)
    return repository.path / ".git" / "objects" / object_id[:2] / object_id[2:]


def overwrite(file: Path, data: bytes) -> None:
    """Write into a file that git keeps read-only."""
    file.chmod(stat.S_IREAD | stat.S_IWRITE)
    file.write_bytes(data)


def store(repository: Repository, kind: bytes, body: bytes) -> str:
    """Store an object as it is, however broken; its id."""
    whole = kind + b" %d\0" % len(body) + body
    name = sha1(whole, usedforsecurity=False).hexdigest()
    file = repository.path / ".git" / "objects" / name[:2] / name[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(whole))
    return name


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    clone = repository.clone(tmp_path / "clone", "--depth=1")
    refusal = refused(clone.path)
    assert "shallow" in str(refusal)
    assert "--unshallow" in refusal.mend
    caught("history cut short", Ending.REFUSED)
    clone.git("fetch", "-q", "--unshallow")
    assert read_snapshot(Git(clone.path)).commit == repository.head


def test_a_shallow_clone_seen_from_a_linked_worktree(
    repository: Repository, tmp_path: Path
) -> None:
    clone = repository.clone(tmp_path / "clone", "--depth=1")
    clone.git("worktree", "add", "-q", str(tmp_path / "linked"), "HEAD")
    assert "shallow" in str(refused(tmp_path / "linked"))


def test_a_grafted_history(repository: Repository) -> None:
    grafts = repository.path / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{repository.head}\n", encoding="ascii", newline="\n")
    refusal = refused(repository.path)
    assert "grafts" in str(refusal)
    assert refusal.facts["path"] == str(grafts)


def test_replaced_objects(repository: Repository) -> None:
    repository.git("replace", "HEAD", "HEAD~1")
    assert "replaces" in str(refused(repository.path))


def test_a_partial_clone(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = repository.clone(tmp_path / "clone", "--filter=blob:none", "--no-checkout")
    assert "partial" in str(refused(clone.path))


def test_a_partial_clone_that_hides_it_fetches_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = repository.clone(tmp_path / "clone", "--filter=blob:none", "--no-checkout")
    called = tmp_path / "called"
    clone.git("config", "remote.origin.uploadpack", f"touch '{called.as_posix()}'; git-upload-pack")
    clone.git("config", "protocol.file.allow", "always")
    for mark in (clone.path / ".git" / "objects" / "pack").glob("*.promisor"):
        mark.chmod(stat.S_IREAD | stat.S_IWRITE)
        mark.unlink()
    refused(clone.path)
    assert not called.exists()


def test_borrowed_objects_that_are_gone(repository: Repository, tmp_path: Path) -> None:
    clone = repository.clone(tmp_path / "clone", "--shared")
    borrowed = clone.path / ".git" / "objects" / "info" / "alternates"
    borrowed.parent.mkdir(exist_ok=True)
    borrowed.write_text(f"{tmp_path / 'away'}\n", encoding="utf-8", newline="\n")
    refusal = refused(clone.path)
    assert refusal.facts["path"] == str(tmp_path / "away")


@pytest.mark.parametrize(
    "name",
    [
        *("HEAD", "HEAD^{tree}", "HEAD:records", f"HEAD:{PATH}"),
        *("HEAD~1", "HEAD~1^{tree}", "HEAD~1:records", f"HEAD~1:{PATH}"),
    ],
)
def test_an_object_that_is_missing(repository: Repository, name: str) -> None:
    file = loose(repository, name)
    file.chmod(stat.S_IREAD | stat.S_IWRITE)
    file.unlink()
    refused(repository.path)


@pytest.mark.parametrize("name", [f"HEAD:{PATH}", f"HEAD~1:{PATH}", "HEAD~1"])
def test_an_object_that_is_garbage(repository: Repository, name: str) -> None:
    overwrite(loose(repository, name), b"garbage")
    refused(repository.path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [(f"HEAD:{PATH}", b"09:20", b"09:10"), ("HEAD", b"li.qiang", b"zhao.min")],
)
def test_an_object_changed_behind_its_name(
    repository: Repository, name: str, old: bytes, new: bytes
) -> None:
    file = loose(repository, name)
    body = zlib.decompress(file.read_bytes())
    assert old in body
    overwrite(file, zlib.compress(body.replace(old, new)))
    assert "damaged" in str(refused(repository.path))


@pytest.mark.parametrize(
    "committer",
    [
        b"committer nobody at all",
        b"committer li <li@provider.example> never +0800",
        b"committer li <li@provider.example> 999999999999999 +0800",
        b"committer li <li@provider.example> -5 +0800",
        b"",
    ],
)
def test_a_commit_that_does_not_say_when_it_was_made(
    repository: Repository, committer: bytes
) -> None:
    raw = repository.git("cat-file", "commit", "HEAD").encode()
    head, _, body = raw.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith(b"committer")]
    broken = b"\n".join([*lines, *([committer] if committer else [])]) + b"\n\n" + body
    name = store(repository, b"commit", broken)
    repository.git("update-ref", "refs/heads/main", name)
    refused(repository.path)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "empty")
    assert "no commits" in str(refused(repository.path))


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    refusal = refused(tmp_path)
    assert refusal.facts["path"] == str(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        Git(tmp_path / "nowhere")
    assert caught.value.exit_code is Exit.USAGE


def test_another_users_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    other = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    monkeypatch.setattr(git_module, "ENVIRONMENT", git_module.ENVIRONMENT | other)
    refusal = refused(repository.path)
    assert "another user" in str(refusal)
    assert "safe.directory" in refusal.mend
    trusting = f"[safe]\n\tdirectory = {repository.path.as_posix()}\n"
    (tmp_path / ".gitconfig").write_text(trusting, encoding="utf-8", newline="\n")
    assert read_snapshot(Git(repository.path)).commit


def test_a_machine_without_git(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "not installed" in str(refused(repository.path))


def test_a_bare_repository_has_no_working_tree_to_check(tmp_path: Path) -> None:
    bare = Repository(tmp_path / "bare.git", bare=True)
    with pytest.raises(Refusal) as caught:
        working_files(Git(bare.path))
    assert "bare" in str(caught.value)


def test_nothing_that_a_clone_configures_is_run(repository: Repository, tmp_path: Path) -> None:
    called = tmp_path / "called"
    script = repository.write("evil", f"#!/bin/sh\ntouch '{called.as_posix()}'\ncat\n")
    script.chmod(0o755)
    run = script.as_posix()
    repository.write(".gitattributes", "*.yaml filter=evil diff=evil merge=evil\n")
    repository.commit(at=day("10:00"))
    for key in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean"),
        *("filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "gpg.program"),
        *("alias.rev-parse", "core.alternateRefsCommand", "credential.helper", "pager.ls-tree"),
    ):
        repository.git("config", key, f"!{run}" if key.startswith("alias") else run)
    repository.git("config", "log.showSignature", "true")
    hooks = repository.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / hook).write_bytes(script.read_bytes())
        (hooks / hook).chmod(0o755)
    git = Git(repository.path)
    assert read_snapshot(git).files.keys() == working_files(git)[0].keys()
    assert not called.exists()
    assert os.access(script, os.X_OK)
    caught("clone that bites", Ending.NOT_RUN)
