"""JSON as every command prints it: indented, its keys in the order of the interface."""

from __future__ import annotations

from functools import lru_cache
from json.encoder import JSONEncoder, encode_basestring
from typing import TYPE_CHECKING, Any

from weibao.render.json.encode import json_value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def dump(value: Any) -> str:
    """The value as indented JSON with its keys in the order of the interface, ending in LF."""
    return _indented(value, "\n") + "\n"


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
        parts = [f"{_key(key)}: {_indented(element, inner)}" for key, element in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    return f"[{inner}{f',{inner}'.join([_indented(element, inner) for element in value])}{line}]"


def printed(result: Any, zone: ZoneInfo | None = None) -> str:
    """A result as a command prints it, its instants in ``zone``; None where it has none."""
    return dump(json_value(result, zone))
