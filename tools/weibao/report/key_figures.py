"""All key figures: each is declared by a module of ``figures/``."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.model.declared import declared
from weibao.report.figure import KeyFigure

if TYPE_CHECKING:
    from weibao.report.figure import Tile
    from weibao.sla.tally import Tally


KEY_FIGURES = tuple(sorted(declared("weibao.report.figures", KeyFigure), key=attrgetter("place")))
"""Every key figure, in the order of their places."""

BY_NAME = {figure.name: figure for figure in KEY_FIGURES}
"""The same by their names."""

TILES = tuple(
    sorted(filter(None, map(attrgetter("tile"), KEY_FIGURES)), key=attrgetter("page", "place"))
)
"""Their tiles, in the order of their places on each page."""


def tiles_on(page: str, audit: object) -> list[tuple[Tile, Tally]]:
    """The tiles on a page, in their order, each with its tally."""
    return [(tile, tile.tally(audit)) for tile in TILES if tile.page == page]
