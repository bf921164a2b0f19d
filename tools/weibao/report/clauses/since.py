"""Since when a row of the service plan fails without a break, or from when to when it failed last.

A check that knows the instant says it (``Finding.since``). Of another it is when what it speaks of came to
the official line: the line of a log, the record, or the edition of a file that is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.versions import keeps_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.model.finding import Finding, Lapse
    from weibao.model.instant import Instant
    from weibao.report.book import Book

Failed = tuple["Instant | None", "Instant | None"]
"""From when a row failed, None where nothing tells; and until when, None while it does."""


def failed(findings: Sequence[Finding], lapses: Iterable[Lapse], book: Book) -> Failed:
    """The last span in which something spoke against a row without a break."""
    past = sorted(lapses, key=lambda lapse: lapse.end, reverse=True)
    known = [at for finding in findings if (at := _since(finding, book)) is not None]
    start = min(known, default=None)
    end = None if findings or not past else past[0].end
    if end is not None:
        start = past[0].start
    for lapse in past:
        if start is not None and lapse.end >= start:
            start = min(start, lapse.start)
    return start, end


def _since(finding: Finding, book: Book) -> Instant | None:
    """Not later than the Book's instant, and not before the term: what is coming is told since it was on record."""
    told = next(
        (
            at
            for at in (finding.since, _landed(finding, book))
            if at is not None and at <= book.as_of
        ),
        None,
    )
    return told if told is None else max(told, min(book.elapsed[0], book.as_of))


def _landed(finding: Finding, book: Book) -> Instant | None:
    """When what a finding is about came to the official line; None where nothing has yet."""
    history, path = book.history, finding.place.path
    changes = [change.commit for change in history.changes_to(path)]
    if keeps_log(path):
        lines = book.files.get(path, b"").splitlines()
        line = lines[finding.place.line - 1] if 0 < finding.place.line <= len(lines) else b""
        brought = book.ledger.introduction(path, line.decode(errors="replace"))
        changes = [brought] if brought else changes[:1]
    landed = (history.landed(commit) for commit in changes if commit in history.landing)
    return max(landed, default=None)
