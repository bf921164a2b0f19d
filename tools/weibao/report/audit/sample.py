"""A sample of tickets that anyone can draw again: stratified by declared severity and month.

Chance is the SHA-256 of the seed and the ticket's id, so that the same sample comes out of every
version of Python, and out of no program at all: for each ticket,

    printf '%s' 'SEED:TICKET' | sha256sum

Within a stratum the tickets with the smallest digests are taken. How many of each is settled by their
sizes alone. First one of every stratum, while the size allows: the severities take turns, the gravest
first and planned work last, each with the largest of its strata that has none yet, of equals the
earlier month; so no severity is passed over for another's many tickets. Then one after the other to the
stratum for which (tickets in it) ÷ (2 × taken so far + 1) is largest, of equals the graver, then the
earlier, which keeps the shares proportional (the method of Sainte-Laguë).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING, Annotated

from weibao.model.instant import local_month
from weibao.model.shown import Level, Mark, Month, Sha256, TicketId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.report.book import Book

_PLANNED_LAST = 99


@dataclass(frozen=True, slots=True)
class Stratum:
    """Tickets of one declared severity (None: planned work, which has none) and one month."""

    severity: Level | None
    """级别 · Severity | 申报的级别；计划性工作为 null · As declared; null for planned work"""
    month: Month
    """月份 · Month | 报告的月份 · The contract-local month of the report"""

    @property
    def order(self) -> tuple[int, str]:
        """Graver first, planned work last; then by month."""
        return (_PLANNED_LAST if self.severity is None else self.severity, self.month)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ticket of the sample, its stratum, and the digest that drew it (64 hexadecimal digits).

    样本 · Drawn | 抽中的一张工单 · A ticket of the sample.
    """

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    stratum: Annotated[Stratum, Mark.INLINE]
    digest: Sha256
    """摘要 · Digest | “种子:工单号”的 SHA-256 · The SHA-256 of SEED:TICKET"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample and all that is needed to draw it again.

    Attributes:
        size: how many tickets were asked for.
        seed: the seed, as it was given.
        population: how many tickets each stratum has, in the order of the strata.
        drawn: the sample, in the order of the strata, within one by digest.
    """

    size: int
    seed: str
    population: Mapping[Stratum, int]
    drawn: tuple[Drawn, ...]

    @property
    def of(self) -> int:
        """How many tickets it was drawn from."""
        return sum(self.population.values())


def sample(book: Book, size: int, seed: str) -> Sample:
    """``size`` of the tickets reported by the Book's instant, or all where there are fewer."""
    strata: dict[Stratum, list[Drawn]] = {}
    for ticket in book.records.tickets.values():
        if ticket.reported_at <= book.as_of:
            stratum = Stratum(ticket.severity, local_month(ticket.reported_at, book.zone))
            drawn = Drawn(ticket.id, stratum, digest(seed, ticket.id))
            strata.setdefault(stratum, []).append(drawn)
    ordered = sorted(strata, key=lambda stratum: stratum.order)
    population = {stratum: len(strata[stratum]) for stratum in ordered}
    taken = allotted(population, size)
    return Sample(
        size=size,
        seed=seed,
        population=population,
        drawn=tuple(
            drawn
            for stratum in ordered
            for drawn in sorted(strata[stratum], key=lambda ticket: ticket.digest)[: taken[stratum]]
        ),
    )


def digest(seed: str, ticket: str) -> str:
    """The SHA-256 of ``SEED:TICKET`` in UTF-8, in hexadecimal digits."""
    return sha256(f"{seed}:{ticket}".encode()).hexdigest()


def allotted(population: Mapping[Stratum, int], size: int) -> Counter[Stratum]:
    """How many of each stratum make up a sample of ``size``; never more than there are."""
    first = _in_turn(population)[:size]
    taken = Counter(first)
    waiting = [
        (-Fraction(population[stratum], 3), stratum.order, stratum)
        for stratum in first
        if population[stratum] > 1
    ]
    heapify(waiting)
    for _ in range(len(first), min(size, sum(population.values()))):
        _, order, stratum = waiting[0]
        taken[stratum] += 1
        if taken[stratum] == population[stratum]:
            heappop(waiting)
        else:
            share = Fraction(population[stratum], 2 * taken[stratum] + 1)
            heapreplace(waiting, (-share, order, stratum))
    return taken


def _in_turn(population: Mapping[Stratum, int]) -> list[Stratum]:
    """The strata in the order in which each gets its first ticket."""
    turns: Counter[int] = Counter()
    placed: list[tuple[int, int, Stratum]] = []
    for stratum in sorted(population, key=lambda stratum: (-population[stratum], stratum.order)):
        severity, _ = stratum.order
        placed.append((turns[severity], severity, stratum))
        turns[severity] += 1
    return [stratum for _, _, stratum in sorted(placed, key=lambda place: place[:2])]
