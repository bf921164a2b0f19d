"""A mapping whose values are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

V = TypeVar("V")


class OnDemand(Mapping[str, V]):
    """By key, what ``work_out`` makes of it, once; it raises ``KeyError`` for what is no key.

    ``keys`` is called when all are asked for: to tell them may take as long as to work them out.
    """

    def __init__(self, keys: Callable[[], Iterable[str]], work_out: Callable[[str], V]) -> None:
        """``keys`` gives the keys, in their order; ``work_out`` is asked for each at most once."""
        self._keys = keys
        self._work_out = work_out
        self._known: dict[str, V] = {}

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(self._keys())

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            self._known[key] = self._work_out(key)
        return self._known[key]

    def forget(self, key: str) -> None:
        """Hold what was worked out for a key no longer: it is worked out again if somebody asks for it."""
        self._known.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
