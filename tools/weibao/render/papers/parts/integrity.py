"""Integrity: what the report was worked out from and what was checked; its last page before the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import column, moment, number, own, verbatim
from weibao.render.papers.integrity import TITLE, command_at, integrity_blocks
from weibao.render.papers.paper import Table
from weibao.render.papers.report_part import ReportPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    """A closed period is made again out of its closes, by the version; another as of its instant."""
    voice = commission.voice
    edition = " --internal" if voice.audience == "internal" else ""
    command = f"report {report.name}{edition}"
    return integrity_blocks(
        commission,
        command_at(commission, command)
        if report.provisional
        else f"weibao {command} --version {report.version}",
        [_closes(voice, report)],
    )


def _closes(voice: Voice, report: PeriodReport) -> Table:
    """What each month was closed with, from which its figures follow."""
    closes = [month.close for month in report.months if month.close is not None]
    return Table(
        "closes",
        own(voice, N_("What each month was closed with")),
        (
            column(voice, "month", N_("Month")),
            column(voice, "commit", N_("Commit"), 3),
            column(voice, "as_of", N_("As of"), 2),
            column(voice, "seen_log", N_("Log of first sights, at commit"), 2),
            column(voice, "rules", N_("Number of the rules")),
            column(voice, "sha256", N_("SHA-256 of the verdicts"), 4),
        ),
        tuple(
            (
                verbatim(close.period),
                verbatim(close.commit),
                moment(voice, close.as_of),
                verbatim(close.seen_log),
                number(voice, close.rules),
                verbatim(close.sha256),
            )
            for close in closes
        ),
        own(voice, N_("No month of it is closed.")),
    )


PART = ReportPart(key="integrity", title=TITLE, place=180, tell=_tell)
