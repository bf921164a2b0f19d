"""The third reading: what holds when none of the provider's clocks is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.book import a_book, files_of
from building.contract import CONTRACT, a_ticket, entry, small_contract, ticket_path
from building.repository import Repository
from building.sightings import keep_log
from hostile.threats import Ending, caught
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

TICKET = "T20261120-7K3Q9M"
PATH = ticket_path(TICKET)
COVERS = "covers: {from: 2026-01-01, to: 2026-11-19}"
AS_OF = parse_instant("2026-11-20T12:00:00+08:00")
LI, WANG, SUN = (
    "li.qiang@provider.example",
    "wang.lei@provider.example",
    "sun.yu@provider.example",
)


def acknowledged(path: Path) -> Repository:
    """A severity 1 ticket of 09:12, acknowledged at 09:20 and recorded a minute after."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    repository.commit(at="2025-12-01T09:00:00+08:00", by=WANG)
    repository.write(PATH, a_ticket(TICKET, log=[entry("09:12", "opened", by="wang-lei")]))
    repository.commit(at="2026-11-20T09:13:00+08:00", by=WANG)
    repository.append(PATH, entry("09:20", "acknowledged"))
    repository.commit(at="2026-11-20T09:21:00+08:00", by=LI)
    return repository


def book(repository: Repository) -> Book:
    return book_of(read_snapshot(Git(repository.path)), AS_OF)


def respond(repository: Repository) -> tuple[Outcome, Outcome]:
    """The verdict on the response, and what it is at worst."""
    (found,) = (one for one in book(repository).verdicts if one.target == "respond")
    return found.outcome, found.at_worst


def note(repository: Repository, at: str, by: str) -> None:
    repository.write("docs/note.md", at)
    repository.commit(at=f"2026-11-20T{at}:00+08:00", by=by)


def test_a_response_that_nobody_else_has_seen_rests_on_its_recorders_clock(tmp_path: Path) -> None:
    assert respond(acknowledged(tmp_path)) == (Outcome.MET, Outcome.BREACHED)


def test_a_commit_that_the_forge_saw_in_time_holds(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path)
    keep_log(repository, {repository.head: "2026-11-20T09:35:00+08:00"})

    assert respond(repository) == (Outcome.MET, Outcome.MET)


def test_a_later_commit_that_the_forge_saw_in_time_shows_that_the_one_before_was_there(
    tmp_path: Path,
) -> None:
    repository = acknowledged(tmp_path)
    note(repository, "09:30", LI)
    keep_log(repository, {repository.head: "2026-11-20T09:35:00+08:00"})

    assert respond(repository) == (Outcome.MET, Outcome.MET)


def test_a_commit_that_the_forge_saw_too_late_for_its_claim_is_dated_by_that(
    tmp_path: Path,
) -> None:
    repository = acknowledged(tmp_path)
    keep_log(repository, {repository.head: "2026-11-20T09:43:00+08:00"})

    assert respond(repository) == (Outcome.MET, Outcome.BREACHED)


def test_two_free_hours_and_a_made_up_colleague_gain_nothing_at_worst(tmp_path: Path) -> None:
    """Committed with the claimed time and pushed within the four hours that a landing may take."""
    repository = acknowledged(tmp_path)
    note(repository, "09:40", SUN)
    keep_log(repository, {repository.head: "2026-11-20T11:40:00+08:00"})

    assert respond(repository) == (Outcome.MET, Outcome.BREACHED)
    (found,) = (one for one in book(repository).verdicts if one.target == "respond")
    assert found.grade is Grade.OWN_CLOCK
    caught("two free hours", Ending.AT_WORST)


def test_no_verdict_is_better_at_worst_than_on_the_evidence(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path)
    repository.append(PATH, entry("09:30", "paused", reason="site_access"))
    repository.commit(at="2026-11-20T09:31:00+08:00", by=LI)
    repository.append(PATH, entry("11:00", "resumed"))
    repository.commit(at="2026-11-20T11:01:00+08:00", by=SUN)
    ranked = [Outcome.BREACHED, Outcome.AT_RISK, Outcome.RUNNING, Outcome.MET]

    verdicts = book(repository).verdicts
    assert {one.target for one in verdicts} >= {"respond", "restore", "resolve"}
    for verdict in verdicts:
        assert ranked.index(verdict.at_worst) <= ranked.index(verdict.outcome)


def test_what_no_calendar_can_judge_is_missed_at_worst() -> None:
    short = CONTRACT.replace("covers: {from: 2026-01-01, to: 2026-12-31}", COVERS)
    assert COVERS in short
    ticket = a_ticket(TICKET, severity=3, log=[entry("09:12", "opened", by="wang-lei")])
    verdicts = a_book(files_of(ticket, contract=short), as_of="2026-11-20T12:00:00+08:00").verdicts
    assert {(one.outcome, one.at_worst) for one in verdicts} == {
        (Outcome.UNDETERMINED, Outcome.BREACHED)
    }
