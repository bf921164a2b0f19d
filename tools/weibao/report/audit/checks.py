"""The checks that an audit runs: what each examined, how much of it, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.found import errors
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.integrity import IntegrityCheck
    from weibao.model.finding import Finding
    from weibao.report.book import Book

FAMILIES = ("L", "E", "X", "R")
"""The families whose errors make a contract's records unsound: a breach is none of them."""

_UNITS = {
    "commits_whole": "commits",
    "commit_times": "commits",
    "append_only": "versions",
    "headers_unchanged": "versions",
    "records_kept": "files",
    "descends": "commits",
    "on_branch": "commits",
    "tips": "commits",
    "first_seen": "commits",
    "checkpoints": "files",
    "stamps": "files",
    "months_closed": "files",
}
"""What the checks of the history count; a check that is not named here counts things."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """One check of an audit.

    Attributes:
        name: a word of the kind ``check``.
        unit: what it examined, a word of the kind ``unit``: commits, versions (of files), files,
            records, entries, or things.
        examined: how many of them.
        findings: what it found, of any severity.
    """

    name: str
    unit: str
    examined: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return errors(self.findings)

    @property
    def remarks(self) -> int:
        """How many of them are none."""
        return len(self.findings) - self.errors

    @property
    def passed(self) -> bool:
        """Whether it found no error; what it remarks besides must be looked at all the same."""
        return self.errors == 0


def checks_of(book: Book, more: Iterable[IntegrityCheck] = ()) -> tuple[AuditCheck, ...]:
    """The checks of the history, ``more`` of their kind, and those of files, steps and evidence."""
    history = (*book.checks, *more)
    told = {_identity(finding) for check in history for finding in check.findings}
    rest = [finding for finding in book.findings if _identity(finding) not in told]
    records = book.records
    logs = len(records.tickets) + len(records.inspections)
    entries = sum(len(proof.entries) for proof in book.proofs.values())
    files = sum(path.startswith("records/") for path in book.snapshot.files)
    return (
        *(
            AuditCheck(check.name, _UNITS.get(check.name, "things"), check.examined, check.findings)
            for check in history
        ),
        AuditCheck("files_valid", "files", files, tuple(_of(rest, "R"))),
        AuditCheck("steps_hold", "records", logs, tuple(_of(rest, "X"))),
        AuditCheck("evidence_supports", "entries", entries, tuple(_of(rest, "E", "L"))),
    )


def unsound(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that make the records unsound: the errors of :data:`FAMILIES`."""
    return tuple(
        finding
        for finding in findings
        if finding.code[0] in FAMILIES and RULES[finding.code].severity is Severity.ERROR
    )


def _of(findings: Iterable[Finding], *families: str) -> Iterator[Finding]:
    return (finding for finding in findings if finding.code[0] in families)


def _identity(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.code, finding.place.path, finding.record, str(finding.facts))
