"""Checkpoints held against the history, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.signatures.stamp import StampedAt
from weibao.sla.tally import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.history.checkpoints.comparison import Examined
    from weibao.model.finding import Finding


def contained(examined: Sequence[Examined]) -> Tally:
    """The checkpoints that the history still contains, of all."""
    return tally(not checkpoint.findings for checkpoint in examined)


def stamps_held(examined: Sequence[Examined], alone: Sequence[Finding]) -> Tally:
    """The time stamps that hold, of all: those without their checkpoint (``alone``) never do."""
    stamped = [
        isinstance(checkpoint.stamp, StampedAt)
        for checkpoint in examined
        if checkpoint.stamp is not None
    ]
    return tally([*stamped, *(False for _ in alone)])
