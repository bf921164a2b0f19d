"""A ticket as it is told: what every part of its course needs to know and may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.demo.draft import Merge, Pen
    from weibao.demo.pace import Tempo
    from weibao.demo.parts import Store
    from weibao.demo.people import Colleague
    from weibao.demo.plot import Plot
    from weibao.demo.wording import Wording
    from weibao.model.instant import Instant


@dataclass(slots=True)
class Telling:
    """A ticket as it is told: the plot, the pen that writes it, and who works on it."""

    plot: Plot
    pen: Pen
    wording: Wording
    tempo: Tempo
    engineer: Colleague
    store: Store
    quiet_from: Instant
    branch: list[Merge] = field(default_factory=list)

    def later(self, instant: Instant, low: int, high: int) -> Instant:
        """Some minutes later, of working time where the severity's clock is."""
        return self.tempo.after(instant, self.pen.random.randint(low, high))
