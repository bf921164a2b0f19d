"""What pull requests to the example contract are said to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import entry
from building.repository import Repository
from demo.making import UNTIL
from weibao.demo.hours import at_time
from weibao.history.git.reader import Git
from weibao.history.growth.proposal import as_merged
from weibao.history.snapshot import read_snapshot
from weibao.model.events import State
from weibao.report.difference import difference
from weibao.report.opening import book_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from demo.making import Example
    from weibao.report.difference import Difference


@pytest.fixture
def clone(year: Example, tmp_path: Path) -> Repository:
    """A clone of the example, on a branch of its own."""
    clone = Repository(year.path, init=False).clone(tmp_path / "clone")
    clone.branch("change")
    return clone


def compared(year: Example, clone: Repository) -> Difference:
    """The difference that merging the branch would make at noon of the example's last day."""
    at, before = at_time(UNTIL, 12), year.book
    head = read_snapshot(Git(clone.path), "change")
    merged = as_merged(before.snapshot, head, before.snapshot.files, at)
    return difference(before, book_of(merged, at))


def test_a_lawful_step_adds_its_entry_and_nothing_that_fails(
    year: Example, clone: Repository
) -> None:
    ticket = next(
        one for one in year.book.open_tickets if year.book.states[one.id].state is State.IN_PROGRESS
    )
    owner = year.book.states[ticket.id].owner
    day = UNTIL.isoformat()
    step = entry(f"{day}T11:50:00+08:00", "updated", by=owner, note="等待备件到场")
    clone.append(ticket.path, step)
    clone.commit(at=f"{day}T11:51:00+08:00", by=year.book.records.staff.people[owner].git[0])
    found = compared(year, clone)

    assert found.proposed
    assert [(one.record, len(one.entries)) for one in found.added] == [(ticket.id, 1)]
    assert [one.code for one in found.new] == []
    assert (found.settings, found.moved, found.removed) == ((), (), ())


def test_a_promise_shortened_after_the_fact_shows_every_ticket_that_it_would_have_broken(
    year: Example, clone: Repository
) -> None:
    terms = clone.read("records/contract.yaml")
    assert "restore: {within: 4h" in terms
    clone.write(
        "records/contract.yaml", terms.replace("restore: {within: 4h", "restore: {within: 1h")
    )
    clone.commit(at=f"{UNTIL.isoformat()}T11:51:00+08:00")
    found = compared(year, clone)

    (setting,) = found.settings
    assert setting.setting == "terms"
    assert (found.turned, found.months) == ((), ())
    broken = [one for one in setting.altered if one.after and one.after.outcome is Outcome.BREACHED]
    assert len(broken) >= 2
    assert {one.verdict.target for one in broken} == {"restore"}


def test_a_step_that_is_edited_after_it_landed_fails(year: Example, clone: Repository) -> None:
    ticket = next(one for one in year.book.records.tickets.values() if not one.planned)
    first = ticket.log[0].text
    edited = first.replace(":00+08:00", ":07+08:00", 1)
    clone.write(ticket.path, clone.read(ticket.path).replace(first, edited))
    clone.commit(at=f"{UNTIL.isoformat()}T11:51:00+08:00")
    found = compared(year, clone)

    assert "L101" in {one.code for one in found.new}
    assert {one.record for one in found.new} == {ticket.id}
