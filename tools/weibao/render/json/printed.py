"""JSON as every command prints it: indented, its keys in the order of the interface."""

from __future__ import annotations

from functools import lru_cache
from json.encoder import JSONEncoder, encode_basestring
from typing import TYPE_CHECKING, Any

from weibao.render.json.encode import json_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo


def dump(value: Any) -> str:
    """The value as indented JSON with its keys in the order of the interface, ending in LF."""
    return _indented(value, "\n") + "\n"


_NESTED = "\n    "

_scalar = JSONEncoder(ensure_ascii=False).encode
_key = lru_cache(1024)(_scalar)


def _indented(value: Any, line: str) -> str:
    """What ``json.dumps(value, ensure_ascii=False, indent=2)`` gives, which no C code of Python writes.

    ``line`` begins a line as deep as the value stands.
    """
    if type(value) is str:
        return encode_basestring(value)
    if type(value) is int:
        return repr(value)
    if value is None:
        return "null"
    if not value or not isinstance(value, dict | list | tuple):
        return _scalar(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        # Nearly all that is printed are texts, numbers and nulls under a key.
        parts = [
            f"{_key(key)}: {encode_basestring(element)}"
            if type(element) is str
            else f"{_key(key)}: {_indented(element, inner)}"
            for key, element in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    return f"[{inner}{f',{inner}'.join([_indented(element, inner) for element in value])}{line}]"


def printed_in_parts(
    result: Any, zone: ZoneInfo, key: str, elements: Iterable[Any]
) -> Iterator[str]:
    """What :func:`printed` gives of a result that has ``elements`` under a ``key``, which it lacks, in parts.

    Of very many elements none is held.
    """
    head = "{"
    for name, value in json_value(result, zone).items():
        yield f"{head}\n  {_key(name)}: "
        head = ","
        if name != key:
            yield _indented(value, "\n  ")
            continue
        before = "["
        for element in elements:
            yield f"{before}{_NESTED}{_indented(json_value(element, zone), _NESTED)}"
            before = ","
        yield "[]" if before == "[" else "\n  ]"
    yield "\n}\n"


def printed(result: Any, zone: ZoneInfo | None = None) -> str:
    """A result as a command prints it, its instants in ``zone``; None where it has none."""
    return dump(json_value(result, zone))
