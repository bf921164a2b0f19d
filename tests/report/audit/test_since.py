"""What changed after the last audit, on real histories; and a history that was put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import (
    CONTRACT_FILE,
    DESK,
    book_at,
    change_file,
    worked_fault,
)
from building.commands import PATH, TICKET, record_repository
from building.contract import a_ticket, entry, ticket_path
from building.proving import step
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import format_instant
from weibao.report.audit.audit import audit_of
from weibao.report.audit.configuration import configuration_of
from weibao.report.audit.since import Since, since, since_unknown
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

OTHER = "T20261121-0THER2"


def changed_since(repository: Repository, commit: str) -> Since:
    """What changed, the earlier commit being judged as of its own time."""
    after = book_at(repository)
    history = read_snapshot(Git(repository.path), commit).history
    then = format_instant(history.time[commit], after.zone)
    return since(book_at(repository, commit, then), after, configuration_of(after))


@pytest.fixture
def fault(tmp_path: Path) -> Repository:
    return worked_fault(tmp_path / "clone")


def test_what_came_after_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    audited = repository.head
    step(repository, entry("09:20", "acknowledged"), "09:22")
    step(repository, entry("10:00", "arrived"), "12:00")
    log = [entry("2026-11-21T09:05:00+08:00", "opened", by="wang-lei")]
    other = a_ticket(OTHER, severity=3, reported_at="2026-11-21T09:00:00+08:00", log=log)
    repository.write(ticket_path(OTHER), other)
    repository.commit(at="2026-11-21T09:06:00+08:00", by=DESK)
    change_file(
        repository,
        CONTRACT_FILE,
        "respond: {within: 30m",
        "respond: {within: 45m",
        at="2026-11-22T09:00:00+08:00",
    )
    found = changed_since(repository, audited)

    assert found.descends
    assert [(one.record, len(one.entries)) for one in found.added] == [(TICKET, 2), (OTHER, 1)]
    assert (found.opened, found.closed) == ((OTHER,), ())
    assert [(record, one.entry.event) for record, one in found.late] == [(TICKET, "arrived")]
    assert [one.path for one in found.configuration] == [CONTRACT_FILE]
    assert found.lost == found.removed == ()


def test_a_promise_that_ran_then_and_was_kept_since_has_not_turned(fault: Repository) -> None:
    opened = fault.git("rev-list", "--reverse", "HEAD").split()[1]
    found = changed_since(fault, opened)

    assert found.turned == ()
    assert found.settled[Outcome.MET] >= 3
    assert found.closed == (TICKET,)


def test_terms_edited_afterwards_turn_nothing_and_are_told(fault: Repository) -> None:
    audited = fault.head
    change_file(
        fault,
        CONTRACT_FILE,
        "respond: {within: 30m",
        "respond: {within: 1m",
        at="2026-11-22T09:00:00+08:00",
    )
    found = changed_since(fault, audited)

    assert found.turned == ()
    (late,) = (one for one in found.new if one.code == "E106")
    assert late.facts["turned"] == 1


def test_an_entry_that_is_gone_is_lost_and_damages_the_record(fault: Repository) -> None:
    audited = fault.head
    line = next(one for one in fault.read(PATH).splitlines() if "event: arrived" in one)
    change_file(fault, PATH, f"{line}\n", "", at="2026-11-22T09:00:00+08:00")
    found = changed_since(fault, audited)

    assert [one.entry.text for lost in found.lost for one in lost.entries] == [line]
    assert "L101" in {one.code for one in found.new}
    assert audit_of(book_at(fault), since=found).unsound


def test_a_history_put_in_the_place_of_another_is_rewritten(fault: Repository) -> None:
    audited = fault.head
    fault.git("reset", "-q", "--hard", "HEAD~3")
    step(fault, entry("12:10", "updated"), "12:11")
    found = changed_since(fault, audited)
    audit = audit_of(book_at(fault), since=found)

    assert not found.descends
    assert {one.entry.event for lost in found.lost for one in lost.entries} >= {"confirmed"}
    assert [one.code for one in audit.unsound] == ["L107"]
    assert audit.unsound[0].facts["commit"] == audited


def test_a_commit_that_is_nowhere_in_the_clone_was_rewritten_as_well(fault: Repository) -> None:
    found = since_unknown(book_at(fault), "f" * 40)

    assert (found.descends, found.as_of) == (False, None)
    assert [one.code for one in audit_of(book_at(fault), since=found).unsound] == ["L107"]


def test_nothing_has_changed_since_now(fault: Repository) -> None:
    found = changed_since(fault, fault.head)

    assert found.descends
    assert (found.added, found.lost, found.turned, found.configuration) == ((), (), (), ())
    assert not audit_of(book_at(fault), since=found).unsound


def test_a_commit_merged_from_a_branch_is_part_of_the_history(fault: Repository) -> None:
    fault.branch("side", "HEAD~1")
    fault.write("notes.txt", "x\n")
    side = fault.commit(at="2026-11-21T09:00:00+08:00")
    fault.switch("main")
    fault.merge("side", at="2026-11-21T10:00:00+08:00")

    assert changed_since(fault, side).descends
