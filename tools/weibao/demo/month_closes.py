"""The project manager closes the months that are over, in one morning of the last month.

A close names a commit and a commit of the first-seen log: both must be there before it can be
worked out. So what was there that morning is written first, and read once for all the closes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE, at_time
from weibao.demo.people import MANAGER
from weibao.demo.repository_growth import NewFiles
from weibao.history.first_sight.reading import read_seen
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.closing import close_path, close_text
from weibao.report.closed_months import close_of
from weibao.report.opening import book_of
from weibao.sla.closing import month_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from weibao.demo.fast_import import NewCommit
    from weibao.demo.year import Year


def closings(year: Year) -> Iterator[tuple[str, NewFiles]]:
    """Each month that was over when a month last had its third day, and its file, still empty."""
    day = (year.until - timedelta(days=3)).replace(day=3)
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
    """The commits with the files of the closes in the places of the empty ones."""
    return [
        replace(commit, files={path: closes.get(path, raw) for path, raw in commit.files.items()})
        for commit in commits
    ]
