"""Rows are judged over the term: nothing holds or fails before it, and what comes after it speaks of none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from building.service_plan import committed_book, whole_contract
from weibao.report.clauses.table import RowState, clauses_of
from weibao.report.figure import whole_month

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = "records/contract.yaml"
AFTER = "2027-06-28T12:00:00+08:00"


def test_a_credential_that_runs_out_when_the_term_is_over_fails_no_row(tmp_path: Path) -> None:
    """The credential ends in February, the cover of the equipment with the term; one action stayed undone."""
    rows = clauses_of(committed_book(tmp_path / "clone", whole_contract(), as_of=AFTER))
    assert {row.clause.row for row in rows if row.state is not RowState.HOLDS} == {10}


def test_one_that_runs_out_on_the_last_day_but_one_does(tmp_path: Path) -> None:
    files = whole_contract()
    files[CONTRACT] = files[CONTRACT].replace("to: 2027-02-28", "to: 2026-12-30")
    rows = clauses_of(committed_book(tmp_path / "clone", files, as_of=AFTER))
    assert rows[10].state is RowState.FAILS


def test_before_the_term_begins_no_row_holds_or_fails_and_no_rota_is_covered(
    tmp_path: Path,
) -> None:
    files = whole_contract()
    files[CONTRACT] = files[CONTRACT].replace(
        "term: {start: 2026-01-01, end: 2026-12-31}", "term: {start: 2026-12-01, end: 2027-11-30}"
    )
    book = committed_book(tmp_path / "clone", files, as_of="2026-11-30T23:59:59+08:00")
    states = Counter(row.state for row in clauses_of(book))
    assert states == {RowState.NO_EVIDENCE: 40}
    assert book.figure("rota", whole_month("2026-11", book.zone)).tally.of == 0
    begun = book.at(book.as_of + 1)
    assert RowState.HOLDS in {row.state for row in clauses_of(begun)}
