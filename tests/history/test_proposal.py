"""A merge that nobody has made yet is judged as the merge will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import entry, ticket_path
from building.pull_requests import OLD, OPEN, on, records
from weibao.history.git.reader import Git
from weibao.history.growth.proposal import as_merged, is_proposed, shared_commit
from weibao.history.snapshot import files_at, official_line, read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.book import Book

TODAY = ticket_path(OPEN)
RESTORED = entry("11:20", "restored", mode="on_site")


def lawful(repository: Repository) -> None:
    repository.append(TODAY, RESTORED)


def edited(repository: Repository) -> None:
    repository.write(TODAY, repository.read(TODAY).replace("T10:30:00", "T10:05:00"))


def deleted(repository: Repository) -> None:
    repository.remove(ticket_path(OLD))


def retitled(repository: Repository) -> None:
    repository.write(TODAY, repository.read(TODAY).replace("主控板告警", "告警"))


def judged(book: Book) -> list[object]:
    """All that must be alike, whatever the merge is called."""
    verdicts = [(one.order, one.outcome, one.due, one.stop, one.grade) for one in book.verdicts]
    findings = [(one.code, one.place) for one in book.findings]
    entries = [
        (key, one.entry.text, one.effective, one.grade, one.landed)
        for key, proof in book.proofs.items()
        for one in proof.entries
    ]
    return [verdicts, findings, entries]


@pytest.mark.parametrize("change", [lawful, edited, deleted, retitled])
@pytest.mark.parametrize("ahead", [False, True], ids=["from the tip", "from behind"])
@pytest.mark.parametrize("merged_at", [on("2026-11-20", "11:40"), on("2026-11-22", "09:00")])
def test_a_proposed_merge_is_judged_as_the_real_one(
    tmp_path: Path, change: Callable[[Repository], None], merged_at: str, *, ahead: bool
) -> None:
    repository = records(tmp_path / "clone")
    repository.branch("change")
    change(repository)
    repository.commit(at=on("2026-11-20", "11:21"))
    repository.switch("main")
    if ahead:
        repository.append(
            "records/actions.yaml", entry("11:25", "done", action="label-patch-panels")
        )
        repository.commit(at=on("2026-11-20", "11:26"))
    git = Git(repository.path)
    base, head = read_snapshot(git, "main"), read_snapshot(git, "change")
    shared = shared_commit(base.history, head.history)
    assert shared is not None
    at = parse_instant(merged_at)
    proposed = as_merged(base, head, files_at(git, shared)[0], at)
    repository.merge("change", at=merged_at)
    real = read_snapshot(git, "main")

    assert is_proposed(proposed)
    assert not is_proposed(real)
    assert proposed.files == real.files
    assert judged(book_of(proposed, at)) == judged(book_of(real, at))


def test_a_branch_that_has_nothing_new_changes_nothing(tmp_path: Path) -> None:
    repository = records(tmp_path / "clone")
    repository.git("branch", "behind", "HEAD~1")
    git = Git(repository.path)
    base = read_snapshot(git, "main")

    assert as_merged(base, read_snapshot(git, "behind"), {}, 0) is base


def test_the_official_line_is_that_of_the_branch_here_and_as_it_was_fetched(tmp_path: Path) -> None:
    repository = records(tmp_path / "clone")
    tip = repository.head
    clone = repository.clone(tmp_path / "other")
    clone.switch(tip)
    clone.git("branch", "-q", "-D", "main")
    clone.branch("change")
    clone.append(TODAY, RESTORED)
    step = clone.commit(at=on("2026-11-20", "11:21"))
    line = official_line(Git(clone.path), "main")

    assert tip in line
    assert step not in line
    assert official_line(Git(clone.path), "no-such-branch") == frozenset()
