"""Closed months: the Book that a close was made from, and what has come out otherwise since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.history.first_sight.log import SeenLog
from weibao.history.first_sight.sighted import sights_of
from weibao.history.history import Snapshot
from weibao.history.sights import NOTHING_SEEN, ancestors
from weibao.model.closing import MonthClose
from weibao.model.finding import Unsound
from weibao.model.instant import format_instant, local_month
from weibao.report.difference import Turned, paired
from weibao.report.months import may_stand
from weibao.report.opening import book_of
from weibao.rules.book.closing import landed_at
from weibao.sla.closing import (
    NUMBER_OF_RULES,
    counted_as,
    counts_of,
    digest,
    due_in,
    judged_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.history import History
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict


SeenLogs = Mapping[str, SeenLog]
"""By its commit, what the first-seen log said then."""


@dataclass(frozen=True, slots=True)
class Restated:
    """A promise of a closed month that has come out otherwise since.

    Attributes:
        month: the closed month.
        turned: as it was closed, and as it stands.
        landed: when what changed it landed, in whose month it is restated; None where no commit shows it.
    """

    month: str
    turned: Turned
    landed: Instant | None


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A closed month: its close, the Book that it was made from, the verdicts that it counts, and what was restated since."""

    close: MonthClose
    book: Book
    verdicts: tuple[Verdict, ...]
    restated: tuple[Restated, ...]


def newest_shown(history: History, instant: Instant) -> str:
    """The newest commit of the line that was there for all to see by an instant; "" where none was."""
    line = reversed(history.line)
    return next((commit for commit in line if history.shown(commit) <= instant), "")


def logs_named(book: Book) -> tuple[str, ...]:
    """The first-seen logs that a Book and the closes of its months name, by their commits."""
    return (*(close.seen_log for close in book.records.closes.values()), book.snapshot.seen_log)


def earlier_book(book: Book, commit: str, as_of: Instant, log: str, logs: SeenLogs) -> Book:
    """The Book of an earlier commit, out of the history behind a later one; worked out once.

    ``log`` is the commit of the first-seen log that it is judged by, "" for none. Whatever later Book it is asked
    of, it is the same: those that come of one another share what is known of them.
    """
    known: dict[tuple[str, Instant, str, int], Book]
    known = vars(book).setdefault("_earlier_books", {})
    key = (commit, as_of, log, len(logs[log].first) if log in logs else -1)
    if key not in known:
        earlier = book_of(_earlier(book.snapshot, commit, log, logs), as_of)
        vars(earlier)["_earlier_books"] = known
        known[key] = earlier
    return known[key]


def _earlier(snapshot: Snapshot, commit: str, log: str, logs: SeenLogs) -> Snapshot:
    history = snapshot.history
    behind = ancestors(history.commits, [commit])
    commits = {name: found for name, found in history.commits.items() if name in behind}
    files = _files(history, commit)
    return Snapshot(
        commit=commit,
        files=files,
        modes={path: snapshot.modes.get(path, "100644") for path in files},
        history=replace(
            history,
            head=commit,
            commits=commits,
            changes=tuple(change for change in history.changes if change.commit in behind),
            resolutions=tuple(change for change in history.resolutions if change.commit in behind),
            pages=tuple(change for change in history.pages if change.commit in behind),
            sights=sights_of(logs[log], commits) if log in logs else NOTHING_SEEN,
        ),
        seen_log=log,
    )


def _files(history: History, commit: str) -> dict[str, bytes]:
    """The records as a commit has them: what each commit on the way to it made of its first parent's."""
    way = [commit]
    while parents := history.commits[way[-1]].parents:
        way.append(parents[0])
    line = {name: place for place, name in enumerate(reversed(way))}
    made = [
        (line[change.commit], change.path, change.after)
        for change in (*history.changes, *history.resolutions)
        if change.commit in line and (not change.before or change.before[0] != change.after)
    ]
    blobs: dict[str, str] = {}
    for _, path, after in sorted(made, key=lambda step: step[0]):
        if after is None:
            blobs.pop(path, None)
        else:
            blobs[path] = after
    return {path: history.blobs.get(blob, b"") for path, blob in blobs.items()}


def closed_book(book: Book, close: MonthClose, logs: SeenLogs) -> Book:
    """What a close was made from: its commit must be one of the history."""
    return earlier_book(book, close.commit, close.as_of, close.seen_log, logs)


