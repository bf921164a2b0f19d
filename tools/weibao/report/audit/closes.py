"""Whether the months that were closed can be worked out again, to the same digest (E150)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.integrity import IntegrityCheck
from weibao.model.finding import Finding, Place, Unsound
from weibao.model.instant import format_instant
from weibao.report.closed_months import closed_book, figures_of, newest_shown
from weibao.rules.book.closing import landed_at, told
from weibao.sla.closing import NUMBER_OF_RULES, judged_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.closing import MonthClose
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs


def closes_check(book: Book, logs: SeenLogs) -> IntegrityCheck:
    """Each close against what had landed by then, and the first-seen log as it was then."""
    closes = [
        close
        for _, close in sorted(book.records.closes.items())
        if close.rules == NUMBER_OF_RULES
        and close.as_of <= min(landed_at(book.history, close), book.as_of)
    ]
    findings = (finding for close in closes for finding in _faults(book, close, logs))
    return IntegrityCheck("months_closed", len(book.records.closes), tuple(findings))


def _faults(book: Book, close: MonthClose, logs: SeenLogs) -> Iterator[Finding]:
    """The first key of the header that is not what it should be: the others follow from it."""
    for key, old, new in _differences(book, close, logs):
        if old != new:
            facts = told(book.history, close, book.zone)
            shown = {**facts, "key": key, "old": old, "new": new}
            yield Finding("E150", Place(close.path, keys=(key,)), "", shown)
            return


def _differences(book: Book, close: MonthClose, logs: SeenLogs) -> Iterator[tuple[str, str, str]]:
    """Each key, with what it says and what it should say; "" where nothing can be said."""
    yield "commit", close.commit, _commit(book, close)
    seen = close.seen_log if close.seen_log in {"", *logs} else ""
    yield "seen_log", close.seen_log, seen
    try:
        then = closed_book(book, close, logs)
    except Unsound:  # what the records were then cannot be judged
        yield "commit", close.commit, ""
        return
    as_of = judged_at(close.period, then.records.contract)
    yield "as_of", format_instant(close.as_of, book.zone), format_instant(as_of, book.zone)
    figures = figures_of(then, close.period)
    yield "counts", _counts(close), _counts(figures)
    yield "sha256", close.sha256, figures.sha256


def _commit(book: Book, close: MonthClose) -> str:
    """The commit that the close should name: its own, unless that is not of the line or not the newest."""
    history = book.history
    if close.commit not in history.commits:
        return ""
    newest = newest_shown(history, close.as_of)
    own = history.places.get(close.commit)
    # What the first-seen log told later can only make commits look later than they did then.
    later = own is None or history.places.get(newest, -1) > own
    if later or history.time[close.commit] > close.as_of:
        return newest
    return close.commit


def _counts(close: MonthClose) -> str:
    return ", ".join(f"{outcome} {number}" for outcome, number in close.counts.items() if number)
