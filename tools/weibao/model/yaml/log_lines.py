"""A log's lines in the form in which commands write them, read by one pattern.

Nearly every line of a log is ``  - {at: …, event: …, by: …}`` with plain words, quoted texts and
lists of them. For these the pattern gives the values and places that the strict reader of YAML gives,
by test; whatever it does not match is that reader's to judge.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

from weibao.model.yaml.scalars import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMN = 4
"""Where an entry begins in its line, from 0."""

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})"
_NAME = r"(?!(?:true|false)[,}])[a-z][a-z0-9_-]*+"
_KEY = r"(?!(?:true|false):)[a-z][a-z0-9_]{0,63}"
# What no reader of YAML takes for anything else, as weibao.model.yaml.quoting writes it.
_PLAIN = r"-?\w(?:[\w./@+%°（）()，。；、：！？“”《》·-]|:(?=\w)| (?=[\w(（]))*+"
_QUOTED = r'"(?:[^"\\]|\\["\\n])*+"'
_SCALAR = f"(?:{_PLAIN}|{_QUOTED})"
_LIST = rf"\[{_SCALAR}(?:, {_SCALAR})*+\]"
_VALUE = f"(?:{_SCALAR}|{_LIST})"
_PAIRS = f"(?:, {_KEY}: {_VALUE})*+"
_LINE = re.compile(rf"  - \{{at: ({_TIME}), event: ({_NAME}), by: ({_NAME})({_PAIRS})\}}")
_PAIR = re.compile(rf"(?:\{{|, )({_KEY}): ({_VALUE})")
_ITEM = re.compile(_SCALAR)
_ESCAPE = re.compile(r"\\(.)")


def read_line(line: str) -> dict[str, Any] | None:
    """The entry in a line; None for a line of another form, and for one that has a key twice."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    at, event, by, rest = match.groups()
    entry: dict[str, Any] = {"at": at, "event": intern(event), "by": by}
    if rest:
        pairs = _PAIR.findall(rest)
        for key, text in pairs:
            entry[intern(key)] = _value(text)
        if len(entry) != len(pairs) + 3:
            return None
    return entry


def columns(line: str) -> Iterator[int]:
    """The columns, from 0, of the entry that ``read_line`` reads and of every key and value in it.

    They come in the order in which the strict reader notes them: a key before its value.
    """
    yield COLUMN
    for pair in _PAIR.finditer(line):
        yield pair.start(1)
        yield pair.start(2)
        if line.startswith("[", pair.start(2)):
            yield from (item.start() for item in _ITEM.finditer(line, *pair.span(2)))


def _value(text: str) -> Any:
    if text[0] == "[":
        return [_scalar(item) for item in _ITEM.findall(text)]
    return _scalar(text)


def _scalar(text: str) -> Any:
    if text[0] != '"':
        return plain_value(text)
    inside = text[1:-1]
    return _ESCAPE.sub(_meant, inside) if "\\" in inside else inside


def _meant(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
