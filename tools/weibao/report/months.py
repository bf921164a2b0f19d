"""The promises of a Book by contract-local month: as a month was closed, once it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_month
from weibao.sla.closing import NUMBER_OF_RULES, month_end
from weibao.sla.figures import MonthOfCompliance, compliance_by_month

if TYPE_CHECKING:
    from weibao.model.closing import MonthClose
    from weibao.report.book import Book


def months_of(book: Book) -> tuple[MonthOfCompliance, ...]:
    """Every month in which a promise fell due, months in order.

    The figures of a closed month are those of its close, which the audit works out again; one that
    cannot stand closes nothing.
    """
    now = {judged.month: judged for judged in compliance_by_month(book.compliance)}
    closes = standing_closes(book)
    return tuple(
        _as_closed(closes[name], now.get(name)) if name in closes else now[name]
        for name in sorted(now.keys() | closes.keys())
    )


def standing_closes(book: Book) -> dict[str, MonthClose]:
    """By month, the closes that nothing shows to be void."""
    closes = book.records.closes
    return {period: close for period, close in closes.items() if may_stand(book, close)}


def may_stand(book: Book, close: MonthClose) -> bool:
    """Whether nothing shows, short of working it out again, that a close is void.

    It must be by a commit of this history and rules that there are, as of an instant between the end of
    its month and today.
    """
    return (
        close.rules <= NUMBER_OF_RULES
        and month_end(close.period, book.zone) <= close.as_of <= book.as_of
        and close.commit in book.history.commits
    )


def _as_closed(close: MonthClose, now: MonthOfCompliance | None) -> MonthOfCompliance:
    today = now or MonthOfCompliance(month=close.period)
    if all(getattr(today, outcome) == count for outcome, count in close.counts.items()):
        return today
    met, breached = close.counts["met"], close.counts["breached"]
    # A close says nothing of claims: what they would tell is told of today's figures.
    return MonthOfCompliance(
        month=close.period,
        **close.counts,
        met_on_claim=met,
        breached_on_claim=breached,
        restated=today,
    )


def last_months(book: Book, count: int = 12) -> tuple[MonthOfCompliance, ...]:
    """The month of the Book's instant and those before it, oldest first; empty ones too."""
    year, month = map(int, local_month(book.as_of, book.zone).split("-"))
    last = year * 12 + month
    names = (
        f"{(at - 1) // 12:04d}-{(at - 1) % 12 + 1:02d}" for at in range(last - count + 1, last + 1)
    )
    known = {judged.month: judged for judged in months_of(book)}
    return tuple(known.get(name) or MonthOfCompliance(month=name) for name in names)
