"""Where a ticket's clocks stand still: pauses, and the time between a stop and its reopening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.model.events import REASONS
from weibao.sla.clock import FOREVER

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.sla.reading import Reading, Step


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
        """The same, ended by a stop where nothing else ended it."""
        return replace(self, end=stop) if self.end == FOREVER else self


def pauses_of(reading: Reading, response: Step | None) -> tuple[Standstill, ...]:
    """The pauses that count: for a listed reason, and from the response on."""
    if response is None:
        return ()
    pauses: list[Standstill] = []
    paused: Step | None = None
    for step in reading.steps:
        if step.event == "paused" and paused is None and step.entry.data["reason"] in REASONS:
            paused = step
        elif step.event == "resumed" and paused is not None:
            pauses.append(_pause(paused, step, response))
            paused = None
    if paused is not None:
        pauses.append(_pause(paused, None, response))
    return tuple(pause for pause in pauses if pause.start < pause.end)


def _pause(paused: Step, resumed: Step | None, response: Step) -> Standstill:
    begun = [paused] if response.instant <= paused.instant else [paused, response]
    return Standstill(
        start=begun[-1].instant,
        end=FOREVER if resumed is None else resumed.instant,
        reason=paused.entry.data["reason"],
        steps=(*begun, resumed) if resumed else tuple(begun),
    )
