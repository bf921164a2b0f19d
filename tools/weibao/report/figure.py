"""What a key figure is: the records behind it, out of which its numbers are added up, and a tile that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.history.proven import Grade, worst
from weibao.model.instant import local_day, midnight
from weibao.sla.figures import spread
from weibao.sla.tally import Tally, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.sla.figures import Spread

FEW = 5
"""Below so many values a percentile says nothing: the values themselves are told."""

LATER_FACTS = 30 * 86400
"""Seconds after a period within which a repair can still be undone, or a fault come back."""


ONE = Tally(1, 1)
"""What a thing adds that is only counted."""


class Unit(StrEnum):
    """What a figure counts in."""

    SHARE = "share"
    """How many, of how many."""
    COUNT = "count"
    """How many."""
    TIME = "time"
    """Seconds, of how many seconds."""
    LENGTH = "length"
    """Seconds, and how they lie."""
    MEAN = "mean"
    """Points, and how many gave them."""
    AMOUNT = "amount"
    """Money, and how many breaches of how many promises it is for."""
    PER_EVENT = "per_event"
    """Seconds, of how many events."""


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a figure: from ``start`` (included) to ``end`` (excluded)."""

    start: Instant
    end: Instant

    def has(self, instant: Instant | None) -> bool:
        """Whether an instant is in it; None never is."""
        return instant is not None and self.start <= instant < self.end


EVER = Period(0, 2**62)
"""All that there is."""


