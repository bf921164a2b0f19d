"""How wide the columns of a table are: as asked for, within what their words need and can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.render.papers.typesetting.letters import RUN, ems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import PaperText, Table

UPRIGHT, ACROSS = 172.0, 259.0
"""Millimetres that a table has on a page, and on a page that lies on its side."""

_SHEET, _SHEET_LETTERS = 161.0, 8.0
"""Millimetres that it has beside the titles of a sheet, and the points of its letters at most."""

_ON_A_PAGE = (
    (8.5, UPRIGHT, True),
    (7.7, UPRIGHT, True),
    (7.7, UPRIGHT, False),
    (7.0, UPRIGHT, False),
    (6.5, UPRIGHT, False),
)
_LEGIBLE = 2
"""So many of them suit a table of many rows."""

_ON_ITS_SIDE = ((8.5, ACROSS, True), (7.7, ACROSS, False), (7.0, ACROSS, False))
"""Points of the letters, room, and whether times stay whole: tried in this order until every column has what it needs."""

_FEW = 12
"""For so many rows no page is turned on its side."""

_PADDING = 3.0
_ROUNDED = 0.1
_LONGEST_UNBROKEN = 11.0
"""Room for an id or a time, in heights of letters; what is longer is broken."""

_WHOLE = re.compile(r"[\d:+./% -]+")
"""A time, a share: it stays whole, as a number does, where there is room."""

_SENTENCE = 5.5
"""What a column of sentences needs not to be a tower of single characters."""

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


def layout_of(table: Table, *, long: bool) -> TableLayout:
    """The first size and position of the page at which every column has what it needs; else the last."""
    columns = [_column(table, place) for place, _ in enumerate(table.columns)]
    tried = _ON_A_PAGE if len(table.rows) <= _FEW else _ON_A_PAGE[:_LEGIBLE] + _ON_ITS_SIDE
    if not long:
        tried = tuple(
            (min(size, _SHEET_LETTERS), _SHEET if room == UPRIGHT else room, whole)
            for size, room, whole in tried
        )
    for size, room, whole in tried:
        letter = _millimetres(size)
        least = [
            (column.whole if whole else column.broken) * letter + _PADDING for column in columns
        ]
        if sum(least) <= room:
            break
    most = [column.longest * letter + _PADDING for column in columns]
    weights = [column.weight for column in table.columns]
    return TableLayout(size, room > UPRIGHT, _shared(room, weights, least, most))


@dataclass(frozen=True, slots=True)
class _Extent:
    """What a column can use, in heights of letters: for its longest text, and not to break what is to stay whole."""

    longest: float
    whole: float
    broken: float


def _column(table: Table, place: int) -> _Extent:
    cells = [(table.columns[place].head, False)]
    cells += [(row[place].said, row[place].number) for row in table.rows]
    texts = [(text, number) for words, number in cells for text in words.texts]
    runs = max(_unbroken(text, number=number) for text, number in texts)
    times = max((ems(text) for text, _ in texts if _WHOLE.fullmatch(text)), default=0.0)
    longest = max(ems(text) for text, _ in texts)
    return _Extent(max(longest, runs), max(runs, min(times, _LONGEST_UNBROKEN)), runs)


def _unbroken(text: str, *, number: bool) -> float:
    """What a text needs not to be broken within a word; a number, within itself."""
    if number:
        return min(ems(text), _LONGEST_UNBROKEN)
    runs = max((ems(run[0]) for run in RUN.finditer(text)), default=1.0)
    return min(max(runs, min(ems(text), _SENTENCE)), _LONGEST_UNBROKEN)


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


def _millimetres(points: float) -> float:
    return points * 25.4 / 72
