"""The script of a reactive ticket: what happens to which equipment, who reports it, how it turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.hours import ZONE
from weibao.model.ids import make_id
from weibao.model.instant import local_day

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.complications import Complication
    from weibao.demo.network import Equipment
    from weibao.demo.people import Client
    from weibao.demo.stories import Story
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class TicketScript:
    """One ticket, before it is told.

    Attributes:
        id: the ticket's.
        story, equipment, client: what happens, to what, and who of the customer reports it.
        severity, reported, channel: as the customer declared it.
        complication: how it goes otherwise than usual, or None.
        hold: the event after which nothing has happened yet, "" for a ticket that is over.
        duplicate_of: the ticket that a cancelled one repeats, or "".
        engineer: the id of who found it and sees to it, "" for whoever can be called.
    """

    id: str
    story: Story
    equipment: Equipment
    client: Client
    severity: int
    reported: Instant
    channel: str
    complication: Complication | None = None
    hold: str = ""
    duplicate_of: str = ""
    engineer: str = ""

    @property
    def turn(self) -> str:
        """The complication's name, or ""."""
        return self.complication.name if self.complication else ""

    @property
    def mends(self) -> bool:
        """Whether something is down that is restored before it is resolved."""
        return self.story.kind == "fault"


def ticket_id(random: Random, reported: Instant) -> str:
    """An id of the contract-local day of the report."""
    return make_id("T", local_day(reported, ZONE), random.randrange(32**6))
