"""Making an example and reading it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from weibao.demo.contract_year import DemoResult, make_demo
from weibao.demo.hours import at_time
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

UNTIL = date(2026, 11, 23)


@dataclass(frozen=True)
class Example:
    """A made example; ``book`` is as of noon of the day that it ends with."""

    path: Path
    result: DemoResult
    book: Book


def example(path: Path, *, tickets: int = 180, seed: int = 1, until: date = UNTIL) -> Example:
    """Make an example and read it back."""
    result = make_demo(path, tickets=tickets, seed=seed, until=until)
    snapshot = read_snapshot(Git(path), "HEAD")
    return Example(path, result, book_of(snapshot, at_time(until, 12)))
