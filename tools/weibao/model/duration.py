"""Durations as contracts write them: ``90s``, ``30m``, ``4h``, ``2d``, and working days ``1wd``."""

from __future__ import annotations

import re
from dataclasses import dataclass

DURATION = re.compile(r"([1-9]\d{0,5})(s|m|h|d|wd)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: either ``seconds`` on a clock, or a number of ``working_days``."""

    text: str
    seconds: int
    working_days: int

    @property
    def in_working_days(self) -> bool:
        """Whether it counts working days rather than seconds."""
        return self.working_days > 0


def parse_duration(text: str) -> Duration:
    """The duration that ``text`` writes; raises ``ValueError`` for anything else."""
    match = DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    count, unit = int(match[1]), match[2]
    if unit == "wd":
        return Duration(text, 0, count)
    return Duration(text, count * _SECONDS[unit], 0)
