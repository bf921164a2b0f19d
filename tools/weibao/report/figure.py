"""What a key figure is: the records behind it, out of which its numbers are added up, and a tile that shows it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from weibao.history.proven import Grade, worst
from weibao.model.instant import local_day, local_month, midnight
from weibao.sla.figures import spread
from weibao.sla.tally import Tally, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.official import Official
    from weibao.language import Language
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.promises import Bound, CreditRule
    from weibao.sla.figures import Spread

FEW = 5
"""Below so many values a percentile says nothing: the values themselves are told."""

LATER_FACTS = 30 * 86400
"""Seconds after a period within which a repair can still be undone, or a fault come back."""


_BY_CONFIGURATION = frozenset(
    f"records/{name}.yaml" for name in ("contract", "assets", "duty", "plan")
)
"""Files that show what was planned and promised, and nothing that was done."""

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
            of its group may cost together, ``rule`` that by which it costs anything (None: the points of the month).
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
    rule: CreditRule | None = None
    occurrence: int = 1
    part: Fraction = Fraction(0)
    """What the tally's count leaves out: part of a second that was weighed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over a period. Rows on imported entries are apart from every number.

    ``closed`` is what the month was closed with, if the period is a closed month and its close says it; ``provisional`` says that what may happen until some days after the period can still change it.
    ``bounds`` are what the contract asks of it in a month, by group, under "" of each or of all together.
    """

    figure: KeyFigure
    period: Period
    counted: tuple[FigureRow, ...]
    imported: tuple[FigureRow, ...]
    provisional: bool
    closed: Tally | None = None
    bounds: Mapping[str, Bound] = field(default_factory=dict)
    group: str = ""

    @property
    def parts(self) -> tuple[Measured, ...]:
        """What of it means something: all together, or each group where that alone does."""
        return (self,) if self.figure.whole or not self.groups else tuple(self.groups.values())

    @property
    def bound(self) -> Bound | None:
        """What the contract asks of it; None where nothing."""
        asked = self.bounds.get(self.group)
        if asked is None and self.figure.whole == (not self.group):
            return self.bounds.get("")
        return asked

    @property
    def value(self) -> Fraction | None:
        """What is held against that, exactly: of a closed month what it was closed with, of lengths the mean."""
        match self.figure.unit:
            case Unit.LENGTH:
                return None if self.mean is None else Fraction(sum(self.lengths), len(self.lengths))
            case Unit.AMOUNT:
                return None if self.amount is None else Fraction(self.amount)
            case Unit.PER_EVENT:
                events = self.tally.count
                return Fraction(self.whole_length, events) if events else None
            case _:
                stands = self.tally if self.closed is None else self.closed
                part = sum((row.part for row in self.counted), Fraction(0))
                return (stands.count + part) / stands.of if stands.of else None

    @property
    def kept(self) -> bool | None:
        """Whether what the contract asks was reached; None where it asks nothing, or there is no figure."""
        bound, value = self.bound, self.value
        if bound is None:
            return None
        if value is None and self.figure.unit is Unit.PER_EVENT:
            # No event yet: what has passed may be enough, and cannot be too little.
            long_enough = bound.at_least and self.whole_length >= bound.value
            return True if long_enough and self.whole_length else None
        return None if value is None else bound.met_by(value)

    @property
    def groups(self) -> dict[str, Measured]:
        """The same by group, in the order of their names; nothing where it is told apart by nothing."""
        return {
            name: replace(
                self,
                counted=tuple(row for row in self.counted if row.group == name),
                imported=tuple(row for row in self.imported if row.group == name),
                closed=None,
                group=name,
            )
            for name in sorted({row.group for row in (*self.counted, *self.imported)} - {""})
        }

    @property
    def ungrouped(self) -> Measured:
        """Its rows that are in none of its groups."""
        return replace(
            self,
            counted=tuple(row for row in self.counted if not row.group),
            imported=tuple(row for row in self.imported if not row.group),
        )

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
    def inexact(self) -> int:
        """Of a figure of lengths, how many rows have none: an old register does not say both times exactly."""
        measured = self.figure.unit is Unit.LENGTH
        return sum(row.seconds is None for row in self.imported) if measured else 0

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
    def bands(self) -> tuple[int, ...]:
        """How many of its lengths are in each band of the figure, the last for those beyond all."""
        limits = self.figure.bands
        places = Counter(bisect_left(limits, length) for length in self.lengths)
        return tuple(places[place] for place in range(len(limits) + 1)) if limits else ()

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
            limits[row.group] = max(row.limit, limits.get(row.group, row.limit))
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
        see: the page and the heading where its rows are.
    """

    title: str
    tally: Callable[[Any], Tally]
    beside: Callable[[Tally, Language], str]
    page: str
    place: int
    see: tuple[str, str]


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
        rows: everything behind it in a period, of a Book.
        place: where it comes among the figures.
        closed: what the close of a period says of it; None where none does.
        settles: seconds after the period until which it may still change.
        tile: where it is told at a glance; None where nowhere.
        bands: upper limits in seconds by which its lengths are told apart; what is longer than all is a band too.
    """

    name: str
    title: str
    definition: str
    unit: Unit = Unit.SHARE
    grouped_by: str = ""
    whole: bool = True
    rows: Callable[[Any, Period], Iterable[FigureRow]]
    place: int
    closed: Callable[[Any, Period], Tally | None] = lambda _book, _period: None
    settles: int = 0
    tile: Tile | None = None
    bands: tuple[int, ...] = ()


class MeasuredBook(Protocol):
    """What a figure needs of a Book. The Book asks for figures itself, so that its own type is not named here."""

    @property
    def as_of(self) -> Instant:
        """The instant as of which the records are judged."""

    @property
    def zone(self) -> ZoneInfo:
        """The contract's time zone."""

    @property
    def recorded_since(self) -> Instant:
        """Before what instant nobody recorded any work."""

    @property
    def official_contract(self) -> Official[Contract]:
        """The contract as it stood before something happened."""


def measured(figure: KeyFigure, book: MeasuredBook, period: Period) -> Measured:
    """The figure of a Book over a period.

    Of one that was over before any work was recorded the configuration alone says nothing: that nobody
    recorded a fault, or an absence, is not that there was none.
    """
    recorded = book.recorded_since < period.end
    found = (
        row for row in figure.rows(book, period) if recorded or row.record not in _BY_CONFIGURATION
    )
    rows = sorted(found, key=lambda row: (row.record, row.what))
    return Measured(
        figure,
        period,
        tuple(row for row in rows if row.grade is not Grade.IMPORTED),
        tuple(row for row in rows if row.grade is Grade.IMPORTED),
        provisional=book.as_of < period.end + figure.settles,
        closed=figure.closed(book, period),
        bounds=_bounds(figure, book, period),
    )


def _bounds(figure: KeyFigure, book: MeasuredBook, period: Period) -> dict[str, Bound]:
    """What the contract that stood when a month began asks of a figure in it; nothing of another period."""
    month = local_month(period.start, book.zone)
    if period != whole_month(month, book.zone):
        return {}
    contract = book.official_contract.before(period.start)
    agreed = {kpi.figure: kpi.bound for kpi in contract.kpis}
    found = {"": agreed[figure.name]} if figure.name in agreed else {}
    if figure.name == "availability_contract":
        day = max(date.fromisoformat(f"{month}-01"), contract.start)
        found |= contract.availability_on(day).targets
    return found
