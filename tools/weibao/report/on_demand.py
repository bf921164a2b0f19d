"""A mapping whose values are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

V = TypeVar("V")


class OnDemand(Mapping[str, V]):
    """By each of ``keys``, in their order, what ``work_out`` makes of it, once."""

    def __init__(self, keys: Collection[str], work_out: Callable[[str], V]) -> None:
        """``work_out`` is asked for keys of ``keys`` alone, and for each at most once."""
        self._keys = keys
        self._work_out = work_out
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            if key not in self._keys:
                raise KeyError(key)
            self._known[key] = self._work_out(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
