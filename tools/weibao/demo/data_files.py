"""The data files of the example, read into the dataclasses that say what they may hold.

A field's type decides how its text is read: nothing is guessed from how a value looks. What a file
says that its dataclass does not know is refused, with the line where it stands.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from string import Template
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    NewType,
    NoReturn,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_FOLDER = Path(__file__).parent
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLACE = re.compile(r"\{([^{}]*)\}?|\}")

T = TypeVar("T")

Said = NewType("Said", str)
"""A text with places such as ``{asset}``, which each ticket fills for itself."""


@dataclass(frozen=True, slots=True)
class NameInBoth:
    """A name in Chinese and in English."""

    zh: str
    en: str


class DataFileError(ValueError):
    """What a data file holds is not what is read from it; the message names file and line."""


def read_data(kind: type[T], name: str) -> T:
    """The file ``name`` of this folder, as ``kind``.

    Raises:
        DataFileError: it holds something else.
    """
    return parse_data(kind, name, (_FOLDER / name).read_text(encoding="utf-8"))


def filled_template(name: str, /, **filling: object) -> str:
    """The text of the file ``name`` of this folder, with its ``$places`` filled."""
    return Template((_FOLDER / name).read_text(encoding="utf-8")).substitute(filling)


def parse_data(kind: type[T], name: str, text: str) -> T:
    """The text of the file ``name``, as ``kind``; see :func:`read_data`."""
    try:
        node = yaml.compose(text, _LOADER)
    except yaml.YAMLError as error:
        raise DataFileError(f"{name}: {error}") from None
    if node is None:
        raise DataFileError(f"{name}: it is empty")
    value: T = _DataFile(name).value(kind, node)
    return value


class _DataFile:
    """One file, while it is read."""

    def __init__(self, name: str) -> None:
        self._name = name

    def value(self, kind: Any, node: yaml.Node) -> Any:
        """What the node holds, as ``kind``."""
        if is_dataclass(kind):
            return self._record(kind, node)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is UnionType:
            (kind,) = (choice for choice in arguments if choice is not NoneType)
            return self.value(kind, node)
        if origin is tuple:
            return self._row(arguments, node)
        if origin is dict:
            of_keys, of_values = arguments
            return {
                self.value(of_keys, key): self.value(of_values, value)
                for key, value in self._pairs(node)
            }
        return self._scalar(kind, node)

    def _record(self, kind: Any, node: yaml.Node) -> Any:
        known, needed = _fields(kind)
        values = {}
        for key, value in self._pairs(node):
            if key.value not in known:
                self._refuse(key, f"{kind.__name__} has no {key.value!r}, only {_listed(known)}")
            values[key.value] = self.value(known[key.value], value)
        if missing := needed - values.keys():
            self._refuse(node, f"{kind.__name__} needs {_listed(missing)}")
        return kind(**values)

    def _pairs(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, "keys with values are needed here")
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                self._refuse(key, f"{key.value!r} stands there twice")
            seen.add(key.value)
        return list(node.value)

    def _row(self, kinds: tuple[Any, ...], node: yaml.Node) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, "a list is needed here")
        if kinds[-1] is Ellipsis:
            return tuple(self.value(kinds[0], value) for value in node.value)
        if len(node.value) != len(kinds):
            self._refuse(node, f"{len(kinds)} values are needed here, not {len(node.value)}")
        return tuple(map(self.value, kinds, node.value))

    def _scalar(self, kind: Any, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, "one value is needed here")
        if kind is Said:
            for place in _PLACE.finditer(node.value):
                if place[1] not in PLACES or not place[0].endswith("}"):
                    self._refuse(node, f"{place[0]!r} is no place, only {_listed(PLACES)}")
        try:
            return _SCALARS[kind](node.value)
        except (KeyError, ValueError):
            self._refuse(node, f"{node.value!r} is no {kind.__name__}")

    def _refuse(self, node: yaml.Node, why: str) -> NoReturn:
        raise DataFileError(f"{self._name}:{node.start_mark.line + 1}: {why}")


@cache
def _fields(kind: type) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of a dataclass's fields by their names, and which of them must be there."""
    needed = (
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    return get_type_hints(kind), frozenset(needed)


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


_SCALARS: dict[Any, Callable[[str], object]] = {
    str: str,
    Said: str,
    int: int,
    bool: {"true": True, "false": False}.__getitem__,
}
"""How the text of a value is read."""

PLACES = read_data(dict[str, str], "data/places.yaml")
"""What may stand in braces in a text, and what a ticket fills there."""
