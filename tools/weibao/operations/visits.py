"""Visits: who was on the customer's site when, and what they did there (requirements 13, 14 and 25).

A visit lasts from the first arrival until nobody who came is there any more: stays that overlap are one. Who was
sent along comes and goes with whoever they were sent with, unless they say themselves when they did.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.imported import Precision
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time on site: until ``left``, None while they are there; ``along`` with another.

    ``arrived_precision`` and ``left_precision`` are how exactly an old register says either, None where it is exact.
    """

    person: str
    arrived: Instant
    left: Instant | None = None
    along: bool = False
    arrived_precision: Precision | None = None
    left_precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A visit of a ticket.

    Attributes:
        number: the how many-eth it is, from 1.
        stays: of each who was there, in the order of their coming.
        dispatched: when the first of them was sent; None where nobody sent them. ``dispatched_precision`` is how exactly
            an old register says it, None where it is exact.
        parts: the serial numbers that were installed meanwhile.
        entries: the places in the log of its arrivals, with the number that each states.
    """

    number: int
    stays: tuple[Stay, ...]
    dispatched: Instant | None
    parts: tuple[str, ...]
    entries: tuple[tuple[int, int | None], ...]
    dispatched_precision: Precision | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who was there, once."""
        return tuple(dict.fromkeys(stay.person for stay in self.stays))

    @property
    def arrived(self) -> Instant:
        """When the first came."""
        return self._first.arrived

    @property
    def arrived_precision(self) -> Precision | None:
        """How exactly an old register says that, None where it is exact."""
        return self._first.arrived_precision

    @property
    def _first(self) -> Stay:
        return min(self.stays, key=lambda stay: stay.arrived)

    @property
    def left(self) -> Instant | None:
        """When the last was gone; None while somebody is there."""
        ends = [stay.left for stay in self.stays if stay.left is not None]
        return max(ends) if len(ends) == len(self.stays) else None

    @property
    def left_precision(self) -> Precision | None:
        """How exactly an old register says that, None where it is exact."""
        return next((stay.left_precision for stay in self.stays if stay.left == self.left), None)

    def has(self, person: str, at: Instant) -> bool:
        """Whether somebody was there at an instant."""
        return any(
            stay.person == person and stay.arrived <= at and (stay.left is None or at <= stay.left)
            for stay in self.stays
        )


_Sent = tuple["Instant | None", "Precision | None", tuple[str, ...]]
"""When somebody was sent, how exactly that is known, and who was sent along."""

_UNSENT: _Sent = (None, None, ())


@dataclass(slots=True)
class _Running:
    """A visit that somebody is still on."""

    dispatched: _Sent = _UNSENT
    stays: list[Stay] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    entries: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return all(stay.left is not None for stay in self.stays)

    def come(self, stay: Stay) -> None:
        """They are there, unless they are already."""
        open_stays = [known for known in self.stays if known.left is None]
        own = next((known for known in open_stays if known.person == stay.person), None)
        if own is None:
            self.stays.append(stay)
        elif own.along and not stay.along:
            self.stays[self.stays.index(own)] = stay

    def go(self, people: set[str], left: Instant, precision: Precision | None) -> None:
        self.stays = [
            replace(stay, left=left, left_precision=precision)
            if stay.left is None and stay.person in people
            else stay
            for stay in self.stays
        ]


def visits_of(
    steps: Iterable[tuple[Entry, Instant, Precision | None]],
) -> tuple[SiteVisit, ...]:
    """The visits of a ticket, out of its entries in their order, each with its instant by some reading and how exact that is."""
    found: list[_Running] = []
    sent: dict[str, _Sent] = {}
    for entry, at, precision in steps:
        match entry.event:
            case "dispatched":
                along = tuple(entry.data.get("with", ()))
                sent[entry.data["to"]] = (at, precision, along)
                sent |= dict.fromkeys(along, (at, precision, ()))
            case "arrived":
                if not found or found[-1].over:
                    found.append(_Running())
                running = found[-1]
                went = sent.get(entry.by, _UNSENT)
                if running.dispatched[0] is None:
                    running.dispatched = went
                running.entries.append((entry.index, entry.data.get("visit")))
                running.come(Stay(entry.by, at, arrived_precision=precision))
                for person in went[2]:
                    running.come(Stay(person, at, along=True, arrived_precision=precision))
            case "left" if found:
                along = sent.get(entry.by, _UNSENT)[2]
                there = {stay.person for stay in found[-1].stays if stay.along}
                found[-1].go({entry.by, *there.intersection(along)}, at, precision)
            case "part_replaced" if found and not found[-1].over:
                found[-1].parts.append(entry.data["installed_serial"])
            case _:
                pass
    return tuple(
        SiteVisit(
            number,
            tuple(run.stays),
            run.dispatched[0],
            tuple(run.parts),
            tuple(run.entries),
            run.dispatched[1],
        )
        for number, run in enumerate(found, 1)
    )


def visits_by_evidence(steps: Iterable[ProvenEntry], until: Instant) -> tuple[SiteVisit, ...]:
    """The visits up to an instant, each step at the time that the evidence supports."""
    return visits_of(
        (step.entry, step.effective, step.precision) for step in steps if step.effective <= until
    )


def visits_on_claims(steps: Iterable[Entry]) -> tuple[SiteVisit, ...]:
    """The visits, were every claim believed; the entries stand in the order of their claims."""
    return visits_of((entry, entry.at, None) for entry in steps)
