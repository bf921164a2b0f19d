"""A main that takes requests alone: nothing is stranded there, and nothing lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import OPENED, PATH, Weibao
from building.contract import entry
from building.together import shared_repository

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran
    from building.repository import Repository

NOTE = ("ticket", "update", "7K3Q9M", "--note")
LEAVE = ("duty", "leave", "zhao-min", "2026-11-25", "--yes")
DUTY = "records/duty.yaml"
GATE = """#!/bin/sh
while read old new ref; do
  case $ref in
    refs/heads/main)
      echo "error: GH006: Protected branch update failed for refs/heads/main." >&2
      exit 1 ;;
    *) echo "https://github.com/o/r/pull/new/${ref#refs/heads/}" >&2 ;;
  esac
done
"""


class Guarded:
    """A bare repository whose main takes no push, and a clone of it."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
    ) -> None:
        log = (*OPENED, entry("09:16", "acknowledged"))
        self.remote, (self.mine, self.theirs) = shared_repository(folder, log)
        self.weibao = Weibao(self.mine, monkeypatch, capsys)
        self.gate(GATE)

    def gate(self, script: str) -> None:
        hook = self.remote.path / "hooks" / "pre-receive"
        hook.write_text(script, encoding="utf-8", newline="\n")
        hook.chmod(0o755)

    def on_github(self) -> None:
        """The remote is one of GitHub's, by its address."""
        address = "https://github.com/o/r.git"
        self.mine.git("config", f"url.{self.remote.path}.insteadOf", address)
        self.mine.git("remote", "set-url", "origin", address)

    def done(self, *arguments: str) -> Ran:
        ran = self.weibao(*arguments)
        assert ran.code == 0, ran.err
        assert self.mine.git("status", "--porcelain") == ""
        return ran

    @property
    def branch(self) -> str:
        return self.mine.git("symbolic-ref", "--short", "HEAD")

    def proposal(self) -> str:
        """The one branch of a request at the remote."""
        return self.remote.git("for-each-ref", "--format=%(refname:short)", "refs/heads/propose")

    def merge(self, *options: str) -> None:
        """Somebody presses the forge's button."""
        self.gate("#!/bin/sh\nexit 0\n")
        forge: Repository = self.theirs
        forge.git("pull", "-q", "--ff-only")
        forge.git("fetch", "-q")
        forge.git("merge", "-q", "--no-ff", "-m", "merged", f"origin/{self.proposal()}")
        forge.git("push", "-q", *options)
        self.gate(GATE)


@pytest.fixture
def guarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> Guarded:
    return Guarded(tmp_path, monkeypatch, capsys)


def test_a_refused_step_is_offered_a_request_and_stays_where_it_is(guarded: Guarded) -> None:
    guarded.done(*NOTE, "x")
    head = guarded.mine.head
    ran = guarded.weibao("sync")
    assert ran.code == 3
    assert "GH006" in ran.err
    assert "weibao sync --propose" in ran.err
    assert (guarded.mine.head, guarded.branch, guarded.proposal()) == (head, "main", "")


def test_proposed_steps_stay_in_sight_and_the_next_ones_join_them(guarded: Guarded) -> None:
    landed = guarded.remote.head
    guarded.done(*NOTE, "first")
    head = guarded.mine.head
    ran = guarded.done("sync", "--propose")
    branch = guarded.proposal()
    assert branch == guarded.branch == f"propose/{head[:10]}"
    assert f"It is on origin as the branch {branch}." in ran.out
    assert guarded.mine.git("rev-parse", "main") == landed == guarded.remote.head
    assert "first" in guarded.mine.read(PATH)

    guarded.done(*NOTE, "second")
    assert f"branch {branch} of a request" in guarded.done("sync").out
    assert guarded.remote.git("rev-parse", branch) == guarded.mine.head
    assert "branch of a request already" in guarded.weibao("sync", "--propose").err


def test_once_merged_the_clone_goes_back_with_what_came_after(guarded: Guarded) -> None:
    guarded.done(*NOTE, "first")
    guarded.done("sync", "--propose")
    guarded.merge()
    guarded.done(*NOTE, "late")
    ran = guarded.weibao("sync")  # on main again, which is guarded
    assert "weibao sync --propose" in ran.err
    assert guarded.branch == "main"
    guarded.done("sync", "--propose")
    guarded.gate("#!/bin/sh\nexit 0\n")
    for note in ("first", "late"):
        assert note in guarded.mine.read(PATH)