def whole_month(month: str, zone: ZoneInfo) -> Period:
    """A contract-local month, as ``2026-11``."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(midnight(first, zone), midnight(after, zone))


def last_month(instant: Instant, zone: ZoneInfo) -> Period:
    """The last contract-local month that is over at an instant."""
    first = local_day(instant, zone).replace(day=1)
    return whole_month((first - timedelta(days=1)).isoformat()[:7], zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One thing behind a figure.

    Attributes:
        record: the id of the record that shows it, or the path of the file.
        what: which of the record's it is: a target, an asset, a serial number, another ticket; "" for the record.
        group: what the figure is told apart by; "" where by nothing.
        tally: what it adds to the numerator and to the denominator.
        on_claim: the same, were every claim believed.
        seconds, on_claim_seconds: how long it lasted, of a figure of lengths; wall time but where the figure says otherwise.
        grade: the worst grade of what it rests on; None where no evidence is asked for.
        amount, on_claim_amount: what it costs, and would were every claim believed; ``limit`` is what all
            of its group may cost together.
    """

    record: str
    what: str = ""
    group: str = ""
    tally: Tally = ONE
    on_claim: Tally | None = None
    seconds: int | None = None
    on_claim_seconds: int | None = None
    grade: Grade | None = None
    amount: Decimal | None = None
    on_claim_amount: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over a period. Rows on imported entries are apart from every number.

    ``closed`` is what the month was closed with, if the period is a closed month and its close says it; ``provisional`` says that what may happen until some days after the period can still change it.
    """

    figure: KeyFigure
    period: Period
    counted: tuple[FigureRow, ...]
    imported: tuple[FigureRow, ...]
    provisional: bool
    closed: Tally | None = None

    @property
    def groups(self) -> dict[str, Measured]:
        """The same by group, in the order of their names; nothing where it is told apart by nothing."""
        return {
            name: replace(
                self,
                counted=tuple(row for row in self.counted if row.group == name),
                imported=tuple(row for row in self.imported if row.group == name),
                closed=None,
            )
            for name in sorted({row.group for row in (*self.counted, *self.imported)} - {""})
        }

    @property
    def tally(self) -> Tally:
        """The numerator and the denominator."""
        return total(row.tally for row in self.counted)

    @property
    def on_claim(self) -> Tally:
        """The same, were every claim believed."""
        return total(row.on_claim or row.tally for row in self.counted)

    @property
    def own_clock(self) -> Tally:
        """Of it, what rests on the recorder's own clock alone (grade O)."""
        return total(row.tally for row in self.counted if row.grade is Grade.OWN_CLOCK)

    @property
    def by_import(self) -> Tally:
        """What rests on imported entries (grade I), counted apart."""
        return total(row.tally for row in self.imported)

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths of its rows in seconds, sorted."""
        return tuple(sorted(row.seconds for row in self.counted if row.seconds is not None))

    @property
    def by_record(self) -> tuple[FigureRow, ...]:
        """A row for each record, imported ones among them: what all of its own add up to, at their worst grade."""
        rows = sorted((*self.counted, *self.imported), key=attrgetter("record"))
        return tuple(_together(list(own)) for _, own in groupby(rows, key=attrgetter("record")))

    @property
    def spread(self) -> Spread | None:
        """How they lie; None where they are too few to say."""
        return spread(self.lengths) if len(self.lengths) >= FEW else None

    @property
    def amount(self) -> Decimal | None:
        """What its rows cost, of each group no more than its limit; None where nothing can cost anything."""
        return _cost(self.counted, attrgetter("amount"))

    @property
    def amount_on_claim(self) -> Decimal | None:
        """The same, were every claim believed."""
        return _cost(self.counted, attrgetter("on_claim_amount"))

    @property
    def per_event(self) -> int | None:
        """Seconds of all its rows for each event, rounded down; None where there was no event."""
        events = self.tally.count
        return sum(self.lengths) // events if events else None

    @property
    def whole_length(self) -> int:
        """Seconds of all its rows."""
        return sum(self.lengths)

    @property
    def mean(self) -> int | None:
        """Their mean in whole seconds, rounded down; None where there is none."""
        return sum(self.lengths) // len(self.lengths) if self.lengths else None

    @property
    def mean_on_claim(self) -> int | None:
        """The same, were every claim believed."""
        told = [
            row.seconds if row.on_claim_seconds is None else row.on_claim_seconds
            for row in self.counted
            if row.seconds is not None
        ]
        return sum(told) // len(told) if told else None


def _cost(rows: Iterable[FigureRow], of: Callable[[FigureRow], Decimal | None]) -> Decimal | None:
    limits: dict[str, Decimal] = {}
    costs: dict[str, Decimal] = {}
    for row in rows:
        if row.limit is not None:
            limits[row.group] = row.limit
            costs[row.group] = costs.get(row.group, Decimal(0)) + (of(row) or Decimal(0))
    capped = [min(cost, limits[group]) for group, cost in costs.items()]
    return sum(capped, Decimal(0)) if capped else None


def _together(rows: Sequence[FigureRow]) -> FigureRow:
    lengths = [row.seconds for row in rows if row.seconds is not None]
    grades = {row.grade for row in rows if row.grade is not None}
    return FigureRow(
        record=rows[0].record,
        tally=total(row.tally for row in rows),
        seconds=sum(lengths) if lengths else None,
        grade=worst(grades) if grades else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure of everything up to the instant, told at a glance on a page.

    Attributes:
        title: what it is called there, a message id.
        tally: the figure of an audit and its Book.
        beside: what is said of its numbers beside the share.
        page: the address of the page that it is on.
        place: where it comes on that page.
        see: the page and the heading that tell more, where there are such.
    """

    title: str
    tally: Callable[[Audit], Tally]
    beside: Callable[[Tally, Language], str]
    page: str
    place: int
    see: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A figure of a period.

    Attributes:
        name: what a command calls it.
        title: what it is called, a message id.
        definition: what is counted, out of what, and what is left out; a message id.
        unit: what it counts in.
        grouped_by: the kind of what it is told apart by, as of a term; "" where by nothing.
        whole: whether all groups together mean anything.
        rows: everything behind it in a period.
        place: where it comes among the figures.
        closed: what the close of a period says of it; None where none does.
        settles: seconds after the period until which it may still change.
        tile: where it is told at a glance; None where nowhere.
    """

    name: str
    title: str
    definition: str
    unit: Unit = Unit.SHARE
    grouped_by: str = ""
    whole: bool = True
    rows: Callable[[Book, Period], Iterable[FigureRow]]
    place: int
    closed: Callable[[Book, Period], Tally | None] = lambda _book, _period: None
    settles: int = 0
    tile: Tile | None = None


def measured(figure: KeyFigure, book: Book, period: Period) -> Measured:
    """The figure of a Book over a period."""
    rows = sorted(figure.rows(book, period), key=lambda row: (row.record, row.what))
    return Measured(
        figure,
        period,
        tuple(row for row in rows if row.grade is not Grade.IMPORTED),
        tuple(row for row in rows if row.grade is Grade.IMPORTED),
        provisional=book.as_of < period.end + figure.settles,
        closed=figure.closed(book, period),
    )
