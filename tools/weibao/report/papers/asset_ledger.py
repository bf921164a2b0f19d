"""The ledger of the equipment: what each piece is, how it is covered, and how it has done in the last twelve months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from weibao.model.inspection import check_results
from weibao.model.instant import local_day
from weibao.report.conditions import conditions_of
from weibao.report.figure import Period
from weibao.report.papers.month_to import month_to
from weibao.report.papers.spares_list import named_for
from weibao.report.population import reactive, reported

if TYPE_CHECKING:
    from datetime import date

    from weibao.history.proven import ProvenEntry
    from weibao.model.assets import Asset
    from weibao.model.imported import Precision
    from weibao.model.inspection import CheckResults
    from weibao.model.instant import Instant
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.configuration import ConfigurationChange
    from weibao.report.book import Book
    from weibao.report.figure import FigureRow
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.condition import Condition

YEAR = 365
"""Days of the twelve months that figures of equipment are told over."""

FILE = "records/assets.yaml"

_WORST_FIRST = ("failed", "warning", "ok", "not_applicable")

Cover = Literal["covered", "not_yet", "over"]


@dataclass(frozen=True, slots=True)
class LastRound:
    """The last round that looked at a piece of equipment: which, when at last, and what was found on it.

    ``precision`` is how exactly an old register says when, None where it is exact.
    """

    inspection: str
    at: Instant
    precision: Precision | None
    results: CheckResults

    @property
    def worst(self) -> str:
        """The gravest status that it found."""
        return next((status for status in _WORST_FIRST if self.results.by_status[status]), "")


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that was replaced in a piece of equipment: for which ticket, and with which entry."""

    ticket: str
    step: ProvenEntry


@dataclass(frozen=True, slots=True)
class FittingPart:
    """A part of the catalogue that goes into a piece of equipment, and how many usable ones lie in all depots."""

    part: str
    usable: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A piece of equipment.

    Attributes:
        cover: whether it is covered at the instant; ``condition`` how it is; ``unsupported`` whether its maker supports it no more.
        partners: those that stand in for it.
        software_since: when the list came to say the version that it says; None where it said so from the first.
        round: the last round that looked at it; None for none.
        faults: how many were reported on it in the twelve months.
        between: its row of the figure of the time between outages; None where it was covered too short a time.
        availability: over the twelve months; None of one that was not listed.
        changed: the last part that was replaced in it.
        parts: the parts that go into it.
    """

    asset: Asset
    cover: Cover
    condition: Condition
    unsupported: bool
    partners: tuple[str, ...]
    software_since: Instant | None
    round: LastRound | None
    faults: int
    between: FigureRow | None
    availability: ServiceAvailability | None
    changed: PartChange | None
    parts: tuple[FittingPart, ...]

    @property
    def helped(self) -> bool:
        """Whether a usable part that goes into it lies in a depot."""
        return any(part.usable for part in self.parts)

    @property
    def seconds_between(self) -> int | None:
        """Seconds that it worked for each outage, rounded down; None where it had none, or is not told of."""
        row = self.between
        if row is None or row.seconds is None or not row.tally.count:
            return None
        return row.seconds // row.tally.count


@dataclass(frozen=True, slots=True)
class AssetLedger:
    """The ledger: its rows by site and id, and how the list was changed in the month up to the instant."""

    rows: tuple[LedgerRow, ...]
    period: Period
    changes: tuple[ConfigurationChange, ...]

    @property
    def covered(self) -> int:
        """How many pieces are covered at the instant."""
        return sum(row.cover == "covered" for row in self.rows)


def asset_ledger(book: Book, audit: Audit) -> AssetLedger:
    """The ledger as of the Book of an audit; ``book`` is what its reader may have of it."""
    whole = audit.whole
    year = Period(whole.as_of - YEAR * 86400, whole.as_of)
    conditions = {now.id: now.condition for now in conditions_of(whole, services=False)}
    between = {
        row.what: row for row in whole.figure("time_between_outages", year).counted if row.what
    }
    faults = Counter(
        name
        for fault in reactive(whole, "fault")
        if year.start <= reported(whole, fault) <= year.end
        for name in fault.assets
    )
    today = local_day(book.as_of, book.zone)
    changed, usable = _part_changes(book), Counter[str]()
    for level in whole.stock.levels:
        usable[level.part] += level.usable
    period = month_to(book.as_of, book.zone)
    return AssetLedger(
        tuple(
            LedgerRow(
                asset,
                _cover(asset, today),
                conditions[asset.id],
                asset.end_of_support is not None and asset.end_of_support < today,
                _partners(whole, asset.id),
                _software_since(whole, asset),
                _last_round(book, asset.id),
                faults[asset.id],
                between.get(asset.id),
                whole.availability.assets.get(asset.id),
                changed.get(asset.id),
                tuple(
                    FittingPart(part.id, usable[part.id])
                    for part in book.records.spares.parts.values()
                    if named_for(part, asset)
                ),
            )
            for asset in sorted(book.records.assets.values(), key=attrgetter("site", "id"))
        ),
        period,
        tuple(
            change
            for change in audit.configuration
            if change.path == FILE and period.has(change.landed)
        ),
    )


def _cover(asset: Asset, today: date) -> Cover:
    if today < asset.covered_from:
        return "not_yet"
    return "covered" if today <= asset.covered_to else "over"


def _partners(book: Book, asset: str) -> tuple[str, ...]:
    groups = book.things.now.terms.groups
    together = (group.assets for group in groups if asset in group.assets)
    return tuple(
        dict.fromkeys(other for members in together for other in sorted(members) if other != asset)
    )


def _software_since(book: Book, asset: Asset) -> Instant | None:
    """When the list came to say the version of its software that it says now."""
    if not asset.software:
        return None
    since: Instant | None = None
    for tenure in reversed(list(book.official_assets.tenures())):
        listed = tenure.value.get(asset.id)
        if listed is None or listed.software != asset.software:
            break
        since = tenure.since
    return since


def _last_round(book: Book, asset: str) -> LastRound | None:
    found = [
        (checks[-1].at, inspection.id, checks)
        for inspection in book.records.inspections.values()
        if (
            checks := [
                entry
                for entry in sorted(inspection.log, key=attrgetter("at"))
                if entry.event == "checked"
                and entry.data["asset"] == asset
                and entry.at <= book.as_of
            ]
        )
    ]
    if not found:
        return None
    at, inspection, checks = max(found, key=lambda done: done[:2])
    return LastRound(inspection, at, checks[-1].precision, check_results(checks))


def _part_changes(book: Book) -> dict[str, PartChange]:
    """By asset, the last part that was replaced in it by the instant."""
    found = [
        PartChange(ticket, step)
        for ticket in book.records.tickets
        for step in book.proofs[ticket].entries
        if step.entry.event == "part_replaced" and step.entry.at <= book.as_of
    ]
    found.sort(key=lambda change: (change.step.entry.at, change.ticket))
    return {change.step.entry.data["asset"]: change for change in found}
