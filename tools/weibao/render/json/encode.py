"""Results as JSON values, and JSON values as the results that they were: by the types of their fields alone.

:mod:`weibao.model.shown` has what a dataclass can say of its fields besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from weibao.model.instant import format_instant
from weibao.model.shown import Called, Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    Encoder = Callable[[Any, Any], Any]

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field that is shown: its name, its key, its type, and how (None: as it is)."""

    name: str
    key: str
    hint: Any
    mark: Mark | None


@cache
def shown_fields(kind: Any) -> tuple[ShownField, ...]:
    """The fields of a dataclass that are shown, in the order of their keys."""
    hints = get_type_hints(kind, include_extras=True)
    found = (_field(field.name, hints[field.name]) for field in fields(kind))
    return tuple(shown_field for shown_field in found if shown_field.mark is not Mark.HIDDEN)


def _field(name: str, hint: Any) -> ShownField:
    notes = notes_on(hint)[1]
    key = next((note.key for note in notes if isinstance(note, Called)), name)
    return ShownField(
        name, key, hint, next((note for note in notes if isinstance(note, Mark)), None)
    )


def notes_on(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without what is said of it, and what is said of it."""
    if get_origin(hint) is Annotated:
        return hint.__origin__, hint.__metadata__
    return hint, ()


def without_none(hint: Any) -> tuple[Any, bool]:
    """The type of what is there, and whether there may be nothing."""
    if get_origin(hint) not in {Union, UnionType} or NoneType not in get_args(hint):
        return hint, False
    left = tuple(element for element in get_args(hint) if element is not NoneType)
    return Union[left], True  # noqa: UP007 - it is made of a tuple


def shown_as(kind: type[Shown], *originals: object, **others: Any) -> Shown:
    """What is shown of the originals: each field as the first that has one of its name has it.

    ``others`` are the fields that are shown otherwise. A field that may be null is so where it would be
    "", and where an original is None and no other has it.
    """
    there = [original for original in originals if original is not None]
    shape: Any = kind
    for name, may_be_null in _copied(shape):
        if name in others:
            continue
        holder = next((original for original in there if hasattr(original, name)), None)
        if holder is None and may_be_null and len(there) < len(originals):
            others[name] = None
        else:
            value = getattr(holder, name)
            others[name] = None if may_be_null and value == "" else value
    return kind(**others)


@cache
def _copied(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a dataclass that is shown, and whether each may be null."""
    return tuple(
        (shown_field.name, without_none(notes_on(shown_field.hint)[0])[1])
        for shown_field in shown_fields(kind)
    )


def is_shape(kind: Any) -> bool:
    """Whether a type is a dataclass: an object of JSON."""
    return is_dataclass(kind)


def json_value(result: Any, zone: ZoneInfo | None) -> Any:
    """The result as JSON has it, its keys in the order of the fields, its instants in ``zone``."""
    kind: Any = type(result)
    return _object_encoder(kind)(result, zone)


@cache
def _encoder(hint: Any) -> Encoder | None:
    """What makes JSON of values of a type; None for a value that is JSON as it is."""
    bare, notes = notes_on(hint)
    if Mark.INSTANT in notes:
        return format_instant
    kind, optional = without_none(bare)
    if optional:
        inner = _encoder(kind)
        return inner and (lambda value, zone: None if value is None else inner(value, zone))
    if get_origin(kind) is tuple:
        return _array_encoder(_encoder(get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        return lambda value, _: {str(key): number for key, number in value.items()}
    return _object_encoder(kind) if is_shape(kind) else _scalar_encoder(kind)


def _array_encoder(inner: Encoder | None) -> Encoder:
    if inner is None:
        return lambda value, _: list(value)
    return lambda value, zone: [inner(element, zone) for element in value]


def _scalar_encoder(kind: Any) -> Encoder | None:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value, _: value.value
    if isinstance(kind, type) and issubclass(kind, date):
        return lambda value, _: value.isoformat()
    return None


@cache
def _object_encoder(kind: Any) -> Encoder:
    shown = shown_fields(kind)
    keys = [shown_field.key for shown_field in shown]
    values = attrgetter(*(shown_field.name for shown_field in shown))
    encoders = [
        (shown_field.key, inner) for shown_field in shown if (inner := _encoder(shown_field.hint))
    ]
    inline = {shown_field.key for shown_field in shown if shown_field.mark is Mark.INLINE}
    absent = {shown_field.key for shown_field in shown if shown_field.mark is Mark.ABSENT}

    def encode(result: Any, zone: ZoneInfo) -> dict[str, Any]:
        found = dict(zip(keys, values(result) if len(keys) > 1 else (values(result),), strict=True))
        for key, inner in encoders:
            found[key] = inner(found[key], zone)
        if not inline and not absent:
            return found
        flat: dict[str, Any] = {}
        for key, value in found.items():
            if key in inline:
                flat |= value
            elif value or key not in absent:
                flat[key] = value
        return flat

    return encode


def result_of(hint: Any, value: Any) -> Any:
    """The result of a type that a JSON value was made of, its form checked already by the schema."""
    if value is None:
        return None
    kind, _ = notes_on(without_none(notes_on(hint)[0])[0])
    if get_origin(kind) is tuple:
        return tuple(result_of(get_args(kind)[0], element) for element in value)
    if is_shape(kind):
        given = {field.name: (field.hint, value.get(field.key, "")) for field in shown_fields(kind)}
        return kind(**{name: result_of(hint, inner) for name, (hint, inner) in given.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return datetime.fromisoformat(value) if kind is datetime else value
