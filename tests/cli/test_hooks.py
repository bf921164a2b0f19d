"""``weibao hooks``: what git is told before a push to the official branch, and that nothing is stopped."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import NOW, PATH, STARTER
from building.contract import entry
from building.repository import clean_environment
from building.together import shared_repository
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran, Weibao
    from building.repository import Repository

SECOND = "puts second what the branch ended in"


@pytest.fixture
def clones(tmp_path: Path, weibao: Weibao) -> tuple[Repository, Repository]:
    """Two clones of one remote; the second has recorded a step, which the first has not fetched."""
    _, (mine, theirs) = shared_repository(tmp_path / "together")
    theirs.append(PATH, entry("09:20", "updated", note="他们的"))
    theirs.commit("他们的", at="2026-11-20T09:21:00+08:00")
    theirs.git("push", "-q", "origin", "HEAD:main")
    weibao.repository = mine
    return mine, theirs


def asked(weibao: Weibao, monkeypatch: pytest.MonkeyPatch, *, ref: str = "refs/heads/main") -> Ran:
    """What is said of pushing HEAD over what was fetched."""
    clone = weibao.repository
    remote = clone.git("rev-parse", "origin/main")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{ref} {clone.head} {ref} {remote}\n"))
    return weibao("hooks", "pre-push")


def pulled(clone: Repository) -> None:
    """A step of one's own, and what an ordinary ``git pull`` makes of it."""
    clone.write("README.md", "说明\n")
    clone.commit("我的", at="2026-11-20T09:22:00+08:00")
    clone.git("fetch", "-q", "origin")
    clone.merge("origin/main", at="2026-11-20T09:23:00+08:00")


def test_a_push_that_puts_the_tip_second_is_warned_of_and_sync_turns_it_round(
    weibao: Weibao, clones: tuple[Repository, Repository], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = clones
    pulled(mine)
    landed = theirs.head
    assert mine.git("rev-parse", "HEAD^2") == landed
    ran = asked(weibao, monkeypatch)
    assert ran.code == 0
    assert SECOND in ran.err

    assert weibao("sync").code == 0
    line = mine.git("rev-list", "--first-parent", "HEAD").split()
    assert landed in line
    assert mine.git("rev-parse", "origin/main") == mine.head


def test_a_push_that_goes_on_or_is_to_another_branch_is_let_be(
    weibao: Weibao, clones: tuple[Repository, Repository], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, _ = clones
    mine.git("pull", "-q", "--ff-only", "origin", "main")
    mine.append(PATH, entry("09:24", "updated", note="我的"))
    mine.commit("我的", at="2026-11-20T09:24:30+08:00")

    ran = asked(weibao, monkeypatch)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    pulled(mine)
    ran = asked(weibao, monkeypatch, ref="refs/heads/feature")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_push_that_loses_a_landed_line_is_warned_of(
    weibao: Weibao, clones: tuple[Repository, Repository], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, _ = clones
    mine.git("pull", "-q", "--ff-only", "origin", "main")
    mine.write(PATH, mine.read(PATH).replace("09:20", "09:19"))
    mine.commit("改写", at="2026-11-20T09:25:00+08:00")
    ran = asked(weibao, monkeypatch)
    assert ran.code == 0
    assert "would have errors" in ran.err
    assert "L101" in ran.out


def test_what_git_says_of_a_deletion_or_of_a_tip_unknown_here_is_passed_over(
    weibao: Weibao, clones: tuple[Repository, Repository], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = clones
    zero = "0" * 40
    lines = (
        f"(delete) {zero} refs/heads/main {mine.head}\n",
        f"refs/heads/main {mine.head} refs/heads/main {zero}\n",
        f"refs/heads/main {mine.head} refs/heads/main {theirs.head}\n",
        "x\n",
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(lines)))
    ran = weibao("hooks", "pre-push")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.needs("sh")
@pytest.mark.parametrize("there", [True, False])
def test_git_runs_the_hook_and_pushes_whatever_it_says(
    weibao: Weibao, clones: tuple[Repository, Repository], tmp_path: Path, *, there: bool
) -> None:
    mine, _ = clones
    assert weibao("hooks", "install").code == 0
    assert weibao("hooks", "install").code == 0
    pulled(mine)
    folder = tmp_path / "bin"
    folder.mkdir()
    if there:
        starter = tmp_path / "starter.py"
        starter.write_text(STARTER, encoding="utf-8")
        shim = folder / "weibao"
        now = parse_instant(NOW)
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{starter}" {now} "$@"\n')
        shim.chmod(0o755)
    git = shutil.which("git")
    assert git
    for name in ("sh", "git"):
        (folder / name).symlink_to(shutil.which(name) or "")
    done = subprocess.run(
        [git, "push", "-q", "origin", "HEAD:main"],
        cwd=mine.path,
        env=clean_environment() | {"PATH": str(folder), "WEIBAO_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert (SECOND in done.stderr) is there
    assert mine.git("ls-remote", "origin", "refs/heads/main").split()[0] == mine.head


def test_another_hook_is_left_alone(weibao: Weibao, clones: tuple[Repository, Repository]) -> None:
    mine, _ = clones
    hook = mine.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n")
    ran = weibao("hooks", "install")
    assert ran.code == 2
    assert "weibao hooks pre-push" in ran.err
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    hook.unlink()
    assert weibao("hooks", "install").code == 0
    assert os.name == "nt" or hook.stat().st_mode & 0o111
