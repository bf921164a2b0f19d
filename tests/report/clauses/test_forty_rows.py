"""The forty rows: each violation is told on its row, and its healed twin leaves the row clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.service_plan import spoiled
from building.violations import VIOLATIONS
from weibao.model.instant import parse_instant
from weibao.report.clauses.table import CLAUSES, clauses_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.violations.violation import Violation
    from weibao.report.book import Book


def against(book: Book, row: int) -> set[str]:
    state = clauses_of(book)[row - 1]
    return {one.code for one in state.findings} | {one.finding.code for one in state.lapses}


@pytest.mark.parametrize("case", VIOLATIONS, ids=lambda case: f"{case.row}-{case.code}")
def test_a_violated_row_is_told_and_its_healed_twin_is_clean(
    tmp_path: Path, case: Violation
) -> None:
    violated = spoiled(tmp_path / "violated", case.edits, case.later, case.as_of)
    assert case.code in against(violated, case.row)
    healed = spoiled(tmp_path / "healed", case.twin, case.twin_later, case.as_of)
    assert case.code not in against(healed, case.row)
    if case.last:
        last = parse_instant(case.last)
        assert case.code not in against(violated.at(last), case.row)
        assert case.code in against(violated.at(last + 1), case.row)
        state = clauses_of(violated)[case.row - 1]
        begun = [found.since for found in state.findings if found.code == case.code]
        begun += [past.start for past in state.lapses if past.finding.code == case.code]
        assert any(at is not None and last <= at <= last + 1 for at in begun)
        assert state.since is not None
        assert state.since <= last + 1


def test_every_row_has_a_violation_and_its_twin() -> None:
    rows = {clause.row for clause in CLAUSES}
    assert rows == {violation.row for violation in VIOLATIONS}
    names = {clause.row: clause.codes for clause in CLAUSES}
    damage = ("L", "R", "X")
    assert [
        violation
        for violation in VIOLATIONS
        if violation.code not in names[violation.row] and not violation.code.startswith(damage)
    ] == []
