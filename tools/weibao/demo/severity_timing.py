"""How fast things usually go, by severity; and what the contract asks of the pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.habits import HABITS
from weibao.demo.hours import MINUTE
from weibao.history.proven import Grade
from weibao.sla.bases import PromisedTargets
from weibao.sla.calendar import Uncovered
from weibao.sla.reading import Moment

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.habits import Pace, Range
    from weibao.demo.year import Year
    from weibao.model.instant import Instant
    from weibao.sla.bases import Basis, Spans


@dataclass(frozen=True, slots=True)
class SeverityTiming:
    """Time as a ticket of a severity sees it: around the clock, or in working hours."""

    year: Year
    level: int

    @property
    def pace(self) -> Pace:
        """The usual minutes."""
        return HABITS.paces[self.level]

    def after(self, instant: Instant, minutes: int) -> Instant:
        """``minutes`` later."""
        if self.level <= 2:
            return instant + minutes * MINUTE
        return self.year.days.later(instant, minutes)

    def draw(self, instant: Instant, span: Range, random: Random) -> Instant:
        """Some minutes of ``span`` later."""
        return self.after(instant, random.randint(*span))

    def basis(self, target: str, start: Instant, reported_at: Instant) -> Basis | None:
        """What the contract promises of ``target`` from ``start`` on."""
        moment = Moment(start, Grade.SUPPORTED, None)
        return PromisedTargets(self.year.clocks, reported_at).basis(target, self.level, moment)

    def due(self, target: str, start: Instant, reported_at: Instant, idle: Spans = ()) -> Instant:
        """When ``target`` is due; where no calendar says, a plain working week later."""
        basis = self.basis(target, start, reported_at)
        due = None if basis is None else basis.due(idle)
        if due is None or isinstance(due, Uncovered):
            return self.year.days.later(start, 9 * 60 * 5)
        return due
