"""The availability of a report's months: of every service and piece of equipment, and what it was troubled by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from weibao.report.figures.availability import availability_over
from weibao.report.papers.over_months import in_month, months_shown, period_of_month
from weibao.report.papers.period_report import told_once
from weibao.sla.condition import asset_stretches, borne_by_groups, service_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.figure import Measured
    from weibao.report.papers.period_report import PeriodReport, ReportMonth
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.condition import Borne, Condition, Stretch


@dataclass(frozen=True, slots=True)
class ThingAvailability:
    """A service or a piece of equipment over the months of a report.

    Attributes:
        seconds: for which it was covered; ``excluded`` of them the contract leaves out.
        down: seconds of outage; ``not_well`` of whatever was not simply operational.
        lost, lost_by_contract: the weighted seconds of either figure.
    """

    id: str
    seconds: int
    excluded: int
    down: int
    not_well: int
    lost: Fraction
    lost_by_contract: Fraction

    @property
    def share(self) -> Fraction | None:
        """As experienced; None where nothing was covered."""
        return 1 - self.lost / self.seconds if self.seconds else None

    @property
    def share_by_contract(self) -> Fraction | None:
        """By contract; None where nothing is left that it counts."""
        counted = self.seconds - self.excluded
        return 1 - self.lost_by_contract / counted if counted else None

    @property
    def troubled(self) -> bool:
        """Whether it was ever not simply operational, whatever that weighs."""
        return self.not_well > 0


@dataclass(frozen=True, slots=True)
class TroubledStretch:
    """A stretch of a report's months over which a thing was not simply operational.

    Attributes:
        thing: its id; ``service`` whether it is a service.
        weight: how much of each of its seconds is lost, as experienced.
        excluded: whether the contract leaves it out.
        going_on: whether it had not ended with the report's months.
        vague_start, vague_end: whether an old register does not say exactly when that was.
    """

    thing: str
    service: bool
    start: Instant
    end: Instant
    condition: Condition
    tickets: tuple[str, ...]
    weight: Fraction
    excluded: bool
    going_on: bool
    vague_start: bool
    vague_end: bool

    @property
    def seconds(self) -> int | None:
        """How long it lasted; None where nobody knows."""
        return None if self.vague_start or self.vague_end else self.end - self.start


@dataclass(frozen=True, slots=True)
class ServiceMonths:
    """A service: over the months of the report, and by contract in each month shown; None where it was not there."""

    thing: ThingAvailability
    months: tuple[Measured | None, ...]


@dataclass(frozen=True, slots=True)
class ReportAvailability:
    """The availability of a report.

    Attributes:
        services: every service of the contract.
        assets: the equipment that was troubled, what was available least first.
        untroubled: how many pieces besides were covered and never troubled.
        stretches: what troubled services, then equipment, by when it began.
        borne: by service and month, what took nothing that counts from it, for the sake of a redundancy group.
    """

    services: tuple[ServiceMonths, ...]
    assets: tuple[ThingAvailability, ...]
    untroubled: int
    stretches: tuple[TroubledStretch, ...]
    borne: tuple[tuple[str, Borne], ...]


@told_once
def report_availability(report: PeriodReport) -> ReportAvailability:
    """The availability of everything in the months of a report."""
    services: dict[str, list[ServiceAvailability]] = {}
    assets: dict[str, list[ServiceAvailability]] = {}
    for month in report.months:
        found = availability_over(month.book, period_of_month(month))
        for key, service in found.services.items() if found else ():
            services.setdefault(key, []).append(service)
        for key, asset in found.assets.items() if found else ():
            assets.setdefault(key, []).append(asset)
    told = [in_month(month, "availability_contract").groups for month in months_shown(report)]
    equipment = [known for known in map(_together, assets.values()) if known.seconds]
    troubled = [known for known in equipment if known.troubled]
    return ReportAvailability(
        services=tuple(
            ServiceMonths(_together(of), tuple(month.get(key) for month in told))
            for key, of in services.items()
        ),
        assets=tuple(sorted(troubled, key=lambda thing: (-thing.lost / thing.seconds, thing.id))),
        untroubled=len(equipment) - len(troubled),
        stretches=tuple(
            sorted(
                _joined(
                    stretch for month in report.months for stretch in _stretches(month, report)
                ),
                key=lambda stretch: (not stretch.service, stretch.start, stretch.thing),
            )
        ),
        borne=tuple(
            (service, borne)
            for month in report.months
            for service in sorted(month.book.things.now.resting)
            for borne in _borne(month, service)
        ),
    )


def _borne(month: ReportMonth, service: str) -> tuple[Borne, ...]:
    period = period_of_month(month)
    until = min(period.end, month.book.as_of)
    return borne_by_groups(service, month.book.things, period.start, until)


def _together(months: Sequence[ServiceAvailability]) -> ThingAvailability:
    return ThingAvailability(
        months[0].id,
        sum(month.seconds for month in months),
        sum(month.excluded_seconds for month in months),
        sum(month.down_seconds for month in months),
        sum(sum(month.by_condition.values()) for month in months),
        sum((month.lost for month in months), Fraction()),
        sum((month.lost_by_contract for month in months), Fraction()),
    )


def _stretches(month: ReportMonth, report: PeriodReport) -> Iterator[TroubledStretch]:
    """What troubled each thing in a month, in order, thing by thing."""
    things, now = month.book.things, month.book.things.now
    last = min(report.period.end, report.book.as_of)
    vague = _vague_instants(month.book)
    of_each = [(key, True, service_stretches(key, things)) for key in sorted(now.resting)]
    of_each += [(key, False, asset_stretches(key, things)) for key in sorted(now.assets)]
    for key, service, stretches in of_each:
        for start, end, stretch in _within(month, stretches):
            own = any(_is_vague(month.book.proofs[ticket]) for ticket in stretch.tickets)
            yield TroubledStretch(
                key,
                service,
                start,
                end,
                stretch.condition,
                stretch.tickets,
                stretch.weight,
                stretch.excluded,
                going_on=end == last,
                vague_start=own or start in vague,
                vague_end=own or end in vague,
            )


def _is_vague(proof: ProvenLog) -> bool:
    """Whether an old register does not say exactly when something of a record was."""
    return proof.header_latest is not None or bool(proof.latest)


def _vague_instants(book: Book) -> frozenset[Instant]:
    """Where one ticket begins or ends to trouble a thing that another troubles, only because nobody knows when."""
    return frozenset(
        instant
        for ticket in book.records.tickets
        if _is_vague(proof := book.proofs[ticket])
        for instant in (
            *([] if proof.header_latest is None else [proof.header_effective]),
            *(proven.effective for proven in proof.entries if proven.precision),
            *proof.latest.values(),
        )
    )


def _within(
    month: ReportMonth, stretches: Iterable[Stretch]
) -> Iterator[tuple[Instant, Instant, Stretch]]:
    period = period_of_month(month)
    until = min(period.end, month.book.as_of)
    for stretch in stretches:
        start, end = max(stretch.start, period.start), min(stretch.end, until)
        if start < end:
            yield start, end, stretch


def _joined(stretches: Iterable[TroubledStretch]) -> Iterator[TroubledStretch]:
    """The same with those together that only a change of severity or of the month parts."""
    last: dict[tuple[str, bool], TroubledStretch] = {}
    for stretch in stretches:
        key = (stretch.thing, stretch.service)
        before = last.get(key)
        if before is None:
            last[key] = stretch
        elif before.end == stretch.start and _alike(before, stretch):
            last[key] = replace(
                before, end=stretch.end, going_on=stretch.going_on, vague_end=stretch.vague_end
            )
        else:
            yield before
            last[key] = stretch
    yield from last.values()


def _alike(one: TroubledStretch, other: TroubledStretch) -> bool:
    return (one.condition, one.tickets, one.weight, one.excluded) == (
        other.condition,
        other.tickets,
        other.weight,
        other.excluded,
    )
