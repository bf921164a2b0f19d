"""How wide the columns of a table are: as asked for, within what their words need and can use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.render.papers.typesetting.letters import RUN, ems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import PaperText, Table

UPRIGHT, ACROSS = 172.0, 259.0
"""Millimetres that a table has on a page, and on a page that lies on its side."""

_ON_A_PAGE = ((8.5, UPRIGHT), (7.7, UPRIGHT), (7.0, UPRIGHT))
_ON_ITS_SIDE = ((8.5, ACROSS), (7.0, ACROSS))
"""Points of the letters and room, tried in this order until every column has what it needs."""

_FEW = 12
"""For so many rows no page is turned on its side."""

_PADDING = 3.0
_ROUNDED = 0.1
_LONGEST_UNBROKEN = 11.0
"""Room for an id or a time, in heights of letters; what is longer is broken."""

_MOST_LINES = 12
"""A row of more lines may be broken over two pages."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table is laid out.

    Attributes:
        size: of its letters, in points.
        wide: whether it stands on pages that lie on their side.
        widths: of its columns, in millimetres.
    """

    size: float
    wide: bool
    widths: tuple[float, ...]

    def room(self, column: int) -> float:
        """How much has room on a line of a column, in heights of letters."""
        return (self.widths[column] - _PADDING) / _millimetres(self.size) + _ROUNDED

    def breaks(self, row: Sequence[PaperText]) -> bool:
        """Whether a row is so high that it may be broken over two pages."""
        return any(
            ems(text) * _millimetres(self.size) > _MOST_LINES * self.widths[column]
            or text.count("\n") > _MOST_LINES
            for column, words in enumerate(row)
            for text in words.texts
        )


def layout_of(table: Table) -> TableLayout:
    """The first size and position of the page at which every column has what it needs; else the last."""
    columns = [
        [(column.head, False), *((row[place].said, row[place].number) for row in table.rows)]
        for place, column in enumerate(table.columns)
    ]
    texts = [
        [(text, number) for words, number in column for text in words.texts] for column in columns
    ]
    for size, room in _ON_A_PAGE + (_ON_ITS_SIDE if len(table.rows) > _FEW else ()):
        least = [
            max(_needed(*held) for held in column) * _millimetres(size) + _PADDING
            for column in texts
        ]
        if sum(least) <= room:
            break
    most = [
        max(max(ems(text) for text, _ in column) * _millimetres(size) + _PADDING, low)
        for column, low in zip(texts, least, strict=True)
    ]
    weights = [column.weight for column in table.columns]
    return TableLayout(size, room > UPRIGHT, _shared(room, weights, least, most))


def _shared(
    room: float, weights: Sequence[int], least: Sequence[float], most: Sequence[float]
) -> tuple[float, ...]:
    """The room by weight, to none less than it needs or more than it can use, if all of it can be used so."""

    def given(unit: float) -> list[float]:
        return [
            min(max(weight * unit, low), high)
            for weight, low, high in zip(weights, least, most, strict=True)
        ]

    low, high = 0.0, room
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(given(middle)) < room else (low, middle)
    found = given(low)
    scale = room / sum(found)
    return tuple(round(width * scale, 1) for width in found)


def _needed(text: str, number: bool) -> float:  # noqa: FBT001 - as a cell has it
    """What a text needs not to be broken within a word; a number, within itself."""
    if number:
        return min(ems(text), _LONGEST_UNBROKEN)
    return min(max((ems(run[0]) for run in RUN.finditer(text)), default=1.0), _LONGEST_UNBROKEN)


def _millimetres(points: float) -> float:
    return points * 25.4 / 72
