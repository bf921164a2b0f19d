"""How wide the columns of a table are: as asked for, within what their words need and can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.render.papers.typesetting.letters import BESIDE, RUN, ems

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
_SUITABLE = ((12, 5), (24, 4))
"""Up to so many rows, so many of these suit a table rather than a page that lies on its side; of more rows, two."""

_ON_ITS_SIDE = (
    (8.5, ACROSS, True),
    (7.7, ACROSS, False),
    (7.0, ACROSS, False),
    (6.5, ACROSS, False),
    (6.0, ACROSS, False),
)
"""Points of the letters, room, and whether times and shares stay whole: tried in this order until every column has what it needs."""

_BETWEEN = 0.6
"""Between the languages of what stands on one line, in heights of letters."""

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

_NARROW, _TOWER = 7.5, 10
"""A column so narrow, in heights of letters, in which a text has more lines than this, is a tower."""


@dataclass(frozen=True, slots=True)
class ColumnExtent:
    """What a column can use, in heights of letters: for its longest text, and not to break what is to stay whole."""

    longest: float
    whole: float
    broken: float


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

    def towers(self, place: int, column: ColumnExtent) -> bool:
        """Whether the longest text of a column stands there in single characters below each other."""
        room = self.room(place)
        return room < _NARROW and column.longest > _TOWER * room

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
    columns = [_column(table, place, beside=not long) for place, _ in enumerate(table.columns)]
    suitable = next((most for rows, most in _SUITABLE if len(table.rows) <= rows), 2)
    tried = _ON_A_PAGE[:suitable] + _ON_ITS_SIDE
    if not long:
        tried = tuple(
            (min(size, _SHEET_LETTERS), _SHEET if room == UPRIGHT else room, whole)
            for size, room, whole in tried
        )
    weights = [column.weight for column in table.columns]
    for size, room, whole in tried:
        letter = _millimetres(size)
        least = [
            (column.whole if whole else column.broken) * letter + _PADDING for column in columns
        ]
        most = [column.longest * letter + _PADDING for column in columns]
        found = TableLayout(size, room > UPRIGHT, _shared(room, weights, least, most))
        if sum(least) <= room and not any(map(found.towers, range(len(columns)), columns)):
            break
    return found


def lies(wide: Sequence[bool], *, annex: bool) -> bool:
    """Whether a part stands on pages on their side as a whole: an annex with a wide table, or what begins with one."""
    return any(wide if annex else wide[:1])


def _column(table: Table, place: int, *, beside: bool) -> ColumnExtent:
    """What a column can use, where the languages stand beside each other, and where below."""
    cells = [(table.columns[place].head, False)]
    cells += [(row[place].said, row[place].number) for row in table.rows]
    texts = [(text, number) for words, number in cells for text in words.texts]
    runs = max(_unbroken(text, number=number) for text, number in texts)
    whole = max(
        (ems(text) for text, number in texts if number or _WHOLE.fullmatch(text)), default=0.0
    )
    longest = max(extent(words, beside=beside) for words, _ in cells)
    return ColumnExtent(max(longest, runs), max(runs, min(whole, _LONGEST_UNBROKEN)), runs)


def extent(words: PaperText, *, beside: bool) -> float:
    """How long words are on one line of their own; in several languages, all of it or the longest."""
    lengths = map(ems, words.texts)
    return sum(lengths) + _BETWEEN * (len(words.texts) - 1) if beside else max(lengths)


def _unbroken(text: str, *, number: bool) -> float:
    """What a text needs not to be broken within a word; a number, but before what stands beside it."""
    if number:
        pieces = BESIDE.sub(" ", text).split() or [""]
        return min(max(map(ems, pieces)), _LONGEST_UNBROKEN)
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
