"""What a workbook says otherwise than records/*.yaml: values to put in, and what is left to people.

Three are compared: the workbook, the configuration as it was when the workbook was written, and as it stands. What the
workbook left as it was is not put in, whatever it has become since: nobody's work is undone by an old workbook. Nothing
is ever taken out: who left gets the last day of the role, what is no longer covered the last day of its cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.yaml.document import Keys

    Files = Mapping[str, Mapping[str, Any]]
    """Values by key, by the name of the file of the configuration."""

_ACCUMULATE = frozenset({"git"})
"""Lists that only grow: an address that somebody committed with stays theirs."""
_SAME = {"roles": "role", "certificates": "number", "experience": "kind"}
"""Of lists of objects the key by which one of them is still the same one."""
_LEFT = frozenset({"sla", "checklists"})
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Differences:
    """What comes of a workbook, each by the name of the file.

    Attributes:
        puts: values to put in, under keys.
        kept: under which keys others have changed what the workbook left as it was; theirs stays.
        clashes: under which keys both have changed it, and not to the same.
    """

    puts: Mapping[str, tuple[tuple[Keys, Any], ...]]
    kept: tuple[tuple[str, Keys], ...]
    clashes: tuple[tuple[str, Keys], ...]


def differences(wanted: Files, before: Files, current: Files, code: str) -> Differences:
    """What files that say ``current`` would have to say, after a workbook that was written from ``before``; names in ``code``."""
    puts: dict[str, tuple[tuple[Keys, Any], ...]] = {}
    kept: list[tuple[str, Keys]] = []
    clashes: list[tuple[str, Keys]] = []
    for name, values in wanted.items():
        edited = [keys for keys, _ in _puts((), _taken(values), before[name], code)]
        found = []
        for keys, value in _puts((), _taken(values), current[name], code):
            if not any(_within(keys, other) or _within(other, keys) for other in edited):
                kept.append((name, keys))
            elif _at(before[name], keys) != _at(current[name], keys):
                clashes.append((name, keys))
            else:
                found.append((keys, value))
        if found:
            puts[name] = tuple(found)
    return Differences(puts, tuple(kept), tuple(clashes))


def left_out(written: Files, wanted: Files) -> tuple[tuple[str, Keys], ...]:
    """What a workbook does not say any more of all that was ``written`` into it: the keys, with the name of the file."""
    return tuple(
        (name, keys)
        for name, values in written.items()
        for keys in _gone((), _taken(values), wanted[name])
    )


def _taken(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of a file's values may be put into one that stands: terms that took effect and checklists may not."""
    return {key: value for key, value in values.items() if key not in _LEFT}


def _within(keys: Keys, others: Keys) -> bool:
    return keys[: len(others)] == others


def _at(value: Any, keys: Keys) -> Any:
    for key in keys:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return _ABSENT
    return value


def _gone(keys: Keys, written: Any, wanted: Any) -> Iterator[Keys]:
    if isinstance(written, dict) and isinstance(wanted, dict):
        for key, value in written.items():
            if key in wanted:
                yield from _gone((*keys, key), value, wanted[key])
            else:
                yield (*keys, key)
    elif keys and keys[-1] in _SAME:
        still = {place for _, place in _paired(keys, wanted, written)}
        yield from ((*keys, place) for place in range(len(written)) if place not in still)


def _puts(keys: Keys, wanted: Any, current: Any, code: str) -> Iterator[tuple[Keys, Any]]:
    if isinstance(wanted, dict) and isinstance(current, dict):
        for key, value in wanted.items():
            if key not in current:
                yield (*keys, key), value
            else:
                yield from _puts((*keys, key), value, current[key], code)
    elif isinstance(wanted, str) and isinstance(
        current, dict
    ):  # a name that stands in two languages
        if current.get(code, wanted) != wanted or not current:
            yield (*keys, code), wanted
    elif isinstance(wanted, list) and isinstance(current, list):
        yield from _of_list(keys, wanted, current, code)
    elif wanted != current:
        yield keys, wanted


def _of_list(
    keys: Keys, wanted: list[Any], current: list[Any], code: str
) -> Iterator[tuple[Keys, Any]]:
    if keys[-1] in _ACCUMULATE:
        added = [value for value in wanted if value not in current]
        for place, value in enumerate(added, len(current)):
            yield (*keys, place), value
    elif keys[-1] in _SAME:
        end = len(current)
        for value, same in _paired(keys, wanted, current):
            if same is None:
                yield (*keys, end), value
                end += 1
            else:
                yield from _puts((*keys, same), value, current[same], code)
    elif wanted != current:
        yield keys, wanted


def _paired(keys: Keys, wanted: list[Any], current: list[Any]) -> Iterator[tuple[Any, int | None]]:
    """Each wanted object with the place of the one that it is: one that says all it says, else one of the same name."""
    same = _SAME[str(keys[-1])]
    places = list(range(len(current)))
    open_: list[Any] = []
    for value in wanted:
        exact = [place for place in places if current[place].items() >= value.items()]
        if exact:
            places.remove(exact[0])
            yield value, exact[0]
        else:
            open_.append(value)
    for value in open_:
        named = [place for place in places if current[place].get(same) == value.get(same)]
        alone = places if len(places) == len(open_) == 1 else []
        meant = next(iter(named or alone), None)
        if meant is not None:
            places.remove(meant)
        yield value, meant
