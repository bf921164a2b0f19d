"""The clause table: how each row of the service plan stands in a Book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import midnight
from weibao.report.clauses import principles as rows_principles
from weibao.report.clauses import requests as rows_requests
from weibao.report.clauses import resources as rows_resources
from weibao.report.clauses import service as rows_service
from weibao.report.clauses.clause import Clause, ClauseState, RowState
from weibao.report.clauses.since import failed
from weibao.report.clauses.traces import trail_of
from weibao.report.found import damages

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from weibao.model.finding import Finding, Lapse
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

    A finding that speaks of a row, or damage to a record that bears witness to it makes it ``fails``, and so does
    damage to its files of which nobody can say what they bore witness to; one that spoke of it for a part of the
    term, and does no more, makes it ``failed_and_mended``. Without any, evidence makes it ``holds``, or
    ``imported_only`` where all of it came from an old register, and without evidence it
    is ``no_evidence_yet``: it never holds because nothing was recorded. Before the term begins there is
    none of any, and what came up when the term was over speaks of none.
    """
    contract = book.records.contract
    begun = book.as_of >= midnight(contract.start, book.zone)
    over = midnight(contract.end + timedelta(days=1), book.zone)
    by_code: dict[str, list[Finding]] = {}
    lapses: dict[str, list[Lapse]] = {}
    for finding in book.findings:
        operational = finding.code[0] == "O"
        if not operational or (begun and (finding.since is None or finding.since <= over)):
            by_code.setdefault(finding.code, []).append(finding)
    for lapse in book.lapses:
        lapses.setdefault(lapse.finding.code, []).append(lapse)
    damage = tuple(finding for finding in book.findings if damages(finding))
    trail = trail_of(book)
    clauses = (clause if begun else replace(clause, evidence=_nothing) for clause in CLAUSES)
    return tuple(_state(clause, trail, by_code, lapses, damage) for clause in clauses)


def _nothing(_trail: Trail) -> tuple[str, ...]:
    return ()


def _state(
    clause: Clause,
    trail: Trail,
    by_code: Mapping[str, Sequence[Finding]],
    lapses: Mapping[str, Sequence[Lapse]],
    damage: Sequence[Finding],
) -> ClauseState:
    records = tuple(dict.fromkeys(clause.evidence(trail)))
    found = (finding for code in clause.codes for finding in by_code.get(code, ()))
    against = [finding for finding in found if clause.means(finding, trail)]
    witnesses = {name.partition(":")[0] for name in records}
    against += (
        finding
        for finding in damage
        if finding not in against and _weakens(finding, clause, witnesses, trail)
    )
    findings = tuple(sorted(against, key=lambda finding: finding.order))
    past = (lapse for code in clause.codes for lapse in lapses.get(code, ()))
    stood = tuple(lapse for lapse in past if clause.means(lapse.finding, trail))
    word = _word(trail, records, findings, stood)
    return ClauseState(clause, word, records, findings, stood, *failed(findings, stood, trail.book))


def _weakens(finding: Finding, clause: Clause, witnesses: Container[str], trail: Trail) -> bool:
    """Whether damage is to what bears witness to a row, or to what may have: it can no longer be read."""
    path = finding.place.path
    lost = path not in trail.readable and path.startswith(clause.files)
    return lost or finding.record in witnesses or path in witnesses


def _word(
    trail: Trail, records: Sequence[str], findings: Sequence[Finding], stood: Sequence[Lapse]
) -> RowState:
    if findings or stood:
        return RowState.FAILS if findings else RowState.MENDED
    if not records:
        return RowState.NO_EVIDENCE
    imported = all(_is_imported(trail, record) for record in records)
    return RowState.IMPORTED if imported else RowState.HOLDS


def _is_imported(trail: Trail, record: str) -> bool:
    """Whether a ticket or an inspection came from an old register, with all its entries."""
    proof = trail.book.proofs.get(record)
    return proof is not None and {entry.grade for entry in proof.entries} == {Grade.IMPORTED}
