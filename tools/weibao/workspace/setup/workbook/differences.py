"""What a workbook says otherwise than records/*.yaml: values to put in, and what is left to people.

Nothing is ever taken out: who left gets the last day of the role, what is no longer covered the last day of its cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.yaml.document import Keys

_ACCUMULATE = frozenset({"git"})
"""Lists that only grow: an address that somebody committed with stays theirs."""
_OWN = {
    "contract": ("contacts", "sites", "services"),
    "staff": ("people",),
    "duty": ("rotas",),
    "assets": ("assets",),
    "spares": ("depots", "parts"),
    "plan": ("plan",),
}
"""Of each file the keys that hold things by their ids."""

_LEFT = frozenset({"sla", "checklists"})


@dataclass(frozen=True, slots=True)
class Differences:
    """``puts`` are values under keys, by the name of the file; ``missing`` the ids that the workbook leaves out, for each file."""

    puts: Mapping[str, tuple[tuple[Keys, Any], ...]]
    missing: tuple[tuple[str, tuple[str, ...]], ...]


def differences(
    wanted: Mapping[str, Mapping[str, Any]], current: Mapping[str, Mapping[str, Any]], code: str
) -> Differences:
    """What would have to be put into files that say ``current``, so that they say ``wanted``; names in ``code``."""
    left_out = {
        name: tuple(
            identifier
            for key in keys
            for identifier in current[name].get(key) or {}
            if identifier not in (wanted[name].get(key) or {})
        )
        for name, keys in _OWN.items()
    }
    return Differences(
        {
            name: found
            for name, values in wanted.items()
            if (found := tuple(_puts((), _taken(values), current[name], code)))
        },
        tuple((name, ids) for name, ids in left_out.items() if ids),
    )


def _taken(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of a file's values may be put into one that stands: terms that took effect and checklists may not."""
    return {key: value for key, value in values.items() if key not in _LEFT}


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
    elif any(isinstance(value, dict) for value in wanted):
        for place, value in enumerate(wanted):
            if place < len(current):
                yield from _puts((*keys, place), value, current[place], code)
            else:
                yield (*keys, place), value
    elif wanted != current:
        yield keys, wanted
