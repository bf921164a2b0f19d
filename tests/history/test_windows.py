"""When a commit can really have been made, had its maker's clock lied and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.contract import entry
from building.proving import clock, day, last, opened, step
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.history.times import Window
from weibao.history.windows import windows

if TYPE_CHECKING:
    from pathlib import Path

LI, WANG, SUN = (
    "li.qiang@provider.example",
    "wang.lei@provider.example",
    "sun.yu@provider.example",
)


def history_of(path: Path, *made: tuple[str, str]) -> tuple[Repository, list[str]]:
    """Commits on one line, each at a time of day by an address."""
    repository = Repository(path)
    ids = [repository.commit(f"{at}", at=day(at), by=by) for at, by in made]
    return repository, ids


def found(repository: Repository, people: dict[str, str] | None = None) -> dict[str, Window]:
    return windows(read_snapshot(Git(repository.path)).history, people or {})


def test_a_commit_lies_between_what_others_committed_before_and_after_it(tmp_path: Path) -> None:
    repository, ids = history_of(tmp_path, ("09:00", WANG), ("09:20", LI), ("09:58", SUN))

    assert found(repository)[ids[1]] == Window(clock("09:00"), clock("09:58"), ids[2])


def test_ones_own_later_commits_vouch_for_nothing(tmp_path: Path) -> None:
    repository, ids = history_of(tmp_path, ("09:00", LI), ("09:20", LI), ("09:30", LI))

    assert found(repository)[ids[1]] == Window(None, None, None)


def test_the_first_by_another_ends_the_window_past_any_number_of_ones_own(tmp_path: Path) -> None:
    repository, ids = history_of(
        tmp_path, ("09:00", LI), ("09:10", LI), ("09:20", LI), ("10:00", WANG), ("11:00", SUN)
    )

    assert [found(repository)[one].not_after for one in ids[:3]] == [clock("10:00")] * 3
    assert found(repository)[ids[3]] == Window(clock("09:20"), clock("11:00"), ids[4])


def test_two_addresses_of_one_person_do_not_vouch_for_each_other(tmp_path: Path) -> None:
    repository, ids = history_of(tmp_path, ("09:00", LI), ("09:20", "li@home.example"))

    assert found(repository)[ids[0]].not_after == clock("09:20")
    same = {LI: "li-qiang", "li@home.example": "li-qiang"}
    assert found(repository, same)[ids[0]].not_after is None


def test_a_merge_by_somebody_else_ends_the_windows_of_the_branch(tmp_path: Path) -> None:
    repository, _ = history_of(tmp_path, ("09:00", WANG))
    repository.branch("late")
    kept_back = repository.commit("kept", at=day("09:20"), by=LI)
    repository.switch("main")
    merge = repository.merge("late", at=day("12:00"), by=WANG)

    assert found(repository)[kept_back] == Window(clock("09:00"), clock("12:00"), merge)


def test_an_entry_carries_the_window_of_its_commit_and_the_witness(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    opened(repository)
    step(repository, entry("09:20", "acknowledged"), "09:21")
    assert last(repository).not_after is None

    repository.write("docs/note.md", "x")
    witness = repository.commit("another's commit", at=day("09:58"), by=SUN)
    proven = last(repository)
    assert (proven.not_after, proven.witness) == (clock("09:58"), witness)
