"""Definitions: what every figure of the report counts, out of what, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import column, own
from weibao.render.papers.paper import PaperCell, Table
from weibao.render.papers.report_part import ReportPart
from weibao.report.key_figures import KEY_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.figure import KeyFigure
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, _report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield Table(
        "definitions",
        own(voice, N_("What each figure counts")),
        (
            column(voice, "figure", N_("Figure"), 2),
            column(voice, "definition", N_("Definition"), 6),
        ),
        tuple(_defined(voice, figure) for figure in KEY_FIGURES),
        own(voice, N_("There is no figure.")),
    )


def _defined(voice: Voice, figure: KeyFigure) -> tuple[PaperCell, ...]:
    return (
        PaperCell(own(voice, figure.title), figure.name),
        PaperCell(own(voice, figure.definition), None),
    )


PART = ReportPart(
    key="definitions", title=N_("Definitions of the figures"), place=210, tell=_tell, annex=True
)
