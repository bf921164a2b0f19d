"""A clause of the service plan, and how it stands in one Book.

The plan asks 40 things; each is a row with the place of its data, the check that speaks against it,
and the page that shows it. A row is judged over the term: what was not so for a part of it is told with the
period, though it has been mended since. It never holds because nothing was recorded, nor where what bears
witness to it, or may have, is itself damaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.model.finding import Finding, Lapse
    from weibao.model.instant import Instant
    from weibao.report.clauses.traces import Trail

SHOWN = 12
"""How many records of a row are named where there is little room; the others are counted."""


class RowState(StrEnum):
    """How a row stands; shown through ``term("clause_state", …)``."""

    HOLDS = "holds"
    IMPORTED = "imported_only"
    FAILS = "fails"
    MENDED = "failed_and_mended"
    NO_EVIDENCE = "no_evidence_yet"


def every_finding(_finding: Finding, _trail: Trail) -> bool:
    """A row that means every finding of its codes."""
    return True


def of_setting(*prefixes: str) -> Callable[[Finding, Trail], bool]:
    """A row that means the loosening (O272) of these settings, and every finding of its other codes."""

    def means(finding: Finding, _trail: Trail) -> bool:
        return finding.code != "O272" or str(finding.facts["setting"]).startswith(prefixes)

    return means


@dataclass(frozen=True, slots=True)
class Clause:
    """One row: what the plan asks and how this package looks for it. Texts are message ids.

    Attributes:
        row: its number in the table of requirements, from 1.
        number: the clause of the service plan: ``1.2.1.1``.
        asks: what the plan asks, in a few words.
        data: where a record says it.
        check: what is found when it does not hold; "" where nothing can speak against it.
        page: the address of the site's page that shows the data, with the anchor there:
            ``contract#credentials``; "" where no page does, and the file is to be read.
        evidence: the ids and paths of the records that bear witness to it, in their order; an entry
            of a file that is no ticket or inspection is its path and line.
        files: where the data lies: paths of files and of folders.
        codes: the rules whose findings make it fail.
        means: which findings of these codes speak of this row.
    """

    row: int
    number: str
    asks: str
    data: str
    check: str
    page: str
    evidence: Callable[[Trail], Iterable[str]]
    files: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    means: Callable[[Finding, Trail], bool] = every_finding


@dataclass(frozen=True, slots=True)
class ClauseState:
    """How a row stands: the evidence found, each once and in order, and what speaks against it.

    ``lapses`` are what spoke against it for a part of the term, and does no more. ``since`` is when the last
    span began in which something spoke against it without a break, ``until`` when it was mended.
    """

    clause: Clause
    state: RowState
    records: tuple[str, ...]
    findings: tuple[Finding, ...]
    lapses: tuple[Lapse, ...] = ()
    since: Instant | None = None
    until: Instant | None = None

    @property
    def against(self) -> int:
        """How much speaks against it, or did for a part of the term."""
        return len(self.findings) + len(self.lapses)
