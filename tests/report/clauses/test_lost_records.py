"""A row whose check reads tickets or reviews never holds while some of them are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.audited import book_at
from building.repository import Repository
from building.service_plan import AS_OF, COMMITTED, whole_contract
from weibao.report.clauses.table import RowState, clauses_of

if TYPE_CHECKING:
    from pathlib import Path

OF_PAPERS = {3, 6, 8, 10, 11, 12, 15, 26}
"""Rows that rest on configuration, papers and shifts alone."""


def test_a_ticket_that_is_gone_may_have_been_the_one_that_spoke_against_a_row(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path / "clone")
    for name, text in whole_contract().items():
        repository.write(name, text)
    repository.commit("合同", at=COMMITTED)
    before = clauses_of(book_at(repository, as_of=AS_OF))
    assert {row.state for row in before} == {RowState.HOLDS}
    for path in repository.path.glob("records/tickets/**/*.yaml"):
        path.unlink()
    repository.commit("清理", at="2026-11-27T11:00:00+08:00")
    after = clauses_of(book_at(repository, as_of=AS_OF))
    holding = {row.clause.row for row in after if row.state is not RowState.FAILS}
    assert holding == OF_PAPERS
