"""The Audit: all that an auditor is told of a Book, worked out once for every view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.report.audit.checks import checks_of, unsound
from weibao.report.audit.configuration import configuration_of
from weibao.report.audit.confirmations import confirmations_of
from weibao.report.audit.corroboration import corroboration_of
from weibao.report.audit.pauses import paused_time_of
from weibao.report.audit.quality import quality_of
from weibao.report.audit.since import descent_check
from weibao.report.clauses.clause import RowState
from weibao.report.clauses.table import clauses_of
from weibao.sla.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.branch import JudgedBranch, Outside
    from weibao.history.integrity import IntegrityCheck
    from weibao.model.finding import Finding
    from weibao.report.audit.checks import AuditCheck
    from weibao.report.audit.configuration import ConfigurationChange
    from weibao.report.audit.confirmations import Confirmations
    from weibao.report.audit.corroboration import Corroboration
    from weibao.report.audit.pauses import PausedTime
    from weibao.report.audit.quality import Quality
    from weibao.report.audit.sample import Sample
    from weibao.report.audit.since import Since
    from weibao.report.book import Book
    from weibao.report.clauses.table import ClauseState
    from weibao.sla.tally import Tally


LOOSENED = "E112"
"""The finding that somebody loosened the rules of evidence, which is not believed."""

LOOSE = ("E124", "E125")
"""The findings that the rules of evidence are loose as they were agreed, and are believed."""


class AuditState(StrEnum):
    """The answer of an audit."""

    SOUND = "sound"
    UNWITNESSED = "unwitnessed"
    UNRECOMPUTED = "unrecomputed"
    UNSOUND = "unsound"


@dataclass(frozen=True, eq=False)
class Audit:
    """An audit of a Book; what of it a view does not tell is not worked out.

    Attributes:
        book: what was audited; for an audience without what is not for it.
        whole: the Book that was audited, whoever reads it: figures are added up on it, and none of its words are told.
        checks: every check with what it examined and found.
        sample: the tickets to look at by hand, None where none was asked for.
        since: what changed after the last audit, None where none was named.
        branch: where the judged commit stands on the official branch; None where nobody looked.
        findings: those of the Book, and those of the audit's own checks before them.
    """

    book: Book
    whole: Book
    checks: tuple[AuditCheck, ...]
    sample: Sample | None
    since: Since | None
    branch: JudgedBranch | None
    findings: tuple[Finding, ...]

    @cached_property
    def clauses(self) -> tuple[ClauseState, ...]:
        """How each row of the service plan stands, in the order of the table."""
        return clauses_of(self.whole)

    @cached_property
    def quality(self) -> Quality:
        """The quality of the evidence."""
        return quality_of(self.whole)

    @cached_property
    def corroboration(self) -> Corroboration:
        """What the kept promises rest on."""
        return corroboration_of(self.whole)

    @cached_property
    def confirmations(self) -> Confirmations:
        """Who recorded what the customer said."""
        return confirmations_of(self.whole)

    @cached_property
    def pauses(self) -> PausedTime:
        """How much of the tickets' time stood still, and who had it so."""
        return paused_time_of(self.whole)

    @cached_property
    def configuration(self) -> tuple[ConfigurationChange, ...]:
        """Every change of the configuration, in the order of landing."""
        return configuration_of(self.whole)

    @property
    def unsound(self) -> tuple[Finding, ...]:
        """The errors that keep the records from being relied on: of the families L, E, X and R."""
        return unsound(self.findings)

    @property
    def entries(self) -> int:
        """How many entries all logs have, imported ones included."""
        return self.quality.total.entries + self.quality.total.imported

    @property
    def records(self) -> int:
        """How many tickets and inspections there are."""
        return len(self.book.records.tickets) + len(self.book.records.inspections)

    @property
    def commits(self) -> int:
        """How many commits the history has."""
        return len(self.book.snapshot.history.commits)

    @property
    def checks_made(self) -> int:
        """How many checks had anything to examine."""
        return sum(check.examined > 0 for check in self.checks)

    @property
    def clauses_by_state(self) -> Mapping[RowState, int]:
        """How many rows of the service plan stand how."""
        found = Counter(clause.state for clause in self.clauses)
        return {state: found[state] for state in RowState}

    @property
    def landed_alone(self) -> int:
        """How many changes of the configuration nobody but their author landed."""
        return sum(change.landed_by is None for change in self.configuration)

    @property
    def state(self) -> AuditState:
        """What the first line says, from all that can make it false."""
        if self.unsound:
            return AuditState.UNSOUND
        if self.book.unwitnessed is not None:
            return AuditState.UNWITNESSED
        return AuditState.UNRECOMPUTED if self.not_recomputed else AuditState.SOUND

    @property
    def not_recomputed(self) -> int:
        """How many rows of old registers cannot be worked out again here, or gave no record though they could."""
        registers = self.whole.registers
        return sum(register.untold + len(register.omitted) for register in registers)

    @property
    def not_at_worst(self) -> Tally:
        """The promises kept, waived or cancelled that would not be, were the provider's word not believed."""
        known = (verdict.stands for verdict in self.book.verdicts)
        return tally(not stands for stands in known if stands is not None)

    @property
    def weak(self) -> tuple[Finding, ...]:
        """Where the rules of evidence were loosened, though nobody agreed to it."""
        return tuple(finding for finding in self.findings if finding.code == LOOSENED)

    @property
    def loose(self) -> tuple[Finding, ...]:
        """Where the rules of evidence believe much, as they were agreed."""
        return tuple(finding for finding in self.findings if finding.code in LOOSE)


def audit_of(
    book: Book,
    *,
    sample: Sample | None = None,
    since: Since | None = None,
    outside: Outside | None = None,
    more: Iterable[IntegrityCheck] = (),
) -> Audit:
    """The audit of a Book, with what lies ``outside`` it, as checkpoints do, and ``more`` checks."""
    descent = (descent_check(since, book),) if since else ()
    own = (*descent, *(outside.checks if outside else ()), *more)
    return Audit(
        book=book,
        whole=book,
        checks=checks_of(book, own),
        sample=sample,
        since=since,
        branch=outside.branch if outside else None,
        findings=(*(finding for check in own for finding in check.findings), *book.findings),
    )