def test_once_merged_and_nothing_came_after_sync_brings_main(guarded: Guarded) -> None:
    guarded.done(*NOTE, "first")
    guarded.done("sync", "--propose")
    guarded.merge()
    guarded.done("sync")
    assert (guarded.branch, guarded.mine.head) == ("main", guarded.remote.head)


def test_a_request_whose_branch_is_gone_is_told_how_to_go_on(guarded: Guarded) -> None:
    """The forge squashed it and deleted the branch: only a person knows that it was merged."""
    guarded.done(*NOTE, "first")
    guarded.done("sync", "--propose")
    guarded.remote.git("branch", "-q", "-D", guarded.proposal())
    ran = guarded.weibao("sync")
    assert ran.code == 3
    assert "git switch main && weibao sync" in ran.err


def test_configuration_goes_by_request_by_itself(guarded: Guarded) -> None:
    guarded.on_github()
    landed, before = guarded.remote.head, guarded.mine.read(DUTY)
    ran = guarded.done(*LEAVE, "--push")
    branch = guarded.proposal()
    assert f"https://github.com/o/r/pull/new/{branch}" in ran.out
    assert "who: zhao-min" in guarded.remote.git("show", f"{branch}:{DUTY}")
    assert (guarded.branch, guarded.mine.head, guarded.mine.read(DUTY)) == ("main", landed, before)
    assert guarded.mine.git("rev-parse", branch) == guarded.remote.git("rev-parse", branch)
    guarded.merge()
    guarded.done("sync")
    assert "who: zhao-min" in guarded.mine.read(DUTY)


def test_where_main_is_open_configuration_goes_straight_unless_a_request_is_asked_for(
    guarded: Guarded,
) -> None:
    guarded.gate("#!/bin/sh\nexit 0\n")
    guarded.done(*LEAVE, "--push")
    assert (guarded.remote.head, guarded.proposal()) == (guarded.mine.head, "")
    landed = guarded.remote.head
    guarded.done("duty", "leave", "zhao-min", "2026-11-26", "--yes", "--propose")
    assert guarded.proposal()
    assert (guarded.remote.head, guarded.mine.head) == (landed, landed)


def test_what_is_beside_main_by_then_is_joined_on_the_branch(guarded: Guarded) -> None:
    guarded.gate("#!/bin/sh\nexit 0\n")
    assert guarded.weibao(*NOTE, "theirs", "--push", folder=guarded.theirs.path).code == 0
    guarded.gate(GATE)
    guarded.done(*NOTE, "mine", "--at", "09:29")
    guarded.done("sync", "--propose")
    branch = guarded.proposal()
    assert guarded.remote.git("rev-parse", f"{branch}^1") == guarded.remote.head
    for note in ("theirs", "mine"):
        assert note in guarded.mine.read(PATH)


def test_main_is_not_set_back_over_a_file_that_is_being_changed(guarded: Guarded) -> None:
    guarded.done(*LEAVE)
    head = guarded.mine.head
    guarded.mine.append(DUTY, "# 待定")
    ran = guarded.weibao("sync", "--propose")
    assert ran.code == 3
    assert DUTY in ran.err
    assert (guarded.mine.head, guarded.proposal()) == (head, "")
    assert guarded.mine.read(DUTY).endswith("# 待定\n")


def test_what_the_forge_refuses_as_a_request_too_stays_here(guarded: Guarded) -> None:
    guarded.gate("#!/bin/sh\necho 仓库已锁定 >&2\nexit 1\n")
    ran = guarded.weibao(*LEAVE, "--push")
    assert ran.code == 3
    assert "仓库已锁定" in ran.err
    assert guarded.branch == "main"
    assert "who: zhao-min" in guarded.mine.read(DUTY)
    assert guarded.mine.git("rev-list", "--count", "origin/main..main") == "1"


def test_where_nothing_is_only_here_there_is_nothing_to_propose(guarded: Guarded) -> None:
    ran = guarded.weibao("sync", "--propose")
    assert (ran.code, "nothing to propose" in ran.err) == (2, True)
    ran = guarded.weibao("sync", "--propose", "--merge", "HEAD")
    assert (ran.code, "Leave out one" in ran.err) == (2, True)
