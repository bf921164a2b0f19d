"""A document: one YAML file as plain values, with the place of every key and value in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.model.finding import Place
from weibao.model.yaml.log_lines import columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings and indexes of lists, from the top."""

_Node = tuple[Keys, bool]
"""The way to a value, or (True) to the key that leads to it."""

_COLUMN_BITS = 16


def dotted(keys: Keys) -> str:
    """The way to a value as people write it: ``log[3].via``."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}"
    return text.removeprefix(".")


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
            the values of a mapping the place of their keys. Looked up with ``place``. What is inside
            the entries of the log is left to ``log_places``.
        key_lines: the line of each top-level key.
        log_spans: the span of each item of the list under the top-level key ``log``.
        log_places: of each such item the places; or its line, out of which they can be worked out.
    """

    path: str
    text: str
    data: Any
    places: tuple[int, ...] = field(repr=False)
    key_lines: Mapping[str, int] = field(repr=False)
    log_spans: tuple[Span, ...] = field(repr=False)
    log_places: tuple[tuple[int, ...] | str, ...] = field(repr=False, compare=False)
    _indexes: dict[Keys, Mapping[_Node, int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def place(self, keys: Keys = ()) -> Place:
        """Where the value under ``keys`` starts; raises ``KeyError`` where there is none."""
        return self._found(keys, key=False)

    def key_place(self, keys: Keys) -> Place:
        """Where the last key of ``keys`` stands; an item of a list has the place of its value."""
        return self._found(keys, key=(keys, True) in self._index(keys))

    def _found(self, keys: Keys, *, key: bool) -> Place:
        packed = self._index(keys)[keys, key]
        line = packed >> _COLUMN_BITS
        return Place(self.path, line + 1, packed - (line << _COLUMN_BITS) + 1)

    def _index(self, keys: Keys) -> Mapping[_Node, int]:
        """The places by their keys, of the entry that ``keys`` lead into or of all but the entries.

        Worked out when first asked for: most files never are, and of a long log mostly an entry.
        """
        part = keys[:2] if len(keys) > 1 and keys[0] == "log" and self.log_spans else ()
        if part not in self._indexes:
            self._indexes[part] = self._entry_index(part) if part else self._rest_index()
        return self._indexes[part]

    def _rest_index(self) -> Mapping[_Node, int]:
        rest = {**self.data, "log": []} if self.log_spans else self.data
        return dict(zip(_order(rest, ()), self.places, strict=True))

    def _entry_index(self, part: Keys) -> Mapping[_Node, int]:
        _, index = part
        if not isinstance(index, int) or not 0 <= index < len(self.log_spans):
            return {}
        places = self.log_places[index]
        if isinstance(places, str):
            line = self.log_spans[index].line - 1
            places = tuple(packed_place(line, column) for column in columns(places))
        return dict(zip(_order(self.data["log"][index], part), places, strict=True))


def _order(value: Any, keys: Keys) -> Iterator[_Node]:
    """The keys of all places in the order in which the reader noted them."""
    yield keys, False
    if isinstance(value, dict):
        for key, element in value.items():
            yield (*keys, key), True
            yield from _order(element, (*keys, key))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from _order(element, (*keys, index))
