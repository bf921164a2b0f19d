"""How much of the tickets' time stood still, and who had it so."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from building.audited import book_at
from building.commands import record_repository
from building.contract import entry
from building.proving import step
from weibao.report.audit.pauses import PausedBy, PausedTicket, paused_time_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.audit.pauses import PausedTime

TICKET = "T20261120-7K3Q9M"


def found(repository: Repository, as_of: str = "2026-11-20T14:12:00+08:00") -> PausedTime:
    return paused_time_of(book_at(repository, as_of=as_of))


def paused(path: Path, recorded: str = "10:01") -> Repository:
    """Answered at 9:20 and paused at 10:00 (reported at 9:12 at severity 1, on a clock that never stops)."""
    repository = record_repository(path)
    step(repository, entry("09:20", "acknowledged"), "09:21")
    step(repository, entry("10:00", "paused", reason="site_access"), recorded)
    return repository


def test_a_ticket_that_was_never_paused_is_in_no_share(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    told = found(repository)
    assert (told.judged, told.tickets, told.by_person, told.stood_still.share) == (1, (), (), None)


def test_the_share_of_a_ticket_is_what_it_was_paused_of_all_its_working_time(
    tmp_path: Path,
) -> None:
    repository = paused(tmp_path / "clone")
    step(repository, entry("12:00", "resumed"), "12:01")
    told = found(repository)
    # Reported at 9:12, seen at 14:12: five hours, two of them paused.
    assert told.tickets == (PausedTicket(TICKET, 2 * 3600, 3 * 3600),)
    assert told.stood_still.share == Fraction(2, 5)
    assert told.by_person == (PausedBy("li-qiang", 1, 1, 2 * 3600, 0),)


def test_a_pause_that_runs_counts_to_the_instant(tmp_path: Path) -> None:
    told = found(paused(tmp_path / "clone"), as_of="2026-11-20T11:00:00+08:00")
    assert told.by_person == (PausedBy("li-qiang", 1, 1, 3600, 0),)


def test_a_pause_entered_late_lasts_from_its_evidence_and_is_counted_as_late(
    tmp_path: Path,
) -> None:
    repository = paused(tmp_path / "clone", recorded="11:00")
    step(repository, entry("12:00", "resumed"), "12:01")
    told = found(repository)
    assert told.by_person == (PausedBy("li-qiang", 1, 1, 3600, 1),)
    assert [one.paused for one in told.tickets] == [3600]


def test_a_repair_ends_a_pause_and_a_second_pause_is_counted_by_itself(tmp_path: Path) -> None:
    repository = paused(tmp_path / "clone")
    resolved = entry("10:30", "resumed")
    step(repository, resolved, "10:31")
    step(repository, entry("11:00", "paused", reason="change_freeze", by="wang-lei"), "11:01")
    step(
        repository, entry("11:20", "resolved", mode="remote", cause="误报", action="清除"), "11:21"
    )
    told = found(repository)
    assert told.by_person == (
        PausedBy("li-qiang", 1, 1, 1800, 0),
        PausedBy("wang-lei", 1, 1, 1200, 0),
    )
