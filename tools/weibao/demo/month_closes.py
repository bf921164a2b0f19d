"""The project manager closes the months that are over, in one morning of the last month.

A close names a commit and a commit of the first-seen log: both must be there before it can be
worked out. So what was there that morning is written first, and read once for all the closes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.demo.data_files import read_data
from weibao.demo.hours import MINUTE, ZONE, at_time
from weibao.demo.people import MANAGER
from weibao.demo.pictures import signed_sheet
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
    from weibao.model.instant import Instant


def _morning(year: Year) -> date:
    """The last third day of a month, on which the months before it are closed."""
    return (year.until - timedelta(days=3)).replace(day=3)


def first_report(year: Year) -> date:
    """The first day of the first month of which there is a report: that before the closes."""
    return (_morning(year).replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True, slots=True, order=True)
class ReportStep:
    """A step of a report, so many days after the closes, by the project manager where nobody else is named."""

    day: int
    at: str
    event: str
    by: str = MANAGER.id
    section: str = ""
    text: str = ""
    reason: str = ""
    to: str = ""
    contact: str = ""
    via: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ReportsMade:
    """What becomes of the reports of the last closed month, of the month before, and of the last quarter."""

    month: tuple[ReportStep, ...]
    before: tuple[ReportStep, ...]
    quarter: tuple[ReportStep, ...]


REPORTS = read_data(ReportsMade, "data/reports.yaml")

_QUARTER = 3


def reported(year: Year, months: Mapping[str, NewFiles]) -> Iterator[NewFiles]:
    """What becomes of reports after the closes, until the year ends; each file has what the close has not."""
    closed = sorted(months)
    ended = len(closed) // _QUARTER * _QUARTER
    told = (
        (closed[-1:], "monthly", REPORTS.month),
        (closed[-2:-1], "monthly", REPORTS.before),
        (closed[:ended][-1:], "quarterly", REPORTS.quarter),
    )
    steps = sorted(
        (_at(year, step), period, report, step)
        for periods, report, made in told
        for period in periods
        for step in made
    )
    lines: dict[str, str] = {}
    issued: Counter[tuple[str, str]] = Counter()
    for at, period, report, step in steps:
        if at + MINUTE >= year.finish:
            return
        files: dict[str, bytes] = {}
        data: dict[str, object] = {"report": report}
        if step.event == "issued":
            issued[period, report] += 1
            data["version"] = issued[period, report]
        if step.event == "attached":
            files, data["file"], data["sha256"] = _scan(year, period, report)
        data |= {key: said for key in _SAID if (said := getattr(step, key))}
        entry = {"at": format_instant(at, ZONE), "event": step.event, "by": step.by, **data}
        lines[period] = f"{lines.get(period, '')}{entry_line(entry)}\n"
        files[close_path(period)] = lines[period].encode()
        yield NewFiles(at + MINUTE, step.by, f"{period} {step.event}", files)


_SAID = ("section", "text", "reason", "to", "contact", "via", "caption")


def _at(year: Year, step: ReportStep) -> Instant:
    hour, minute = map(int, step.at.split(":"))
    return at_time(_morning(year) + timedelta(days=step.day), hour, minute)


def _scan(year: Year, period: str, report: str) -> tuple[dict[str, bytes], str, str]:
    """The signed sheet as somebody scanned it: the file to keep, its path and its SHA-256."""
    content = signed_sheet(year.chance("signed", f"{report} {period}"))
    digest = sha256(content).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.png"
    return {path: content}, path, digest


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
