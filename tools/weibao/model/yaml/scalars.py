"""Plain scalars: what an unquoted word in a record means.

The YAML 1.2 core schema, narrowed to what no reader of YAML can take for anything else: ``true``
and ``false``, decimal integers and decimal fractions, and nothing at all for null. Everything else
is a string: ``no``, ``on``, ``~``, ``null``, ``12:30``, ``2026-11-23``, ``0755``, ``0x1F``,
``1_000``, ``1e3``, ``+5``, and digits too many for an exact number.
"""

from __future__ import annotations

import re

Scalar = str | int | float | bool | None

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,40}")
_WORDS: dict[str, bool | None] = {"": None, "true": True, "false": False}
_STARTS = frozenset(["", *"-0123456789tf"])


def plain_value(text: str) -> Scalar:
    """The value of an unquoted scalar; "" is null."""
    if text[:1] not in _STARTS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    return text
