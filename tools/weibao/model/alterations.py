"""What is otherwise in two versions of a file: by keys where both can be read, else by lines.

Lists of mappings are matched by what names their items (a level, a day of effect, a number …), so that an
item put in front of others does not make all of them look changed. Everything is bounded: whoever wants
the whole has ``git diff``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from weibao.model.shown import Count
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST = 40
"""Alterations told of one version of a file; how many more there are is counted."""

LONGEST = 160
"""Characters of a value or of a key that are told."""

_NAMING = ("id", "effective_from", "level", "at", "number", "item", "role", "kind", "commit")
"""Keys that may name an item of a list, the best first."""

Form = Literal["keys", "lines", "whole", "bytes"]


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something that is otherwise.

    Attributes:
        key: the way to it, ``sla[2026-06-01].severities[2].targets.respond.within``; for lines,
            the number of the line, in the older version for one that is gone.
        before, after: as YAML writes them on one line; None where there is nothing.
        against: what a new item was held against, None for nothing: new service terms are told as what
            they change of the terms before them.

    差异 · Alteration | 一项差异 · One thing that is otherwise.
    """

    key: str
    """键 · Key | 路径；按行比对时为行号 · The way to it; the line's number, by lines"""
    before: str | None
    """之前 · Before | 之前的值；null：没有 · The value before; null: none"""
    after: str | None
    """之后 · After | 之后的值；null：没有 · The value after; null: none"""
    against: str | None = None
    """相比于 · Against | 新条款与之相比的条款；否则为 null · The terms that new ones are held against; else null"""


@dataclass(frozen=True, slots=True)
class Altered:
    """Two versions of a file, held against each other.

    ``form`` says how: by ``keys``; by ``lines``, where a version is no YAML that can be read; not at
    all, where a version is not at hand (``bytes``) or the file is new or gone as a ``whole``. ``more``
    counts what is not told.
    """

    form: Form
    """比对方式 · Form | 按键、按行、整个文件，或无从比对 · By keys, by lines, as a whole, or not at hand"""
    alterations: tuple[Alteration, ...]
    """差异 · Alterations | 逐项的差异，最多 40 项 · What is otherwise, at most 40"""
    more: Count
    """其余 · More | 未列出的差异数 · How many are not told"""

    @property
    def counted(self) -> Altered:
        """The same with none of its alterations told."""
        return replace(self, alterations=(), more=self.more + len(self.alterations))


def altered(path: str, before: bytes, after: bytes) -> Altered:
    """What turns one version of the file at ``path`` into the other."""
    old, new = (_values(path, item) for item in (before, after))
    if old is None or new is None:
        return _told("lines", _by_line(_lines(before), _lines(after)))
    return _told("keys", _by_key("", old[0], new[0]))


def altered_under(
    keys: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Altered:
    """What is otherwise under these keys of two documents."""
    old, new = ({key: item[key] for key in keys if key in item} for item in (before, after))
    return _told("keys", _by_key("", old, new))


UNKNOWN = Altered("bytes", (), 0)
"""Two versions of which one is not at hand."""

WHOLE = Altered("whole", (), 0)
"""A file that is new, or gone: there is nothing to hold it against."""


def written(value: Any) -> str:
    """A value as :func:`flow` writes it, clipped."""
    return _clipped(flow(value))


def _values(path: str, raw: bytes) -> tuple[Any] | None:
    """The values of a version, or None where it cannot be read."""
    if not path.endswith(".yaml"):
        return None
    document, _ = read_yaml(path, raw)
    return (document.data,) if document else None


def _told(form: Form, found: Iterator[Alteration]) -> Altered:
    kept = tuple(islice(found, MOST))
    return Altered(form, kept, sum(1 for _ in found))


# By key


def _by_key(key: str, old: Any, new: Any) -> Iterator[Alteration]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in (*old, *(item for item in new if item not in old)):
            inner = f"{key}.{name}" if key else str(name)
            if name not in new:
                yield _alteration(inner, old[name], _NOTHING)
            elif name not in old:
                yield _alteration(inner, _NOTHING, new[name])
            else:
                yield from _by_key(inner, old[name], new[name])
    elif isinstance(old, list) and isinstance(new, list):
        yield from _by_item(key, old, new)
    elif old != new or type(old) is not type(new):
        yield _alteration(key, old, new)


def _by_item(key: str, old: list[Any], new: list[Any]) -> Iterator[Alteration]:
    naming = next((item for item in _NAMING if _names(item, old) and _names(item, new)), None)
    if naming is None:
        yield from _unnamed(key, old, new)
        return
    before, after = ({flow(item[naming]): item for item in items} for items in (old, new))
    for name in (*before, *(item for item in after if item not in before)):
        inner = f"{key}[{name}]"
        if name not in after:
            yield _alteration(inner, before[name], _NOTHING)
        elif name in before:
            yield from _by_key(inner, before[name], after[name])
        else:
            yield from _new_item(inner, name, after, naming)


def _new_item(key: str, name: str, items: dict[str, Any], naming: str) -> Iterator[Alteration]:
    """An item that is new; of terms that take effect on a day, what they change of those before."""
    earlier = max((item for item in items if item < name), default=None)
    if naming != "effective_from" or earlier is None:
        yield _alteration(key, _NOTHING, items[name])
        return
    changes = [
        alteration
        for alteration in _by_key(key, items[earlier], items[name])
        if alteration.key != f"{key}.{naming}"
    ]
    for change in changes or [Alteration(_clipped(key), None, name)]:
        yield Alteration(change.key, change.before, change.after, earlier)


def _names(naming: str, items: list[Any]) -> bool:
    """Whether every item is a mapping, and the key ``naming`` tells each from the others."""
    found = [
        flow(item[naming]) if isinstance(item, dict) and naming in item else None for item in items
    ]
    return None not in found and len(set(found)) == len(found)


def _unnamed(key: str, old: list[Any], new: list[Any]) -> Iterator[Alteration]:
    """Items that nothing names: those that are gone, those that have come; or another order."""
    before, after = ([flow(item) for item in items] for items in (old, new))
    if Counter(before) == Counter(after):
        if before != after:
            yield _alteration(key, old, new)
        return
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    for element in gone.elements():
        yield Alteration(_clipped(key), _clipped(element), None)
    for element in come.elements():
        yield Alteration(_clipped(key), None, _clipped(element))


class _Nothing:
    """Where a version has no such key: null is a value."""


_NOTHING = _Nothing()


def _alteration(key: str, old: Any, new: Any) -> Alteration:
    before, after = (None if nothing is _NOTHING else written(nothing) for nothing in (old, new))
    return Alteration(_clipped(key), before, after)


def flow(value: Any) -> str:
    """A value as YAML writes it on one line, but without quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


# By line


def _lines(raw: bytes) -> list[str]:
    return raw.decode(errors="replace").splitlines()


def _by_line(old: list[str], new: list[str]) -> Iterator[Alteration]:
    """The lines between the common beginning and the common end: gone, then come. Linear."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    for number in range(start, len(old) - end):
        yield Alteration(str(number + 1), _clipped(old[number]), None)
    for number in range(start, len(new) - end):
        yield Alteration(str(number + 1), None, _clipped(new[number]))