def reworked(book: Book, close: MonthClose, logs: SeenLogs) -> Book | None:
    """The same; None where its commit is none of this history, or cannot be judged."""
    if close.commit not in book.history.commits:
        return None
    try:
        return closed_book(book, close, logs)
    except Unsound:
        return None


def differences(
    book: Book, close: MonthClose, then: Book | None, logs: SeenLogs
) -> Iterator[tuple[str, str, str]]:
    """Each key of a close, with what it says and what it should say; "" where nothing can be said.

    ``then`` is the Book that :func:`reworked` gives.
    """
    yield "commit", close.commit, commit_to_close_by(book.history, close)
    seen = close.seen_log if close.seen_log in {"", *logs} else ""
    yield "seen_log", close.seen_log, seen
    if then is None:
        yield "commit", close.commit, ""
        return
    as_of = judged_at(close.period, then.records.contract)
    yield "as_of", format_instant(close.as_of, book.zone), format_instant(as_of, book.zone)
    figures = figures_of(then, close.period)
    yield "counts", _counts(close), _counts(figures)
    yield "sha256", close.sha256, figures.sha256


def commit_to_close_by(history: History, close: MonthClose) -> str:
    """The commit that the close should name: its own, unless that is not of the line or not the newest."""
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
    return " · ".join(f"{outcome} {number}" for outcome, number in close.counts.items() if number)


def close_of(book: Book, period: str, logs: SeenLogs) -> MonthClose | None:
    """The close of a month that is over, by what had landed; None where nothing had."""
    as_of = judged_at(period, book.records.contract)
    commit = newest_shown(book.history, as_of)
    if not commit:
        return None
    return figures_of(earlier_book(book, commit, as_of, book.snapshot.seen_log, logs), period)


def figures_of(then: Book, period: str) -> MonthClose:
    """A month by the Book that it is closed with."""
    due = due_in(then.verdicts, period)
    return MonthClose(
        period=period,
        as_of=then.as_of,
        commit=then.commit,
        seen_log=then.snapshot.seen_log,
        rules=NUMBER_OF_RULES,
        counts=counts_of(due),
        sha256=digest(due, then.zone),
    )


def closed_month(book: Book, period: str, logs: SeenLogs) -> ClosedMonth | None:
    """A month as it was closed, worked out once; None where it was not, or this history does not bear the close out."""
    known: dict[tuple[str, frozenset[str]], ClosedMonth | None]
    known = vars(book).setdefault("_closed_months", {})
    key = (period, frozenset(logs))
    if key not in known:
        known[key] = _closed_month(book, period, logs)
    return known[key]


def _closed_month(book: Book, period: str, logs: SeenLogs) -> ClosedMonth | None:
    close = book.records.closes.get(period)
    if close is None or not may_stand(book, close):
        return None
    if close.as_of > landed_at(book.history, close):
        return None
    then = reworked(book, close, logs)
    if then is None or any(old != new for _, old, new in differences(book, close, then, logs)):
        return None
    verdicts = due_in(then.verdicts, period)
    pairs = paired(verdicts, due_in(book.verdicts, period))
    found = (
        _restated(book, close, pair)
        for pair in pairs
        if counted_as(pair.before) != counted_as(pair.after)
    )
    return ClosedMonth(close, then, verdicts, tuple(found))


def restated_in(book: Book, month: str, logs: SeenLogs) -> tuple[Restated, ...]:
    """What of the months that were closed before was restated in a month: it landed there."""
    landed = {
        period: _landed_in(book, close, month)
        for period, close in sorted(book.records.closes.items())
        if period < month
    }
    return tuple(
        restated
        for period, promises in landed.items()
        if promises and (closed := closed_month(book, period, logs))
        for restated in closed.restated
        if restated.turned.verdict.order in promises
    )


def _landed_in(book: Book, close: MonthClose, month: str) -> set[tuple[str, str, int]]:
    """The promises of a closed month that rest on something which landed in a later one."""
    return {
        verdict.order
        for verdict in due_in(book.verdicts, close.period)
        if (landed := _landed(book, close, verdict)) is not None
        and local_month(landed, book.zone) == month
    }


def _restated(book: Book, close: MonthClose, pair: Turned) -> Restated:
    landed = _landed(book, close, pair.after) if pair.after else None
    return Restated(close.period, pair, landed)


def _landed(book: Book, close: MonthClose, verdict: Verdict) -> Instant | None:
    """When the last commit landed that a verdict rests on, if its month had been closed by then."""
    last = max((book.history.shown(commit) for commit in verdict.commits), default=0)
    return last if last > close.as_of else None
