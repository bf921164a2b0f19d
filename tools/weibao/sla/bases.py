"""Bases: what was promised, from when, on which clock; and which of them gives the due time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.model.instant import Instant
from weibao.sla.calendar import Uncovered
from weibao.sla.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.model.contract import ServiceTerms, TargetTerms
    from weibao.model.state import SeverityChange
    from weibao.sla.calendar import Calendar
    from weibao.sla.clock import Clocks
    from weibao.sla.reading import Moment, Step
    from weibao.sla.settings import InForce

Spans = tuple[tuple[Instant, Instant], ...]
"""Spans [start, end) at which a clock stands still: disjoint and in order."""

Due = Instant | Uncovered | None
"""A due time; Uncovered where no calendar says; None while the clock stands still before it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A promise that counts from ``start``: ``seconds`` on ``calendar``, under severity ``level``.

    ``edition`` names the terms; ``disputed`` is whether settings that may have stood at the start
    differ, so that this is the strictest of several.
    """

    start: Moment
    level: int
    edition: str
    terms: TargetTerms
    calendar: Calendar
    seconds: int | Uncovered
    disputed: bool = False

    def clock(self, idle: Spans) -> Clock:
        """What its seconds are counted on."""
        return Clock(self.calendar, idle)

    def due(self, idle: Spans) -> Due:
        """The first instant at which its seconds are used up."""
        if isinstance(self.seconds, Uncovered):
            return self.seconds
        if not self.seconds:
            return self.start.instant
        if not idle:
            return self.calendar.advance(self.start.instant, self.seconds)
        return self.clock(idle).advance(self.start.instant, self.seconds)

    def taken_up(self, reopened: Step, idle: Spans) -> Basis:
        """What is left of it at a reopening, from there on; nothing left is due at once."""
        if self.start.instant >= reopened.instant or isinstance(self.seconds, Uncovered):
            return self
        worked = self.clock(idle).work(self.start.instant, reopened.instant)
        left = worked if isinstance(worked, Uncovered) else max(0, self.seconds - worked)
        return replace(self, start=reopened, seconds=left)

    def stands_at(self, change: Instant, idle: Spans) -> bool:
        """Whether a lowered severity comes too late: it was overdue, or nobody can say."""
        due = self.due(idle)
        if isinstance(due, Uncovered):
            return due.since < change
        return due is not None and due < change

    def remaining(self, until: Instant, idle: Spans) -> int:
        """Seconds left at ``until``, for a promise whose clock stands still."""
        worked = self.clock(idle).work(self.start.instant, until)
        if isinstance(self.seconds, Uncovered) or isinstance(worked, Uncovered):
            return 0
        return self.seconds - worked


@dataclass(frozen=True, slots=True)
class GoverningBasis:
    """The basis that gives the due time."""

    basis: Basis
    due: Due


@dataclass(frozen=True, slots=True)
class Waiver:
    """The target was promised as ``basis`` says, until a lower severity did away with it."""

    basis: Basis


@dataclass(frozen=True)
class PromisedTargets:
    """What was promised on a ticket that was reported at an instant, by the settings in force."""

    settings: InForce
    reported_at: Instant

    @cached_property
    def _terms(self) -> dict[int, ServiceTerms | None]:
        """By the identity of clocks of these settings, the terms that a ticket reported then has by them."""
        return {}

    def _edition(self, clocks: Clocks) -> ServiceTerms | None:
        # Every target, and every gap between updates, asks for the same.
        if id(clocks) not in self._terms:
            self._terms[id(clocks)] = clocks.contract.terms_at(self.reported_at)
        return self._terms[id(clocks)]

    def basis(self, target: str, level: int, start: Moment) -> Basis | None:
        """The promise of ``target`` from ``start`` at this severity; None where there is none.

        Of the settings that may have stood at the start, that under which it is due first; one whose
        calendar does not cover a day is passed over if another does.
        """
        candidates = self.settings.at(start.instant)
        if len(candidates) == 1:
            return self._under(candidates[0], target, level, start)
        found = [self._under(clocks, target, level, start) for clocks in candidates]
        bases = [basis for basis in found if basis is not None]
        if not bases:
            return None
        dues = [basis.due(()) for basis in bases]
        first = min((due for due in dues if isinstance(due, int)), default=dues[0])
        disputed = len(bases) < len(found) or any(due != first for due in dues)
        return replace(bases[dues.index(first)], disputed=disputed)

    def _under(self, clocks: Clocks, target: str, level: int, start: Moment) -> Basis | None:
        edition = self._edition(clocks)
        severity = edition.severities.get(level) if edition else None
        terms = severity.targets.get(target) if severity else None
        if edition is None or terms is None:
            return None
        calendar = clocks.calendar(terms.clock)
        seconds = _seconds(terms, calendar, start.instant)
        return Basis(start, level, edition.id, terms, calendar, seconds)


def _seconds(terms: TargetTerms, calendar: Calendar, start: Instant) -> int | Uncovered:
    """The target in working seconds; working days run to the close of business of the last one."""
    if not terms.within.in_working_days:
        return terms.within.seconds
    close = calendar.close_of_business(start, terms.within.working_days)
    return close if isinstance(close, Uncovered) else calendar.work(start, close)


def promise_from_report(
    promises: PromisedTargets,
    target: str,
    report: Moment,
    declared: int | None,
    changes: Iterable[SeverityChange[Step]],
    idle: Spans,
) -> Sequence[Basis] | Waiver:
    """The bases of a target that counts from the report, after these changes of severity.

    Raised, or named where an old register does not say it: one more basis, from the change. Lowered: one basis from the report, as if it had always
    been so, unless one was overdue by then, which stands. Empty where nothing was ever promised.
    """
    first = None if declared is None else promises.basis(target, declared, report)
    bases = [first] if first else []
    waiver: Waiver | None = None
    for change in changes:
        if change.raised:
            start = change.step if change.step.instant > report.instant else report
            added = promises.basis(target, change.level, start)
            bases += [added] if added else []
            continue
        if any(basis.stands_at(change.step.instant, idle) for basis in bases):
            continue
        lower = promises.basis(target, change.level, report)
        if lower is None and bases:
            waiver = Waiver(bases[-1])
        bases = [lower] if lower else []
    return waiver if waiver and not bases else bases


def ruling(bases: Sequence[Basis], idle: Spans, until: Instant) -> GoverningBasis:
    """The basis (of one or more) that is due first; of those that stand still, with least left.

    One whose due time no calendar says rules, unless another is due before the day that is missing.
    """
    rulings = [GoverningBasis(basis, basis.due(idle)) for basis in bases]
    if len(rulings) == 1:
        return rulings[0]
    first = min((ruling.due for ruling in rulings if isinstance(ruling.due, int)), default=None)
    for governing_basis in rulings:
        if isinstance(governing_basis.due, Uncovered) and (
            first is None or governing_basis.due.since < first
        ):
            return governing_basis
    if first is not None:
        return next(ruling for ruling in rulings if ruling.due == first)
    return min(rulings, key=lambda ruling: ruling.basis.remaining(until, idle))
