"""All key figures: each is declared by a module of ``figures/``."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.model.declared import declared
from weibao.report.figure import KeyFigure

if TYPE_CHECKING:
    from weibao.report.audit.audit import Audit
    from weibao.sla.tally import Tally


KEY_FIGURES = tuple(sorted(declared("weibao.report.figures", KeyFigure), key=attrgetter("place")))
"""Every key figure, in the order of their places."""


def figures_on(page: str, audit: Audit) -> list[tuple[KeyFigure, Tally]]:
    """The figures whose tiles are on a page, each with its tally."""
    return [(figure, figure.tally(audit)) for figure in KEY_FIGURES if figure.page == page]
