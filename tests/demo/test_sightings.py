"""The example's forge has kept a log of what it saw first, and one dated commit shows by it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from weibao.history.contract_editions import CONTRACT
from weibao.history.first_sight.reading import read_seen, seen_integrity, seen_steps
from weibao.history.git.reader import Git
from weibao.history.git.refs import SEEN_REF
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.report.opening import book_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from demo.making import Example
    from weibao.report.book import Book


@pytest.fixture(scope="module")
def without(year: Example) -> Book:
    """The same Book, had the forge kept no log."""
    return book_of(read_snapshot(Git(year.path), "HEAD", ""), year.book.as_of)


def test_the_log_has_only_ever_grown(year: Example) -> None:
    git = Git(year.path)
    check = seen_integrity(seen_steps(git, git.find(SEEN_REF)))
    assert check.passed
    assert check.examined > 1900


def test_the_log_begins_with_the_contract_before_the_first_record(year: Example) -> None:
    history = year.book.snapshot.history
    git = Git(year.path)
    log = read_seen(git, git.find(SEEN_REF)).log
    (began,) = log.heads.values()
    contract = min(
        (change.commit for change in history.changes if change.path == CONTRACT),
        key=history.time.__getitem__,
    )
    assert began == contract
    assert set(history.commits) - set(log.first) == {began, *history.commits[began].parents}
    assert year.book.unwitnessed is None


def test_every_push_is_seen_within_two_minutes_but_what_came_late_on_purpose(
    year: Example,
) -> None:
    history = year.book.snapshot.history
    git = Git(year.path)
    log = read_seen(git, git.find(SEEN_REF)).log
    late = [
        commit
        for commit, sighting in log.first.items()
        if sighting.time - history.commits[commit].commit_time > 120
    ]
    on_branches = [commit for commit in late if commit not in history.line]
    assert len(late) - len(on_branches) == 1
    assert 1 <= len({history.landing[commit] for commit in on_branches}) <= 2


def test_every_commit_since_the_log_began_is_in_it_and_none_before_its_parents(
    year: Example,
) -> None:
    history = year.book.snapshot.history
    git = Git(year.path)
    log = read_seen(git, git.find(SEEN_REF)).log
    since = {one.id for one in history.commits.values() if one.commit_time >= log.since}
    assert set(log.first) == since
    for commit in since:
        assert log.first[commit].time > history.commits[commit].commit_time
        for parent in history.commits[commit].parents:
            if parent in log.first:
                assert log.first[parent].time <= log.first[commit].time


def test_one_step_dated_back_over_night_is_judged_at_what_the_forge_saw(
    year: Example, without: Book
) -> None:
    turned = [
        (before, after)
        for before, after in zip(without.verdicts, year.book.verdicts, strict=True)
        if before.outcome is not after.outcome
    ]
    assert {(before.outcome, after.outcome) for before, after in turned} == {
        (Outcome.MET, Outcome.BREACHED)
    }
    (ticket,) = {after.ticket for _, after in turned}
    late = [
        (one, other)
        for one, other in zip(
            without.proofs[ticket].entries, year.book.proofs[ticket].entries, strict=True
        )
        if one.grade is not other.grade
    ]
    assert {(one.grade, other.grade) for one, other in late} == {(Grade.SUPPORTED, Grade.LATE)}
    assert {other.evidence for _, other in late} == {other.first_seen for _, other in late}


def test_first_sights_leave_no_promise_to_the_recorders_own_clock(
    year: Example, without: Book
) -> None:
    def alone(book: Book) -> int:
        return sum(
            one.outcome is Outcome.MET and one.at_worst is not Outcome.MET for one in book.verdicts
        )

    assert alone(year.book) == 0
    assert alone(without) > 300
