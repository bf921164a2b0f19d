"""Figures of the example, counted from its files and from git alone: none of the package's figures is asked for the count."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING, Any

import yaml

from weibao.report.figure import whole_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from demo.making import Example

COUNTED, STOCKED = "2026-09", "2026-10"
"""The month that is counted; of stock, one in which some was."""


def logged(path: Path) -> list[dict[str, Any]]:
    """The entries of a file, as any reader of YAML has them; times as they are written."""
    text = path.read_text(encoding="utf-8")
    return list(yaml.load(text, yaml.BaseLoader).get("log") or ())  # noqa: S506 - it makes text alone


def tickets(year: Example) -> Iterator[list[dict[str, Any]]]:
    return map(logged, sorted((year.path / "records" / "tickets").rglob("*.yaml")))


def of(year: Example, name: str, month: str = COUNTED) -> tuple[int, int]:
    found = year.book.figure(name, whole_month(month, year.book.zone)).tally
    return int(found.count), found.of


def test_the_discontented_are_the_scores_of_one_and_two(year: Example) -> None:
    """None of these confirmations was recorded late, so that the claims say when they were; planned work is apart."""
    unplanned = re.compile("^kind: (fault|consultation|request|complaint)$", re.MULTILINE)
    scores = [
        int(entry["satisfaction"])
        for path in (year.path / "records" / "tickets").rglob("*.yaml")
        if unplanned.search(path.read_text(encoding="utf-8"))
        for entry in logged(path)
        if entry["event"] == "confirmed"
        and entry["at"].startswith(COUNTED)
        and "satisfaction" in entry
    ]
    assert of(year, "discontented") == (sum(score <= 2 for score in scores), len(scores))
    assert len(scores) > 10


def test_serial_numbers_agree_as_often_as_the_ledger_and_the_shelf_do(year: Example) -> None:
    """The book of a depot is what came in, less what left, line by line of the ledger."""
    shelves: dict[tuple[str, str], set[str]] = {}
    same, either, lines = 0, 0, set()
    ledger = logged(year.path / "records" / "spares.yaml")
    for entry in sorted(ledger, key=lambda entry: datetime.fromisoformat(entry["at"])):
        part, serials = entry.get("part", ""), set(entry.get("serials", ()))
        match entry["event"]:
            case "received" | "returned" | "rma_returned":
                shelves.setdefault((entry["depot"], part), set()).update(serials)
            case "issued" | "scrapped" | "rma_sent":
                shelves.setdefault((entry.get("depot", ""), part), set()).difference_update(serials)
            case "moved":
                shelves[entry["from"], part] -= serials
                shelves.setdefault((entry["to"], part), set()).update(serials)
            case "counted" if entry["at"].startswith(STOCKED):
                book = shelves.get((entry["depot"], part), set())
                same, either = same + len(book & serials), either + len(book | serials)
                lines.add((entry["depot"], part))
        if entry["at"] < "2026-11":
            stocked = {line for line, pieces in shelves.items() if pieces}
    assert of(year, "serial_accuracy", STOCKED) == (same, either)
    assert of(year, "stock_counted", STOCKED) == (len(lines & stocked), len(stocked))
    assert either > 0


def test_entries_are_as_late_as_git_shows_the_commit_that_brought_each(year: Example) -> None:
    """Of one ticket of the month: the author's claim against the first commit that has the line."""
    month = whole_month(COUNTED, year.book.zone)
    found = year.book.figure("entry_lateness", month)
    by_record: dict[str, list[int]] = {}
    for row in found.counted:
        by_record.setdefault(row.record, []).append(row.seconds or 0)
    record = max(
        (name for name in by_record if name[0] == "T"), key=lambda name: len(by_record[name])
    )
    (path,) = (year.path / "records" / "tickets").rglob(f"{record}.yaml")
    told = subprocess.run(
        ["git", "-C", str(year.path), "log", "--reverse", "--format=%H %ct", "-p", "--", str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    first: dict[str, int] = {}
    time = 0
    for line in told.split("\n"):
        if commit := re.fullmatch(r"[0-9a-f]{40} (\d+)", line):
            time = int(commit[1])
        elif line.startswith("+  - {"):
            first.setdefault(line[1:], time)
    late = [
        max(0, recorded - int(datetime.fromisoformat(at[1]).timestamp()))
        for line, recorded in first.items()
        if (at := re.match(r"  - \{at: ([^,]+),", line)) and at[1].startswith(COUNTED)
    ]
    assert sorted(by_record[record]) == sorted(late)


def test_the_months_report_was_there_three_days_before_it_was_due(year: Example) -> None:
    """The report of October was issued on Tuesday 3 November; five working days end on Friday 6 November at six."""
    (delivery,) = year.book.deliveries
    log = logged(year.path / "records" / "reports" / "2026" / "2026-10.yaml")
    issued = next(entry["at"] for entry in log if entry["event"] == "issued")
    assert issued == "2026-11-03T11:10:00+08:00"
    assert delivery.due == int(datetime.fromisoformat("2026-11-06T18:00:00+08:00").timestamp())
    assert delivery.in_time
