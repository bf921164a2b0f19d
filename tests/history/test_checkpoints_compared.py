"""Checkpoints in the audit: those kept in the repository and those of an auditor, and their stamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.authority import Authority
from building.contract import entry
from building.proving import opened, step
from building.repository import Repository
from weibao.history.checkpoints.checkpoint import checkpoint_bytes, checkpoint_of, contents_of
from weibao.history.checkpoints.comparison import (
    Given,
    checkpoint_checks,
    commits_named,
    examine_checkpoints,
    lone_stamps,
    together,
)
from weibao.history.checkpoints.kept import contents_at, kept_checkpoints
from weibao.history.git.reader import Git
from weibao.history.signatures.stamp import StampedAt, Trust, auditor_trust
from weibao.history.snapshot import read_snapshot
from weibao.model.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.history.checkpoints.comparison import Examined

NOBODY = Trust(frozenset(), "contract")


pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "clone")
    opened(made)
    return made


def taken(repository: Repository) -> bytes:
    snapshot = read_snapshot(Git(repository.path))
    one = checkpoint_of(snapshot.history, snapshot.commit, contents_of(snapshot.files))
    return checkpoint_bytes(one)


def examine(
    repository: Repository, files: Mapping[str, bytes], trust: Trust = NOBODY
) -> tuple[Examined, ...]:
    git = Git(repository.path)
    history = read_snapshot(git).history
    held = together(files)
    contents = contents_at(git, commits_named(held, history))
    return examine_checkpoints(held, history, contents, trust)


def told(files: Mapping[str, bytes], examined: tuple[Examined, ...]) -> list[tuple[object, ...]]:
    return [
        (one.name, one.examined, [f"{each.code} {each.place.path}" for each in one.findings])
        for one in checkpoint_checks(examined, lone_stamps(files))
    ]


def test_without_checkpoints_there_is_nothing_to_examine(repository: Repository) -> None:
    assert told({}, examine(repository, {})) == [("checkpoints", 0, []), ("stamps", 0, [])]


def test_checkpoints_and_stamps_that_hold_pass(
    repository: Repository, authority: Authority
) -> None:
    first = taken(repository)
    step(repository, entry("09:40", "acknowledged"), "09:41")
    files = {
        "a.json": first,
        "a.tsr": authority.stamp(first),
        "a.pem": authority.chain,
        "b.json": taken(repository),
    }
    examined = examine(repository, files, auditor_trust(authority.root) or NOBODY)
    assert told(files, examined) == [("checkpoints", 2, []), ("stamps", 1, [])]
    assert examined[1].stamp is None
    assert isinstance(examined[0].stamp, StampedAt)


def test_every_file_answers_for_itself(repository: Repository, authority: Authority) -> None:
    good = taken(repository)
    other = good.replace(b'"records": 1', b'"records": 2')
    files = {
        "a.json": good,
        "b.json": good.replace(repository.head.encode(), b"0" * 40),
        "c.json": other,
        "c.tsr": authority.stamp(good),
        "c.pem": authority.chain,
        "d.json": b"{",
        "e.json": b" " * (1 << 20),
        "f.tsr": authority.stamp(good),
        "g.txt": b"no checkpoint, and none of ours\n",
    }
    examined = examine(repository, files, auditor_trust(authority.root) or NOBODY)
    assert told(files, examined) == [
        ("checkpoints", 5, ["L110 b.json", "L111 c.json", "L112 d.json", "L112 e.json"]),
        ("stamps", 2, ["L113 c.tsr", "L112 f.tsr"]),
    ]


def test_what_is_kept_is_read_out_of_the_commit(repository: Repository) -> None:
    kept = taken(repository)
    repository.write("checkpoints/20261120-x.json", kept)
    repository.write("checkpoints/20261120-x.tsr", b"\x00\xff")
    repository.write("checkpoints/README.md", "# notes\n")
    commit = repository.commit()
    repository.write("checkpoints/20261120-x.json", "changed and not committed\n")
    assert kept_checkpoints(Git(repository.path), commit) == {
        "checkpoints/20261120-x.json": kept,
        "checkpoints/20261120-x.tsr": b"\x00\xff",
    }
    assert told({}, examine(repository, kept_checkpoints(Git(repository.path), commit)))[0] == (
        ("checkpoints", 1, [])
    )


def test_a_stamp_whose_checkpoint_was_taken_away_is_found(repository: Repository) -> None:
    repository.write("checkpoints/x.tsr", b"\x00")
    files = kept_checkpoints(Git(repository.path), repository.commit())
    assert told(files, examine(repository, files))[1] == ("stamps", 1, ["L112 checkpoints/x.tsr"])


def test_an_auditor_s_file_may_have_any_name(repository: Repository) -> None:
    raw = taken(repository)
    names = ("我的检查点", "folder.d/kept", "kept.json", "kept.json.txt")
    held = [Given(name, raw, b"broken") for name in names]
    history = read_snapshot(Git(repository.path)).history
    contents = contents_at(Git(repository.path), commits_named(held, history))
    examined = examine_checkpoints(held, history, contents, NOBODY)
    places = [one.stamp.place.path for one in examined if isinstance(one.stamp, Finding)]
    assert places == ["我的检查点.tsr", "folder.d/kept.tsr", "kept.tsr", "kept.json.tsr"]
    assert [one.findings for one in examined] == [()] * 4
