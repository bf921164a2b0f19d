"""What an inspection report tells of a round: what was to be looked at, what was found, what was left, and how it was the time before."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.model.inspection import check_results, gravest_checks
from weibao.model.instant import midnight
from weibao.model.plan import ChecklistItem
from weibao.operations.checklist import items_of
from weibao.operations.coverage import coverage_in, coverage_of
from weibao.report.papers.record_steps import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.inspection import CheckResults, Inspection
    from weibao.operations.coverage import Coverage
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book

ItemOn = tuple[str, str]
"""An asset, and an item that was looked at on it."""

PRESSING = frozenset({"warning", "failed"})
"""The results that somebody must see to."""


@dataclass(frozen=True, slots=True)
class CheckMade:
    """What was found of an item on a piece of equipment.

    Attributes:
        asset, item: what of what.
        status: how it came out, whoever may read the rest.
        entry: the check, as the reader may have it; None where it is withheld.
        asked: the item by the checklist as it stood; None where it has no such item.
        before: the status that it had in the round before; "" where it was not looked at then.
        value_before: what was measured then, None for nothing.
    """

    asset: str
    item: str
    status: str
    entry: Entry | None
    asked: ChecklistItem | None
    before: str = ""
    value_before: str | float | None = None

    @property
    def pressing(self) -> bool:
        """Whether somebody must see to it."""
        return self.status in PRESSING

    @property
    def changed(self) -> bool:
        """Whether it came out otherwise than in the round before."""
        return bool(self.before) and self.before != self.status


@dataclass(frozen=True, slots=True)
class NotInspected:
    """Equipment that was not looked at, whole or in part: which items, and why, where somebody says so."""

    asset: str
    items: tuple[str, ...]
    whole: bool
    reasons: tuple[ProvenEntry, ...]
    skipped: bool


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What an inspection report tells.

    Attributes:
        plan, period: the line of the plan, and the period as inspections name it.
        work: the round; None of an inspection that fits none.
        inspections: those that it was made in, in the order of their beginnings, as the reader may have them.
        assets: the equipment that was to be looked at, or was.
        items: what was to be looked at on any of it, or was, in the order of the checklists.
        coverage: how much of it was.
        results: how the items came out.
        checks: what was found, by asset and item.
        left: what was not looked at.
        previous: the round before it, if any was made; with its ``results_before``.
        started, completed, confirmed: the steps of the inspections.
        photographs: the tickets that checks name, each with the files attached to it.
    """

    plan: str
    period: str
    work: DueWork | None
    inspections: tuple[Inspection, ...]
    assets: tuple[str, ...]
    items: tuple[ChecklistItem, ...]
    coverage: Coverage
    results: CheckResults
    checks: Mapping[ItemOn, CheckMade]
    left: tuple[NotInspected, ...]
    previous: DueWork | None
    results_before: CheckResults | None
    started: tuple[ProvenEntry, ...]
    completed: tuple[ProvenEntry, ...]
    confirmed: tuple[ProvenEntry, ...]
    attached: tuple[tuple[str, ProvenEntry], ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever began, looked or completed, each once, as far as the reader may know."""
        found = [step.entry.by for step in self.started]
        found += [check.entry.by for check in self.checks.values() if check.entry]
        found += [step.entry.by for step in self.completed]
        return tuple(dict.fromkeys(found))

    @property
    def findings(self) -> tuple[CheckMade, ...]:
        """What somebody must see to: what failed first."""
        pressing = (check for check in self.checks.values() if check.pressing)
        return tuple(sorted(pressing, key=attrgetter("status")))

    @property
    def changes(self) -> tuple[CheckMade, ...]:
        """What came out otherwise than in the round before, or presses as it did then."""
        return tuple(
            check
            for check in self.checks.values()
            if check.changed or (check.pressing and check.before)
        )


def round_named(book: Book, name: str) -> DueWork | None:
    """A round by its line of the plan and its day or its period: ``monthly-plant/2026-11``; of several in a period, the last that was begun."""
    plan, _, when = name.rpartition("/")
    found = [
        work
        for work in book.due_work
        if work.plan == plan
        and work.kind == "inspection"
        and when in {work.period, work.planned_for.isoformat()}
    ]
    begun = [work for work in found if work.records]
    return next(reversed(begun or found), None)


def round_report(
    book: Book, whole: Book, records: tuple[str, ...], work: DueWork | None
) -> RoundReport:
    """The report on what these inspections looked at; ``book`` is what its reader may have of the ``whole``."""
    inspections = tuple(book.records.inspections[record] for record in records)
    head = inspections[0]
    log = _log(whole, records)
    coverage = _coverage(whole, records, work, log)
    asked = _asked(whole, head.plan, work)
    previous = _previous(whole, work)
    before = previous.records if previous else ()
    told = gravest_checks(_log(book, records))
    told_before = gravest_checks(_log(book, before))
    counted, counted_before = gravest_checks(log), gravest_checks(_log(whole, before))
    checks = {}
    for key, entry in counted.items():
        last = counted_before.get(key)
        shown = told_before.get(key)
        checks[key] = CheckMade(
            asset=key[0],
            item=key[1],
            status=entry.data["status"],
            entry=told.get(key),
            asked=asked.get(key[1]),
            before=last.data["status"] if last else "",
            value_before=shown.data.get("value") if shown else None,
        )
    tickets = dict.fromkeys(
        check.data["ticket"] for check in told.values() if check.data.get("ticket")
    )
    return RoundReport(
        plan=head.plan,
        period=head.period,
        work=work,
        inspections=inspections,
        assets=tuple(dict.fromkeys((*coverage.promised, *(asset for asset, _ in checks)))),
        items=_items(asked, coverage, checks),
        coverage=coverage,
        results=check_results(log),
        checks=checks,
        left=tuple(_left(book, records, coverage)),
        previous=previous,
        results_before=check_results(_log(whole, before)) if previous else None,
        started=_steps(book, records, "started"),
        completed=_steps(book, records, "completed"),
        confirmed=_steps(book, records, "confirmed"),
        attached=tuple(
            (ticket, step)
            for ticket in tickets
            if ticket in book.records.tickets
            for step in steps_of(book, ticket, "attached")
        ),
    )


def _log(book: Book, records: Iterable[str]) -> list[Entry]:
    return [
        entry
        for record in records
        for entry in book.records.inspections[record].log
        if entry.at <= book.as_of
    ]


def _steps(book: Book, records: Iterable[str], event: str) -> tuple[ProvenEntry, ...]:
    return tuple(step for record in records for step in steps_of(book, record, event))


def _coverage(
    whole: Book, records: tuple[str, ...], work: DueWork | None, log: list[Entry]
) -> Coverage:
    """How much was looked at: of the round, where these are all that it was made in; else of what they name."""
    inspections = [whole.records.inspections[record] for record in records]
    if work is None or work.coverage is None:
        return coverage_in(whole.records.plan, whole.records.assets, inspections[0])
    if set(records) == set(work.records):
        return work.coverage
    named = {asset for inspection in inspections for asset in inspection.assets}
    promised = {asset: items for asset, items in work.coverage.promised.items() if asset in named}
    return coverage_of(promised, log)


def _asked(whole: Book, plan: str, work: DueWork | None) -> Mapping[str, ChecklistItem]:
    """The items of the checklists, by the plan as it stood before the round's day."""
    if work is not None:
        stood = whole.official_plan.before(midnight(work.planned_for, whole.zone))
        if plan in stood.work:
            return items_of(stood, plan)
    return items_of(whole.records.plan, plan)


def _items(
    asked: Mapping[str, ChecklistItem], coverage: Coverage, checks: Mapping[ItemOn, CheckMade]
) -> tuple[ChecklistItem, ...]:
    wanted = {item for items in coverage.promised.values() for item in items}
    seen = dict.fromkeys(item for _, item in checks)
    known = tuple(item for key, item in asked.items() if key in wanted or key in seen)
    return known + tuple(_unlisted(item) for item in seen if item not in asked)


def _unlisted(item: str) -> ChecklistItem:
    """An item that no checklist of the plan has, and that was looked at all the same."""
    return ChecklistItem(item, {"zh": item, "en": item}, "", None, None, None, None)


def _previous(whole: Book, work: DueWork | None) -> DueWork | None:
    """The last round of the same line before it of which anything was made."""
    if work is None:
        return None
    earlier = [
        other
        for other in whole.due_work
        if other.plan == work.plan and other.records and other.planned_for < work.planned_for
    ]
    return max(earlier, key=attrgetter("planned_for"), default=None)


def _left(book: Book, records: Iterable[str], coverage: Coverage) -> Iterator[NotInspected]:
    skips = _steps(book, tuple(records), "skipped")
    for asset, items in coverage.left.items():
        yield NotInspected(
            asset,
            items,
            items == coverage.promised[asset],
            tuple(step for step in skips if step.entry.data["asset"] == asset),
            asset in coverage.skipped,
        )
