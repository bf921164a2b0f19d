"""What a part of the periodic reports is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """A part of the monthly, quarterly and annual report: one value of it in each file of ``parts/``.

    Attributes:
        key: what it is called in the facts, and where remarks on it are filed: ``summary``, ``breaches``.
        title: a message id.
        place: where it comes among the parts.
        tell: what it says of a period; remarks on it follow of themselves.
        annex: whether it is an annex.
    """

    key: str
    title: str
    place: int
    tell: Callable[[Commission, PeriodReport], Iterable[Block]]
    annex: bool = False
