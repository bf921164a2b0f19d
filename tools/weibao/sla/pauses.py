"""Where a ticket's clocks stand still: pauses, and the time between a stop and its reopening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.sla.clock import FOREVER

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.sla.reading import Step


@dataclass(frozen=True, slots=True)
class Standstill:
    """A span [start, end) at which a clock does not count, and the steps that bound it.

    ``end`` is FOREVER where nothing has ended it; ``reason`` is that of a pause, and "" for the
    time between a stop and the reopening that undid it.
    """

    start: Instant
    end: Instant
    reason: str
    steps: tuple[Step, ...]

    @property
    def span(self) -> tuple[Instant, Instant]:
        """From (included), to (excluded)."""
        return (self.start, self.end)

    def touches(self, start: Instant, end: Instant) -> bool:
        """Whether some of it lies in [start, end)."""
        return max(self.start, start) < min(self.end, end)

    def closed_at(self, stop: Instant) -> Standstill:
        """The same, ended by a stop where nothing ended it before."""
        return replace(self, end=stop) if self.end > stop else self


def pauses_of(state: RecordState[Step]) -> tuple[Standstill, ...]:
    """The pauses that count: from the response on."""
    response = state.response
    if response is None:
        return ()
    pauses = (_pause(pause.step, pause.resumed, response) for pause in state.pauses)
    return tuple(pause for pause in pauses if pause.start < pause.end)


def _pause(paused: Step, resumed: Step | None, response: Step) -> Standstill:
    begun = [paused] if response.instant <= paused.instant else [paused, response]
    return Standstill(
        start=begun[-1].instant,
        end=FOREVER if resumed is None else resumed.instant,
        reason=paused.entry.data["reason"],
        steps=(*begun, resumed) if resumed else tuple(begun),
    )
