"""Integrity: what the report was worked out from and what was checked; its last page before the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.papers.integrity import TITLE, integrity_blocks
from weibao.render.papers.report_part import ReportPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    """A closed period is made again out of its closes, another as of its instant."""
    voice, book = commission.voice, report.book
    at = f" --at {book.commit[:12]} --as-of {voice.rfc3339(book.as_of)}"
    return integrity_blocks(
        commission, f"weibao report {report.name}{at if report.provisional else ''}"
    )


PART = ReportPart(key="integrity", title=TITLE, place=18, tell=_tell)
