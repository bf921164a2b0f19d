"""A file's editions are what the official branch had, when it had them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.proving import clock, day
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.official import editions
from weibao.history.snapshot import read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

FILE = "records/contract.yaml"


def told(repository: Repository) -> list[tuple[str, int, bytes]]:
    history = read_snapshot(Git(repository.path)).history
    return [(one.commit, one.landed, one.raw) for one in editions(history, FILE)]


def test_an_edition_made_on_a_branch_begins_with_its_merge(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    repository.write(FILE, "a: 1\n")
    first = repository.commit(at=day("09:00"))
    repository.branch("side")
    for text in ("a: 2\n", "a: 3\n"):
        repository.write(FILE, text)
        repository.commit(at=day("10:00"))
    repository.switch("main")
    repository.write("README.md", "x")
    repository.commit(at=day("11:00"))
    merge = repository.merge("side", at=day("12:00"))
    repository.write("README.md", "y")
    repository.commit(at=day("13:00"))
    assert told(repository) == [
        (first, clock("09:00"), b"a: 1\n"),
        (merge, clock("12:00"), b"a: 3\n"),
    ]


def test_a_branch_left_out_by_its_merge_makes_no_edition_and_a_way_back_does(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path / "clone")
    repository.write(FILE, "a: 1\n")
    first = repository.commit(at=day("09:00"))
    repository.branch("side")
    repository.write(FILE, "a: 2\n")
    repository.commit(at=day("10:00"))
    repository.switch("main")
    repository.merge("side", at=day("11:00"), options=["-s", "ours"])
    assert [one[0] for one in told(repository)] == [first]
    repository.write(FILE, "a: 2\n")
    second = repository.commit(at=day("12:00"))
    repository.write(FILE, "a: 1\n")
    third = repository.commit(at=day("13:00"))
    assert [one[0] for one in told(repository)] == [first, second, third]
