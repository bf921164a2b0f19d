"""The clause table: how each row of the service plan stands in a Book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.clauses import principles as rows_principles
from weibao.report.clauses import requests as rows_requests
from weibao.report.clauses import resources as rows_resources
from weibao.report.clauses import service as rows_service
from weibao.report.clauses.clause import Clause, ClauseState, RowState
from weibao.report.clauses.traces import trail_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.model.finding import Finding
    from weibao.report.book import Book
    from weibao.report.clauses.traces import Trail

__all__ = ["CLAUSES", "Clause", "ClauseState", "RowState", "clauses_of"]

CLAUSES: tuple[Clause, ...] = tuple(
    clause
    for rows in (rows_principles, rows_resources, rows_service, rows_requests)
    for clause in rows.ROWS
)
"""Every row, in the order of the service plan."""


def clauses_of(book: Book) -> tuple[ClauseState, ...]:
    """How every row stands, in the order of the table.

    A row whose check is not written is ``not_yet_examined``. Else a finding that speaks of it makes
    it ``fails``; without one, evidence makes it ``holds``, and without evidence it is
    ``no_evidence_yet``: it never holds because nothing was recorded.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in book.findings:
        by_code.setdefault(finding.code, []).append(finding)
    trail = trail_of(book)
    return tuple(_state(clause, trail, by_code) for clause in CLAUSES)


def _state(clause: Clause, trail: Trail, by_code: Mapping[str, Sequence[Finding]]) -> ClauseState:
    records = tuple(dict.fromkeys(clause.evidence(trail)))
    found = (finding for code in clause.codes for finding in by_code.get(code, ()))
    findings = tuple(
        sorted(
            (finding for finding in found if clause.means(finding, trail)),
            key=lambda finding: finding.order,
        )
    )
    return ClauseState(clause, _word(clause, records, findings), records, findings)


def _word(clause: Clause, records: Iterable[str], findings: Iterable[Finding]) -> RowState:
    if not clause.examined:
        return RowState.NOT_EXAMINED
    if findings:
        return RowState.FAILS
    return RowState.HOLDS if records else RowState.NO_EVIDENCE
