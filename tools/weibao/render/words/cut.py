"""Long lists cut to the room there is: the first of them, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Listed = TypeVar("Listed")


def cut(told: Sequence[Listed], most: int) -> tuple[Sequence[Listed], int]:
    """The first ``most`` of a list, and how many are left out."""
    return told[:most], max(0, len(told) - most)
