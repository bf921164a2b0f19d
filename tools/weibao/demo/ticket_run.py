"""A ticket as it is told: what every part of its course needs to know and may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.demo.parts import Store
    from weibao.demo.people import Colleague
    from weibao.demo.severity_timing import SeverityTiming
    from weibao.demo.staged_record import EntryWriter, Merge
    from weibao.demo.ticket_script import TicketScript
    from weibao.demo.wording import Wording
    from weibao.model.instant import Instant


@dataclass(slots=True)
class TicketRun:
    """A ticket as it is told: its script, what writes its entries, and who works on it."""

    script: TicketScript
    writer: EntryWriter
    wording: Wording
    timing: SeverityTiming
    engineer: Colleague
    store: Store
    quiet_from: Instant
    branch: list[Merge] = field(default_factory=list)

    def later(self, instant: Instant, low: int, high: int) -> Instant:
        """Some minutes later, of working time where the severity's clock is."""
        return self.timing.after(instant, self.writer.random.randint(low, high))
