"""A month, a quarter or a year as a report tells it: its closes, the Book that each was made from, and the remarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from weibao.history.sights import ancestors
from weibao.language import N_
from weibao.model.instant import midnight
from weibao.model.timeline import place_in_time
from weibao.operations.deliverables import periods
from weibao.refusal import UsageRefusal
from weibao.report.closed_months import closed_month, earlier_book, restated_in
from weibao.report.figure import Period, whole_month
from weibao.sla.closing import month_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.closing import MonthClose
    from weibao.model.contract import Contract
    from weibao.report.book import Book
    from weibao.report.closed_months import Restated, SeenLogs

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """A month of a period.

    Attributes:
        name: ``2026-11``.
        book: the whole Book that it was closed with, or that tells of it so far.
        close: its close; None where it is not closed.
    """

    name: str
    book: Book
    close: MonthClose | None


@dataclass(frozen=True, eq=False)
class PeriodReport:
    """A period as its report tells it; what is worked out of it (:func:`told_once`), for all languages once.

    Attributes:
        kind: ``monthly``, ``quarterly`` or ``annual``: a word of the kind ``deliverable``.
        name: as people name the period: ``2026-11``, ``2026-Q4``, ``2026``.
        period: from the first instant of its first month to the first instant after its last.
        months: its months, in order; the last one's Book is the report's own.
        log: what its report's log says before the version at hand was issued, in order.
        restated: what has come out otherwise than it was closed, in the period or of it, as of a revision.
        provisional: whether a month of it is not closed, so that everything can still change.
        version: which version of the report this is, counted from 1.
        before: the closed months before a month that stand beside it as a trend, oldest first.
        issued: with which entry this version was issued; None while it is not.
    """

    kind: str
    name: str
    period: Period
    months: tuple[ReportMonth, ...]
    log: tuple[ProvenEntry, ...]
    restated: tuple[Restated, ...]
    provisional: bool
    version: int
    before: tuple[ReportMonth, ...] = ()
    issued: ProvenEntry | None = None

    @property
    def book(self) -> Book:
        """The whole Book as of which the report is made."""
        return self.months[-1].book

    def remarks(self, section: str) -> tuple[ProvenEntry, ...]:
        """What the provider remarked on a section, in order."""
        return tuple(
            proven
            for proven in self.log
            if proven.entry.event == "remarked" and proven.entry.data.get("section") == section
        )


def told_once(
    tell: Callable[Concatenate[PeriodReport, Asked], Told],
) -> Callable[Concatenate[PeriodReport, Asked], Told]:
    """The same, worked out once for a report: each language asks for it, and one part for what another tells."""

    @wraps(tell)
    def once(report: PeriodReport, /, *asked: Asked.args, **named: Asked.kwargs) -> Told:
        known: dict[object, Told] = vars(report).setdefault("_told", {})
        key = (tell, *asked)
        if key not in known:
            known[key] = tell(report, *asked, **named)
        return known[key]

    return once


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period of the contract that has a report: ``kind``, how people name it, and its months in order.

    ``report`` is the report on it whose steps are told: a word of the kind ``deliverable``, "" for none.
    """

    kind: str
    name: str
    months: tuple[str, ...]
    report: str


def named_periods(contract: Contract) -> tuple[NamedPeriod, ...]:
    """Every month, quarter and year of the term.

    Quarters and years are the contract's own, counted from the month in which its term begins; each is named by
    the quarter or the year of the calendar in which it ends, the last one of a term also by its last month
    where the one before has that name.
    """
    until = midnight(contract.end, contract.zone) + 2 * 86400
    found: dict[str, NamedPeriod] = {}
    for kind, first, last, _ in periods(contract, until):
        if kind in _NAMED:
            name = _name(kind, last)
            name = f"{name}-{last}" if name in found else name
            found[name] = NamedPeriod(kind, name, tuple(_months(first, last)), kind)
    return tuple(found.values())


_NAMED = ("monthly", "quarterly", "annual")


def _name(kind: str, last: str) -> str:
    year, month = last.split("-")
    quarter = (int(month) + 2) // 3
    return {"monthly": last, "quarterly": f"{year}-Q{quarter}", "annual": year}[kind]


def _months(first: str, last: str) -> Iterator[str]:
    month = first
    while month <= last:
        yield month
        month = month_after(month)


