"""What a Book says of a ticket's state, read from a real repository and its commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import record_repository
from building.contract import a_ticket, entry, small_contract
from building.proving import OPENED, PATH, TICKET, clock, day, opened, step
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.agreed_figures import figure_over
from weibao.report.audit.checks import unsound
from weibao.report.figure import whole_month
from weibao.report.opening import book_of
from weibao.report.soundness import damage, errors_of_record

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

RESTORED = entry("10:00", "restored", mode="remote")
RESOLVED = entry("10:05", "resolved", mode="remote", cause="内存故障", action="更换主控板")
REOPENED = entry("11:00", "reopened", reason="再次告警")
CANCELLED = entry("10:00", "cancelled", by="wang-lei", reason="误报")
CONFIRMED = entry("10:10", "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
CLOSED = entry("10:20", "closed", by="wang-lei")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "clone")
    for path, text in small_contract().items():
        built.write(path, text)
    built.commit("合同", at=day("08:00"))
    return built


def book(repository: Repository, as_of: str) -> Book:
    return book_of(read_snapshot(Git(repository.path)), clock(as_of))


def minutes_down(repository: Repository, as_of: str = "14:00") -> int:
    found = book(repository, as_of).availability.assets["core-sw-01"]
    assert found.down_seconds % 60 == 0
    return found.down_seconds // 60


@pytest.mark.parametrize(("recorded", "down"), [("09:13", 48), ("09:00", 60)])
def test_what_is_down_is_so_from_when_its_report_was_committed_if_that_was_before_it_is_dated(
    repository: Repository, recorded: str, down: int
) -> None:
    opened(repository, at=recorded)
    step(repository, RESTORED, "10:01")
    assert minutes_down(repository) == down


@pytest.mark.parametrize(("recorded", "down"), [("10:01", 48), ("10:15", 48), ("11:12", 120)])
def test_what_was_restored_long_before_anybody_recorded_it_was_down_until_then(
    repository: Repository, recorded: str, down: int
) -> None:
    opened(repository)
    step(repository, RESTORED, recorded)
    assert minutes_down(repository) == down


def test_what_was_reopened_within_the_recheck_was_down_all_the_while(
    repository: Repository,
) -> None:
    opened(repository)
    step(repository, RESTORED, "10:01")
    step(repository, RESOLVED, "10:06")
    step(repository, REOPENED, "11:01")
    step(repository, entry("12:00", "restored", mode="remote"), "12:01")
    assert minutes_down(repository) == 168


def test_a_restoration_dated_into_the_future_has_not_restored_anything_yet(
    repository: Repository,
) -> None:
    opened(repository)
    step(repository, RESTORED, "09:57")
    assert minutes_down(repository, "09:58") == 46
    assert minutes_down(repository, "10:03") == 48


@pytest.mark.parametrize(("as_of", "down"), [("09:59", 47), ("10:00", 0)])
def test_a_cancellation_makes_nothing_of_an_outage_before_it_was_made(
    repository: Repository, as_of: str, down: int
) -> None:
    opened(repository)
    step(repository, CANCELLED, "10:01")
    assert minutes_down(repository, as_of) == down


@pytest.mark.parametrize(
    ("log", "is_open"),
    [
        ((OPENED,), True),
        ((OPENED, CANCELLED), False),
        ((OPENED, RESOLVED), True),
        ((OPENED, RESOLVED, CONFIRMED, CLOSED), False),
        ((OPENED, RESOLVED, CONFIRMED, CLOSED, REOPENED), True),
    ],
)
def test_a_ticket_is_open_until_it_is_closed_or_cancelled_and_nobody_waits_on_one_that_is_not(
    repository: Repository, log: tuple[str, ...], *, is_open: bool
) -> None:
    repository.write(PATH, a_ticket(TICKET, log=log))
    repository.commit(at=day("09:13"))
    found = book(repository, "14:00")
    assert [ticket.id for ticket in found.open_tickets] == ([TICKET] if is_open else [])
    assert found.silences.keys() <= {ticket.id for ticket in found.open_tickets}


def test_the_damage_of_one_record_is_that_of_its_findings(tmp_path: Path) -> None:
    late = entry("09:10", "acknowledged")
    repository = record_repository(tmp_path / "r", log=(OPENED, late, entry("09:20", "closed")))
    book = book_of(read_snapshot(Git(repository.path)), parse_instant("2026-11-20T12:00:00+08:00"))
    found = [one for one in book.findings if one.record == TICKET and one.code[0] in "RXL"]
    assert list(book.damage(TICKET)) == found
    assert {one.code for one in found} == {"X201", "X202"}


FIGURES = ("availability", "availability_contract", "rota", "time_between_outages")


def counted(repository: Repository, month: str) -> set[str]:
    """The figures that have anything to count in a month, of those that no ticket is needed for."""
    found = book(repository, "14:00")
    period = whole_month(month, found.zone)
    return {name for name in FIGURES if figure_over(found, name, period).counted}


def test_what_makes_the_record_unsound_is_told_without_asking_every_rule(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.write(PATH, repository.read(PATH).replace("severity: 1", "severity: 2"))
    repository.commit("等级", at=day("10:00"))
    repository.write(PATH, f"{repository.read(PATH)}{entry('09:50', 'arrived', by='nobody')}")
    repository.commit("到场", at=day("10:30"))
    counted, whole = (book(repository, "12:00") for _ in range(2))
    told = {finding.code for finding in unsound(whole.findings)}
    assert {"L", "X"} <= {code[0] for code in told}
    assert errors_of_record(counted) == len(unsound(whole.findings))
    assert damage(counted) == sum(finding.code[0] == "L" for finding in whole.findings)
    assert "findings" not in vars(counted)


def test_a_month_before_anything_was_recorded_has_no_figures(repository: Repository) -> None:
    """The contract runs since December 2025, and its first commit is of 20 November 2026."""
    assert counted(repository, "2026-10") == set()
    assert counted(repository, "2026-11") == set(FIGURES)


def test_months_of_which_tickets_came_in_later_have_their_figures(repository: Repository) -> None:
    late = a_ticket("T20260915-0ABCDE", reported_at="2026-09-15T09:12:00+08:00")
    repository.write("records/tickets/2026/09/15/T20260915-0ABCDE.yaml", late)
    repository.commit("补录", at=day("13:00"))
    assert counted(repository, "2026-08") == set()
    assert counted(repository, "2026-10") == set(FIGURES)
