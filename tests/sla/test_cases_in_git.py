"""Every case of the table, on a real repository that was built from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sla.in_git import build, line_of
from sla.table import cases, contracts, differences
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.report.opening import book_of
from weibao.sla.clock import clocks_of
from weibao.sla.judge import judge

if TYPE_CHECKING:
    from pathlib import Path

    from sla.in_git import Filed
    from weibao.history.history import Snapshot


@pytest.mark.parametrize("contract", contracts(), ids=lambda name: name or "small")
def test_git_says_of_every_case_what_the_table_says(tmp_path: Path, contract: str) -> None:
    told = [case for case in cases() if case.contract == contract]
    repository, filed = build(tmp_path / "contract", contract, told)
    snapshot = with_uncommitted(read_snapshot(Git(repository.path)), filed)
    book = book_of(snapshot, max(case.as_of for case in told))
    clocks, staff = clocks_of(book.records.contract), frozenset(book.records.staff.people)

    wrong = {}
    for ticket in filed:
        record, proof = book.records.tickets[ticket.id], book.proofs[ticket.id]
        verdicts = judge(record, proof, clocks, staff, ticket.case.as_of)
        wrong[ticket.case.title] = differences(ticket.case, verdicts)

    assert {title: found for title, found in wrong.items() if found} == {}


def with_uncommitted(snapshot: Snapshot, filed: list[Filed]) -> Snapshot:
    """The files as they lie in a working tree in which the last lines are not committed yet."""
    added = {
        ticket.path: ticket.text(*(line_of(row, ticket.case.zone) for row in rows)).encode()
        for ticket in filed
        if (rows := [row for row in ticket.case.steps if row.recorded is None])
    }
    return replace(snapshot, files={**snapshot.files, **added})
