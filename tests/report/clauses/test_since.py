"""Since when a row fails: the instant that its check knows, else the landing of what it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.service_plan import spoiled
from building.violations.violation import CONTRACT, PARTS, STAFF, at
from weibao.model.finding import Finding, Lapse, Place
from weibao.model.instant import format_instant
from weibao.report.clauses.clause import RowState
from weibao.report.clauses.since import failed
from weibao.report.clauses.table import clauses_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.violations.violation import Edit

AS_OF = at("12-30T12:00:00")
LATER = at("12-01T10:00:00")
PLAN = "records/plan.yaml"
RESERVE = ", {role: reserve, from: 2025-12-01}"
MANAGER = "{role: pm, from: 2025-12-01}"

CASES: tuple[tuple[int, Edit, str], ...] = (
    (11, (CONTRACT, "to: 2027-02-28}", "to: 2026-11-29}"), at("11-30T00:00:00")),
    (12, (CONTRACT, "2026-01-12, due", "2026-03-12, due"), at("02-01T00:00:00")),
    (16, (STAFF, RESERVE, ", {role: reserve, from: 2025-12-01, to: 2026-10-31}"), "11-01"),
    (18, (PARTS, "{suzhou-depot: 1}", "{suzhou-depot: 2}"), at("11-20T10:05:00")),
    (26, (STAFF, MANAGER, "{role: pm, from: 2025-12-01, to: 2026-11-29}"), "11-30"),
)


@pytest.mark.parametrize(("row", "edit", "since"), CASES, ids=lambda value: str(value)[:24])
def test_a_row_fails_since_the_instant_that_its_check_knows(
    tmp_path: Path, row: int, edit: Edit, since: str
) -> None:
    book = spoiled(tmp_path, (edit,), (), AS_OF)
    state = clauses_of(book)[row - 1]
    assert state.state is RowState.FAILS
    assert state.since is not None
    assert format_instant(state.since, book.zone) == (
        since if "T" in since else at(f"{since}T00:00:00")
    )
    assert state.until is None


def test_what_has_no_instant_fails_since_it_landed(tmp_path: Path) -> None:
    edit = (PLAN, "issued_by: chen-jie", "issued_by: li-qiang")
    book = spoiled(tmp_path, (), ((LATER, edit),), AS_OF)
    state = clauses_of(book)[26]
    assert [finding.code for finding in state.findings] == ["O233"]
    assert state.since is not None
    assert format_instant(state.since, book.zone) == LATER


def test_a_span_goes_back_over_what_followed_without_a_break(tmp_path: Path) -> None:
    book = spoiled(tmp_path, (), (), AS_OF)
    now, day = book.as_of, 86400
    finding = Finding("O205", Place(CONTRACT))
    broken, joined = (
        Lapse(finding, now - 9 * day, now - 8 * day),
        Lapse(finding, now - 5 * day, now - 3 * day),
    )
    standing = replace(finding, since=now - 3 * day)
    assert failed([standing], [broken, joined], book) == (now - 5 * day, None)
    assert failed([], [broken, joined], book) == (now - 5 * day, now - 3 * day)
    assert failed([], [], book) == (None, None)


def test_what_is_coming_counts_since_it_is_on_record(tmp_path: Path) -> None:
    """And nothing fails before the term began."""
    book = spoiled(tmp_path, (), (), AS_OF)
    coming = Finding("O207", Place("records/duty.yaml"), since=book.as_of + 1)
    since, _ = failed([coming], [], book)
    assert since is not None
    assert format_instant(since, book.zone) == at("11-27T10:00:00")
    early = replace(coming, since=0)
    assert failed([early], [], book) == (book.elapsed[0], None)