def period_report(
    book: Book, named: NamedPeriod, logs: SeenLogs, version: int | None = None
) -> PeriodReport:
    """The report on a period of the contract, by the closes of its months.

    Without a ``version`` it is the one at hand: the last that was issued, or the next where something was remarked
    or revised since. An issued version is told as of the commit that issued it, so that nothing that came later is
    in it, whatever it claims.

    Raises:
        UsageRefusal: there is no such version.
    """
    said, issues = _said(book, named), issues_of(book, named)
    last = issues[-1] if issues else None
    open_again = last is None or any(
        proven.entry.event in _CHANGES and proven not in _before(book, last, said)
        for proven in said
    )
    number = len(issues) + open_again if version is None else version
    if not 1 <= number <= len(issues) + 1:
        raise UsageRefusal(
            N_("There is no version {version} of the report on {period}."),
            mend=N_("Versions 1 to {number} can be written."),
            version=number,
            period=named.name,
            number=len(issues) + 1,
        )
    if number > len(issues):
        return _told(book, named, logs, said, number)
    issue = issues[number - 1]
    then, known = _as_it_stood(book, issue, logs)
    said = _said(then, named)
    own = next((proven for proven in said if proven.entry.text == issue.entry.text), issue)
    log = _before(then, own, said)
    return replace(_told(then, named, known, log, number), issued=issue)


_CHANGES = frozenset({"remarked", "revised"})
"""What makes another version of a report than the one that was issued."""


def _told(
    book: Book, named: NamedPeriod, logs: SeenLogs, log: tuple[ProvenEntry, ...], version: int
) -> PeriodReport:
    months = tuple(_month(book, name, logs) for name in named.months)
    return PeriodReport(
        kind=named.kind,
        name=named.name,
        period=Period(
            whole_month(named.months[0], book.zone).start,
            whole_month(named.months[-1], book.zone).end,
        ),
        months=months,
        log=log,
        restated=tuple(_restated(book, months, logs, log)),
        provisional=any(month.close is None for month in months),
        version=version,
        before=_trend(book, named, logs),
    )


def _said(book: Book, named: NamedPeriod) -> tuple[ProvenEntry, ...]:
    """What the log of the close of its last month says of a report, in the order of the claims."""
    last = named.months[-1]
    if last not in book.paths:
        return ()
    return tuple(
        proven
        for proven in book.proofs[last].timeline
        if proven.entry.data.get("report", "monthly") == named.report
    )


def issues_of(book: Book, named: NamedPeriod) -> tuple[ProvenEntry, ...]:
    """The issues of a report in the order of the history: one that had another behind it came after that."""
    issues = [proven for proven in _said(book, named) if proven.entry.event == "issued"]
    return tuple(
        sorted(
            issues,
            key=lambda issue: (len(_before(book, issue, issues)), place_in_time(issue.entry)),
        )
    )


def _before(book: Book, issue: ProvenEntry, said: Iterable[ProvenEntry]) -> tuple[ProvenEntry, ...]:
    """What of the log stood there when a version was issued: in the commits behind it, and above it in its own."""
    behind = ancestors(book.history.commits, [issue.commit or ""])
    return tuple(
        proven
        for proven in said
        if proven.commit in behind
        and (proven.commit != issue.commit or proven.entry.index < issue.entry.index)
    )


def _as_it_stood(book: Book, step: ProvenEntry, logs: SeenLogs) -> tuple[Book, SeenLogs]:
    """The Book of the commit that brought a step, with what of the log of first sights there was by then."""
    commit, seen = step.commit or book.commit, book.snapshot.seen_log
    at = book.history.commits[commit].commit_time
    known = {**logs, seen: logs[seen].until(at)} if seen in logs else logs
    return earlier_book(book, commit, at, seen, known), known


def _month(book: Book, name: str, logs: SeenLogs) -> ReportMonth:
    closed = closed_month(book, name, logs)
    if closed is None:
        over = whole_month(name, book.zone).end
        return ReportMonth(name, book.at(min(over, book.as_of)), None)
    return ReportMonth(name, closed.book, closed.close)


def _trend(book: Book, named: NamedPeriod, logs: SeenLogs) -> tuple[ReportMonth, ...]:
    """Two closed months before a month: one that is open could still change, and the report with it."""
    if named.kind != "monthly":
        return ()
    earlier = [
        period.name
        for period in named_periods(book.records.contract)
        if period.kind == "monthly" and period.name < named.name
    ]
    months = (_month(book, name, logs) for name in earlier[-2:])
    return tuple(month for month in months if month.close is not None)


def _restated(
    book: Book, months: Iterable[ReportMonth], logs: SeenLogs, log: Iterable[ProvenEntry]
) -> Iterator[Restated]:
    """What of earlier months was restated in the period; and of its own, as of its last revision."""
    closed = [month for month in months if month.close is not None]
    for month in closed:
        yield from restated_in(month.book, month.name, logs)
    revisions = [proven for proven in log if proven.entry.event == "revised"]
    for revision in revisions[-1:]:
        then, known = _as_it_stood(book, revision, logs)
        for month in closed:
            found = closed_month(then, month.name, known)
            yield from found.restated if found else ()
