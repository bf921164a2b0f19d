"""However the work is split over commits and branches, the same steps make the same timeline."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from building.contract import entry
from building.proving import PATH, codes, day, opened, proven
from building.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = settings(max_examples=5, deadline=None)
LINES = [
    entry(f"09:{minute}", "updated", by=by)
    for minute, by in zip(range(20, 26), ("li-qiang", "zhao-min", "wang-lei") * 2, strict=True)
]


def told(repository: Repository) -> list[tuple[int, str, int, str]]:
    """The timeline, as verdicts read it."""
    return [
        (one.entry.at, one.entry.by, one.effective, one.grade)
        for one in proven(repository).timeline
    ]


def split(lines: list[str], cuts: list[bool]) -> Iterator[list[str]]:
    """The lines in order, cut after those marked."""
    part: list[str] = []
    for line, cut in zip(lines, cuts, strict=True):
        part.append(line)
        if cut:
            yield part
            part = []
    if part:
        yield part


def built(folder: Path, parts: Iterator[list[str]]) -> Repository:
    """A ticket whose entries came in these parts, a commit each, all by 09:30."""
    repository = Repository(folder)
    opened(repository)
    for number, part in enumerate(parts):
        repository.append(PATH, *part)
        repository.commit(at=day(f"09:{26 + number % 4}"))
    return repository


@FEW
@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_entries_split_over_commits_give_the_same_timeline(cuts: list[bool]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        whole = built(Path(folder, "whole"), iter([LINES]))
        apart = built(Path(folder, "apart"), split(LINES, cuts))
        assert told(apart) == told(whole)
        assert codes(apart) == []


@FEW
@given(st.lists(st.booleans(), min_size=6, max_size=6), st.permutations(["one", "two"]))
def test_branches_merged_in_either_order_give_the_same_timeline(
    sides: list[bool], order: list[str]
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        whole = built(Path(folder, "whole"), iter([LINES]))
        repository = Repository(Path(folder, "woven"))
        repository.write(".gitattributes", "*.yaml merge=union\n")
        opened(repository)
        for name, side in (("one", True), ("two", False)):
            repository.branch(name, "main")
            repository.append(
                PATH, *(line for line, on in zip(LINES, sides, strict=True) if on is side)
            )
            repository.commit(at=day("09:26"))
        repository.switch("main")
        for name in order:
            repository.merge(name, at=day("09:30"))
        assert told(repository) == told(whole)
        assert codes(repository) == []


@FEW
@given(st.lists(st.sampled_from(["before", "after", "beside"]), max_size=3))
def test_unrelated_commits_change_no_proof(places: list[str]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        repository = Repository(Path(folder, "clone"))
        for number, _ in enumerate(one for one in places if one == "before"):
            repository.write("README.md", f"{number}")
            repository.commit(at=day("09:00"))
        opened(repository)
        repository.append(PATH, *LINES)
        repository.commit(at=day("09:26"))
        before = told(repository)
        for number, place in enumerate(places):
            if place == "beside":
                repository.branch(f"side{number}", "main~1")
            repository.write(f"records/attachments/{number}.txt", place)
            repository.commit(at=day(f"1{number}:00"))
            if place == "beside":
                repository.switch("main")
                repository.merge(f"side{number}", at=day(f"1{number}:30"))
        assert told(repository) == before
        assert codes(repository) == []
