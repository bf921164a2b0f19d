"""A document: one YAML file as plain values, with the place of every key and value in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.model.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings and indexes of lists, from the top."""

_COLUMN_BITS = 16


def packed_place(line: int, column: int) -> int:
    """A line and a column, both from 0, as one number: a document holds thousands of them."""
    return line << _COLUMN_BITS | column


@dataclass(frozen=True, slots=True)
class Span:
    """From the first character of a value to the one after its last; lines and columns from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: ``data`` is made of dict, list, str, int, float, bool and None.

    Attributes:
        path: the file.
        text: all of it, as it stands.
        data: the values.
        places: where they stand, in the order of the text: for each value its place, and before
            the values of a mapping the place of their keys. Looked up with ``place``.
        key_lines: the line of each top-level key.
        log_spans: the span of each item of the list under the top-level key ``log``.
    """

    path: str
    text: str
    data: Any
    places: tuple[int, ...] = field(repr=False)
    key_lines: Mapping[str, int] = field(repr=False)
    log_spans: tuple[Span, ...] = field(repr=False)
    _index: dict[tuple[Keys, bool], int] = field(default_factory=dict, repr=False, compare=False)

    def place(self, keys: Keys = ()) -> Place:
        """Where the value under ``keys`` starts; raises ``KeyError`` where there is none."""
        return self._found(keys, key=False)

    def key_place(self, keys: Keys) -> Place:
        """Where the last key of ``keys`` stands; an item of a list has the place of its value."""
        return self._found(keys, key=(keys, True) in self._indexed())

    def _found(self, keys: Keys, *, key: bool) -> Place:
        packed = self._indexed()[keys, key]
        line = packed >> _COLUMN_BITS
        return Place(self.path, line + 1, packed - (line << _COLUMN_BITS) + 1)

    def _indexed(self) -> dict[tuple[Keys, bool], int]:
        """The places by their keys, worked out when first asked for: most files never are."""
        if not self._index:
            self._index.update(zip(_order(self.data, ()), self.places, strict=True))
        return self._index


def _order(value: Any, keys: Keys) -> Iterator[tuple[Keys, bool]]:
    """The keys of all places in the order in which the reader noted them."""
    yield keys, False
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*keys, key), True
            yield from _order(one, (*keys, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _order(one, (*keys, index))
