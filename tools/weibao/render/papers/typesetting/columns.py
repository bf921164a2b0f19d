"""How wide the columns of a table are: as asked for, within what their words need and can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.render.papers.typesetting.letters import RUN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import PaperText, Table

UPRIGHT, ACROSS = 172.0, 259.0
"""Millimetres that a table has on a page, and on a page that lies on its side."""

_SIZES = ((8.5, UPRIGHT), (7.5, UPRIGHT), (8.5, ACROSS), (7.0, ACROSS))
"""Points of the letters and room, tried in this order until every column has what it needs."""

_LETTER = 0.57
"""How wide a letter is at most, mostly, of its height; a Chinese character is as wide as high."""

_MEETING = re.compile("(?<=[0-9A-Za-z])(?=[\u2e80-\u9fff])|(?<=[\u2e80-\u9fff])(?=[0-9A-Za-z])")
"""Between a letter and a Chinese character is a quarter of a character's room."""

_PADDING = 3.0
_LONGEST_UNBROKEN = 18
"""Letters of an id or a time, for which a column makes room; what is longer is broken."""

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

    def room(self, column: int) -> int:
        """How many letters stand beside each other in a column."""
        letter = _LETTER * _millimetres(self.size)
        return max(round((self.widths[column] - _PADDING) / letter), 1)

    def breaks(self, row: Sequence[PaperText]) -> bool:
        """Whether a row is so high that it may be broken over two pages."""
        return any(
            _breadth(text, self.size) > _MOST_LINES * self.widths[column]
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
    for size, room in _SIZES:
        least = [max(_needed(*held, size) for held in column) + _PADDING for column in texts]
        if sum(least) <= room:
            break
    most = [
        max(max(_breadth(text, size) for text, _ in column) + _PADDING, low)
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


def _needed(text: str, number: bool, size: float) -> float:  # noqa: FBT001 - as a cell has it
    """What a text needs not to be broken within a word; a number, within itself."""
    longest = _LONGEST_UNBROKEN * _LETTER * _millimetres(size)
    if number:
        return min(_breadth(text, size), longest)
    runs = (len(run[0]) for run in RUN.finditer(text))
    return min(max(runs, default=2) * _LETTER * _millimetres(size), longest)


def _breadth(text: str, size: float) -> float:
    """How long a text is on one line."""
    narrow = sum(character < "\u2e80" for character in text)
    wide = len(text) - narrow + len(_MEETING.findall(text)) / 4
    return (narrow * _LETTER + wide) * _millimetres(size)


def _millimetres(points: float) -> float:
    return points * 25.4 / 72
