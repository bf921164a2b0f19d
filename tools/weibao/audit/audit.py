"""The Audit: all that an auditor is told of a Book, worked out once for every view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.audit.checks import checks_of, unsound
from weibao.audit.clauses import clauses_of
from weibao.audit.configuration import configuration_of
from weibao.audit.confirmations import confirmations_of
from weibao.audit.corroboration import corroboration_of
from weibao.audit.pauses import paused_time_of
from weibao.audit.quality import quality_of
from weibao.audit.since import descent_check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.audit.checks import AuditCheck
    from weibao.audit.clauses import ClauseState
    from weibao.audit.configuration import ConfigurationChange
    from weibao.audit.confirmations import Confirmations
    from weibao.audit.corroboration import Corroboration
    from weibao.audit.pauses import PausedTime
    from weibao.audit.quality import Quality
    from weibao.audit.sample import Sample
    from weibao.audit.since import Since
    from weibao.book import Book
    from weibao.evidence.integrity import IntegrityCheck
    from weibao.record.finding import Finding


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit of a Book.

    Attributes:
        book: what was audited.
        checks: every check with what it examined and found.
        clauses: how each row of the service plan stands, in the order of the table.
        sample: the tickets to look at by hand, None where none was asked for.
        quality: the quality of the evidence.
        corroboration: what the kept promises rest on.
        confirmations: who recorded what the customer said.
        pauses: how much of the tickets' time stood still, and who had it so.
        configuration: every change of the configuration, in the order of landing.
        since: what changed after the last audit, None where none was named.
        findings: those of the Book, and those of the audit's own checks before them.
    """

    book: Book
    checks: tuple[AuditCheck, ...]
    clauses: tuple[ClauseState, ...]
    sample: Sample | None
    quality: Quality
    corroboration: Corroboration
    confirmations: Confirmations
    pauses: PausedTime
    configuration: tuple[ConfigurationChange, ...]
    since: Since | None
    findings: tuple[Finding, ...]

    @property
    def unsound(self) -> tuple[Finding, ...]:
        """The errors that keep the records from being relied on: of the families L, E, X and R."""
        return unsound(self.findings)

    @property
    def entries(self) -> int:
        """How many entries all logs have, imported ones included."""
        return self.quality.total.entries + self.quality.total.imported

    @property
    def sound(self) -> bool:
        """Whether there is none."""
        return not self.unsound


def audit_of(
    book: Book,
    *,
    sample: Sample | None = None,
    since: Since | None = None,
    more: Iterable[IntegrityCheck] = (),
) -> Audit:
    """The audit of a Book; ``more`` are checks of what lies outside it, as checkpoints do."""
    own = (*((descent_check(since, book),) if since else ()), *more)
    return Audit(
        book=book,
        checks=checks_of(book, own),
        clauses=clauses_of(book),
        sample=sample,
        quality=quality_of(book),
        corroboration=corroboration_of(book),
        confirmations=confirmations_of(book),
        pauses=paused_time_of(book),
        configuration=configuration_of(book),
        since=since,
        findings=(*(finding for check in own for finding in check.findings), *book.findings),
    )
