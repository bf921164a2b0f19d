"""Key figures: each with its numerator and its denominator, and None where that is empty."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compliance:
    """How many promises of one kind were kept in one contract-local month.

    ``met`` + ``breached`` is the denominator; ``waived`` and the rest are shown beside it.
    ``met_on_claim`` and ``breached_on_claim`` are the same on claims alone.
    """

    month: str
    target: str
    severity: int
    met: int
    breached: int
    waived: int
    cancelled: int
    undetermined: int
    running: int
    met_on_claim: int
    breached_on_claim: int

    @property
    def share(self) -> float | None:
        """Met ÷ (met + breached), or None where nothing was judged."""
        judged = self.met + self.breached
        return self.met / judged if judged else None
