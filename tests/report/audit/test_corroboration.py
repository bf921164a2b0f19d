"""What kept promises rest on: what somebody outside has witnessed, and what only the provider says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.audited import DESK, book_at
from building.commands import record_repository
from building.contract import CONTRACT, a_ticket, entry, of_register, ticket_path, with_register
from building.proving import day, step
from building.sightings import keep_log
from weibao.report.audit.corroboration import corroboration_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.audit.corroboration import Corroboration

LATER = "2026-11-23T12:00:00+08:00"


def found(repository: Repository) -> Corroboration:
    return corroboration_of(book_at(repository, as_of=LATER))


def acknowledged(path: Path) -> Repository:
    """The response, kept by the clock of whoever recorded it."""
    repository = record_repository(path)
    step(repository, entry("09:20", "acknowledged"), "09:22")
    return repository


def test_a_promise_rests_on_the_providers_clocks_alone_until_the_forge_has_seen_it(
    tmp_path: Path,
) -> None:
    repository = acknowledged(tmp_path / "clone")
    step(repository, entry("09:30", "updated", by="wang-lei"), "09:31", by=DESK)
    before = found(repository)
    keep_log(repository, {repository.head: day("09:32")})
    after = found(repository)

    assert (before.total.alone, before.total.corroborated) == (1, 0)
    assert (after.total.alone, after.total.corroborated) == (0, 1)
    assert (before.total.vouched.share, after.total.vouched.share) == (0, 1)


def test_what_the_forge_saw_too_late_is_not_witnessed(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path / "clone")
    keep_log(repository, {repository.head: day("12:00")})

    assert (found(repository).total.alone, found(repository).total.corroborated) == (1, 0)


def test_a_promise_is_counted_with_who_stopped_its_clock_and_in_its_month(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path / "clone")

    assert [(one.key, one.met) for one in found(repository).by_person] == [("li-qiang", 1)]
    assert [(one.key, one.met) for one in found(repository).by_month] == [("2026-11", 1)]


def test_the_width_of_a_window_is_the_time_between_the_commits_of_others(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path / "clone")  # opened by the desk in a commit of 09:16
    assert found(repository).total.windows.widths is None
    assert found(repository).total.windows.open == 1
    step(repository, entry("09:30", "updated", by="wang-lei"), "09:31", by=DESK)
    windows = found(repository).total.windows

    assert windows.open == 0
    assert windows.widths is not None
    assert (windows.widths.count, windows.widths.median) == (1, 15 * 60)


def test_every_kept_promise_is_counted_once(tmp_path: Path) -> None:
    repository = acknowledged(tmp_path / "clone")
    step(repository, entry("09:40", "arrived"), "09:41")
    step(repository, entry("09:50", "restored", mode="on_site"), "09:51")
    book = book_at(repository, as_of=LATER)
    told = corroboration_of(book)

    assert told.total.met == sum(one.outcome is Outcome.MET for one in book.verdicts)
    for groups in (told.by_person, told.by_month):
        assert sum(one.met for one in groups) == told.total.met


def test_a_promise_kept_on_imported_entries_is_neither(tmp_path: Path) -> None:
    noon = "2026-11-20T12:00:00+08:00"
    log = [entry("09:15", "opened", by="wang-lei"), entry("09:16", "acknowledged")]
    repository = record_repository(
        tmp_path / "clone", contract=with_register(CONTRACT, noon, since=noon)
    )
    old = ticket_path("T20261120-0ABCDE")
    repository.write(old, of_register(a_ticket(old[-21:-5], log=log)))
    repository.commit(at="2026-11-20T11:59:00+08:00")
    total = found(repository).total

    assert (total.imported, total.corroborated, total.alone) == (1, 0, 0)
    assert total.vouched.share is None
