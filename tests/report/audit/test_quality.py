"""The quality of the evidence, counted by hand on a fault of eight entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import audit_at, book_at, worked_fault
from building.book import WHOLE_LOG, a_book, files_of
from building.commands import PATH
from building.contract import CONTRACT, a_ticket, entry, of_register, ticket_path, with_register
from weibao.history.proven import Grade
from weibao.report.audit.confirmations import Hands, confirmations_of
from weibao.report.audit.quality import PROVEN, quality_of
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository


@pytest.fixture
def fault(tmp_path: Path) -> Repository:
    return worked_fault(tmp_path / "clone")


def test_an_entry_that_came_late_is_counted_with_its_person_its_event_and_its_grade(
    fault: Repository,
) -> None:
    quality = audit_at(fault).quality
    people = {one.key: one for one in quality.by_person}
    events = {one.key: one for one in quality.by_event}
    grades = {one.key: one for one in quality.by_grade}

    assert people["li-qiang"].by_grade[Grade.LATE] == 1
    assert people["wang-lei"].by_grade[Grade.LATE] == 0
    assert events["arrived"].by_grade == dict.fromkeys(PROVEN, 0) | {Grade.LATE: 1}
    assert grades["C"].entries == 1
    assert grades["C"].lateness is not None
    assert grades["C"].lateness.worst == 90 * 60


def test_lateness_is_the_time_from_the_claim_to_the_commit(fault: Repository) -> None:
    (li_qiang,) = (one for one in audit_at(fault).quality.by_person if one.key == "li-qiang")

    assert li_qiang.lateness is not None
    # 120 s, 5400 s, 60 s and 60 s
    assert (li_qiang.lateness.median, li_qiang.lateness.ninetieth) == (60, 5400)


def test_the_month_is_that_of_the_claim_in_the_zone_of_the_contract(tmp_path: Path) -> None:
    repository = worked_fault(tmp_path / "clone")
    # In UTC it is still November.
    repository.append(PATH, entry("2026-12-01T00:30:00+08:00", "updated", by="wang-lei"))
    repository.commit(at="2026-12-01T00:31:00+08:00")
    months = book_months(repository)

    assert months["2026-12"] == 1
    assert months["2026-11"] == 7


def book_months(repository: Repository) -> dict[str, int]:
    quality = quality_of(book_at(repository, as_of="2026-12-02T00:00:00+08:00"))
    return {one.key: one.entries for one in quality.by_month}


def test_imported_entries_are_counted_apart_and_in_no_share(tmp_path: Path) -> None:
    before = audit_at(worked_fault(tmp_path / "before")).quality.total
    noon = "2026-11-20T12:00:00+08:00"
    contract = with_register(CONTRACT, "2026-11-21T00:00:00+08:00", since=noon)
    moved = worked_fault(tmp_path / "after", contract=contract)
    old = ticket_path("T20261120-0ABCDE")
    log = [entry("09:15", "opened", by="wang-lei"), entry("09:20", "acknowledged")]
    moved.write(old, of_register(a_ticket(old[-21:-5], log=log)))
    moved.commit(at="2026-11-20T23:59:00+08:00")
    after = audit_at(moved).quality.total

    assert after.imported - before.imported == 2
    assert after.entries == before.entries
    assert after.graded(Grade.SUPPORTED) == Tally(after.by_grade[Grade.SUPPORTED], after.entries)


def test_where_there_is_no_entry_there_is_no_figure() -> None:
    log = [entry("09:15", "opened", by="wang-lei")]
    (uncommitted,) = (
        one for one in quality_of(a_book(files_of(a_ticket(log=log)))).by_grade if one.key == "U"
    )

    assert uncommitted.entries == 0
    assert uncommitted.lateness is None
    assert uncommitted.graded(Grade.UNCOMMITTED).share is None


def test_every_entry_is_in_exactly_one_group_of_each_kind(fault: Repository) -> None:
    quality = audit_at(fault).quality

    for groups in (quality.by_person, quality.by_month, quality.by_event, quality.by_grade):
        assert sum(one.entries for one in groups) == quality.total.entries
    assert sum(one.imported for one in quality.by_person) == quality.total.imported


def test_a_confirmation_is_first_hand_where_the_customer_committed_it(fault: Repository) -> None:
    told = confirmations_of(book_at(fault))

    assert told.confirmed == Hands(first_hand=1, reported=0, imported=0, signed=0)
    assert [one.contact for one in told.by_contact] == ["zhang-gong"]


def test_a_confirmation_that_the_desk_wrote_down_is_reported() -> None:
    told = confirmations_of(a_book(files_of(a_ticket(log=WHOLE_LOG))))

    assert told.confirmed == Hands(first_hand=0, reported=1, imported=0, signed=0)
    assert told.confirmed.told.share == 0
    assert told.countersigned.told.share is None
