"""The project manager closes the months that are over, in one morning of the last month.

A close names a commit and a commit of the first-seen log: both must be there before it can be
worked out. So what was there that morning is written first, and read once for all the closes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE, ZONE, at_time
from weibao.demo.people import MANAGER
from weibao.demo.repository_growth import NewFiles
from weibao.history.first_sight.reading import read_seen
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.closing import close_path, close_text
from weibao.model.instant import format_instant
from weibao.model.printing import entry_line
from weibao.report.closed_months import close_of
from weibao.report.opening import book_of
from weibao.sla.closing import month_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from weibao.demo.fast_import import NewCommit
    from weibao.demo.year import Year


def _morning(year: Year) -> date:
    """The last third day of a month, on which the months before it are closed."""
    return (year.until - timedelta(days=3)).replace(day=3)


def first_report(year: Year) -> date:
    """The first day of the first month of which there is a report: that before the closes."""
    return (_morning(year).replace(day=1) - timedelta(days=1)).replace(day=1)


def reported(year: Year, months: Mapping[str, NewFiles]) -> Iterator[NewFiles]:
    """What becomes of the report of the last closed month; each file has what the close has not."""
    day, period = _morning(year), f"{first_report(year):%Y-%m}"
    if period not in months:
        return
    lines = ""
    for after, hour, minute, event, data in _STEPS:
        at = at_time(day + timedelta(days=after), hour, minute)
        entry = {"at": format_instant(at, ZONE), "event": event, "by": MANAGER.id, **data}
        lines += f"{entry_line(entry)}\n"
        file = {close_path(period): lines.encode()}
        yield NewFiles(at + MINUTE, MANAGER.id, f"{period} {event}", file)


_MONTHLY = {"report": "monthly"}
_STEPS: tuple[tuple[int, int, int, str, Mapping[str, str]], ...] = (
    (0, 11, 10, "issued", _MONTHLY),
    (0, 11, 20, "submitted", {**_MONTHLY, "to": "gu-min", "via": "email"}),
    (1, 9, 30, "accepted", {**_MONTHLY, "contact": "gu-min", "via": "email"}),
)
"""Days after the closes, hour and minute, and what became of the report then."""


def closings(year: Year) -> Iterator[tuple[str, NewFiles]]:
    """Each month that was over when a month last had its third day, and its file, still empty."""
    day = _morning(year)
    period, at = f"{year.start:%Y-%m}", at_time(day, 10, 20)
    while period < f"{day:%Y-%m}":
        yield period, NewFiles(at, MANAGER.id, f"{period} closed", {close_path(period): b""})
        period, at = month_after(period), at + 2 * MINUTE


def worked_out(
    directory: Path, commit: str, log: str, months: Mapping[str, NewFiles]
) -> Mapping[str, bytes]:
    """The files of the months' closes, by a commit and one of the first-seen log that were there then."""
    git = Git(directory)
    book = book_of(read_snapshot(git, commit, log), min(change.at for change in months.values()))
    logs = {log: read_seen(git, log).log}
    closes = (close_of(book, period, logs) for period in months)
    return {close.path: close_text(close, book.zone).encode() for close in closes if close}


def filled(commits: Sequence[NewCommit], closes: Mapping[str, bytes]) -> list[NewCommit]:
    """The commits with the files of the closes in the places of the empty ones, and before what came later."""
    return [
        replace(
            commit, files={path: closes.get(path, b"") + raw for path, raw in commit.files.items()}
        )
        for commit in commits
    ]
