"""Whether the months that were closed can be worked out again, to the same digest (E150, E152)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.integrity import IntegrityCheck
from weibao.model.finding import Finding, Place
from weibao.report.closed_months import differences, reworked
from weibao.rules.book.closing import landed_at, told
from weibao.sla.closing import NUMBER_OF_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.closing import MonthClose
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs

_BY_RULES = frozenset({"counts", "sha256"})
"""The keys that depend on the rules by which a month was judged."""


def closes_check(book: Book, logs: SeenLogs) -> IntegrityCheck:
    """Each close against what had landed by then, and the first-seen log as it was then."""
    closes = [
        close
        for _, close in sorted(book.records.closes.items())
        if close.as_of <= min(landed_at(book.history, close), book.as_of)
    ]
    findings = (finding for close in closes for finding in close_faults(book, close, logs))
    return IntegrityCheck("months_closed", len(book.records.closes), tuple(findings))


def close_faults(book: Book, close: MonthClose, logs: SeenLogs) -> Iterator[Finding]:
    """The first key of the header that is not what it should be: the others follow from it.

    Figures that other rules gave are not wrong for being others here; but nobody has borne them out, nor any
    by rules that this release does not know.
    """
    then = reworked(book, close, logs)
    for key, old, new in differences(book, close, then, logs):
        if old != new and (close.rules == NUMBER_OF_RULES or key not in _BY_RULES):
            facts = told(book.history, close, book.zone)
            shown = {**facts, "key": key, "old": old, "new": new}
            yield Finding("E150", Place(close.path, keys=(key,)), "", shown)
            return
        if old != new:
            break
    else:
        if close.rules <= NUMBER_OF_RULES:
            return
    shown = {"month": close.period, "old": close.rules, "new": NUMBER_OF_RULES}
    yield Finding("E152", Place(close.path, keys=("rules",)), "", shown)
