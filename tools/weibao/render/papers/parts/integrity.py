"""Integrity: what the report was worked out from and what was checked; its last page before the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.papers.integrity import TITLE, command_at, integrity_blocks
from weibao.render.papers.report_part import ReportPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    """A closed period is made again out of its closes, by the version; another as of its instant."""
    edition = " --internal" if commission.voice.audience == "internal" else ""
    command = f"report {report.name}{edition}"
    return integrity_blocks(
        commission,
        command_at(commission, command)
        if report.provisional
        else f"weibao {command} --version {report.version}",
    )


PART = ReportPart(key="integrity", title=TITLE, place=180, tell=_tell)
