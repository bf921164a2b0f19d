"""A tally: how many of a whole. Every share that is shown anywhere is the share of one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Tally:
    """``count`` out of ``of``: the numerator of a figure and its denominator."""

    count: int
    of: int

    @property
    def rest(self) -> int:
        """The others of the whole."""
        return self.of - self.count

    @property
    def share(self) -> Fraction | None:
        """Count ÷ of; None where there is nothing to count, which is neither none nor all."""
        return Fraction(self.count, self.of) if self.of else None


def tally(holds: Iterable[bool]) -> Tally:
    """How many of these hold."""
    known = list(holds)
    return Tally(sum(known), len(known))


def total(tallies: Iterable[Tally]) -> Tally:
    """All of these together."""
    known = list(tallies)
    return Tally(sum(tally.count for tally in known), sum(tally.of for tally in known))
