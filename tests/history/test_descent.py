"""Where a history begins, and whether it goes on from a commit that somebody holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.proving import day, opened
from building.repository import Repository
from weibao.history.descent import check_descent, check_roots, descends, other_roots
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.history.history import History


def history(repository: Repository) -> History:
    return read_snapshot(Git(repository.path)).history


def joined(folder: Path) -> tuple[Repository, str, str]:
    """A history with two roots: the repository, the first root of its line, and the other."""
    repository = Repository(folder / "clone")
    first = opened(repository)
    repository.git("switch", "-q", "--orphan", "past")
    repository.write("README.md", "x")
    other = repository.commit(at="2019-01-01T00:00:00+08:00")
    repository.switch("main")
    repository.merge("past", at=day("12:00"), options=["--allow-unrelated-histories"])
    return repository, first, other


def test_a_history_descends_from_what_lies_behind_it_and_from_nothing_else(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    first = opened(repository)
    repository.branch("aside")
    aside = repository.commit(at=day("10:00"))
    repository.switch("main")
    head = repository.commit(at=day("11:00"))
    told = history(repository)
    assert [descends(told, one) for one in (first, head, aside, "0" * 40)] == [
        *(True, True),
        *(False, False),
    ]
    assert [one.code for one in check_descent(told, aside)] == ["L107"]
    assert list(check_descent(told, first)) == []


def test_the_root_of_the_official_branch_is_none_of_the_others(tmp_path: Path) -> None:
    repository, _, other = joined(tmp_path)
    assert [one.id for one in other_roots(history(repository))] == [other]


def test_a_branch_that_swallows_the_official_one_makes_its_root_the_other(tmp_path: Path) -> None:
    repository, first, _ = joined(tmp_path)
    repository.switch("past")
    repository.merge("main~1", at=day("13:00"), options=["--allow-unrelated-histories"])
    assert [one.id for one in other_roots(history(repository))] == [first]


def test_only_a_root_that_is_not_declared_is_found(tmp_path: Path) -> None:
    repository, first, other = joined(tmp_path)
    told = history(repository)
    (found,) = check_roots(told, {first: "本仓库"})
    assert (found.code, found.facts["commit"], found.facts["old"]) == ("L108", other, first)
    assert found.facts["time"] == "2018-12-31T16:00:00+00:00"
    assert list(check_roots(told, {other: "并入"})) == []
